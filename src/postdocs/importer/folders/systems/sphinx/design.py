"""Directives that arrange their content, as those of sphinx-design and mystmd."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from docutils import nodes

from postdocs.importer.folders.systems.sphinx.reading import Arranged, Described

_RULE = re.compile(r"\^{3,}|\+{3,}")


class _Folded(Described):
    """A box that opens when its title is asked for, as that of sphinx-design and mystmd."""

    def run(self) -> list[nodes.Node]:
        title = html.escape(self.argument() or "Details", quote=False)
        start, end = f"<details><summary>{title}</summary>", "</details>"
        return [nodes.raw("", start, format="html"), *self.parsed(), nodes.raw("", end, format="html")]


class _Card(Described):
    """A part of a grid with a title; its head and foot are options, or parted by lines from its text."""

    def run(self) -> list[nodes.Node]:
        for at, line in enumerate(self.content):
            if _RULE.fullmatch(line.strip()):
                self.content[at] = ""
        return [
            *self._paragraph(self.options.get("header")),
            *self._title(),
            *self.parsed(),
            *self._paragraph(self.options.get("footer")),
        ]

    def _title(self) -> list[nodes.Node]:
        """Return the title, or what a card without one leads to, as a link where the card is one."""
        title = [*self._inline(self.argument())]
        target = (self.options.get("link") or self.options.get("url") or "").strip()
        if target:
            known = self.reading.link(self.options.get("link-type") or "any", target)
            address, text = known or (target, target)
            title = [nodes.reference("", "", *(title or [nodes.Text(text)]), refuri=address)]
        return [nodes.paragraph("", "", nodes.strong("", "", *title))] if title else []

    def _paragraph(self, text: str | None) -> list[nodes.Node]:
        return [nodes.paragraph("", "", *self._inline(text))] if text else []

    def _inline(self, text: str) -> list[nodes.Node]:
        parsed, messages = self.state.inline_text(text, self.lineno) if text else ([], [])
        return [*parsed, *messages]


class _Tab(Described):
    """A part that is shown when its title is chosen."""

    def run(self) -> list[nodes.Node]:
        title = html.escape(self.argument(), quote=False)
        content = nodes.container("", *self.parsed(), classes=["sd-tab-content"])
        return [nodes.raw("", f'<label class="sd-tab-label">{title}</label>', format="html"), content]


class _Tabs(Described):
    def run(self) -> list[nodes.Node]:
        return [nodes.container("", *self.parsed(), classes=["sd-tab-set"])]


DIRECTIVES: Mapping[str, type[Described]] = {
    **dict.fromkeys(("div", "grid", "grid-item"), Arranged),
    **dict.fromkeys(("card", "grid-item-card"), _Card),
    **dict.fromkeys(("tab-set", "tabs"), _Tabs),
    **dict.fromkeys(("tab-item", "tab", "group-tab"), _Tab),
    "dropdown": _Folded,
}
