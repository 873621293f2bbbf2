"""The directives of the manual."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from manual import compatibility, module_files
from sphinx.testing.util import SphinxTestApp

from postdocs import cli
from postdocs.importer.folders.systems import jekyll

KINDS = ("themes", "builders", "extensions")


@pytest.fixture
def build(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> Callable[[str], SphinxTestApp]:
    """Build a site of one page."""

    def built(text: str) -> SphinxTestApp:
        (tmp_path / "conf.py").write_text('extensions = ["manual"]\n', encoding="utf-8")
        (tmp_path / "index.rst").write_text(f"Manual\n======\n\n{text}\n", encoding="utf-8")
        app = make_app("text", srcdir=tmp_path)
        app.build()
        return app

    return built


def test_a_command_is_shown_as_its_help_has_it(build: Callable[[str], SphinxTestApp]) -> None:
    """What it does, how it is called, each option and what the exit status means."""
    text = " ".join((build(".. postdocs-command:: links").outdir / "index.txt").read_text("utf-8").split())
    parser = cli.commands()["links"]
    assert parser.description
    assert parser.epilog
    for said in (
        parser.description,
        "postdocs links BUILT_HTML [OPTIONS]",
        '"--budget MINUTES"',
        parser.epilog,
    ):
        assert said in text
    assert "--debug" not in text


def test_a_page_is_made_again_when_the_code_changes(build: Callable[[str], SphinxTestApp]) -> None:
    """Each page depends on the modules that it is made of."""
    app = build(".. postdocs-messages:: core.frontmatter")
    files = {(Path(app.srcdir) / name).resolve() for name in app.env.dependencies["index"]}
    assert {
        path.resolve() for name in ("core.frontmatter", "cli.links") for path in module_files(name)
    } <= files


@pytest.mark.parametrize("directive", ["command:: gone", "messages:: core gone"])
def test_what_is_not_in_the_code_is_one_warning(
    directive: str, build: Callable[[str], SphinxTestApp]
) -> None:
    """A name that the code has no more is told with file and line."""
    warnings = build(f".. postdocs-{directive}").warning.getvalue()
    assert "index.rst:4: ERROR: there is no " in warnings
    assert "gone in the code" in warnings


def test_the_compatibility_page_has_each_entry_with_its_version(
    build: Callable[[str], SphinxTestApp],
) -> None:
    """A row is made of the data that the tests read, and of the versions that are pinned."""
    app = build("\n\n".join(f".. postdocs-compatibility:: {kind}" for kind in KINDS))
    rows = [[cell.astext() for cell in row] for row in app.env.get_doctree("index").findall(nodes.row)]
    pinned = compatibility.versions()
    for kind in KINDS:
        for name, entry in compatibility.entries(kind).items():
            tried = ", ".join(compatibility.looked_at(kind, entry))
            note = entry.get("note", "").replace("`", "")
            assert [name, pinned[entry.get("package", "sphinx")], tried, note] in rows
    assert compatibility.looked_at("themes", {"exact": True})[-1] == "rebuilds"
    assert compatibility.looked_at("extensions", {"search": ["x"], "note": "y"})[-1] == "search"


def test_keys_of_front_matter_are_those_of_the_code(build: Callable[[str], SphinxTestApp]) -> None:
    """Each key that a system reads, what it becomes, and what is left out."""
    lines = "   title: , or a name\n   `date` of the file | `date`, a day"
    app = build(f".. postdocs-front-matter:: jekyll\n\n{lines}")
    rows = [row.astext().replace("\n\n", " → ") for row in app.env.get_doctree("index").findall(nodes.row)]
    for row in ("subtitle → subtitle", "title → title, or a name", "date of the file → date, a day"):
        assert row in rows
    assert f"{', '.join(jekyll.TABLE['image'])} → image" in rows
    left_out = next(row for row in rows if row.endswith("themes read them")).split(", ")
    assert "layout" in left_out
    assert "date" not in left_out
