"""What an import says: what it counts as lost, which lines become one, and what is in the JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from postdocs import cli
from postdocs.importer import report
from postdocs.importer.convert import Converted
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.plan import Action, ActionKind
from postdocs.importer.report import Report
from postdocs.importer.roundtrip import Counts
from postdocs.importer.sources.model import Source

COUNTS = Counts(
    words=2, links=0, images=0, footnotes=0, code_blocks=0, tables=0, headings=0, formulas=0
)  # fmt: skip
CONF = 'extensions = ["myst_parser", "ablog", "postdocs"]\nblog_post_pattern = "posts/**/*.md"\n'


def post(path: str, *notes: Note, page: bool = False) -> Converted:
    """Make a post of two words."""
    return Converted(Entry(source="a.xml", position=1, page=page), path, "", COUNTS, notes)


def make(*posts: Converted, sources: tuple[Source, ...] = (), reason: str = "") -> Report:
    """Make the report of an import that creates posts, or keeps them for a reason."""
    kind = ActionKind.KEEP if reason else ActionKind.CREATE
    return Report(sources, posts, (), [Action(kind, post.path, None, reason=reason) for post in posts])


def test_a_loss_of_the_source_counts() -> None:
    """What a source could not read is in the sum, in the lines of losses, and first in the JSON."""
    loss = Note(NoteKind.LOST, "item 2 is no object", "oops")
    whole = make(post("a.md"), sources=(Source("b.json", "JSON Feed 1.1", "", None, (), (loss,)),))
    assert whole.lost == 1
    assert report.summary(whole) == "1 post: 2 words; 1 lost"
    assert [*report.loss_lines(whole)] == ["b.json: lost: item 2 is no object: oops"]
    assert [*report.note_lines(whole)] == []
    values = json.loads(report.as_json(whole))
    assert [*values][:3] == ["summary", "lost", "losses"]
    assert values["losses"] == [
        {
            "where": "b.json",
            "kind": "lost",
            "what": "item 2 is no object",
            "before": "oops",
            "after": "",
            "line": 0,
        }
    ]
    assert values["sources"][0]["notes"] == [
        {"kind": "lost", "what": "item 2 is no object", "before": "oops", "after": "", "line": 0}
    ]


@pytest.mark.parametrize(
    ("blocks", "own", "adapted", "said"),
    [
        (2, 2, 0, "2 of 2 blocks in the author's own Markdown; 0 lost"),
        (4, 2, 1, "2 of 4 blocks in the author's own Markdown, 1 adapted, 1 rewritten; 0 lost"),
    ],
)
def test_blocks_are_counted_by_whose_text_they_are(blocks: int, own: int, adapted: int, said: str) -> None:
    """The last line tells the author's text from what was changed in it and what was written anew."""
    whole = make(replace(post("a.md"), blocks=blocks, own=own, adapted=adapted))
    assert report.summary(whole) == f"1 post: 2 words; {said}"
    values = json.loads(report.as_json(whole))["posts"][0]
    assert (values["blocks"], values["own"], values["adapted"]) == (blocks, own, adapted)


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((False, False), "2 posts: 4 words; 0 lost"),
        ((True, False), "1 post and 1 page: 4 words; 0 lost"),
        ((True, True), "2 pages: 4 words; 0 lost"),
        ((), "0 posts: no words; 0 lost"),
    ],
)
def test_pages_are_counted_as_pages(pages: tuple[bool, ...], said: str) -> None:
    """The last line tells posts from pages."""
    posts = [post(f"{number}.md", page=page) for number, page in enumerate(pages)]
    assert report.summary(make(*posts)) == said


def test_lines_that_say_the_same_become_one() -> None:
    """More than three notes that differ in numbers and names only are one line, with an example."""
    notes = [Note(NoteKind.NOTICED, f"a gallery is {n} pictures of “Sea {n}”", f"b{n}") for n in range(4)]
    whole = make(*(post(f"{n}.md", note) for n, note in enumerate(notes)))
    assert [*report.note_lines(whole)] == [
        "4 times: noticed: a gallery is 0 pictures of “Sea 0”: b0 (first in 0.md)"
    ]
    few = make(*(post(f"{n}.md", note) for n, note in enumerate(notes[:3])))
    assert [*report.note_lines(few)] == [
        f"{n}.md: noticed: a gallery is {n} pictures of “Sea {n}”: b{n}" for n in range(3)
    ]


def test_losses_are_said_one_by_one() -> None:
    """Each loss asks for a look at its post, however many there are."""
    whole = make(*(post(f"{n}.md", Note(NoteKind.LOST, "words", "a")) for n in range(9)))
    assert [*report.loss_lines(whole)] == [f"{n}.md: lost: words: a" for n in range(9)]


def test_files_that_fare_the_same_become_one_line() -> None:
    """More than three files are one line with their number; the reason stays with them."""
    created = make(*(post(f"{n}.md") for n in range(4)))
    total = "0 to update, 0 to keep, 0 in conflict"
    assert [*report.plan_lines(created)] == ["create: 4 files, such as 0.md", f"4 to create, {total}"]
    few = make(*(post(f"{n}.md") for n in range(2)))
    assert [*report.plan_lines(few)] == ["create: 0.md", "create: 1.md", f"2 to create, {total}"]
    kept = make(*(post(f"{n}.md") for n in range(4)), reason="it was written by hand")
    assert next(iter(report.plan_lines(kept))) == "keep: 4 files, such as 0.md (it was written by hand)"


def test_each_conflict_has_its_line() -> None:
    """A conflict asks for a decision, so none is summed up."""
    posts = [post(f"{n}.md") for n in range(5)]
    actions = [Action(ActionKind.CONFLICT, post.path, "text", reason="changed by hand") for post in posts]
    lines = [*report.plan_lines(Report((), posts, (), actions))]
    assert lines[:-1] == [f"conflict: {n}.md.new (changed by hand)" for n in range(5)]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with a feed of one item that can be read and one that can't."""
    (tmp_path / "conf.py").write_text(CONF, encoding="utf-8")
    item = {"id": "urn:a", "title": "Tides", "content_html": "<p>Low.</p>", "date_published": "2024-01-02"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item, 7]}
    (tmp_path / "feed.json").write_text(json.dumps(feed), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_loss_of_the_source_is_a_fault(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The status is 1, the loss is the line before the last, and the report says it too."""
    assert cli.run(["import", "feed.json", "--report", "report.json"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["feed.json: lost: item 2 is no object: 7", "1 post: 1 word; 1 lost"]
    assert json.loads((site / "report.json").read_text(encoding="utf-8"))["lost"] == 1


def test_quiet_says_only_what_was_lost(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--quiet` the losses are the only lines."""
    assert cli.run(["import", "feed.json", "--quiet"]) == 1
    assert capsys.readouterr().out.splitlines() == ["feed.json: lost: item 2 is no object: 7"]


def test_the_report_of_a_dry_run_has_the_differences(site: Path) -> None:
    """What `--dry-run` prints of each file is in the JSON as well."""
    assert cli.run(["import", "feed.json", "--dry-run", "--report", "report.json"]) == 1
    values = json.loads((site / "report.json").read_text(encoding="utf-8"))
    assert values["actions"] == {"create": 1, "update": 0, "keep": 0, "conflict": 0}
    (one,) = values["posts"]
    assert "\n+title: Tides" in one["diff"]
    assert one["target"] == "2024/tides.md"
    assert values["sources"] == [
        {
            "name": "feed.json",
            "format": "JSON Feed 1.1",
            "posts": 1,
            "pages": 0,
            "notes": [{"kind": "lost", "what": "item 2 is no object", "before": "7", "after": "", "line": 0}],
        }
    ]
