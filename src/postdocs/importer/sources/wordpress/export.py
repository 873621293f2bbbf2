"""The parts of an export beside posts: files, reusable blocks, people, and metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone

from lxml import etree

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources import dates
from postdocs.importer.sources.model import fold
from postdocs.importer.sources.text import plain, title_of
from postdocs.importer.sources.visibility import fields_of_element, visibility_of
from postdocs.importer.sources.wordpress.library import Attachment, Library, ReusableBlock
from postdocs.importer.sources.xml import children, space, text, text_of, texts

_WP = "*"  # the namespace names the version, with http or https; some exporters leave it out
_LONGEST_OFFSET = timedelta(hours=14)
_THUMBNAIL = "_thumbnail_id"
_FOOTNOTES = "footnotes"
# What plugins keep in fields without the mark of those that are their own: no author wrote them.
_OF_PLUGINS = (
    "rank_math_",
    "dsq_",
    "jetpack_",
    "essb_",
    "amp_",
    "fb_",
    "sharing_",
    "switch_like_",
    "advanced_seo_",
)
_READ = frozenset({_FOOTNOTES, "enclosure"})


def type_of(item: etree._Element) -> str:
    """Return the type of an item; where several are stated, the first that is no post."""
    kinds = [kind.strip().lower() for kind in fields_of_element(item).get("post_type", ())]
    kinds = [kind for kind in kinds if kind] or [
        "attachment" if text(item, _WP, "attachment_url") else "post"
    ]
    return next((kind for kind in kinds if kind not in {"post", "page"}), kinds[0])


def encoded(item: etree._Element, *, excerpt: bool) -> str:
    """Return the text or the excerpt of an item; both are `encoded`, in two namespaces."""
    return next(
        (
            text_of(child).strip()
            for child in children(item, "*", "encoded")
            if ("excerpt" in (child.prefix or "") or "excerpt" in space(child)) is excerpt
            and text_of(child).strip()
        ),
        "",
    )


def metadata(item: etree._Element) -> dict[str, list[str]]:
    """Return the metadata of an item (`wp:postmeta`), values by key."""
    values: dict[str, list[str]] = {}
    for meta in children(item, _WP, "postmeta"):
        values.setdefault(text(meta, _WP, "meta_key"), []).append(text(meta, _WP, "meta_value"))
    return values


def library_of(items: Iterable[etree._Element]) -> Library:
    """Return what posts refer to. What was thrown away is not there."""
    attachments: dict[str, Attachment] = {}
    attached: dict[str, list[str]] = {}
    blocks: dict[str, ReusableBlock] = {}
    for item in items:
        kind, id_ = type_of(item), text(item, _WP, "post_id")
        title = title_of(text(item, space(item), "title"), [])
        fields = fields_of_element(item)
        if kind == "attachment" and not visibility_of(fields).discarded:
            url = text(item, _WP, "attachment_url") or text(item, space(item), "guid")
            alt = next(iter(metadata(item).get("_wp_attachment_image_alt", ())), "")
            if url:
                attachments[id_] = Attachment(url, title, encoded(item, excerpt=True), plain(alt))
                attached.setdefault(text(item, _WP, "post_parent"), []).append(id_)
        elif kind == "wp_block":
            visibility = visibility_of(fields, is_stated=True)
            reasons = visibility.discarded or "; ".join(note.what for note in visibility.notes)
            blocks[id_] = ReusableBlock(title, encoded(item, excerpt=False), reasons)
    return Library(attachments, attached, blocks)


def names_of(channel: etree._Element, items: Iterable[etree._Element]) -> dict[str, str]:
    """Return the names that readers see of those who write, by what items call them.

    People who have no account are items of the plugin Co-Authors Plus (`guest-author`).
    """
    names = {}
    for author in children(channel, _WP, "author"):
        names[text(author, _WP, "author_login")] = text(author, _WP, "author_display_name")
    for item in items:
        if type_of(item) == "guest-author":
            meta = metadata(item)
            name = next(filter(None, meta.get("cap-display_name", ())), "") or text(
                item, space(item), "title"
            )
            logins = (*meta.get("cap-user_login", ()), text(item, _WP, "post_name").removeprefix("cap-"))
            names.update((login, name) for login in logins if login)
    return names


def authors_of(item: etree._Element, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return who wrote an item: all that the taxonomy `author` has, else its creator."""
    people = []
    for element in children(item, space(item), "category"):
        if element.get("domain") == "author":
            label, nicename = fold(text_of(element)), element.get("nicename", "").removeprefix("cap-")
            people.append(names.get(nicename) or names.get(label) or label)
    people = people or [names.get(login) or login for login in texts(item, "*", "creator")]
    return tuple(dict.fromkeys(filter(None, map(fold, people))))


def image_of(item: etree._Element, library: Library, notes: list[Note]) -> str | None:
    """Return the address of the featured image of a post."""
    id_ = next(filter(None, metadata(item).get(_THUMBNAIL, ())), "")
    attachment = library.attachments.get(id_)
    if attachment is None and id_ not in {"", "0", "-1"}:
        notes.append(Note(NoteKind.NOTICED, "its featured image is not in the export", before=id_))
    return attachment.url if attachment else None


def note_metadata(item: etree._Element, notes: list[Note]) -> None:
    """Note what a post has beside its text that no post here has: custom fields, and a place at the top."""
    if text(item, _WP, "is_sticky") == "1":
        notes.append(Note(NoteKind.NOTICED, "it was kept at the top of the blog, which no post is here"))
    for key, values in metadata(item).items():
        is_own = key and not key.startswith(("_", *_OF_PLUGINS)) and key not in _READ
        value = "; ".join(filter(None, values))
        if is_own and value:
            notes.append(Note(NoteKind.LEFT_OUT, f"its custom field {key}", before=value))


def enclosures_of(item: etree._Element) -> list[str]:
    """Return the addresses of the files that go with a post, as in a podcast."""
    return [value.split("\n")[0].strip() for value in metadata(item).get("enclosure", ())]


def stored_notes_of(item: etree._Element) -> list[str]:
    """Return the footnotes that WordPress keeps of a post, as JSON."""
    return metadata(item).get(_FOOTNOTES, [])


def instant(item: etree._Element, name: str) -> datetime | None:
    """Return a local time with its offset, which is what lies between it and the same time in UTC."""
    here, there = dates.parse(text(item, _WP, name)), dates.parse(text(item, _WP, f"{name}_gmt"))
    if here is None or there is None:
        return here
    offset = timedelta(minutes=round((here - there).total_seconds() / 60))
    return here.replace(tzinfo=timezone(offset)) if abs(offset) <= _LONGEST_OFFSET else here
