"""References in linked data (JSON-LD 1.1 with the vocabulary of schema.org)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# Properties of schema.org whose value is an address, as text or as the `@id` or `url` of an object.
_PROPERTIES = {
    *(
        "contentUrl",
        "discussionUrl",
        "downloadUrl",
        "embedUrl",
        "image",
        "installUrl",
        "isBasedOn",
        "isPartOf",
    ),
    *("item", "license", "logo", "mainEntityOfPage", "photo", "primaryImageOfPage", "relatedLink", "sameAs"),
    *("screenshot", "thumbnail", "thumbnailUrl", "translationOfWork", "url", "workTranslation"),
}


def addresses_in(value: Any, name: str = "") -> Iterator[str]:
    """Yield the addresses in a value of linked data.

    Identifiers (`@id`) count only where they stand for a page, since others name what need not be on the web.
    """
    if isinstance(value, list):
        for item in value:
            yield from addresses_in(item, name)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "@id":
                if name in {"item", "mainEntityOfPage"} and isinstance(item, str):
                    yield item
            elif key != "@context":
                yield from addresses_in(item, key)
    elif isinstance(value, str) and name in _PROPERTIES and _is_address(value):
        yield value


def _is_address(text: str) -> bool:
    """Tell an address from a name, such as that of a licence."""
    return text.startswith(("http://", "https://", "/", "./", "../")) and not any(map(str.isspace, text))
