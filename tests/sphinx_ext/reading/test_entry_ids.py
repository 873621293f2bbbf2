"""Feed entry ids from the file beside the settings."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

FILES = {
    "conf.py": """\
project = blog_title = "Trees"
extensions = ["myst_parser", "postdocs"]
blog_post_pattern = "posts/*.md"
blog_baseurl = html_baseurl = "https://trees.example/"
html_theme = "basic"
""",
    "index.md": "# Home\n",
    "posts/elm.md": "---\ndate: 2024-01-02\n---\n# Elm\n\nText.\n",
    "posts/oak.md": "---\ndate: 2024-01-03\nid: u:oak\n---\n# Oak\n\nText.\n",
    "posts/soon.md": "---\ndate: 2024-01-04\ndraft: true\n---\n# Soon\n\nText.\n",
    "posts/log.md": "---\nid: u:log\n---\n# Log\n\n## May\n\n```{post} 2024-05-01\n```\n\nMay.\n\n## June\n\n"
    "```{post} 2024-06-01\n```\n\nJune.\n",
}
IDS = '"posts/elm" = "u:elm"\n"posts/log#june" = "u:june"\n"posts/soon" = "u:soon"\n'
BAD = (
    IDS.replace("log#june", "log#april")
    + '"posts/oak" = "u:other"\n"../secret" = "u:1"\n"posts/log#july" = "u:2"\n"posts/x" = 3\n'
)


def build(root: Path, out: Path) -> tuple[dict[str, str], list[str], int]:
    """Build a site; return the ids of its feed by titles, the warnings, and the status."""
    warnings = io.StringIO()
    with patch_docutils(root), docutils_namespace():
        app = Sphinx(root, root, out, out / ".doctrees", "dirhtml", status=None, warning=warnings)
        app.build()
    feed = json.loads((out / "blog/feed.json").read_text(encoding="utf-8"))
    lines = re.sub(rf"\x1b\[\d*m|{root}/", "", warnings.getvalue()).splitlines()
    return {item["title"]: item["id"] for item in feed["items"]}, lines, app.statuscode


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of a site with a file of ids."""
    root = tmp_path_factory.mktemp("trees")
    (root / "posts").mkdir()
    for name, text in {**FILES, "entry-ids.toml": IDS}.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_posts_have_the_ids_of_the_file(site: Path) -> None:
    """Whole documents and parts of them; what has an id keeps it, and a draft's is no mistake."""
    ids, warnings, status = build(site, site / "_build")
    assert ids == {"Elm": "u:elm", "Oak": "u:oak", "May": "u:log", "June": "u:june"}
    assert (warnings, status) == ([], 0)


def test_a_change_of_the_file_reaches_a_later_build(site: Path) -> None:
    """No source changes, and the feed has the new id; unused and invalid lines are told with their places."""
    build(site, site / "_build")
    (site / "entry-ids.toml").write_text(BAD.replace("u:elm", "u:new"), encoding="utf-8")
    ids, warnings, status = build(site, site / "_build")
    assert (ids["Elm"], ids["Oak"], ids["May"]) == ("u:new", "u:oak", "u:log")
    assert ids["June"].startswith("tag:trees.example,2024-06-01:")  # the id of the page is that of its first
    assert [re.sub(r";.*", "", line) for line in warnings] == [
        "entry-ids.toml:7: WARNING: posts/x: '3' is a number, not text",
        "entry-ids.toml:2: WARNING: posts/log#april: there is no such post",
        "entry-ids.toml:4: WARNING: posts/oak: the post has the id 'u:oak' in its front matter",
        "entry-ids.toml:5: WARNING: ../secret: there is no such post",
        "entry-ids.toml:6: WARNING: posts/log#july: there is no such post",
    ]
    assert status == 1


def test_a_file_that_cannot_be_read_fails_the_build(site: Path) -> None:
    """Not UTF-8: one line with the place, and posts have the ids that they name, or those of their own."""
    (site / "entry-ids.toml").write_bytes(b'"posts/elm" = "u:\xff"\n')
    ids, warnings, status = build(site, site / "_build")
    assert [line.partition(" ")[0] for line in warnings] == ["entry-ids.toml:1:"]
    assert (ids["Oak"], status) == ("u:oak", 1)
    assert ids["Elm"].startswith("tag:trees.example,2024-01-02:")
