"""Side notes: the directive `margin`, as Jupyter Book has it.

Where there is room, a note stands beside the text; elsewhere it is folded. A theme that brings the directive
itself, such as sphinx-book-theme, keeps its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, is_directive_registered

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.locale.language import words_of
from postdocs.sphinx_ext.reading.doctrees import language_of

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

_DIRECTIVE = "margin"
UNTITLED = "side-note-untitled"  # the class of the words that fold a note without a title


class SideNote(nodes.sidebar):
    """A note beside the text; other formats than HTML show it as a sidebar."""


class NoteTitle(nodes.title):
    """The title of a side note, which folds it."""


class MarginDirective(SphinxDirective):
    """A side note. Argument: its title, if it has one."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"class": directives.class_option, "name": directives.unchanged}  # noqa: RUF012 - as docutils declares it

    def run(self) -> list[nodes.Node]:
        """Return the note."""
        self.assert_has_content()
        note = SideNote("", classes=["side-note", *self.options.get("class", ())])
        self.set_source_info(note)
        self.add_name(note)
        if self.arguments:
            words, messages = self.parse_inline(self.arguments[0])
            note += [NoteTitle(self.arguments[0], "", *words), *messages]
        note += self.parse_content_to_nodes()
        return [note]


def title_notes(build: Build, doctree: nodes.document) -> None:
    """Give notes without a title one to fold them by, in the language of the document.

    One of nothing but definitions has nothing to show, and goes.
    """
    for note in [*doctree.findall(SideNote)]:
        if not note.children:
            note.parent.remove(note)
        elif not isinstance(note[0], NoteTitle):
            words = words_of(language_of(build, doctree), build.language)
            text = words.gettext("Side note")
            note.insert(0, NoteTitle(text, text, classes=[UNTITLED]))


def add_directive(build: Build) -> None:
    """Register the directive, unless the site's theme or an extension has."""
    if not is_directive_registered(_DIRECTIVE):
        build.app.add_directive(_DIRECTIVE, MarginDirective)


def setup(app: Sphinx) -> None:
    """Let documents have side notes."""
    app.add_node(SideNote, html=(_visit, _depart))
    app.add_node(NoteTitle, html=(_visit_title, _depart_title))


def _visit(translator: HTML5Translator, node: SideNote) -> None:
    """Begin a note."""
    translator.body.append(translator.starttag(node, "aside", "", role="note"))
    translator.body.append("<details>")


def _depart(translator: HTML5Translator, node: SideNote) -> None:
    """End it."""
    translator.body.append("</details></aside>\n")


def _visit_title(translator: HTML5Translator, node: NoteTitle) -> None:
    """Begin what folds a note."""
    translator.body.append(translator.starttag(node, "summary", ""))


def _depart_title(translator: HTML5Translator, node: NoteTitle) -> None:
    """End it."""
    translator.body.append("</summary>\n")
