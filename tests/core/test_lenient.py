"""What ablog makes of values that the schema refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from postdocs.core import frontmatter as schema
from postdocs.core.frontmatter import Reading
from postdocs.core.post import Post

BERLIN = ZoneInfo("Europe/Berlin")


def read(front_matter: str, body: str = "Text.\n", date_format: str = "") -> Reading:
    """Read a post that may be unusual."""
    text = f"---\n{front_matter}---\n\n{body}"
    return schema.read(text, "posts/x.md", BERLIN, date_format, adopts_pages=True)


def post_of(front_matter: str, body: str = "Text.\n", date_format: str = "") -> Post:
    """Return a post that can be read, with one thing about it that is unusual."""
    reading = read(front_matter, body, date_format)
    assert reading.errors == ()
    assert len(reading.unusual) == 1
    assert reading.post is not None
    return reading.post


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2013/07/05", "2013-07-05T00:00:00+02:00"),
        ("03/04/2019", "2019-03-04T00:00:00+01:00"),
        ("20/04/2019", "2019-04-20T00:00:00+02:00"),
        ("March 15th, 2019 at 9:05pm", "2019-03-15T21:05:00+01:00"),
        ("Fri, 5 Jul 2013 12:28:00 -0700", "2013-07-05T12:28:00-07:00"),
        ("5 Jul 2013 12:28 PDT", "2013-07-05T12:28:00-07:00"),
        ("5 Jul 2013 12:28 GMT", "2013-07-05T12:28:00+00:00"),
        ("20130705", "2013-07-05T00:00:00+02:00"),
        ("2013-7-5 9:30", "2013-07-05T09:30:00+02:00"),
        ("July 2013", "2013-07-01T00:00:00+02:00"),
        ("2013", "2013-01-01T00:00:00+01:00"),
        ("2013-07-05 12:28:00 CEST", "2013-07-05T12:28:00+02:00"),
    ],
)
def test_dates_are_read_as_dateutil_reads_them(written: str, instant: str) -> None:
    """Words, slashes and parts that are left out; never the day or the time zone of the machine."""
    assert post_of(f"title: x\ndate: {written}\n").date == datetime.fromisoformat(instant)


@pytest.mark.parametrize("written", ["2024-02-30", "Monday", "10:00", "soon", "[2024]", "May 5", "{a: 1}"])
def test_what_has_no_year_or_is_no_date_is_an_error(written: str) -> None:
    """Without a date that can be read there is no post."""
    reading = read(f"title: x\ndate: {written}\n")
    assert reading.post is None
    assert [error.line for error in reading.errors] == [3]


def test_the_form_of_the_sites_dates_goes_before_a_guess() -> None:
    """What `post_date_format` says is nothing unusual, and decides what 03/04 is."""
    reading = read("title: x\ndate: 03/04/2019\n", date_format="%d/%m/%Y")
    assert reading.unusual == ()
    assert reading.post is not None
    assert reading.post.date == datetime(2019, 4, 3, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("tags: [2024, python]", "tags", ("2024", "python")),
        ("tags: [3.10, python]", "tags", ("3.10", "python")),
        ("tags: [on, x]", "tags", ("on", "x")),
        ("tags: 2024", "tags", ("2024",)),
        ("tags: [x, '']", "tags", ("x",)),
        ("tags: [x, null]", "tags", ("x",)),
        ("tags:\n- C++: a tour", "tags", ("C++: a tour",)),
        ("tags: [[a, b], c]", "tags", ("a", "b", "c")),
        ("author: {name: Ann}", "author", ("Ann",)),
        ("authors: [Ann, Bob]", "author", ("Ann", "Bob")),
        ("authors:\n- id: ann\n- name: Bob\n  email: b@example.org", "author", ("ann", "Bob")),
        ("Author: Ann", "author", ("Ann",)),
        ("image: 0", "image", None),
        ("image: -1", "image", None),
        ("summary: 5", "summary", "5"),
        ("draft: 'no'", "draft", False),
        ("draft: 1", "draft", True),
        ("permalink: a-slug", "permalink", None),
        ("aliases: [old/page]", "aliases", ()),
        ("id: 123", "id", None),
        ("source: old.example.org", "source", None),
        ("updated: ''", "updated", None),
        ("language: pt_BR", "language", "pt-BR"),
        ("language: no", "language", "no"),
        ("language: English", "language", "English"),
        ("language: [de, Old Norse]", "language", "de, Old Norse"),
        ("translation_of: 2024", "translation_of", "2024"),
    ],
)
def test_values_are_read_as_ablog_reads_them(line: str, key: str, value: object) -> None:
    """Numbers keep their digits, empty items go, and what ablog does not know is ignored."""
    assert getattr(post_of(f"title: x\ndate: 2024-01-01\n{line}\n"), key) == value


@pytest.mark.parametrize("line", ["draft: maybe", "draft: [true]", "tags: {a: 1, b: 2}", "title: [a, b]"])
def test_what_has_no_meaning_is_an_error(line: str) -> None:
    """A draft that may be none is never published, and no label is made up."""
    reading = read(f"date: 2024-01-01\n{line}\n", "# Heading\n")
    assert reading.post is None
    assert [error.line for error in reading.errors] == [3]


def test_the_last_of_two_equal_keys_counts() -> None:
    """As in YAML."""
    assert post_of("title: x\ndate: 2024-01-01\ntags: [a]\ntags: [b]\n").tags == ("b",)


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("title: Listen to sell\n", "# Listen to Sell\n", "Listen to sell"),
        ("title: My *starred* title\n", "# My *starred* title\n", None),
        ("title: x\n", "<!-- Licence -->\n\n# Another\n", "x"),
        ("", "<!-- Licence -->\n\n# Heading\n", None),
        ("", "![A dot](dot.png)\n\n# Heading\n", None),
        ("", "## Heading\n", None),
        ("", "Some text.\n\nHeading\n=======\n", None),
    ],
)
def test_titles_that_differ_or_come_late(title: str, body: str, expected: str | None) -> None:
    """The front matter names the post in lists; where it says nothing, the first heading does."""
    assert post_of(f"date: 2024-01-01\n{title}", body).title == expected


@pytest.mark.parametrize("directive", ["```{post} May 1, 2024\n:tags: a\n```", ":::{post}\nWords.\n:::"])
def test_a_directive_before_the_heading_shows_nothing(directive: str) -> None:
    """The heading is the title all the same, and nothing is unusual."""
    reading = read("tags: [a]\n", f"{directive}\n\n# Title\n")
    assert (reading.errors, reading.unusual) == ((), ())


def test_what_ablog_does_not_know_loses_no_post() -> None:
    """A date of the last change that can't be read is ignored, as it was before."""
    assert post_of("title: x\ndate: 2024-01-01\nupdated: yesterday\n").updated is None


@pytest.mark.parametrize("body", ["No heading.\n", "> # quoted\n", "```\n# code\n```\n"])
def test_a_post_without_any_heading_has_no_title(body: str) -> None:
    """Headings of quotes and code are none."""
    assert [str(error) for error in read("date: 2024-01-01\n", body).errors] == [
        "posts/x.md:1: title: it is missing; add a line `title: …` to the front matter"
    ]


@pytest.mark.parametrize(
    "front_matter",
    ["", "title: About\n", "orphan: true\n", "tags: [a]\n", "blogpost: true\n", "draft: false\ndate:\n"],
)
def test_a_file_without_a_date_is_a_page(front_matter: str) -> None:
    """An index or a README among posts stays a page; so does a post that ablog lists nowhere."""
    reading = read(front_matter)
    assert reading.post is not None
    assert reading.post.is_page
    assert [mistake.message for mistake in reading.unusual] == [
        "post: it has no date, so it is a page, in no list of posts; "
        "add a line `date: YYYY-MM-DD`, or `draft: true`, or `blogpost: false`"
    ]


@pytest.mark.parametrize("front_matter", ["draft: true\n", "draft: true\ntags: [a]\n"])
def test_a_draft_without_a_date_stays_a_draft(front_matter: str) -> None:
    """No page is made public of what its author calls a draft."""
    reading = read(front_matter, "# Title\n")
    assert reading.post is not None
    assert (reading.post.draft, reading.post.is_page) == (True, False)


@pytest.mark.parametrize(
    "directive", ["```{post} 2024-05-01\n```", ":::{post}\n:::", ".. post:: May 1, 2024"]
)
def test_a_directive_may_name_the_date(directive: str) -> None:
    """Then the front matter needs none."""
    reading = read("tags: [a]\n", f"# Title\n\n{directive}\n")
    assert reading.post is not None
    assert reading.post.date is None


def test_messages_say_how_a_value_is_read() -> None:
    """A date that could be another day is shown as it was understood."""
    (mistake,) = read("title: x\ndate: 03/04/2019\n").unusual
    assert mistake.message == (
        "date: '03/04/2019' is not a date, so it is read as 2019-03-04 00:00+01:00; "
        "write YYYY-MM-DD, or a date with time and offset like 2013-07-05T12:28:00-07:00"
    )


def test_aliases_of_yaml_are_not_unfolded() -> None:
    """Lists of lists of lists, which could be endless, are no labels."""
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
    assert schema.read(f"---\n{bomb}tags: *c\n---\n", "x.md", UTC).post is None
