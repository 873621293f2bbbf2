"""An import from its sources to the built site."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
import yaml
from helpers import REPOSITORY, read_html
from lxml import etree

from postdocs import cli

FEEDS = Path(__file__).parents[1] / "feeds"
SEEDS = REPOSITORY.parent / "shared" / "seeds"
CONF = """\
extensions = ["myst_parser", "ablog", "postdocs"]
include_patterns = ["index.md", "posts/**"]
blog_post_pattern = "posts/**/*.md"
myst_enable_extensions = [
    "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "strikethrough", "tasklist"
]
myst_heading_anchors = 4
smartquotes = False
html_theme = "basic"
html_scaled_image_link = False
postdocs_timezone = "America/Los_Angeles"
"""
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty site, in which the command is run."""
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    (tmp_path / "index.md").write_text("# Home\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(site: Path) -> Path:
    """Build a site with warnings as errors, drafts included."""
    options = ("-N", "-b", "dirhtml", "-q", "-W", "--keep-going", "-n", "-D", "postdocs_drafts=1")
    command = [sys.executable, "-m", "sphinx", *options, str(site), str(site / "html")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert result.stderr == ""
    return site / "html"


def snapshot(site: Path) -> dict[str, tuple[bytes, int]]:
    """Return content and time of change of every file of posts."""
    files = (path for path in (site / "posts").rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_feeds_of_many_generators_lose_nothing_and_build(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every sound feed is imported whole, twice the same, and the site builds without a warning."""
    feeds = [str(path) for path in sorted(FEEDS.iterdir()) if not path.name.startswith("broken")]
    assert len(feeds) >= 12
    assert cli.run(["import", *feeds, "--report", "report.json"]) == 1
    report = json.loads((site / "report.json").read_text(encoding="utf-8"))
    assert [note["what"] for note in report["losses"]] == [
        "item 3 is no object",  # of jsonfeed.json
        "1 comment on a page that is no post of the sources or of the site",  # of disqus-export.xml
        "a gallery is 1 picture, one below the other, of 2",  # the export does not have the other
    ]
    assert len(report["posts"]) == len([*(site / "posts").rglob("*.md")]) > len(feeds)
    assert capsys.readouterr().out.splitlines()[-1].endswith("; 3 lost")
    before = snapshot(site)
    assert cli.run(["import", *feeds, "--update", "--quiet"]) == 1
    assert snapshot(site) == before
    build(site)


def test_a_dry_run_writes_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--dry-run` the plan and the new text are shown, and no file is made."""
    assert cli.run(["import", str(FEEDS / "jekyll-feed.xml"), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "create: " in out
    assert "\n+title: " in out
    assert not (site / "posts").exists()


def test_what_the_source_does_not_say_can_be_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Author, date and address are filled in where the source has none, and only there."""
    page = site / "page.html"
    page.write_text(
        "<title>A page</title><article><h1>A page</h1><p>Some words.</p></article>", encoding="utf-8"
    )
    options = ["--author", "Ann", "--date", "2013-07-05", "--url", "https://example.org/blog/a-page/"]
    assert cli.run(["import", str(page), *options]) == 0
    assert "noticed" not in capsys.readouterr().out
    front = (site / "posts/2013/a-page.md").read_text(encoding="utf-8").split("---\n")[1]
    assert yaml.load(front, yaml.BaseLoader) == {  # noqa: S506 - text only
        "title": "A page",
        "date": "2013-07-05",
        "author": ["Ann"],
        "permalink": "/blog/a-page/",
        "source": "https://example.org/blog/a-page/",
    }


def test_a_path_that_the_file_has_is_no_permalink(site: Path) -> None:
    """The front matter doesn't repeat where the file is; another post still can't have that path."""
    (site / "page.html").write_text("<article><h1>Ebb</h1><p>Low.</p></article>", encoding="utf-8")
    url = "https://example.org/posts/2013/ebb/"
    command = ["import", "page.html", "--author", "Ann", "--date", "2013-07-05", "--quiet"]
    assert cli.run([*command, "--url", url]) == 0
    post = site / "posts/2013/ebb.md"
    assert "permalink" not in post.read_text(encoding="utf-8")
    (site / "page.html").write_text("<article><h1>Flood</h1><p>High.</p></article>", encoding="utf-8")
    post.write_text(post.read_text(encoding="utf-8").replace(url, "https://example.org/"), encoding="utf-8")
    assert cli.run([*command, "--url", url]) == 0
    texts = [path.read_text(encoding="utf-8") for path in sorted((site / "posts/2013").glob("*.md"))]
    assert len(texts) == 2
    assert not any("permalink" in text for text in texts)


def test_what_nobody_says_is_noticed_once(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A post without title and date is an untitled draft; the date of a change stands for a missing one."""
    (site / "text.html").write_text("<p>Low tide.</p>", encoding="utf-8")
    changed = "<link href='https://e.org/b/'/><updated>2020-01-02T00:00:00Z</updated>"
    entry = f"<entry><id>urn:b</id><title>B</title>{changed}<content>x</content></entry>"
    (site / "feed.xml").write_text(feed(entry), encoding="utf-8")

    assert cli.run(["import", "text.html", "feed.xml"]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if "noticed" in line] == [
        "undated/untitled.md: noticed: it has no title, so it is called Untitled",
        "undated/untitled.md: noticed: it has no date, so it is a draft",
        "2020/b.md: noticed: it has no date of publication, so that of its last change stands for it",
    ]


def feed(*entries: str) -> str:
    """Write an Atom feed."""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:x</id>{"".join(entries)}</feed>'
    )


def entry(name: str, content: str, tags: str = "", date: str = "2013-07-05T00:00:00Z") -> str:
    """Write an entry of example.org."""
    escaped = content.replace("&", "&amp;").replace("<", "&lt;")
    labels = "".join(f'<category term="{tag}"/>' for tag in tags.split())
    return (
        f"<entry><title>{name}</title><id>urn:{name}</id><published>{date}</published><updated>{date}</updated>"
        f'<link href="https://example.org/{name}/"/>{labels}<content type="html">{escaped}</content></entry>'
    )


def test_links_between_posts_become_links_between_files(site: Path) -> None:
    """An address of another post, in any spelling, leads to its file, and to its heading."""
    one = entry(
        "one",
        '<p><a href="http://www.example.org/two/#part">a</a> <a href="/two/#gone">b</a> '
        '<a href="https://example.org/three/">c</a> <a href="/two/#w%C3%B6rds">e</a></p>',
    )
    two = entry(
        "two",
        '<h2 id="other">Other</h2><h2 id="part">A part</h2><p><a href="/one/">d</a></p>'
        '<p id="wörds">Words. <a href="https://example.org/two/">self</a></p>',
        date="2014-01-01T00:00:00Z",
    )
    (site / "feed.xml").write_text(feed(one, two), encoding="utf-8")
    assert cli.run(["import", "feed.xml"]) == 0
    root = read_html(build(site) / "one/index.html")
    links = {
        link.text_content(): link.get("href") for link in root.xpath("//section//a[@class!='headerlink']")
    }
    assert links["c"] == "https://example.org/three/"
    assert links["b"] == "../two/"
    assert links["a"].startswith("../two/#")
    assert unquote(links["e"]) == "../two/#wörds"
    page = read_html(site / "html/two/index.html")
    assert page.get_element_by_id("wörds").tag == "span"
    target = page.get_element_by_id(links["a"].partition("#")[2])
    assert "A part" in target.text_content()
    assert next(link.get("href") for link in page.iter("a") if link.text_content() == "self") == "#"


def test_labels_have_one_spelling(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The most used spelling of a label wins, and the change is reported; C, C++ and C# stay apart."""
    tags = ("NumFOCUS C", "NumFOCUS C++", "numfocus C#")
    entries = [entry(f"e{number}", "<p>x</p>", tag) for number, tag in enumerate(tags)]
    (site / "feed.xml").write_text(feed(*entries), encoding="utf-8")
    assert cli.run(["import", "feed.xml"]) == 0
    written = [(site / f"posts/2013/e{number}.md").read_text(encoding="utf-8") for number in range(3)]
    assert [re.findall(r"^tags: (.*)$", text, re.MULTILINE) for text in written] == [
        ["[NumFOCUS, C]"], ["[NumFOCUS, C++]"], ["[NumFOCUS, C#]"]
    ]  # fmt: skip
    assert "numfocus → NumFOCUS" in capsys.readouterr().out


def test_odd_dates_are_noticed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A date in the future, and one before computers had any, come along; the first is reported."""
    entries = [
        entry("late", "<p>x</p>", date="2999-01-01T00:00:00Z"),
        entry("early", "<p>x</p>", date="1901-01-01T00:00:00Z"),
    ]
    (site / "feed.xml").write_text(feed(*entries), encoding="utf-8")
    assert cli.run(["import", "feed.xml"]) == 0
    assert (
        "2999/late.md: noticed: it is dated in the future: 2999-01-01T00:00:00+00:00"
        in capsys.readouterr().out
    )
    assert "date: 1901-01-01T00:00:00+00:00" in (site / "posts/1901/early.md").read_text(encoding="utf-8")


def test_pictures_come_along(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pictures of a folder are stored beside the post; one that is not there stays a link, and is listed."""
    (site / "figures").mkdir()
    (site / "figures/plot.png").write_bytes(b"\x89PNG")
    content = '<p><img src="/figures/plot.png" alt="A plot"> <img src="//example.org/gone.png" alt="G"></p>'
    (site / "feed.xml").write_text(feed(entry("one", content)), encoding="utf-8")
    assert cli.run(["import", "feed.xml", "--assets", "figures"]) == 0
    assert (site / "posts/2013/plot.png").read_bytes() == b"\x89PNG"
    text = (site / "posts/2013/one.md").read_text(encoding="utf-8")
    assert "![A plot](plot.png)" in text
    assert "https://example.org/gone.png" in text
    assert (
        "a picture stays where it is: it is not in the folder: https://example.org/gone.png"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize(("name", "is_shown"), [("wave.png", True), ("wave.svg", False)])
def test_an_image_that_can_not_stand_for_a_post_is_named(
    site: Path, capsys: pytest.CaptureFixture[str], name: str, is_shown: bool
) -> None:
    """A build would reject a drawing, which services don't show; it comes along as a file."""
    old = site / "old"
    (old / "_posts").mkdir(parents=True)
    (old / "_config.yml").write_text("url: https://tides.example\n", encoding="utf-8")
    post = f"---\ntitle: Ebb\nimage: /{name}\n---\nWords.\n"
    (old / "_posts/2021-03-04-ebb.md").write_text(post, encoding="utf-8")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    (old / name).write_bytes(drawing if name.endswith(".svg") else b"\x89PNG")
    assert cli.run(["import", "old"]) == 0
    assert (site / f"posts/2021/{name}").is_file()
    assert (f"image: {name}" in (site / "posts/2021/ebb.md").read_text(encoding="utf-8")) == is_shown
    assert ("left out: the image that stands for a post" in capsys.readouterr().out) != is_shown


def test_hostile_text_comes_out_as_text(site: Path) -> None:
    """MyST syntax in the words of a post is words; scripts are gone."""
    hostile = "```{include} ../conf.py\n```  {{ x }} % comment +++ ::: $a$ [^1] (x)= <b>*y*</b> --- # h"
    content = (
        f"<p>{hostile.replace('<b>', '&lt;b&gt;').replace('</b>', '&lt;/b&gt;')}</p><script>alert(1)</script>"
    )
    (site / "feed.xml").write_text(feed(entry("one", content)), encoding="utf-8")
    assert cli.run(["import", "feed.xml"]) == 0
    section = read_html(build(site) / "one/index.html").find(".//section")
    assert section is not None
    (paragraph,) = section.xpath("p[not(@class)]")
    assert paragraph.text_content() == hostile.replace("\n", " ").replace("  ", " ")
    assert "alert" not in section.text_content()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "gone.xml",
            None,
            "gone.xml: it can't be read (No such file or directory); name a file or an address",
        ),
        ("empty.xml", b"", "empty.xml: it is empty; "),
        ("feed.xml", b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "feed.xml: it has no posts; "),
        ("bomb.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss>&a;</rss>", "bomb.xml"),
    ],
)
def test_a_source_that_cannot_be_read_is_one_clear_line(
    name: str, content: bytes | None, message: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no source ends the import before anything is written, with status 2."""
    if content is not None:
        (site / name).write_bytes(content)
    assert cli.run(["import", str(FEEDS / "jekyll-feed.xml"), name]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"postdocs: {message}")
    assert err.count("\n") == 1
    assert not (site / "posts").exists()


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (
            ["--into", "notes"],
            "notes: `blog_post_pattern` of conf.py makes no posts of files like notes/2024/hello.md; "
            "set it to 'posts/**/*.md', or name the folder of your posts with --into",
        ),
        (["--date", "soon"], "--date: 'soon' is not a date; write YYYY-MM-DD"),
        (
            ["--url", "example.org"],
            "--url: it is not a web address; write one like https://example.org/blog/",
        ),
        (
            [str(FEEDS / "rss1.rdf"), "--url", "https://example.org"],
            "--url: it is one address, and there are 2 sources; import them one by one",
        ),
        (["--assets", "nowhere"], "nowhere: there is no such folder; name the folder of the images"),
    ],
)
def test_wrong_options_are_one_clear_line(
    option: list[str], message: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong date or folder is told before anything is written."""
    assert cli.run(["import", str(FEEDS / "jekyll-feed.xml"), *option]) == 2
    assert capsys.readouterr() == ("", f"postdocs: {message}\n")
    assert {path.name for path in site.iterdir()} == {"conf.py", "index.md"}


def test_an_import_needs_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Outside of a site the command says where to run it."""
    monkeypatch.chdir(tmp_path)
    assert cli.run(["import", str(FEEDS / "jekyll-feed.xml")]) == 2
    assert "run this in the folder of your site's conf.py" in capsys.readouterr().err


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real sources are not beside this clone")
def test_the_real_sources_lose_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both seeds come through whole, and an independent reading of the built pages agrees with the proof."""
    assert cli.run(["import", str(SEEDS / "codematician-atom.xml")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "20 posts: 20,162 words, 130 links, 11 images, 9 footnotes, 1 code block, 71 headings; 0 lost"
    )
    before = snapshot(site)
    assert cli.run(["import", str(SEEDS / "codematician-atom.xml"), "--update"]) == 0
    assert snapshot(site) == before
    assert cli.run(["import", str(SEEDS / "scipy-mission.txt"), "--author", "Matthew Rocklin"]) == 0
    html = build(site)
    entries = etree.parse(SEEDS / "codematician-atom.xml").findall("a:entry", ATOM)
    assert len(entries) == 20
    for number, found in enumerate(entries):
        path = urlsplit(str(found.find("a:link", ATOM).get("href"))).path  # type: ignore[union-attr]
        page = html / path.lstrip("/") / "index.html"  # where it was
        source = lxml.html.fragment_fromstring(
            str(found.findtext("a:content", "", ATOM)), create_parent="div"
        )
        assert _read(_article(page)) == _read(source), number


def _article(page: Path) -> lxml.html.HtmlElement:
    (body,) = read_html(page).find_class("body")
    around = [
        *body.find_class("headerlink"),
        *body.find_class("page-toc-in-text"),
        *body.find_class("post-head"),
        *body.find_class("post-neighbours"),
        *body.find_class("post-related"),
        *body.find_class("post-cite"),
    ]
    for element in [*around, *body.xpath("./section/h1")]:
        element.drop_tree()
    for pre in body.iter("pre"):  # the highlighter cuts words
        text = pre.text_content()
        pre.clear()
        pre.text = text
    return body


def _read(root: lxml.html.HtmlElement) -> tuple[list[str], int, int, int, list[str]]:
    """Return words, numbers of headings, pictures and code blocks, and texts of links, independently."""
    notes = [
        *root.find_class("footnote-ref"),
        *root.find_class("footnote-reference"),
        *root.find_class("footnote-backref"),
    ]
    notes += [*root.find_class("label"), *root.find_class("backrefs"), *root.find_class("fn-bracket")]
    for element in notes:
        parent = element.getparent()
        (parent if parent is not None and parent.tag == "sup" else element).drop_tree()
    counts = [
        len(root.xpath(f".//{name}"))
        for name in ("*[self::h1 or self::h2 or self::h3 or self::h4]", "img", "pre")
    ]
    words = [word for text in root.itertext() for word in text.split()]
    links = [" ".join(link.text_content().split()) for link in root.iter("a")]
    return sorted(words), counts[0], counts[1], counts[2], links
