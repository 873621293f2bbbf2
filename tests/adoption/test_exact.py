"""With other themes and extensions too, a build after any changes is that of a clean start."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from exactness import assert_exact, build_apart, build_here
from manual.compatibility import entries
from sequences import Kind, Site

from adoption.sites import is_installed

# What others use of Sphinx is theirs to renew.
pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")

SEQUENCES = int(os.environ.get("SEQUENCES", "2"))
STEPS = 4
_APART = {"myst_nb", "sphinx.ext.autodoc"}  # which leave something behind in a process
_BOOKS = (("Example, Ann", "Of Meshes"), ("Other, Bob", "Of Graphs"), ("Third, Cleo", "Of Lattices"))
_BOOK = "@book{{{}, author={{{}}}, title={{{}}}, year={{{}}}}}\n"
_BIB = tuple(
    "".join(_BOOK.format(key, *book, year) for key, book in zip(("first", "second"), books, strict=True))
    for year, books in ((1984, _BOOKS[:2]), (1992, _BOOKS[1:]), (1999, _BOOKS[::2]))
)
_MODULES = tuple(
    f'"""A solver."""\n\n\ndef solve(mesh: {kind}) -> float:\n    """Solve {what}."""\n    return 1.0\n'
    for kind, what in (("int", "a mesh"), ("str", "a *lattice*"), ("float", "the kernel of it"))
)
_API = tuple(
    f"---\norphan: true\n---\n# API\n\n```{{eval-rst}}\n.. automodule:: lattice_solver\n{options}```\n"
    for options in ("   :members:\n", "", "   :members:\n   :undoc-members:\n")
)
KINDS = {
    "sphinx_book_theme": Kind(themes=("sphinx_book_theme",)),
    "furo": Kind(themes=("furo",)),
    "pydata_sphinx_theme": Kind(themes=("pydata_sphinx_theme",)),
    "myst_nb": Kind(
        themes=("basic", "sphinx_book_theme"),
        parser="myst_nb",
        settings='nb_execution_mode = "off"',
        parts=("```{code-cell} python\nmesh()\n```",),
        has_notebooks=True,
    ),
    "sphinxcontrib.bibtex": Kind(
        extensions=("sphinxcontrib.bibtex",),
        settings='bibtex_bibfiles = ["refs.bib"]\nbibtex_default_style = "plain"',
        parts=(
            "As {cite}`first` says.",
            "By {cite:t}`x{number}-second`.\n\n```{bibliography}\n:filter: docname in docnames\n"
            ":keyprefix: x{number}-\n```",
        ),
        files={"refs.bib": _BIB},
    ),
    "sphinx_design": Kind(
        extensions=("sphinx_design",),
        parts=(
            ":::{card} A card {number}\n:link: the-page\n:link-type: ref\n\nWith text.\n:::",
            "::::{tab-set}\n:::{tab-item} One\nmesh {number}\n:::\n"
            ":::{tab-item} Two\n{ref}`the-page`\n:::\n::::",
            ":::{dropdown} More {number}\n![A figure](figure.png)\n:::",
            "{bdg-ref-primary}`the-page` {octicon}`check`",
        ),
    ),
    "sphinx.ext.autodoc": Kind(
        extensions=("sphinx.ext.autodoc", "sphinx.ext.viewcode"),
        settings="import pathlib, sys\nsys.path.insert(0, str(pathlib.Path(__file__).parent))",
        parts=("See {py:func}`lattice_solver.solve`.", "As {py:mod}`lattice_solver` does."),
        files={"lattice_solver.py": _MODULES, "api.md": _API},
    ),
}


@pytest.mark.parametrize("seed", range(SEQUENCES))
@pytest.mark.parametrize("name", KINDS)
def test_any_sequence_of_changes_ends_in_a_clean_build(
    name: str, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever an author does between builds, with a theme or an extension of others."""
    if not is_installed(name):
        pytest.skip(f"{name} is not installed")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # which a sequence sets
    # Python would take the compiled module of one second ago for that of now.
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    build = build_apart if name in _APART else build_here
    assert_exact(Site(tmp_path / "site", seed, KINDS[name]), tmp_path, STEPS, build)


def test_the_manual_says_what_is_tried_so() -> None:
    """The entries that say so are those that are."""
    tried = {**entries("themes"), **entries("extensions")}
    assert {name for name in tried if "exact" in tried[name]} == KINDS.keys() | {*Kind().themes}
