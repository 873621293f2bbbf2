"""What settings of systems say of a site, as values of `SiteSettings`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from postdocs.core import languages
from postdocs.importer.sources.characters import readable
from postdocs.importer.sources.text import title_of

_MAIL = re.compile(r"\s*[<(]?[^\s<>()]{1,64}@[\w-]+\.[\w.-]+[>)]?")
_NAMES, _ADDRESSES = ("name", "title", "label", "text"), ("url", "uri", "href", "link", "home", "website")


def plain_text(value: object) -> str:
    """Return a text without markup and characters that no text can hold; "" for what is no text."""
    return title_of(readable(value)[0], []) if isinstance(value, str) else ""


def language_of(*values: object) -> str:
    """Return the first language of some values, as Sphinx names it; "" where none is a tag of BCP 47."""
    for value in values:
        try:
            return languages.canonical(str(value or "").replace("_", "-")).replace("-", "_")
        except ValueError:
            continue
    return ""


def people(*values: object, named: Mapping[str, str] | None = None) -> tuple[tuple[str, str | None], ...]:
    """Return the authors in the first value that has some: names, or mappings with a name.

    Mail addresses are private and stay behind. named: names by the short names that data files give them.
    """
    for value in values:
        items = value if isinstance(value, list | tuple) else [value]
        pairs = ((_name(item), _address(item)) for item in items)
        said = {(named or {}).get(name, name): url for name, url in pairs if name}
        if said:
            return tuple(said.items())
    return ()


def links_in(*menus: object) -> tuple[tuple[str, str], ...]:
    """Return the links of menus that lead to the web: of mappings, or of pairs in either order."""
    items = (item for menu in menus if isinstance(menu, list | tuple) for item in menu)
    pairs: Iterable[tuple[str, str | None]] = (
        (_name(item), _address(item)) if isinstance(item, dict) else _pair(item) for item in items
    )
    return tuple(dict.fromkeys((text, url) for text, url in pairs if text and url))


def _pair(item: Any) -> tuple[str, str | None]:
    texts = [text for text in item if isinstance(text, str)] if isinstance(item, list | tuple) else []
    address = next((text for text in texts if _is_web(text)), None)
    return next((plain_text(text) for text in texts if text != address), ""), address


def _name(item: object) -> str:
    said = next((item[key] for key in _NAMES if item.get(key)), "") if isinstance(item, dict) else item
    return _MAIL.sub("", plain_text(said)).strip()


def _address(item: object) -> str | None:
    values = [item.get(key) for key in _ADDRESSES] if isinstance(item, dict) else []
    return next((value.strip() for value in values if isinstance(value, str) and _is_web(value)), None)


def _is_web(text: str) -> bool:
    """Tell whether a text is an address of the web without a password, such as `https://example.org/`."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    is_clean = not re.search(r"[\s<>\"\\]", text.strip()) and readable(text)[0] == text
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc and is_clean
