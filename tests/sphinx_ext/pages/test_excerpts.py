"""What lists and feeds show of posts whose words refer to others."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import lxml.html
import pytest
from helpers import read_html, texts
from lxml import etree
from sphinx.testing.util import SphinxTestApp

ATOM = "{http://www.w3.org/2005/Atom}"


def write(app: SphinxTestApp, name: str, title: str, text: str) -> Path:
    """Write a post; return its file."""
    path = app.srcdir / f"posts/2024/{name}.md"
    path.write_text(f"---\ntitle: {title}\ndate: 2024-11-01\n---\n\n{text}\n", encoding="utf-8")
    return path


def summary_in(app: SphinxTestApp) -> str:
    """Return the summary of the newest post, which the list and the feed agree on."""
    end = "/index.html" if app.builder.name == "dirhtml" else ".html"
    listed = texts(read_html(app.outdir / f"blog{end}"), "post-summary")[0]
    feed = etree.parse(app.outdir / "blog/atom.xml")
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == listed
    return listed


def description_of(app: SphinxTestApp, page: str) -> str:
    """Return how search engines describe a page."""
    end = "/index.html" if app.builder.name == "dirhtml" else ".html"
    return str(read_html(app.outdir / f"{page}{end}").xpath("string(//meta[@name='description']/@content)"))


REFERENCES = """See {doc}`titled`, [](titled.md), {ref}`here`, {term}`Tea`, {py:func}`brew`,
{doc}`mine <titled>`.[^n]

[^n]: A note.

(here)=
## A *section*

:::{glossary}
Tea
  A drink.
:::

:::{py:function} brew(cups)
Make some.
:::
"""


@pytest.mark.parametrize(
    (),
    [
        pytest.param(marks=pytest.mark.sphinx("html", testroot="blog"), id="html"),
        pytest.param(marks=pytest.mark.sphinx("dirhtml", testroot="blog"), id="dirhtml"),
    ],
)
def test_a_summary_has_the_words_of_what_it_refers_to(app: SphinxTestApp, warning: StringIO) -> None:
    """Titles, terms and names, as on the page; and other ones once what it refers to has changed."""
    write(app, "refers", "Refers", REFERENCES)
    page = "---\norphan: true\n---\n\n# Page\n\nSee [](posts/2024/titled.md).\n"
    (app.srcdir / "referring.md").write_text(page, encoding="utf-8")
    title = "Title from the heading"
    app.build()
    assert warning.getvalue() == ""
    assert summary_in(app) == f"See {title}, {title}, A section, Tea, brew(), mine."
    assert description_of(app, "referring") == f"See {title}."
    titled = app.srcdir / "posts/2024/titled.md"
    text = titled.read_text(encoding="utf-8")
    titled.write_text(text.replace("Title from the *heading*", "Another"), encoding="utf-8")
    app.build()
    assert summary_in(app) == "See Another, Another, A section, Tea, brew(), mine."
    assert description_of(app, "referring") == "See Another."


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_reference_that_leads_nowhere_is_told_once(app: SphinxTestApp, warning: StringIO) -> None:
    """The page says what is wrong; its summary keeps what is written."""
    write(app, "refers", "Refers", "See {doc}`nowhere` and {term}`nothing`.")
    app.build()
    assert warning.getvalue().count("WARNING") == 2
    assert summary_in(app) == "See nowhere and nothing."


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_summary_names_sources_and_leaves_no_gap_for_notes(app: SphinxTestApp) -> None:
    """A citation is words of the text, the mark of a footnote is none."""
    rst = "Text [Foo]_ and more [#a]_, end [#a]_.\n\n.. [Foo] Book\n.. [#a] Note"
    write(app, "refers", "Refers", f"```{{eval-rst}}\n{rst}\n```")
    app.build()
    assert summary_in(app) == "Text [Foo] and more, end."


FORMATTED = """\
First *paragraph* with a [link](titled.md), see [](titled.md#part), [mine](#of-it) and
[elsewhere](https://leaf.example/a?b#c).[^n]

:::{note}
Not of the article.
:::

Second `paragraph` with $a^2$.

Third.

![Dot](dot.png)

## Of it

[^n]: A note.
"""
SETTINGS = {
    "post_date_format": "%d/%m/%Y",
    "post_auto_excerpt": 2,
    "post_auto_image": 1,
    "postdocs_page_length": 1,
    "myst_enable_extensions": ["colon_fence", "dollarmath"],
}


def excerpts_on(path: Path) -> list[lxml.html.HtmlElement]:
    """Return what a page shows of each post in its list."""
    return [element for element in read_html(path).find_class("post-summary") if element.tag == "div"]


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides=SETTINGS)
def test_lists_show_excerpts_as_the_settings_ask(app: SphinxTestApp, warning: StringIO) -> None:
    """Paragraphs with their formatting, links as seen from each list, and a picture; feeds keep the words."""
    path = write(app, "formatted", "Formatted", FORMATTED)
    path.write_text(path.read_text("utf-8").replace("---\n\n", "tags: [rare]\n---\n\n", 1), encoding="utf-8")
    (app.srcdir / "index.md").write_text("# Home\n\n```{recent-posts} 1\n```\n", encoding="utf-8")
    app.build()
    assert warning.getvalue() == ""
    first = texts(read_html(app.outdir / "blog/index.html"), "post-row")[0]
    assert first.startswith("01/11/2024 1 min read Formatted")
    for page, up in {"blog": "../", "blog/tag/rare": "../../../", "blog/2024": "../../", "": ""}.items():
        (excerpt,) = excerpts_on(app.outdir / page / "index.html")
        assert [p.text_content() for p in excerpt.iter("p")] == [
            "First paragraph with a link, see Part, mine and\nelsewhere.",
            "Second paragraph with a2.",
        ]
        assert [em.text for em in excerpt.iter("em")] == ["paragraph"]
        assert excerpt.xpath(".//a/@href") == [
            f"{up}posts/2024/titled/",
            f"{up}posts/2024/titled/#part",
            f"{up}posts/2024/formatted/#of-it",
            "https://leaf.example/a?b#c",
        ]
        (image,) = excerpt.iter("img")
        assert image.get("alt") == "Dot"
        assert image.attrib["src"].startswith(f"{up}_images/dot")
        assert (app.outdir / page / image.attrib["src"]).is_file()
    feed = etree.parse(app.outdir / "blog/atom.xml")
    words = "First paragraph with a link, see Part, mine and elsewhere. Second paragraph with a²."
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == words
    assert texts(read_html(app.outdir / "404.html"), "post-summary")[0] == words


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"post_auto_excerpt": 1})
def test_an_excerpt_is_written_again_with_what_it_refers_to(app: SphinxTestApp) -> None:
    """A list shows the new title of what one of its posts refers to, and where that is now."""
    write(app, "refers", "Refers", "See [](titled.md).")
    write(app, "summed", "Summed", "Not *this*.")
    path = app.srcdir / "posts/2024/summed.md"
    path.write_text(path.read_text("utf-8").replace("title:", "summary: One.\ntitle:"), encoding="utf-8")
    app.build()
    (app.srcdir / "posts/2024/titled.md").write_text(
        "---\ndate: 2024-01-01\npermalink: /moved/\n---\n\n# Moved\n\n## Part\n", encoding="utf-8"
    )
    app.build()
    links = [excerpt.xpath(".//a") for excerpt in excerpts_on(app.outdir / "blog/index.html")]
    assert [(link.get("href"), link.text_content()) for (link, *_) in filter(None, links)] == [
        ("../moved/", "Moved"),
        ("../moved/#part", "link"),
    ]
    assert "One." in texts(read_html(app.outdir / "blog/index.html"), "post-summary")
