"""What is kept of articles for the index."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from helpers import searchable
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.math.mathml import set_formula
from postdocs.sphinx_ext.math.set_formulas import CLASS
from postdocs.sphinx_ext.search.articles import parted

BUILDERS = [
    pytest.param(marks=pytest.mark.sphinx("html", testroot="blog"), id="html"),
    pytest.param(marks=pytest.mark.sphinx("dirhtml", testroot="blog"), id="dirhtml"),
]


def write(app: SphinxTestApp, name: str, text: str, keys: str = "") -> Path:
    """Write a post; return its file."""
    path = app.srcdir / f"posts/2024/{name}.md"
    front = f"title: Post {name}\ndate: 2024-02-01\n{keys}"
    path.write_text(f"---\n{front}\n---\n\n{text}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("body", "title", "text"),
    [
        ("", "", ""),
        ("<h1>A <em>title</em><a class='headerlink'>#</a></h1><p>One.</p>", "A title", "One."),
        ("<h2>Part</h2><p>a<b>b</b>c<br>d</p><h3>Why?</h3>e", "", "Part. abc d Why? e"),
        ("<ul><li>x</li><li>y</li></ul><table><tr><td>1</td><td>2</td></tr></table>", "", "x y 1 2"),
        ("<script>no()</script><style>no</style><nav>no</nav>yes<img alt='no'>", "", "yes"),
        ("<math><semantics><mi>x</mi><annotation>\\tex</annotation></semantics></math>", "", "x"),
        ("<div class='post-rows'>no</div><div class='no post-rowse'>yes</div>", "", "yes"),
        ("<div><button>A</button><button>B</button></div><div hidden>c</div>", "", "A B c"),
        ("<div><a class='sd-hide-link-text'>no</a>yes</div>", "", "yes"),
        ("a\x00b\x0c&#1;c", "", "a\ufffdb c"),
        ("&lt;script&gt; &amp;amp; \u00a0 z", "", "<script> &amp; z"),
        ("<p class='linenos'><span class='linenos'>1</span>no</p>tail", "", "tail"),
    ],
)
def test_the_text_of_an_article(body: str, title: str, text: str) -> None:
    """Is what a reader reads of it: blocks are apart, headings end, and what stands around is left out."""
    assert parted(body) == (title, text)


@pytest.mark.parametrize((), BUILDERS)
def test_documents_are_found_where_they_are(app: SphinxTestApp, warning: StringIO) -> None:
    """The index holds each page that has a document, at its permalink if it has one, and nothing else."""
    write(app, "kept", "Kept.", "permalink: /2013/07/kept.php\naliases: [/old/, '/?p=1']")
    write(app, "日本 语#1", "Named.")
    (app.srcdir / "404.md").write_text("---\norphan: true\n---\n\n# Lost\n\nNothing.\n", encoding="utf-8")
    app.build()
    assert warning.getvalue() == ""
    assert (app.outdir / "2013/07/kept.php").is_file()
    documents = ("page", "outside", "posts/2023/marked", "posts/2024/plain", "posts/2024/titled")
    ends = "/" if app.builder.name == "dirhtml" else ".html"
    wanted = {f"/{docname}{ends}" for docname in (*documents, "posts/2024/日本 语#1")}
    home = "/" if ends == "/" else "/index.html"
    assert searchable(app.outdir).keys() == {*wanted, home, "/2013/07/kept.php"}


@pytest.mark.sphinx("html", testroot="blog")
def test_a_post_is_known_by_title_date_author_and_labels(app: SphinxTestApp) -> None:
    """Its record says so as text, whatever the title is made of; that of another page has its title only."""
    keys = "author: [Ann, Bo]\ntags: [C++, R & D]\ncategory: Code"
    path = write(app, "one", "The <b>body</b> of it.", keys)
    hostile = '<script>alert("1")</script> &amp; $x$'
    path.write_text(path.read_text(encoding="utf-8").replace("Post one", f"'{hostile}'"), encoding="utf-8")
    app.build()
    found = searchable(app.outdir)
    assert found["/posts/2024/one.html"]["meta"] == {
        "title": hostile,
        "date": "2024-02-01",
        "author": "Ann Example, Bo",
        "tags": "C++, R & D",
        "category": "Code",
    }
    assert set(found["/page.html"]["meta"]) == {"title"}


@pytest.mark.sphinx("html", testroot="blog")
def test_a_post_without_words_is_found_by_its_title(app: SphinxTestApp) -> None:
    """A picture may be all that it shows."""
    write(app, "one", "![](dot.png)")
    app.build()
    found = searchable(app.outdir)["/posts/2024/one.html"]
    assert found["meta"] == {"title": "Post one", "date": "2024-02-01"}


@pytest.mark.sphinx("html", testroot="blog")
def test_only_the_article_is_searched(app: SphinxTestApp) -> None:
    """Navigation, head line, neighbours and lists of other posts are not in it; its text and code are."""
    write(
        app,
        "one",
        "The body.\n\n## A part\n\n```python\nspam = 1\n```\n\n```{recent-posts} 5\n```\n\nThe end.",
    )
    app.build()
    assert searchable(app.outdir)["/posts/2024/one.html"]["content"] == (
        "The body. A part. spam = 1 The end."
    )


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_drafts_are_not_in_the_index(app: SphinxTestApp) -> None:
    """Neither drafts nor posts that are not yet due, and no longer those that become drafts."""
    path = write(app, "one", "Unripe fruit.")
    app.build()
    assert "Unripe" in str(searchable(app.outdir))
    path.write_text(
        path.read_text(encoding="utf-8").replace("title:", "draft: true\ntitle:"), encoding="utf-8"
    )
    app.build()
    found = searchable(app.outdir)
    assert [url for url in found if "one" in url or "draft" in url or "future" in url] == []
    assert "Unripe" not in str(found)


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_page_may_ask_not_to_be_found(app: SphinxTestApp) -> None:
    """Sphinx's `nosearch` keeps a page out of the index, from the build on that reads it."""
    app.build()
    assert "/outside/" in searchable(app.outdir)
    path = app.srcdir / "outside.md"
    path.write_text("---\norphan: true\nnosearch: true\n---\n\n# Outside\n", encoding="utf-8")
    app.build()
    assert "/outside/" not in searchable(app.outdir)


@pytest.mark.parametrize("latex", ["x < 1", r"\frac{a}{b+c} = \text{a & b} + d_{ij} - e", r"\sqrt{2}"])
def test_formulas_of_the_renderer_are_as_if_the_article_had_been_read_with_them(latex: str) -> None:
    """In headings and between words, their text is that of any MathML; what hides them hides their text."""
    formula = set_formula(latex, display=False)
    mathml = formula.mathml
    spanned = f'<span class="{CLASS}">{mathml}</span>'
    body = (
        f"<h1>On {mathml}</h1><h2>{spanned}</h2><p>a{mathml}b{spanned}c</p><nav>{mathml}</nav><!--{mathml}-->"
    )
    assert parted(body, {mathml: formula}) == parted(body)
    assert parted(body)[0] != "On"
