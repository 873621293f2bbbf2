"""What the directives of a text say beside it, and the directives that say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders.restructuredtext import UNKNOWN
from postdocs.importer.folders.unknown_directives import AnyOption


@dataclass
class Reading:
    """What the directives of a text say beside it.

    place: how messages name its file. link: where a role leads and its title, by the name of the role and its
    target; None where that is not known. load: the text of a file that the text names, None where it is not
    there. posts: options of each `post`, with `date`. updates: the dates of each `update`.
    """

    place: str
    link: Callable[[str, str], tuple[str, str] | None]
    load: Callable[[str], str | None]
    posts: list[dict[str, str]] = field(default_factory=list)
    updates: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def unknown(self, line: int, what: str) -> None:
        """Note what comes along as text."""
        said = f"{self.place}:{line}: {what}"
        self.notes.append(Note(NoteKind.NOTICED, UNKNOWN, before=said, in_text=True))


class Described(Directive):
    """One that says something to a reading; with any options and content."""

    reading: ClassVar[Reading]
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[Any] = AnyOption(name=directives.unchanged)

    def parsed(self) -> list[nodes.Node]:
        """Return the content as nodes."""
        parent = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, parent)
        return [*parent.children]

    def argument(self) -> str:
        """Return the argument on one line; "" where there is none."""
        return " ".join(self.arguments[0].split()) if self.arguments else ""


class Arranged(Described):
    """What only arranges its content."""

    def run(self) -> list[nodes.Node]:
        """Return the content."""
        return self.parsed()
