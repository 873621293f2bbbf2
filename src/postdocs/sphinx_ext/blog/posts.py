"""The blog and its posts, compatible with ablog's templates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from postdocs.sphinx_ext.compat import ablog
from postdocs.sphinx_ext.compat.ablog import CATALOGS, Catalog, Collection
from postdocs.sphinx_ext.locale.language import Language, words_of
from postdocs.sphinx_ext.reading.records import PostRecord

# The kinds of labels: ablog's, and what we add.
LABELS = (*CATALOGS, "series")
_LAST = datetime.max.replace(tzinfo=UTC)  # drafts without a date come before all others
_NEAR = 9  # parts of a series that the page of one names


class Blog(ablog.Blog):  # type: ignore[misc]  # ablog ships no types
    """The posts of one build by catalog; ablog's own is shared by all builds of a process.

    by_docname: the posts of each document. language_of: the language of a tag, or that of the site for None.
    """

    def __init__(
        self, app: Sphinx, language_of: Callable[[str | None], Language], *, has_icons: bool
    ) -> None:
        self.language_of = language_of
        self.by_docname: dict[str, list[BlogPost]] = defaultdict(list)
        try:
            self._init(app)
        except KeyError as error:  # ablog's way to say that a setting is wrong
            raise ConfigError(f"conf.py: {error.args[0]}") from None
        self.config["fontawesome"] = self.config["fontawesome"] or has_icons
        self.references: dict[str, tuple[str, str]]
        self.catalogs["series"] = self.series = Catalog(self, "series", "series", "series")
        self.references["blog-series"] = (self.series.docname, "Series")
        del self.references["blog-drafts"]  # there is no such page

    @property
    def site_language(self) -> Language:
        """The language of the site."""
        return self.language_of(None)

    def page_url(self, pagename: str) -> str | None:
        """Return the address of a page, as services for comments want it."""
        base = self.config["blog_baseurl"]
        return f"{base.rstrip('/')}/{self.app.builder.get_target_uri(pagename)}" if base else None

    def recent(self, num: int | None, docname: str | None = None, **labels: Any) -> Iterable[BlogPost]:
        """Return the newest posts but for that of a page, as ablog's side bars ask for them."""
        others = [post for post in self.posts if post.docname != docname]
        return others[:num]


@dataclass(frozen=True, eq=False)
class Place:
    """Where a post is in its series. parts: all of these, in order. number: of this one, from 1."""

    series: Collection
    parts: tuple[BlogPost, ...]
    number: int

    @property
    def previous(self) -> BlogPost | None:
        """The part before."""
        return self.parts[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> BlogPost | None:
        """The part after."""
        return self.parts[self.number] if self.number < len(self.parts) else None

    @property
    def near(self) -> list[tuple[int, BlogPost]]:
        """The parts that a page names, with their numbers: all of a short series, else those around."""
        first = max(0, min(self.number - 1 - _NEAR // 2, len(self.parts) - _NEAR))
        return [*enumerate(self.parts, 1)][first : first + _NEAR]


class BlogPost(ablog.Post):  # type: ignore[misc]  # ablog ships no types
    """A post as lists and side bars show it, with all that ablog's templates ask for.

    record: what was read of it. hidden: whether only the preview shows it, as a draft or as scheduled.
    collections: by catalog, the collection of each label as it is written. written_in: its language, or that
    of the site. words: the language of what is written around it. fingerprint: of what pages show of it, once
    all posts have been read. related: posts that are about the same, the best first. translations: the same
    post in other languages, in the order of their tags. original: the one that these translate. place: in a
    series.
    """

    def __init__(
        self,
        blog: Blog,
        record: PostRecord,
        *,
        hidden: bool,
        collections: Mapping[str, Mapping[str, Collection]],
    ) -> None:
        self._blog = blog
        self.record = record
        self.docname = record.docname
        self.section = record.section
        self.order = record.order
        self.date = record.date
        self.update = record.updated
        self._title = record.title
        self.summary = record.summary
        self.draft = hidden
        self.scheduled = hidden and not record.draft and record.date is not None
        self.fingerprint = ""
        self.written_in = blog.language_of(record.language)
        self.words = words_of(self.written_in, blog.site_language)
        self.related: tuple[BlogPost, ...] = ()
        self.translations: tuple[BlogPost, ...] = ()
        self.original = self
        self.published = not hidden
        self.canonical_link = record.canonical
        self.external_link = record.external
        self.nocomments = record.nocomments
        self.redirect: list[str] = []
        self._prev: BlogPost | None = None
        self._next: BlogPost | None = None
        self.place: Place | None = None
        self.collections = collections
        for name, labels in collections.items():  # two spellings may be one label
            setattr(self, name, [*{id(label): label for label in labels.values()}.values()])
        self._computed_date = record.date or _LAST

    def to_html(self, *args: object, **kwargs: object) -> Markup:
        """Return what an author's own template shows of a post."""
        return Markup("<p>{}</p>").format(self.summary)


def in_order(posts: Iterable[BlogPost]) -> tuple[BlogPost, ...]:
    """Return the parts of a series: by their numbers, then those without by date, the oldest first."""

    def key(post: BlogPost) -> tuple[object, ...]:
        part = post.record.part
        return part is None, part or 0, post.date is None, post.date, post.docname, post.order

    return tuple(sorted(posts, key=key))


def collection_inputs(collection: Collection, uri_of: Callable[[str], str]) -> list[str]:
    """Return what pages show of a collection: its name, and where links to it lead. uri_of: by docname."""
    return [str(collection), uri_of(collection.docname)]


def post_inputs(post: BlogPost, uri_of: Callable[[str], str]) -> list[object]:
    """Return what lists, neighbours and its own page show of a post, and where they link for it."""
    labels = [[collection_inputs(label, uri_of) for label in getattr(post, name)] for name in LABELS]
    translations = [
        [
            uri_of(other.docname),
            other.written_in.tag,
            other.canonical_link,
            other.external_link,
            other is post.original,
        ]
        for other in post.translations
    ]
    return [uri_of(post.docname), post.draft, labels, post.summary, post.record.digest, translations]
