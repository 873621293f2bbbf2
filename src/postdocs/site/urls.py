"""Where pages are: permalinks, aliases that lead to them, and that no two pages claim one place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath, PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from postdocs import permalink
from postdocs.permalink import Permalink
from postdocs.site.ablog import CATALOGS
from postdocs.site.blog import blog_of
from postdocs.site.builders import PermalinkBuilder, Redirect
from postdocs.site.domain import domain_of
from postdocs.site.files import write_text

logger = logging.getLogger(__name__)

_SPHINX_FOLDERS = {"_static", "_images", "_sources", "_downloads", "_modules"}
_SPHINX_FILES = {"objects.inv", "searchindex.js"}
_SPHINX_PAGES = {"search", "genindex"}


class _Claims:
    """What is where: no two pages can be in one place, and no file where a folder has to be."""

    def __init__(self, app: Sphinx) -> None:
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        for name in {*_SPHINX_PAGES, *app.config.html_additional_pages}:
            self.add(file_of(app, name), f"the page '{name}'")
        for name in _SPHINX_FILES:
            self.add(name, f"'{name}'")
        for folder in _SPHINX_FOLDERS:
            self._files[folder] = f"the folder '{folder}'"
        for name, source in _extra_files(app):
            self.add(name, source)

    def add(self, file: str, what: str) -> None:
        """Note that a file of the output is taken. file: its POSIX path from the root."""
        claim = Permalink(file, "").claim
        self._files[claim] = what
        for folder in PurePosixPath(claim).parents:
            self._folders.setdefault(str(folder), what)

    def holder(self, file: str) -> str | None:
        """Return what is where a file should be, or in its way."""
        claim = Permalink(file, "").claim
        above = (self._files.get(str(folder)) for folder in PurePosixPath(claim).parents)
        return self._files.get(claim) or self._folders.get(claim) or next(filter(None, above), None)


def _extra_files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield the files of `html_extra_path`: where each comes out, and its name in the sources."""
    for entry in app.config.html_extra_path:
        root = Path(app.confdir, entry)
        for path in [root] if root.is_file() else root.rglob("*"):
            if path.is_file():
                out = path.name if root.is_file() else path.relative_to(root).as_posix()
                yield out, f"'{entry}/{out}'"


def set_permalinks(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Give documents the addresses that they ask for, the first where two ask for one."""
    builder = app.builder
    if not isinstance(builder, PermalinkBuilder):
        return []
    builder.permalinks.clear()
    wanted: dict[str, Permalink] = {}
    for docname, post in sorted(domain_of(env).posts.items()):
        if post.permalink and docname in env.found_docs:
            place = _place(app, post.permalink)
            wanted |= {} if place.query else {docname: place}
    claims = _Claims(app)
    for docname in sorted(env.found_docs - wanted.keys()):
        claims.add(file_of(app, docname), _source(env, docname))
    for docname, place in wanted.items():
        if what := claims.holder(place.file):
            _refuse(docname, f"permalink: '{_show(place)}' is the place of {what} already; choose another")
        else:
            builder.permalinks[docname] = place
            claims.add(place.file, _source(env, docname))
    return []


def set_redirects(app: Sphinx, env: BuildEnvironment, others: Mapping[str, str]) -> None:
    """Find the pages that lead to others; none is where a real page is, and none leads to two.

    others: what is no document, by its file in the output.
    """
    builder = app.builder
    if not isinstance(builder, PermalinkBuilder):
        return
    builder.redirects.clear()
    claims = _Claims(app)
    for file, what in others.items():
        claims.add(file, what)
    documents = {file_of(app, docname): docname for docname in sorted(env.found_docs)}
    for file, docname in documents.items():
        if file in others and docname in builder.permalinks:
            uri = builder.get_target_uri(docname)
            _refuse(docname, f"permalink: '/{uri}' is the place of {others[file]} already; choose another")
        claims.add(file, _source(env, docname))
    asked: dict[tuple[str, str], str] = {}
    for docname, place, uri in _asked(app, env):
        first = asked.setdefault((place.claim, place.query), docname)
        redirect = builder.redirects.get(place.file)
        holder = None if redirect and not redirect.is_page else claims.holder(place.file)
        if first != docname:
            _refuse(docname, f"alias: '{_show(place)}' leads to {_source(env, first)} already; remove one")
        elif holder and not place.query:
            if documents.get(place.file) != docname:  # to itself it need not lead
                _refuse(docname, f"alias: '{_show(place)}' is the place of {holder}; remove it")
        else:
            redirect = redirect or Redirect(place.file, place.uri, is_page=bool(holder))
            builder.redirects[place.file] = redirect
            claims.add(place.file, holder or f"an alias of {_source(env, docname)}")
            if place.query:
                redirect.queries[place.query] = uri
            else:
                redirect.target = uri
    for name, docname in _other_spellings(app):
        file = file_of(app, name)
        if not claims.holder(file):
            target = builder.get_target_uri(docname)
            builder.redirects[file] = Redirect(file, builder.get_target_uri(name), target=target)


def _other_spellings(app: Sphinx) -> Iterator[tuple[str, str]]:
    """Yield where a label would have its page in another spelling, and where it has it."""
    for name in CATALOGS:
        catalog = blog_of(app).catalogs[name]
        for collection in catalog:
            for slug in collection.others:
                yield f"{catalog.path}/{slug}", collection.docname


def _asked(app: Sphinx, env: BuildEnvironment) -> Iterator[tuple[str, Permalink, str]]:
    """Yield what leads elsewhere: the docname that asks for it, where it is, and where it leads."""
    domain = domain_of(env)
    for docname, entries in sorted(domain.entries.items()):
        home = app.builder.get_target_uri(docname)
        post = domain.posts.get(docname)
        if post and post.permalink and (place := _place(app, post.permalink)).query:
            yield docname, place, home
        for entry in entries:
            for path in entry.aliases:
                yield docname, _place(app, path), f"{home}#{entry.section}" if entry.section else home


def _place(app: Sphinx, path: str) -> Permalink:
    """Read a path, which may begin with the folder of the host that the site is in."""
    folder = urlsplit(app.config.html_baseurl or "").path.strip("/")
    inside = path.removeprefix(f"/{folder}") if folder and path.startswith(f"/{folder}/") else path
    return permalink.parse(inside)


def file_of(app: Sphinx, pagename: str) -> str:
    """Return the file of a page: its POSIX path from the root of the output."""
    path = app.builder.get_output_path(pagename)  # type: ignore[attr-defined]  # builders of HTML have it
    return PurePath(path).relative_to(app.outdir).as_posix()


def _source(env: BuildEnvironment, docname: str) -> str:
    return env.doc2path(docname, base=False).as_posix()


def _show(place: Permalink) -> str:
    return f"/{place.uri}" + (f"?{place.query}" if place.query else "")


def _refuse(docname: str, message: str) -> None:
    logger.warning(message, location=docname, type="postdocs", subtype="url")


def write_redirects(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """Write the pages that lead elsewhere. It yields no pages of the theme; the event asks for a generator."""
    yield from ()
    builder = app.builder
    if not isinstance(builder, PermalinkBuilder):
        return
    script = script_of(app)
    for redirect in builder.redirects.values():
        if redirect.is_page:
            continue  # it gets a script, see `add_script`
        context = {
            "project": app.config.project,
            "language": app.config.language or "en",
            "target": relative_uri(redirect.uri, redirect.target) or "./" if redirect.target else "",
            "canonical": urljoin(app.config.html_baseurl or "", redirect.target) if redirect.target else "",
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


def script_of(app: Sphinx) -> str:
    """Return where the script is that reads queries, from the root of the output."""
    return f"{app.config.blog_path}/queries.js"


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let a page whose address with a query was that of another lead there."""
    builder = app.builder
    if isinstance(builder, PermalinkBuilder) and builder.redirects:
        file = file_of(app, pagename)
        if file in builder.redirects:
            values = {"page": file, "script": context["pathto"](script_of(app), 1)}
            script = builder.templates.render("postdocs/query.html", values)
            context["metatags"] = context.get("metatags", "") + script
