"""The blog of a build: its posts in order, and the collections that their labels make."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from sphinx.application import Sphinx

from postdocs.core.labels import key_of
from postdocs.core.languages import canonical
from postdocs.sphinx_ext.blog.posts import LABELS, Blog, BlogPost
from postdocs.sphinx_ext.blog.taxonomy import merge
from postdocs.sphinx_ext.compat.ablog import Collection
from postdocs.sphinx_ext.locale.language import Language
from postdocs.sphinx_ext.reading.clock import is_hidden
from postdocs.sphinx_ext.reading.records import PostRecord
from postdocs.sphinx_ext.settings.authors import read_authors

# Catalogs of which many have none.
_OPTIONAL = {"location": "blog-locations", "language": "blog-languages", "series": "blog-series"}


def make_blog(
    app: Sphinx,
    visible: Mapping[str, Sequence[PostRecord]],
    now: datetime,
    language_of: Callable[[str | None], Language],
    *,
    has_icons: bool,
) -> Blog:
    """Return the blog of a build, once all posts have been read.

    visible: the posts of each document that are to be seen. now: after which posts are not due yet.
    language_of: the language of a tag, or that of the site. has_icons: whether the theme brings Font Awesome.
    """
    blog = Blog(app, language_of, has_icons=has_icons)
    records = [record for of_document in visible.values() for record in of_document]
    records.sort(key=lambda record: record.date or datetime.max.replace(tzinfo=UTC))
    labels = {name: _fill(blog, name, records) for name in LABELS}
    for record in records:
        collections = {
            name: {label: labels[name][label] for label in _labels(blog, name, record)} for name in LABELS
        }
        post = BlogPost(
            blog, record, hidden=is_hidden(record.draft, record.date, now), collections=collections
        )
        years = [blog.archive[record.date.year]] if record.date else []
        for collection in (
            blog.posts,
            *years,
            *(label for name in LABELS for label in getattr(post, name)),
        ):
            collection.add(post)
        blog.by_docname[post.docname].append(post)
    for name, reference in _OPTIONAL.items():
        if not blog.catalogs[name].collections:
            del blog.references[reference]  # to an index that is not made
    for newer, older in itertools.pairwise(blog.posts):
        newer.prev, older.next = older, newer
    return blog


def _labels(blog: Blog, name: str, record: PostRecord) -> tuple[str, ...]:
    """Return the labels of a post, or those that the settings give to posts without."""
    labels = record.labels.get(name, ())
    return labels or tuple(blog.config.get(f"blog_default_{name}") or ())


def _fill(blog: Blog, name: str, records: Iterable[PostRecord]) -> dict[str, Collection]:
    """Make the collections of a catalog; return them by each spelling of their labels."""
    catalog = blog.catalogs[name]
    display_names = blog.config.get(f"blog_{name}s") or {}  # the short names of authors, places and languages
    uses = [label for record in records for label in _labels(blog, name, record)]
    labels = merge(uses, {short: full for short, (full, _) in display_names.items()})
    hrefs = dict(display_names.values())
    languages = {label.slug: _language(blog, name, written) for written, label in labels.items()}
    authors = read_authors(blog.app.config.postdocs_authors)
    catalog.collections.clear()
    collections: dict[str, Collection] = {}
    for label in sorted(set(labels.values()), key=lambda label: label.name):
        path = f"{catalog.path}/{label.slug}"
        shown = _shown(blog, name, label.name)
        collections[label.slug] = Collection(catalog, shown, href=hrefs.get(label.name), path=path)
        collections[label.slug].others = label.others
        collections[label.slug].written_in = languages.get(label.slug)
        collections[label.slug].about = authors.get(key_of(shown)) if name == "author" else None
        catalog[label.name] = collections[label.slug]
    for label in labels.values():
        place = (collections[label.slug].docname, str(collections[label.slug]))
        blog.references[f"{catalog.xref}-{label.slug}"] = place
        for other in label.others:
            blog.references.setdefault(f"{catalog.xref}-{other}", place)
    return {spelling: collections[label.slug] for spelling, label in labels.items()}


def _shown(blog: Blog, name: str, label: str) -> str:
    """Return how a label is shown: a language of which only the tag is known, as its speakers call it."""
    language = _language(blog, name, label)
    return language.name if language else label


def _language(blog: Blog, name: str, label: str) -> Language | None:
    """Return the language that a label of a catalog is the tag of."""
    try:
        return blog.language_of(canonical(label)) if name == "language" else None
    except ValueError:
        return None


def find(blog: Blog, name: str, label: str) -> Collection | None:
    """Return the collection of a label in any of its spellings, if a post has it."""
    display_names = blog.config.get(f"blog_{name}s") or {}
    key = key_of(display_names[label][0] if label in display_names else _shown(blog, name, label))
    return next((collection for collection in blog.catalogs[name] if key_of(str(collection)) == key), None)
