"""Which pages have to be written again because of what changed elsewhere, so that a build is exact.

Sphinx writes a page again when its source changed. What a page shows of others is hashed here; it is written
again when that changed as well, and files of what is gone are removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import _assets
from sphinx.environment import BuildEnvironment

from postdocs.sphinx_ext.blog.blog import blog_of, entries_of
from postdocs.sphinx_ext.blog.related import relate
from postdocs.sphinx_ext.builders import PermalinkBuilder, html_of
from postdocs.sphinx_ext.feeds import writer
from postdocs.sphinx_ext.output import toolchain
from postdocs.sphinx_ext.output.files import files_below
from postdocs.sphinx_ext.output.state import State, fingerprint, state_of
from postdocs.sphinx_ext.pages import context, titles
from postdocs.sphinx_ext.planning import fingerprints
from postdocs.sphinx_ext.planning.xref_targets import Targets
from postdocs.sphinx_ext.reading.domain import domain_of
from postdocs.sphinx_ext.urls import redirects, registry


def begin(app: Sphinx) -> None:
    """Look at what the build before left; where settings, templates or software changed, begin anew."""
    if builder := html_of(app):
        # As they were in the build before, to find the pages that are there.
        if any(post.permalink for post in domain_of(app.env).posts.values()):
            builder.permalinks, _ = registry.permalinks_of(app, app.env)
        State(app, fingerprint(app.builder.name, toolchain.of(app), _settings(app), [*_files(app)]))


def forget_numbers(app: Sphinx, env: BuildEnvironment) -> None:
    """Take the numbers of sections away, before Sphinx gives those that there are now; others would stay."""
    if env.toc_secnumbers:
        for title in env.titles.values():
            title.attributes.pop("secnumber", None)
        for contents in env.tocs.values():
            for reference in contents.findall(nodes.reference):
                reference.attributes.pop("secnumber", None)


def begin_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Look again where a process builds more than once."""
    _assets._file_checksum_inner.cache_clear()  # noqa: SLF001 - Sphinx keeps those of the build before
    if builder := html_of(app):
        builder.written.clear()
        builder.images.clear()  # it copies again what is in there
        if state_of(app).is_finished:
            State(app, state_of(app).setup)
    return []


def _settings(app: Sphinx) -> list[object]:
    return [{item.name: _plain(item.value) for item in app.config}, sorted(map(str, app.tags))]


def _plain(value: Any) -> Any:
    """Return a setting as JSON can hold it; what is called by its place in memory counts as its type only."""
    if isinstance(value, dict):
        return [[str(key), _plain(item)] for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, str | int | float | bool | type(None)):
        return value
    text = repr(value)
    return type(value).__name__ if " at 0x" in text else text


def _files(app: Sphinx) -> Iterator[tuple[str, int, int]]:
    """Yield templates and static files: path, time and size of each."""
    config = app.config
    own = [*config.templates_path, *config.html_static_path, *config.html_extra_path]
    theme = app.builder.theme.get_theme_dirs()  # type: ignore[attr-defined]  # builders of HTML have one
    ours = [
        Path(__file__).parents[1] / name
        for name in ("templates", "static", "theme/static", "theme/words.txt")
    ]
    for root in [*(Path(app.confdir, name) for name in own), *map(Path, theme), *ours]:
        for path in sorted(files_below(root)):
            status = path.stat()
            yield str(path), status.st_mtime_ns, status.st_size


def stale_documents(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the documents whose pages show of others what they did not show before."""
    if not (builder := html_of(app)):
        return []
    state = state_of(app)
    state.inputs_digest = _made_from(app, env)
    if state.keep():
        builder.settle = partial(_settle, app, builder)
        return []
    return _settle(app, builder)


def _settle(app: Sphinx, builder: PermalinkBuilder) -> set[str]:
    """Find out what pages show of others; return the documents of those that show what they did not."""
    env, blog, state = app.env, blog_of(app), state_of(app)
    state.invalidate()
    relate(blog.posts, blog.catalogs["tags"])
    lists = [registry.file_of(app, page.docname) for page in context.list_pages(app)]
    redirects.set_redirects(app, env, lists, [*writer.paths(app)])
    titles.assign_titles(app, context.list_pages(app))
    for post in blog.posts:
        post.fingerprint = fingerprint(fingerprints.of_post(app, post))
    state.site = fingerprints.of_site(app)
    targets = Targets(app, env, blog)
    listing = domain_of(env).lists
    shows_all = any(listing.values())
    whole = fingerprint([post.fingerprint for post in blog.posts], targets.whole if shows_all else "")
    for docname in env.found_docs:
        post = blog.posts[docname]
        around = (
            [near and near.fingerprint for near in (post, post.prev, post.next, *post.related)]
            if post
            else []
        )
        listed = whole if docname in listing else ""
        numbers = str([env.toc_secnumbers.get(docname), env.toc_fignumbers.get(docname)])
        leads_on = registry.file_of(app, docname) in builder.redirects
        parts = (
            state.site,
            around,
            listed,
            numbers,
            leads_on,
            targets.of(docname),
            str(titles.title_of(app, docname)),
        )
        state.documents[docname] = fingerprint(*parts)
    stale = state.stale_documents()
    state.begin(stale)
    return stale


def _made_from(app: Sphinx, env: BuildEnvironment) -> str:
    """Return what changes when a document is read or removed, or another post is due."""
    seen = [(docname, [entry.order for entry in entries]) for docname, entries in entries_of(app).items()]
    return fingerprint(sorted(env.all_docs.items()), seen)


Collector = Callable[[Sphinx], Iterator[tuple[str, dict[str, Any], str]]]


def unless_kept(collect: Collector) -> Collector:
    """Return what yields the same pages, and none where the site is as the build before has left it."""

    def collected(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        if not (html_of(app) and state_of(app).is_up_to_date):
            yield from collect(app)

    return collected


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Remove what is gone from the site and leave the state for the next build, when this one wrote all."""
    builder = html_of(app)
    if builder is None or exception is not None:
        return
    state = state_of(app)
    if not state.is_up_to_date:
        state.owned |= {*_owned(app, builder)}
    if app._warncount:  # noqa: SLF001 - there is no public way
        state.inputs_digest = ""  # so that the next build settles all again, and tells what is wrong
    state.finish(builder.written)


def _owned(app: Sphinx, builder: PermalinkBuilder) -> Iterator[str]:
    """Yield the files of the output that belong to documents, and pages that lead to them."""
    yield from builder.redirects
    if builder.use_index:
        yield registry.file_of(app, "genindex")
    if any(redirect.queries for redirect in builder.redirects.values()):
        yield registry.script_of(app)
    env, suffix = app.env, app.config.html_sourcelink_suffix
    for docname in env.found_docs:
        yield registry.file_of(app, docname)
        source = env.doc2path(docname, base=False)
        yield f"_sources/{source.as_posix()}{suffix if source.suffix != suffix else ''}"
    yield from (f"_images/{name}" for _, name in env.images.values())
    yield from (f"_downloads/{name}" for _, name in env.dlfiles.values())
