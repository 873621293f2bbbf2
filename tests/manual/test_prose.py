"""The prose linter: what it finds, and where it looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from manual import PACKAGE, prose

WORDS = prose.avoided()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Mend the line.", ["'Mend'"]),
        ("A remedy; another remedy.", ["'remedy'", "'remedy'"]),
        ("It shall be made anew.", ["'anew'", "'shall'"]),
        ("All but for one of one's own.", ["'but for'", '"one\'s own"']),
        ("The picture is said to come along.", ["'picture'", "'come along'", "'is said'"]),
        ("A ZIP archive of the postmender.", []),
        ("Fix the line: write a date.", []),
    ],
)
def test_words_to_avoid_are_found(text: str, wrong: list[str]) -> None:
    """Each word of the list is found in any case and as a whole word, with what to write instead."""
    found = [*prose.findings([prose.Prose("a.md:1", text)], WORDS, longest=30)]
    assert [finding.wrong for finding in found] == wrong
    assert all(finding.advice.startswith("write ") for finding in found)


def test_a_long_sentence_is_found() -> None:
    """A sentence may have as many words as are allowed, and no more; a colon ends one as well."""
    allowed, long = " ".join(["word"] * 5), " ".join(["word"] * 6)
    texts = [prose.Prose("a.md:1", f"{allowed}. {allowed}: {allowed}"), prose.Prose("b.md:2", f"{long}.")]
    found = [*prose.findings(texts, WORDS, longest=5)]
    assert [(finding.place, finding.wrong) for finding in found] == [
        ("b.md:2", "'word word word word word word.'… has 6 words")
    ]


def test_prose_of_markdown_is_what_readers_read() -> None:
    """Headings, text, items and cells count, each with its line; code, HTML and addresses don't."""
    source = (
        "---\nmood: mend\n---\n\n# Title `mend`\n\nOne [two](mend.md)\nthree <b>four</b>.\n\n"
        "- item\n\n```sh\nmend\n```\n\n| head |\n|---|\n| cell |\n"
    )
    assert [*prose.of_markdown(source, "a.md")] == [
        prose.Prose("a.md:5", "Title code"),
        prose.Prose("a.md:7", "One two three four."),
        prose.Prose("a.md:10", "item"),
        prose.Prose("a.md:16", "head"),
        prose.Prose("a.md:18", "cell"),
    ]


def test_help_keys_messages_and_docstrings_are_looked_at() -> None:
    """What the manual and `--help` take from the code is prose as well."""
    texts = {text.place: text.text for text in (*prose.of_commands(), *prose.of_schema())}
    assert "setting postdocs_timezone" in texts
    assert "front matter title" in texts
    assert "postdocs links --help" in texts
    places = {text.place for text in (*prose.of_code(PACKAGE), *prose.of_messages(PACKAGE))}
    assert "docstring of postdocs.core: errors" in places
    assert (PACKAGE / "core/frontmatter.py").as_posix() in places


def test_the_report_fails_if_there_is_something_to_avoid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 1 and a line with file and line for each finding; status 0 for prose as it should be."""
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs/page.md"
    monkeypatch.chdir(tmp_path)
    for name in ("of_commands", "of_schema"):
        monkeypatch.setattr(prose, name, lambda: ())
    page.write_text("# A page\n\nYou shall mend it.\n", encoding="utf-8")
    assert prose.main() == 1
    assert capsys.readouterr().out == (
        "docs/page.md:3: 'mend'; write fix\ndocs/page.md:3: 'shall'; write must, or the imperative\n"
    )
    page.write_text("# A page\n\nFix it.\n", encoding="utf-8")
    assert prose.main() == 0
