"""Redirect pages: aliases, addresses with queries, and other spellings of labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sphinx.util.osutil import relative_uri

from postdocs.core.files import write_text
from postdocs.core.permalink import Permalink
from postdocs.sphinx_ext.blog.posts import LABELS
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat import others
from postdocs.sphinx_ext.urls.model import Redirect
from postdocs.sphinx_ext.urls.registry import (
    PathRegistry,
    line_of,
    permalink_for,
    refuse,
    script_of,
    source_of,
    taken_permalink,
    written_place,
)


def find_redirects(build: Build, lists: Iterable[str], feeds: Iterable[str]) -> dict[str, Redirect]:
    """Return the pages that lead to others, by file; none is where a real page is, and none leads to two.

    A permalink in the place of a list or a feed is refused, and taken away. lists, feeds: the files of the
    output that are these.
    """
    env, builder = build.env, build.builder
    registry = PathRegistry(build)
    pages = dict.fromkeys(lists, "")
    for file, what in {**dict.fromkeys(lists, "a list of posts"), **dict.fromkeys(feeds, "a feed")}.items():
        registry.add(file, what)
    for docname in sorted(env.found_docs):
        file = build.file_of(docname)
        if docname in builder.permalinks and (owner := registry.owner(file)):
            del builder.permalinks[docname]
            refuse((docname, line_of(env, docname, "permalink")), taken_permalink(build, docname, owner))
            file = build.file_of(docname)
        is_moved = docname in builder.permalinks
        name = partial(written_place, build, docname, "permalink") if is_moved else source_of(env, docname)
        registry.add(file, name)
        pages[file] = docname
    redirects = _aliases(build, registry, pages)
    for name, docname in _other_spellings(build):
        file = build.file_of(name)
        if not registry.owner(file):
            target = builder.get_target_uri(docname)
            redirects[file] = Redirect(file, builder.get_target_uri(name), target=target)
    return redirects


def _aliases(build: Build, registry: PathRegistry, pages: Mapping[str, str]) -> dict[str, Redirect]:
    """Return what authors ask for.

    pages: by file, the docname of each page, or "" where it has no document.
    """
    redirects: dict[str, Redirect] = {}
    asked: dict[tuple[str, str], tuple[str, str, str]] = {}

    def at(place: Permalink, *, is_page: bool = False) -> Redirect:
        return redirects.setdefault(place.file, Redirect(place.file, place.uri, is_page))

    for docname, key, path, uri in _asked(build):
        place = permalink_for(build, path)
        first, *written = asked.setdefault((place.claim, place.query), (docname, key, path))
        is_ours = place.file in redirects and place.file not in pages
        owner = None if is_ours else registry.owner(place.file)
        if first != docname:
            what = f"already redirects to {written_place(build, first, *written)}; remove one"
            refuse(_location(build, docname, key, path), f"{key}: '{path}' {what}")
        elif place.query and place.file in pages:
            at(place, is_page=True).queries[place.query] = uri
        elif pages.get(place.file) == docname:
            pass  # to itself it need not lead
        elif owner:
            what = f"is the place of {owner}; remove it"
            refuse(_location(build, docname, key, path), f"{key}: '{path}' {what}")
        else:
            registry.add(place.file, partial(_alias_of, build, docname, key, path))
            if place.query:
                at(place).queries[place.query] = uri
            else:
                at(place).target = uri
    return redirects


def _location(build: Build, docname: str, key: str, path: str) -> tuple[str, int | None]:
    return docname, line_of(build.env, docname, key, path)


def _alias_of(build: Build, docname: str, key: str, path: str) -> str:
    return f"an alias of {written_place(build, docname, key, path)}"


def _asked(build: Build) -> Iterator[tuple[str, str, str, str]]:
    """Yield what leads elsewhere: the docname that asks for it, by which key, the path, and where it leads.

    The path is as it is written.
    """
    env, posts = build.env, build.domain.posts
    pages = sorted(docname for docname in posts.keys() & env.found_docs if posts[docname].is_page)
    for source, docname in others.rediraffe_redirects(build.app).items():
        if docname in build.builder.permalinks:  # where that extension does not look
            path, uri = (build.builder.get_target_uri(name) for name in (source, docname))
            with suppress(ValueError):  # no page can be there
                permalink_for(build, f"/{path}")
                yield docname, "rediraffe_redirects", f"/{path}", uri
    for docname, records in {**build.records(), **dict.fromkeys(pages, ())}.items():
        home = build.app.builder.get_target_uri(docname)
        post = posts.get(docname)
        if post and post.permalink and permalink_for(build, post.permalink).query:
            yield docname, "permalink", post.permalink, home
        for path in post.aliases if post and post.is_page else ():
            yield docname, "aliases", path, home
        for record in records:
            for path in record.aliases:
                yield docname, "aliases", path, f"{home}#{record.section}" if record.section else home


def _other_spellings(build: Build) -> Iterator[tuple[str, str]]:
    """Yield where a label would have its page in another spelling, and where it has it."""
    for name in LABELS:
        catalog = build.blog.catalogs[name]
        for collection in catalog:
            for slug in collection.others:
                yield f"{catalog.path}/{slug}", collection.docname


def write_redirects(build: Build) -> None:
    """Write the redirect pages, which don't use the theme."""
    builder = build.builder
    script = script_of(build)
    base = build.config.html_baseurl or build.config.blog_baseurl
    for redirect in build.redirects.values():
        if redirect.is_page:
            continue  # it gets a script, see `add_script`
        context = {
            "project": build.config.project,
            "language": build.language.tag,
            "target": relative_uri(redirect.uri, redirect.target) or "./" if redirect.target else "",
            "canonical": f"{base.rstrip('/')}/{redirect.target}" if base else "",
            "home": relative_uri(redirect.uri, "") or "./",
            "script": relative_uri(redirect.uri, script) if redirect.queries else "",
            "page": redirect.file,
        }
        text = builder.templates.render("postdocs/redirect.html", context)
        write_text(Path(builder.outdir, redirect.file), text)
    queries = {redirect.file: redirect.queries for redirect in build.redirects.values() if redirect.queries}
    if queries:
        root = relative_uri(script, "") or "./"
        context = {"pages": json.dumps(queries, sort_keys=True, indent=0), "root": json.dumps(root)}
        write_text(Path(builder.outdir, script), builder.templates.render("postdocs/queries.js", context))


def add_script(
    build: Build, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let a page forward addresses with a query that belonged to another page."""
    if (file := build.file_of(pagename)) in build.redirects:
        values = {"page": file, "script": context["pathto"](script_of(build), 1)}
        script = build.builder.templates.render("postdocs/query.html", values)
        context["metatags"] = context.get("metatags", "") + script
