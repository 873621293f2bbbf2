"""What is taken out of ablog so that Postdocs can do it right, and the blog as ablog's templates know it.

Written for ablog 0.11; nothing else in Postdocs reaches into ablog. Its directives, settings, templates and
addresses stay; reading posts, pages, feeds and all that it keeps in the process or the environment go.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from glob import glob
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import ablog
import ablog.blog
import ablog.post
from ablog.blog import Catalog, Collection, slugify
from ablog.post import PostDirective, PostList, PostListDirective, PostNode, UpdateNode
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from postdocs.sphinx_ext.reading.records import PostRecord

__all__ = [
    "CATALOGS",
    "Blog",
    "BlogPost",
    "Catalog",
    "Collection",
    "PostList",
    "PostListDirective",
    "PostNode",
    "UpdateNode",
    "adapt",
    "matched_posts",
    "post_node",
    "renders_templates",
    "slugify",
]

_LAST = datetime.max.replace(tzinfo=UTC)  # drafts without a date come before all others

_MOST = 1000  # paragraphs, or pictures, of one post
_icons: WeakKeyDictionary[Sphinx, bool] = WeakKeyDictionary()  # whether the theme brings Font Awesome

CATALOGS = ("tags", "category", "author", "location", "language")


def adapt(app: Sphinx) -> None:
    """Drop ablog's reading of posts, its pages, its feeds and its state; keep directives and settings."""
    kept = {"config-inited", "builder-inited"}
    for name, listeners in app.events.listeners.items():
        for listener in [*listeners]:
            if name not in kept and getattr(listener.handler, "__module__", "").partition(".")[0] == "ablog":
                app.disconnect(listener.id)
    app.registry.transforms.remove(ablog.post.CheckFrontMatter)
    # What made it unsafe is gone with the handlers.
    app.extensions["ablog"].parallel_read_safe = True
    app.connect("config-inited", _note_icons)
    app.connect("builder-inited", _restore_icons, priority=999)


def _note_icons(app: Sphinx, config: Config) -> None:
    _icons[app] = config.fontawesome_included


def _restore_icons(app: Sphinx) -> None:
    """Keep what the theme says of icons out of the settings.

    It says so after Sphinx has compared them with those of the build before, which would be others for ever:
    every build would read everything again.
    """
    before, _icons[app] = _icons[app], app.config.fontawesome_included
    app.config.fontawesome_included = before


def post_node(values: Mapping[str, object], date: str | None) -> PostNode:
    """Return the node that marks a post, as ablog's directive makes it.

    values: by option of the directive; text as in its options, or what it stands for. date: as it is written.
    """
    options: dict[str, object] = {}
    for key, value in values.items():
        convert = PostDirective.option_spec.get(key)
        if convert is directives.flag:
            options |= {} if value in (False, "false", "False") else {key: None}
        elif convert is int:
            options |= {key: min(int(str(value)), _MOST)} if str(value).isdecimal() else {}
        elif convert is str or key == "title":
            options |= {key: str(value).strip()} if value else {}
        elif convert is not None:
            options[key] = [str(v) for v in value] if isinstance(value, list | tuple) else convert(str(value))
    node = PostNode()
    node.update_basic_atts({})
    return ablog.post._update_post_node(node, options, [date] if date else [])  # noqa: SLF001 - its own form


def matched_posts(app: Sphinx) -> set[str]:
    """Return the docnames that `blog_post_pattern` makes posts, as ablog understands it."""
    patterns = app.config.blog_post_pattern
    # Not Path.glob: it takes `**` for something else on each Python, and does not enter linked folders.
    found = (path for pattern in patterns for path in glob(pattern, root_dir=app.srcdir, recursive=True))  # noqa: PTH207
    return {PurePath(path).with_suffix("").as_posix() for path in found}


def renders_templates(app: Sphinx) -> bool:
    """Tell whether pages are made from templates, of which ablog replaces one; some write their context."""
    return bool(ablog.builder_support(app))


class Blog(ablog.blog.Blog):  # type: ignore[misc]  # ablog ships no types
    """The posts of one build by catalog; ablog's own is shared by all builds of a process.

    by_docname: the posts of each document.
    """

    def __init__(self, app: Sphinx) -> None:
        self.by_docname: dict[str, list[BlogPost]] = defaultdict(list)
        try:
            self._init(app)
        except KeyError as error:  # ablog's way to say that a setting is wrong
            raise ConfigError(f"conf.py: {error.args[0]}") from None
        self.config["fontawesome"] = self.config["fontawesome"] or _icons.get(app, False)
        self.references: dict[str, tuple[str, str]]
        del self.references["blog-drafts"]  # there is no such page

    def page_url(self, pagename: str) -> str | None:
        """Return the address of a page, as services for comments want it."""
        base = self.config["blog_baseurl"]
        return f"{base.rstrip('/')}/{self.app.builder.get_target_uri(pagename)}" if base else None

    def recent(self, num: int | None, docname: str | None = None, **labels: Any) -> Iterable[BlogPost]:
        """Return the newest posts but for that of a page, as ablog's side bars ask for them."""
        others = [post for post in self.posts if post.docname != docname]
        return others[:num]


class BlogPost(ablog.blog.Post):  # type: ignore[misc]  # ablog ships no types
    """A post as lists and side bars show it, with all that ablog's templates ask for.

    entry: its record. hidden: whether only the preview shows it. shown: by catalog, the collection of each
    label as it is written. fingerprint: of what pages show of it, once all posts were read. related: posts
    that are about the same, the best first.
    """

    def __init__(
        self, blog: Blog, entry: PostRecord, *, hidden: bool, shown: Mapping[str, Mapping[str, Collection]]
    ) -> None:
        self._blog = blog
        self.entry = entry
        self.docname = entry.docname
        self.section = entry.section
        self.order = entry.order
        self.date = entry.date
        self.update = entry.updated
        self._title = entry.title
        self.summary = entry.summary
        self.draft = hidden
        self.fingerprint = ""
        self.related: tuple[BlogPost, ...] = ()
        self.published = not hidden
        self.canonical_link = entry.canonical
        self.external_link = entry.external
        self.nocomments = entry.nocomments
        self.redirect: list[str] = []
        self._prev: BlogPost | None = None
        self._next: BlogPost | None = None
        self.shown = shown
        for name, labels in shown.items():  # two spellings may be one label
            setattr(self, name, [*{id(found): found for found in labels.values()}.values()])
        self._computed_date = entry.date or _LAST

    def to_html(self, *args: object, **kwargs: object) -> str:
        """Return what an author's own template shows of a post."""
        return f"<p>{html.escape(self.summary)}</p>"
