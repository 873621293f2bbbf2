"""Writing with several processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.testing.util import SphinxTestApp
from sphinx.util import logging

from postdocs.sphinx_ext.compat.parallel_write import Tasks
from postdocs.sphinx_ext.math.engine import Converted, convert
from postdocs.sphinx_ext.math.set_formulas import formula_spans

Make = Callable[..., SphinxTestApp]
POSTS = 12
PAGES = 24  # three shares of two processes
FORMULA_OF_ALL = "x^{27182818}"  # which no other test has set in this process


@pytest.fixture
def make(make_app: Make, tmp_path: Path) -> Make:
    """Make an application for a blog whose posts have pictures, links and mistakes."""
    source = tmp_path / "source"
    (source / "posts").mkdir(parents=True)
    conf = (
        'extensions = ["myst_parser", "ablog", "postdocs"]\nblog_post_pattern = "posts/*.md"\nproject = "x"\n'
        'myst_enable_extensions = ["dollarmath"]\n'
    )
    (source / "conf.py").write_text(conf, encoding="utf-8")
    (source / "index.md").write_text("# Home\n", encoding="utf-8")
    for number in range(POSTS):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{number + 1}" height="1"/>'
        (source / f"posts/{number}.svg").write_text(drawing, encoding="utf-8")
        text = f"![]({number}.svg) [](/posts/{(number + 1) % POSTS}.md) [](nowhere-{number}.md) $x_{number}$"
        front = f"---\ntitle: Post {number}\ndate: 2024-01-{number + 1:02}\ntags: t{number}\n---\n\n"
        (source / f"posts/{number}.md").write_text(front + text, encoding="utf-8")

    def made(parallel: int) -> SphinxTestApp:
        return make_app("dirhtml", srcdir=source, builddir=tmp_path / str(parallel), parallel=parallel)

    return made


def files(app: SphinxTestApp) -> dict[str, bytes]:
    """Return the files of the output."""
    found = (path for path in app.outdir.rglob("*") if path.is_file())
    return {path.relative_to(app.outdir).as_posix(): path.read_bytes() for path in found}


def test_shares_make_the_same_site(make: Make) -> None:
    """With the same pictures and the same warnings, whatever the number of processes."""
    sites = []
    for parallel in (1, 2, 3):
        app = make(parallel)
        app.build()
        said = sorted(line for line in app.warning.getvalue().splitlines() if "posts/" in line)
        sites.append((files(app), said))
    for made, said in sites[1:]:
        assert said == sites[0][1]
        assert made == sites[0][0]
    assert len(sites[0][1]) == POSTS
    assert len([name for name in sites[0][0] if name.endswith(".svg")]) >= POSTS
    assert "_static/postdocs-math.woff2" in sites[0][0]


def test_all_processes_write(make: Make) -> None:
    """This one writes the first document only: on two cores there are two writers."""
    app = make(2)

    def note(app: Sphinx, pagename: str, *args: object) -> None:
        if pagename in app.env.found_docs:
            place = app.outdir / f"{pagename.replace('/', '-')}.pid"
            place.write_text(str(os.getpid()), encoding="utf-8")

    app.connect("html-page-context", note)
    app.build()
    places = {path.stem: int(path.read_text(encoding="utf-8")) for path in app.outdir.glob("*.pid")}
    assert len(places) == POSTS + 1
    assert [name for name, process in places.items() if process == os.getpid()] == ["index"]
    assert len({*places.values()}) > 2


def test_lists_are_written_while_this_process_goes_on(make: Make) -> None:
    """Many lists are shared by the processes; they tell what they have to say."""
    app = make(2)
    logger = logging.getLogger(__name__)

    def note(app: Sphinx, pagename: str, templatename: str, context: dict[str, object], _: object) -> None:
        if "post_list" in context:
            logger.warning("%s is written by %s", pagename, os.getpid())

    app.connect("html-page-context", note)
    app.build()
    said = [
        line.split(" is written by ") for line in app.warning.getvalue().splitlines() if "written by" in line
    ]
    assert {f"blog/tag/t{number}" for number in range(POSTS)} <= {name.split()[-1] for name, _ in said}
    processes = {process.split("\x1b")[0] for _, process in said}
    assert len(processes) == 2
    assert str(os.getpid()) not in processes


def test_an_extension_sees_each_document_in_one_process(make: Make) -> None:
    """It may have to remember what it sees."""
    app = make(2)
    seen: list[str] = []

    def collect(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        seen.append(docname)

    app.connect("doctree-resolved", collect)
    app.build()
    assert len(seen) == POSTS + 1


def test_no_task_waits_to_be_begun() -> None:
    """What a task is about is in memory only while a process is at it."""
    tasks = Tasks(2)
    both = multiprocessing.get_context("fork").Barrier(2)  # so that none has ended when another begins
    done: list[int] = []
    most = 0

    def work(number: int) -> int:
        both.wait()
        return number

    for number in range(6):
        tasks.add_task(work, number, lambda _, result: done.append(result))
        most = max(most, len(tasks._args))  # noqa: SLF001 - Sphinx keeps them there
    tasks.join()
    assert sorted(done) == [*range(6)]
    assert most == 2


@pytest.mark.parametrize("parallel", [1, 2])
def test_documents_are_let_go_once_their_pages_are_written(
    parallel: int, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They refer to each other, so that only a look for garbage gives their memory back.

    Sphinx itself keeps those that it has read in this process.
    """
    monkeypatch.setattr("postdocs.sphinx_ext.compat.parallel_write._AT_ONCE", 3)
    app = make(parallel)
    seen: list[weakref.ref[nodes.document]] = []
    alive: list[int] = []

    def note(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        seen.append(weakref.ref(doctree))

    def count(app: Sphinx) -> list[tuple[str, dict[str, object], str]]:
        alive.append(sum(reference() is not None for reference in seen))
        return []

    app.build()
    app.connect("doctree-resolved", note)
    app.connect("html-collect-pages", count)
    app.build(force_all=True)
    assert len(seen) == POSTS + 1
    assert alive[0] <= (len(seen) % 3 if parallel == 1 else 0)  # those after the last look


def test_a_process_looks_for_no_garbage_of_its_parent() -> None:
    """What it has from there is none to it, however much that is."""
    tasks = Tasks(2)
    counts: list[int] = []
    before = len(gc.get_objects())
    tasks.add_task(gc.get_freeze_count, None, lambda _, count: counts.append(count))
    tasks.join()
    assert counts[0] > before / 2
    assert gc.get_freeze_count() == 0


def test_formulas_of_one_process_are_those_of_the_next(
    make_app: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only pages that are written at the same time may both set a formula; they look the same."""
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser", "postdocs"]\n', encoding="utf-8")
    (tmp_path / "index.md").write_text("# Home\n", encoding="utf-8")
    for number in range(
        PAGES
    ):  # not in Markdown, whose formulas another process may have set while all are read
        (tmp_path / f"page-{number}.rst").write_text(
            f":orphan:\n\n{number:02}\n==\n\n.. math:: {FORMULA_OF_ALL}\n", encoding="utf-8"
        )
    log = tmp_path / "log"

    def noted(latex: str, **options: Any) -> Converted:
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{latex}\n")
        return convert(latex, **options)

    monkeypatch.setattr("postdocs.sphinx_ext.math.mathml.convert", noted)
    app = make_app("dirhtml", srcdir=tmp_path, parallel=2)
    app.build()
    assert 1 <= len(log.read_text(encoding="utf-8").splitlines()) <= 2
    pages = [
        (app.outdir / f"page-{number}/index.html").read_text(encoding="utf-8") for number in range(PAGES)
    ]
    formulas = {page[start:end] for page in pages for start, end in formula_spans(page)}
    assert len(formulas) == 1
