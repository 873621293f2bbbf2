"""Elements of Distill's template, which its script shows: https://distill.pub/guide/.

Those of its first version begin with `dt-`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from bs4.element import Tag

from postdocs.core.html import BLOCKS
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute
from postdocs.importer.html.rendered.build import element

_FOOTNOTES, _CODE, _CITATIONS = ("d-footnote", "dt-fn"), ("d-code", "dt-code"), ("d-cite", "dt-cite")


def show(body: Tag, notes: list[Note]) -> None:
    """Show footnotes, code, and the keys of cited works. notes: where it is told what can't be shown."""
    for code in body.find_all(_CODE):
        code.replace_with(_code(code))
    for cite in body.find_all(_CITATIONS):
        keys = ", ".join(key.strip() for key in attribute(cite, "key").split(",") if key.strip())
        cite.replace_with(element("span", f"[{keys}]"))
        notes.append(Note(NoteKind.NOTICED, "a citation came along as the keys of its works", keys))
    if items := [*_footnotes(body)]:
        listed = element("ol")
        listed.extend(items)
        section = element("section", **{"class": "footnotes"})
        section.append(listed)
        body.append(section)


def _code(tag: Tag) -> Tag:
    text = tag.get_text()
    language = attribute(tag, "language")
    code = element("code", **{"class": f"language-{language}" if language else ""})
    if "block" not in tag.attrs:
        code.string = text.strip()
        return code
    code.string = f"{textwrap.dedent(text).strip(chr(10))}\n"
    block = element("pre")
    block.append(code)
    return block


def _footnotes(body: Tag) -> Iterator[Tag]:
    """Put a reference into the place of each footnote, as generators do; yield the items of the list."""
    for number, note in enumerate(body.find_all(_FOOTNOTES), 1):
        name = f"{number}-distill"
        item = element("li", id=f"fn:{name}")
        holder = element("div" if note.find([*BLOCKS]) else "p")
        holder.extend([*note.contents])
        item.append(holder)
        reference = element("sup", id=f"fnref:{name}")
        reference.append(element("a", str(number), href=f"#fn:{name}", **{"class": "footnote-ref"}))
        note.replace_with(reference)
        yield item
