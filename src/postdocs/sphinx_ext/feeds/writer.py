"""The feeds of the site: of the blog, and of each tag, category, author, place and language."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urljoin, urlsplit

import lxml.html
from jinja2 import TemplateError
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

import postdocs
from postdocs.sphinx_ext.blog.blog import blog_of, entries_of
from postdocs.sphinx_ext.builders import html_of
from postdocs.sphinx_ext.compat.ablog import CATALOGS, BlogPost, Collection
from postdocs.sphinx_ext.config import base_of
from postdocs.sphinx_ext.feeds import atom, jsonfeed
from postdocs.sphinx_ext.feeds.article import standalone
from postdocs.sphinx_ext.feeds.model import Category, Channel, Entry, Page, Person, paged
from postdocs.sphinx_ext.output.files import write_bytes, write_text
from postdocs.sphinx_ext.output.state import fingerprint, state_of
from postdocs.sphinx_ext.reading.records import PostRecord
from postdocs.sphinx_ext.urls.registry import extra_files_of

logger = logging.getLogger(__name__)

_LENGTH = 50  # entries of a feed, where the settings name no number; the rest is in its archive
_JSON = "feed.json"
_STYLE = "_static/feed.css"


def collections(app: Sphinx) -> Iterator[Collection]:
    """Yield what has a feed of its own; what ablog's `blog_feed_archives` adds are the years."""
    blog = blog_of(app)
    if not base_of(app.config):
        return
    yield blog.posts
    catalogs = [blog.catalogs[name] for name in CATALOGS]
    for catalog in [*catalogs, *([blog.archive] if app.config.blog_feed_archives else [])]:
        yield from (collection for collection in catalog if len(collection))


def _pages(app: Sphinx, collection: Collection) -> list[Page[BlogPost]]:
    """Return the documents of a feed; drafts are for the preview, and have no date that would be known."""
    posts = [post for post in collection if not post.draft]
    length = _LENGTH if app.config.blog_feed_length is None else app.config.blog_feed_length
    return paged(posts, length or None)


def paths(app: Sphinx) -> Iterator[str]:
    """Yield where feeds are, as paths in the output."""
    taken = extra_files_of(app)
    for collection in collections(app):
        for folder, page in itertools.product(_folders(collection), _pages(app, collection)):
            found = (f"{folder}/{page.name(name)}" for name in names(app))
            yield from (path for path in found if path not in taken)


def _folders(collection: Collection) -> list[str]:
    """Return the folder of a feed, and those where other spellings of its label would have it."""
    above = collection.path.rpartition("/")[0]
    return [collection.path, *(f"{above}/{other}" for other in getattr(collection, "others", ()))]


def write(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """Write the feeds that have changed. It yields no pages; the event asks for a generator."""
    yield from ()
    if not (builder := html_of(app)):
        return
    state = state_of(app)
    _digest_articles(app, builder.written)
    taken = extra_files_of(app)
    entry_of = cache(lambda post, name: _entry(app, post, name))
    atom_of, item_of = cache(atom.entry_element), cache(jsonfeed.item)
    for collection in collections(app):
        channel = _channel(app, collection)
        base = urljoin(base_of(app.config), quote(f"{collection.path}/"))
        style = relative_uri(f"{collection.path}/", _STYLE)
        for page in _pages(app, collection):
            inputs_digest = [(post.fingerprint, state.contents.get(_key(post))) for post in page.items]
            digest = fingerprint(str(channel), page.number, page.archives, inputs_digest)
            for name in names(app):
                paths_ = (f"{folder}/{page.name(name)}" for folder in _folders(collection))
                files = [path for path in paths_ if path not in taken]
                stale = [state.is_stale(file, digest) for file in files]
                if not any(stale):
                    continue
                document = page.document(name, [entry_of(post, name) for post in page.items])
                if name == _JSON:
                    data = jsonfeed.to_json(channel, document, base, item_of)
                else:
                    data = atom.to_xml(channel, document, base, style, atom_of)
                for file in files:
                    write_bytes(Path(app.outdir, file), data)


def names(app: Sphinx) -> list[str]:
    """Return the names of a feed's files; ablog's setting may name those of Atom, and what is in them."""
    return [*(f"{root}.xml" for root in app.config.blog_feed_templates or ("atom",)), _JSON]


def _channel(app: Sphinx, collection: Collection) -> Channel:
    config, blog = app.config, blog_of(app)
    base = base_of(config)
    whole = collection is blog.posts
    icon = config.html_favicon or config.html_logo
    is_address = icon and urlsplit(icon).scheme
    return Channel(
        id=urljoin(base, quote(f"{collection.path}/{names(app)[0]}")),
        title=blog.blog_title if whole else f"{blog.blog_title}: {collection}",
        subtitle=blog.blog_feed_subtitle,
        page=urljoin(base, app.builder.get_target_uri(collection.docname)),
        author=Person(blog.blog_title, base),
        language=(config.language or "en").replace("_", "-"),
        rights=config.copyright if isinstance(config.copyright, str) else "; ".join(config.copyright) or None,
        icon=icon if is_address or not icon else urljoin(base, f"_static/{Path(icon).name}"),
        generator=("Postdocs", postdocs.__version__),
    )


def _entry(app: Sphinx, post: BlogPost, name: str) -> Entry:
    """Return a post as a feed of a name has it."""
    entry = post.entry
    assert post.date is not None is not post.update  # noqa: S101 - tells mypy that drafts are in no feed
    file = _content_file(app, post)
    whole = app.config.blog_feed_fulltext and not app.config.blog_feed_titles and file.is_file()
    labels = [pair for name in ("category", "tags") for pair in post.shown[name].items()]
    made = Entry(
        id=_id_of(app, entry),
        title=post.title,
        url=post.external_link or _address(app, post),
        published=post.date,
        updated=post.update,
        authors=tuple(Person(str(author), author.href) for author in post.author),
        categories=tuple(Category(written, str(label)) for written, label in labels),
        summary="" if app.config.blog_feed_titles else post.summary,
        content=file.read_text(encoding="utf-8") if whole else "",
        source=entry.source,
    )
    values = {"title": made.title, "summary": made.summary, "content": made.content}
    own = (app.config.blog_feed_templates or {}).get(name.removesuffix(".xml")) or {}
    render = app.builder.templates.render_string
    try:
        return replace(
            made, **{key: render(own[key], {"post": post, **values}) for key in values if key in own}
        )
    except TemplateError as error:
        raise ConfigError(f"conf.py: blog_feed_templates: {name.removesuffix('.xml')}: {error}") from None


def _id_of(app: Sphinx, post: PostRecord) -> str:
    """Return the id of an entry: its own, else one that does not change with its address (RFC 4151)."""
    return post.id or entry_id(base_of(app.config), post.docname, post.date, post.section)


def entry_id(base: str, docname: str, date: datetime | None, section: str = "") -> str:
    """Return the id that a post has without one of its own. base: the address of the site."""
    day = date.date().isoformat() if date else ""
    name = quote(slug_of(docname)) + (f"#{quote(section)}" if section else "")
    return f"tag:{urlsplit(base).hostname},{day}:{name}"


def slug_of(docname: str) -> str:
    """Return the part of a docname that names the post: the file's name, or the folder's of an index."""
    path = PurePosixPath(docname)
    return path.parent.name if path.name == "index" else path.name


def check_ids(app: Sphinx, env: BuildEnvironment) -> None:
    """Name posts that readers' programs would take for one."""
    taken: dict[str, str] = {}
    for entry in (entry for entries in entries_of(app).values() for entry in entries):
        id_ = _id_of(app, entry)
        other = taken.setdefault(id_, entry.docname)
        if other != entry.docname:
            path = env.doc2path(other, base=False)
            message = f"id: the feed entry of {path} is '{id_}' already; give this post an `id` of its own"
            logger.warning(message, location=entry.docname, type="postdocs", subtype="post")


def _address(app: Sphinx, post: BlogPost) -> str:
    anchor = f"#{post.section}" if post.section else ""
    return urljoin(base_of(app.config), app.builder.get_target_uri(post.docname)) + anchor


def _key(post: BlogPost) -> str:
    return f"{post.docname}#{post.section}"


def _content_file(app: Sphinx, post: BlogPost) -> Path:
    """Return where the article is kept for feeds, which are written when all pages are."""
    return _articles(app) / f"{fingerprint(_key(post))}.html"


def _articles(app: Sphinx) -> Path:
    return state_of(app).folder / "articles"


def keep_articles(app: Sphinx, pagename: str, body: str) -> None:
    """Keep the articles of a page for feeds: what its body is, before there is a head line in it."""
    if not base_of(app.config):
        return
    for post in blog_of(app).by_docname.get(pagename, ()):
        part = _section(body, post.section) if post.section else body
        prefix = f"p{fingerprint(_key(post))[:8]}"
        write_text(_content_file(app, post), standalone(part, _address(app, post), prefix))


def _section(body: str, anchor: str) -> str:
    """Return the section of a body that is a post by itself."""
    root = lxml.html.fragment_fromstring(body, create_parent="div")
    found = [element for element in root.iter() if element.get("id") == anchor]
    return lxml.html.tostring(found[0], encoding="unicode", with_tail=False) if found else body


def _digest_articles(app: Sphinx, written: set[str]) -> None:
    """Note what the articles of written documents are; forget those of posts that are gone."""
    state = state_of(app)
    files = {_key(post): (post, _content_file(app, post)) for post in blog_of(app).posts}
    for key in state.contents.keys() - files.keys():
        del state.contents[key]
    for key, (post, file) in files.items():
        if post.docname in written or key not in state.contents:
            data = file.read_bytes() if file.is_file() else b""
            state.contents[key] = hashlib.sha256(data).hexdigest()[:32]
    kept = {file for _, file in files.values()}
    for file in _articles(app).glob("*.html"):
        if file not in kept:
            file.unlink()
