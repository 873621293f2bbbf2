"""Finds the pages to rewrite after changes elsewhere, so that a build is exact.

Sphinx writes a page again when its source changed. What a page shows of others is hashed here; it is written
again when that changed as well, and files of what is gone are removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import partial

from docutils import nodes
from sphinx.builders.html import INVENTORY_FILENAME
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from postdocs.sphinx_ext.blog.posts import BlogPost, post_inputs
from postdocs.sphinx_ext.blog.related import relate
from postdocs.sphinx_ext.blog.series import place_parts
from postdocs.sphinx_ext.blog.translations import link_translations
from postdocs.sphinx_ext.blog.xrefs import name_posts
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat.late_assets import missing_assets
from postdocs.sphinx_ext.compat.process_caches import forget_checksums
from postdocs.sphinx_ext.feeds.writer import check_ids, feed_paths
from postdocs.sphinx_ext.head.bibliography import citations_of
from postdocs.sphinx_ext.images.thumbnails import thumbnail_picture
from postdocs.sphinx_ext.output.inputs import setup_digest
from postdocs.sphinx_ext.output.state import State, fingerprint
from postdocs.sphinx_ext.pages.context import list_inputs
from postdocs.sphinx_ext.pages.excerpts import resolve_summaries, resolved_beginnings
from postdocs.sphinx_ext.pages.lists import Host, list_pages
from postdocs.sphinx_ext.pages.titles import assign_titles
from postdocs.sphinx_ext.planning.site_fingerprint import site_fingerprint
from postdocs.sphinx_ext.planning.xref_targets import Targets
from postdocs.sphinx_ext.reading.records import text_of
from postdocs.sphinx_ext.urls.redirects import find_redirects
from postdocs.sphinx_ext.urls.registry import authored_files, extra_files_of, permalinks_of, script_of

_UNTITLED = "<no title>"  # what Sphinx calls a document without a heading
logger = logging.getLogger(__name__)


def load_state(build: Build) -> None:
    """Load the state of the last build; if settings, templates, or software changed, rebuild everything."""
    builder = build.builder
    # As they were in the build before, to find the pages that are there.
    if any(post.permalink for post in build.domain.posts.values()):
        builder.permalinks, _ = permalinks_of(build)
    build.state = _state(build, setup_digest(build.app))
    builder.before_writing = partial(before_writing, build)
    builder.is_up_to_date = lambda: build.state.is_up_to_date
    builder.is_inventory_stale = partial(_is_inventory_stale, build)


def _state(build: Build, setup: str, *, is_same_process: bool = False) -> State:
    """Return the state of the output; say so where that of the build before is lost."""
    state = State(build.builder.outdir, build.builder.doctreedir, setup, is_same_process=is_same_process)
    if state.is_lost:
        logger.info("The record of the last build is missing or damaged: replacing its files in the output")
    return state


def on_rebuild(
    build: Build, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Forget the build before, in a process that builds again and again."""
    build.begin()
    forget_checksums()
    if builder := build.html:
        builder.written.clear()
        builder.images.clear()  # it copies again what is in there
        if build.state.is_finished:
            build.state = _state(build, build.state.setup, is_same_process=True)
    return []


def strip_section_numbers(build: Build, env: BuildEnvironment) -> None:
    """Remove old section numbers before Sphinx assigns new ones."""
    if env.toc_secnumbers:
        for title in env.titles.values():
            title.attributes.pop("secnumber", None)
        for contents in env.tocs.values():
            for reference in contents.findall(nodes.reference):
                reference.attributes.pop("secnumber", None)


def connect_posts(build: Build, env: BuildEnvironment) -> None:
    """Name posts and connect them with each other, unless all is as the build before has left it."""
    if build.html:
        build.state.inputs_digest = _inputs_digest(build)
    if not build.html or not build.state.keep():
        _connect(build)


def _connect(build: Build) -> None:
    for step in (name_posts, check_ids, link_translations, place_parts):
        step(build, build.env)


def stale_documents(build: Build, env: BuildEnvironment) -> Iterable[str]:
    """Return the documents whose pages show of others what they did not show before."""
    return set() if not build.html or build.state.is_up_to_date else plan(build)


def before_writing(build: Build, docnames: Set[str]) -> None:
    """Plan what was left out because all is as it was, where pages are written all the same."""
    if build.state.is_up_to_date:
        _connect(build)
        plan(build)
    build.state.begin(docnames)


def plan(build: Build) -> set[str]:
    """Find out what pages show of others; return the documents of those that show what they did not."""
    blog, state = build.blog, build.state
    state.invalidate()
    relate(blog.posts, blog.catalogs["tags"])
    resolve_summaries(build)
    build.citations = citations_of(build)
    taken, hosts = authored_files(build), _hosts(build)
    length = build.config.postdocs_page_length
    build.lists = tuple(
        list_pages(
            blog,
            length,
            lambda docname: build.file_of(docname) in taken,
            lambda docname: hosts.get(build.file_of(docname)),
        )
    )
    for page in build.lists:
        if page.is_within:  # which readers reach without a table of contents
            build.env.metadata[page.docname]["orphan"] = True
    files = [build.file_of(page.docname) for page in build.lists]
    build.redirects = find_redirects(build, files, [*feed_paths(build)])
    build.titles = assign_titles(build.env, blog, build.lists, resolved_beginnings(build), build.macros)
    targets = Targets(build.app, build.env, blog)
    build.targets_digest = targets.whole
    for post in blog.posts:
        refers_to = targets.of(post.docname) if post.record.is_formatted else []
        picture = str(thumbnail_picture(build.builder, post.record))
        post.fingerprint = fingerprint(post_inputs(post, build.builder.get_target_uri), refers_to, picture)
    state.site = site_fingerprint(build)
    state.documents = _document_digests(build, targets)
    stale = state.stale_documents()
    state.begin(stale)
    return stale


def _hosts(build: Build) -> dict[str, Host]:
    """Return, by file, the documents that may have a list below them: pages without a list of their own."""
    domain, env = build.domain, build.env
    return {
        build.file_of(docname): Host(docname, _title_of(build, docname), docname not in domain.stubs)
        for docname in sorted(env.found_docs & env.titles.keys() - domain.lists.keys())
        if not build.blog.posts[docname]
    }


def _title_of(build: Build, docname: str) -> str:
    """Return the title of a page: its heading, else that of its front matter, else ""."""
    title = " ".join(text_of(build.env.titles[docname], build.macros).split())
    return title if title != _UNTITLED else str(build.env.metadata[docname].get("title") or "")


def _document_digests(build: Build, targets: Targets) -> dict[str, str]:
    """Return, by docname, what changes when a page shows other things of others."""
    env, blog = build.env, build.blog
    lists = build.domain.lists
    all_posts = fingerprint([post.fingerprint for post in blog.posts], build.targets_digest)
    within = {page.docname: list_inputs(build, page) for page in build.lists if page.is_within}
    return {
        docname: fingerprint(
            build.state.site,
            _around(build, blog.posts[docname]),
            all_posts if docname in lists else within.get(docname, ""),
            str([env.toc_secnumbers.get(docname), env.toc_fignumbers.get(docname)]),
            build.file_of(docname) in build.redirects,
            targets.of(docname),
            vars(build.titles[docname]) if docname in build.titles else "",
            build.commit if docname == env.config.root_doc else "",
        )
        for docname in env.found_docs
    }


def _around(build: Build, post: BlogPost | None) -> list[object]:
    """Return how to cite a post, its fingerprint, those of the posts around, and its place in a series."""
    if post is None:
        return []
    nearby = (near and near.fingerprint for near in (post, post.prev, post.next, *post.related))
    citation = build.citations.get((post.docname, post.section))
    around: list[object] = [citation and citation.facts, *nearby]
    if place := post.place:
        parts = [(number, part.fingerprint) for number, part in place.near]
        around += [place.number, len(place.parts), parts]
    return around


def _inputs_digest(build: Build) -> str:
    """Return what changes when a document is read or removed, another post is due, or all is committed."""
    visible = [
        (docname, [(record.order, record.id) for record in of]) for docname, of in build.records().items()
    ]
    return fingerprint(sorted(build.env.all_docs.items()), visible, build.commit)


def _is_inventory_stale(build: Build) -> bool:
    """Tell whether the inventory has to be written: it tells others what can be referred to."""
    state = build.state
    return not state.is_up_to_date and state.is_stale(INVENTORY_FILENAME, build.targets_digest)


def note_late_assets(build: Build) -> None:
    """Note which scripts and style sheets come when all pages are written."""
    build.state.late = missing_assets(build.builder)


def finish(build: Build, exception: Exception | None) -> None:
    """Remove files of deleted pages, and save the state for the next build if this one was complete."""
    if exception is not None:
        return
    state = build.state
    if not state.is_up_to_date:
        state.owned |= {*_owned_files(build), *extra_files_of(build)}
    if build.warnings.count:
        state.inputs_digest = ""  # so that the next build plans all again, and tells what is wrong
    state.finish(build.builder.written)


def _owned_files(build: Build) -> Iterator[str]:
    """Yield the files of the output that belong to documents, and pages that lead to them."""
    yield from build.redirects
    if build.builder.use_index:
        yield build.file_of("genindex")
    if any(redirect.queries for redirect in build.redirects.values()):
        yield script_of(build)
    env, suffix = build.env, build.config.html_sourcelink_suffix
    for docname in env.found_docs:
        yield build.file_of(docname)
        source = env.doc2path(docname, base=False)
        yield f"_sources/{source.as_posix()}{suffix if source.suffix != suffix else ''}"
    yield from (f"_images/{name}" for _, name in env.images.values())
    yield from (f"_downloads/{name}" for _, name in env.dlfiles.values())
