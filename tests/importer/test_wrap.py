"""Paragraphs in several lines, and the score of a post."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from helpers import new_site_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from properties import examples

from importer import trees
from postdocs import cli
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform
from postdocs.importer.myst.render import reader
from postdocs.importer.myst.wrap import Wrap, wrapped
from postdocs.importer.myst.write import write
from postdocs.importer.score import Score, score
from postdocs.importer.tidy import tidied

_READ = reader(new_site_settings())


@pytest.mark.parametrize(
    ("text", "wrap", "lines"),
    [
        ("One two. Three (four.) Five e.g. six? Dr. Seven", "sentence",
         ["One two.", "Three (four.)", "Five e.g. six?", "Dr. Seven"]),
        ("At NOAA. Then stop. We went (e.g. J. S. Bach). End", "sentence",
         ["At NOAA.", "Then stop.", "We went (e.g. J. S. Bach).", "End"]),
        ("*One.* [Two.](https://a.example/) $x. y$ `z. w` end", "sentence",
         ["*One.*", "[Two.](https://a.example/) $x. y$ `z. w` end"]),
        ("aaaa bbbb cccc dddd eeee ffff", 20, ["aaaa bbbb cccc dddd", "eeee ffff"]),
        ("aaaa bbbb cccc dddd - eeee 1. ffff", 20, ["aaaa bbbb cccc dddd -", "eeee 1. ffff"]),
        ("aaaa bbbb cccc `code in one span` ffff", 20, ["aaaa bbbb cccc", "`code in one span`", "ffff"]),
        ("a long-address-that-is-wider-than-a-line b", 20,
         ["a", "long-address-that-is-wider-than-a-line", "b"]),
        ("aaaa\\\nbbbb cccc. Dddd", "sentence", ["aaaa\\", "bbbb cccc.", "Dddd"]),
        ("old\nlines are. Joined\nhere", "sentence", ["old lines are.", "Joined here"]),
        ("- one. Two\n- three. Four", "sentence", ["- one. Two", "- three. Four"]),
    ],
)  # fmt: skip
def test_lines_end_where_nothing_changes(text: str, wrap: Wrap, lines: list[str]) -> None:
    """Not in code, formulas, and links, nor before what would be syntax at the start of a line."""
    assert wrapped(f"{text}\n", wrap, _READ).rstrip("\n").split("\n") == lines


def _read(text: str) -> tuple[nodes.Document, list[str]]:
    """Read a text in which the end of a line is a space."""
    document, warnings = _READ(text)
    in_one_line: dict[type, Any] = {nodes.Text: lambda node: nodes.Text(node.text.replace("\n", " "))}
    return transform(document, in_one_line), [warning.partition(":")[2] for warning in warnings]


@given(trees.documents(), st.sampled_from(["sentence", 20, 80]))
@settings(max_examples=examples(0.1), suppress_health_check=list(HealthCheck))
def test_wrapped_text_means_the_same(document: nodes.Document, wrap: Wrap) -> None:
    """Whatever a post holds; a second run changes nothing, and one without a width joins no lines."""
    text = write(document)
    result = wrapped(text, wrap, _READ)
    assert _read(result) == _read(text)
    assert wrapped(result, wrap, _READ) == result
    assert wrapped(text, "none", _READ) == text


def test_an_import_wraps_and_scores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report counts what is left; tidying it in the same way changes nothing."""
    monkeypatch.chdir(tmp_path)
    Path("conf.py").write_text('blog_post_pattern = "posts/**/*.md"\n', encoding="utf-8")
    frame = "&lt;iframe src='https://www.youtube.com/embed/a'&gt;&lt;/iframe&gt;"
    content = f"&lt;p&gt;One two. Three *four*.&lt;/p&gt;{frame}"
    Path("feed.xml").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:x</id><entry><title>One</title>'
        "<id>urn:y</id><published>2020-01-02T03:04:05Z</published><updated>2020-01-02T03:04:05Z</updated>"
        f'<author><name>Ann</name></author><content type="html">{content}</content></entry></feed>',
        encoding="utf-8",
    )
    assert cli.run(["import", "feed.xml", "--wrap", "sentence", "--report", "r.json"]) == 0
    (post,) = Path("posts").rglob("*.md")
    text = post.read_text(encoding="utf-8")
    assert "\nOne two.\nThree \\*four*.\n" in text
    assert tidied(text, _READ, "sentence") == text
    report = json.loads(Path("r.json").read_text(encoding="utf-8"))
    assert report["score"] == report["posts"][0]["score"]
    assert report["score"]["html_blocks"] == report["score"]["escapes"] == 1
    assert report["score"]["per_1000_words"]["escapes"] == 250


def test_what_looks_like_a_machine_s_is_counted() -> None:
    """HTML, backslashes outside of code and formulas, and code that has more than a language."""
    text = (
        "A\\. `b\\.` $\\.$ c\n\n<div>d</div>\n\n```python\n\\.\n```\n\n```{code-block} python\n"
        ":caption: x\n\ny\n```\n\n"
        ":::{note}\nE\\.\n\n<p>f</p>\n:::\n"
    )
    assert score(text, _READ) == Score(html_blocks=2, escapes=2, odd_fences=1, words=3)


@pytest.mark.parametrize("value", ["8", "wide", "-80", "٨٠"])
def test_other_ways_to_wrap_are_refused(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says what can be written."""
    with pytest.raises(SystemExit):
        cli.run(["tidy", "posts", "--wrap", value])
    assert f"'{value}' is no way to wrap; write none, sentence, or a width like 80" in capsys.readouterr().err
