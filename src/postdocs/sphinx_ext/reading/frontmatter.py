"""Posts enter the build: front matter is checked and typed before MyST and ablog see it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from sphinx import addnodes
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from postdocs.core import frontmatter as schema
from postdocs.core import markdown_source as sources
from postdocs.core import notebook, restructured_source
from postdocs.core.errors import PostdocsError
from postdocs.core.markup import Markup
from postdocs.core.post import FIELDS, Post
from postdocs.core.source_text import decode
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat.ablog import matched_posts
from postdocs.sphinx_ext.reading import stamps
from postdocs.sphinx_ext.reading.clock import is_hidden
from postdocs.sphinx_ext.reading.notices import note_unusual
from postdocs.sphinx_ext.reading.source_kinds import is_markdown, is_notebook, is_restructured, markup_of

logger = logging.getLogger(__name__)


def read_posts(
    build: Build, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read the front matter of new and changed posts; leave out invalid posts, drafts, and scheduled posts.

    Each mistake is a warning, so that one build shows them all.
    """
    changed |= stamps.changed_documents(build, env) - added
    stamps.note_sources(build, env, added | changed)
    posts = build.domain.posts
    zone = ZoneInfo(build.config.postdocs_timezone)
    matched = matched_posts(build.app)
    for docname in posts.keys() & (added | changed) | posts.keys() - env.found_docs:
        del posts[docname]
    new = {name for name in added | changed if _has_front_matter(build.config, env.doc2path(name))}
    for docname in sorted(new | posts.keys()):
        if docname in new:
            try:
                text, markup = _source(build.config, env.doc2path(docname), docname)
                is_post = docname in matched or _is_marked(text, docname, markup)
            except PostdocsError as error:
                _warn(error, docname)
                post, is_post = None, True
            else:
                post = _told_post(build.config, text, docname, zone, markup) if is_post else None
            if post:
                posts[docname] = post
            elif is_post:
                _leave_out(docname, env, added, changed, removed)
                build.app.statuscode = 1
        post = posts.get(docname)
        if post and _is_held_back(post, build.now) and not build.config.postdocs_drafts:
            _leave_out(docname, env, added, changed, removed)
    others = (matched - posts.keys()) & env.found_docs
    rest = (name for name in others if not _has_front_matter(build.config, env.doc2path(name)))
    build.config.matched_blog_posts = sorted(rest)  # in markups that only an extension knows
    return []


def _has_front_matter(config: Config, path: Path) -> bool:
    return is_markdown(config, path) or is_notebook(path) or is_restructured(config, path)


def has_mistake(config: Config, path: Path, docname: str) -> bool:
    """Tell whether the file of a post can't be read, or has a mistake in its front matter."""
    try:
        text, markup = _source(config, path, docname)
        return bool(_read(config, text, docname, ZoneInfo(config.postdocs_timezone), markup).errors)
    except (PostdocsError, OSError):
        return True


def _source(config: Config, path: Path, docname: str) -> tuple[str, Markup]:
    """Return the text of a file, and how its front matter is written."""
    text = decode(path.read_bytes(), docname)
    return notebook.as_markdown(text, docname) if is_notebook(path) else text, markup_of(config, path)


def _read(config: Config, text: str, docname: str, zone: ZoneInfo, markup: Markup) -> schema.Reading:
    is_adopted = not config.postdocs_strict
    date_format = config.post_date_format
    return schema.read(text, docname, zone, date_format, adopts_pages=is_adopted, markup=markup)


def _told_post(config: Config, text: str, docname: str, zone: ZoneInfo, markup: Markup) -> Post | None:
    """Read the front matter of a post, and tell what is unusual in it; None where it has no meaning."""
    reading = _read(config, text, docname, zone, markup)
    notes = [(error, "") for error in reading.errors]
    notes += [(mistake.error, mistake.message) for mistake in reading.unusual]
    for error, message in sorted(notes, key=lambda note: schema.line_of(note[0])):
        if message:
            note_unusual(config, message, (docname, error.line))
        else:
            _warn(error, docname)
    return reading.post


def _is_held_back(post: Post, now: datetime) -> bool:
    """Tell whether a document stays out of the build; `leave_out_hidden` knows what directives say."""
    return post.draft or (
        not post.is_page and post.date is not None and is_hidden(post.draft, post.date, now)
    )


def note_documents(build: Build, env: BuildEnvironment, docnames: list[str]) -> None:
    """Keep the list of the documents that are read, from which handlers may take some."""
    build.to_read = docnames


def leave_out_hidden(build: Build, env: BuildEnvironment) -> None:
    """Take documents out again whose posts are all drafts or not yet due: of directives that is known now."""
    if build.domain.faults:
        build.app.statuscode = 1
    if build.config.postdocs_drafts:
        return
    held_back = set()
    for docname, records in [*build.domain.records.items()]:
        hidden = [record for record in records if is_hidden(record.draft, record.date, build.now)]
        if len(hidden) == len(records) and docname != build.config.root_doc:
            build.app.events.emit("env-purge-doc", env, docname)
            env.clear_doc(docname)
            env.project.docnames.discard(docname)
            held_back.add(docname)
            if not any(record.draft or record.date for record in records):
                note = "post: it has no date, so it is left out as a draft; add a date to publish it"
                logger.info(note, location=docname)
            if docname in build.to_read:  # builders other than ours write all that was read
                build.to_read.remove(docname)
        elif hidden:
            message = f"post: '{hidden[0].title}' has no date, or one in the future, but its page is built"
            remedy = "set a date that is due, or give the post a file of its own"
            logger.warning(f"{message}; {remedy}", location=docname, type="postdocs", subtype="post")
    if held_back:
        _take_from_globs(build, env, held_back)


def _take_from_globs(build: Build, env: BuildEnvironment, held_back: set[str]) -> None:
    """Take documents from the tables of contents that have them by a pattern, and not by their names."""
    for docname in sorted(env.glob_toctrees & env.found_docs):
        doctree = env.get_doctree(docname)
        for node in doctree.findall(addnodes.toctree):
            if node["glob"]:
                node["entries"] = [entry for entry in node["entries"] if entry[1] not in held_back]
                node["includefiles"] = [name for name in node["includefiles"] if name not in held_back]
        kept = [name for name in env.toctree_includes.get(docname, ()) if name not in held_back]
        if docname in env.toctree_includes:
            env.toctree_includes[docname] = kept
        build.app.builder.write_doctree(docname, doctree)


def _warn(error: PostdocsError, docname: str) -> None:
    logger.warning(error.message, location=(docname, error.line), type="postdocs", subtype="post")


def _leave_out(
    docname: str, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> None:
    for docnames in (env.project.docnames, added, changed):
        docnames.discard(docname)
    if docname in env.all_docs:
        removed.add(docname)


def _is_marked(text: str, docname: str, markup: Markup) -> bool:
    """Tell whether a page says `blogpost: true`, which makes it a post wherever it is."""
    begins = sources.split(text).yaml if markup is sources else text
    if "blogpost" not in begins:
        return False
    items, _ = markup.front_matter(text, docname)
    item = next((item for item in items if item.key == "blogpost"), None)
    return item is not None and item.value is not False


def type_source(build: Build, docname: str, source: list[str]) -> None:
    """Pass to MyST the title as an escaped heading, and unknown keys.

    The number of lines stays the same, so that messages name the right ones.
    """
    post = build.domain.posts.get(docname)
    if post is None:
        return
    if is_notebook(build.env.doc2path(docname)):
        body = sources.split(notebook.as_markdown(source[0], docname)).body
        has_heading = not post.title or schema.has_heading(post.title, body)
        heading = "" if has_heading else f"# {_escape_markdown(post.title or '')}"
        source[0] = notebook.typed(source[0], docname, post.extra, heading)
        return
    if is_restructured(build.config, build.env.doc2path(docname)):
        source[0] = restructured_source.without_fields(source[0], {*FIELDS})
        return
    front = sources.split(source[0])
    keys = dict(post.extra)
    if post.title and not schema.has_heading(post.title, front.body):
        keys["title"] = _escape_markdown(post.title)
        myst = keys.get("myst")
        keys["myst"] = {**(myst if isinstance(myst, dict) else {}), "title_to_header": True}
    if front.yaml_lines:
        flow = yaml.safe_dump(keys, default_flow_style=True, allow_unicode=True, width=float("inf"))
        source[0] = "---\n" + flow.rstrip("\n") + "\n" * front.yaml_lines + "---\n" + front.body


def _escape_markdown(text: str) -> str:
    """Escape all ASCII punctuation (CommonMark 0.31 §2.4)."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
