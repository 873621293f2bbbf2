"""Addresses of mail that Cloudflare hides from robots (Email Address Obfuscation), as a script shows them."""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

from postdocs.importer.html.dom import attribute
from postdocs.importer.html.rendered.build import element

MARK = "data-cfemail"
_LINK = re.compile(
    r"(?:(?:https?:)?//[^/?#]+)?/cdn-cgi/l/email-protection#([0-9a-f]+)((?:\?\S*)?)", re.IGNORECASE
)
_ADDRESS = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")
_PLAIN = ["a", "code", "pre"]  # in these an address is no link of its own


def show(body: Tag) -> None:
    """Put each address into its place: a link to it, and its letters in a link or code."""
    for tag in body.find_all(lambda tag: tag.has_attr(MARK)):
        if address := decoded(attribute(tag, MARK)):
            is_plain = tag.find_parent(_PLAIN) is not None
            tag.replace_with(
                NavigableString(address) if is_plain else element("a", address, href=f"mailto:{address}")
            )
    for tag in body.find_all("a", href=_LINK):
        tag["href"] = link_of(attribute(tag, "href"))


def decoded(code: str) -> str:
    """Return an address: bytes in hexadecimal, each combined with the first; "" where there is none."""
    try:
        key, *rest = bytes.fromhex(code)
    except ValueError:
        return ""
    address = bytes(byte ^ key for byte in rest).decode(errors="replace")
    return address if _ADDRESS.fullmatch(address) else ""


def link_of(url: str) -> str:
    """Return the address `mailto:` that an address of Cloudflare stands for; another one as it is."""
    match = _LINK.fullmatch(url.strip())
    address = decoded(match[1]) if match else ""
    return f"mailto:{address}{match[2]}" if match and address else url
