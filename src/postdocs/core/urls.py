"""When two ways to write an address are the same request: by the URL Standard, which browsers follow."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection

import ada_url

# What a relative address is relative to here. No link has such a scheme, so that `//example.org` is no other
# address, and so deep a folder is not written by chance, so that `../a` and `a` differ.
_BASE_SCHEME = "ws"
_BASE = f"{_BASE_SCHEME}://relative.invalid/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/"
# The suffixes of documents that a link of a post may name by their paths.
DOCUMENTS = frozenset({".md", ".rst", ".ipynb"})
_ENDS = "".join(map(chr, range(0x21)))
_TAKEN_OUT = str.maketrans("", "", "\t\n\r")
_SURROGATES = re.compile("[\ud800-\udfff]")


def request(url: str) -> str:
    """Write an address as a browser asks for it (URL Standard §4.5, with its fragment).

    Hosts are in lower case and in ASCII (UTS 46, non-transitional: `faß.de` is `xn--fa-hia.de`); what has to
    be is percent-encoded; dots in the path are resolved, and default ports are gone. Nothing is decoded but
    the host and encoded dots: `%26` and `&` differ, and so do `[` and `%5B`. A relative address becomes an
    absolute one below an address that nothing has. What is no address at all comes back as it is, without
    white space.
    """
    url = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", url)  # Infra Standard §4.6, scalar values
    try:
        return ada_url.join_url(_BASE, url)
    except ValueError:
        return without_white_space(url)


def scheme_of(url: str) -> str:
    r"""Return the scheme that a browser reads in an address, in lower case; "" for a relative one.

    It reads one where nobody else sees it: `java\tscript:` is `javascript`.
    """
    scheme = request(url).partition(":")[0]
    return "" if scheme == _BASE_SCHEME else scheme


def in_unicode(host: str) -> str:
    """Return a host of ASCII letters as people write it (UTS 46): `xn--fa-hia.de` is `faß.de`."""
    return ada_url.idna_to_unicode(host)


def without_white_space(url: str) -> str:
    """Take out of an address what no browser reads (URL Standard §4.4).

    That is control characters and spaces at both ends, and tabs and newlines everywhere.
    """
    return url.strip(_ENDS).translate(_TAKEN_OUT)


def is_rooted(url: str, suffixes: Collection[str]) -> bool:
    """Tell whether a link of a text is an address from the root of the host (RFC 3986 §4.2).

    It starts with one slash, and ends in another or in a name with a suffix. A path without either, or with
    one of *suffixes*, is that of a document of the site.
    """
    path = re.split("[?#]", url, maxsplit=1)[0]
    suffix = posixpath.splitext(path)[1]
    is_address = path.endswith("/") or (len(suffix) > 1 and suffix not in suffixes)
    return is_address and path.startswith("/") and path[1:2] not in {"/", "\\"}


def same_request(one: str, other: str) -> bool:
    """Tell whether a browser asks for the same, byte for byte."""
    return one == other or request(one) == request(other)
