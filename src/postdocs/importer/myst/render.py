"""MyST text → tree, with the settings of the site."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping
from copy import copy
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urljoin

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.directives.images import Figure
from docutils.parsers.rst.directives.tables import ListTable, RSTTable
from docutils.transforms.misc import Transitions
from docutils.transforms.references import DanglingReferences, Footnotes, PropagateTargets
from docutils.utils import new_document
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.mdit_to_docutils.transforms import ResolveAnchorIds, UnreferencedFootnotesDetector
from myst_parser.parsers.docutils_ import Parser
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.sphinx_ext.directives import FigureMarkdown
from sphinx.directives import admonitions
from sphinx.directives.code import CodeBlock
from sphinx.util.docutils import docutils_namespace
from sphinx.util.logging import suppress_logging

from postdocs.core.heading_ids import heading_id_plugin
from postdocs.core.urls import DOCUMENTS, is_rooted
from postdocs.importer.ast import nodes as tree
from postdocs.importer.myst import doctree_blocks
from postdocs.importer.myst.wording import remember_inlines, wording

_DIRECTIVE = re.compile(r"\s*\{([^}]*)\}")
# What in a doctree depends on how it is written, and shows nowhere.
_WRITTEN = re.compile(r' (?:line="\d+"|bullet="[-+*]"|suffix="[.)]")')
_LINK = {"link_open", "link_close"}
# Tags that say what marks of emphasis do: their tokens.
_MARKS = {
    f"<{slash}{tag}>": f"{tag}_{'close' if slash else 'open'}"
    for tag in ("em", "strong")
    for slash in ("", "/")
}
_TITLE = "# Title\n\n"  # the site gives each post its title as a heading above the text
_TITLE_LINES = 2
_WARNING, _SEVERE = 2, 5


class _CodeBlock(CodeBlock):
    """Sphinx's, but the language that a site sets for code without one is left to the build."""

    def run(self) -> list[nodes.Node]:
        self.arguments = self.arguments or [""]
        return super().run()


class _Figure(Figure):
    """Docutils' own, which would open the picture for this width, and says nothing of it without one."""

    def run(self) -> list[nodes.Node]:
        width = self.options.get("figwidth")
        result = [*super().run()]
        if width == "image" and isinstance(result[0], nodes.figure):
            result[0]["width"] = width
        return result


class _References(Directive):
    """The list of sphinxcontrib-bibtex: that of all works, or that of its own document."""

    option_spec: ClassVar = {"filter": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        of_page = "filter" in self.options
        return [nodes.container(classes=[doctree_blocks.REFERENCES], of_page=of_page)]


def _citation(name: str, rawtext: str, text: str, *_: Any) -> Any:
    """Read a role of sphinxcontrib-bibtex; what its keys stand for is for the build to see."""
    return [nodes.inline(rawtext, text, cited_by=name.partition(":")[2])], []


# What Sphinx has instead of docutils' own, or besides.
_DIRECTIVES = {
    "code-block": _CodeBlock,
    "figure": _Figure,
    "figure-md": FigureMarkdown,
    **{name: getattr(admonitions, name.capitalize()) for name in tree.ADMONITIONS if name != "seealso"},
    "seealso": admonitions.SeeAlso,
    "admonition": admonitions.Admonition,
    "bibliography": _References,
}
_ROLES = {f"cite:{name}": _citation for name in tree.CITATION_ROLES}
# What `MystReader.wording` reads the text of; docutils has its own for tables.
_WORDED = _DIRECTIVES | {"table": RSTTable, "list-table": ListTable}
# What Sphinx would report: these transforms run in its reader, or in MyST's parser for it.
_TRANSFORMS = (
    PropagateTargets,
    Footnotes,
    UnreferencedFootnotesDetector,
    Transitions,
    DanglingReferences,
    ResolveAnchorIds,
)


class _Renderer(DocutilsRenderer):
    """MyST's renderer, but code is left to Sphinx's highlighter, and paragraphs tell if a list is tight."""

    def create_highlighted_code_block(  # type: ignore[override]
        self, text: str, lexer_name: str | None, **options: Any
    ) -> nodes.Element:
        block = nodes.literal_block(text, text, language=lexer_name or "")
        if options.get("number_lines") or options.get("emphasize_lines"):
            block["options"] = str(options)  # for the meaning of a text, of which they are a part
        return block

    def render_link_project(self, token: SyntaxTreeNode) -> None:
        # A file of the site; whether it is there is for the build to see.
        self.render_link_url(token)

    def render_link_unknown(self, token: SyntaxTreeNode) -> None:
        # MyST in Sphinx finds files by their paths too, with or without a scheme.
        url = str(token.attrGet("href") or "")
        settings = self.document.settings
        if url.partition("#")[0] in settings.files_of_site:
            self.render_link_url(token)
        elif is_rooted(url, DOCUMENTS):  # as the build reads it
            token.attrs["href"] = urljoin(settings.address_of_site, url)
            self.render_link_url(token)
        else:
            super().render_link_unknown(token)

    def render_link_path(self, token: SyntaxTreeNode) -> None:
        self.render_link_project(token)

    def render_paragraph(self, token: SyntaxTreeNode) -> None:
        super().render_paragraph(token)
        paragraph = self.current_node[-1]
        if isinstance(paragraph, nodes.Element):
            paragraph["tight"] = token.hidden


# Reads MyST text; returns the tree and the warnings of the parser, each begun by its 1-based line and a colon
# (0 where it is of no line).
Read = Callable[[str], tuple[tree.Document, list[str]]]


class MystReader:
    """Reads MyST text with the settings of a site, as `Read` does.

    files: of the site, by their paths as a text names them. address: of the site, "" where it is not known;
    links from the root of its host are read as whole addresses.
    """

    def __init__(self, config: MdParserConfig, address: str = "") -> None:
        self._config = config
        self._parser = _parser(config)
        if not (config.commonmark_only or config.gfm_only):  # which have other rules
            remember_inlines(self._parser)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # docutils' own: optparse
            self._defaults = get_default_settings(Parser)
        self._defaults.report_level, self._defaults.halt_level = _WARNING, _SEVERE
        self._defaults.warning_stream = False
        self._defaults.myst_suppress_warnings = [*config.suppress_warnings]
        self._defaults.file_insertion_enabled = False  # an author's directives reach no file
        self.files: Collection[str] = frozenset()
        self.address = address

    def knowing(self, files: Iterable[str]) -> MystReader:
        """Return a reader that knows files of the site."""
        other = copy(self)
        other.files = frozenset(files)
        return other

    def __call__(self, text: str) -> tuple[tree.Document, list[str]]:
        """Read a text."""
        document, messages = self._parsed(text)
        result = doctree_blocks.read(document)
        for transform in _TRANSFORMS:
            transform(document).apply()
        return result, [_say(message) for message in messages if message["level"] >= _WARNING]

    def _parsed(self, text: str) -> tuple[nodes.document, list[nodes.system_message]]:
        """Parse a text; return its doctree, and the messages on it, to which transforms add."""
        settings = self._defaults.copy()
        settings.files_of_site, settings.address_of_site = self.files, self.address
        document = new_document("post", settings)
        messages: list[nodes.system_message] = []
        document.reporter.attach_observer(messages.append)
        parser = _parser(self._config)
        parser.options["document"] = document
        # What is registered in the namespace ends with it. The build says what Sphinx warns of.
        with docutils_namespace(), suppress_logging():
            for name, directive in _DIRECTIVES.items():
                directives.register_directive(name, directive)
            for name, role in _ROLES.items():
                roles.register_local_role(name, role)
            parser.render(_TITLE + text)
        return document, messages

    def tokens(self, text: str) -> list[Token]:
        """Return what the parser makes of a text, before directives run."""
        return self._parser.parse(text)

    def meaning(self, text: str) -> object:
        """Return a value that is equal for texts that are read the same; it takes less than to read them.

        It is that of the parser, which leaves the text of directives alone: where there are some, it is the
        doctree.
        """
        tokens = self.tokens(text)
        if not any(map(directive_of, tokens)):
            return meaning_of(tokens)
        document, messages = self._parsed(text)
        said = [(message["level"], [child.astext() for child in message.children]) for message in messages]
        return _WRITTEN.sub("", document.pformat()), said

    def wording(self, text: str) -> object:
        """Return a value like `meaning` in less time: the directives that an import writes do not run.

        It serves to find a text; that it means the same is for `meaning`, or a whole reading, to prove.
        """
        tokens = self.tokens(text)
        if not any(map(directive_of, tokens)):
            return meaning_of(tokens)
        return wording(self._parser, text, _WORDED, partial(_meaning, is_shown=True))


def meaning_of(tokens: Iterable[Token]) -> list[object]:
    """Return what tokens are, without the characters that they are written with, and their places."""
    return [*map(_meaning, tokens)]


def directive_of(token: Token) -> str:
    """Return the name of the directive that a token is; empty where it is none."""
    match = _DIRECTIVE.match(token.info) if token.type.endswith("fence") else None
    return match[1] if match else ""


def _meaning(token: Token, *, is_shown: bool = False) -> tuple[object, ...]:
    """Return what a token is. is_shown: as a doctree has it, which of a picture keeps no markup."""
    if token.type == "html_inline" and (mark := _MARKS.get(token.content)):
        return _meaning(Token(mark, mark.partition("_")[0], 1 if mark.endswith("open") else -1))
    content = "" if token.type == "inline" else token.content
    meta = {key: value for key, value in token.meta.items() if key not in {"id", "subId"}}  # of footnotes
    inside: list[object] = []
    if is_shown and token.type == "image":
        content = _words(token.children or ())
    else:
        inside = _inside(token.children or (), is_shown=is_shown)
    info = "" if token.type in _LINK else token.info  # of a link in angle brackets it says that it is one
    return token.type, token.tag, token.attrs, meta, token.hidden, info, content, inside


def _inside(children: Iterable[Token], *, is_shown: bool) -> list[object]:
    inside: list[object] = []
    for child in children:
        text = {"text": child.content, "softbreak": " "}.get(child.type)
        before = inside[-1] if inside else None
        if text is not None and isinstance(before, str):
            inside[-1] = before + text
        elif text != "":  # what is left of the characters of a mark
            inside.append(_meaning(child, is_shown=is_shown) if text is None else text)
    return inside


def _words(tokens: Iterable[Token]) -> str:
    """Return the words for a picture (CommonMark 0.31 §6.4: text without its markup)."""
    return "".join(
        token.content if token.type == "text" else _words(token.children or ()) for token in tokens
    )


def _parser(config: MdParserConfig) -> MarkdownIt:
    parser = create_md_parser(config, _Renderer)
    return parser.use(heading_id_plugin) if "attrs_block" in config.enable_extensions else parser


def reader(settings: Mapping[str, Any], address: str = "") -> MystReader:
    """Make what reads MyST text.

    settings: the values of the site's conf.py by name; those that begin with `myst_` count. address: of the
    site.
    """
    fields = {field.name for field in MdParserConfig.get_fields()}
    values = {key.removeprefix("myst_"): value for key, value in settings.items() if key.startswith("myst_")}
    known = {key: value for key, value in values.items() if key in fields}
    return MystReader(MdParserConfig(**known), address)


def _say(message: nodes.system_message) -> str:
    line = message.get("line") or 0
    return f"{max(line - _TITLE_LINES, 0)}: {message[0].astext() if message.children else message.astext()}"
