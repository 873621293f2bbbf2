"""The directives and roles of Sphinx and ablog, as HTML without a build."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from itertools import takewhile
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
from postdocs.importer.folders.systems.sphinx import design
from postdocs.importer.folders.systems.sphinx.reading import Arranged, Described, Reading
from postdocs.importer.folders.unknown_directives import AnyOption

_LITERAL = (
    "file", "samp", "command", "program", "kbd", "guilabel", "menuselection", "option", "envvar", "token",
    "keyword", "makevar", "mailheader", "mimetype", "newsgroup", "regexp", "func", "class", "meth", "mod",
    "attr", "exc", "data", "obj", "const", "py:func", "py:class", "py:meth", "py:mod", "py:attr", "py:exc",
    "py:data", "py:obj", "py:const", "c:func", "cpp:func", "cpp:class", "js:func",
)  # fmt: skip
_EMPHASIS = ("term", "dfn", "manpage")
_MYST_DIRECTIVE = re.compile(r"^[ \t>*+-]*(?P<mark>`{3,}|~{3,}|:{3,})\{(?P<name>[^{}\s]+)\}", re.MULTILINE)
_MYST_ROLE = re.compile(r"\{(?P<name>[^{}\s`]+)\}`")
_NEVER = 5  # a level of messages that none has
_VERSIONS = {
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "versionremoved": "Removed in version",
    "deprecated": "Deprecated since version",
}
_ABBREVIATION = re.compile(r"(?P<short>[^()]+?)\s*\((?P<title>[^()]+)\)")
EXPLICIT = re.compile(r"(?P<title>.+?)\s*<(?P<target>[^<>]+)>", re.DOTALL)


class _Post(Described):
    def run(self) -> list[nodes.Node]:
        said = {key: value or "" for key, value in self.options.items()}
        self.reading.posts.append({**said, "date": self.argument()})
        return [] if "exclude" in self.options else self.parsed()


class _Update(Described):
    """A box with a date above it."""

    def run(self) -> list[nodes.Node]:
        self.reading.updates.append(self.argument())
        title = nodes.title("", f"Updated on {self.argument()}")
        return [nodes.admonition("", title, *self.parsed(), classes=["admonition-update", "note"])]


class _LeftOut(Described):
    """What lists pages of the site, which the new one lists itself."""

    def run(self) -> list[nodes.Node]:
        what = "a list that only Sphinx can make"
        self.reading.notes.append(
            Note(NoteKind.LEFT_OUT, what, before=f"{self.reading.place}:{self.lineno}: {self.name}")
        )
        return []


class _Silent(Described):
    """What shows nothing on a page."""

    def run(self) -> list[nodes.Node]:
        return []


class _Only(Described):
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


class _Box(Described):
    def run(self) -> list[nodes.Node]:
        inner = [nodes.paragraph("", self.argument())] if self.argument() else []
        return [
            nodes.admonition("", nodes.title("", "See also"), *inner, *self.parsed(), classes=["seealso"])
        ]


class _Version(Described):
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


class _Code(Described):
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


class _Unknown(Described):
    """One of MyST that nothing here knows: it stays as text."""

    def run(self) -> list[nodes.Node]:
        self.reading.unknown(self.lineno, f'the directive "{self.name}"')
        text = self.block_text.rstrip()
        return [nodes.literal_block(text, text)]


class _Math(MathBlock):
    """A formula with the options of Sphinx; its label is that of the equation, which `eq` refers to."""

    option_spec: ClassVar[Any] = AnyOption(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        label = nodes.fully_normalize_name(self.options.get("label") or self.options.get("name") or "")
        self.options = {}
        formulas = [*super().run()]  # type: ignore[no-untyped-call] # docutils has no types here
        if label and formulas:
            formulas[-1]["names"].append(label)
        return formulas


class _Image(Image):
    option_spec: ClassVar[Any] = AnyOption(Image.option_spec or {})


class _Figure(Figure):
    """A figure; mystmd also has those whose pictures are in the text."""

    required_arguments = 0
    optional_arguments = 1
    option_spec: ClassVar[Any] = AnyOption(Figure.option_spec or {})

    def run(self) -> list[nodes.Node]:
        if self.arguments:
            return [*super().run()]
        inner = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, inner)
        figure = nodes.figure("", classes=directives.class_option(self.options.get("class") or "") or [])
        captions: list[nodes.Node] = []
        for child in inner.children:
            pictures = [*child.children] if isinstance(child, nodes.paragraph) else []
            if pictures and all(isinstance(one, nodes.image) or not one.astext().strip() for one in pictures):
                figure += pictures
            else:
                captions.append(child)
        if not figure.children or not all(isinstance(one, nodes.paragraph) for one in captions):
            return [*inner.children]
        if captions:
            figure += nodes.caption("", "", *captions[0].children)
            figure += nodes.legend("", *captions[1:]) if captions[1:] else []
        return [figure]


_DIRECTIVES: Mapping[str, type[Described]] = {
    "post": _Post,
    "update": _Update,
    "only": _Only,
    "seealso": _Box,
    **dict.fromkeys(("toctree", "postlist", "sectionauthor", "codeauthor"), _LeftOut),
    **dict.fromkeys(("highlight", "tabularcolumns", "index", "currentmodule", "contents"), _Silent),
    **dict.fromkeys(("hlist", "glossary"), Arranged),
    **design.DIRECTIVES,
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

    def equation(_: str, rawtext: str, text: str, *__: Any) -> Any:
        return [nodes.math(rawtext, f"\\eqref{{{nodes.fully_normalize_name(unescape(text))}}}")], []

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
        **dict.fromkeys(("eq", "math:numref"), equation),
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


def source_in(text: str) -> Callable[[int], str]:
    """Return what gives the source of the directive of a MyST text that begins in a line, "" for none."""
    lines = text.split("\n")

    def source(line: int) -> str:
        start = _MYST_DIRECTIVE.match(lines[line - 1]) if 0 < line <= len(lines) else None
        if start is None:
            return ""
        mark = start["mark"]
        rest = takewhile(lambda one: not re.fullmatch(rf"[ \t>]*{mark}{mark[0]}*[ \t]*", one), lines[line:])
        return "\n".join((lines[line - 1], *rest, mark)).strip()

    return source
