"""The files of comments when they are imported again: what was edited, deleted, or has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postdocs.core.comments import Comment, dump, read
from postdocs.importer import ledger, plan
from postdocs.importer.comment_files import plan_comments
from postdocs.importer.plan import Action, ActionKind

DAY = datetime(2019, 5, 2, tzinfo=UTC)
ANN, BO, CY = (Comment(str(n), name, "Hot?", DAY) for n, name in enumerate(("Ann", "Bo", "Cy"), 1))
EDITED = replace(ANN, text="Hot? (corrected)")
CHANGED = replace(ANN, text="Hotter?")
NAME = "tea.comments.yml"


def run(folder: Path, comments: Sequence[Comment], *, update: bool = False, replace_: bool = False) -> Action:
    """Import comments of a post, and write what is planned."""
    planned = plan_comments({"tea.md": comments}, {}, folder, UTC, update=update, replace=replace_)
    (action,) = planned.actions
    if action.text is not None:
        (folder / action.target).write_text(action.text)
    plan.apply(folder, (), {}, planned.record)
    return action


@pytest.mark.parametrize(
    ("in_file", "in_source", "kind", "result"),
    [
        ([ANN, BO], [ANN, BO], ActionKind.KEEP, [ANN, BO]),
        ([ANN, BO], [CHANGED, BO], ActionKind.UPDATE, [CHANGED, BO]),
        ([ANN, BO], [ANN, BO, CY], ActionKind.UPDATE, [ANN, BO, CY]),
        ([EDITED, BO], [ANN, BO], ActionKind.KEEP, [EDITED, BO]),
        ([EDITED, BO], [ANN, BO, CY], ActionKind.UPDATE, [EDITED, BO, CY]),
        ([EDITED, BO], [EDITED, BO], ActionKind.KEEP, [EDITED, BO]),
        ([EDITED, BO], [CHANGED, BO], ActionKind.CONFLICT, [EDITED, BO]),
        ([ANN], [ANN, BO], ActionKind.KEEP, [ANN]),
        ([ANN], [CHANGED, BO, CY], ActionKind.UPDATE, [CHANGED, CY]),
    ],
)
def test_an_update(
    in_file: list[Comment], in_source: list[Comment], kind: ActionKind, result: list[Comment], tmp_path: Path
) -> None:
    """What the source changed comes in; what somebody edited or deleted stays so; both is a conflict."""
    run(tmp_path, [ANN, BO])
    file = tmp_path / NAME
    file.write_text(dump(in_file))
    assert run(tmp_path, in_source).text is None
    assert run(tmp_path, in_source, update=True).kind is kind
    assert read(file.read_text(), "", UTC) == tuple(result)
    assert (tmp_path / f"{NAME}.new").is_file() is (kind is ActionKind.CONFLICT)
    assert run(tmp_path, in_source, replace_=True).kind in {ActionKind.KEEP, ActionKind.UPDATE}
    assert {one.id: one for one in read(file.read_text(), "", UTC)} == {one.id: one for one in in_source}


def test_the_report_says_what_stays_out(tmp_path: Path) -> None:
    """A file that stays without comments of the source, or with others, has its reason in the report."""
    run(tmp_path, [ANN, BO])
    (tmp_path / NAME).write_text(dump([ANN]))
    reason = "without 1 comment that you deleted; --replace takes those of the source"
    assert run(tmp_path, [ANN, BO], update=True).reason == reason
    assert run(tmp_path, [CHANGED]).reason == "the source has changed; --update brings it in"
    (tmp_path / ledger.LEDGER).unlink()
    assert run(tmp_path, [CHANGED], update=True).reason.startswith("with 1 comment that you wrote; ")


def test_a_file_with_remarks_is_not_written_again(tmp_path: Path) -> None:
    """Where a changed comment would cost what else the file says, the new text stands beside it."""
    run(tmp_path, [ANN])
    (tmp_path / NAME).write_text(f"# mine\n{dump([ANN])}")
    assert run(tmp_path, [CHANGED], update=True).kind is ActionKind.CONFLICT
    assert run(tmp_path, [ANN, BO], update=True).kind is ActionKind.UPDATE
    assert (tmp_path / NAME).read_text() == f"# mine\n{dump([ANN, BO])}"


def test_comments_of_another_service_have_ids_of_their_own(tmp_path: Path) -> None:
    """Small numbers of two services don't hide each other; replies follow, and a second import adds none."""
    run(tmp_path, [ANN, replace(BO, parent="1")])
    later = datetime(2021, 1, 1, tzinfo=UTC)
    others = [Comment("1", "Dan", "Cold", later), Comment("2", "Eve", "Yes", later, "1")]
    for _ in range(2):
        run(tmp_path, others, update=True)
        assert [(one.id, one.parent) for one in read((tmp_path / NAME).read_text(), "", UTC)] == [
            ("1", None),
            ("2", "1"),
            ("1-2", None),
            ("2-2", "1-2"),
        ]


def test_the_record_follows_the_files(tmp_path: Path) -> None:
    """A file that is gone is written again, with all comments; an import of nothing keeps the record."""
    run(tmp_path, [ANN, BO])
    assert [*ledger.read(tmp_path / ledger.LEDGER).comments[NAME]] == ["1", "2"]
    assert plan_comments({}, {}, tmp_path, UTC, update=False).record.keys() == {NAME}
    (tmp_path / NAME).unlink()
    assert plan_comments({}, {}, tmp_path, UTC, update=False).record == {}
    assert run(tmp_path, [ANN, BO]).kind is ActionKind.CREATE
