"""The blog of a build: its posts in order, and the collections that their labels make."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from postdocs.core.labels import key_of
from postdocs.sphinx_ext.blog.taxonomy import merge
from postdocs.sphinx_ext.compat.ablog import CATALOGS, Blog, BlogPost, Collection
from postdocs.sphinx_ext.reading.clock import is_hidden, now
from postdocs.sphinx_ext.reading.domain import domain_of
from postdocs.sphinx_ext.reading.records import PostRecord

_blogs: WeakKeyDictionary[Sphinx, Blog] = WeakKeyDictionary()


_OPTIONAL = {"location": "blog-locations", "language": "blog-languages"}  # catalogs of which many have none


def blog_of(app: Sphinx) -> Blog:
    """Return the blog of a build, once all posts were read."""
    if app not in _blogs:
        _blogs[app] = _make(app)
    return _blogs[app]


def entries_of(app: Sphinx) -> dict[str, tuple[PostRecord, ...]]:
    """Return the posts of each document that are to be seen, in the order of the docnames."""
    shown = {}
    for docname, entries in sorted(domain_of(app.env).entries.items()):
        seen = (
            entry for entry in entries if app.config.postdocs_drafts or not is_hidden(entry.draft, entry.date)
        )
        shown[docname] = tuple(seen)
    return {docname: entries for docname, entries in shown.items() if entries}


def forget(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Forget the blog of the build before, in a process that builds again and again."""
    _blogs.pop(app, None)
    now.cache_clear()
    return []


def _make(app: Sphinx) -> Blog:
    blog = Blog(app)
    entries = [entry for found in entries_of(app).values() for entry in found]
    entries.sort(key=lambda entry: entry.date or datetime.max.replace(tzinfo=UTC))
    labels = {name: _fill(blog, name, entries) for name in CATALOGS}
    for entry in entries:
        shown = {
            name: {label: labels[name][label] for label in _labels(blog, name, entry)} for name in CATALOGS
        }
        post = BlogPost(blog, entry, hidden=is_hidden(entry.draft, entry.date), shown=shown)
        years = [blog.archive[entry.date.year]] if entry.date else []
        for collection in (
            blog.posts,
            *years,
            *(found for name in CATALOGS for found in getattr(post, name)),
        ):
            collection.add(post)
        blog.by_docname[post.docname].append(post)
    for name, reference in _OPTIONAL.items():
        if not blog.catalogs[name].collections:
            del blog.references[reference]  # to an index that is not made
    for newer, older in itertools.pairwise(blog.posts):
        newer.prev, older.next = older, newer
    return blog


def _labels(blog: Blog, name: str, entry: PostRecord) -> tuple[str, ...]:
    """Return the labels of a post, or those that the settings give to posts without."""
    own = entry.labels.get(name, ())
    return own or tuple(blog.config.get(f"blog_default_{name}") or ())


def _fill(blog: Blog, name: str, entries: Iterable[PostRecord]) -> dict[str, Collection]:
    """Make the collections of a catalog; return them by each spelling of their labels."""
    catalog = blog.catalogs[name]
    known = blog.config.get(f"blog_{name}s") or {}  # the short names of authors, places and languages
    uses = [label for entry in entries for label in _labels(blog, name, entry)]
    labels = merge(uses, {short: full for short, (full, _) in known.items()})
    hrefs = dict(known.values())
    catalog.collections.clear()
    made: dict[str, Collection] = {}
    for label in sorted(set(labels.values()), key=lambda label: label.name):
        path = f"{catalog.path}/{label.slug}"
        made[label.slug] = Collection(catalog, label.name, href=hrefs.get(label.name), path=path)
        made[label.slug].others = label.others
        catalog[label.name] = made[label.slug]
    for label in labels.values():
        place = (made[label.slug].docname, label.name)
        blog.references[f"{catalog.xref}-{label.slug}"] = place
        for other in label.others:
            blog.references.setdefault(f"{catalog.xref}-{other}", place)
    return {spelling: made[label.slug] for spelling, label in labels.items()}


def find(blog: Blog, name: str, label: str) -> Collection | None:
    """Return the collection of a label in any of its spellings, if a post has it."""
    wanted = key_of(label)
    known = blog.config.get(f"blog_{name}s") or {}
    wanted = key_of(known[label][0]) if label in known else wanted
    return next((coll for coll in blog.catalogs[name] if key_of(str(coll)) == wanted), None)
