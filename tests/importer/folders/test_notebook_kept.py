"""Cells of notebooks that stay notebooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest

from importer.folders.notebook_files import code, notebook, prose, shown, stream
from importer.kept_notebooks import CONF, FRONT, PIXEL, outputs, planned, sources
from postdocs.core.notebook import as_markdown
from postdocs.importer.entry import NoteKind


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An empty site."""
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    return tmp_path


def kept(site: Path, *cells: Mapping[str, Any], **metadata: object) -> dict[str, Any]:
    """Return the notebook that a post with these cells becomes; it is one by nbformat's schema."""
    plan = planned(site, {"tides.ipynb": notebook(FRONT, *cells, **metadata)})
    (post,) = plan.posts
    assert [note for note in post.notes if note.kind is NoteKind.LOST] == []
    content: dict[str, Any] = json.loads(post.text)
    nbformat.validate(content)
    return content


def test_cells_stay_apart(site: Path) -> None:
    """Its first cell is the front matter; code is as it was, and Markdown reads in MyST as in Jupyter."""
    content = kept(
        site,
        prose("# Tides\n\n- ebb\n- flow"),
        prose("- neap\n\nOf \\\\(x^2\\\\)[^1]."),
        code("%matplotlib inline\nx = 1", stream("seven\n")),
        prose("[^1]: A note."),
        code("y"),
    )
    assert sources(content) == [
        ("markdown", "- ebb\n- flow"),
        ("markdown", "- neap\n\nOf $x^2$[^1]."),
        ("code", "%matplotlib inline\nx = 1"),
        ("code", "y"),
        ("markdown", "[^1]: A note."),
    ]
    assert outputs(content) == [{"output_type": "stream", "name": "stdout", "text": ["seven\n"]}]
    front = as_markdown(json.dumps(content), "n.ipynb")
    assert front.startswith("---\ntitle: Tides\ndate: 2021-03-04\ntags: [sea]\nblogpost: true\n")


@pytest.mark.parametrize(
    ("data", "remains"),
    [
        ({"text/plain": "text", "text/html": "<b onclick='x()'>html</b>"}, {"text/html": ["<b>html</b>"]}),
        ({"text/html": "<style>b{}</style><b>html</b>"}, {"text/html": ["<b>html</b>"]}),
        ({"text/latex": "$\\displaystyle x$", "text/plain": "x"}, {"text/latex": ["$$\\displaystyle x$$"]}),
        ({"image/png": PIXEL, "text/plain": "<Figure>"}, {"image/png": PIXEL}),
        ({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Box()"}, {"text/plain": ["Box()"]}),
        ({"text/plain": "\x1b[31mred\x1b[0m"}, {"text/plain": ["red"]}),
    ],
)
def test_outputs_are_clean(site: Path, data: dict[str, Any], remains: dict[str, Any]) -> None:
    """Each is the form that a page shows, without what runs there."""
    assert [output["data"] for output in outputs(kept(site, code("x", shown(data))))] == [remains]


def test_a_drawing_has_no_script(site: Path) -> None:
    """Whatever could run in it when it is opened."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script><circle r="3" onload="x()"/></svg>'
    (output,) = outputs(kept(site, code("x", shown({"image/svg+xml": drawing}))))
    text = "".join(output["data"]["image/svg+xml"])
    assert "circle" in text
    assert "x()" not in text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"text/markdown": "Of *kelp* and $x^2$"}, "Of *kelp* and $x^2$"),
        ({"text/html": '<p><a href="/kelp/">Kelp</a></p>'}, "[Kelp](https://tides.example/kelp/)"),
        ({"text/html": "<p>Seen</p><iframe src='https://x.example/'></iframe>"}, "Seen"),
        ({"text/html": "<p>Seen</p><p style='display: none'>Hidden</p>"}, "Seen"),
        ({"image/png": "AAAA"}, ""),
        ({"image/webp": "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"}, "picture-"),
    ],
)
def test_what_no_cell_can_show_follows_it(site: Path, data: dict[str, Any], text: str) -> None:
    """Outputs in Markdown, with links, or in no form of MyST-NB are text below, with all outputs after."""
    plan = planned(
        site,
        {"tides.ipynb": notebook(FRONT, code("x", stream("first"), shown(data), stream("last")))},
    )
    content = json.loads(plan.posts[0].text)
    assert [output["name"] for output in outputs(content)] == ["stdout"]
    (_, (kind, below)) = sources(content)
    assert kind == "markdown"
    assert text in below
    assert "last" in below
    assert "Hidden" not in below


def test_what_pages_hide_is_hidden(site: Path) -> None:
    """By the tags of MyST-NB; outputs that no page shows, and hidden text, are left out."""
    content = kept(
        site,
        code("# hide\nkey = 1", stream("secret")),
        code("#| echo: false\n#| fig-cap: x\nplot", stream("shown")),
        code("long", stream("folded"), tags=["hide_output", "hide-input"]),
        code("noisy", stream("warning", "stderr"), tags=["remove-stderr", "own"]),
        prose("Secret too.", metadata={"tags": ["remove-cell"]}),
    )
    tags = [cell["metadata"].get("tags") for cell in content["cells"][1:]]
    assert tags == [["remove-cell"], ["remove-input"], ["hide-input", "hide-output"], None]
    assert sources(content)[1] == ("code", "plot")
    text = json.dumps(content)
    assert not any(hidden in text for hidden in ("secret", "Secret", "warning"))


def test_outputs_without_code_are_text(site: Path) -> None:
    """MyST-NB leaves out cells without any, also where only options are in them."""
    content = kept(site, code("", stream("one")), code("#| label: fig\n", stream("two")), code("x"))
    assert [kind for kind, _ in sources(content)] == ["markdown", "markdown", "code"]
    assert all(text in sources(content)[at][1] for at, text in enumerate(["one", "two"]))


def test_odd_numbers_are_left_out(site: Path) -> None:
    """Those that no schema and no page knows."""
    image = shown({"image/png": PIXEL}, **{"image/png": {"width": -4, "height": True}})
    content = kept(site, {**code("x", image), "execution_count": True})
    assert content["cells"][1]["execution_count"] is None
    assert outputs(content)[0]["metadata"] == {}


def test_metadata_tell_nothing_of_a_machine(site: Path) -> None:
    """What runs the notebook stays, without paths; so does the number of a cell."""
    kernel = {"name": "ir", "display_name": "R ('/home/ann/env')", "language": "R", "env": {"KEY": "x"}}
    info = {"name": "R", "version": "4.1", "file_extension": "/home/ann"}
    cell = {**code("x", ExecuteTime="12:00", vscode={"a": 1}), "execution_count": 7}
    content = kept(site, cell, kernelspec=kernel, language_info=info, widgets={"state": {}}, papermill={})
    assert content["metadata"] == {
        "kernelspec": {"name": "ir", "display_name": "ir", "language": "R"},
        "language_info": {"name": "r", "pygments_lexer": "r"},
    }
    assert (content["cells"][1]["metadata"], content["cells"][1]["execution_count"]) == ({}, 7)


@pytest.mark.parametrize(
    "open_", ["<details><summary>More</summary>\n\nText.", "<div>\n\nText.", "<b>Text.", "<!-- x"]
)
def test_a_cell_takes_in_no_other(site: Path, open_: str) -> None:
    """Whatever it opens and doesn't close."""
    content = kept(site, prose(open_), code("x = 1"), prose("The end."))
    assert sources(content)[-2:] == [("code", "x = 1"), ("markdown", "The end.")]
