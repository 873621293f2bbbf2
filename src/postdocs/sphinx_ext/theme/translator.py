"""How documents become HTML that is valid and accessible, where Sphinx or the theme writes it otherwise."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.writers.html5 import HTML5Translator

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.theme.theme import is_used

if TYPE_CHECKING:
    _Translator = HTML5Translator
else:
    _Translator = object

_NAMES = {"latex": "LaTeX", "r": "R"}  # which Pygments calls by the name of their family
_NAMELESS = {"default", "none", "text", "guess"}
_BOX = '<input class="task-list-item-checkbox"'  # as MyST writes it


class ThemeMixin(_Translator):
    """Names the language of code and the boxes of tasks; leaves the viewport to the layout.

    box_labels: of the box of a task that is to be done, and of one that is.
    """

    box_labels: tuple[str, str]

    def __init__(self, document: nodes.document, builder: StandaloneHTMLBuilder) -> None:
        super().__init__(document, builder)
        self.meta[:] = (tag for tag in self.meta if 'name="viewport"' not in tag)

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        """Return a tag; that of a block of code has the name of its language, and no header is empty."""
        if isinstance(node, nodes.literal_block) and attributes.get("CLASS", "").startswith("highlight-"):
            attributes |= _language(str(node.get("language", "default")))
        if tagname == "th" and not node.astext().strip():
            tagname = "td"
        tag: str = super().starttag(node, tagname, suffix, empty, **attributes)
        return tag

    def visit_raw(self, node: nodes.raw) -> None:
        """Write what is HTML already; the box of a task gets a name."""
        text = node.astext()
        if not text.startswith(_BOX):
            super().visit_raw(node)
            return
        label = self.box_labels["checked" in text.removeprefix(_BOX)]
        self.body.append(text.replace(_BOX, f'{_BOX} aria-label="{label}"', 1))
        raise nodes.SkipNode

    def visit_entry(self, node: nodes.entry) -> None:
        """Begin a cell, which ends as it begins."""
        super().visit_entry(node)
        if self.body[-1].startswith("<td"):
            self.context[-1] = "</td>\n"


@cache
def _language(name: str) -> dict[str, str]:
    try:
        return (
            {} if name in _NAMELESS else {"data-language": _NAMES.get(name) or get_lexer_by_name(name).name}
        )
    except ClassNotFound:  # Sphinx has said so
        return {}


def install(build: Build) -> None:
    """Put the mixin before the translator that the builder would use, which the parent has extended."""
    app = build.app
    if is_used(app):
        _ = build.language.gettext
        translator = app.builder.get_translator_class()
        themed = type(translator.__name__, (ThemeMixin, translator), {"box_labels": (_("To do"), _("Done"))})
        app.set_translator(app.builder.name, themed, override=True)
