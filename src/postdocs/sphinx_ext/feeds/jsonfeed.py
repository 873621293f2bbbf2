"""Documents of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from postdocs.core.dates import rfc3339
from postdocs.core.scholarly import Work, doi_url
from postdocs.sphinx_ext.feeds.model import Channel, Document, Entry, Person, address


def item(entry: Entry) -> bytes:
    """Return the item of a post, as it is put into any number of feeds.

    Where a post was first published is not its `external_url`: that is what a post talks about, and readers
    open it instead of the post.
    """
    # An item without content is none; a feed without full text has the summary for it.
    content = (
        {"content_html": entry.content} if entry.content else {"content_text": entry.summary or entry.title}
    )
    written = _written(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title or None,
            **content,
            "summary": entry.summary or None,
            "date_published": rfc3339(entry.published),
            "date_modified": rfc3339(entry.updated),
            "authors": [_author(author) for author in entry.authors] or None,
            "tags": [category.label for category in entry.categories] or None,
            "language": entry.language,
            # Extensions, as the standard has them; the archive Rogue Scholar reads the first.
            "_references": [*map(_reference, entry.references)] or None,
            "_postdocs": _scholarly(entry) or None,
        }
    )
    return _encoded("    " + written.replace("\n", "\n    "))  # in strings all newlines are escaped


def to_json(
    channel: Channel, document: Document, base: str, element: Callable[[Entry], bytes] = item
) -> bytes:
    """Return a document of a feed whose folder is at the absolute address *base*.

    element gives the item of a post; one that remembers saves the work where a post is in many feeds.
    """
    head = _written(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": channel.title,
            "home_page_url": channel.page,
            "feed_url": address(base, document.name),
            "description": channel.subtitle or None,
            "next_url": address(base, document.previous) if document.previous else None,
            "icon": channel.icon,
            "authors": [_author(channel.author)],
            "language": channel.language,
        }
    )
    items = b",\n".join(map(element, document.entries))
    listed = b"[\n" + items + b"\n  ]" if items else b"[]"
    return _encoded(head.removesuffix("\n}")) + b',\n  "items": ' + listed + b"\n}\n"


def _author(person: Person) -> dict[str, str]:
    return {"name": person.name, **({"url": person.uri} if person.uri else {})}


def _scholarly(entry: Entry) -> dict[str, str]:
    license_ = entry.license
    return {
        **({"doi": doi_url(entry.doi)} if entry.doi else {}),
        **({"license": license_.url or license_.name} if license_ else {}),
    }


def _reference(work: Work) -> dict[str, str]:
    members = {
        "url": work.address,
        "doi": doi_url(work.doi) if work.doi else "",
        "title": work.title,
        "publicationYear": work.year,
        "unstructured": work.text,
    }
    return {name: value for name, value in members.items() if value}


def _written(members: Mapping[str, object]) -> str:
    """Write an object, without members that have no value."""
    present = {name: value for name, value in members.items() if value is not None}
    return json.dumps(present, ensure_ascii=False, indent=2)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "ignore")  # half a character is none
