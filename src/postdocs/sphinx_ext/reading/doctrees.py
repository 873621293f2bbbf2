"""From a document that was read to the records of the posts in it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from docutils import nodes
from sphinx.config import Config
from sphinx.util import logging

from postdocs.core import permalink
from postdocs.core.html import LINK_SCHEMES
from postdocs.core.languages import canonical
from postdocs.core.lenient import read_date
from postdocs.core.post import Post
from postdocs.core.urls import scheme_of
from postdocs.core.values import is_iri
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat.ablog import CATALOGS, PostNode, UpdateNode
from postdocs.sphinx_ext.compat.settings import is_set
from postdocs.sphinx_ext.images.cover import cover_of
from postdocs.sphinx_ext.images.paths import paths_in
from postdocs.sphinx_ext.locale.language import Language, words_of
from postdocs.sphinx_ext.math.plain import macros_in
from postdocs.sphinx_ext.reading.dates import date_node
from postdocs.sphinx_ext.reading.notices import note_undated
from postdocs.sphinx_ext.reading.reading_time import minutes_of
from postdocs.sphinx_ext.reading.records import (
    EXCERPT,
    PostRecord,
    excerpt_of,
    refers,
    summary_of,
    text_of,
    works_in,
)

logger = logging.getLogger(__name__)


def record_posts(build: Build, doctree: nodes.document) -> None:
    """Create the records of the posts of a document, and keep only visible nodes."""
    env = build.env
    marked = [*doctree.findall(PostNode)]
    date_updates(build, doctree, words_of(language_of(build, doctree), build.language))
    whole = len(marked) == 1 and not build.config.post_always_section
    sections = [doctree if whole else section_of(node) for node in marked]
    for number, node in enumerate(marked):
        if any(sections[number] is section for section in sections[:number]):
            message = "post: its section has another post already; give each a section, with a title"
            logger.warning(message, location=node, type="postdocs", subtype="post")
    for node in marked:
        _unwrap(node)
    records = tuple(
        _record(build, doctree, section, node, order)
        for order, (section, node) in enumerate(zip(sections, marked, strict=True), 1)
    )
    if not build.config.postdocs_strict and env.docname not in build.domain.faults:
        for undated in (record for record in records if not record.date and not record.draft):
            note_undated(build.config, marked[undated.order - 1])
        records = tuple(record for record in records if record.date or record.draft)
    if records:
        build.domain.records[env.docname] = records
    post = build.domain.posts.get(env.docname)
    if (marked or post) and build.config.post_auto_orphan:
        env.metadata[env.docname]["orphan"] = True  # posts, and pages among them, need no table of contents


def language_of(build: Build, doctree: nodes.document) -> Language:
    """Return the language of a document: that of its one post, else that of the site."""
    marked = [*doctree.findall(PostNode)]
    return build.language_of(_language(build.config, marked[0]) if len(marked) == 1 else None)


def section_of(node: nodes.Node) -> nodes.Element:
    """Return the section that a mark of a post stands in, or the document."""
    while not isinstance(node, nodes.section | nodes.document):
        node = node.parent
    return node


def _unwrap(node: PostNode) -> None:
    """Put what a directive holds in its place, marked as what lists show of the post."""
    for child in node.children:
        if isinstance(child, nodes.Element):
            child[EXCERPT] = True
    node.replace_self([] if node["exclude"] else [*node.children])


def _record(
    build: Build, doctree: nodes.document, section: nodes.Element, node: PostNode, order: int
) -> PostRecord:
    docname = build.env.docname
    post = build.domain.posts.get(docname) or Post()
    date = _read_date(build, node["date"], node) if node["date"] else post.date
    updates = [
        datetime.fromisoformat(update["date"]) for update in section.findall(UpdateNode) if update["date"]
    ]
    macros = macros_in(doctree, build.macros)
    title = node["title"] or text_of(next(iter(section.findall(nodes.title)), nodes.title()), macros)
    record = PostRecord(
        docname=docname,
        section=section["ids"][0] if section.parent not in {None, doctree} else "",
        order=order,
        title=" ".join(title.split()),
        date=date,
        updated=max((instant for instant in (date, post.updated, *updates) if instant), default=None),
        labels={
            **{name: tuple(filter(None, node[name])) for name in CATALOGS},
            "series": (post.series,) if post.series else (),
        },
        language=_language(build.config, node),
        aliases=(*post.aliases, *_redirects(node)),
        draft=post.draft,
        featured=post.featured,
        id=(post.id or _id(build, docname)) if order == 1 else None,  # no two entries have one id
        source=post.source,
        canonical=post.canonical or _link(node, "canonical_link"),
        doi=post.doi,
        license=post.license or build.config.postdocs_license or None,
        part=post.part,
        mastodon=post.mastodon,
        external=_link(node, "external_link"),
        nocomments=node["nocomments"] or post.comments is False,
        excerpt=build.config.post_auto_excerpt if node["excerpt"] is None else node["excerpt"],
        image=node["image"] or build.config.post_auto_image or 0,
    )
    excerpt = [*node.children] if node["exclude"] else excerpt_of(section, record)
    is_chosen = node["excerpt"] is not None or record.image or is_set(build.config, "post_auto_excerpt")
    is_marked = any(child.get(EXCERPT) for child in section.findall(nodes.Element))
    digest = hashlib.sha256("".join(part.pformat() for part in excerpt).encode())
    # The sizes of pictures are written wherever they are shown.
    files = (Path(build.app.srcdir, path) for part in excerpt for path in paths_in(part))
    for file in filter(Path.is_file, files):
        digest.update(file.read_bytes())
    return replace(
        record,
        summary=post.summary or summary_of(excerpt, macros),
        refers=any(map(refers, excerpt)) and not post.summary,
        excerpt_digest=digest.hexdigest(),
        is_formatted=bool(excerpt and (is_chosen or is_marked) and not post.summary and not node["exclude"]),
        minutes=minutes_of(section),
        references=works_in(section),
        picture=cover_of(build.env, section, post.image, post.image_alt or ""),
    )


def _language(config: Config, node: PostNode) -> str | None:
    """Return the tag of the language of a post, if it names one; ablog takes any names, and several."""
    names = [*filter(None, node["language"])] or config.blog_default_language or []
    names = [names] if isinstance(names, str) else names
    try:
        return canonical(*names) if len(names) == 1 else None
    except ValueError:
        return None


def _id(build: Build, docname: str) -> str | None:
    """Return the id of a feed entry that a document names whose front matter is not read as a post's."""
    text = str(build.env.metadata.get(docname, {}).get("id", ""))
    return text if is_iri(text) else None


def _link(node: PostNode, option: str) -> str | None:
    """Return an address of ablog's that pages can link to; warn of one that would run as a script."""
    address: str | None = node[option] or None
    if address and scheme_of(address) not in LINK_SCHEMES:
        message = f"{option}: '{address}' is not a web address; start it with https:// and a host"
        logger.warning(message, location=node, type="postdocs", subtype="post")
        return None
    return address


def _redirects(node: PostNode) -> list[str]:
    """Return the paths of ablog's `redirect`, from the root of the site."""
    paths = []
    for path in filter(None, node["redirect"]):
        try:
            permalink.parse(f"/{path.lstrip('/')}")
        except ValueError as error:
            logger.warning(
                f"redirect: '{path}' {error}; write one like 2013/07/recap/",
                location=node,
                type="postdocs",
                subtype="post",
            )
        else:
            paths.append(f"/{path.lstrip('/')}")
    return paths


def _read_date(build: Build, text: str | None, node: nodes.Element) -> datetime | None:
    """Read a date as ablog does: in the form of the site's settings, else as dateutil."""
    if not text:
        return None
    zone = ZoneInfo(build.config.postdocs_timezone)
    try:
        return read_date(text, zone, build.config.post_date_format)[0]
    except ValueError:
        build.domain.faults[build.env.docname] = True
        message = f"date: '{text}' is not a date; write YYYY-MM-DD"
        logger.warning(message, location=node, type="postdocs", subtype="post")
        return None


def date_updates(build: Build, doctree: nodes.document, language: Language) -> None:
    """Give notes of an update their date as a title, in a language, and as an instant."""
    for node in [*doctree.findall(UpdateNode)]:
        date = _read_date(build, node["date"], node)
        node["classes"] = ["note", "update"]
        node["date"] = date.isoformat() if date else ""
        node.insert(0, nodes.title("", "", *_update_title(language, date)))


def _update_title(language: Language, date: datetime | None) -> list[nodes.Node]:
    if date is None:
        return [nodes.Text(language.gettext("Update"))]
    before, _, after = language.gettext("Updated on %(date)s").partition("%(date)s")
    return [nodes.Text(before), date_node(date, language.day(date)), *([nodes.Text(after)] if after else [])]
