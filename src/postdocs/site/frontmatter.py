"""Posts enter the build: front matter is checked and typed before MyST and ablog see it."""

from __future__ import annotations

import os
import re
import time
from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import yaml
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from postdocs import post as schema
from postdocs import source as sources
from postdocs.errors import PostdocsError
from postdocs.post import Post
from postdocs.site.ablog import PostNode, UpdateNode, matched_posts, read_itself, slugify

logger = logging.getLogger(__name__)

_LONGEST_SLUG = 100  # bytes; file systems take 255 for a name


def check_config(app: Sphinx, config: Config) -> None:
    """Refuse a time zone that does not exist, and places where nothing can be."""
    for pair in config.postdocs_navbar:
        if not (isinstance(pair, tuple | list) and [type(part) for part in pair] == [str, str]):
            raise ConfigError(f"conf.py: postdocs_navbar: {pair!r} is not a pair of a text and a page")
    path = config.blog_path
    if not isinstance(path, str) or not path.strip("/") or path != path.strip("/") or ".." in path.split("/"):
        raise ConfigError(
            f"conf.py: blog_path: {path!r} is not a folder of the site; write a name like 'blog'"
        )
    parts = urlsplit(config.blog_baseurl) if "[" not in str(config.blog_baseurl) else None
    if config.blog_baseurl and not (parts and parts.scheme in {"http", "https"} and parts.hostname):
        raise ConfigError(
            f"conf.py: blog_baseurl: {config.blog_baseurl!r} is not a web address; "
            "write one like 'https://example.org/', or nothing"
        )
    try:
        ZoneInfo(config.postdocs_timezone)
    except (LookupError, TypeError, ValueError, OSError):
        raise ConfigError(
            f"conf.py: postdocs_timezone: {config.postdocs_timezone!r} is not a time zone; "
            "write a name from the IANA database, like 'Europe/Berlin'"
        ) from None


def read_posts(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read the front matter of all new and changed posts; leave out what is wrong, a draft or not yet due.

    Each mistake is a warning, so that one build shows them all.
    """
    posts = posts_of(env)
    zone = ZoneInfo(app.config.postdocs_timezone)
    now = _now()
    matched = matched_posts(app)
    markdown = tuple(suffix for suffix, kind in app.config.source_suffix.items() if kind == "markdown")
    candidates = {name for name in env.found_docs if env.doc2path(name).name.endswith(markdown)}
    for docname in sorted(candidates):
        if docname in added or docname in changed:
            posts.pop(docname, None)
            try:
                text = sources.decode(env.doc2path(docname).read_bytes(), docname)
                if docname in matched or _is_marked(text, docname):
                    posts[docname] = schema.load(text, docname, zone)
            except* PostdocsError as group:
                _warn(group, docname)
                _leave_out(docname, env, added, changed, removed)
        post = posts.get(docname)
        if post and not app.config.postdocs_drafts and _is_hidden(post, now):
            _leave_out(docname, env, added, changed, removed)
    _check_slugs(env, (candidates & matched) | posts.keys())
    for docname in posts.keys() - env.found_docs:
        del posts[docname]
    read_itself(app, matched - candidates)  # such as those in reStructuredText
    _check_ids(env)
    _check_labels(env)
    return []


def _warn(errors: ExceptionGroup[PostdocsError], docname: str) -> None:
    for error in errors.exceptions:
        if isinstance(error, ExceptionGroup):
            _warn(error, docname)
        else:
            logger.warning(error.message, location=(docname, error.line), type="postdocs", subtype="post")


def _leave_out(
    docname: str, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> None:
    for docnames in (env.project.docnames, added, changed):
        docnames.discard(docname)
    if docname in env.all_docs:
        removed.add(docname)


def posts_of(env: BuildEnvironment) -> dict[str, Post]:
    """Return the checked front matter of each post of a build, by docname."""
    posts: dict[str, Post] = env.__dict__.setdefault("postdocs_posts", {})
    return posts


def _now() -> datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(float(epoch) if epoch else time.time(), UTC)


def _is_marked(text: str, docname: str) -> bool:
    """Tell whether a page says `blogpost: true`, which makes it a post wherever it is."""
    yaml_text = sources.split(text).yaml
    if "blogpost" not in yaml_text:
        return False
    item = next((item for item in sources.read_yaml(yaml_text, docname) if item.key == "blogpost"), None)
    if item and not isinstance(item.value, bool):
        wrong = f"blogpost: '{item.value}' is neither true nor false"
        raise PostdocsError(docname, item.line, wrong, "write true or false")
    return item is not None and item.value is True


def _is_hidden(post: Post, now: datetime) -> bool:
    return post.draft or (post.date is not None and post.date > now)


def slug_of(docname: str) -> str:
    """Return the part of a docname that names the post: the file's name, or the folder's of an index."""
    path = Path(docname)
    return path.parent.name if path.name == "index" else path.name


def _check_slugs(env: BuildEnvironment, docnames: Collection[str]) -> None:
    taken: dict[str, list[str]] = defaultdict(list)
    for docname in sorted(docnames):
        taken[slug_of(docname).casefold()].append(docname)
    for slug, (first, *others) in taken.items():
        for docname in others:
            path = env.doc2path(first, base=False)
            message = f"slug: {path} is called '{slug}' already; give one of the two files another name"
            logger.warning(message, location=(docname, 1), type="postdocs", subtype="post")


def _check_ids(env: BuildEnvironment) -> None:
    taken: dict[str, str] = {}
    for docname, post in sorted(posts_of(env).items()):
        if post.id and taken.setdefault(post.id, docname) != docname:
            path = env.doc2path(taken[post.id], base=False)
            message = f"id: {path} has '{post.id}' already; give this post one of its own, or none"
            logger.warning(message, location=docname, type="postdocs", subtype="post")


def _check_labels(env: BuildEnvironment) -> None:
    """Name labels that would share a page, or have none: ablog drops posts then, without a word."""
    for field in ("author", "category", "tags"):
        spelling: dict[str, tuple[str, str]] = {}
        for docname, post in sorted(posts_of(env).items()):
            for label in getattr(post, field):
                slug = slugify(label)
                first, where = spelling.setdefault(slug, (label, str(env.doc2path(docname, base=False))))
                if slug in {"", "index"} or len(slug.encode()) > _LONGEST_SLUG:
                    message = f"{field}: '{label}' can't have a page of its own; use letters, and fewer"
                elif first != label:
                    message = (
                        f"{field}: '{label}' would share a page with '{first}' of {where}; use one spelling"
                    )
                else:
                    continue
                logger.warning(message, location=docname, type="postdocs", subtype="post")


def type_source(app: Sphinx, docname: str, source: list[str]) -> None:
    """Hand MyST only what is its own: the title as a heading that means what it says, and unknown keys.

    The number of lines stays the same, so that messages name the right ones.
    """
    post = posts_of(app.env).get(docname)
    if post is None:
        return
    front = sources.split(source[0])
    keys = {key: value for key, value in post.extra.items() if key != "blogpost"}
    if post.title and not sources.leading_heading(front.body):
        keys["title"] = _escape_markdown(post.title)
        myst = keys.get("myst")
        keys["myst"] = {**(myst if isinstance(myst, dict) else {}), "title_to_header": True}
    if front.yaml_lines:
        flow = yaml.safe_dump(keys, default_flow_style=True, allow_unicode=True, width=float("inf"))
        source[0] = "---\n" + flow.rstrip("\n") + "\n" * front.yaml_lines + "---\n" + front.body


def _escape_markdown(text: str) -> str:
    """Escape all ASCII punctuation (CommonMark 0.31 §2.4)."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


class PostTransform(SphinxTransform):
    """Tell ablog of a post, with lists as lists; its own reading of front matter sees text only."""

    default_priority = 799

    def apply(self, **kwargs: object) -> None:
        """Put ablog's node for the post where ablog would have put it."""
        post = posts_of(self.env).get(self.env.docname)
        if post is None:
            return
        for directive in [*self.document.findall(PostNode)]:
            message = "the front matter makes this a post; remove the directive"
            logger.warning(message, location=directive, type="postdocs", subtype="post")
            directive.parent.remove(directive)
        section = next(iter(self.document.findall(nodes.section)), None)
        if section is None:
            message = "title: there is none that can be shown; write it in the front matter"
            logger.warning(message, location=(self.env.docname, 1), type="postdocs", subtype="post")
            return
        node = PostNode()
        node.document = self.document
        node.update_basic_atts({})
        node.attributes.update(
            title=post.title,
            date=_date_of(post).isoformat(),
            author=list(post.author),
            category=list(post.category),
            tags=list(post.tags),
            location=[],
            language=[],
            redirect=[],
            image=None,
            excerpt=0,
            exclude=False,
            nocomments=False,
            canonical_link=post.canonical or [],
            external_link=[],
        )
        section.append(node)


def _date_of(post: Post) -> datetime:
    return post.date or _now()  # without a date it is a draft, and this a preview


def type_dates(app: Sphinx, doctree: nodes.document) -> None:
    """Give the dates of ablog's own directives an offset, before ablog compares them with others."""
    zone = ZoneInfo(app.config.postdocs_timezone)
    for node in doctree.findall(lambda node: isinstance(node, PostNode | UpdateNode)):
        if not isinstance(node, nodes.Element) or not node.get("date"):
            continue
        try:
            node["date"] = schema.parse_date(node["date"], zone).isoformat()
        except ValueError:
            message = f"date: '{node['date']}' is not a date; write YYYY-MM-DD"
            logger.warning(message, location=node, type="postdocs", subtype="post")
            node["date"] = datetime(1970, 1, 1, tzinfo=zone).isoformat()


def complete_record(app: Sphinx, doctree: nodes.document) -> None:
    """Add to ablog's record of a post what ablog does not know of."""
    docname = app.env.docname
    records = getattr(app.env, "ablog_posts", {}).get(docname, [])
    post = posts_of(app.env).get(docname)
    for record in [*records]:
        if post is None and record["date"] and record["date"] > _now() and not app.config.postdocs_drafts:
            message = (
                "a date in the future holds a page back in the front matter of Markdown only; set it when due"
            )
            logger.warning(message, location=docname, type="postdocs", subtype="post")
            records.remove(record)
        record["summary"] = (post and post.summary) or _first_paragraph(doctree)
        record["draft"] = post is not None and _is_hidden(post, _now())
        if post is None:
            continue
        record["date"] = _date_of(post)
        record["update"] = max(record["update"], post.updated or record["date"])
        record["id"] = post.id
        record["source"] = post.source


def _first_paragraph(doctree: nodes.document) -> str:
    """Return the text of the first paragraph that belongs to the article, not to a note or a list."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section | nodes.document):
            text = " ".join(_text_of(paragraph).split())
            if text:
                return text
    return ""


def _text_of(node: nodes.Node) -> str:
    """Return the text of a node as it reads without pictures, HTML, footnote marks and names of targets."""
    if isinstance(node, nodes.image | nodes.raw | nodes.footnote_reference | nodes.problematic):
        return ""
    if isinstance(node, addnodes.pending_xref) and not node.get("refexplicit"):
        return ""
    return "".join(map(_text_of, node.children)) if node.children else node.astext()
