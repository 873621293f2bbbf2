"""When two ways to write an address are the same request.

MyST percent-encodes what it finds in an address; so does a browser. Two addresses are the same where a
browser, by the URL Standard, makes the same bytes of both. Nothing is ever decoded: `%26` and `&` differ, and
so do `[` and `%5B`.
"""

from __future__ import annotations

import re

# URL Standard §1.3, "percent-encode sets", as the complement of what a browser leaves alone.
_FRAGMENT = re.compile(r"[^!#-;=?-_a-~]")
_QUERY = re.compile(r"[^!$%&'()*+,\-./0-9:;=?@A-Z\[\\\]^_`a-z{|}~]")
_PATH = re.compile(r"[^!$%&'()*+,\-./0-9:;=@A-Z\[\\\]_a-z|~]")
_OPAQUE = re.compile(r"[^ -~]")
_SPECIAL = re.compile(r"(https?|ftp|wss?):", re.IGNORECASE)
_HIERARCHY = re.compile(r"((?:[A-Za-z][A-Za-z0-9+.\-]*:)?//)([^/\\?#]*)(.*)", re.DOTALL)


def request(url: str) -> str:
    """Write an address as a browser sends it: percent-encoded by the URL Standard, nothing decoded."""
    url = re.sub(r"[\t\n\r]", "", url.strip("".join(map(chr, range(33)))))
    rest, hash_, fragment = url.partition("#")
    rest, mark, query = rest.partition("?")
    hierarchy = _HIERARCHY.match(rest)
    if hierarchy:
        start, host, path = hierarchy.groups()
        rest = start.lower() + _host(host) + (_encode(path, _PATH) or "/")
    elif re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", rest) and not _SPECIAL.match(rest):
        rest = _encode(rest, _OPAQUE)
    else:
        rest = _encode(rest, _PATH)
    if _SPECIAL.match(url) or not re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", url):
        rest = rest.replace("\\", "/")
        query = query.replace("'", "%27")
    return rest + mark + _encode(query, _QUERY) + hash_ + _encode(fragment, _FRAGMENT)


def same_request(one: str, other: str) -> bool:
    """Tell whether a browser asks for the same, byte for byte."""
    return one == other or request(one) == request(other)


def _encode(part: str, escaped: re.Pattern[str]) -> str:
    return escaped.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace")), part
    )


def _host(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host
