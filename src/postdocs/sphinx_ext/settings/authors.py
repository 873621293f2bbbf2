"""What the setting `postdocs_authors` says of the people who write."""

from __future__ import annotations

import os.path
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from postdocs.core.html import LINK_SCHEMES
from postdocs.core.http.address import DEFAULT_PORTS, check_host
from postdocs.core.labels import key_of
from postdocs.core.scholarly import orcid
from postdocs.core.urls import scheme_of
from postdocs.sphinx_ext.images.files import image_info, suffixes
from postdocs.sphinx_ext.settings.errors import SettingError

_KEYS = ("image", "biography", "links", "orcid")
_EXAMPLE = "{'Ann Example': {'image': 'ann.jpg', 'biography': 'Writes about heat.'}}"


@dataclass(frozen=True)
class Author:
    """A person who writes, as pages show them.

    image: its path from the source folder, or "". biography: a line of text. links: text and address of
    each. orcid: the address of their ORCID iD, or "".
    """

    name: str
    image: str = ""
    biography: str = ""
    links: tuple[tuple[str, str], ...] = ()
    orcid: str = ""

    @property
    def initials(self) -> str:
        """The first letters of the first and the last word of the name, to stand for an image."""
        words = [word for word in self.name.replace(",", " ").split() if word[0].isalnum()] or [self.name]
        return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper()


def read_authors(value: Mapping[str, Mapping[str, Any]]) -> dict[str, Author]:
    """Return the authors of a setting without faults, by `key_of` their names."""
    return {
        key_of(name): Author(
            name,
            image=_path(about["image"]) if about.get("image") else "",
            biography=" ".join((about.get("biography") or "").split()),
            links=tuple((about.get("links") or {}).items()),
            orcid=orcid(about["orcid"]) if about.get("orcid") else "",
        )
        for name, about in value.items()
    }


def _path(image: str) -> str:
    """Return the path of an image from the source folder, spelled as documents name it."""
    return str(PurePosixPath(image.lstrip("/")))


def author_of(authors: Mapping[str, Author], name: str) -> Author:
    """Return what is known of an author: at least the name, as the site shows it."""
    return authors.get(key_of(name)) or Author(name)


def author_faults(value: object, folder: Path) -> Iterator[SettingError]:
    """Yield what is wrong with the setting, one error an author. folder: that of the sources."""
    if not isinstance(value, dict) or not all(isinstance(about, dict) for about in value.values()):
        yield SettingError(f"it is not a mapping of names to mappings; write one like {_EXAMPLE}")
        return
    names: dict[str, str] = {}
    for name, about in value.items():
        try:
            _check(name, about, folder)
        except SettingError as error:
            yield error
            continue
        if (other := names.setdefault(key_of(name), name)) != name:
            yield SettingError(f"{name}: {other!r} is the same author; write one of the two", name)


def _check(name: object, about: dict[object, object], folder: Path) -> None:
    """Raise SettingError for what is wrong with an author."""
    if not isinstance(name, str) or not name.strip():
        raise SettingError(f"{name!r} is not a name; write it as the site shows it, in quotes", name)
    for key in about:
        if key not in _KEYS:
            raise SettingError(f"{name}: there is no key {key!r}; write one of {', '.join(_KEYS)}", key)
    for key in ("image", "biography", "orcid"):
        if not isinstance(about.get(key, ""), str | None):
            raise SettingError(f"{name}: {key}: {about[key]!r} is not text; put it in quotes", about[key])
    _check_image(name, about.get("image"), folder)
    links = about.get("links") or {}
    if not isinstance(links, dict):
        raise SettingError(
            f"{name}: links: it is not a mapping; write one like {{'Website': 'https://example.org/'}}", name
        )
    for text, address in links.items():
        if not isinstance(text, str) or not text.strip() or not _is_address(address):
            raise SettingError(
                f"{name}: links: {address!r} is not a web address; start it with https:// and a host", address
            )
    try:
        orcid(str(about.get("orcid") or "0000-0002-1825-0097"))
    except ValueError:
        message = f"{name}: orcid: {about['orcid']!r} is not an ORCID iD; copy it from orcid.org"
        raise SettingError(message, about["orcid"]) from None


def _is_address(address: object) -> bool:
    """Tell whether a link can lead anywhere: it has a scheme, and a host where the scheme has one."""
    scheme = scheme_of(address) if isinstance(address, str) else ""
    if scheme not in LINK_SCHEMES - {""}:
        return False
    if scheme not in DEFAULT_PORTS:
        return bool(str(address).partition(":")[2].strip(" /"))
    try:
        check_host(str(address))
    except ValueError:
        return False
    return True


def _check_image(name: str, image: object, folder: Path) -> None:
    """Raise SettingError if an image is given, and is not an image of the site."""
    if not image:
        return
    path = PurePosixPath(_path(str(image)))
    if ".." in path.parts or "\\" in str(image) or scheme_of(str(image)):
        raise SettingError(
            f"{name}: image: {image!r} is not a file of the site; write its path from the source folder",
            image,
        )
    file = folder / path
    if path.suffix.lower() not in suffixes() or not os.path.isfile(file):  # noqa: PTH113 - a path may be too long to ask for
        raise SettingError(
            f"{name}: image: there is no image {image!r}; write the path of one from the source folder",
            image,
        )
    if problem := image_info(file).problem:
        raise SettingError(f"{name}: image: {image!r} {problem}", image)
