"""The comments of the old site below posts, on the pages and in the feed of one small site."""

from __future__ import annotations

import io
import re
from pathlib import Path

import lxml.etree
import pytest
from helpers import read_html
from lxml.html import HtmlElement
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs.core.comments import Comment
from postdocs.sphinx_ext.reading.archived_comment import in_threads

CONF = """\
project = blog_title = "Kettle"
extensions = ["myst_parser", "postdocs"]
blog_post_pattern = "posts/*.md"
blog_baseurl = html_baseurl = "https://kettle.example/"
html_theme = "basic"
language = "de"
postdocs_strict = True
postdocs_comments = {"repo": "a/b", "repo_id": "R_1", "category": "C", "category_id": "DIC_1"}
"""
COMMENTS = """\
- id: '1'
  author: Ada <b>
  website: https://ada.example/
  date: 2019-05-02T09:30:00+02:00
  text: Is *green* tea hotter?
- {id: '3', author: Bo, text: 'No, [see](https://bo.example/)', parent: '2'}
- id: '2'
  author: Cleo
  parent: '1'
  text: |-
    </article><script>alert(1)</script>

    ```{include} ../conf.py
    ```
- {id: x.4, author: Dan, text: Alone, parent: gone}
"""
FILES = {
    "conf.py": CONF,
    "index.md": "# Home\n\n[](about.md)\n",
    "about.md": "---\norphan: true\n---\n# About\n\nMe.\n",
    "about.comments.yml": "- {id: '9', author: Eve, text: Hello}\n",
    "posts/tea.md": "---\ntitle: Tea\ndate: 2019-05-01\n---\n\nLeaves.\n",
    "posts/tea.comments.yml": COMMENTS,
    "posts/milk.md": "---\ntitle: Milk\ndate: 2019-05-03\n---\n\nCold.\n",
}


def build(root: Path, out: Path) -> list[str]:
    """Build the site; return the warnings, without its path."""
    warnings = io.StringIO()
    with patch_docutils(root), docutils_namespace():
        Sphinx(root, root, out / "html", out / "doctrees", "dirhtml", status=None, warning=warnings).build()
    return re.sub(rf"\x1b\[[\d;]*m|{root}/", "", warnings.getvalue()).splitlines()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built without a warning."""
    root = tmp_path_factory.mktemp("kettle")
    (root / "posts").mkdir()
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    assert build(root, root / "_build") == []
    return root


@pytest.fixture(scope="module")
def tea(root: Path) -> HtmlElement:
    """The page of the post with comments."""
    return read_html(root / "_build/html/posts/tea/index.html")


def test_replies_stand_inside_what_they_reply_to(tea: HtmlElement) -> None:
    """Each comment is an article with an id that stays; a reply to what is gone stands alone."""
    (section,) = tea.find_class("comment-archive")
    articles = {article.get("id"): _above(article) for article in section.iter("article")}
    assert articles == {
        "comment-1": None,
        "comment-2": "comment-1",
        "comment-3": "comment-2",
        "comment-x.4": None,
    }


def _above(article: HtmlElement) -> str | None:
    parent = article.getparent()
    return None if parent is None else parent.get("id")


def test_a_comment_says_who_and_when(tea: HtmlElement) -> None:
    """A comment has its author, with the website, and its date, in the site's language, as its address."""
    by = tea.get_element_by_id("comment-1").xpath("h3[@class='comment-by']")[0]
    assert by.text_content() == "Ada <b> 2. Mai 2019"
    assert [(a.get("href"), a.get("rel")) for a in by.iter("a")] == [
        ("https://ada.example/", "nofollow ugc"),
        ("#comment-1", None),
    ]
    assert [time.get("datetime") for time in by.iter("time")] == ["2019-05-02T09:30:00+02:00"]


def test_a_text_cannot_leave_its_comment(tea: HtmlElement) -> None:
    """HTML and directives in a comment are text; the page has no script of it, and no file of the site."""
    text = tea.get_element_by_id("comment-2").find_class("comment-text")[0]
    assert text.text_content().split() == ["</article><script>alert(1)</script>"]
    assert "blog_title" not in tea.text_content()
    assert not [script for script in tea.iter("script") if "alert(1)" in script.text_content()]


def test_there_is_one_heading(tea: HtmlElement) -> None:
    """The archive and the discussion of a post share a heading, in the language of the site."""
    headings = [h2 for h2 in tea.iter("h2") if h2.get("id") == "post-comments"]
    assert [h2.text_content() for h2 in headings] == ["Kommentare"]
    labelled = [
        section for section in tea.iter("section") if section.get("aria-labelledby") == "post-comments"
    ]
    assert [section.get("class") for section in labelled] == ["comment-archive"]
    assert tea.find_class("post-comments")


def test_pages_have_comments_too(root: Path) -> None:
    """A page that is no post shows the comments beside it; one without a file shows none."""
    about = read_html(root / "_build/html/about/index.html")
    assert [a.get("id") for a in about.iter("article")] == ["comment-9"]
    assert not read_html(root / "_build/html/posts/milk/index.html").find_class("comment-archive")


def test_the_feed_counts_comments(root: Path) -> None:
    """An entry of the Atom feed says how many comments its post has (RFC 4685 §5); others say nothing."""
    feed = lxml.etree.parse(root / "_build/html/blog/atom.xml")
    names = {"a": "http://www.w3.org/2005/Atom", "thr": "http://purl.org/syndication/thread/1.0"}
    totals = {
        entry.findtext("a:title", namespaces=names): entry.findtext("thr:total", namespaces=names)
        for entry in feed.iterfind("a:entry", names)
    }
    assert totals == {"Tea": "4", "Milk": None}


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_change_of_the_file_is_a_change_of_the_post(root: Path) -> None:
    """Whether a file of comments comes, changes, breaks, or goes, the output is that of a clean build."""
    steps = {
        "milk": "- {id: '1', author: Ada, text: Hm}\n",
        "tea": COMMENTS.replace("hotter", "colder"),
        "about": None,
    }
    for name, text in steps.items():
        (file,) = [path for path in (root / f"{name}.md", root / f"posts/{name}.md") if path.is_file()]
        comments = file.with_suffix(".comments.yml")
        comments.write_text(text) if text else comments.unlink()
    assert build(root, root / "_build") == build(root, root / "_clean") == []
    assert _files(root / "_build/html") == _files(root / "_clean/html")
    (root / "posts/milk.comments.yml").write_text("- {id: '1', author: Ada}\n")
    assert build(root, root / "_build") == [
        "posts/milk.comments.yml:1: WARNING: the comment has no text; add `text:` [postdocs.comments]"
    ]


def test_circles_end() -> None:
    """Comments that reply to each other or to themselves are shown once, and all articles end."""
    parents = {"a": "b", "b": "a", "c": "c", "d": None}
    threads = in_threads([Comment(id_, "A", "x", parent=parent) for id_, parent in parents.items()])
    assert sorted(item.comment.id for item in threads) == ["a", "b", "c", "d"]
    assert sum(item.ends for item in threads) == len(threads)


def test_deep_threads_are_flat_at_their_end() -> None:
    """A thread of thousands of replies has few levels, and takes no recursion."""
    comments = [Comment(str(n), "A", "x", parent=str(n - 1)) for n in range(3000)]
    threads = in_threads(comments)
    assert [item.comment for item in threads] == comments
    assert {item.ends for item in threads[7:-1]} == {1}
    assert sum(item.ends for item in threads) == len(threads)
