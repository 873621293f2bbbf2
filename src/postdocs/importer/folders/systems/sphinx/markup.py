"""The directives and roles of Sphinx and ablog, as HTML without a build."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.directives.body import MathBlock
from docutils.parsers.rst.directives.images import Figure, Image
from docutils.parsers.rst.languages import get_language
from docutils.utils import Reporter, new_document, unescape

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders.included_files import Inclusions, PartError, part_of
from postdocs.importer.folders.included_files import directives_of as files_of
from postdocs.importer.folders.restructuredtext import UNKNOWN, AnyOption

_LITERAL = (
    "file", "samp", "command", "program", "kbd", "guilabel", "menuselection", "option", "envvar", "token",
    "keyword", "makevar", "mailheader", "mimetype", "newsgroup", "regexp", "func", "class", "meth", "mod",
    "attr", "exc", "data", "obj", "const", "py:func", "py:class", "py:meth", "py:mod", "py:attr", "py:exc",
    "py:data", "py:obj", "py:const", "c:func", "cpp:func", "cpp:class", "js:func",
)  # fmt: skip
_EMPHASIS = ("term", "dfn", "manpage")
_MYST_DIRECTIVE = re.compile(r"^[ \t>*+-]*(?:`{3,}|~{3,}|:{3,})\{(?P<name>[^{}\s]+)\}", re.MULTILINE)
_MYST_ROLE = re.compile(r"\{(?P<name>[^{}\s`]+)\}`")
_CARD_RULE = re.compile(r"\^{3,}|\+{3,}")
_NEVER = 5  # a level of messages that none has
_VERSIONS = {
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "versionremoved": "Removed in version",
    "deprecated": "Deprecated since version",
}
_ABBREVIATION = re.compile(r"(?P<short>[^()]+?)\s*\((?P<title>[^()]+)\)")
EXPLICIT = re.compile(r"(?P<title>.+?)\s*<(?P<target>[^<>]+)>", re.DOTALL)


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
        self.notes.append(Note(NoteKind.NOTICED, UNKNOWN, before=f"{self.place}:{line}: {what}"))


class _Directive(Directive):
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


class _Post(_Directive):
    def run(self) -> list[nodes.Node]:
        said = {key: value or "" for key, value in self.options.items()}
        self.reading.posts.append({**said, "date": self.argument()})
        return [] if "exclude" in self.options else self.parsed()


class _Update(_Directive):
    """A box with a date above it."""

    def run(self) -> list[nodes.Node]:
        self.reading.updates.append(self.argument())
        title = nodes.title("", f"Updated on {self.argument()}")
        return [nodes.admonition("", title, *self.parsed(), classes=["admonition-update", "note"])]


class _LeftOut(_Directive):
    """What lists pages of the site, which the new one lists itself."""

    def run(self) -> list[nodes.Node]:
        what = "a list that only Sphinx can make"
        self.reading.notes.append(
            Note(NoteKind.LEFT_OUT, what, before=f"{self.reading.place}:{self.lineno}: {self.name}")
        )
        return []


class _Silent(_Directive):
    """What shows nothing on a page."""

    def run(self) -> list[nodes.Node]:
        return []


class _Content(_Directive):
    """What only arranges its content."""

    def run(self) -> list[nodes.Node]:
        return self.parsed()


class _Card(_Content):
    """A part of a grid with a title, whose head and foot are parted by a line from its text."""

    def run(self) -> list[nodes.Node]:
        title = [nodes.paragraph("", "", nodes.strong("", self.argument()))] if self.argument() else []
        for at, line in enumerate(self.content):
            if _CARD_RULE.fullmatch(line.strip()):
                self.content[at] = ""
        return [*title, *self.parsed()]


class _Only(_Directive):
    """What is for some builders."""

    def run(self) -> list[nodes.Node]:
        words = self.argument().split()
        if ("html" in words and "not" not in words) or (words[:1] == ["not"] and "html" not in words):
            return self.parsed()
        self.reading.notes.append(
            Note(
                NoteKind.LEFT_OUT,
                "a part that is not for HTML",
                before=f"{self.reading.place}:{self.lineno}: only {self.argument()}",
            )
        )
        return []


class _Box(_Directive):
    def run(self) -> list[nodes.Node]:
        inner = [nodes.paragraph("", self.argument())] if self.argument() else []
        return [
            nodes.admonition("", nodes.title("", "See also"), *inner, *self.parsed(), classes=["seealso"])
        ]


class _Folded(_Directive):
    """A box that opens when its title is asked for, as that of sphinx-design and mystmd."""

    def run(self) -> list[nodes.Node]:
        title = html.escape(self.argument() or "Details", quote=False)
        start, end = f"<details><summary>{title}</summary>", "</details>"
        return [nodes.raw("", start, format="html"), *self.parsed(), nodes.raw("", end, format="html")]


class _Version(_Directive):
    """What changed in a version; the text on the line of the directive is the first of it."""

    def run(self) -> list[nodes.Node]:
        version, _, text = self.argument().partition(" ")
        inner = self.parsed()
        said = f"{_VERSIONS[self.name]} {version}{':' if text or inner else '.'}"
        lead = nodes.paragraph("", "", nodes.emphasis("", said))
        if text:
            parsed, messages = self.state.inline_text(text, self.lineno)
            lead += [nodes.Text(" "), *parsed, *messages]
        return [nodes.container("", lead, *inner)]


class _Code(_Directive):
    """Code, also that of a file of the site, below its caption."""

    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        language = self.argument()
        if self.name == "literalinclude":
            try:
                text = part_of(Inclusions(self.reading.load).text(self.argument()), self.options)
            except PartError as error:
                raise self.warning(f"{self.argument()} is not included: only Sphinx knows {error}") from None
            text, language = text.rstrip("\n"), self.options.get("language", "")
        block = nodes.literal_block(text, text, classes=["code", language] if language else ["code"])
        caption = self.options.get("caption")
        lead = [nodes.paragraph("", "", nodes.strong("", caption))] if caption else []
        return [*lead, block]


class _Unknown(_Directive):
    """One of MyST that nothing here knows: it stays as text."""

    def run(self) -> list[nodes.Node]:
        self.reading.unknown(self.lineno, f'the directive "{self.name}"')
        text = self.block_text.rstrip()
        return [nodes.literal_block(text, text)]


class _Math(MathBlock):
    """A formula with the options of Sphinx, which number it and change no word."""

    option_spec: ClassVar[Any] = AnyOption(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        self.options = {}
        return [*super().run()]  # type: ignore[no-untyped-call] # docutils has no types here


class _Image(Image):
    option_spec: ClassVar[Any] = AnyOption(Image.option_spec or {})


class _Figure(Figure):
    option_spec: ClassVar[Any] = AnyOption(Figure.option_spec or {})


_DIRECTIVES: Mapping[str, type[_Directive]] = {
    "post": _Post,
    "update": _Update,
    "only": _Only,
    "seealso": _Box,
    "dropdown": _Folded,
    **dict.fromkeys(("toctree", "postlist", "sectionauthor", "codeauthor"), _LeftOut),
    **dict.fromkeys(("highlight", "tabularcolumns", "index", "currentmodule", "contents"), _Silent),
    **dict.fromkeys(("hlist", "glossary", "div", "grid", "grid-item"), _Content),
    **dict.fromkeys(("card", "grid-item-card"), _Card),
    **dict.fromkeys(_VERSIONS, _Version),
    **dict.fromkeys(("code", "code-block", "code-cell", "sourcecode", "literalinclude"), _Code),
}


def directives_of(reading: Reading) -> dict[str, type[Directive]]:
    """Return the directives, by name, that tell a reading what they say."""
    bound: dict[str, type[Directive]] = {
        name: type(kind.__name__, (kind,), {"reading": reading}) for name, kind in _DIRECTIVES.items()
    }
    return {**bound, **files_of(reading.load), "math": _Math, "image": _Image, "figure": _Figure}


def roles_of(reading: Reading) -> dict[str, Callable[..., Any]]:
    """Return the roles, by name."""

    def link(name: str, rawtext: str, text: str, lineno: int, inliner: Any, *_: Any) -> Any:
        explicit = EXPLICIT.fullmatch(unescape(text))
        target = explicit["target"] if explicit else unescape(text)
        known = reading.link(name, target.strip().lstrip("!~"))
        if known is None:
            message = inliner.reporter.warning(f"the target of {rawtext} is not in the folder", line=lineno)
            return [nodes.Text(explicit["title"] if explicit else target)], [message]
        address, title = known
        return [nodes.reference(rawtext, explicit["title"] if explicit else title, refuri=address)], []

    def literal(name: str, rawtext: str, text: str, *_: Any) -> Any:
        explicit = EXPLICIT.fullmatch(unescape(text))
        shown = explicit["title"] if explicit else unescape(text)
        shown = shown.rpartition(".")[2] if shown.startswith("~") else shown.removeprefix("!")
        shown = re.sub(r"\{([^{}]*)\}", r"\1", shown) if name == "samp" else shown
        return [nodes.literal(rawtext, shown)], []

    def abbreviation(_: str, rawtext: str, text: str, *__: Any) -> Any:
        said = _ABBREVIATION.fullmatch(unescape(text))
        if said is None:
            return [nodes.Text(unescape(text))], []
        title, shown = html.escape(said["title"]), html.escape(said["short"], quote=False)
        return [nodes.raw(rawtext, f'<abbr title="{title}">{shown}</abbr>', format="html")], []

    def emphasis(_: str, rawtext: str, text: str, *__: Any) -> Any:
        explicit = EXPLICIT.fullmatch(unescape(text))
        return [nodes.emphasis(rawtext, explicit["title"] if explicit else unescape(text))], []

    return {
        **dict.fromkeys(("ref", "doc", "download", "any"), link),
        "abbr": abbreviation,
        **dict.fromkeys(_LITERAL, literal),
        **dict.fromkeys(_EMPHASIS, emphasis),
    }


def unknown_of(
    text: str, reading: Reading
) -> tuple[dict[str, type[Directive]], dict[str, Callable[..., Any]]]:
    """Return what shows those directives and roles of a MyST text that docutils doesn't know.

    MyST itself would leave them out.
    """
    document = new_document(reading.place)
    document.reporter = Reporter(reading.place, _NEVER, _NEVER, stream=False)

    def role(name: str, _: str, inner: str, lineno: int, *__: Any) -> Any:
        reading.unknown(lineno, f'the role "{name}"')
        return [nodes.Text(f"{{{name}}}`{inner}`")], []

    kind = type("Unknown", (_Unknown,), {"reading": reading})
    english: Any = get_language("en")  # the types of docutils ask for the languages of its writers
    blocks = {match["name"] for match in _MYST_DIRECTIVE.finditer(text)}
    spans = {match["name"] for match in _MYST_ROLE.finditer(text)}
    return (
        {name: kind for name in blocks if not directives.directive(name, english, document)[0]},
        {name: role for name in spans if not roles.role(name, english, 0, document.reporter)[0]},
    )
