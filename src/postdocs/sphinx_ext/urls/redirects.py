"""Pages that lead to others: aliases, addresses with queries, and other spellings of labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri

from postdocs.core.permalink import Permalink
from postdocs.sphinx_ext.blog.blog import blog_of, entries_of
from postdocs.sphinx_ext.builders import PermalinkBuilder, Redirect, html_of
from postdocs.sphinx_ext.compat.ablog import CATALOGS
from postdocs.sphinx_ext.output.files import write_text
from postdocs.sphinx_ext.reading.domain import domain_of
from postdocs.sphinx_ext.urls.registry import (
    PathRegistry,
    file_of,
    permalink_for,
    refuse,
    script_of,
    shown_place,
    source_of,
)


def set_redirects(app: Sphinx, env: BuildEnvironment, lists: Iterable[str], feeds: Iterable[str]) -> None:
    """Find the pages that lead to others; none is where a real page is, and none leads to two.

    lists, feeds: the files of the output that are these.
    """
    builder = html_of(app)
    if builder is None:
        return
    builder.redirects.clear()
    claims = PathRegistry(app)
    pages = dict.fromkeys(lists, "")
    for file, what in {**dict.fromkeys(lists, "a list of posts"), **dict.fromkeys(feeds, "a feed")}.items():
        claims.add(file, what)
    for docname in sorted(env.found_docs):
        file = file_of(app, docname)
        if docname in builder.permalinks and (holder := claims.holder(file)):
            place = builder.permalinks.pop(docname)
            message = f"permalink: '{shown_place(place)}' is the place of {holder} already; choose another"
            refuse(docname, message)
            file = file_of(app, docname)
        claims.add(file, partial(source_of, env, docname))
        pages[file] = docname
    _add_aliases(app, builder, claims, pages)
    for name, docname in _other_spellings(app):
        file = file_of(app, name)
        if not claims.holder(file):
            place = Permalink(file, builder.get_target_uri(name))
            _redirect(builder, place, is_page=False).target = builder.get_target_uri(docname)


def _add_aliases(
    app: Sphinx, builder: PermalinkBuilder, claims: PathRegistry, pages: Mapping[str, str]
) -> None:
    """Add what authors ask for. pages: by file, the docname of each page, or "" where it has no document."""
    env = app.env
    asked: dict[tuple[str, str], str] = {}
    for docname, place, uri in _asked(app, env):
        first = asked.setdefault((place.claim, place.query), docname)
        is_ours = place.file in builder.redirects and place.file not in pages
        holder = None if is_ours else claims.holder(place.file)
        if first != docname:
            what = f"leads to {source_of(env, first)} already; remove one"
            refuse(docname, f"alias: '{shown_place(place)}' {what}")
        elif place.query and place.file in pages:
            _redirect(builder, place, is_page=True).queries[place.query] = uri
        elif pages.get(place.file) == docname:
            pass  # to itself it need not lead
        elif holder:
            refuse(docname, f"alias: '{shown_place(place)}' is the place of {holder}; remove it")
        else:
            claims.add(place.file, f"an alias of {source_of(env, docname)}")
            redirect = _redirect(builder, place, is_page=False)
            if place.query:
                redirect.queries[place.query] = uri
            else:
                redirect.target = uri


def _redirect(builder: PermalinkBuilder, place: Permalink, *, is_page: bool) -> Redirect:
    return builder.redirects.setdefault(place.file, Redirect(place.file, place.uri, is_page))


def _asked(app: Sphinx, env: BuildEnvironment) -> Iterator[tuple[str, Permalink, str]]:
    """Yield what leads elsewhere: the docname that asks for it, where it is, and where it leads."""
    posts = domain_of(env).posts
    pages = sorted(docname for docname in posts.keys() & env.found_docs if posts[docname].is_page)
    for docname, entries in {**entries_of(app), **dict.fromkeys(pages, ())}.items():
        home = app.builder.get_target_uri(docname)
        post = posts.get(docname)
        if post and post.permalink and (place := permalink_for(app, post.permalink)).query:
            yield docname, place, home
        for path in post.aliases if post and post.is_page else ():
            yield docname, permalink_for(app, path), home
        for entry in entries:
            for path in entry.aliases:
                yield docname, permalink_for(app, path), f"{home}#{entry.section}" if entry.section else home


def _other_spellings(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield where a label would have its page in another spelling, and where it has it."""
    for name in CATALOGS:
        catalog = blog_of(app).catalogs[name]
        for collection in catalog:
            for slug in collection.others:
                yield f"{catalog.path}/{slug}", collection.docname


def write_redirects(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """Write the pages that lead elsewhere. They are not of the theme, so it yields none for it."""
    yield from ()
    builder = html_of(app)
    if builder is None:
        return
    script = script_of(app)
    base = app.config.html_baseurl or app.config.blog_baseurl
    for redirect in builder.redirects.values():
        if redirect.is_page:
            continue  # it gets a script, see `add_script`
        context = {
            "project": app.config.project,
            "language": app.config.language or "en",
            "target": relative_uri(redirect.uri, redirect.target) or "./" if redirect.target else "",
            "canonical": f"{base.rstrip('/')}/{redirect.target}" if base else "",
            "home": relative_uri(redirect.uri, "") or "./",
            "script": relative_uri(redirect.uri, script) if redirect.queries else "",
            "page": redirect.file,
        }
        text = builder.templates.render("postdocs/redirect.html", context)
        write_text(Path(app.outdir, redirect.file), text)
    queries = {redirect.file: redirect.queries for redirect in builder.redirects.values() if redirect.queries}
    if queries:
        root = relative_uri(script, "") or "./"
        context = {"pages": json.dumps(queries, sort_keys=True, indent=0), "root": json.dumps(root)}
        write_text(Path(app.outdir, script), builder.templates.render("postdocs/queries.js", context))


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let a page whose address with a query was that of another lead there."""
    builder = html_of(app)
    if builder and (file := file_of(app, pagename)) in builder.redirects:
        values = {"page": file, "script": context["pathto"](script_of(app), 1)}
        script = builder.templates.render("postdocs/query.html", values)
        context["metatags"] = context.get("metatags", "") + script
