"""Nikola's reStructuredText: https://getnikola.com/handbook.html#restructuredtext-extensions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.utils import unescape

from postdocs.importer.folders import included_files, restructuredtext
from postdocs.importer.folders.included_files import PartError
from postdocs.importer.folders.restructuredtext import Markup, Rendered
from postdocs.importer.folders.systems.nikola import readers
from postdocs.importer.folders.systems.nikola.readers import Site
from postdocs.importer.folders.unknown_directives import AnyOption


@dataclass(frozen=True)
class Text:
    """reStructuredText of a post. place: how messages name its file. line: of that, by the line of the text.

    title: of the post. load: see `Inclusions`.
    """

    source: str
    place: str
    title: str
    load: Callable[[str], str | None]
    line: Callable[[int], int]


def render(text: Text, site: Site) -> Rendered:
    """Return a text as HTML; what docutils and Nikola don't know stays as text, and a note names it.

    Raises
    ------
    PostdocsError
        It can't be read at all.

    """
    markup = Markup(
        {**_directives(site), **included_files.directives_of(text.load)},
        {"doc": _doc(site), **dict.fromkeys(("raw-html", "html", "sc"), _html)},
        site.links.led,
        settings={"docinfo_xform": False},  # its metadata are Nikola's own
        has_sections=True,
        title=text.title,
        line=text.line,
    )
    return restructuredtext.render(text.source, text.place, markup)


class _Listing(Directive):
    """A file of code, or lines of it, below a link to it."""

    site: ClassVar[Site]
    required_arguments = 1
    optional_arguments = 1
    option_spec: ClassVar[Any] = AnyOption(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        name, *language = self.arguments
        try:
            shown = readers.listing(name, self.site, "".join(language), self.options)
        except PartError as error:
            raise self.error(f"{name} is not included: only Nikola knows {error}") from None
        if shown is None:
            raise self.error(f"{name} is not included: it is not in the folder")
        return [nodes.raw("", shown, format="html")]


class _Slides(Directive):
    """Images one after the other, which the page shows in turn."""

    has_content = True
    option_spec: ClassVar[Any] = AnyOption(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        self.assert_has_content()
        return [
            nodes.paragraph("", "", nodes.image(uri=line.strip())) for line in self.content if line.strip()
        ]


def _directives(site: Site) -> dict[str, type[Directive]]:
    listing = type("Listing", (_Listing,), {"site": site})
    return {"listing": listing, "slides": _Slides}


def _html(_: str, rawtext: str, text: str, *__: Any) -> Any:
    return [nodes.raw(rawtext, unescape(text, restore_backslashes=True), format="html")], []


def _doc(site: Site) -> Callable[..., Any]:
    def role(_: str, rawtext: str, text: str, lineno: int, inliner: Any, *__: Any) -> Any:
        page = site.links.page(unescape(text))
        if page is None:
            message = inliner.reporter.error(f"the target of {rawtext} is not in the folder", line=lineno)
            return [inliner.problematic(rawtext, rawtext, message)], [message]
        return [nodes.reference(rawtext, page[1], refuri=page[0])], []

    return role
