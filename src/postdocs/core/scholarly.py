"""What scholars name works, people and terms of use by: DOI, ORCID iD and license."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

# https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html; the registrants of scholarly works have numbers.
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)", re.IGNORECASE)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?((?:[0-9]{4}-){3}[0-9]{3}[0-9X])")
_COMMONS = re.compile(
    r"/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)(?:/([a-z]{2,3}))?/?(?:(?:deed|legalcode)(?:\.[\w-]+)?)?"
)
_PUBLIC_DOMAIN = {"zero": "CC0", "mark": "Public Domain Mark"}
_SPDX_COMMONS = re.compile(r"CC-(BY(?:-[A-Z]+)*)-(\d\.\d)")


@dataclass(frozen=True)
class License:
    """Terms of use: what readers call them, and the address of their text."""

    name: str
    url: str


@dataclass(frozen=True)
class Work:
    """A work that a post cites.

    text: as a list of references prints it. kind: its type in BibTeX, such as `article`. year: as it is
    written. doi: its name. Of what is not known, a field is empty.
    """

    text: str
    kind: str
    title: str
    authors: tuple[str, ...]
    year: str
    doi: str
    url: str

    @property
    def address(self) -> str:
        """Where readers find it: a DOI lasts longer than the address of a page."""
        return doi_url(self.doi) if self.doi else self.url


def doi(text: str) -> str:
    """Return the name of a DOI, such as `10.1000/182`, written by itself, after `doi:`, or as an address.

    Raises ValueError if it is none.
    """
    match = _DOI.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    return match[1]


def doi_url(name: str) -> str:
    """Return the address that a DOI has for readers."""
    return f"https://doi.org/{quote(name, safe='/:;()._-')}"


def orcid(text: str) -> str:
    """Return the address of an ORCID iD, which may be written with or without `https://orcid.org/`.

    Its last character is checked (ISO 7064, MOD 11-2). Raises ValueError if it is none.
    """
    match = _ORCID.fullmatch(text.strip())
    if not match or _check_character(match[1]) != match[1][-1]:
        raise ValueError(text)
    return f"https://orcid.org/{match[1]}"


def _check_character(name: str) -> str:
    total = 0
    for digit in name.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def license_of(text: str) -> License:
    """Return the license that an SPDX expression or an address at creativecommons.org names.

    Raises ValueError if it is neither.
    """
    parts = urlsplit(text.strip())
    if parts.scheme in {"http", "https"}:
        match = _COMMONS.fullmatch(parts.path)
        if parts.hostname not in {"creativecommons.org", "www.creativecommons.org"} or not match:
            raise ValueError(text)
        kind, terms, version, country = match.groups()
        name = _PUBLIC_DOMAIN.get(terms, f"CC {terms.upper()}")
        place = "/".join(filter(None, (kind, terms, version, country)))
        return License(f"{name} {version}", f"https://creativecommons.org/{place}/")
    try:
        expression = canonicalize_license_expression(text)
    except InvalidLicenseExpression as error:
        raise ValueError(text) from error
    if match := _SPDX_COMMONS.fullmatch(expression):
        terms, version = match.groups()
        place = f"licenses/{terms.lower()}/{version}/"
        return License(f"CC {terms} {version}", f"https://creativecommons.org/{place}")
    if expression == "CC0-1.0":
        return License("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
    is_one = re.fullmatch(r"[\w.-]+", expression) and not expression.startswith("LicenseRef-")
    return License(expression, f"https://spdx.org/licenses/{expression}.html" if is_one else "")
