"""The rule for public entries of all formats; unclear cases are drafts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from postdocs.importer.entry import Note, NoteKind

BROKEN = "broken"  # an attribute: why an entry can't be trusted as it stands
_PUBLIC = frozenset({"publish", "published", "live", "public"})
_DISCARDED = frozenset({"auto-draft", "deleted", "spam"})  # and all whose name has "trash" in it
_STATUSES = ("status", "post_status")
_AUDIENCES = ("visibility",)  # of Ghost, and of WordPress's REST API
_PASSWORDS = ("password", "post_password")
_PRIVATE_FLAGS = ("draft", "is_draft", "private", "is_private")
_PUBLIC_FLAGS = ("public", "is_public", "published")
_NO = frozenset({"no", "false", "0"})

Fields: TypeAlias = Mapping[str, Sequence[str]]
"""The values of an entry by name; names are in lower case, with `_` for `-`."""


@dataclass(frozen=True)
class Visibility:
    """Who may see an entry.

    discarded: the status that says that it is no longer, or not yet, anyone's post, such as `trash`; else "".
    notes: why it is a draft.
    """

    discarded: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def draft(self) -> bool:
        """Whether it isn't public."""
        return bool(self.notes)


def visibility_of(fields: Fields, *, is_stated: bool = False) -> Visibility:
    """Judge an entry by what its source says; where that contradicts itself, the strictest counts.

    is_stated: whether each public entry of this format says that it is public.
    """
    statuses = [value.strip() for value in _values(fields, _STATUSES) if value.strip()]
    discarded = (value for value in statuses if value.lower() in _DISCARDED or "trash" in value.lower())
    return Visibility(
        next(discarded, "").lower(),
        tuple(
            Note(NoteKind.NOTICED, f"{reason}; it is a draft here")
            for reason in dict.fromkeys(_reasons(fields, statuses, is_stated=is_stated))
        ),
    )


def _reasons(fields: Fields, statuses: Sequence[str], *, is_stated: bool) -> Iterator[str]:
    """Yield each reason for which an entry isn't public."""
    for status in statuses:
        if status.lower() not in _PUBLIC:
            yield f"its status there is {status}"
    if is_stated and not statuses:
        yield "its source does not say whether it is public"
    for audience in _values(fields, _AUDIENCES):
        if audience.strip().lower() not in _PUBLIC:
            yield f"it is not public there, but for {audience.strip() or 'nobody in particular'}"
    if any(value.strip() for value in _values(fields, _PASSWORDS)):
        yield "it has a password there"
    if any(value.strip().lower() not in _NO for value in _values(fields, _PRIVATE_FLAGS)):
        yield "it is a draft or private there"
    if any(value.strip().lower() in _NO for value in _values(fields, _PUBLIC_FLAGS)):
        yield "it is not published there"
    for why in fields.get(BROKEN, ()):
        yield f"its source is broken here ({why}): compare it"


def _values(fields: Fields, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from fields.get(name, ())


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace or prefix, in the spelling of `Fields`."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower().replace("-", "_")


def fields_of_element(element: etree._Element) -> Fields:
    """Return the children of an entry by name, whatever namespace or prefix they have.

    What is in `app:control` (RFC 5023 §13.1.1) counts as the entry's own. Elements with attributes only, such
    as `media:status`, say nothing of who may see an entry.
    """
    fields: dict[str, list[str]] = {}
    reason = element.get(BROKEN)
    if reason:
        fields[BROKEN] = [reason]
    control = (inner for child in element.iterchildren("{*}control") for inner in child)
    for child in (*element.iterchildren(etree.Element), *control):
        value = "".join(map(str, child.itertext()))
        if value.strip() or not child.attrib:
            fields.setdefault(local_name(child), []).append(value)
    return fields


def fields_of_object(value: Mapping[str, Any]) -> Fields:
    """Return the values of a JSON object by name, those in its extensions (`_ghost`) among them."""
    extensions = [inner for key, inner in value.items() if key.startswith("_") and isinstance(inner, dict)]
    fields: dict[str, list[str]] = {}
    for holder in (value, *extensions):
        for key, inner in holder.items():
            name = key.lower().lstrip("_").replace("-", "_")
            if inner is not None and inner != "" and (inner or name not in _PASSWORDS):
                fields.setdefault(name, []).append(str(inner))
    return fields
