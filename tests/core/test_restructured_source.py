"""Posts in reStructuredText: their fields are read as front matter is, with lines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postdocs.core import frontmatter as schema
from postdocs.core import restructured_source as rst
from postdocs.core.frontmatter import Reading

NO_DATE = "1: date: it is missing; add a line `:date: YYYY-MM-DD`, or `:draft: true`"
EVERY_KEY = """\
.. A comment, and what goes on with it
   in another line.

.. _a target:

:title: A *tour* of ``C++``
:date: 2024-05-01T10:00:00+02:00
:updated: 2024-06-01
:author: Ann, Bob B.
:category:
   - Notes
   - More,
     and more
:tags: snake_case, C\\#, *one*
:summary: In two
   lines, and `a link <https://tea.example/>`_.
:image: 2
:blogpost: true
:permalink: /2013/07/recap_/
:aliases: /one/ /two.html,
   /three/
:source: https://tea.example/a_b_
:canonical: https://tea.example/c
:id: tag:tea.example,2013:/recap_

:tocdepth: 2

Text.
"""


def read(text: str, *, adopts_pages: bool = False) -> Reading:
    """Read a post in reStructuredText."""
    return schema.read(text, "posts/x.rst", UTC, adopts_pages=adopts_pages, markup=rst)


def mistakes(text: str) -> list[str]:
    """Return what a site that is strict is told of a post."""
    reading = read(text)
    errors = [*reading.errors, *(mistake.error for mistake in reading.unusual)]
    return [str(error).removeprefix("posts/x.rst:") for error in errors]


def test_fields_are_all_keys_of_the_schema() -> None:
    """Lists, lines that go on, markup and escapes mean what docutils makes of them."""
    reading = read(EVERY_KEY)
    assert (reading.errors, reading.unusual) == ((), ())
    post = reading.post
    assert post is not None
    assert (post.title, post.author) == ("A tour of C++", ("Ann", "Bob B."))
    assert post.date == datetime.fromisoformat("2024-05-01T10:00:00+02:00")
    assert post.updated == datetime(2024, 6, 1, tzinfo=UTC)
    assert (post.category, post.tags) == (("Notes", "More, and more"), ("snake_case", "C#", "one"))
    assert (post.summary, post.image) == ("In two lines, and a link.", 2)
    assert (post.permalink, post.aliases) == ("/2013/07/recap_/", ("/one/", "/two.html", "/three/"))
    assert (post.source, post.canonical) == ("https://tea.example/a_b_", "https://tea.example/c")
    assert (post.id, post.blogpost, post.draft) == ("tag:tea.example,2013:/recap_", True, False)
    assert post.extra == {"tocdepth": "2"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (":permalink: recap", "3: permalink: 'recap' is not a path of the site; write one like"),
        (":draft: perhaps", "3: draft: 'perhaps' is neither true nor false; write true or false"),
        (":date: 2024-02-30", "3: date: '2024-02-30' is not a date (day "),
        (":source: tea", "3: source: 'tea' is not a web address; begin it with"),
        (":id: recap", "3: id: 'recap' is not an absolute IRI; write one like"),
        (":aliases:\n   - /a/\n   - b", "5: aliases: 'b' is not a path of the site; write one like"),
        (":tag: a", "3: tag: there is no such key; write `tags`, or another name"),
        (":tags: a\n:tags: b", "4: tags: given in line 3 already; remove one of the two"),
    ],
)  # fmt: skip
def test_mistakes_have_the_messages_of_front_matter(fields: str, message: str) -> None:
    """With the line of the field, or of the item of its list."""
    date = "" if ":date:" in fields else "\n:date: 2024-01-01"
    (mistake,) = mistakes(f":title: T\n:nocomments:\n{fields}{date}\n\nText.\n")
    assert mistake.startswith(message)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (":tags: a\n\nT\n=\n", NO_DATE),
        (":date: 2024-01-01\n\nX\n", "1: title: it is missing; add a line `:title: …` to the front matter"),
        (":date:\n:title: T\n", NO_DATE),
    ],
)  # fmt: skip
def test_what_to_add_is_written_as_a_field(text: str, error: str) -> None:
    """A remedy can be copied into the file."""
    assert mistakes(text) == [error]


@pytest.mark.parametrize("flag", [":draft:", ":draft: true", ":draft: True", ":draft: TRUE"])
def test_a_flag_needs_no_value(flag: str) -> None:
    """A field that is only named is true, as `:orphan:` is."""
    post = read(f"{flag}\n\nT\n=\n").post
    assert post is not None
    assert post.draft


@pytest.mark.parametrize("name", ["Date", "DATE", "date"])
def test_docutils_reads_some_names_in_any_case(name: str) -> None:
    """Date and authors are bibliographic fields."""
    post = read(f":{name}: 2024-01-01\n:Author: Ann\n\nT\n=\n").post
    assert post is not None
    assert (post.date, post.author) == (datetime(2024, 1, 1, tzinfo=UTC), ("Ann",))


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("T\n=\n", "T"),
        ("=====\n Over\n=====\n", "Over"),
        ("Ünder\n-----\n", "Ünder"),
        ("日本\n====\n", "日本"),
        (
            ".. comment\n\n.. _target:\n\nA `doc <x>`_ and *more*\n~~~~~~~~~~~~~~~~~~~~~~~~~~\n",
            "A doc and more",
        ),
        ("Long title\n====\n", "Long title"),
        (".. post:: May 1, 2024\n   :tags: a\n\n   Shown in lists.\n\nT\n=\n", "T"),
        ("Text\n\nT\n=\n", None),
        ("Long title\n===\n", None),
        (".. note:: x\n\nT\n=\n", None),
        ("  T\n  =\n", None),
        ("Text.\n", None),
        ("", None),
    ],
)
def test_a_title_is_what_docutils_takes_for_one(body: str, heading: str | None) -> None:
    """What begins the text, underlined, with a line above or without."""
    assert rst.leading_heading(body) == heading


def test_titles_that_come_late() -> None:
    """The one that says what the field does is the heading; without a field it is the first."""
    body = "Text.\n\nOne\n===\n\nTwo\n===\n\nThree\n-----\n"
    assert rst.heading_like("two", body) == "Two"
    assert rst.heading_like("Three", body) is None
    assert rst.first_heading(body) == "One"


@pytest.mark.parametrize("text", ["T\n=\n\n:date: x\n", "Text\n\n:date: x\n", " :date: x\n", "a :b: c\n"])
def test_fields_elsewhere_are_text(text: str) -> None:
    """Sphinx takes only those for front matter that nothing stands before."""
    assert rst.front_matter(text, "x.rst") == ([], text)


def test_fields_are_taken_out_line_by_line() -> None:
    """So that messages of docutils name the right lines."""
    text = ".. comment\n\n:date: 2024-01-01\n:orphan:\n:summary: one\n   two\n\n   three\n\nT\n=\n"
    expected = ".. comment\n\n\n:orphan:\n\n\n\n\n\nT\n=\n"
    assert rst.without_fields(text, {"date", "summary"}) == expected


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("T\n=\n", ":date: x\n\nT\n=\n"),
        (":tags: a\n:draft:\n\n:orphan:\n\nT\n=\n", ":tags: a\n:date: x\n\n:orphan:\n\nT\n=\n"),
        (".. c\n\n:draft: true\n:date: 2020\n   !\n:a: b\n\nT\n", ".. c\n\n:date: x\n:a: b\n\nT\n"),
    ],
)
def test_fields_are_set_and_taken_out(text: str, edited: str) -> None:
    """The others, and all that is between them, stay as they are."""
    assert rst.with_fields(text, {"date": "x", "draft": None}) == edited
