"""Sphinx's builders of HTML, with pages where their permalinks say."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Set
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from sphinx.application import Sphinx
from sphinx.builders import dirhtml

from postdocs.core import places
from postdocs.core.permalink import Permalink
from postdocs.sphinx_ext.compat import theme as compat_theme
from postdocs.sphinx_ext.compat.parallel_write import (
    WorkApart,
    WritesSeveral,
    write_alone,
    write_here,
    write_shares,
)
from postdocs.sphinx_ext.config import address_of
from postdocs.sphinx_ext.images.cache import Picture
from postdocs.sphinx_ext.math.mathml import FORMULAS
from postdocs.sphinx_ext.theme import theme

NOT_FOUND = "404"  # the page that web servers show where there is none
_NOT_FOUND = Permalink(places.NOT_FOUND, places.NOT_FOUND)
# Addresses in HTML that a page at the root of the site has, from there.
_FROM_ROOT = re.compile(
    r"(?<=[\s\"'])((?:href|src|action|data-content_root)=\"(?![/#]|[A-Za-z][A-Za-z0-9+.-]*:))(?:\./)?"
)
SEARCH_SCRIPTS = (
    "doctools.js",
    "language_data.js",
    "searchtools.js",
    "sphinx_highlight.js",
    "translations.js",
)


class PermalinkBuilder(WritesSeveral):
    """A builder whose documents may have addresses of their own.

    permalinks: by docname. written: the documents that this build has written. pictures: what is known of
    those in documents, by path from the source folder. portraits: those of authors, too. before_writing:
    called with the documents that are about to be written. is_up_to_date: tells whether the output is what
    the build before has left. is_inventory_stale: tells whether `objects.inv` would be another one, or is
    gone. apart: the processes that write once all documents are there.
    """

    before_writing: Callable[[Set[str]], object]
    is_up_to_date: Callable[[], bool]
    is_inventory_stale: Callable[[], bool]
    apart: WorkApart

    def init(self) -> None:
        """Begin without permalinks; they are known when front matter has been read."""
        self.permalinks: dict[str, Permalink] = {}
        self.written: set[str] = set()
        self.pictures: dict[str, Picture] = {}
        self.portraits: dict[str, Picture] = {}
        self._uris: dict[str, str] = {}
        self.before_writing = lambda docnames: None
        self.before_pages = lambda doctrees: None
        self.collect_garbage = gc.collect
        self.is_up_to_date = lambda: False
        self.is_inventory_stale = lambda: True
        super().init()

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page, from the root of the site."""
        if permalink := self._place(docname):
            return permalink.uri
        if docname not in self._uris:
            uri = super().get_target_uri(docname, typ)
            # Which it does not quote, in Sphinx.
            self._uris[docname] = quote(uri) if isinstance(self, dirhtml.DirectoryHTMLBuilder) else uri
        return self._uris[docname]

    def get_output_path(self, page_name: str, /) -> Path:
        """Return the file of a page."""
        return Path(self.outdir, self.file_of(page_name))

    def file_of(self, pagename: str) -> str:
        """Return the file of a page: its POSIX path from the root of the output."""
        if permalink := self._place(pagename):
            return permalink.file
        return self._file_of(pagename)

    def _file_of(self, pagename: str) -> str:
        """Return the file of a page without a permalink, as Sphinx names it."""
        return f"{pagename}{self.out_suffix}"

    def _place(self, pagename: str) -> Permalink | None:
        return _NOT_FOUND if pagename == NOT_FOUND else self.permalinks.get(pagename)

    def handle_page(self, pagename: str, *args: Any, **options: Any) -> None:
        """Write a page. What is shown where there is none may be at any depth, so its addresses are whole."""
        super().handle_page(pagename, *args, **options)
        if pagename == NOT_FOUND:
            root = quote(urlsplit(address_of(self.config)).path, safe="/%") or "/"
            file = self.get_output_path(pagename)
            encoding = self.config.html_output_encoding
            text = _FROM_ROOT.sub(lambda match: match[1] + root, file.read_text(encoding))
            file.write_text(text, encoding)

    def write_documents(self, docnames: Set[str]) -> None:
        """Write documents, and note which."""
        docnames = docnames & self.env.found_docs  # some were read and left out again
        self.written |= docnames
        if docnames:
            if self.parallel_ok:
                write_shares(self, sorted(docnames), FORMULAS)
            else:
                write_alone(self, sorted(docnames))

    def get_builder_config(self, option: str, default: str) -> Any:
        """Return a setting of Sphinx for builders; an index is made where there is something in it."""
        value = super().get_builder_config(option, default)
        if option == "use_index" and value:
            return any(self.env.domaindata["index"].get("entries", {}).values())
        return value

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Look whether there is an index, once all documents have been read."""
        if docnames := docnames & self.env.found_docs:
            self.before_writing(docnames)
        self.use_index = self.get_builder_config("use_index", "html")
        super().prepare_writing(docnames)

    def write_ahead(self, docname: str) -> None:
        """Write the page of a document, with its images, before a build plans and writes the rest."""
        self.images.clear()
        super().prepare_writing({docname})
        write_here(self, docname)
        self.copy_image_files()

    def handle_finish(self) -> None:
        """Write the inventory, unless it is there and says what it would say again."""
        if self.is_inventory_stale():
            super().handle_finish()

    def finish(self) -> None:
        """Write pages that are no documents, and other files; wait for what other processes write."""
        self.apart = WorkApart(self)
        super().finish()
        self.apart.join()

    def load_indexer(self, docnames: Set[str]) -> None:
        """Keep the common words of the language; make no index of one file, as Sphinx does, see `search`."""
        self.common_words = sorted(self.indexer.lang.stopwords) if self.indexer else []
        self.indexer = None

    def copy_theme_static_files(self, context: dict[str, Any]) -> None:
        """Copy the theme's static files, except what no page asks for."""
        compat_theme.copy_static_files(self, context, is_light=theme.is_used(self._app))

    def copy_html_static_files(self, context: dict[str, Any]) -> None:
        """Copy files of authors, extensions and ours, some of which are templates."""
        super().copy_html_static_files(context | {"common_words": self.common_words})

    def gen_additional_pages(self) -> None:
        """Write the page of the search, which some themes leave out for a search of their own, not ours."""
        if self.is_up_to_date():
            return
        before, self.search = self.search, True
        super().gen_additional_pages()
        self.search = before

    def add_js_file(self, filename: str, **attributes: Any) -> None:
        """Add a script to all pages, except Sphinx's scripts for searching and what they are made of."""
        if filename not in SEARCH_SCRIPTS:
            super().add_js_file(filename, **attributes)


class StandaloneHTMLBuilder(PermalinkBuilder):
    """`-b html`: a file a page. The name is Sphinx's, for extensions ask for it."""

    name = "html"


class DirectoryHTMLBuilder(PermalinkBuilder, dirhtml.DirectoryHTMLBuilder):
    """`-b dirhtml`: a folder a page, so that addresses have no extension. The name is Sphinx's too."""

    name = "dirhtml"

    def _file_of(self, pagename: str) -> str:
        is_index = pagename == "index" or pagename.endswith("/index")
        return super()._file_of(pagename if is_index else f"{pagename}/index")


def html_of(app: Sphinx) -> PermalinkBuilder | None:
    """Return the builder of an application, if it is one that makes a site: pages of HTML, one a document."""
    return app.builder if isinstance(app.builder, PermalinkBuilder) else None


def setup(app: Sphinx) -> None:
    """Put the builders in the place of Sphinx's own."""
    app.add_builder(StandaloneHTMLBuilder, override=True)
    app.add_builder(DirectoryHTMLBuilder, override=True)
