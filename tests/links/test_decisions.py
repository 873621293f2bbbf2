"""What people decide about links, in a file that is theirs."""

from __future__ import annotations

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.links.decisions import load, rewrite, with_ignored
from postdocs.links.ledger import Entry, Ignored

A, B, C = "https://a.org/", "https://b.org/", "https://c.org/"


def rewritten(text: str, entries: dict[str, Entry]) -> str:
    """Rewrite a file, and check that it then says what the entries do, and that again changes nothing."""
    after = rewrite(text, entries)
    decided = {url: entry for url, entry in entries.items() if entry.is_decided}
    assert {url: entry for url, entry in load(after, "").entries.items() if entry.is_decided} == decided
    assert rewrite(after, entries) == after
    return after


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("<<<<<<< HEAD\n", 1, "not TOML"),
        ('["https://a.org/"]\nreason = "x"\n["https://a.org/"]\n', 3, "not TOML"),
        ('# x\n["https://a.org/"]\nverdict = "good"\n', 2, "`verdict` must be one of never asked, fine"),
        ('["https://a.org/"]\nwhy = "x"\n', 1, "`why` is not a key of a decision; those are archive, reason"),
        ('["https://a.org/"]\nfine = 2024-01-01\n', 1, "`fine` is not a key of a decision"),
        ('["https://a.org/"]\nreason = true\n', 1, "must be text in quotes"),
        ('["https://a.org/"]\nverdict = "fine"\nfine = "2024-01-01"\n', 1, "must be a day"),
        ('["https://a.org/"]\nverdict = "fine"\nfine = 2024-01-01T00:00:00\n', 1, "must be a day"),
        ('["https://a.org/"]\nverdict = "fine"\nfailures = true\n', 1, "must be a whole number"),
        (
            '["HTTPS://a.org"]\nreason = "x"\n',
            1,
            "kept under the address that the check requests: https://a.org/",
        ),
        ('["mailto:a@b.org"]\nreason = "x"\n', 1, "kept under the address"),
        ('"https://a.org/" = "fine"\n', None, "a decision is a table"),
        ('[[ignore]]\nurl = "https://a.org/*"\n', 1, "needs a `url` and a `reason`"),
        ('\n[[ignore]]\nurl = "a"\nreason = "b"\n[[ignore]]\nurl = 1\nreason = "b"\n', 5, "needs a `url`"),
        ('[ignore]\nurl = "a"\n', 1, "not a list of tables"),
    ],
)
def test_mistakes_in_a_ledger_are_named(text: str, line: int | None, wrong: str) -> None:
    """With the line where the entry begins, and what to write."""
    with pytest.raises(PostdocsError, match=wrong) as raised:
        load(text, "links.toml")
    assert raised.value.line == line


def test_decisions_are_read_with_their_lines() -> None:
    """Those about links, and what is ignored."""
    decisions = load(
        f'# x\n["{A}"]\nreason = """\n[no table]\n"""\n[[ignore]]\nurl = "{B}*"\nreason = "intranet"\n', ""
    )
    assert decisions.entries == {A: Entry(reason="[no table]\n")}
    assert decisions.lines == {A: 2}
    assert decisions.ignored == (Ignored(pattern=f"{B}*", reason="intranet", line=6),)


def test_a_new_decision_comes_last() -> None:
    """What was written before it keeps each byte; a first one begins the file."""
    text = f"# mine\n\n['{B}']\n  reason='x' # y\n\n"
    assert rewritten(text, {A: Entry(archive=C), B: Entry(reason="x")}) == (
        f'{text}["{A}"]\narchive = "{C}"\n'
    )
    assert rewritten("", {A: Entry(reason='a "b"')}).endswith(f'\n\n["{A}"]\nreason = "a \\"b\\""\n')


def test_a_decision_is_added_to_one_that_is_there() -> None:
    """An archived copy beside a reason."""
    text = f'["{A}"] # 1\nreason = "x" # 2\n# 3\n\n# of b\n["{B}"]\nreason = "y"\n'
    after = rewritten(text, {A: Entry(reason="x", archive=C), B: Entry(reason="y")})
    assert [line for line in after.splitlines() if line not in text.splitlines()] == [f'archive = "{C}"']
    assert [line for line in text.splitlines() if line not in after.splitlines()] == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('# 1\n["{A}"]\narchive = "x"\n\n["{B}"]\nreason = "y"\n', '# 1\n["{B}"]\nreason = "y"\n'),
        (
            '["{B}"]\nreason = "y"\n\n# 1\n["{A}"] # 2\n# 3\narchive = "x" # 4\n\n# 5\n',
            '["{B}"]\nreason = "y"\n\n# 1\n# 2\n# 3\n# 4\n\n# 5\n',
        ),
        (
            '["{A}"]\narchive = "x"\n[[ignore]]\nurl = "u"\nreason = "r"\n["{B}"]\nreason = "y"\n',
            '[[ignore]]\nurl = "u"\nreason = "r"\n["{B}"]\nreason = "y"\n',
        ),
        ('["{A}"]\narchive = """\n# no comment\n"""\n["{B}"]\nreason = "y"\n', '["{B}"]\nreason = "y"\n'),
    ],
)
def test_what_is_removed_leaves_its_comments(text: str, after: str) -> None:
    """People wrote them, and many are about what comes next."""

    def filled(text: str) -> str:
        return text.replace("{A}", A).replace("{B}", B)

    assert rewritten(filled(text), {B: Entry(reason="y")}) == filled(after)


def test_an_entry_that_says_nothing_yet_stays() -> None:
    """Somebody has begun to write it."""
    text = f'["{A}"]\n# TODO: ask Ann\n'
    assert rewritten(text, {}) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        '# mine\n["https://a.org/"]\nreason = "x"',
        '[[ignore]]\nurl = "c"\nreason = "y"\n\n["https://a.org/"]\nreason = "x"\n',
    ],
)
def test_addresses_are_left_out_from_now_on(text: str) -> None:
    """Each once, after all that is there, which stays to the letter."""
    after = with_ignored(text, {"c": 'why "so"', "d\\e": "z"})
    assert after.startswith(text)
    reasons = {one.pattern: one.reason for one in load(after, "").ignored}
    assert reasons == {"c": "y" if "url" in text else 'why "so"', "d\\e": "z"}
    assert load(after, "").entries == load(text, "").entries
    assert with_ignored(after, {"c": "other"}) == after
    assert with_ignored(text, {}) == text
