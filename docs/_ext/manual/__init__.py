"""The directives of the manual, which show what the code has: a Sphinx extension for this site only."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

import postdocs
from manual import compatibility
from manual.code import events, rooms_of
from manual.messages import messages_of
from postdocs._version import __version__
from postdocs.core.post import FIELDS

PACKAGE = Path(postdocs.__file__).parent
_SOURCES = sorted(PACKAGE.rglob("*.py"))
_DIRECTIVES = sorted(Path(__file__).parent.glob("*.py"))
_EVERYWHERE = {"help", "debug"}  # options of all commands
_HTML_ONLY = "Only where a site of HTML is made."
_Entry = tuple[str, str, str]  # a term in code, what kind it is, or "", and what it means


class _Directive(SphinxDirective):
    """A list of what the code has; its page is made again when that changes."""

    def run(self) -> list[nodes.Node]:
        """Return the nodes."""
        for source in (*_SOURCES, *_DIRECTIVES):
            self.env.note_dependency(str(source))
        try:
            return self.made()
        except LookupError:
            raise self.error(f"there is no {' '.join(self.arguments)} in the code") from None

    def made(self) -> list[nodes.Node]:
        """Return what is made of the code."""
        raise NotImplementedError

    def definitions(self, entries: Iterable[_Entry]) -> nodes.definition_list:
        """Return a list of terms with their meanings; a term that comes again has several."""
        made = nodes.definition_list(classes=["simple"])
        bodies: dict[tuple[str, str], nodes.definition] = {}
        for code, kind, meaning in entries:
            if (code, kind) not in bodies:
                item = nodes.definition_list_item("", nodes.term("", "", nodes.literal("", code)))
                self.set_source_info(item)
                if kind:
                    item += nodes.classifier("", kind)
                bodies[code, kind] = nodes.definition()
                item += bodies[code, kind]
                made += item
            if meaning:
                bodies[code, kind] += nodes.paragraph("", "", *_inline(meaning))
        return made

    def entry(self, code: str, about: str, members: nodes.Element) -> nodes.definition_list_item:
        """Return a term with its meaning, and the list of what is in it, if there is anything."""
        item = nodes.definition_list_item("", nodes.term("", "", nodes.literal("", code)))
        self.set_source_info(item)
        item += nodes.definition(
            "", nodes.paragraph("", "", *_inline(about)), *([members] if members else [])
        )
        return item


class Settings(_Directive):
    """The settings that the extension has declared."""

    def made(self) -> list[nodes.Node]:
        """Return them with default and meaning."""
        own = {name: option for name, option in self.config.values.items() if name.startswith("postdocs_")}
        return [
            self.definitions(
                (f"{name} = {own[name].default!r}", "", own[name].description) for name in sorted(own)
            )
        ]


class Fields(_Directive):
    """The keys of front matter."""

    def made(self) -> list[nodes.Node]:
        """Return them with kind and meaning."""
        return [
            self.definitions(
                (name, field.metadata["kind"], _sentence(field.metadata["help"]))
                for name, field in FIELDS.items()
            )
        ]


class Command(_Directive):
    """A command: what it does, its arguments and options."""

    required_arguments = 1

    def made(self) -> list[nodes.Node]:
        """Return them in the order of its help."""
        from postdocs import cli  # noqa: PLC0415 - most builds read no such page, and it takes long

        parser = cli.commands()[self.arguments[0]]
        actions = [action for action in parser._actions if action.dest not in _EVERYWHERE]  # noqa: SLF001 - argparse has no other way
        needed = [action for action in actions if not action.option_strings]
        usage = " ".join(["postdocs", self.arguments[0], *map(_usage, needed), "[OPTIONS]"])
        return [
            nodes.paragraph("", "", *_inline(parser.description or "")),
            nodes.literal_block(usage, usage, language="text"),
            self.definitions((_term(action), "", _sentence(action.help or "")) for action in actions),
            nodes.paragraph("", "", *_inline(parser.epilog or "")),
        ]


class Messages(_Directive):
    """What modules say when something is wrong."""

    required_arguments = 1
    final_argument_whitespace = True

    def made(self) -> list[nodes.Node]:
        """Return their messages, each with its remedy."""
        found = (
            message
            for name in self.arguments[0].split()
            for path in module_files(name)
            for message in messages_of(path.read_text(encoding="utf-8"))
        )
        return [
            self.definitions(
                (message.wrong, "", _sentence(message.remedy)) for message in dict.fromkeys(found)
            )
        ]


class Phases(_Directive):
    """The phases of a build, with the steps of the extension in each."""

    def made(self) -> list[nodes.Node]:
        """Return the events in order, and in each the steps in order."""
        phases = nodes.definition_list()
        for event in events():
            steps = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
            for step in event.steps:
                about = f"{step.about} {_HTML_ONLY}" if step.is_html_only else step.about
                steps += _item(step.name, about)
            phases += self.entry(event.name, event.about, steps)
        return [phases]


class Modules(_Directive):
    """The rooms of the package, with the modules in each."""

    def made(self) -> list[nodes.Node]:
        """Return the rooms and their modules in order of their names."""
        rooms = nodes.definition_list()
        for room in rooms_of(PACKAGE):
            modules = nodes.bullet_list(bullet="-")
            modules += [_item(module.name, module.about) for module in room.modules]
            rooms += self.entry(room.name, room.about, modules)
        return [rooms]


class Compatibility(_Directive):
    """What blogs are tried with, of one kind: themes, builders or extensions."""

    required_arguments = 1

    def made(self) -> list[nodes.Node]:
        """Return a table of them, with the versions that the sessions of nox install."""
        for file in (compatibility.ENTRIES, compatibility.CONSTRAINTS):
            self.env.note_dependency(str(file))
        kind = self.arguments[0]
        pinned = compatibility.versions()
        rows: list[list[list[nodes.Node]]] = [
            [
                [nodes.literal("", name)],
                [nodes.Text(pinned[entry["package"]] if "package" in entry else pinned["sphinx"])],
                [nodes.Text(", ".join(compatibility.looked_at(kind, entry)))],
                _inline(entry.get("note", "")),
            ]
            for name, entry in compatibility.entries(kind).items()
        ]
        return [_table(("Name", "Version", "Tried", "Note"), rows)]


class FrontMatter(_Directive):
    """The keys of front matter that the import reads in the files of a system.

    A line `key: text` of the content says more of a key in the post. A line `left | right` is a row of what
    no table of the code has; the keys that it names are not among those that are left out.
    """

    required_arguments = 1
    has_content = True

    def made(self) -> list[nodes.Node]:
        """Return a table of them, by the keys that they become."""
        module_files(f"importer.folders.systems.{self.arguments[0]}")  # which says if there is none
        system = import_module(f"postdocs.importer.folders.systems.{self.arguments[0]}")
        more = [line.split(" | ", 1) for line in self.content if " | " in line]
        said = dict(line.split(": ", 1) for line in self.content if " | " not in line and ": " in line)
        named = {key for left, _ in more for key in re.findall(r"`([\w-]+)", left)}
        rows = [
            (_codes(keys), f"`{key}`{said.get(key, '')}")
            for field, keys in system.TABLE.items()
            for key in ["author" if field == "authors" else field]
        ]
        left_out = sorted(system.IGNORED - named)
        rows += [(left, right) for left, right in more]
        rows += [(_codes(left_out), "left out, because only generators and themes read them")]
        rows += [("any other key", "the same key; the report names those that can't stay")]
        return [_table(("In the source", "In the post"), ([_inline(one), _inline(two)] for one, two in rows))]


def _codes(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


def _table(head: Sequence[str], rows: Iterable[Sequence[list[nodes.Node]]]) -> nodes.table:
    """Return a table; a cell is a list of inline nodes."""

    def row(cells: Iterable[list[nodes.Node]]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))

    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=100 // len(head)) for _ in head]  # of which HTML has no need
    group += nodes.thead("", row([nodes.Text(text)] for text in head))
    group += nodes.tbody("", *map(row, rows))
    return nodes.table("", group, classes=["colwidths-auto"])


def module_files(name: str) -> list[Path]:
    """Return the file of a module, or those of all modules of a package; both are named from `postdocs`.

    Raises
    ------
    KeyError
        There is none.

    """
    place = Path(PACKAGE, *name.split("."))
    found = [path for path in _SOURCES if path == place.with_suffix(".py") or place in path.parents]
    if not found:
        raise KeyError(name)
    return found


def _usage(action: argparse.Action) -> str:
    return {"+": "{}…", "?": "[{}]"}.get(str(action.nargs), "{}").format(action.metavar)


def _term(action: argparse.Action) -> str:
    names = ", ".join(action.option_strings)
    return " ".join(filter(None, (names, action.metavar if isinstance(action.metavar, str) else "")))


def _item(code: str, about: str) -> nodes.list_item:
    return nodes.list_item("", nodes.paragraph("", "", nodes.literal("", code), *_inline(f": {about}")))


def _inline(text: str) -> list[nodes.Node]:
    """Return a text with what is between backticks as code."""
    parts = enumerate(re.split(r"`([^`]*)`", text))
    return [nodes.literal("", part) if number % 2 else nodes.Text(part) for number, part in parts]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives."""
    for name, directive in (
        ("settings", Settings),
        ("fields", Fields),
        ("command", Command),
        ("messages", Messages),
        ("phases", Phases),
        ("modules", Modules),
        ("compatibility", Compatibility),
        ("front-matter", FrontMatter),
    ):
        app.add_directive(f"postdocs-{name}", directive)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
