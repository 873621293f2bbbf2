"""Links that leave the site: what kind each is."""

from __future__ import annotations

import difflib
import re
from enum import StrEnum
from urllib.parse import unquote

from postdocs.core.http.address import check_host

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(.*)", re.DOTALL)  # RFC 3986 §3.1
_AUTHORITY = re.compile(r"\s*[a-z]+:[/\\]{2}[^/\\?#]", re.IGNORECASE)
# RFC 6068 §2, loosely: what no mail programme could send to is a mistake.
_MAIL_ADDRESS = re.compile(r"[^@\s,]+@[^@\s,]+\.?[^@\s,]+")
_PHONE = re.compile(r"\+?[0-9A-Da-d*#.\-()\s]*[0-9][0-9A-Da-d*#.\-()\s]*(?:;.*)?")  # RFC 3966 §3, loosely
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
            raise ValueError("it has no data: a comma begins them")
        return Kind.DATA
    if scheme == "javascript":
        return Kind.SCRIPT
    if scheme == "file":
        raise ValueError("it is a file of one computer")
    if close := difflib.get_close_matches(scheme, ("https", "http", "mailto"), 1, _LIKELY):
        raise ValueError(f"`{scheme}:` is no scheme; `{close[0]}:` may be meant")
    return Kind.OTHER


def _check_mail(rest: str) -> None:
    addresses, _, headers = rest.partition("?")
    if not addresses and headers:  # a letter whose reader chooses whom to send it to
        return
    for address in addresses.split(","):
        if not _MAIL_ADDRESS.fullmatch(address):
            raise ValueError("it is not a mail address")


def _check_host(url: str) -> None:
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
        raise ValueError("its port cannot be")
    if ":" in host:
        ipaddress.IPv6Address(host.partition("%")[0])  # what is none is a ValueError that says so
        return
    labels = host.removesuffix(".").split(".")
    if len(host) > _HOST_LENGTH or not all(_HOST.fullmatch(label) for label in labels):
        raise ValueError("its host is not a name that can exist")


def key_of(url: str) -> str:
    """Return the address that is asked for a web link, and remembered: as a browser would send it.

    Without fragment, which no server sees (RFC 9110 §7.1), and without user and password, which no file and
    no message is to hold.
    """
    parts = urlsplit(request(url))
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    default = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in {None, default} else f":{parts.port}"
    return parts._replace(netloc=f"{host}{port}", path=parts.path or "/", fragment="").geturl()


def without_secrets(url: str) -> str:
    """Return a URL as it can be shown: user and password taken out."""
    return re.sub(r"(?<=//)[^/?#\s]*@", "", url, count=1)
