"""The article of a saved page, without its title and the surrounding page."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import is_gone
from postdocs.importer.html.select import select, select_one
from postdocs.importer.html.titles import drop_title
from postdocs.importer.sources.model import fold
from postdocs.importer.sources.page_facts import Page

# Where an article is, the surest sign first: schema.org, microformats (h-entry), Distill, habits of
# generators, HTML.
SUREST = ("[itemprop=articleBody]", ".e-content", "d-article, .d-article")
ARTICLES = (
    *SUREST, ".entry-content", ".post-content", ".post-body",
    ".article-content", ".article-body", ".available-content", "article", "[role=main]", "main",
    ".post", ".section",
)  # fmt: skip
_CHROME = "nav, a.headerlink, template, .sphinxsidebar, .prev-next-footer, .sharedaddy, .jp-relatedposts"
_COMMENTS = "#comments, #disqus_thread, .comments-area, ol.commentlist"
_ERROR = re.compile(
    r"\b(?:4\d\d|50\d)\b.{0,30}\b(?:not found|forbidden|unauthori[sz]ed|bad gateway|unavailable|error"
    r"|timeout|gone)|^\W*(?:error \d{3}|(?:page )?not found|access denied|forbidden|just a moment"
    r"|internal server error)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_FEWEST_WORDS = 30  # of an article on a page that marks none


def is_fragment(soup: BeautifulSoup, text: str) -> bool:
    """Tell whether HTML is the text of a post alone, as exports and editors store it, and no page around it.

    text: the HTML without comments, which `soup` was made from.
    """
    says_title = soup.head is not None and soup.head.find(["title", "meta"]) is not None
    return not says_title and _PAGE.search(text) is None


def body_of(soup: BeautifulSoup, *, fragment: bool = False) -> Tag | None:
    """Return the element that holds the article; the body where nothing marks it.

    In a fragment a mark counts only around most of the text: a text may quote what has such a mark.
    """
    for selector in ARTICLES:
        candidates = select(soup, selector)
        if candidates:  # several: teasers of other posts beside the article
            longest = max(candidates, key=lambda tag: len(tag.get_text()))
            if not fragment or 2 * len(longest.get_text()) > len(soup.get_text()):
                return longest
    return soup.body


def is_article(body: Tag, title: str, *, fragment: bool = False) -> bool:
    """Tell whether an element holds an article, and not the words of an error or of a form."""
    text = fold(body.get_text(" "))
    words = len(text.split())
    is_error = not is_no_error(body, title)
    is_empty = words == 0 and body.find("img") is None
    if fragment:  # nothing but its words tells that of an error from a short post
        is_error |= words < _FEWEST_WORDS and _ERROR.search(text) is not None
        return not is_error and not is_empty and body.find("input", type="password") is None
    return not is_error and not is_empty and (body.name != "body" or words >= _FEWEST_WORDS)


def is_no_error(body: Tag, title: str) -> bool:
    """Tell whether the title of a page, and how short it is, don't say that something went wrong."""
    words = len(body.get_text(" ").split())
    return words >= 10 * _FEWEST_WORDS or _ERROR.search(title) is None


def heading_of(page: Page, body: Tag | None) -> Tag | None:
    """Return the heading that is the title: the first in the article, or the only one of the page."""
    inside = body.find("h1") if body else None
    everywhere = page.soup.find_all("h1")
    heading = inside or (
        everywhere[0] if len(everywhere) == 1 else select_one(page.soup, "article h1, h1.entry-title")
    )
    return heading if isinstance(heading, Tag) else None


def content_of(body: Tag, heading: Tag | None, title: str, url: str | None, notes: list[Note]) -> str:
    """Return the article's HTML without the title, kept apart, and without what belongs to the page.

    url: the address of the page.
    """
    for tag in select(body, _COMMENTS):
        if not is_gone(tag):
            notes.append(Note(NoteKind.LEFT_OUT, "the comments on the page"))
            tag.decompose()
    for tag in select(body, _CHROME):
        if not is_gone(tag):
            tag.decompose()
    if heading is not None and not is_gone(heading) and heading in body.find_all("h1"):
        inside = heading.find(["img", "a"])
        if fold(heading.get_text()) == title and not (isinstance(inside, Tag) and inside.name == "img"):
            heading.decompose()
    drop_title(body, title, url, [])
    return body.decode_contents().strip()


def summary_of(page: Page) -> str:
    """Return what an h-entry states as its summary, as Medium does with the subtitle."""
    stated = select_one(page.soup, ".p-summary")
    return fold(stated.get_text()) if stated is not None else ""


def take_subtitle(body: Tag, summary: str) -> bool:
    """Take the heading that repeats the summary out of the beginning of an article; tell if there was one."""
    first = next((text for text in body.find_all(string=True) if text.strip()), None)
    heading = first.find_parent(["h2", "h3", "h4", "h5"]) if first is not None else None
    if not summary or heading is None or body not in heading.parents or fold(heading.get_text()) != summary:
        return False
    heading.decompose()
    return True
