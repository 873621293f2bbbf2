"""What a build would reject is said by the import, with its line and what to do."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from importer.feeds import entry, feed
from postdocs import cli
from postdocs.importer.ast import nodes
from postdocs.importer.buildable import problems
from postdocs.importer.entry import Note, NoteKind
from postdocs.sphinx_ext.math.check import checker

# Titles, labels, addresses, dates and texts that blogs have and builds have stumbled over.
TITLES = [
    *["", "*x*", "# h", "{{ x }}", "a\nb", "<b>x</b>", "back\\slash", "x" * 300, "`code`", "$a$", "[x](y)"],
    *["1. a", ": a", "'q' \"d\"", "---", "a: b", "True", "2020", "null", "@at", "{include} x", "😀", "[^1]"],
]
TAGS = ["C#", "C++", "#", "/", "..", "a,b", "True", "2020", "ü", "u\u0308", "<b>", "{{x}}", "日本", "*"]
PATHS = [
    *["/search/", "/404.html", "/blog/", "/blog/2020/", "/robots.txt/x/", "/_static/x/", "/index.html"],
    *["/a.php", "/a.php/b/", "/q.php?post/1", "/q.php/post/2/", "/?p=3", "/?p=4", "/c", "/C", "/%C3%BC/"],
    *[
        "/u%CC%88/",
        "/" + "l" * 300,
        "/.hidden/",
        "/a%2Fb/",
        "/p%",
        "/posts/2020/search/",
        "/blog/tag/c/",
    ],
]
BODIES = [
    '<p><a href="c.html#x">a</a> <a href="?p=2">b</a> <a href="#gone">c</a> <a href="">d</a></p>',
    '<h2 id="a">A</h2><h2 id="a">A</h2><h3>A</h3><p><a href="#a">x</a> <a href="#b%20c">y</a></p>',
    '<pre><code class="language-nonsense">x</code></pre><pre><code class="language-js">}}{</code></pre>',
    '<table><tr><td colspan="2">a<img src="rel.png"></td></tr><tr><td>1</td><td>2</td></tr></table>',
    "<p>{ref}`x` {cite}`z` {{ x }} [x](y) <code>{doc}`a`</code></p>",
    "<hr><p>a</p><hr><hr><h5>deep</h5><h2>up</h2>",
    '<p><a href="inv:x">a</a> <a href="path:x.md">b</a> <a href="http://[x">c</a> <a href="tel:1">d</a></p>',
    '<p><img src="größer bild.png" alt="x"><img src="//cdn.example/a.png"><img src=""></p>',
    "<blockquote></blockquote><ul><li></li></ul><table></table><dl><dt>a</dt></dl><ol start='0'><li>z</ol>",
    '<p id="t">x <a name="n">n</a> <a href="#n">to n</a> <a href="#t">to t</a></p>',
    "<p>(target)=</p><p>```{note}</p><p>:::{tip}</p><p>% c</p><p>+++</p><p>[^1]: x</p>",
    r"<p>\(x\) and \(\nosuch{x}\)</p><p>$$ a \\ b $$</p><p>$$ h = \nosuch $$</p>",
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><circle id="c" r="4"/><a xlink:href="https://e.example/">'
    '<use xlink:href="#c"/></a></svg><svg><style>a{}</style><text>t</text></svg><lite-youtube videoid="v">',
    '<img src="data:image/svg+xml,%3Csvg%3E%3Crect/%3E%3C/svg%3E"><img src="data:image/png;base64,AAAA">',
    "",
]  # fmt: skip


def odd_feed() -> str:
    """Write a feed of odd posts, the last of which links to all others."""
    posts = [entry(f"t{number}", "<p>x</p>", title=title) for number, title in enumerate(TITLES)]
    posts += [entry(f"tag{number}", "<p>x</p>", tags=(tag,)) for number, tag in enumerate(TAGS)]
    posts += [entry(f"path{number}", "<p>x</p>", path=path) for number, path in enumerate(PATHS)]
    posts += [entry(f"body{number}", body) for number, body in enumerate(BODIES)]
    posts += [entry("late", "<p>x</p>", date="2999-01-01"), entry("undated", "<p>x</p>", date="")]
    urls = re.findall(r'<link href="([^"]*)"', "".join(posts))
    links = "".join(
        f'<p><a href="{url}">a</a> <a href="{url}#x">b</a> <a href="{url}?x=1">c</a></p>' for url in urls
    )
    return feed(*posts, entry("links", links))


def test_what_is_not_named_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of many odd posts a build in a new site rejects what the import has named, and no more."""
    assert cli.run(["init", str(tmp_path / "blog"), "--url", "https://tides.example/"]) == 0
    monkeypatch.chdir(tmp_path / "blog")
    Path("feed.xml").write_text(odd_feed(), encoding="utf-8")
    capsys.readouterr()
    assert cli.run(["import", "feed.xml", "--quiet"]) == 1
    lost = capsys.readouterr().out.splitlines()
    named = [line.partition(": lost: a formula that the build can't read (")[::2] for line in lost]
    command = [sys.executable, "-m", "sphinx", "-b", "dirhtml", "-q", "-N", "-n", ".", "html"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    rejected = re.findall(r"WARNING: The formula can't be read: (.*)\. The page shows", result.stderr)
    assert len(result.stderr.splitlines()) == len(rejected) == len(named) == 2
    assert [what.partition("); correct it")[0] for _, what in named] == rejected
    assert [where.partition(":")[0] for where, _ in named] == ["2020/body11.md"] * 2


def notes_of(*inlines: nodes.Inline | nodes.MathBlock, text: str = "", **hidden: str) -> list[Note]:
    """Return what is said of a paragraph, or of formulas."""
    blocks = tuple(one if isinstance(one, nodes.MathBlock) else nodes.Paragraph((one,)) for one in inlines)
    by_key = {"tides.example/" + key: path for key, path in hidden.items()}
    return [*problems(nodes.Document(blocks), text, {"copied.png"}, by_key, checker({}))]


@pytest.mark.parametrize("src", ["a.png", "/up/a.png", "../a b.png", "größer.png"])
def test_a_picture_without_a_site_is_lost(src: str) -> None:
    """Nothing says where it is, so the build would find no file; the address of the blog does."""
    (note,) = notes_of(nodes.Image(src), text=f"---\n---\n\n![]({src})\n")
    assert note == Note(
        NoteKind.LOST, "a picture whose address says no site; say where the blog is with --url", src, line=4
    )


@pytest.mark.parametrize("src", ["xref:guide#wave", "myst:guide#wave"])
def test_a_picture_of_another_project_is_lost(src: str) -> None:
    """Only mystmd finds it, in the inventory of that project."""
    (note,) = notes_of(nodes.Image(src), text=f"---\n---\n\n![]({src})\n")
    what = "a picture of another project, which only its own system can find; name the file itself"
    assert note == Note(NoteKind.LOST, what, src, line=4)


@pytest.mark.parametrize("src", ["https://a.example/a.png", "data:image/png;base64,AA==", "copied.png"])
def test_a_picture_that_is_somewhere_is_none_of_these(src: str) -> None:
    """Whole addresses, pictures within the address, and copies beside the post are found."""
    assert notes_of(nodes.Image(src)) == []


def test_links_that_lead_nowhere_are_noticed() -> None:
    """A link without a site, and one to a post that is not published yet, are named."""
    link = nodes.Link("files/a.pdf", (nodes.Text("a"),))
    draft = nodes.Link("https://www.tides.example/ebb/#low", (nodes.Text("b"),))
    inside = nodes.Link("#low", (nodes.Text("c"),))
    assert notes_of(link, draft, inside, ebb="undated/ebb.md") == [
        Note(
            NoteKind.NOTICED,
            "a link whose address says no site; say where the blog is with --url",
            "files/a.pdf",
        ),
        Note(
            NoteKind.NOTICED,
            "a link to a post that is not published yet keeps the old address",
            "https://www.tides.example/ebb/#low",
            "undated/ebb.md",
        ),
    ]


def test_formulas_are_read_as_the_site_reads_them() -> None:
    """What a formula defines holds for those after it; one that can't be read is named with its line."""
    formulas = (nodes.Math(r"\newcommand{\tide}{h} \tide"), nodes.Math(r"\tide"), nodes.MathBlock(r"\ebb"))
    text = "---\n---\n\n$\\newcommand{\\tide}{h} \\tide$\n\n$\\tide$\n\n$$\n\\ebb\n$$\n"
    (note,) = notes_of(*formulas, text=text)
    assert (note.kind, note.before, note.line) == (NoteKind.LOST, r"\ebb", 9)
    assert note.what.startswith("a formula that the build can't read (")
