"""Comments of services that export JSON: Remark42 and Commento."""

from __future__ import annotations

from pathlib import Path

import pytest

from importer.test_comment_sources import left, told
from postdocs.core.errors import PostdocsError
from postdocs.importer.sources.registry import read

FEEDS = Path(__file__).parents[1] / "feeds"


def test_remark42() -> None:
    """A backup is a value for the site and one for each comment; private parts stay out."""
    source = read((FEEDS / "remark42-backup.json").read_bytes(), "backup.json")
    (tea,) = source.threads
    assert (source.format, tea.address) == ("Remark42 backup", "https://kettle.example/2005/05/tea.html")
    assert list(map(told, tea.comments)) == [
        ("b2", "Bo", "<p>No, <em>colder</em></p>", "a1"),
        ("a1", "Ada", "<p>Is it <em>hot</em>?</p>", None),
        ("d4", "Anonymous", "<p>Why?</p>", "a1"),
    ]
    assert [str(one.date) for one in tea.comments[:2]] == [
        "2019-05-02 11:05:00.849053+02:00",
        "2019-05-02 07:30:00+00:00",
    ]
    assert left(source) == ["1 of type comment, deleted"]
    for private in ("secret", "203.0", "9f3c11"):
        assert private not in repr(source)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"version":1,"users":[]}\n{"id":"a1","pid":"","locat', r"backup\.json:2: it is not JSON"),
        ('{"version":1,"posts":[]}', "it has no posts with public comments"),
        ('{"version":1}\n{"id":"1","pid":"","locator":3,"user":4,"text":5,"time":6}', None),
        ('{"id":"1","pid":"","locator":{"url":"/a"},"text":"old"}', None),
    ],
    ids=["cut", "empty", "types", "old"],
)
def test_odd_backups_of_remark42(text: str, words: str | None) -> None:
    """A backup that is cut off names the line; values of other types say nothing."""
    if words:
        with pytest.raises(PostdocsError, match=words):
            read(text.encode(), "backup.json")
    else:
        assert [one.id for one in read(text.encode(), "backup.json").threads[0].comments] == ["1"]


def test_commento() -> None:
    """An export names the path of each page, and who wrote by a key; what wasn't approved stays out."""
    source = read((FEEDS / "commento-export.json").read_bytes(), "export.json")
    (tea,) = source.threads
    assert tea.address == "https://kettle.example/2005/05/tea.html"
    assert list(map(told, tea.comments)) == [
        ("a1", "Ada", "<p>Is it <em>hot</em>?</p>", None),
        ("b2", "Anonymous", "<p>No</p>", "a1"),
    ]
    assert [one.website for one in tea.comments] == ["https://ada.example/", None]
    assert left(source) == [
        "1 of type comment, deleted",
        "1 of type comment, flagged",
        "1 of type comment, not approved",
    ]
    assert "secret" not in repr(source)
