"""How posts enter a build."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from helpers import read_html, texts
from sphinx.testing.util import SphinxTestApp

from postdocs.core.identity import name_of

SECRETS = ("Not ready", "Secret words", "Not yet due", "Future words")


def files_with(out: Path, *words: str) -> list[str]:
    """Return the files of the output that hold any of the words."""
    return [
        str(path)
        for path in out.rglob("*")
        if path.is_file() and any(w.encode() in path.read_bytes() for w in words)
    ]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_title_is_plain_text(app: SphinxTestApp, warning: StringIO) -> None:
    """What looks like Markdown or HTML in a title reaches the reader as it is written, and runs nowhere."""
    app.build()
    title = "Is 1 < 2 & *true*? `x` [y](z) <script>alert(1)</script>"
    assert warning.getvalue() == ""
    for page in ("posts/2024/plain", "blog", "blog/archive", "index"):
        root = read_html(app.outdir / page / "index.html" if page != "index" else app.outdir / "index.html")
        assert title in " ".join(root.text_content().split())
        scripts = root.xpath("//script[not(@type='application/ld+json')]")  # which is data
        assert not [script for script in scripts if "alert" in script.text_content()]
    root = read_html(app.outdir / "posts/2024/plain/index.html")
    assert [h1.text_content() for h1 in root.iter("h1")] == [f"{title}¶"]
    assert title in root.findtext(".//title", "")


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_labels_and_authors_keep_their_commas_and_scripts(app: SphinxTestApp) -> None:
    """A label with a comma is one label, and one in another script has its page."""
    app.build()
    root = read_html(app.outdir / "posts/2024/plain/index.html")
    assert texts(root, "post-tag") == ["Python", "C, C++", "日本語"]
    assert texts(root, "post-author") == ["Ann Example", "Bob, Jr."]
    assert (app.outdir / "blog/tag/日本語/index.html").is_file()
    root = read_html(app.outdir / "posts/2024/titled/index.html")
    assert texts(root, "post-tag") == ["Python", "lists"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_heading_can_be_the_title(app: SphinxTestApp) -> None:
    """A post without a title in its front matter is listed under its heading."""
    app.build()
    assert "Title from the heading" in read_html(app.outdir / "blog/index.html").text_content()
    (h1,) = read_html(app.outdir / "posts/2024/titled/index.html").iter("h1")
    assert h1.text_content() == "Title from the heading¶"


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_page_elsewhere_becomes_a_post_when_it_says_so(app: SphinxTestApp) -> None:
    """`blogpost: true` makes a post of a page outside the pattern; other pages stay pages."""
    app.build()
    listed = read_html(app.outdir / "blog/index.html").text_content()
    assert "A post outside of posts" in listed
    assert "A page that is no post" not in listed


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_page_may_stand_among_posts(app: SphinxTestApp, warning: StringIO) -> None:
    """`blogpost: false` makes a page: it needs no date, keeps its addresses, and is in no list or feed."""
    keys = "title: A page & more\nblogpost: false\npermalink: /me/\naliases: [/who/, '/?page_id=4']"
    write(app, "posts/pages/me.md", f"---\n{keys}\n---\n\nWho I am.\n")
    write(app, "posts/pages/later.md", "---\ntitle: Later\nblogpost: false\ndraft: true\n---\n\nNot yet.\n")
    app.build()
    assert warning.getvalue() == ""
    (h1,) = read_html(app.outdir / "me/index.html").iter("h1")
    assert h1.text_content() == "A page & more¶"
    assert [*read_html(app.outdir / "me/index.html").find_class("post-headline")] == []
    assert "../me/" in (app.outdir / "who/index.html").read_text(encoding="utf-8")
    assert "page_id=4" in (app.outdir / "blog/queries.js").read_text(encoding="utf-8")
    assert files_with(app.outdir, "Not yet.") == []
    for name in ("blog/index.html", "blog/archive/index.html", "blog/atom.xml", "blog/feed.json"):
        text = (app.outdir / name).read_text(encoding="utf-8")
        assert "Who I am" not in text
        assert "A page &amp; more" not in text


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_drafts_and_future_posts_are_nowhere(app: SphinxTestApp) -> None:
    """Neither a page nor a list, feed, index or source copy shows a draft or what is not yet due."""
    app.build()
    assert files_with(app.outdir, "Is 1") != []
    assert files_with(app.outdir, *SECRETS) == []


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_drafts": True})
def test_a_preview_shows_drafts_and_marks_them(app: SphinxTestApp) -> None:
    """With `postdocs_drafts` drafts and scheduled posts are built; pages and lists tell them apart."""
    app.build()
    marks = {"draft": (["Draft"], []), "future": ([], ["Scheduled"]), "plain": ([], [])}
    for name, expected in marks.items():
        root = read_html(app.outdir / f"posts/2024/{name}/index.html")
        assert (texts(root, "post-draft"), texts(root, "post-scheduled")) == expected
        lists = [
            "blog/index.html",
            *(["blog/archive/index.html"] if name != "draft" else []),
        ]  # it has no year
        for path in lists:
            rows = read_html(app.outdir / path).find_class("post-row")
            (row,) = [row for row in rows if row.xpath(f".//a[contains(@href, '/{name}/')]")]
            assert (texts(row, "post-draft"), texts(row, "post-scheduled")) == expected


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_now_can_be_set(app: SphinxTestApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """`SOURCE_DATE_EPOCH` decides what is due, to the second; what is due no more goes away."""
    before, at = 1710018000 - 1, 1710018000  # 2024-03-09T22:00:00+01:00, when one post is due
    due = app.outdir / "blog/2024/index.html"
    for epoch, shown in ((before, False), (at, True), (before, False)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch))
        app.build()
        assert ("The instant decides" in due.read_text(encoding="utf-8")) is shown


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_unknown_keys_are_left_to_sphinx(app: SphinxTestApp) -> None:
    """Keys outside the schema arrive in Sphinx's metadata, those of the schema are ours."""
    app.build()
    assert app.env.metadata["posts/2024/plain"]["some_key"] == "kept"
    assert "tags" not in app.env.metadata["posts/2024/plain"]


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("value", ["3", "[]", "{words_per_minute: 7}"])
def test_settings_of_myst_in_a_post_do_not_disturb_its_title(value: str, app: SphinxTestApp) -> None:
    """A `myst` key, sensible or not, leaves the title in its place."""
    path = app.srcdir / "posts/2024/plain.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("some_key: kept", f"myst: {value}"), encoding="utf-8"
    )
    app.build()
    (h1,) = read_html(app.outdir / "posts/2024/plain/index.html").iter("h1")
    assert h1.text_content().startswith("Is 1 < 2")


def write(app: SphinxTestApp, path: str, text: str) -> None:
    """Write a source file."""
    (app.srcdir / path).parent.mkdir(parents=True, exist_ok=True)
    (app.srcdir / path).write_text(text, encoding="utf-8")


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("flag", ["true", "True", "true # yes"])
def test_a_draft_outside_of_the_posts_is_held_back(flag: str, app: SphinxTestApp) -> None:
    """However YAML lets `blogpost` be written, what it marks can be a draft."""
    write(app, "out.md", f"---\nblogpost: {flag}\ntitle: Out\ndraft: true\n---\n\nSecret words.\n")
    app.build()
    assert files_with(app.outdir, *SECRETS) == []


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("date", ["2999-01-01", ""])
def test_a_post_of_a_directive_is_held_back_too(
    date: str, app: SphinxTestApp, warning: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a date, or before it is due, it is nowhere; then it is published, and goes again."""
    write(app, "dir.md", f"# Far away\n\n```{{post}} {date}\n```\n\nSecret words.\n")
    app.build()
    assert warning.getvalue() == ""
    assert files_with(app.outdir, "Far away", *SECRETS) == []
    if date:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "32503680001")
        app.build()
        assert "Far away" in read_html(app.outdir / "blog/index.html").text_content()
        monkeypatch.delenv("SOURCE_DATE_EPOCH")
        app.build()
        assert files_with(app.outdir, "Far away", "Secret words") == []


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_table_of_contents_by_a_pattern_has_no_gap(app: SphinxTestApp, warning: StringIO) -> None:
    """What is held back is not missed where a pattern would have listed it."""
    write(app, "list.md", "---\norphan: true\n---\n\n# List\n\n```{toctree}\n:glob:\n\nparts/*\n```\n")
    write(app, "parts/one.md", "# One\n")
    write(app, "parts/two.md", "# Far away\n\n```{post} 2999-01-01\n```\n\nSecret words.\n")
    app.build()
    assert warning.getvalue() == ""
    assert "One" in read_html(app.outdir / "list/index.html").text_content()
    assert files_with(app.outdir, "Far away", *SECRETS) == []


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_post_that_can_not_be_held_back_is_told(app: SphinxTestApp, warning: StringIO) -> None:
    """Of two posts in one file only one is due: the page is built, and the other is in no list."""
    text = "Head\n====\n\nOne\n---\n\n.. post:: 2020-01-01\n\nLater\n-----\n\n.. post:: 2999-01-01\n"
    write(app, "two.rst", text)
    app.build()
    assert "two.rst: WARNING: post: 'Later' has no date, or one in the future, but" in warning.getvalue()
    assert "Later" not in texts(read_html(app.outdir / "blog/index.html"), "post-title")


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("directive", ["```{post}\n```", "- ```{post} 2020-01-01\n  ```"])
def test_a_post_needs_no_directive(directive: str, app: SphinxTestApp, warning: StringIO) -> None:
    """Front matter and ablog's directive in one file are one post, with a warning at the directive."""
    write(app, "posts/2024/both.md", f"---\ntitle: Both\ndate: 2024-01-01\n---\n\nText.\n\n{directive}\n")
    app.build()
    assert (
        "both.md:8: WARNING: the front matter makes this a post; remove the directive" in warning.getvalue()
    )
    assert read_html(app.outdir / "blog/index.html").text_content().count("Both") == 1


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize(
    "keys",
    [
        "nocomments: [a]",
        "exclude: {a: 1}",
        "excerpt: 99999999999999999999",
        "image: 99999999999999999999",
        "location: 5",
    ],
)
def test_odd_values_of_ablogs_keys_do_no_harm(keys: str, app: SphinxTestApp, warning: StringIO) -> None:
    """What ablog reads beside the schema may be anything."""
    write(app, "posts/2024/z.md", f"---\ntitle: Z\ndate: 2024-01-01\n{keys}\n---\n\nText.\n")
    app.build()
    assert warning.getvalue() == ""
    assert "Z" in texts(read_html(app.outdir / "blog/index.html"), "post-title")


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_posts_that_would_be_lost_are_named(app: SphinxTestApp, warning: StringIO) -> None:
    """Two posts in one section, and a source that is a post only by its place, are told."""
    app.config.blog_post_pattern = ["posts/**/*"]
    write(app, "posts/2024/r.rst", "Title\n=====\n\nText.\n")
    write(app, "two.rst", "Title\n=====\n\n.. post:: 2020-01-01\n\n.. post:: 2020-01-02\n")
    app.build()
    assert "r.rst:1: WARNING: date: it is missing; add a line `:date: YYYY-MM-DD`" in warning.getvalue()
    assert "two.rst:6: WARNING: post: its section has another post already" in warning.getvalue()


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_two_posts_with_one_id_are_named(app: SphinxTestApp, warning: StringIO) -> None:
    """A copied post must not keep the id of the first."""
    write(
        app,
        "posts/2024/z.md",
        "---\ntitle: Z\ndate: 2024-01-01\nid: tag:example.org,2001:old-entry\n---\n\nText.\n",
    )
    app.build()
    assert (
        "z.md: WARNING: id: the feed entry of posts/2024/plain.md is 'tag:example.org,2001:old-entry' already"
        in warning.getvalue()
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"blog_path": "/blog/"}, "blog_path: '/blog/' is not a folder of the site"),
        ({"blog_path": "../blog"}, "blog_path: '../blog' is not a folder of the site"),
        ({"blog_path": ""}, "blog_path: '' is not a folder of the site"),
        ({"blog_baseurl": "example.org"}, "blog_baseurl: 'example.org' is not a web address"),
        ({"blog_baseurl": "https://[x"}, "blog_baseurl: 'https://[x' is not a web address"),
        ({"postdocs_navbar": [("Posts",)]}, "postdocs_navbar: [('Posts',)] is not a list of pairs"),
        ({"postdocs_navbar": None}, "postdocs_navbar: None is not a list of pairs"),
        ({"html_baseurl": "https://["}, "html_baseurl: 'https://[' is not a web address"),
        ({"blog_title": None}, "blog_title: None is not text"),
        ({"blog_baseurl": 5}, "blog_baseurl: 5 is not a web address"),
        ({"blog_authors": {"Ann": ("Ann",)}}, "blog_authors: {'Ann': ('Ann',)} is not a mapping"),
        ({"blog_authors": {"Ann": "x"}}, "blog_authors: {'Ann': 'x'} is not a mapping"),
        ({"blog_feed_templates": {"../x": {}}}, "blog_feed_templates: {'../x': {}} is not a mapping"),
        ({"blog_feed_templates": {"a": 5}}, "blog_feed_templates: {'a': 5} is not a mapping"),
        ({"blog_post_pattern": None}, "blog_post_pattern: None is not a pattern below"),
        ({"blog_post_pattern": "/posts/*.md"}, "blog_post_pattern: ['/posts/*.md'] is not a pattern below"),
        ({"blog_default_author": "Ann"}, "blog_default_author: 'Ann' is not a key of blog_authors"),
        ({"blog_default_author": 5}, "blog_default_author: 5 is not a name"),
        ({"post_auto_excerpt": -1}, "post_auto_excerpt: -1 is not a number of paragraphs"),
        ({"postdocs_page_length": 0}, "postdocs_page_length: 0 is not a number of posts"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    settings: dict[str, object],
    message: str,
    make_app: Callable[..., SphinxTestApp],
    rootdir: Path,
    tmp_path: Path,
) -> None:
    """Settings that would write outside of the site, or break feeds, have no effect and fail the build."""
    warning = StringIO()
    places = {"srcdir": rootdir / "test-bad-posts", "builddir": tmp_path}
    app = make_app("dirhtml", **places, confoverrides=settings, warning=warning)
    assert f": WARNING: {message}" in warning.getvalue()
    assert app.statuscode == 1
    assert {name: app.config[name] for name in settings} != settings


def test_all_mistakes_of_all_files_come_in_one_run(rootdir: Path, tmp_path: Path) -> None:
    """Missing titles, impossible dates, wrong types, other encodings: one line each, one run."""
    source = rootdir / "test-bad-posts"
    options = ("-N", "-b", "dirhtml", "-d", str(tmp_path / "doctrees"), "-q", "-W", "--keep-going", "-n")
    command = [sys.executable, "-m", "sphinx", *options, str(source), str(tmp_path / "html")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    whole = [line.replace(f"{source}/", "") for line in result.stderr.splitlines()]
    lines = [line.removesuffix(" [postdocs.post]").removesuffix(" [postdocs.unusual]") for line in whole]
    assert len([line for line in whole if line.endswith(" [postdocs.unusual]")]) == 4
    with pytest.raises(ValueError, match="day") as impossible:  # versions of Python word it differently
        date(2024, 2, 30)
    dates = "write YYYY-MM-DD, or a date with time and offset like 2013-07-05T12:28:00-07:00"
    assert lines == [
        "latin-page.md:3: WARNING: byte 0xe9 is not UTF-8; save the file in UTF-8",
        "posts/2024/bare.md:1: WARNING: title: it is missing; add a line `title: …` to the front matter",
        "posts/2024/bare.md:1: WARNING: date: it is missing; add a line `date: YYYY-MM-DD`, or `draft: true`",
        "posts/2024/impossible.md:3: WARNING: "
        f"date: '2024-02-30' is not a date ({impossible.value}); {dates}",
        "posts/2024/impossible.md:6: WARNING: tags: '2024' is a number, not text; put it in quotes",
        "posts/2024/impossible.md:7: WARNING: author: 'yes' is a truth value, not text; put it in quotes",
        "posts/2024/latin.md:2: WARNING: byte 0xe9 is not UTF-8; save the file in UTF-8",
        "posts/2024/no-title.md:1: WARNING: title: it is missing; add a line `title: …` to the front matter",
        "posts/2024/types.md:4: WARNING: draft: 'maybe' is neither true nor false; write true or false",
        "posts/2024/types.md:5: WARNING: source: 'old.example.org' is not a web address, so it is ignored; "
        "begin it with https:// or http:// and a host",
        "posts/2024/types.md:6: WARNING: '5' as a key is a number, not text; put it in quotes",
        "posts/2024/yaml.md:2: WARNING: the front matter is not YAML, 'title: colon: twice': mapping values "
        "are not allowed here; put values that contain `: ` or start with a special character in quotes",
    ]


@pytest.mark.parametrize(
    ("docname", "slug"), [("posts/2024/x", "x"), ("posts/2024/x/index", "x"), ("x", "x")]
)
def test_a_slug_is_the_files_name(docname: str, slug: str) -> None:
    """The slug of a post is the name of its file, or of its folder."""
    assert name_of(docname) == slug
