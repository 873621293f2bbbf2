"""The feeds of the site: of the blog, and of each tag, category, author, place and language."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from jinja2 import TemplateError
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from postdocs._version import __version__
from postdocs.core.files import write_bytes
from postdocs.core.identity import entry_id
from postdocs.core.scholarly import license_of
from postdocs.sphinx_ext.blog.posts import LABELS, BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat.ablog import Collection
from postdocs.sphinx_ext.config import base_of, orcid_of
from postdocs.sphinx_ext.feeds import atom, jsonfeed
from postdocs.sphinx_ext.feeds.articles import article_file, article_key, article_url, digest_articles
from postdocs.sphinx_ext.feeds.model import Category, Channel, Entry, Notice, Page, Person, paged
from postdocs.sphinx_ext.locale.language import Language, words_of
from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.reading.records import PostRecord
from postdocs.sphinx_ext.urls.registry import extra_files_of

logger = logging.getLogger(__name__)

_LENGTH = 50  # entries of a feed, where the settings name no number; the rest is in its archive
_JSON = "feed.json"
_STYLE = "_static/feed.css"


def collections(build: Build) -> Iterator[Collection]:
    """Yield what has a feed of its own; what ablog's `blog_feed_archives` adds are the years."""
    blog = build.blog
    if not base_of(build.config):
        return
    yield blog.posts
    catalogs = [blog.catalogs[name] for name in LABELS]
    for catalog in [*catalogs, *([blog.archive] if build.config.blog_feed_archives else [])]:
        yield from (collection for collection in catalog if len(collection))


def _pages(build: Build, collection: Collection) -> list[Page[BlogPost]]:
    """Return the documents of a feed; drafts are for the preview, and have no date that would be known."""
    posts = [post for post in collection if not post.draft]
    length = _LENGTH if build.config.blog_feed_length is None else build.config.blog_feed_length
    return paged(posts, length or None)


def feed_paths(build: Build) -> Iterator[str]:
    """Yield where feeds are, as paths in the output."""
    taken = extra_files_of(build)
    for collection in collections(build):
        for folder, page in itertools.product(_folders(collection), _pages(build, collection)):
            paths = (f"{folder}/{page.name(name)}" for name in feed_names(build.config))
            yield from (path for path in paths if path not in taken)


def _folders(collection: Collection) -> list[str]:
    """Return the folder of a feed, and those where other spellings of its label would have it."""
    above = collection.path.rpartition("/")[0]
    return [collection.path, *(f"{above}/{other}" for other in getattr(collection, "others", ()))]


@dataclass(frozen=True)
class _Part:
    """A page of a feed. folders: where it is written. digest: changes when what is in it does."""

    channel: Channel
    page: Page[BlogPost]
    folders: list[str]
    digest: str


def write_feeds(build: Build) -> None:
    """Write the feeds that have changed, those of one format after the other: entries are kept for each."""
    digest_articles(build)
    parts = [*_parts(build)]
    for name in feed_names(build.config):
        _write_format(build, parts, name)


def _parts(build: Build) -> Iterator[_Part]:
    contents = build.state.contents
    for collection in collections(build):
        channel = _channel(build, collection)
        for page in _pages(build, collection):
            inputs = [
                (post.fingerprint, contents.get(article_key(post)), _comments(build, post))
                for post in page.items
            ]
            digest = fingerprint(str(channel), page.number, page.archives, inputs)
            yield _Part(channel, page, _folders(collection), digest)


def _write_format(build: Build, parts: Sequence[_Part], name: str) -> None:
    """Write the parts of feeds that have changed to files of a name."""
    state, taken = build.state, extra_files_of(build)
    entry_of = cache(partial(_entry, build, name))
    element_of = cache(jsonfeed.item if name == _JSON else atom.entry_element)
    for part in parts:
        paths = (f"{folder}/{part.page.name(name)}" for folder in part.folders)
        files = [path for path in paths if path not in taken]
        stale = [state.is_stale(file, part.digest) for file in files]
        if not any(stale):
            continue
        document = part.page.document(name, [*map(entry_of, part.page.items)])
        folder = f"{part.folders[0]}/"
        base = urljoin(base_of(build.config), quote(folder))
        if name == _JSON:
            data = jsonfeed.to_json(part.channel, document, base, element_of)
        else:
            style = relative_uri(folder, _STYLE)
            data = atom.to_xml(part.channel, document, base, style, element_of)
        for file in files:
            write_bytes(Path(build.builder.outdir, file), data)


def feed_names(config: Config) -> list[str]:
    """Return the names of a feed's files; ablog's setting may name those of Atom, and what is in them."""
    return [*(f"{root}.xml" for root in config.blog_feed_templates or ("atom",)), _JSON]


def _channel(build: Build, collection: Collection) -> Channel:
    config, blog = build.config, build.blog
    base = base_of(config)
    whole = collection is blog.posts
    icon = config.html_favicon or config.html_logo
    is_address = icon and urlsplit(icon).scheme
    language: Language = getattr(collection, "written_in", None) or build.language
    return Channel(
        id=urljoin(base, quote(f"{collection.path}/{feed_names(build.config)[0]}")),
        title=blog.blog_title if whole else f"{blog.blog_title}: {collection}",
        subtitle=blog.blog_feed_subtitle,
        page=urljoin(base, build.builder.get_target_uri(collection.docname)),
        author=Person(blog.blog_title, base),
        language=language.tag,
        rights=config.copyright if isinstance(config.copyright, str) else "; ".join(config.copyright) or None,
        icon=icon if is_address or not icon else urljoin(base, f"_static/{Path(icon).name}"),
        generator=("Postdocs", __version__),
        notice=_notice(words_of(language, build.language)),
    )


def _notice(language: Language) -> Notice:
    _ = language.gettext
    return Notice(
        _(
            "This is a feed: put the address of this page into a feed reader, and new posts come to you."
            ' To read here, go to <a href="%(page)s">the page of these posts</a>.'
        ),
        _(
            'This is an older part of a feed: put the address of <a href="%(newest)s">its newest part</a>'
            " into a feed reader, and new posts come to you."
            ' To read here, go to <a href="%(page)s">the page of these posts</a>.'
        ),
        language.tag,
    )


def _entry(build: Build, name: str, post: BlogPost) -> Entry:
    """Return a post as a feed of a name has it."""
    record = post.record
    assert post.date is not None is not post.update  # noqa: S101 - tells mypy that drafts are in no feed
    file = article_file(build, post)
    whole = build.config.blog_feed_fulltext and not build.config.blog_feed_titles and file.is_file()
    labels = [pair for name in ("category", "tags") for pair in post.collections[name].items()]
    content = file.read_text(encoding="utf-8") if whole else ""
    if content and post.written_in.direction == "rtl":  # which readers' programs take from nothing else
        content = f'<div lang="{post.written_in.tag}" dir="rtl">{content}</div>'
    entry = Entry(
        id=_id_of(build, record),
        title=post.title,
        url=post.external_link or article_url(build, post),
        published=post.date,
        updated=post.update,
        authors=tuple(
            Person(str(author), orcid_of(build.config, str(author)) or author.href) for author in post.author
        ),
        categories=tuple(Category(written, str(label)) for written, label in labels),
        summary="" if build.config.blog_feed_titles else post.summary,
        content=content,
        source=record.source,
        doi=record.doi,
        license=license_of(record.license) if record.license else None,
        references=record.references,
        comments=_comments(build, post),
        language=None if post.written_in is build.language else post.written_in.tag,
    )
    values = {"title": entry.title, "summary": entry.summary, "content": entry.content}
    templates = (build.config.blog_feed_templates or {}).get(name.removesuffix(".xml")) or {}
    render = build.builder.templates.render_string
    try:
        return replace(
            entry,
            **{key: render(templates[key], {"post": post, **values}) for key in values if key in templates},
        )
    except TemplateError as error:
        raise ConfigError(f"conf.py: blog_feed_templates: {name.removesuffix('.xml')}: {error}") from None


def _comments(build: Build, post: BlogPost) -> int:
    """Return how many comments a post has from its old site; those of a document are on no part of it."""
    return 0 if post.section else len(build.domain.comments.get(post.docname, ()))


def _id_of(build: Build, post: PostRecord) -> str:
    """Return the id of an entry: its own, else one that does not change with its address (RFC 4151)."""
    return post.id or entry_id(base_of(build.config), post.docname, post.date, post.section)


def check_ids(build: Build, env: BuildEnvironment) -> None:
    """Name posts that readers' programs would take for one."""
    taken: dict[str, str] = {}
    for record in (record for records in build.records().values() for record in records):
        id_ = _id_of(build, record)
        other = taken.setdefault(id_, record.docname)
        if other != record.docname:
            path = env.doc2path(other, base=False)
            message = f"id: the feed entry of {path} is '{id_}' already; give this post an `id` of its own"
            logger.warning(message, location=record.docname, type="postdocs", subtype="post")
