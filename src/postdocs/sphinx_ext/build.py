"""The state of a build, passed from phase to phase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from gettext import NullTranslations
from pathlib import Path, PurePath

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from postdocs.core.entry_ids import EntryId, key_of
from postdocs.core.idle_filler import IdleFiller
from postdocs.sphinx_ext.blog.blog import make_blog
from postdocs.sphinx_ext.blog.posts import Blog
from postdocs.sphinx_ext.builders import PermalinkBuilder, html_of
from postdocs.sphinx_ext.compat import others
from postdocs.sphinx_ext.compat.exact_class import give_exact_class
from postdocs.sphinx_ext.compat.gc_tuning import FrozenHeap
from postdocs.sphinx_ext.compat.settings import is_set
from postdocs.sphinx_ext.head.citation import Citation
from postdocs.sphinx_ext.locale.language import Language, make_language
from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.settings import macros_of
from postdocs.sphinx_ext.output.state import State
from postdocs.sphinx_ext.output.warning_count import WarningCount
from postdocs.sphinx_ext.pages.commit import commit_of
from postdocs.sphinx_ext.pages.lists import ListPage
from postdocs.sphinx_ext.pages.titles import PageTitle
from postdocs.sphinx_ext.reading.clock import is_hidden, publication_instant
from postdocs.sphinx_ext.reading.domain import PostdocsDomain, domain_of
from postdocs.sphinx_ext.reading.records import PostRecord
from postdocs.sphinx_ext.theme.theme import is_used
from postdocs.sphinx_ext.urls.model import Redirect


@dataclass
class Build:
    """What a build knows, made at `builder-inited`; a process that builds again begins it anew.

    heap: what garbage collection leaves alone. html: the builder, if it makes a site of HTML. state: what the
    build before left, where there is such a builder. now: the instant after which posts are not due yet.
    source_stamps: by docname, time and size of the sources that are read, from before they are. to_read:
    Sphinx's own list of these documents, which it writes then. lists: the pages that list posts. titles: by
    docname, those of documents and lists. redirects: pages that lead to others, by their file.
    has_icons: whether the theme brings Font Awesome. excerpts: HTML of what lists show of posts, by docname
    and section, as their pages have it. citations: how to cite each post, by docname and section, the
    oldest first. warnings: how many the build has shown. entry_ids: by `key_of`, those of posts that can't
    name them. targets_digest: what changes when anything does that can be referred to. commit: of the
    sources, as the home page shows it, or "". formulas_ahead: the process that sets formulas while documents
    are read.
    """

    app: Sphinx
    heap: FrozenHeap
    html: PermalinkBuilder | None = field(init=False)
    state: State = field(init=False)
    now: datetime = field(init=False)
    source_stamps: Mapping[str, tuple[int, int]] = field(init=False)
    to_read: list[str] = field(init=False)
    lists: tuple[ListPage, ...] = field(init=False)
    titles: Mapping[str, PageTitle] = field(init=False)
    redirects: Mapping[str, Redirect] = field(init=False)
    has_icons: bool = field(init=False, default=False)
    excerpts: dict[tuple[str, str], str] = field(init=False)
    citations: Mapping[tuple[str, str], Citation] = field(init=False)
    warnings: WarningCount = field(init=False, default_factory=WarningCount)
    entry_ids: Mapping[str, EntryId] = field(init=False)
    targets_digest: str = field(init=False)
    commit: str = field(init=False)
    formulas_ahead: IdleFiller | None = field(init=False, default=None)
    _icons_setting: bool = field(init=False)
    _blog: Blog | None = field(init=False)
    _languages: dict[str, Language] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.html = html_of(self.app)
        if self.html:
            self.html.collect_garbage = self.heap.collect
            others.take_over_sitemap(self.app)
            give_exact_class(self.app)
            html = self.html
            others.keep_from_rediraffe(self.app, lambda docname: docname in html.permalinks)
        self.warnings.install()
        self._icons_setting = self.app.config.fontawesome_included
        self.begin()

    def begin(self) -> None:
        """Forget what an earlier build of the same process found out."""
        self.now = publication_instant()
        self.warnings.count = 0
        self.source_stamps, self.to_read = {}, []
        self.lists, self.titles, self.redirects, self._blog = (), {}, {}, None
        self.targets_digest = ""
        self.commit = commit_of(Path(self.app.srcdir)) if self.html and is_used(self.app) else ""
        self.excerpts, self.entry_ids, self.citations = {}, {}, {}

    def keep_icons_apart(self) -> None:
        """Keep the icons of the theme out of the settings.

        It says so after Sphinx has compared them with those of the build before, which would be others for
        ever: every build would read everything again.
        """
        self.has_icons = self.config.fontawesome_included
        self.config.fontawesome_included = self._icons_setting

    def freeze_heap(self, env: BuildEnvironment) -> None:
        """Exclude documents that have been read from garbage collection."""
        self.heap.freeze()

    def begin_document(self, *event: object) -> None:
        """Exclude what is left of the documents before this one from garbage collection."""
        self.heap.begin_document()

    def begin_page(
        self, pagename: str, templatename: str, context: object, doctree: nodes.document | None
    ) -> None:
        """Exclude what is left of the pages before this one, unless it is that of a document."""
        if doctree is None:  # the builder has several documents at a time
            self.heap.begin_document()

    @property
    def builder(self) -> PermalinkBuilder:
        """The builder of HTML; steps that need one run only where there is one."""
        assert self.html is not None  # noqa: S101 - tells mypy what `events` has made sure of
        return self.html

    @property
    def config(self) -> Config:
        """The settings of the site."""
        return self.app.config

    @cached_property
    def macros(self) -> Mapping[str, Macro]:
        """The macros of formulas that the settings define, by their names."""
        return macros_of(self.config)

    @cached_property
    def language(self) -> Language:
        """The language of the site, its words and dates."""
        return make_language(self.config.language or "en", self.app.translator, self._day_format)

    @property
    def _day_format(self) -> str:
        """How the author wants dates; ablog's default is no choice."""
        chosen: str = self.config.post_date_format
        return chosen if is_set(self.config, "post_date_format") else ""

    def language_of(self, tag: str | None) -> Language:
        """Return the language of a tag, or that of the site for None and for the site's own tag."""
        if tag is None or tag == self.language.tag:
            return self.language
        if tag not in self._languages:
            self._languages[tag] = make_language(tag, NullTranslations(), self._day_format)
        return self._languages[tag]

    @property
    def env(self) -> BuildEnvironment:
        """What Sphinx knows of the documents."""
        return self.app.env

    @property
    def domain(self) -> PostdocsDomain:
        """What was read from posts, in this build and in those before."""
        return domain_of(self.app.env)

    @property
    def blog(self) -> Blog:
        """The blog, made when it is first asked for, once all posts have been read."""
        if self._blog is None:
            self._blog = make_blog(
                self.app, self.records(), self.now, self.language_of, has_icons=self.has_icons
            )
        return self._blog

    def records(self) -> dict[str, tuple[PostRecord, ...]]:
        """Return the posts of each document that are to be seen, in the order of the docnames."""
        visible = {}
        for docname, records in sorted(self.domain.records.items()):
            visible[docname] = tuple(
                self._with_id(record)
                for record in records
                if self.config.postdocs_drafts or not is_hidden(record.draft, record.date, self.now)
            )
        return {docname: records for docname, records in visible.items() if records}

    def _with_id(self, record: PostRecord) -> PostRecord:
        """Return a record with the id that the file beside the settings gives it, unless it has one."""
        given = self.entry_ids.get(key_of(record.docname, record.section))
        return record if record.id or given is None else replace(record, id=given.id)

    def file_of(self, pagename: str) -> str:
        """Return the file of a page: its POSIX path from the root of the output."""
        if self.html:
            return self.html.file_of(pagename)
        path = self.app.builder.get_output_path(pagename)  # type: ignore[attr-defined]  # builders of HTML have it
        return PurePath(path).relative_to(self.app.outdir).as_posix()
