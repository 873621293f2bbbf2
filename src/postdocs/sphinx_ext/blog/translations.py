"""The same post in several languages: which posts translate which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import PurePosixPath

from sphinx.environment import BuildEnvironment
from sphinx.util import docname_join, logging

from postdocs.core.identity import entry_id
from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import base_of
from postdocs.sphinx_ext.urls.registry import line_of, permalink_for, source_of

logger = logging.getLogger(__name__)


def link_translations(build: Build, env: BuildEnvironment) -> None:
    """Link each post to its translations, and warn about invalid ones."""
    originals = {docname: post.translation_of for docname, post in build.domain.posts.items()}
    targets = dict(_resolved(build, {name: text for name, text in originals.items() if text}))
    posts = {post.docname: post for post in build.blog.posts if not post.section}
    for docnames in _sets(targets):
        by_language: dict[str, BlogPost] = {}
        for docname in (name for name in docnames if name in posts):
            tag = posts[docname].written_in.tag
            other = by_language.setdefault(tag, posts[docname])
            if other.docname != docname:
                place = _place(build, docname if docname in targets else other.docname)
                message = f"translation_of: {source_of(env, other.docname)} is in '{tag}' too"
                remedy = "give one of the two another `language`, or take it out of the translations"
                logger.warning(f"{message}; {remedy}", location=place, type="postdocs", subtype="post")
        if not by_language:
            continue
        together = sorted(by_language.values(), key=lambda post: post.docname)
        original = next((post for post in together if post.docname not in targets), together[0])
        for tag, post in by_language.items():
            post.translations = tuple(by_language[other] for other in sorted(by_language) if other != tag)
            post.original = original


def _resolved(build: Build, originals: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield, for documents that name what they translate, the docnames of both."""
    if not originals:
        return
    names = _names(build)
    for docname, text in sorted(originals.items()):
        if docname not in build.env.found_docs:
            continue  # a draft, or what is not due yet
        target = next((names[name] for name in _spellings(build, docname, text) if name in names), None)
        if target is None:
            message = f"translation_of: there is no post '{text}'"
            remedy = "write the docname, permalink or id of the post that this one translates"
            place = _place(build, docname)
            logger.warning(f"{message}; {remedy}", location=place, type="postdocs", subtype="post")
        elif target == docname:
            message = f"translation_of: '{text}' is this post itself"
            remedy = "name the post that it translates, or remove the line"
            place = _place(build, docname)
            logger.warning(f"{message}; {remedy}", location=place, type="postdocs", subtype="post")
        else:
            yield docname, target


def _names(build: Build) -> dict[str, str]:
    """Return the docnames of all posts, those that are not published yet too, by all that can name them."""
    names: dict[str, str] = {}
    for docname, post in sorted(build.domain.posts.items()):
        places = [permalink_for(build, post.permalink).uri] if post.permalink else []
        names |= dict.fromkeys([docname, *filter(None, [post.id]), *places], docname)
    for docname, records in build.records().items():
        ids = [
            record.id or entry_id(base_of(build.config), docname, record.date, record.section)
            for record in records
        ]
        places = [build.builder.get_target_uri(docname)] if build.html else []
        names |= dict.fromkeys([docname, *ids, *places], docname)
    return {name.strip("/"): docname for name, docname in names.items()}


def _spellings(build: Build, docname: str, text: str) -> Iterator[str]:
    """Yield what a text may name: an id or address, a file or docname from the root or beside the post."""
    yield text.strip("/")
    with suppress(ValueError):
        yield permalink_for(build, text).uri.strip("/")
    path = PurePosixPath(text)
    stem = text.removesuffix(path.suffix) if path.suffix in build.config.source_suffix else text
    yield stem.strip("/")
    yield docname_join(docname, stem)


def _sets(targets: Mapping[str, str]) -> Iterable[list[str]]:
    """Return the sets of docnames that belong together, each in order."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for docname, target in targets.items():
        neighbours[docname].add(target)
        neighbours[target].add(docname)
    seen: set[str] = set()
    for docname in sorted(neighbours):
        together, pending = set[str](), [docname]
        while pending:
            name = pending.pop()
            if name not in together:
                together.add(name)
                pending += neighbours[name]
        if docname not in seen:
            yield sorted(together)
        seen |= together


def _place(build: Build, docname: str) -> tuple[str, int | None]:
    """Return where a post says what it translates, for messages."""
    return docname, line_of(build.env, docname, "translation_of")
