"""Pages that list posts are refused, and pages of posts that name others are not."""

from __future__ import annotations

import pytest
from bs4 import Tag
from helpers import assert_linear

from postdocs.core.errors import PostdocsError
from postdocs.importer.sources.page_facts import page_of
from postdocs.importer.sources.page_lists import is_list
from postdocs.importer.sources.registry import read

WORDS = "Some words of an article that goes on. "
FEED = '<link rel="alternate" type="application/rss+xml" href="/comments/feed/" title="Comments">'
FEED += '<link rel="alternate" type="application/atom+xml" href="/feed.xml">'
HOME = '<link rel="canonical" href="https://e.org/">'
OWN = '<link rel="canonical" href="https://e.org/heat/">'


def teaser(path: str, times: int = 3, tag: str = "article") -> str:
    """Return the beginning of a post, under a heading that leads to it."""
    start = f'<{tag} class="post"><h2><a href="{path}">Post {path}</a></h2>'
    return f'{start}<div class="entry-content"><p>{WORDS * times}</p></div></{tag}>'


def linked(path: str) -> str:
    """Return a card that is a link as a whole."""
    return f'<a href="{path}"><div class="post-card"><h3>{path}</h3><p>{WORDS}</p></div></a>'


def heading(path: str) -> str:
    """Return a heading that leads to a post."""
    return f'<h2><a href="{path}">Post {path}</a></h2>'


def bare(path: str) -> str:
    """Return the beginning of a post that nothing marks as one."""
    return f"<div>{heading(path)}<p>{WORDS}</p></div>"


def card(path: str) -> str:
    """Return a card that a link without text covers."""
    link = f'<a href="{path}" aria-label="post link to Post {path}"></a>'
    return f"<article><h2>Post {path}</h2><p>{WORDS}</p>{link}</article>"


POSTS = "".join(f'<li><a href="/{n}/">A post with some words</a> 2020</li>' for n in range(9))


@pytest.mark.parametrize(
    "html",
    [
        f"{FEED}{HOME}<h1>Blog</h1><main>{teaser('/heat/')}{teaser('/cold/', 9)}</main>",
        f"{FEED}{HOME}<main>{teaser('/heat/', 90)}{teaser('/cold/')}</main>",
        f"{FEED}{HOME}<main>{teaser('/heat/', tag='div')}{teaser('/cold/', tag='div')}</main>",
        f"{FEED}{HOME}<main>{linked('/a/')}{linked('/b/')}{linked('/c/')}</main>",
        f"{FEED}{HOME}<main>{''.join(map(bare, ('/a/', '/b/', '/c/')))}</main>",
        f"{FEED}{HOME}<main>{card('/a/')}{card('/b/')}</main>",
        f"{FEED}{HOME}<main><ul><li>{heading('/a/')}{WORDS}<li>{heading('/b/')}{WORDS}</ul></main>",
        f"{FEED}<base href='https://e.org/'>{HOME}<h1>Blog</h1><main><ul>{POSTS}</ul></main>",
    ],
)
def test_a_list_of_posts_is_refused_with_the_address_of_its_feed(html: str) -> None:
    """No teaser becomes a post; the feed that the page names has them all."""
    with pytest.raises(PostdocsError, match="lists posts") as caught:
        read(html.encode(), "page.html")
    assert "give its feed, https://e.org/feed.xml, or" in caught.value.remedy


def test_a_list_without_a_feed_is_refused() -> None:
    """Of a saved page nothing may say where it was."""
    with pytest.raises(PostdocsError, match=r"lists posts.*; give the address of the feed"):
        read(f"<main>{teaser('/heat/')}{teaser('/cold/')}</main>".encode(), "page.html")


@pytest.mark.parametrize("head", [OWN, ""])
@pytest.mark.parametrize("heading", ["Heat", '<a href="https://e.org/heat/">Heat</a>'])
def test_a_post_that_names_others_is_a_post(head: str, heading: str) -> None:
    """Its heading leads to itself, or its text is longer than all teasers of others."""
    content = f'<div class="entry-content"><p>{WORDS * 40}</p></div>'
    post = f'<article class="post"><h1>{heading}</h1>{content}</article>'
    (entry,) = read(f"{head}{post}{teaser('/cold/')}{teaser('/wind/')}".encode(), "page.html").entries

    assert entry.title == "Heat"
    assert entry.content.startswith("<p>Some words")


def test_a_post_may_have_headings_that_are_links() -> None:
    """A choice of what others wrote leads to their sites."""
    talks = (f'<h2><a href="https://other{n}.example/x/">Talk {n}</a></h2><p>{WORDS}</p>' for n in range(5))
    text = f"<p><a href='/more/'>Read more</a></p>{''.join(talks)}"
    html = f"{OWN}<article><h1>Talks</h1><div class='entry-content'>{text}</div></article>{teaser('/cold/')}"
    assert read(html.encode(), "page.html").entries[0].title == "Talks"


def test_a_page_of_links_is_a_post_elsewhere() -> None:
    """Only the first page of a blog is nothing but its links."""
    html = f"{OWN}<article><h1>Links of the week</h1><ul>{POSTS}</ul></article>"
    assert read(html.encode(), "page.html").entries[0].title == "Links of the week"


@pytest.mark.parametrize("path", ["/heat/", "/heat/?x=1", "/notes/heat/"])
def test_a_title_that_leads_to_its_own_page_does_not_lead_elsewhere(path: str) -> None:
    """Some themes leave out the folder of the site, or count who clicks."""
    own = OWN.replace("/heat/", "/notes/heat/")
    comments = '<article class="post comments"><h2><a href="#c">Comments</a></h2><div>None</div></article>'
    page = f"<html><head>{own}</head><body>{teaser(path)}{comments}</body></html>"
    assert len(read(page.encode(), "a.html").entries) == 1


def test_archives_of_many_posts_take_linear_time() -> None:
    """A blog of thousands of posts lists them all on one page."""
    many = "".join(teaser(f"/{number}/", 1, "li") for number in range(1600)).split("</li>")
    pages = {size: page_of(f"<main><ul>{'</li>'.join(many[:size])}</ul></main>") for size in (200, 1600)}

    def run(size: int) -> object:
        body = pages[size].soup.find("main")
        return isinstance(body, Tag) and is_list(pages[size], body, "https://e.org/archive/")

    assert_linear(run, 1600)
