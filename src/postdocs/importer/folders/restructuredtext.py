"""reStructuredText → HTML by docutils, without a file or an address that a text could reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from docutils import nodes
from docutils.core import publish_doctree, publish_from_doctree
from docutils.parsers import Parser
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.directives.body import CodeBlock
from docutils.parsers.rst.directives.images import Figure
from docutils.utils import SystemMessage
from docutils.writers import html5_polyglot
from sphinx.util.docutils import docutils_namespace

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import players, unknown_directives
from postdocs.importer.folders.unknown_directives import AnyOption

UNKNOWN = "what docutils doesn't know came along as text"
_ODD = "docutils warns of this; see whether the post shows what you meant"
_WITHOUT = "the text in a directive that docutils doesn't know came along without it"
_INFO, _WARNING, _NEVER = 1, 2, 5
_KNOWN = ("Title underline too short", "Title overline too short")  # they are titles all the same
_CUT = "none permitted"  # what MyST says of the content of a directive that it leaves out
_SETTINGS: Mapping[str, Any] = {
    "file_insertion_enabled": False, "raw_enabled": True, "_disable_config": True, "report_level": _WARNING,
    "halt_level": _NEVER, "warning_stream": False, "syntax_highlight": "none", "math_output": "MathJax /",
    "initial_header_level": 2, "input_encoding": "unicode", "output_encoding": "unicode",
    "section_self_link": False, "toc_backlinks": False, "language_code": "en",
    "footnote_references": "superscript",
}  # fmt: skip


@dataclass(frozen=True)
class Rendered:
    """A text as HTML. title: of the document. fields: of its head, by name in lower case."""

    title: str
    fields: Mapping[str, str | list[str]]
    html: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Markup:
    """What a system adds to reStructuredText.

    directives, roles: by name. address: where a picture or link of a text leads; None where it stays. parser:
    of another dialect that has the same directives and roles. settings: of that. has_sections: whether the
    title of a page is its first heading, as in Sphinx, also where others have its level. title: what the
    front matter has for one. source: the text of the directive that begins in a line, for a parser whose
    messages don't have it. line: of the file, by that of the text, both from 1.
    """

    directives: Mapping[str, type[Directive]] = field(default_factory=dict)
    roles: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    address: Callable[[str], str | None] = lambda _: None
    parser: Parser | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    has_sections: bool = False
    title: str = ""
    source: Callable[[int], str] = lambda _: ""
    line: Callable[[int], int] = lambda line: line


class _Code(CodeBlock):
    """Code with the options that generators and Sphinx add, which change its looks alone."""

    option_spec: ClassVar[Any] = AnyOption(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        self.options = {}
        return [*super().run()]  # type: ignore[no-untyped-call] # docutils has no types here


class _Picture(Figure):
    """A picture that generators show smaller, with the options that they add."""

    option_spec: ClassVar[Any] = AnyOption(Figure.option_spec or {})


class _Translator(html5_polyglot.HTMLTranslator):
    """Writes the titles of links too, which only MyST has."""

    def starttag(self, node: nodes.Element, tagname: str, *args: Any, **attributes: Any) -> str:
        if tagname == "a" and node.get("reftitle"):
            attributes["title"] = node["reftitle"]
        return str(super().starttag(node, tagname, *args, **attributes))


class _Writer(html5_polyglot.Writer):
    def __init__(self) -> None:
        super().__init__()
        self.translator_class = _Translator


_DIRECTIVES: Mapping[str, type[Directive]] = {
    **dict.fromkeys(("code", "code-block", "sourcecode"), _Code),
    "thumbnail": _Picture,
    **players.DIRECTIVES,
}


_PLAIN = Markup()


def render(text: str, place: str, markup: Markup = _PLAIN) -> Rendered:
    """Return a text as HTML, with the fields of its head. place: how messages name its file.

    What docutils doesn't know stays as text, and a note names it with its line.

    Raises
    ------
    PostdocsError
        It can't be read at all.

    """
    try:
        with docutils_namespace():
            for name, directive in {**_DIRECTIVES, **markup.directives}.items():
                directives.register_directive(name, directive)
            for name, directive in unknown_directives.of_text(text).items() if markup.parser is None else ():
                directives.register_directive(name, directive)
            for name, role in markup.roles.items():
                roles.register_local_role(name, role)
            settings = {**_SETTINGS, **markup.settings, "doctitle_xform": not markup.has_sections}
            document = publish_doctree(text, parser=markup.parser, settings_overrides=settings)
            _lead(document, markup.address)
            if markup.has_sections:
                _label(document)
            notes = [*_visible(document, place, markup)]
            title = _title(document, markup.title)
            fields = dict(_fields(document))
            html = publish_from_doctree(document, writer=_Writer(), settings_overrides=dict(_SETTINGS))
    except (SystemMessage, RecursionError) as error:
        wrong = "its parts are nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise PostdocsError(place, None, wrong, "correct it") from None
    return Rendered(title, fields, _body(str(html)), tuple(notes))


def _lead(document: nodes.document, address: Callable[[str], str | None]) -> None:
    """Let pictures and links lead to where the files and pages of the source are served.

    And let literals be code in HTML, of which docutils makes spans. A list of the headings goes, for each
    page shows them. Pictures have no scale of a size that only their files say, which no directive may read,
    and no address as the text that stands for them.
    """
    for contents in [one for one in document.findall(nodes.topic) if "contents" in one["classes"]]:
        contents.parent.remove(contents)
    for literal in document.findall(nodes.literal):
        literal["classes"].append("code")
    for image in document.findall(nodes.image):
        image["uri"] = address(image["uri"]) or image["uri"]
        image.setdefault("alt", "")
        if not (image.get("width") or image.get("height")):
            image.attributes.pop("scale", None)
    for link in document.findall(nodes.reference):
        if link.get("refuri"):
            link["refuri"] = address(link["refuri"]) or link["refuri"]


def _label(document: nodes.document) -> None:
    """Make the labels of formulas a part of these, as in LaTeX: Sphinx numbers the formulas that have one."""
    for formula in document.findall(nodes.math_block):
        if formula["names"]:
            tex = f"{formula.astext()}\n\\label{{{formula['names'][0]}}}"
            formula.children = [nodes.Text(tex)]


def _title(document: nodes.document, given: str) -> str:
    """Take out the title of a document, and return it; given: what its front matter has for one.

    A first heading in other words is one of the text then.
    """
    title = next((child for child in document.children if isinstance(child, nodes.title)), None)
    if title is None and not document.settings.doctitle_xform:
        section = next((child for child in document.children if isinstance(child, nodes.section)), None)
        if section is not None and isinstance(section[0], nodes.title):
            text = section[0].astext()
            if given and text.split() != given.split():
                return ""
            section.parent.replace(section, section.children[1:])
            return text
    if title is None:
        return ""
    document.remove(title)
    return title.astext()


def _fields(document: nodes.document) -> Iterator[tuple[str, str | list[str]]]:
    """Yield the fields of the head, which is taken out."""
    for docinfo in [*document.findall(nodes.docinfo)]:
        for element in (child for child in docinfo.children if isinstance(child, nodes.Element)):
            if isinstance(element, nodes.field):
                yield element[0].astext().lower(), element[1].astext()
            elif isinstance(element, nodes.authors):
                yield "authors", [child.astext() for child in element.children]
            else:
                yield str(element.tagname), element.astext()
        docinfo.parent.remove(docinfo)


def _visible(document: nodes.document, place: str, markup: Markup) -> Iterator[Note]:
    """Put the source of what docutils doesn't know in the place of its messages."""
    inside = [*document.findall(nodes.system_message)]
    late = [message for message in document.transform_messages if message.parent is None]
    for message in (*inside, *late):
        line = int(message.get("line") or 0)
        said = message[0].astext().splitlines()[0] if message.children and message[0].astext() else ""
        blocks = [child.astext() for child in message.children if isinstance(child, nodes.literal_block)]
        if said.startswith(_KNOWN):
            blocks = []
        elif message["level"] > _INFO:
            is_left_out = message["level"] > _WARNING or _CUT in said
            blocks = blocks or [text for text in [markup.source(line)] if text and is_left_out]
            what = UNKNOWN if blocks or is_left_out else _ODD
            if said.startswith(unknown_directives.WITHOUT):
                what, said = _WITHOUT, said.removeprefix(unknown_directives.WITHOUT)
            where = f"{place}:{markup.line(line)}: {said}"
            yield Note(NoteKind.NOTICED, what, before=where, in_text=True)
        if message.parent is not None:
            message.parent.replace(message, [nodes.literal_block(text, text) for text in blocks])
    document.transform_messages.clear()
    for part in [*document.findall(nodes.problematic)]:
        part.parent.replace(part, nodes.Text(part.astext()))


def _body(html: str) -> str:
    """Return what is in the main part of a page of docutils."""
    start = html.find("<main")
    start = html.find(">", start) + 1 if start >= 0 else 0
    end = html.rfind("</main>")
    return html[start:end].strip() if end >= 0 else html
