"""A saved page: the article in it, and what the page says about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from bs4 import BeautifulSoup, Tag

from postdocs.core.errors import PostdocsError
from postdocs.core.html import IMPLIED_END, RAW_TEXT, VOID
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.sources.model import Source, absolute, fold, is_web, read_date, settle
from postdocs.importer.sources.salvage import holds_export
from postdocs.importer.sources.source_text import POSTLESS_ROOTS, SourceText
from postdocs.importer.sources.text import whole_summary, without_comments
from postdocs.importer.sources.visibility import Fields, visibility_of
from postdocs.importer.sources.xml import refuse_entities

# Where an article is, the surest sign first: schema.org, microformats (h-entry), habits of generators, HTML.
_BODIES = (
    "[itemprop=articleBody]", ".e-content", ".entry-content", ".post-content", ".post-body",
    ".article-content", ".article-body", ".available-content", "article", "[role=main]", "main",
    ".post", ".section",
)  # fmt: skip
_CHROME = "nav, a.headerlink, template, .sphinxsidebar, .prev-next-footer, .sharedaddy, .jp-relatedposts"
_COMMENTS = "#comments, #disqus_thread, .comments-area, ol.commentlist"
_ARTICLES = frozenset({"Article", "BlogPosting", "NewsArticle", "TechArticle", "ScholarlyArticle", "Report"})
_ERROR = re.compile(
    r"\b(?:4\d\d|50\d)\b.{0,30}\b(?:not found|forbidden|unauthori[sz]ed|bad gateway|unavailable|error"
    r"|timeout|gone)|^\W*(?:error \d{3}|(?:page )?not found|access denied|forbidden|just a moment"
    r"|internal server error)\b",
    re.IGNORECASE,
)
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")  # what browsers write into pages they save
_DEEPEST = 512  # as in Chromium and WebKit; html5lib takes quadratic time
_SELF_ENDING = VOID | IMPLIED_END
_FEWEST_WORDS = 30  # of an article on a page that marks none


@dataclass(frozen=True)
class _Page:
    """A page, what its meta elements say by name, and what JSON-LD says of the article."""

    soup: BeautifulSoup
    meta: dict[str, list[str]]
    linked: dict[str, Any]

    def said(self, *names: str) -> str:
        """Return the first that the page has of these meta elements."""
        return next((value for name in names for value in self.meta.get(name, ())), "")


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
    _refuse_depth(text, name)
    if holds_export(text):
        wrong = "it is a page with an export in it, whose drafts can't be told from its posts"
        raise PostdocsError(name, None, wrong, "give the file of the export as it was downloaded")
    page = _page(text)
    body = _body(page.soup)
    heading = _heading(page, body)
    title = _title(page, heading)
    words = len(body.get_text(" ").split()) if body else 0
    head_title = fold(page.soup.title.get_text()) if page.soup.title else ""
    marked = body is not None and body.name != "body"
    if (
        body is None
        or (words == 0 and body.find("img") is None)
        or _is_error(head_title or title, words)
        or (not marked and words < _FEWEST_WORDS)
    ):
        said = f" that says “{(head_title or title)[:80]}”" if head_title or title else ""
        remedy = "give the address of the feed, or a page with an article"
        raise PostdocsError(name, None, f"it is an HTML page{said}, not a feed, and has no article", remedy)
    notes: list[Note] = []
    saved = _SAVED.search(text[:4096])
    url = _url(page, name, saved[1] if saved else None, notes)
    base_tag = page.soup.find("base", href=True)
    base = (
        absolute(str(base_tag["href"]), url, "the base of its links", [])
        if isinstance(base_tag, Tag)
        else None
    )
    visibility = visibility_of(_classes(body))
    notes.extend(visibility.notes)
    content = _content(body, heading, title, notes)
    published, updated = _dates(page, body, notes)
    entry = Entry(
        source=name,
        position=1,
        title=title,
        url=url or source.url,
        published=published,
        updated=updated,
        authors=_authors(page),
        category=tuple(dict.fromkeys(page.meta.get("article:section", ()))),
        tags=_tags(page),
        summary=whole_summary(page.said("description", "og:description"), content),
        content=content,
        base=base or url,
        draft=visibility.draft or bool(visibility.discarded),
        notes=tuple(notes),
    )
    return Source(name, "HTML page", page.said("og:site_name"), None, (settle(entry, has_id=False),), ())


def _classes(body: Tag) -> Fields:
    """Return what WordPress says of a post in the classes around it, which those who may see it saved too."""
    fields: dict[str, list[str]] = {}
    for tag in (body, *body.parents):
        classes = [str(name).partition("-") for name in tag.get_attribute_list("class")]
        if any(kind == "type" for kind, _, _ in classes):
            fields.setdefault("status", []).extend(value for kind, _, value in classes if kind == "status")
        if body.select_one(".post-password-form") or ("post", "-", "password-required") in classes:
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


def _refuse_depth(text: str, name: str) -> None:
    depth = _Depth()
    markup = without_comments(text)
    depth.feed(markup[: markup.rfind(">") + 1])
    if depth.deepest > _DEEPEST:
        wrong = f"its elements are nested {depth.deepest} deep, which no page of a blog is"
        raise PostdocsError(name, None, wrong, "give the address of the feed")


def _page(text: str) -> _Page:
    soup = BeautifulSoup(text, "html5lib")
    meta: dict[str, list[str]] = {}
    for tag in soup.find_all("meta", content=True):
        key = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        value = fold(str(tag["content"]))
        if key and value:
            meta.setdefault(key, []).append(value)
    return _Page(soup, meta, next(_linked(soup), {}))


def _linked(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """Yield the articles that JSON-LD in the page describes."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            waiting = [json.loads(script.string or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting.extend(reversed(value))
            elif isinstance(value, dict):
                kinds = value.get("@type")
                if _ARTICLES.intersection(
                    str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    yield value
                waiting.append(value.get("@graph"))


def _body(soup: BeautifulSoup) -> Tag | None:
    for selector in _BODIES:
        candidates = soup.select(selector)
        if candidates:  # several: teasers of other posts beside the article
            return max(candidates, key=lambda tag: len(tag.get_text()))
    return soup.body


def _is_error(title: str, words: int) -> bool:
    return words < 10 * _FEWEST_WORDS and _ERROR.search(title) is not None


def _heading(page: _Page, body: Tag | None) -> Tag | None:
    """Return the heading that is the title: the first in the article, or the only one of the page."""
    inside = body.find("h1") if body else None
    everywhere = page.soup.find_all("h1")
    heading = inside or (
        everywhere[0] if len(everywhere) == 1 else page.soup.select_one("article h1, h1.entry-title")
    )
    return heading if isinstance(heading, Tag) else None


def _title(page: _Page, heading: Tag | None) -> str:
    if heading is not None:
        for sign in heading.select("a.headerlink"):
            sign.decompose()
        if fold(heading.get_text()):
            return fold(heading.get_text())
    title = page.said("og:title") or (fold(page.soup.title.get_text()) if page.soup.title else "")
    site = page.said("og:site_name")
    return re.sub(rf"\s*[|\u2013\u2014·:-]\s*{re.escape(site)}$", "", title) if site else title


def _url(page: _Page, name: str, saved: str | None, notes: list[Note]) -> str | None:
    link = page.soup.select_one("link[rel~=canonical][href]")
    given = str(link["href"]) if link else page.said("og:url") or saved
    return absolute(given, name if is_web(name) else saved, "its address", notes) or (
        name if is_web(name) else None
    )


def _content(body: Tag, heading: Tag | None, title: str, notes: list[Note]) -> str:
    """Return the article's HTML without the title, kept apart, and without what belongs to the page."""
    for tag in body.select(_COMMENTS):
        if not tag.decomposed:
            notes.append(Note(NoteKind.LEFT_OUT, "the comments on the page"))
            tag.decompose()
    for tag in body.select(_CHROME):
        if not tag.decomposed:
            tag.decompose()
    if heading is not None and not heading.decomposed and heading in body.find_all("h1"):
        inside = heading.find(["img", "a"])
        if fold(heading.get_text()) == title and not (isinstance(inside, Tag) and inside.name == "img"):
            heading.decompose()
    return body.decode_contents().strip()


def _dates(page: _Page, body: Tag, notes: list[Note]) -> tuple[Any, Any]:
    published = page.said(
        "article:published_time", "datepublished", "date", "dc.date", "dcterms.created", "dcterms.date"
    )
    updated = page.said("article:modified_time", "datemodified", "dcterms.modified", "last-modified")
    published = published or fold(str(page.linked.get("datePublished") or ""))
    updated = updated or fold(str(page.linked.get("dateModified") or ""))
    if not published:
        # In the order of how sure they are; a bare time element counts only outside of the text, in a header.
        selector = (
            "time.dt-published, time[itemprop=datePublished], time.published, time[pubdate], header time"
        )
        times = page.soup.select(selector) or body.select("time:first-of-type")
        dated = next((tag for tag in times if tag.get("datetime")), None)
        published = str(dated["datetime"]) if dated else ""
    if not updated:
        changed = page.soup.select_one(
            "time.dt-updated[datetime], time[itemprop=dateModified][datetime], time.updated[datetime]"
        )
        updated = str(changed["datetime"]) if changed else ""
    return read_date(published, "its date", notes), read_date(updated, "its date of change", notes)


def _authors(page: _Page) -> tuple[str, ...]:
    names = [
        *page.meta.get("author", ()),
        *page.meta.get("article:author", ()),
        *page.meta.get("dc.creator", ()),
    ]
    given = page.linked.get("author")
    if not names:
        people = given if isinstance(given, list) else [given]
        names = [str((person.get("name") if isinstance(person, dict) else person) or "") for person in people]
    if not any(names):
        names = [tag.get_text() for tag in page.soup.select("a[rel~=author], .p-author")]
    plain_names = (fold(name) for name in names if not is_web(fold(name)))
    return tuple(dict.fromkeys(filter(None, plain_names)))


def _tags(page: _Page) -> tuple[str, ...]:
    tags = list(page.meta.get("article:tag", ()))
    if not tags:
        tags = [tag.get_text() for tag in page.soup.select("a[rel~=tag], a.p-category")]
    if not tags:
        given = page.linked.get("keywords") or page.said("keywords")
        tags = [str(tag) for tag in given] if isinstance(given, list) else str(given).split(",")
    return tuple(dict.fromkeys(filter(None, map(fold, tags))))
