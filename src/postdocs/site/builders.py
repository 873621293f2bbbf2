"""Sphinx's builders of HTML, with pages where their permalinks say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import IO, Any, cast
from urllib.parse import quote, urlsplit

from docutils.utils import new_document
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import js_index

from postdocs.permalink import Permalink
from postdocs.site.config import address_of
from postdocs.site.pictures.library import Picture
from postdocs.site.state import state_of

NOT_FOUND = "404"  # the page that web servers show where there is none
_NOT_FOUND = Permalink("404.html", "404.html")  # where they look for it
# Addresses in HTML that a page at the root of the site has, from there.
_FROM_ROOT = re.compile(
    r"(?<=[\s\"'])((?:href|src|action|data-content_root)=\"(?![/#]|[A-Za-z][A-Za-z0-9+.-]*:))(?:\./)?"
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
    this build has written. pictures: what is known of those in documents, by path from the source folder.
    """

    def init(self) -> None:
        """Begin without permalinks; they are known when front matter has been read."""
        self.permalinks: dict[str, Permalink] = {}
        self.redirects: dict[str, Redirect] = {}
        self.written: set[str] = set()
        self.pictures: dict[str, Picture] = {}
        super().init()

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page, from the root of the site."""
        if permalink := self._place(docname):
            return permalink.uri
        uri = super().get_target_uri(docname, typ)
        return quote(uri) if isinstance(self, DirectoryHTMLBuilder) else uri  # which does not, in Sphinx

    def get_output_path(self, page_name: str, /) -> Path:
        """Return the file of a page."""
        permalink = self._place(page_name)
        return Path(self.outdir, permalink.file) if permalink else super().get_output_path(page_name)

    def _place(self, pagename: str) -> Permalink | None:
        return _NOT_FOUND if pagename == NOT_FOUND else self.permalinks.get(pagename)

    def handle_page(self, pagename: str, *args: Any, **options: Any) -> None:
        """Write a page. What is shown where there is none may be at any depth, so its addresses are whole."""
        super().handle_page(pagename, *args, **options)
        if pagename == NOT_FOUND:
            root = quote(urlsplit(address_of(self.config)).path, safe="/%") or "/"
            file = self.get_output_path(pagename)
            encoding = self.config.html_output_encoding
            text = _FROM_ROOT.sub(lambda found: found[1] + root, file.read_text(encoding))
            file.write_text(text, encoding)

    def write_documents(self, docnames: Set[str]) -> None:
        """Write documents, and note which; should that fail, no search index says that all is well."""
        docnames = docnames & self.env.found_docs  # some were read and left out again
        self.written |= docnames
        if docnames:
            state_of(self._app).begin(docnames)
            Path(self.outdir, self.searchindex_filename).unlink(missing_ok=True)
            super().write_documents(docnames)

    def get_builder_config(self, option: str, default: str) -> Any:
        """Return a setting of Sphinx for builders; an index is made where there is something in it."""
        wanted = super().get_builder_config(option, default)
        if option == "use_index" and wanted:
            return any(self.env.domaindata["index"].get("entries", {}).values())
        return wanted

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Look whether there is an index, once all documents were read."""
        self.use_index = self.get_builder_config("use_index", "html")
        super().prepare_writing(docnames)

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield the documents whose pages are older than they, or all where the search index is gone."""
        if self.search and not Path(self.outdir, self.searchindex_filename).is_file():
            yield from self.env.found_docs
        yield from super().get_outdated_docs()

    def load_indexer(self, docnames: Set[str]) -> None:
        """Load the search index, with what Sphinx does not load of the documents that are not written."""
        self.indexer_format = _SearchIndex(self)
        index = cast("Any", self.indexer)
        env = cast("Any", self.env)
        # What the index keeps in the environment, in the order in which earlier builds met it.
        for kept in (env._search_index_objtypes, env._search_index_objnames, env._search_index_index_entries):  # noqa: SLF001 - there is no public way
            kept.clear()
        for docname in sorted(self.env.all_docs.keys() - docnames):
            if entries := self.env.domaindata["index"]["entries"].get(docname):
                document = new_document("")
                document += addnodes.index(entries=entries)
                index.feed(docname, "", "", document)  # makes entries that loading leaves, and else nothing
        super().load_indexer(docnames)


class _SearchIndex:
    """Sphinx's search index in its file, with names of pages that its script makes addresses of."""

    def __init__(self, builder: PermalinkBuilder) -> None:
        self._builder = builder

    def dump(self, data: dict[str, Any], stream: IO[str]) -> None:
        """Write the index without words of no document, and the same however it came about."""
        data["docnames"] = [self._name(docname) for docname in data["docnames"]]
        for terms in ("terms", "titleterms"):
            data[terms] = {word: found for word, found in data[terms].items() if found != []}
        for entries in data["indexentries"].values():
            entries.sort()
        js_index.dump(data, stream)

    def load(self, stream: IO[str]) -> dict[str, Any]:
        """Read the index of the build before; its pages have the names of their sources again."""
        data: dict[str, Any] = js_index.load(stream)
        suffixes = sorted(self._builder.config.source_suffix, key=len, reverse=True)
        for number, path in enumerate(data["filenames"]):
            suffix = next((suffix for suffix in suffixes if path.endswith(suffix)), "")
            data["docnames"][number] = PurePath(path.removesuffix(suffix)).as_posix()
        return data

    def _name(self, docname: str) -> str:
        permalink = self._builder.permalinks.get(docname)
        if permalink is None:
            return docname
        if permalink.file.endswith("/index.html"):
            return permalink.file.removesuffix(".html")
        if self._builder.name == "html" and permalink.file.endswith(".html"):
            return permalink.file.removesuffix(".html")
        return f"{permalink.file}?"  # behind the mark, what the script adds does no harm


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
