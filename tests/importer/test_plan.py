"""What an import does to files, before and while it does it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from postdocs.core import files
from postdocs.core.errors import PostdocsError
from postdocs.importer import plan
from postdocs.importer.entry import Entry
from postdocs.importer.ledger import LEDGER, digest
from postdocs.importer.plan import ActionKind, Existing, choose_paths, decide, read_existing

DATE = datetime(2013, 7, 5, tzinfo=UTC)


def entry(title: str = "Title", **values: object) -> Entry:
    """Make an entry of 2013."""
    return Entry(**{"source": "feed.xml", "position": 1, "title": title, "published": DATE, **values})  # type: ignore[arg-type]


def test_paths_are_year_and_slug_and_unique() -> None:
    """Equal slugs get numbers, also across years and beside posts that are there already; pages go apart."""
    entries = [
        entry(url="https://example.org/2013/recap/"),
        entry(url="https://example.org/2012/recap.html", published=DATE.replace(year=2012)),
        entry("About", page=True),
        entry("Idea", published=None),
    ]
    existing = {"2020/idea.md": Existing("", frozenset(), None)}
    assert choose_paths(entries, existing) == [
        "2013/recap.md",
        "2012/recap-2.md",
        "pages/about.md",
        "undated/idea-2.md",
    ]


def test_a_post_is_recognised_by_its_id_or_its_old_address() -> None:
    """What is there already keeps its file, wherever it has been moved; no two entries share one."""
    existing = {
        "moved/one.md": Existing("", frozenset({"tag:example.org,2013:1"}), None),
        "two.md": Existing("", frozenset({"example.org/two"}), None),
    }
    entries = [
        entry("One", id="tag:example.org,2013:1"),
        entry("Two", url="http://www.example.org/two/"),
        entry("Two again", url="https://example.org/two"),
    ]
    assert choose_paths(entries, existing) == ["moved/one.md", "two.md", "2013/two-2.md"]


def test_posts_of_one_address_are_told_apart_by_their_titles() -> None:
    """A second import finds each again, in any order, and a new one of that address takes nobody's file."""
    keys = frozenset({"example.org"})
    existing = {f"2013/{name}.md": Existing("", keys, None, name) for name in ("one", "two")}
    entries = [entry(title, url="https://example.org/") for title in ("three", "two", "one")]
    assert choose_paths(entries, existing) == ["2013/three.md", "2013/two.md", "2013/one.md"]


def test_a_post_with_the_id_of_another_entry_is_not_taken_for_its_address() -> None:
    """An address that two entries share leads to the file of neither but its own."""
    existing = {"one.md": Existing("", frozenset({"urn:one", "example.org/talks"}), None)}
    entries = [
        entry("Two", id="urn:two", url="https://example.org/talks/"),
        entry("One", id="urn:one", url="https://example.org/talks/"),
    ]
    assert choose_paths(entries, existing) == ["2013/talks.md", "one.md"]


OURS = Existing("old", frozenset(), digest("old"))
EDITED = Existing("edited", frozenset(), digest("old"))
THEIRS = Existing("theirs", frozenset(), None)


@pytest.mark.parametrize(
    ("existing", "text", "options", "kind"),
    [
        (None, "new", "", ActionKind.CREATE),
        (OURS, "old", "", ActionKind.KEEP),
        (OURS, "new", "", ActionKind.KEEP),
        (OURS, "new", "update", ActionKind.UPDATE),
        (EDITED, "old", "update", ActionKind.KEEP),
        (EDITED, "new", "", ActionKind.KEEP),
        (EDITED, "new", "update", ActionKind.CONFLICT),
        (EDITED, "new", "update replace", ActionKind.UPDATE),
        (EDITED, "old", "replace", ActionKind.UPDATE),
        (THEIRS, "new", "", ActionKind.KEEP),
        (THEIRS, "new", "update", ActionKind.KEEP),
        (THEIRS, "new", "replace", ActionKind.UPDATE),
        (THEIRS, "theirs", "replace", ActionKind.KEEP),
    ],
)
def test_what_happens_to_a_file(existing: Existing | None, text: str, options: str, kind: ActionKind) -> None:
    """Nothing written by hand is overwritten, unless that is asked for; what is the same stays."""
    action = decide("a.md", text, existing, update="update" in options, replace="replace" in options)
    assert action.kind is kind
    assert (action.text is None) is (kind is ActionKind.KEEP)
    assert bool(action.diff()) is (kind is not ActionKind.KEEP)


def test_the_new_text_of_a_conflict_goes_beside_the_file() -> None:
    """A conflict leaves the file alone, and what is beside it is no post."""
    action = decide("2013/a.md", "new\n", EDITED, update=True, replace=False)
    assert action.target == "2013/a.md.new"
    assert "+++ b/2013/a.md.new" in action.diff()


def apply(folder: Path, text: str, *, update: bool = False) -> ActionKind:
    """Plan one file and apply the plan."""
    existing = read_existing(folder)
    action = decide("2013/a.md", text, existing.get("2013/a.md"), update=update, replace=False)
    plan.apply(folder, [action], existing)
    return action.kind


def test_a_second_import_changes_nothing_and_knows_what_was_edited(tmp_path: Path) -> None:
    """The list of what was written tells an edited file from one that may be updated."""
    assert apply(tmp_path, "one\n") is ActionKind.CREATE
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert apply(tmp_path, "one\n", update=True) is ActionKind.KEEP
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert apply(tmp_path, "two\n", update=True) is ActionKind.UPDATE
    (tmp_path / "2013/a.md").write_text("edited\n", encoding="utf-8")
    assert apply(tmp_path, "three\n", update=True) is ActionKind.CONFLICT
    assert (tmp_path / "2013/a.md").read_text(encoding="utf-8") == "edited\n"
    assert (tmp_path / "2013/a.md.new").read_text(encoding="utf-8") == "three\n"


def test_an_import_that_was_killed_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed while it replaces a file, it leaves the old one whole; the next run completes it."""
    apply(tmp_path, "one\n")

    def killed(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            apply(tmp_path, "two\n", update=True)
    names = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert names == [LEDGER, "a.md"]
    assert (tmp_path / "2013/a.md").read_text(encoding="utf-8") == "one\n"
    assert apply(tmp_path, "two\n", update=True) is ActionKind.UPDATE


def test_killed_before_the_list_was_written_counts_as_done(tmp_path: Path) -> None:
    """A file that holds just what the import would write is the import's, list or not."""
    apply(tmp_path, "one\n")
    (tmp_path / LEDGER).unlink()
    assert apply(tmp_path, "one\n") is ActionKind.KEEP


def test_nothing_is_written_outside_of_the_folder(tmp_path: Path) -> None:
    """Neither a path nor a link in the folder leads out of it."""
    inside = tmp_path / "posts"
    inside.mkdir()
    (inside / "2013").symlink_to(tmp_path)
    for path in ("../a.md", "2013/a.md", "2013/../../a.md"):
        with pytest.raises(PostdocsError, match="outside of the target folder"):
            files.write(inside, path, b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["posts"]


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    """A file where a folder has to be ends the import with its name."""
    (tmp_path / "2013").write_text("", encoding="utf-8")
    with pytest.raises(PostdocsError, match=r"2013/a\.md: it can't be written"):
        files.write(tmp_path, "2013/a.md", b"x")


def test_a_broken_list_of_imports_is_one_clear_line(tmp_path: Path) -> None:
    """The list is ours; what it is not is told."""
    for text in ("{", "[]", '{"sha256": 3}', "{}"):
        (tmp_path / LEDGER).write_text(text, encoding="utf-8")
        with pytest.raises(PostdocsError, match="it is not the record of an import"):
            read_existing(tmp_path)


def test_existing_posts_are_read_whatever_is_in_them(tmp_path: Path) -> None:
    """Front matter that is wrong, and other encodings, are the build's business."""
    (tmp_path / "a.md").write_bytes(b"---\nid: tag:x\nsource: https://example.org/a/\n---\n")
    (tmp_path / "b.md").write_bytes(b"---\ntitle: a: b\n---\n")
    (tmp_path / "c.md").write_bytes(b"caf\xe9")
    posts = read_existing(tmp_path)
    assert posts["a.md"].keys == {"tag:x", "example.org/a"}
    assert posts["b.md"].keys == posts["c.md"].keys == set()
    assert all(post.by_hand for post in posts.values())
