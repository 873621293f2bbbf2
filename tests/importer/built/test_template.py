"""What the pages of a site have in common."""

from __future__ import annotations

import pytest
from bs4 import Tag

from postdocs.importer.built import template
from postdocs.importer.sources.page_facts import Page, page_of

BAR = '<div class="licence">Under a fair licence</div>'
NOTE = '<div class="admonition note"><p>Mind the tide.</p></div><pre class="code">row</pre><p>Bye.</p>'


def pages(form: str, number: int = 5) -> list[Page]:
    """Return pages of one form."""
    return [page_of(form.format(at)) for at in range(number)]


def text_without(form: str, *, number: int = 5) -> str:
    """Return the text of the first page without what it shares with the others."""
    pattern = template.learn(pages(form, number))
    body = pages(form, 1)[0].soup.body
    assert body is not None
    pattern.take_same(body)
    return body.get_text(" ", strip=True)


def test_a_menu_that_all_pages_have_goes() -> None:
    """What has a role, a class or the name of a frame goes, whatever its links are relative to."""
    form = '<nav><a href="{0}/../">Home</a></nav><div id="top">Notes</div><p>Text {0}</p>'
    assert text_without(form) == "Text 0"


def test_what_authors_write_stays() -> None:
    """Paragraphs without a class, code and admonitions stay, though all pages have them."""
    assert text_without(f"<main><p>Text {{0}}</p>{NOTE}</main>") == "Text 0 Mind the tide. row Bye."


def test_what_generators_mark_in_articles_stays() -> None:
    """Headings, notes, abbreviations, and paragraphs with classes are the author's in all posts, too."""
    form = (
        '<main><p>Text {0}<sup id="fnref:a" role="doc-noteref"><a href="#fn:a">1</a></sup> of '
        '<span class="caps">NASA</span>.</p><h2 class="anchored">Introduction</h2>'
        '<p class="mb-4">Good day.</p><ul class="list-disc"><li class="mt-2">Sea</li></ul></main>'
    )
    words = "Text 0 1 of NASA . Introduction Good day. Sea"
    assert text_without(form) == words
    bodies = [page.soup.find("main") for page in pages(form)]
    articles = [body for body in bodies if isinstance(body, Tag)]
    assert template.learn_places(articles) == frozenset()


def test_labels_stay_in_what_else_is_the_same() -> None:
    """Posts with one label keep it, and lose what stands beside it on all pages."""
    tags = '<div class="tags"><a rel="tag" href="/tags/tide/">tide</a></div>'
    form = f'<main><p>Text {{0}}</p><div class="tail">{tags}{BAR}</div></main>'
    assert text_without(form) == "Text 0 tide"


def test_labels_outside_of_any_line_are_no_text() -> None:
    """A theme can list them without an element around; an author's link to a label is in a line."""
    links = '<a rel="tag" href="/tags/tide/">tide</a>, <a href="/tags/sea/" rel="nofollow tag">sea</a>'
    article = page_of(f"<article>{links}<p>Text of {links}.</p><div>{links}</div></article>").soup.article
    assert article is not None
    taken = template.Template().take_places(article, "")
    assert [link.get_text() for link in taken] == ["tide", "sea", "tide", "sea"]
    assert article.get_text() == "Text of tide, sea."


IDS = (
    '<main><p>{text}</p><div id="mine-{0}"><p>Own {0}</p></div><section id="see-also"><h2>See also</h2>'
    '<p><a href="/b/{0}">Book {0}</a></p></section><div id="post-tags"><b>Tags:</b> <a href="/t/{0}">t{0}</a>'
    '</div><div id="prev-next"><a href="/p/{0}">P {0}</a> || <a href="/n/{0}">N {0}</a></div></main>'
)


def test_parts_of_a_theme_can_have_ids_alone() -> None:
    """Each article has one in the same place; a section of an author has the id of its heading."""
    bodies = [page_of(IDS.format(at, text="word " * 60)).soup.find("main") for at in range(5)]
    articles = [body for body in bodies if isinstance(body, Tag)]
    assert template.learn_places(articles) == {"div#post-tags", "div#prev-next"}


def test_few_pages_tell_nothing() -> None:
    """Two pages can be alike by chance."""
    assert text_without(f"<main><p>Text {{0}}</p>{BAR}</main>", number=2) == "Text 0 Under a fair licence"


def test_the_name_of_the_site_in_titles() -> None:
    """What nearly all titles begin or end with, after a separator, is no part of a title."""
    for form, title in (
        ("<title>Ice {0} | The Mill</title>", "Ice 7 | The Mill"),
        ("<title>The Mill :: Ice {0}</title>", "The Mill :: Ice 7"),
    ):
        assert template.learn(pages(form)).title(title) == "Ice 7"
    assert (
        template.learn(pages("<title>Ice {0} - Part {0}</title>")).title("Ice 7 - Part 7") == "Ice 7 - Part 7"
    )


def test_descriptions_of_the_site() -> None:
    """A description that many pages have isn't that of a post."""
    pattern = template.learn(pages('<meta name="description" content="By the mill">'))
    meta = {"description": ["By the mill", "Of ice"]}
    pattern.take_meta(meta)
    assert meta == {"description": ["Of ice"]}


def test_the_name_that_a_site_has_is_no_part_of_a_title() -> None:
    """Of few posts, their own pages, the home page, and feeds tell it; what is not at an edge stays."""
    pattern = template.Template(names=frozenset({"The Mill"}))
    for title in ("Ice | The Mill", "Ice — The Mill", "The Mill :: Ice", "Ice"):
        assert pattern.title(title) == "Ice"
    assert pattern.title("Ice - Frost", ["Frost"]) == "Ice"
    for title in ("The Mill", "The Mill of Ice", "Ice - The Mill - Part 2"):
        assert pattern.title(title) == title


def test_a_page_says_what_its_site_is_called() -> None:
    """In a meta element, and in JSON-LD as its publisher or as the site that it is part of."""
    said = (
        '[{"@type": "WebSite", "name": "Mill"}, {"@type": "BlogPosting", "publisher": {"name": "Weir"}, '
        '"isPartOf": {"@type": "Blog", "name": "Race"}}, {"@type": "Person", "name": "Ann"}]'
    )
    page = page_of(
        f'<meta property="og:site_name" content="Pond"><script type="application/ld+json">{said}</script>'
    )
    assert page.site_names == ("Pond", "Weir", "Race", "Mill")


COMMENTS = (
    '<h2 id="__comments">Comments</h2><script src="talk.js">load("talk")</script><noscript>Talk</noscript>'
)


@pytest.mark.parametrize(
    ("end", "left"),
    [
        (COMMENTS, "Text 0 Words."),
        (f"{COMMENTS}<nav><a href='/{{0}}/'>Next {{0}}</a></nav>", "Text 0 Words."),
        ("<h2>Comments</h2><p>Mine, {0}.</p>", "Text 0 Words. Comments Mine, 0."),
        ('<h2>Comments</h2><img src="{0}.png">', "Text 0 Words. Comments"),
        ("<h2>Open end {0}</h2>", "Text 0 Words. Open end 0"),
    ],
    ids=["script", "navigation", "text", "picture", "other words"],
)
def test_a_heading_that_articles_end_with_is_of_the_theme(end: str, left: str) -> None:
    """A script puts comments below it. Where there is something below, or each has its own, it stays."""
    form = f"<article><h1>Text {{0}}</h1><p>Words.</p>{end}</article>"
    articles = [page.soup.article for page in pages(form)]
    pattern = template.with_articles(template.Template(), [one for one in articles if one is not None])
    article = pages(form, 1)[0].soup.article
    assert article is not None
    pattern.take_places(article, "")
    for hidden in article(["script", "noscript"]):
        hidden.decompose()
    assert article.get_text(" ", strip=True) == left
