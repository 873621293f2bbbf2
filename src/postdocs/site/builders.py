"""Sphinx's builders of HTML, with pages where their permalinks say."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder

from postdocs.permalink import Permalink
from postdocs.site.state import state_of

SEARCH_SCRIPTS = (
    "doctools.js",
    "language_data.js",
    "searchtools.js",
    "sphinx_highlight.js",
    "translations.js",
)


@dataclass
class Redirect:
    """A page that leads elsewhere.

    file: its own, from the root of the output. uri: its address, from the root of the site. is_page: whether
    a real page is there, which leads elsewhere for some queries only. target: the address that it leads to,
    from the root of the site; "" if that depends on the query. queries: the address for each that names one.
    """

    file: str
    uri: str
    is_page: bool = False
    target: str = ""
    queries: dict[str, str] = field(default_factory=dict)


class PermalinkBuilder(StandaloneHTMLBuilder):
    """A builder whose documents may have addresses of their own.

    permalinks: by docname. redirects: pages that lead to others, by their file. written: the documents that
    this build has written.
    """

    def init(self) -> None:
        """Begin without permalinks; they are known when front matter has been read."""
        self.permalinks: dict[str, Permalink] = {}
        self.redirects: dict[str, Redirect] = {}
        self.written: set[str] = set()
        super().init()

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page, from the root of the site."""
        if permalink := self.permalinks.get(docname):
            return permalink.uri
        uri = super().get_target_uri(docname, typ)
        return quote(uri) if isinstance(self, DirectoryHTMLBuilder) else uri  # which does not, in Sphinx

    def get_output_path(self, page_name: str, /) -> Path:
        """Return the file of a page."""
        permalink = self.permalinks.get(page_name)
        return Path(self.outdir, permalink.file) if permalink else super().get_output_path(page_name)

    def write_documents(self, docnames: Set[str]) -> None:
        """Write documents, and note which."""
        docnames = docnames & self.env.found_docs  # some were read and left out again
        self.written |= docnames
        if docnames:
            state_of(self._app).begin(docnames)
            super().write_documents(docnames)

    def load_indexer(self, docnames: Set[str]) -> None:
        """Keep the common words of the language; make no index of one file, as Sphinx does, see `search`."""
        self.common_words = sorted(self.indexer.lang.stopwords) if self.indexer else []
        self.indexer = None

    def copy_html_static_files(self, context: dict[str, Any]) -> None:
        """Copy files of authors, extensions and ours, some of which are templates."""
        super().copy_html_static_files(context | {"common_words": self.common_words})

    def init_js_files(self) -> None:
        """Leave out Sphinx's scripts for searching, and what they are made of."""
        super().init_js_files()
        names = {f"_static/{name}" for name in SEARCH_SCRIPTS}
        self._js_files = [script for script in self._js_files if script.filename not in names]


class HTMLBuilder(PermalinkBuilder):
    """`-b html`: a file a page."""

    name = "html"


class DirectoryBuilder(PermalinkBuilder, DirectoryHTMLBuilder):
    """`-b dirhtml`: a folder a page, so that addresses have no extension."""

    name = "dirhtml"


def html_of(app: Sphinx) -> PermalinkBuilder | None:
    """Return the builder of an application, if it is one that makes a site: pages of HTML, one a document."""
    return app.builder if isinstance(app.builder, PermalinkBuilder) else None


def add(app: Sphinx) -> None:
    """Put the builders in the place of Sphinx's own."""
    app.add_builder(HTMLBuilder, override=True)
    app.add_builder(DirectoryBuilder, override=True)
