"""The benchmark of builds: its blog, and what it makes of what it measures."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from blogs import corpus, stages
from blogs.chart import chart
from blogs.measuring import Cost, exponent, median, run
from blogs.sphinxes import write_sphinx
from blogs.tools import Tool

POSTS = corpus.posts(200)


def test_the_posts_are_the_same_each_time() -> None:
    """A small blog is the beginning of a large one, whenever they are made."""
    assert corpus.posts(20) == POSTS[:20]


def test_posts_are_as_long_and_varied_as_those_of_a_blog() -> None:
    """Posts have 600 to 900 words or so; about half have code, and some pictures, footnotes and formulas."""
    assert all(580 <= len(post.body.split()) <= 960 for post in POSTS)
    shares = {
        mark: sum(mark in post.body for post in POSTS) / len(POSTS)
        for mark in ("```", "picture:", "[^1]:", "$$")
    }
    assert shares == pytest.approx({"```": 0.5, "picture:": 0.2, "[^1]:": 0.2, "$$": 0.1}, abs=0.1)
    assert {tag for post in POSTS for tag in post.tags} == {*corpus.TAGS}
    assert len(corpus.TAGS) == 40
    assert {post.category for post in POSTS} == {*corpus.CATEGORIES}
    assert len({post.date.year for post in POSTS}) == corpus.YEARS


@pytest.mark.parametrize("kind", ["stock", "ours"])
def test_links_of_the_blog_lead_to_what_is_there(tmp_path: Path, kind: str) -> None:
    """Each link to a post or a picture names a file of the blog."""
    made = write_sphinx(tmp_path, 40, kind)
    texts = [(tmp_path / "posts" / post.path).read_text(encoding="utf-8") for post in made]
    targets = {target for text in texts for target in re.findall(r"\]\(/([^)]+)\)", text)}
    assert {Path(target).parts[0] for target in targets} == {"posts", "images"}
    assert all((tmp_path / target).is_file() for target in targets)
    assert not any("](post:" in text or "](picture:" in text for text in texts)


def _tool(script: str) -> Tool:
    """Return a tool that runs a script on one post in the folder `in`, with pages in `out`."""

    def write(root: Path, number: int) -> list[corpus.Post]:
        corpus.write_posts(root / "in", POSTS[:number], lambda post: post.title, lambda post: post.path, "{}")
        return POSTS[:number]

    return Tool("copy", write, [sys.executable, "-c", script], "out", ("out", "*.db"), "in")


def test_an_edit_that_is_not_in_the_output_is_an_error(tmp_path: Path) -> None:
    """A build that writes pages once passes as long as nothing is edited; the edit fails."""
    script = (
        "import pathlib, shutil\nfor source in pathlib.Path('in').rglob('*.md'):\n"
        "    page = pathlib.Path('out', source.stem + '.html')\n    page.parent.mkdir(exist_ok=True)\n"
        "    {}shutil.copy(source, page)\n"
    )
    right, wrong = _tool(script.format("")), _tool(script.format("page.exists() or "))
    posts = right.write(tmp_path, 1)
    before = (tmp_path / "in" / posts[0].path).read_text(encoding="utf-8")
    costs = right.costs(tmp_path, posts, "changed")
    assert [*costs] == ["clean", "nothing changed", "one post edited"]
    assert (tmp_path / "in" / posts[0].path).read_text(encoding="utf-8") == before
    with pytest.raises(LookupError, match="the edit of"):
        wrong.costs(tmp_path, posts, "changed")


def test_posts_that_are_not_in_the_output_are_an_error(tmp_path: Path) -> None:
    """A build that leaves posts out has not done what the others have."""
    tool = _tool("")
    with pytest.raises(LookupError, match="2 posts are not in the output"):
        tool.costs(tmp_path, tool.write(tmp_path, 2), "changed")


def test_the_cpu_time_and_the_memory_of_children_count(tmp_path: Path) -> None:
    """What a command starts and waits for is part of what it takes."""
    child = "import time\nheld = bytearray(80_000_000)\nwhile time.process_time() < 0.5: pass"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = run([sys.executable, "-c", script], tmp_path, tmp_path)
    assert cost.cpu >= 0.5
    assert cost.largest > 76
    assert cost.together >= cost.largest


@pytest.mark.parametrize("path", stages.STAGES)
def test_each_stage_is_there(path: str) -> None:
    """What the profile counts as a stage is a function, of Sphinx or ours."""
    owner, name = stages.place_of(path)
    assert callable(getattr(owner, name))


def test_time_counts_for_the_innermost_stage() -> None:
    """A stage within another takes its time from it."""
    time = 5.0
    clock = stages.Clock(lambda: time)
    clock.lap()

    def work() -> None:
        nonlocal time
        time += 0.1

    def outer() -> None:
        clock.call("inner", work)
        clock.call("inner", work)
        work()

    clock.call("outer", outer)
    assert clock.seconds["inner"] == pytest.approx(0.2)
    assert clock.seconds["outer"] == pytest.approx(0.1)


def test_growth_is_the_exponent_of_a_power() -> None:
    """Growth in proportion is 1, and with the square of the size 2."""
    assert exponent({200: 3.0, 1000: 15.0, 5000: 75.0}) == pytest.approx(1)
    assert exponent({10: 1.0, 20: 4.0, 40: 16.0}) == pytest.approx(2)


def test_a_median_is_that_of_each_value() -> None:
    """Each value of several builds has its own median."""
    costs = [Cost(1, 9, 5, 5), Cost(2, 8, 7, 7), Cost(9, 1, 6, 6)]
    assert median(costs) == Cost(2, 8, 6, 6)


def test_the_chart_has_a_line_of_each_tool_in_each_panel() -> None:
    """The chart is SVG, with names as text, however they look."""
    lines = {"a <b>": {20: 1.0, 200: 10.0}, "c": {20: 0.5, 200: 0.7}}
    root = ET.fromstring(chart({"clean": lines, "edit": lines}))  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    assert len([*root.iter(f"{space}polyline")]) == 4
    texts = [text.text for text in root.iter(f"{space}text")]
    assert texts.count("a <b>") == 1
