"""The URL that a server sees, and whether its host name is valid."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from postdocs.core.urls import request

DEFAULT_PORTS = {"http": 80, "https": 443}
_AUTHORITY = re.compile(r"\s*[a-z]+:[/\\]{2}[^/\\?#]", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?")  # RFC 1123 §2.1, and the underscores of some
_HOST_LENGTH = 253  # RFC 1035 §3.1, without the length bytes


def check_host(url: str) -> None:
    """Check host and port of a URL that has an authority.

    Raises
    ------
    ValueError
        No server could have them; the message says why.

    """
    if not _AUTHORITY.match(url):  # browsers take `https:///x` for `https://x/`, which nobody means
        raise ValueError("it names no host")
    try:
        parts = urlsplit(request(url))
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(f"it is not a URL ({error})") from None
    if not host:
        raise ValueError("it names no host")
    if port == 0:
        raise ValueError("its port is not valid")
    if ":" in host:
        ipaddress.IPv6Address(host.partition("%")[0])  # a wrong one is a ValueError that says so
        return
    labels = host.removesuffix(".").split(".")
    if len(host) > _HOST_LENGTH or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("its host name is not valid")


def request_url(url: str) -> str:
    """Return the URL that a server is asked for, as a browser sends it.

    Without fragment, which no server sees (RFC 9110 §7.1), and without user and password, which no file and
    no message is to hold.
    """
    parts = urlsplit(request(url))
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    port = "" if parts.port in {None, DEFAULT_PORTS.get(parts.scheme)} else f":{parts.port}"
    return parts._replace(netloc=f"{host}{port}", path=parts.path or "/", fragment="").geturl()


def host_of(url: str) -> str:
    """Return the host of a URL in lower case, or an empty text."""
    return urlsplit(url).hostname or ""
