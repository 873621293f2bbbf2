"""Posts that are written as an import writes them, and known to later imports."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import pytest
from blogs.markdown_shapes import SHAPES
from helpers import new_site_settings
from hypothesis import HealthCheck, given, settings
from properties import examples

from importer import trees
from postdocs import cli
from postdocs.importer.ast import nodes
from postdocs.importer.myst import segments
from postdocs.importer.myst.minimal import lightened
from postdocs.importer.myst.render import reader
from postdocs.importer.myst.segments import Segment
from postdocs.importer.myst.write import write
from postdocs.importer.tidy import tidied

_READ = reader(new_site_settings())
_CHANGED = {
    "escapes": (r"One\. \*two* \(three\)", r"One. \*two* (three)"),
    "addresses": (
        "[ann@a.example](mailto:ann@a.example) [x](<https://a.example/b_(c)>)",
        "<ann@a.example> [x](https://a.example/b_(c))",
    ),
    "emphasis beside a letter": ("**Note:**&#114;ead", "<strong>Note:</strong>read"),
    "emphasis in tags": ("<em>one</em> <strong>two</strong>", "*one* **two**"),
    "bullets": ("* one\n* two\\!", "- one\n- two!"),
    "underlined heading": ("Head\\!\n-----\ntext", "## Head!\n\ntext"),
    "heading of any level": ("##### Deep\\.", "##### Deep."),
    "options": (
        ':::{figure} a.png\n:alt: "plain"\n:width: "546"\n\nCap\\.\n:::',
        ":::{figure} a.png\n:alt: plain\n:width: 546\n\nCap.\n:::",
    ),
    "rows": ("|a|b\\.|\n|:-|-|\n|1|2|", "| a | b. |\n| :-- | --- |\n| 1 | 2 |"),
    "table of an earlier import": (
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ":::{list-table}\n* - a\n  - b\n:::",
    ),
    "footnote beside it": ("Two\\.[^a]\n\n[^a]: Three\\.", "Two.[^a]\n\n[^a]: Three\\."),
    "lines of a paragraph": ("One\\.\ntwo\\.", "One.\ntwo."),
}
_KEPT = {
    "directive": "```{post} 2020-01-01\n:tags: a\\*\n```",
    "directive inside another": ":::{note}\nA\\.\n\n```{toctree}\nx\n```\n:::",
    "option": ':::{figure} a.png\n:align: left\n:alt: "plain"\n\nCap\\.\n:::',
    "width of a picture": ":::{figure} a.png\n:figwidth: image\n\nCap\\.\n:::",
    "code of no language": "```{code-block}\n:linenos:\n\nx\n```",
    "code of docutils": "::::{note}\nA\\.\n\n:::{code} python\nx\n:::\n::::",
    "too many cells": "|a|b\\.|\n|:-|-|\n|1|2|mine|",
    "lines of code": '```{code-block} python\n:emphasize-lines: "1"\n\nx\n```',
    "role": "See {ref}`foo\\*`\\.",
    "comment": "% mine\\.",
    "target": "(My Target)=\n<b>Text</b>",
    "attributes": "{#foo .bar}\n# Head",
    "attributes in text": "[a\\.]{.small} b",
    "reference": "[x\\.][r] and [r]\n\n[r]: https://a.example/",
    "second of two lists": "- one\n\n* two\\.",
    "HTML with a class": '<table class="wide"><tbody><tr><td>a</td></tr></tbody></table>',
    "HTML that is no more": "<div class='grid'>\n\n<p align='center'>x</p>\n\n</div>",
}


@pytest.mark.parametrize("name", _CHANGED)
def test_what_reads_back_the_same_is_written_anew(name: str) -> None:
    """The front matter stays to the letter, and a second run changes nothing."""
    head = "---\ntitle: 'x'  # mine\n---\n\n"
    before, after = _CHANGED[name]
    result = tidied(f"{head}{before}\n", _READ)
    assert result == f"{head}{after}\n"
    assert tidied(result, _READ) == result


@pytest.mark.parametrize("name", _KEPT)
def test_what_the_writer_does_not_know_stays(name: str) -> None:
    """Not a byte of such a block changes, beside blocks that do."""
    text = _KEPT[name]
    assert tidied(f"{text}\n", _READ) == f"{text}\n"
    assert tidied(f"One\\.\n\n{text}\n", _READ) == f"One.\n\n{text}\n"


def test_only_the_build_says_what_sphinx_warns_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would be said of no file, and each time that the block is read."""
    monkeypatch.setattr(logging.getLogger("sphinx"), "propagate", False)
    text = "```{code-block} python\n:emphasize-lines: 9\n\nx\n```\n"
    assert tidied(text, _READ) == text
    assert capsys.readouterr() == ("", "")


@given(trees.documents())
@settings(max_examples=examples(0.2), suppress_health_check=list(HealthCheck))
def test_what_an_import_wrote_means_the_same(document: nodes.Document) -> None:
    """Whatever a post holds, it is read as before, and a second run changes nothing."""
    text = write(document)
    result = tidied(text, _READ)
    assert _READ(result) == _READ(text)
    assert tidied(result, _READ) == result


_FEED = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:x</id><entry><title>One</title>
<id>urn:y</id><published>2020-01-02T03:04:05Z</published><updated>2020-01-02T03:04:05Z</updated>
<author><name>Ann</name></author><link href="https://old.example/one/"/><content type="html">{}</content>
</entry></feed>
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a site with an imported post, as an older version may have written it."""
    (tmp_path / "conf.py").write_text('blog_post_pattern = "posts/**/*.md"\n', encoding="utf-8")
    (tmp_path / "feed.xml").write_text(_FEED.format("&lt;p&gt;Text one.&lt;/p&gt;"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("postdocs.importer.roundtrip._light", lambda texts, *_: f"{texts[0][:-1]}\\.\n")
    assert cli.run(["import", "feed.xml", "--quiet"]) == 0
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_tidied_post_is_still_of_the_import(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is shown first, then written; later imports keep it, and bring changes of the source in."""
    post = site / "posts/2020/one.md"
    before = post.read_text(encoding="utf-8")
    assert before.endswith("\n\nText one\\.\n")
    assert cli.run(["tidy", "posts"]) == 0
    shown = capsys.readouterr().out
    assert "-Text one\\.\n+Text one.\n1 file of 1 would change" in shown
    assert post.read_text(encoding="utf-8") == before
    assert cli.run(["tidy", "posts/2020/one.md", "--write"]) == 0
    after = post.read_text(encoding="utf-8")
    assert after == before.replace("one\\.", "one.")
    assert cli.run(["import", "feed.xml", "--update"]) == 0
    assert post.read_text(encoding="utf-8") == after
    source = _FEED.format("&lt;p&gt;Text two.&lt;/p&gt;")
    (site / "feed.xml").write_text(source, encoding="utf-8")
    assert cli.run(["import", "feed.xml", "--update", "--quiet"]) == 0
    assert post.read_text(encoding="utf-8") == after.replace("one.", "two.")
    assert [path.name for path in (site / "posts/2020").iterdir()] == ["one.md"]


def test_nothing_is_left_to_tidy_after_an_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An import writes as tidying does, whatever is in a post; tidied posts are kept by the next import."""
    settings = ["--title", "T", "--author", "Ann", "--host", "none"]
    assert cli.run(["init", str(tmp_path / "site"), *settings]) == 0
    monkeypatch.chdir(tmp_path / "site")
    shapes = (shape(random.Random(number)) for number, shape in enumerate(SHAPES.values()))  # noqa: S311 - the same post each time
    Path("feed.xml").write_text(_FEED.format(escape("".join(shapes))), encoding="utf-8")
    assert cli.run(["import", "feed.xml", "--quiet"]) == 0
    post = Path("posts/2020/one.md")
    before = post.read_bytes()
    capsys.readouterr()
    assert cli.run(["tidy", str(post), "--write"]) == 0
    assert capsys.readouterr().out.startswith("0 files of 1 ")
    assert cli.run(["import", "feed.xml", "--update"]) == 0
    assert "0 to update, 1 to keep" in capsys.readouterr().out
    assert post.read_bytes() == before


def test_a_changed_post_stays_its_author_s(site: Path) -> None:
    """To tidy a post that somebody changed doesn't make it the import's again."""
    post = site / "posts/2020/one.md"
    post.write_text(f"{post.read_text(encoding='utf-8')}\nMine\\.\n", encoding="utf-8")
    assert cli.run(["tidy", "posts", "--write"]) == 0
    mine = post.read_text(encoding="utf-8")
    assert mine.endswith("\n\nText one.\n\nMine.\n")
    (site / "feed.xml").write_text(_FEED.format("&lt;p&gt;Text two.&lt;/p&gt;"), encoding="utf-8")
    assert cli.run(["import", "feed.xml", "--update", "--quiet"]) == 0
    assert post.read_text(encoding="utf-8") == mine


def test_files_keep_their_ends_of_lines(site: Path) -> None:
    """A file with carriage returns and a byte order mark has both afterwards."""
    post = site / "posts/mine.md"
    post.write_bytes(b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\n\r\nOne\\.\r\n")
    assert cli.run(["tidy", "posts/mine.md", "--write"]) == 0
    assert post.read_bytes() == b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\n\r\nOne.\r\n"


def test_a_post_with_a_nul_character_is_not_tidied(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Markdown reads another character in its place, so that it would be lost; no file is written."""
    (site / "posts/mine.md").write_bytes(b"One\\.\n\nT\0wo\n")
    assert cli.run(["tidy", "posts", "--write"]) == 2
    remedy = "remove it, or save the file in UTF-8"
    assert capsys.readouterr().err == f"postdocs: posts/mine.md:3: it has a NUL character; {remedy}\n"
    assert (site / "posts/2020/one.md").read_text(encoding="utf-8").endswith("one\\.\n")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("a.md", "a.md: there is no such file; name the file of a post, like posts/2024/a.md, or a folder"),
        ("feed.xml", "feed.xml: it is not Markdown; name a file that ends in .md"),
        ("..", "..: it is not in this site; run this in the folder of that site's conf.py"),
    ],
)  # fmt: skip
def test_what_is_no_post_is_refused(
    site: Path, path: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says why, and nothing is written."""
    assert cli.run(["tidy", "posts", path, "--write"]) == 2
    assert capsys.readouterr().err == f"postdocs: {message}\n"
    assert (site / "posts/2020/one.md").read_text(encoding="utf-8").endswith("one\\.\n")


@pytest.mark.parametrize(
    ("head", "why"), [("---\ntitle: a\n", "is not closed"), ("---\na: [\n---\n", "YAML")]
)
def test_a_broken_post_is_not_tidied(
    site: Path, head: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines of its front matter are no headings and rules; no other file is written either."""
    (site / "posts/mine.md").write_text(f"{head}\nOne\\.\n", encoding="utf-8")
    assert cli.run(["tidy", "posts", "--write"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("postdocs: posts/mine.md:")
    assert why in error
    assert (site / "posts/mine.md").read_text(encoding="utf-8") == f"{head}\nOne\\.\n"
    assert (site / "posts/2020/one.md").read_text(encoding="utf-8").endswith("one\\.\n")


def test_a_diff_without_a_last_line_feed_can_be_applied(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Git is told of it; a separator of another kind ends no line."""
    (site / "posts/mine.md").write_text("He\u2028ad\n\nOne\\.", encoding="utf-8")
    assert cli.run(["tidy", "posts/mine.md"]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[3:-2] == [" He\u2028ad", " ", "-One\\.", r"\ No newline at end of file", "+One."]


def test_installed_packages_are_not_tidied(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder of a site may hold a virtual environment, under any name."""
    for folder in ("env", "node_modules", "_build"):
        (site / folder).mkdir()
        (site / folder / "a.md").write_text("One\\.\n", encoding="utf-8")
    (site / "env/pyvenv.cfg").touch()
    assert cli.run(["tidy", "."]) == 0
    assert capsys.readouterr().out.endswith("1 file of 1 would change; add --write to write them\n")


def test_blocks_that_cannot_stand_together_are_found_in_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    """One such block of many doesn't make each of the others a trial of the whole text."""
    lists = "- a\n- b\n\n<ul>\n<li>c</li>\n</ul>\n"
    trials: list[int] = []
    joined = segments._join  # noqa: SLF001 - each trial joins the blocks

    def counted(parts: Sequence[Segment], texts: Iterable[str]) -> str:
        trials.append(1)
        return joined(parts, texts)

    monkeypatch.setattr(segments, "_join", counted)
    assert tidied("One\\.\n\n" * 64 + lists, _READ) == "One.\n\n" * 64 + lists
    assert len(trials) < 20


def test_escapes_of_one_block_are_tried_only_so_often() -> None:
    """Where thousands depend on each other, some stay."""
    texts: list[str] = []
    text = "\\*a* " * 100

    def meaning(text: str) -> object:
        texts.append(text)
        return text.count("\\") % 7, len(text) % 5

    lightened(text, (), meaning)
    assert len(texts) <= 202
