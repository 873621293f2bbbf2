"""Damage to what builds keep for the next one."""

from __future__ import annotations

import io
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

CONF = """\
extensions = ["myst_parser", "ablog", "postdocs"]
blog_baseurl = html_baseurl = "https://example.org/"
blog_post_pattern = "posts/*.md"
html_theme = "postdocs"
postdocs_font = True
myst_enable_extensions = ["dollarmath"]
"""
POST = "---\ntitle: Post {0}\ndate: 2020-01-0{0}\ntags: [t{0}]\n---\n\nWord{0} $x_{0}$ ж. ![Noise](p.jpg)\n"
OF_OTHERS = ("environment.pickle", "*.cache")  # of Sphinx and Jinja
DAMAGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: b"",
    lambda data: data[: len(data) // 2],
    lambda data: b"\xff" + data,
    lambda data: b"[]",
    lambda data: b'{"a": [1]}',
)


def build(source: Path, out: Path) -> dict[str, bytes]:
    """Build as a new process would; return the files."""
    warning = io.StringIO()
    with patch_docutils(source), docutils_namespace():
        app = Sphinx(
            source, source, out / "html", out / "kept", "dirhtml", status=io.StringIO(), warning=warning
        )
        app.build()
    assert warning.getvalue() == ""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.joinpath("html").rglob("*")
        if path.is_file()
    }


def kind_of(path: Path) -> tuple[str, str]:
    """Return what two files have in common that the same code writes."""
    is_one_of_many = len(path.stem) > 30 or path.suffix == ".doctree"
    return (path.parent.name, path.suffix) if is_one_of_many else (path.parent.name, path.name)


def test_damage_to_what_is_kept_changes_nothing(tmp_path: Path) -> None:
    """Whatever of what a build keeps is empty, cut off or something else, the next one is a clean build."""
    source, out = tmp_path / "source", tmp_path / "out"
    (source / "posts").mkdir(parents=True)
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (source / "index.md").write_text("# Home\n", encoding="utf-8")
    Image.effect_noise((1000, 700), 50).convert("RGB").save(source / "posts/p.jpg")
    for number in range(1, 6):
        (source / f"posts/{number}.md").write_text(POST.format(number), encoding="utf-8")
    build(source, out)
    shutil.copytree(out, tmp_path / "before")
    (source / "posts/1.md").write_text(POST.format(1).replace("ж", "λ"), encoding="utf-8")
    clean = build(source, tmp_path / "clean")
    kept = [path for path in sorted(out.joinpath("kept").rglob("*")) if path.is_file()]
    kept = [path for path in kept if not any(map(path.match, OF_OTHERS))]
    kinds = {kind_of(path): path for path in kept}
    names = {"5.doctree", "all.json", "state.json", "search.json", "postings.json", "index.json", "inputs"}
    assert names <= {path.name for path in kinds.values()}
    for path, damage in zip(kinds.values(), itertools.cycle(DAMAGES), strict=False):
        shutil.rmtree(out)
        shutil.copytree(tmp_path / "before", out)
        if path.suffix == ".webp":
            shutil.rmtree(out / "html")  # so that it is copied again
        path.write_bytes(damage(path.read_bytes()))
        assert build(source, out) == clean, path
