"""The pages that list posts, and what a post's page says of its surroundings."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from helpers import read_html, texts
from sphinx.testing.util import SphinxTestApp

PLAIN = "Is 1 < 2 & *true*? `x` [y](z) <script>alert(1)</script>"
MARKED = "The instant decides, not the wall clock"
TITLED = "Title from the heading"
OUTSIDE = "A post outside of posts"


def titles(page: Path) -> list[str]:
    """Return the titles of the posts that a page lists, in its order."""
    rows = read_html(page / "index.html").find_class("post-row")
    return [titles[0] for titles in (texts(row, "post-title") for row in rows)]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_lists_are_in_the_order_of_instants(app: SphinxTestApp) -> None:
    """The newest instant comes first, whatever day its own time zone calls it."""
    app.build()
    # 22:00 in Berlin is 21:00 UTC; half past midnight in Tokyo's next day is 15:30 UTC.
    assert titles(app.outdir / "blog") == [MARKED, PLAIN, TITLED, OUTSIDE]
    assert titles(app.outdir / "blog/archive") == [MARKED, PLAIN, TITLED, OUTSIDE]
    assert titles(app.outdir) == [MARKED, PLAIN]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_each_label_lists_its_posts(app: SphinxTestApp) -> None:
    """A page of a tag, category, author or year lists its posts and no others."""
    app.build()
    blog = app.outdir / "blog"
    assert titles(blog / "tag/python") == [PLAIN, TITLED]
    assert titles(blog / "category/notes") == [PLAIN]
    assert titles(blog / "author/ann-example") == [MARKED, PLAIN]
    assert titles(blog / "2020") == [OUTSIDE]
    assert texts(read_html(blog / "tag/index.html"), "post-count") == ["1", "1", "2", "1"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_dates_are_those_of_the_author(app: SphinxTestApp) -> None:
    """A reader sees the day in the post's own offset; the machine-readable date is the whole instant."""
    app.build()
    root = read_html(app.outdir / "posts/2024/plain/index.html")
    times = "//p[@class='post-headline']/time"
    assert root.xpath(f"{times}/text() | {times}/@datetime") == ["2024-03-10T00:30:00+09:00", "10 March 2024"]
    headline = texts(read_html(app.outdir / "posts/2024/titled/index.html"), "post-updated")
    assert headline == ["updated 1 May 2024"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_list_shows_the_summary_or_the_first_paragraph(app: SphinxTestApp) -> None:
    """A summary of its own goes first; a note at the head of a post is no summary."""
    app.build()
    summaries = texts(read_html(app.outdir / "blog/index.html"), "post-summary")
    assert summaries[1] == "The first paragraph of the article, with and a link."
    assert summaries[2] == "A summary of its own."


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_posts_lead_to_the_older_and_the_newer_one(app: SphinxTestApp) -> None:
    """Neighbours are labelled and dated; the newest post has no newer one, and the oldest no older."""
    app.build()
    neighbours = {}
    for docname in ("posts/2023/marked", "posts/2024/plain", "outside"):
        root = read_html(app.outdir / docname / "index.html")
        neighbours[docname] = (texts(root, "post-older"), texts(root, "post-newer"))
    assert neighbours == {
        "posts/2023/marked": ([f"Older {PLAIN} 10 March 2024"], []),
        "posts/2024/plain": ([f"Older {TITLED} 9 March 2024"], [f"Newer {MARKED} 9 March 2024"]),
        "outside": ([], [f"Newer {TITLED} 9 March 2024"]),
    }
    assert texts(read_html(app.outdir / "page/index.html"), "post-neighbours") == []


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_every_list_has_one_h1_and_its_feed(app: SphinxTestApp) -> None:
    """A page of the blog has one heading of level 1, and names the feed of what it lists, and the blog's."""
    app.build()
    feeds = {}
    for page in (app.outdir / "blog").rglob("index.html"):
        root = read_html(page)
        if root.xpath('//meta[@http-equiv="refresh"]'):
            continue  # it leads to a page
        assert len([*root.iter("h1")]) == 1, page
        links = root.xpath('//link[@type="application/atom+xml"]')
        feeds[page.parent.relative_to(app.outdir).as_posix()] = [link.get("href") for link in links]
    assert feeds["blog/tag/python"] == ["atom.xml", "../../atom.xml"]
    assert feeds["blog/2024"] == ["../atom.xml"]
    assert feeds["blog"] == ["atom.xml"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("path", ["blog.md", "blog/index.md"])
@pytest.mark.parametrize("text", ["", "% Made by the build.\n", "What I wrote so far:\n"])
def test_a_stub_shows_the_list(path: str, text: str, app: SphinxTestApp) -> None:
    """Where the author has a page of that address that lists nothing, the list follows what is there."""
    (app.srcdir / path).parent.mkdir(exist_ok=True)
    (app.srcdir / path).write_text(f"---\norphan: true\n---\n\n# My list\n\n{text}", encoding="utf-8")
    app.build()
    root = read_html(app.outdir / "blog/index.html")
    assert [h1.text_content() for h1 in root.iter("h1")] == ["My list¶"]
    assert len(texts(root, "post-row")) == 4
    post = app.srcdir / "posts/2024/plain.md"
    post.write_text(post.read_text(encoding="utf-8").replace("title: ", "title: New ", 1), encoding="utf-8")
    app.build()
    assert "New " in " ".join(texts(read_html(app.outdir / "blog/index.html"), "post-title"))


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_page_length": 2})
def test_a_stub_begins_the_pages_of_a_long_list(app: SphinxTestApp) -> None:
    """The pages after the stub lead back to it."""
    (app.srcdir / "blog").mkdir()
    (app.srcdir / "blog/index.md").write_text("---\norphan: true\n---\n\n# My list\n", encoding="utf-8")
    app.build()
    second = read_html(app.outdir / "blog/page/2/index.html")
    assert second.xpath("//a[@rel='prev']/@href") == ["../../"]
    assert read_html(app.outdir / "blog/index.html").xpath("//a[@rel='next']/@href") == ["page/2/"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize(
    ("path", "text"),
    [("blog.md", "```{recent-posts} 1\n```\n"), ("blog/archive.md", "What I wrote, by year.\n")],
)
def test_a_page_of_the_author_is_never_overwritten(path: str, text: str, app: SphinxTestApp) -> None:
    """A page with a list of its own, or of another list with text, is as its author wrote it."""
    (app.srcdir / path).parent.mkdir(exist_ok=True)
    (app.srcdir / path).write_text(f"---\norphan: true\n---\n\n# My own list\n\n{text}", encoding="utf-8")
    app.build()
    root = read_html((app.outdir / path).with_suffix("") / "index.html")
    assert len(texts(root, "post-row")) == text.count("recent-posts")
    assert "My own list" in root.text_content()


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_templates_of_a_site_know_the_front_matter(app: SphinxTestApp, make_app: type[SphinxTestApp]) -> None:
    """`meta` has all keys as text, those of the schema too."""
    (app.srcdir / "_templates").mkdir()
    shown = "{% if meta %}{{ meta.date }} {{ meta.tags }}{% endif %}"
    page = f'{{% extends "!page.html" %}}{{% block body %}}<p class="x">{shown}</p>{{% endblock %}}'
    (app.srcdir / "_templates/page.html").write_text(page, encoding="utf-8")
    text = "---\ntitle: X\ndate: 2024-05-06\ntags: [a, b]\n---\n\nText.\n"
    (app.srcdir / "posts/x.md").write_text(text, encoding="utf-8")
    app = make_app("dirhtml", srcdir=app.srcdir, confoverrides={"templates_path": ["_templates"]})
    app.build()
    assert texts(read_html(app.outdir / "posts/x/index.html"), "x") == ['2024-05-06 ["a", "b"]']


@pytest.mark.sphinx("dirhtml", testroot="bad-posts")
def test_a_blog_without_posts_has_its_pages(app: SphinxTestApp) -> None:
    """The pages that the navigation bar leads to are there before the first post is."""
    for path in (app.srcdir / "posts").rglob("*.md"):
        path.unlink()
    app.build()
    for page in ("blog", "blog/archive", "blog/tag", "blog/category", "blog/author"):
        assert (app.outdir / page / "index.html").is_file()


@pytest.mark.sphinx("json", testroot="blog")
def test_builders_of_data_work(app: SphinxTestApp) -> None:
    """A builder that serialises what pages are made of gets nothing of ours that it could not."""
    app.build()
    assert (app.outdir / "posts/2024/plain.fjson").is_file()


@pytest.mark.sphinx("text", testroot="blog")
def test_other_builders_work(app: SphinxTestApp) -> None:
    """A builder that writes no HTML is not disturbed."""
    app.build()
    assert "Home" in (app.outdir / "index.txt").read_text(encoding="utf-8")
    assert not (app.outdir / "blog").exists()


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_wrong_number_of_recent_posts_is_one_clear_line(
    number: str, app: SphinxTestApp, warning: StringIO
) -> None:
    """What is no number of posts is named, with file and line."""
    (app.srcdir / "index.md").write_text(f"# Home\n\n```{{recent-posts}} {number}\n```\n", encoding="utf-8")
    app.build()
    assert f"index.md:3: ERROR: '{number}' is not a number of posts; write 1 or more" in warning.getvalue()


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text", "latex", "man", "xml", "gettext", "json"])
def test_other_builders_build_too(
    builder: str, make_app: Callable[..., SphinxTestApp], rootdir: Path, tmp_path: Path
) -> None:
    """What is no site has the text of the posts, and neither lists nor feeds."""
    warning = StringIO()
    settings = {"epub_copyright": "x", "version": "1"}
    source = shutil.copytree(rootdir / "test-blog", tmp_path / "source")
    app = make_app(builder, srcdir=source, warning=warning, confoverrides=settings)
    app.build(force_all=True)
    assert warning.getvalue() == ""
    assert not [*Path(app.outdir).rglob("atom.xml")]


NAVBAR = [
    ("Home", "index"),
    ("App", "appindex"),
    ("Manual", "docs/index"),
    ("Deep", "docs/deep"),
    ("Posts", "blog"),
]
CURRENT = {
    "index": ("Home", "Home"),
    "appindex": ("App", "App"),
    "app": ("", ""),
    "app/part": ("", ""),
    "docs/index": ("Manual", "Manual"),
    "docs/bindex": ("Manual", ""),
    "docs/deep/one": ("Deep", ""),
    "docsother": ("", ""),
    "blog": ("Posts", "Posts"),
    "blog/tag": ("Posts", ""),
    "posts/2024/plain": ("Posts", ""),
}


@pytest.mark.sphinx("html", testroot="blog")
def test_the_item_that_a_page_is_under_is_current(
    app_params: tuple[list[Any], dict[str, Any]], make_app: Callable[..., SphinxTestApp]
) -> None:
    """A page that is called `index` stands for its folder, and a name that only ends so for itself."""
    args, keywords = app_params
    for docname in CURRENT.keys() - {"index", "blog", "blog/tag", "posts/2024/plain"}:
        path = Path(keywords["srcdir"], f"{docname}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\norphan: true\n---\n\n# {docname}\n", encoding="utf-8")
    sidebars = {"**": ["postdocs/navbar.html"]}
    app = make_app(*args, **keywords, confoverrides={"postdocs_navbar": NAVBAR, "html_sidebars": sidebars})
    app.build()
    seen = {}
    for docname in CURRENT:
        root = read_html(app.outdir / f"{docname}.html")
        here = root.xpath("//nav[@aria-label='Site']//a[@aria-current='page']/text()")
        seen[docname] = (" ".join(texts(root, "current")), " ".join(here))
    assert seen == CURRENT
