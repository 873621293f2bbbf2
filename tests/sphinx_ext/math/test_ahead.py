"""Formulas that are set while documents are read."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import pytest
from helpers import assert_linear
from sphinx.testing.util import SphinxTestApp

from postdocs.core.idle_filler import IdleFiller
from postdocs.sphinx_ext.feeds.formulas import with_signs
from postdocs.sphinx_ext.fonts.letters import letters_of
from postdocs.sphinx_ext.math.ahead import likely_formulas
from postdocs.sphinx_ext.math.engine import Converted, convert
from postdocs.sphinx_ext.math.mathml import FORMULAS
from postdocs.sphinx_ext.math.set_formulas import line_in_text

Make = Callable[..., SphinxTestApp]
CONF = """
extensions = ["myst_parser", "postdocs"]
myst_enable_extensions = ["dollarmath", "amsmath"]
postdocs_math_macros = {"five": "5^{5}"}
"""
# The first paragraph describes the page, and what a formula defines is known when it is read.
PAGE = """# Page

Text.

Here is $a_{31415}$, and `echo $HOME $PATH`, and $\\five b_{31415}$.

$$
c_{31415}
$$

\\begin{align}
d_{31415} &= 1
\\end{align}

$$
\\newcommand{\\six}{6^{6}}
$$

Now $\\six e_{31415}$ \\$5.
"""


@pytest.mark.parametrize(
    ("markdown", "formulas"),
    [
        ("a $x$ b $$y$$", [("x", False), ("y", True)]),
        ("$$\nx\n$$\n", [("\nx\n", True)]),
        ("$a\nb$", [("a\nb", False)]),
        ("\\begin{align*}x\\end{align*}", [("\\begin{align*}x\\end{align*}", True)]),
        ("$\\begin{cases}x\\end{cases}$", [("\\begin{cases}x\\end{cases}", False)]),
        ("\\begin{a}x\\end{b}", []),
        ("It was $5.", []),
        ("It was $5." + 600 * "x" + "$y$", [("y", False)]),
    ],
)
def test_what_seems_to_be_a_formula(markdown: str, formulas: list[tuple[str, bool]]) -> None:
    """Between dollars that are near each other, and environments."""
    assert [*likely_formulas(markdown)] == formulas


@pytest.mark.parametrize("text", ["$$x ", "$x ", "\\begin{align} ", "\\begin{x}\\end{y}"])
def test_guesses_take_time_in_proportion_to_the_text(text: str) -> None:
    """Nobody could end a process that looks for the end of what has none."""
    assert_linear(lambda size: [*likely_formulas(text * size)], 5_000)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with pages that have formulas."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (source / "index.md").write_text("# Home\n", encoding="utf-8")
    for number in range(3):
        (source / f"page-{number}.md").write_text(f"---\norphan: true\n---\n\n{PAGE}", encoding="utf-8")
    return source


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[tuple[bool, str]]]:
    """Return who has set which formula, if all that is set ahead has the time for that."""
    log = tmp_path / "log"
    take = IdleFiller.take

    def noted(latex: str, **options: Any) -> Converted:
        converted = convert(latex, **options)
        with log.open("a", encoding="utf-8") as file:
            print(os.nice(0) == 19, "".join(latex.split()), file=file)
        return converted

    def patient(filler: IdleFiller) -> None:
        filler._process.join()  # noqa: SLF001 - nobody else waits for it
        take(filler)

    monkeypatch.setattr("postdocs.sphinx_ext.math.mathml.convert", noted)
    monkeypatch.setattr(IdleFiller, "take", patient)

    def read() -> list[tuple[bool, str]]:
        lines = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
        log.unlink(missing_ok=True)
        return [(line.startswith("True"), line.partition(" ")[2]) for line in lines]

    return read


def test_pages_have_what_was_set_ahead(
    site: Path, tmp_path: Path, make_app: Make, settings: Callable[[], list[tuple[bool, str]]]
) -> None:
    """Each formula is set once, but for those after a definition on the page, which nobody had guessed."""
    app = make_app("dirhtml", srcdir=site, builddir=tmp_path / "several", parallel=2)
    app.build()
    assert not app.warning.getvalue()
    done = settings()
    ahead = {latex for is_ahead, latex in done if is_ahead}
    late = {latex for is_ahead, latex in done if not is_ahead and "newcommand" not in latex}
    assert {"a_{31415}", "\\fiveb_{31415}", "c_{31415}"} <= ahead
    assert any("d_{31415}" in latex for latex in ahead)
    assert late == {"\\sixe_{31415}"}


def test_what_pages_make_of_it_was_made_ahead_too(
    site: Path, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its line of text for the search, its MathML for feeds, and the letters of its font."""
    made: dict[Hashable, set[object]] = {}
    take = IdleFiller.take

    def noted(filler: IdleFiller) -> None:
        filler._process.join()  # noqa: SLF001 - nobody else waits for it
        take(filler)
        if not made:
            made.update((latex, {*formula.made}) for (latex, *_), formula in FORMULAS.results().items())

    monkeypatch.setattr(IdleFiller, "take", noted)
    (site / "page-1.md").write_text(
        "---\norphan: true\n---\n\n# Page\n\nText.\n\n$g_{27182}$\n", encoding="utf-8"
    )
    make_app("dirhtml", srcdir=site, parallel=2).build()
    assert made["g_{27182}"] == {line_in_text, with_signs, letters_of}


def events_of(app: SphinxTestApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of what a build does: documents it prepares, formulas it sets, pages it begins."""
    events: list[str] = []

    def noted(latex: str, **options: Any) -> Converted:
        events.append("formula")
        return convert(latex, **options)

    monkeypatch.setattr("postdocs.sphinx_ext.math.mathml.convert", noted)
    app.connect("doctree-resolved", lambda app, doctree, docname: events.append(f"document {docname}"))
    app.connect(
        "html-page-context",
        lambda app, pagename, template, context, doctree: events.append(f"page {pagename}"),
    )
    return events


def write_pages(site: Path, exponent: int) -> None:
    """Write four pages with a formula each, which is no other's, and below its definition."""
    for number in range(4):
        formulas = f"$\\newcommand{{\\n}}{{{number}}}$\n\n$\\n^{{{exponent}}}$\n"
        text = f"---\norphan: true\n---\n\n# Page\n\n{formulas}"
        (site / f"page-{number}.md").write_text(text, encoding="utf-8")


def test_formulas_of_several_pages_are_set_at_once(
    site: Path, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first of these pages is written, and each with the definitions of its own page."""
    write_pages(site, 16180339)
    app = make_app("dirhtml", srcdir=site)
    events = events_of(app, monkeypatch)
    app.build()
    assert not app.warning.getvalue()
    first = events.index("page index")
    assert "formula" in events[:first]
    assert "formula" not in events[first:]
    for number in range(4):
        page = (app.outdir / f"page-{number}/index.html").read_text(encoding="utf-8")
        assert f"<msup><mn>{number}</mn><mn>16180339</mn></msup>" in page


def test_an_extension_may_remember_a_document_for_its_page(
    site: Path, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that does not say that processes may share the pages sees each page right after its document."""
    write_pages(site, 14142135)
    (site / "remembering.py").write_text(
        "def setup(app):\n    return {'parallel_write_safe': False}\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(site)
    conf = (site / "conf.py").read_text(encoding="utf-8")
    (site / "conf.py").write_text(conf.replace('"postdocs"]', '"postdocs", "remembering"]'), encoding="utf-8")
    app = make_app("dirhtml", srcdir=site)
    events = events_of(app, monkeypatch)
    app.build()
    order = [event.split() for event in events if event != "formula"]
    names = [name for what, name in order if what == "document"]
    assert len(names) == 5
    for name in names:
        place = order.index(["document", name])
        assert order[place + 1] == ["page", name]


def test_pages_look_the_same(site: Path, tmp_path: Path, make_app: Make) -> None:
    """Whether one process builds them, or several."""
    apps = [make_app("dirhtml", srcdir=site, builddir=tmp_path / str(n), parallel=n) for n in (1, 2)]
    for app in apps:
        app.build()
    one, other = ((app.outdir / "page-2/index.html").read_bytes() for app in apps)
    assert one == other
    assert one.count(b"31415") >= 5


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "epub"])
def test_one_process_sets_none_ahead(
    builder: str, site: Path, make_app: Make, settings: Callable[[], list[tuple[bool, str]]]
) -> None:
    """Nor does a build of anything but a site."""
    make_app(builder, srcdir=site, parallel=1 if builder == "dirhtml" else 2).build()
    assert not any(is_ahead for is_ahead, _ in settings())


def test_a_site_is_built_without_a_folder_for_temporary_files(
    site: Path, make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then pages set their formulas themselves."""

    def refuse() -> None:
        raise FileNotFoundError

    monkeypatch.setattr("postdocs.core.idle_filler.tempfile.TemporaryFile", refuse)
    app = make_app("dirhtml", srcdir=site, parallel=2)
    app.build()
    assert not app.warning.getvalue()
    assert (app.outdir / "page-2/index.html").read_bytes().count(b"31415") >= 5


def test_a_build_after_another_sets_none_ahead(
    site: Path, make_app: Make, settings: Callable[[], list[tuple[bool, str]]]
) -> None:
    """It reads only what has changed, which is little."""
    make_app("dirhtml", srcdir=site, parallel=2).build()
    settings()
    (site / "page-1.md").write_text(
        "---\norphan: true\n---\n\n# Page\n\nText.\n\n$f_{31415}$\n", encoding="utf-8"
    )
    make_app("dirhtml", srcdir=site, parallel=2).build()
    assert settings() == [(False, "f_{31415}")]
