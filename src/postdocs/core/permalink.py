"""Permalinks, and the files of a static site that they need."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_LONGEST_NAME = 255  # bytes of one name, on the file systems that there are
_EXTENSION = re.compile(r".\.[A-Za-z][A-Za-z0-9]{0,4}$")
PATH_CHARACTERS = "/!$&'()*+,;=:@~"  # what a path may hold as it is (RFC 3986 §3.3)


@dataclass(frozen=True)
class Permalink:
    """An address within a site.

    file: the POSIX path, from the root of the output, of the file that a web server answers with. uri: the
    address itself, from the root, percent-encoded, without query. query: what follows a question mark, which
    no file can stand for; "" if nothing does.
    """

    file: str
    uri: str
    query: str = ""

    @property
    def claim(self) -> str:
        """What no two pages may share: some file systems tell neither case nor composition apart."""
        return unicodedata.normalize("NFC", self.file).casefold()


def folder_of(address: str) -> str:
    """Return the folder of its host that a site is in, without slashes around it; "" at the root."""
    try:
        return urlsplit(address).path.strip("/")
    except ValueError:
        return ""


def parse(text: str, folder: str = "") -> Permalink:
    """Read a path of the site, such as `/2013/07/recap/`, `/2013/recap.html` or `/?p=12`.

    A path that ends in a slash, or whose last part has no extension, is a folder with a page.

    folder: of the host that the site is in, with which the path may begin.

    Raises
    ------
    ValueError
        No page can be there; the message says why.

    """
    text = text.removeprefix(f"/{folder}") if folder and text.startswith(f"/{folder}/") else text
    if not text.startswith("/") or text.startswith("//") or "\\" in text:
        raise ValueError("is not a path of the site")
    if "#" in text:
        raise ValueError("has a fragment, which a server never sees")
    parts = urlsplit(text)
    try:
        names = [unquote(name, errors="strict") for name in parts.path[1:].split("/")]
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8 behind its percent signs") from None
    is_folder = not names[-1] or not _EXTENSION.search(names[-1])
    names = names if names[-1] else names[:-1]
    for name in names:
        if not name or name in {".", ".."} or re.search(r"[/\\\x00-\x1f\x7f]", name):
            raise ValueError("has a part that can't be the name of a folder or file")
        if name.startswith(".") and name != ".well-known":  # RFC 8615
            raise ValueError("has a part that starts with a dot, as files for web servers do")
        if len(name.encode("utf-8", "surrogatepass")) > _LONGEST_NAME:
            raise ValueError(f"has a part of more than {_LONGEST_NAME} bytes")
    uri = quote("".join(f"{name}/" for name in names) if is_folder else "/".join(names), safe=PATH_CHARACTERS)
    return Permalink("/".join([*names, "index.html"] if is_folder else names), uri, parts.query)
