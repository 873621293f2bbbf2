"""Outgoing links and their kinds."""

from __future__ import annotations

import difflib
import re
from enum import StrEnum
from urllib.parse import unquote

from postdocs.core.http.address import check_host

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(.*)", re.DOTALL)  # RFC 3986 §3.1
# RFC 6068 §2, loosely: what no mail programme could send to is a mistake.
_MAIL_ADDRESS = re.compile(r"[^@\s,]++@[^@\s,]{2,}+")
# RFC 3966 §3, loosely: marks and digits, of which there is one at least.
_PHONE = re.compile(r"\+?(?=[A-Da-d*#.\-()\s]*+[0-9])[0-9A-Da-d*#.\-()\s]++(?:;.*)?")
_LIKELY = 0.72  # a scheme so close to one of the web is a slip: `htps`, `http s`; `sftp` is further away


class Kind(StrEnum):
    """What an outgoing link is. Only the web is asked; of the rest the form is checked where it has one."""

    WEB = "web"
    MAIL = "mail"
    PHONE = "phone"
    DATA = "data"
    SCRIPT = "script"
    OTHER = "other"


def kind_of(url: str) -> Kind:
    """Tell what an absolute URL is.

    Raises
    ------
    ValueError
        Nobody could follow it; the message says why.

    """
    match = _SCHEME.fullmatch(url)
    if match is None:
        raise ValueError("it is not a URL")
    scheme, rest = match[1].lower(), match[2]
    if scheme in {"http", "https"}:
        check_host(url)
        return Kind.WEB
    if scheme == "mailto":
        _check_mail(rest)
        return Kind.MAIL
    if scheme == "tel":
        if not _PHONE.fullmatch(unquote(rest)):
            raise ValueError("it is not a telephone number")
        return Kind.PHONE
    if scheme == "data":
        if "," not in rest:  # RFC 2397 §3
            raise ValueError("it has no data after a comma")
        return Kind.DATA
    if scheme == "javascript":
        return Kind.SCRIPT
    if scheme == "file":
        raise ValueError("it is a file on a single computer")
    if close := difflib.get_close_matches(scheme, ("https", "http", "mailto"), 1, _LIKELY):
        raise ValueError(f"`{scheme}:` is not a known scheme; `{close[0]}:` may be meant")
    return Kind.OTHER


def _check_mail(rest: str) -> None:
    addresses, _, headers = rest.partition("?")
    if not addresses and headers:  # a letter whose reader chooses whom to send it to
        return
    for address in addresses.split(","):
        written = address if "@" in address else unquote(address)  # docutils hides the sign as %40
        if not _MAIL_ADDRESS.fullmatch(written):
            raise ValueError("it is not a mail address")


def without_secrets(url: str) -> str:
    """Return a URL as it can be shown: user and password taken out."""
    return re.sub(r"(?<=//)[^/?#\s]*@", "", url, count=1)
