"""A saved page: its article and metadata."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bs4 import Tag

from postdocs.core.errors import PostdocsError
from postdocs.core.html import IMPLIED_END, RAW_TEXT, VOID
from postdocs.importer.entry import Entry, Note
from postdocs.importer.html.select import select, select_one
from postdocs.importer.sources.article import (
    body_of,
    content_of,
    heading_of,
    is_article,
    is_fragment,
    summary_of,
    take_subtitle,
)
from postdocs.importer.sources.model import Source, absolute, settle
from postdocs.importer.sources.page_facts import (
    Page,
    authors_of,
    categories_of,
    dates_of,
    page_of,
    tags_of,
    title_of,
    url_of,
)
from postdocs.importer.sources.page_lists import feed_of, is_list
from postdocs.importer.sources.salvage import holds_export
from postdocs.importer.sources.source_text import POSTLESS_ROOTS, SourceText
from postdocs.importer.sources.text import whole_summary, without_comments
from postdocs.importer.sources.visibility import Fields, visibility_of
from postdocs.importer.sources.xml import refuse_entities

_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")  # what browsers write into pages they save
_THEME = re.compile(r"<b:(?:skin|section|widget)\b", re.IGNORECASE)  # no page has them when it is served
_DEEPEST = 512  # as in Chromium and WebKit; html5lib takes quadratic time
_SELF_ENDING = VOID | IMPLIED_END
_REMEDY = "give the address of the feed, or a page with an article"


def detect(source: SourceText) -> bool:
    """Tell whether it is HTML: markup that does not say that it is XML, but for XHTML."""
    is_xml = source.text.lstrip().startswith("<?xml") or source.root in POSTLESS_ROOTS
    return source.is_markup and bool(source.root) and (not is_xml or source.root.lower() == "html")


def read(source: SourceText) -> Source:
    """Read a page as a browser does. What it does not say of itself stays unknown.

    Raises
    ------
    PostdocsError
        There is no article in it, as in the page of an error.

    """
    text, name = source.text, source.name
    refuse_entities(text, name)
    refuse_depth(text, name)
    if holds_export(text):
        wrong = "it is a page that contains an export, whose drafts can't be recognised"
        raise PostdocsError(name, None, wrong, "give the file of the export as it was downloaded")
    if _THEME.search(text):
        wrong = "it is a theme of Blogger, which holds no posts"
        raise PostdocsError(name, None, wrong, "give the export: Settings, Back up content")
    page = page_of(text)
    saved = _SAVED.search(text[:4096])
    notes: list[Note] = []
    url = url_of(page, name, saved[1] if saved else None, notes) or source.url
    fragment = is_fragment(page.soup, without_comments(text))
    body = body_of(page.soup, fragment=fragment)
    heading = heading_of(page, body)
    title = title_of(page, heading)
    if body is None or not is_article(body, page.head_title or title, fragment=fragment):
        raise _refusal(page, name, url, title, "not a feed, and has no article")
    if is_list(page, body, url):
        raise _refusal(page, name, url, title, "which lists posts and is none")
    base_tag = page.soup.find("base", href=True)
    base = (
        absolute(str(base_tag["href"]), url, "the base of its links", [])
        if isinstance(base_tag, Tag)
        else None
    )
    visibility = visibility_of(visibility_fields(body))
    notes.extend(visibility.notes)
    content = content_of(body, heading, title, url, notes)
    stated = summary_of(page)
    is_subtitle = take_subtitle(body, stated)
    content = body.decode_contents().strip() if is_subtitle else content
    published, updated = dates_of(page, body, notes)
    entry = Entry(
        source=name,
        position=1,
        title=title,
        url=url,
        published=published,
        updated=updated,
        authors=authors_of(page),
        category=categories_of(page),
        tags=tags_of(page),
        summary=stated
        if is_subtitle
        else whole_summary(page.said("description", "og:description") or stated, content),
        content=content,
        base=base or url,
        draft=visibility.draft or bool(visibility.discarded),
        notes=tuple(notes),
    )
    return Source(name, "HTML page", page.said("og:site_name"), None, (settle(entry, has_id=False),), ())


def _refusal(page: Page, name: str, url: str | None, title: str, what: str) -> PostdocsError:
    said = f" that says “{(page.head_title or title)[:80]}”" if page.head_title or title else ""
    feed = feed_of(page, url)
    remedy = f"give its feed, {feed}, or a page with an article" if feed else _REMEDY
    return PostdocsError(name, None, f"it is an HTML page{said}, {what}", remedy)


def visibility_fields(body: Tag) -> Fields:
    """Return what WordPress says of a post in the classes around it, which those who may see it saved too.

    body: what holds the article.
    """
    fields: dict[str, list[str]] = {}
    within = select(body, "[class*=type-]") if body.name == "body" else ()  # where nothing marks the article
    asks = select_one(body, ".post-password-form") is not None
    for tag in (body, *body.parents, *within):
        classes = [str(name).partition("-") for name in tag.get_attribute_list("class")]
        if any(kind == "type" for kind, _, _ in classes):
            fields.setdefault("status", []).extend(value for kind, _, value in classes if kind == "status")
        if asks or ("post", "-", "password-required") in classes:
            fields["password"] = ["it asks for one"]
    return fields


class _Depth(HTMLParser):
    """Counts how deep elements are nested, those aside that end by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag not in _SELF_ENDING
        self.deepest = max(self.deepest, self.depth)
        if tag in RAW_TEXT:
            self.set_cdata_mode(tag)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in _SELF_ENDING and self.depth > 0


def refuse_depth(text: str, name: str) -> None:
    """Refuse HTML that is nested too deeply to be read in linear time.

    Raises
    ------
    PostdocsError
        It is.

    """
    depth = _Depth()
    markup = without_comments(text)
    depth.feed(markup[: markup.rfind(">") + 1])
    if depth.deepest > _DEEPEST:
        wrong = f"its elements are nested {depth.deepest} deep, too deep for a page of a blog"
        raise PostdocsError(name, None, wrong, "give the address of the feed")
