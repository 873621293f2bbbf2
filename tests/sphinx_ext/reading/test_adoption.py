"""A site of ablog that adds Postdocs keeps its posts."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import lxml.etree
import pytest
from helpers import read_html, texts
from sphinx.testing.util import SphinxTestApp

ATOM = "{http://www.w3.org/2005/Atom}"
BLOG = {"postdocs_strict": False}


def write(app: SphinxTestApp, path: str, text: str) -> None:
    """Write a source file."""
    Path(app.srcdir, path).parent.mkdir(parents=True, exist_ok=True)
    Path(app.srcdir, path).write_text(text, encoding="utf-8")


def titles(app: SphinxTestApp) -> list[str]:
    """Return the titles that the list of posts shows."""
    return texts(read_html(app.outdir / "blog/index.html"), "post-title")


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides=BLOG)
def test_unusual_front_matter_is_information(app: SphinxTestApp, warning: StringIO, status: StringIO) -> None:
    """The post is there, nothing warns, and the build says what to write instead."""
    keys = "title: Odd one\ndate: 2024/01/05\ntags: [2024, ]\nauthors:\n- id: Ann\n"
    write(app, "posts/odd.md", f"---\n{keys}---\n\n# Odd One\n\nText.\n")
    app.build()
    assert (app.statuscode, warning.getvalue()) == (0, "")
    assert "Odd one" in titles(app)
    root = read_html(app.outdir / "posts/odd/index.html")
    assert [h1.text_content() for h1 in root.iter("h1")] == ["Odd One¶"]
    assert texts(root, "post-author") == ["Ann Example"]
    lines = [line for line in status.getvalue().splitlines() if "[postdocs.unusual]" in line]
    assert [line.partition("odd.md:")[2].partition(":")[0] for line in lines] == ["2", "3", "4", "5"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_strict_site_warns_of_it(app: SphinxTestApp, warning: StringIO) -> None:
    """With `postdocs_strict` it is a warning, and the post is there all the same."""
    write(app, "posts/odd.md", "---\ntitle: Odd one\ndate: 2024/01/05\n---\n\nText.\n")
    app.build()
    assert warning.getvalue().count("[postdocs.unusual]") == 1
    assert app.statuscode == 0
    assert "Odd one" in titles(app)


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"suppress_warnings": ["postdocs.unusual"]})
def test_the_warnings_can_be_suppressed(app: SphinxTestApp, warning: StringIO) -> None:
    """`suppress_warnings` turns them into information too."""
    write(app, "posts/odd.md", "---\ntitle: Odd one\ndate: 2024/01/05\n---\n\nText.\n")
    app.build()
    assert warning.getvalue() == ""


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides=BLOG)
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("posts/z.md", "---\ntitle: Z\ndate: soon\n---\n\nText.\n"),
        ("posts/z.md", "---\ntitle: [\n---\n\nText.\n"),
        ("z.rst", "Z\n=\n\n.. post:: soon\n"),
        ("posts/z.rst", ":blogpost: true\n:date: soon\n\nZ\n=\n"),
    ],
)
def test_what_has_no_meaning_fails_the_build(
    path: str, text: str, app: SphinxTestApp, warning: StringIO
) -> None:
    """A post that can't be read is left out, and the build says so by its status, each time."""
    write(app, path, text)
    for _ in range(2):
        app.statuscode = 0
        app.build()
        assert app.statuscode == 1
    assert "[postdocs.post]" in warning.getvalue()
    assert not (app.outdir / path).with_suffix("").joinpath("index.html").exists()


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides=BLOG)
@pytest.mark.parametrize(
    "text",
    [
        "# By directive\n\n```{post} 2024-05-01\n:tags: one\n```\n\nText.\n",
        "---\ntags: [one]\n---\n\n# By directive\n\n```{post} May 1, 2024\n```\n\nText.\n",
        "---\ndate: 2020-01-01\n---\n\n# By directive\n\n```{post} 1 May 2024\n:tags: one\n```\n",
        "---\ndate: 2024-05-01\n---\n\n# By directive\n\n```{post}\n:tags: one\n```\n",
        "# By directive\n\n```{eval-rst}\n.. post:: 05/01/2024\n   :tags: one\n```\n\nText.\n",
    ],
)
def test_a_directive_in_a_file_that_the_pattern_matches(
    text: str, app: SphinxTestApp, warning: StringIO
) -> None:
    """The directive goes first, and the front matter says what it leaves out."""
    write(app, "posts/dir.md", text)
    app.build()
    assert warning.getvalue() == ""
    assert titles(app).count("By directive") == 1
    root = read_html(app.outdir / "posts/dir/index.html")
    assert texts(root, "post-tag") == ["one"]
    assert root.xpath("//time[starts-with(@datetime, '2024-05-01')]")


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides=BLOG)
@pytest.mark.parametrize(
    "text",
    [
        "```{eval-rst}\n:blogpost: true\n:date: 2024-05-01\n:tags: one\n```\n\n# By fields\n\nText.\n",
        "```{eval-rst}\n:date: 1 May 2024\n\n:tags: one\n:blogpost:\n```\n# By fields\n\nText.\n",
    ],
)
def test_fields_at_the_beginning_of_a_markdown_page(text: str, app: SphinxTestApp, warning: StringIO) -> None:
    """A block of reStructuredText makes the page a post, as it does with ablog."""
    write(app, "elsewhere.md", text)
    app.build()
    assert "[postdocs" not in warning.getvalue()
    assert titles(app).count("By fields") == 1
    root = read_html(app.outdir / "elsewhere/index.html")
    assert texts(root, "post-tag") == ["one"]
    assert root.xpath("//time[starts-with(@datetime, '2024-05-01')]")


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides=BLOG)
@pytest.mark.parametrize("flag", ["false", "no", "'off'"])
def test_front_matter_that_refuses_to_be_a_post(flag: str, app: SphinxTestApp) -> None:
    """A Markdown page outside the pattern that says it is no post stays a page."""
    write(app, "elsewhere.md", f"---\nblogpost: {flag}\ndate: 2024-05-01\n---\n\n# A page\n\nText.\n")
    app.build()
    assert "A page" not in titles(app)
    assert (app.outdir / "elsewhere/index.html").is_file()


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides=BLOG)
def test_posts_without_a_date_are_pages(app: SphinxTestApp, warning: StringIO, status: StringIO) -> None:
    """As with ablog they have a page and are in no list; each is told once."""
    undated = {
        "posts/tagged.md": "---\ntitle: Tagged\ntags: [rare]\n---\n\nText.\n",
        "posts/untitled.md": "---\ntags: [rare]\n---\n\nText.\n",
        "posts/directive.md": "# Directive\n\n```{post}\n:tags: rare\n```\n\nText.\n",
        "posts/fields.rst": ":blogpost: true\n:tags: rare\n\nFields\n======\n\nText.\n",
        "elsewhere.rst": "Elsewhere\n=========\n\n.. post::\n   :tags: rare\n\nText.\n",
        "quoted.md": "---\nblogpost: true\ntags: [rare]\n---\n\n# Z\n\n````md\n```{post}\n```\n````\n",
    }
    for path, text in undated.items():
        write(app, path, text)
    write(app, "posts/draft.rst", ":blogpost:\n:draft: true\n\nDraft\n=====\n\nText.\n")
    app.build()
    assert (app.statuscode, warning.getvalue()) == (0, "")
    for path in undated:
        assert (app.outdir / path).with_suffix("").joinpath("index.html").is_file()
        told = re.findall(
            rf"{path}:\d+: post: it has no date, so it is a page, in no list", status.getvalue()
        )
        assert len(told) == 1
    assert not (app.outdir / "blog/tag/rare").exists()
    assert not (app.outdir / "posts/draft").exists()
    feed = (app.outdir / "blog/atom.xml").read_text(encoding="utf-8")
    assert not [path for path in undated if Path(path).stem in feed]


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides=BLOG)
def test_pages_and_bundles_among_posts(app: SphinxTestApp, warning: StringIO) -> None:
    """A README without front matter stays a page; one with a date is the post that its folder names."""
    write(app, "posts/README.md", "# Read me\n\nHow to write here.\n")
    for name in ("one", "two"):
        write(app, f"posts/{name}/README.md", f"---\ndate: 2024-01-05\n---\n\n# Bundle {name}\n\nText.\n")
    app.build()
    assert (app.statuscode, warning.getvalue()) == (0, "")
    assert (app.outdir / "posts/README/index.html").is_file()
    assert {"Bundle one", "Bundle two"} <= {*titles(app)}
    assert "Read me" not in titles(app)
    feed = lxml.etree.parse(app.outdir / "blog/atom.xml")
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len({*ids})
    assert "tag:example.org,2024-01-05:one" in ids
