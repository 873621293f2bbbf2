"""Writing with several processes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.testing.util import SphinxTestApp
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.images import ImageConverter

from postdocs.site.shares import can_be_shared

Make = Callable[..., SphinxTestApp]
POSTS = 12


class _Transform(SphinxPostTransform):
    default_priority = 1

    def run(self, **kwargs: object) -> None:
        """Change nothing."""


@pytest.fixture
def make(make_app: Make, tmp_path: Path) -> Make:
    """Make an application for a blog whose posts have pictures, links and mistakes."""
    source = tmp_path / "source"
    (source / "posts").mkdir(parents=True)
    conf = (
        'extensions = ["myst_parser", "ablog", "postdocs"]\nblog_post_pattern = "posts/*.md"\nproject = "x"\n'
    )
    (source / "conf.py").write_text(conf, encoding="utf-8")
    (source / "index.md").write_text("# Home\n", encoding="utf-8")
    for number in range(POSTS):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="{number + 1}" height="1"/>'
        (source / f"posts/{number}.svg").write_text(drawing, encoding="utf-8")
        text = f"![]({number}.svg) [](/posts/{(number + 1) % POSTS}.md) [](nowhere-{number}.md)"
        front = f"---\ntitle: Post {number}\ndate: 2024-01-{number + 1:02}\n---\n\n"
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


def test_processes_resolve_what_they_write(make: Make) -> None:
    """So two cores are two writers; the process that began does the first document only."""
    app = make(2)

    def note(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        (app.outdir / f"{docname.replace('/', '-')}.pid").write_text(str(os.getpid()), encoding="utf-8")

    note.__module__ = "postdocs.site"  # which is known to remember nothing
    app.connect("doctree-resolved", note)
    app.build()
    places = {path.stem: int(path.read_text(encoding="utf-8")) for path in app.outdir.glob("*.pid")}
    assert len(places) == POSTS + 1
    assert [name for name, process in places.items() if process == os.getpid()] == ["index"]
    assert len({*places.values()}) > 2


@pytest.mark.parametrize("kind", ["handler", "transform", "converter"])
def test_what_may_have_to_be_remembered_is_done_in_one_process(kind: str, make: Make) -> None:
    """An extension of others may collect what it sees; names that Sphinx gives to new files are known."""
    app = make(2)
    assert can_be_shared(app)
    seen = []

    def collect(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        seen.append(docname)

    if kind == "handler":
        app.connect("doctree-resolved", collect)
    else:
        app.add_post_transform(_Transform if kind == "transform" else ImageConverter)
    assert not can_be_shared(app)
    app.build()
    assert kind != "handler" or len(seen) == POSTS + 1
