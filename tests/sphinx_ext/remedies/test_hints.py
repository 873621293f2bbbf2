"""Warnings of Sphinx and MyST say what to do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp

OR_ADD = ", or add the extension that has it to `extensions`"
FRONT = "---\ntitle: New\ndate: 2024-05-01\n---\n\n"


@pytest.fixture
def warn(make_app: Callable[..., SphinxTestApp], rootdir: Path, tmp_path: Path) -> Callable[[str], list[str]]:
    """A function that builds a blog with one more post, and returns what is warned of in its text."""

    def build(text: str) -> list[str]:
        source = tmp_path / "blog"
        shutil.copytree(rootdir / "test-blog", source)
        (source / "posts/draft.md").write_text(
            "---\ntitle: Draft\ndate: 2024-01-01\ndraft: true\n---\n\nText.\n", encoding="utf-8"
        )
        (source / "posts/new.md").write_text(FRONT + text, encoding="utf-8")
        (source / "posts/plots").mkdir()
        (source / "posts/plots/heat.svg").write_text(
            "<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8"
        )
        warning = StringIO()
        make_app("dirhtml", srcdir=source, warning=warning, confoverrides={"nitpicky": True}).build()
        place = f"{source}/posts/new.md:"
        plain = re.sub(r"\x1b\[[\d;]*m", "", warning.getvalue())  # without colours
        return [line.removeprefix(place) for line in plain.splitlines()]

    return build


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "![A plot](plots/heet.svg)\n",
            "the picture 'posts/plots/heet.svg' is not there; did you mean 'plots/heat.svg'?",
        ),
        (
            "![A plot](heat.svg)\n",
            "the picture 'posts/heat.svg' is not there; put it there, or correct its name",
        ),
        ("[text]()\n", "a link has no address; write one, as in `[text](page.md)`, or remove the link"),
        ("Text ![alt]( )\n", "an image has no address; write the path of its file, or remove it"),
        (
            "```{notte}\nText.\n```\n",
            "there is no directive `{notte}`; write `{note}`" + OR_ADD,
        ),
        (
            "```{postlists}\n```\n",
            "there is no directive `{postlists}`; write `{postlist}`" + OR_ADD,
        ),
        (
            "{abbrr}`x`\n",
            "there is no role `{abbrr}`; write `{abbr}`" + OR_ADD,
        ),
        (
            "{cite}`knuth`\n",
            "there is no role `{cite}`; add 'sphinxcontrib.bibtex', which has it, to `extensions`",
        ),
        (
            "```{mermaid}\n```\n",
            "there is no directive `{mermaid}`; add 'sphinxcontrib.mermaid', which has it, to `extensions`",
        ),
        ("[x](draft.md)\n", "'posts/draft' is a draft; publish it first, or remove the link"),
        ("{doc}`neww`\n", "there is no page 'neww'; did you mean '/posts/new.md'?"),
        ("[x](nev.md)\n", "there is no page 'nev.md'; did you mean '/posts/new.md'?"),
        (
            "(my-target)=\n## Part\n\n[x](#my-targt)\n",
            "'my-targt' leads nowhere: there is no target of that name; did you mean 'my-target'?",
        ),
        (
            "(my-target)=\n## Part\n\n{ref}`my-targt`\n",
            "'my-targt' leads nowhere: there is no target of that name; did you mean 'my-target'?",
        ),
        (
            "{term}`abc`\n",
            "'abc' leads nowhere: no glossary has that term; correct it, or remove the link",
        ),
    ],
)
def test_what_is_not_there_is_named_with_what_is(
    warn: Callable[[str], list[str]], text: str, expected: str
) -> None:
    """A misspelt name is told together with the one that is nearest to it."""
    lines = [warned.partition(": ")[2].rpartition(" [")[0] for warned in warn(text)]
    assert lines == [f"WARNING: {expected}"]


def test_footnotes_are_named(warn: Callable[[str], list[str]]) -> None:
    """One line says which footnote has no definition, and one which is not used."""
    lines = warn("A remark[^nope].\n\n[^unused]: Never.\n")
    assert sorted(lines) == [
        "6: ERROR: the footnote `[^nope]` has no definition; add a line `[^nope]: …` [docutils]",
        "8: WARNING: the footnote `[^unused]` is not used; refer to it by `[^unused]`, or remove it"
        " [ref.footnote]",
    ]


@pytest.mark.filterwarnings("ignore:'sphinx.environment.BuildEnvironment.app'")  # by MyST's own `include`
@pytest.mark.parametrize("end", ["new.md", "../index.md"])
def test_a_file_that_includes_itself_is_told(warn: Callable[[str], list[str]], end: str) -> None:
    """It is left out once, and the rest of the page is there; so is one that others lead back to."""
    lines = warn(f"Before.\n\n```{{include}} {end}\n```\n\n```{{include}} new.md\n```\n")
    assert {line.partition("WARNING: ")[2] for line in lines} == {
        "'posts/new.md' includes itself; remove the `{include}` of it [postdocs.markup]"
    }


def test_what_is_not_closed_is_told(warn: Callable[[str], list[str]]) -> None:
    """A fence and an element that swallow the rest are told with their lines."""
    lines = warn("<div>\n\n```python\nprint(1)\n\n## Next\n")
    assert lines == [
        "6: WARNING: `<div>` has no end tag, so it contains everything that follows; "
        "add `</div>` [postdocs.markup]",
        "8: WARNING: '```' opens a block that has no end; add a line '```' after it [postdocs.markup]",
    ]


def test_other_things_that_are_not_there_are_named_too(warn: Callable[[str], list[str]]) -> None:
    """Files that are included or offered, languages of code, equations; and targets that are there twice."""
    text = (
        "```{include} draftt.md\n```\n\n{download}`gone.zip`\n\n```pyton\nx\n```\n\n{eq}`nope`\n\n"
        "(dup)=\n## A\n\n(dup)=\n## B\n"
    )
    lines = [warned.partition(": ")[2].rpartition(" [")[0].partition(": ")[2] for warned in warn(text)]
    assert sorted(lines) == [
        "'nope' leads nowhere: no equation has that label; correct it, or remove the link",
        "the file 'posts/draftt.md' is not there; did you mean 'draft.md'?",
        "the file 'posts/gone.zip' is not there; put it there, or correct its name",
        "the target 'dup' is defined twice on this page; rename one",
        "there is no language 'pyton' for code; write 'python'",
    ]
