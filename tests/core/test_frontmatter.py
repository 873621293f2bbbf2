"""The schema of front matter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from postdocs.core import frontmatter as schema
from postdocs.core.errors import PostdocsError
from postdocs.core.post import Post

BERLIN = ZoneInfo("Europe/Berlin")


def load(front_matter: str, body: str = "Text.\n") -> Post:
    """Load a file with this front matter."""
    return schema.load(f"---\n{front_matter}---\n\n{body}", "posts/x.md", BERLIN)


def mistakes(front_matter: str, body: str = "Text.\n") -> list[str]:
    """Return the messages about a file with this front matter."""
    with pytest.raises(ExceptionGroup) as caught:
        load(front_matter, body)
    assert all(isinstance(error, PostdocsError) for error in caught.value.exceptions)
    return [str(error) for error in caught.value.exceptions]


def test_every_field_is_read_as_its_type() -> None:
    """A complete front matter becomes typed values, and unknown keys stay as they are."""
    post = load(
        "title: 'SciPy: a   recap'\ndate: 2013-07-05T12:28:00-07:00\nupdated: 2013-07-06\n"
        "author: [Andy R. Terrel, 'Doe, Jane']\ncategory: Code\ntags: [Python, 'a, b', 日本語]\n"
        "summary: Short.\ndraft: false\nsource: https://example.org/a?b=c#d\n"
        "canonical: http://example.org/\nid: tag:example.org,2013:x\nmine: {a: [1, 2]}\n"
    )
    assert post == Post(
        title="SciPy: a recap",
        date=datetime(2013, 7, 5, 12, 28, tzinfo=timezone(timedelta(hours=-7))),
        updated=datetime(2013, 7, 6, tzinfo=BERLIN),
        author=("Andy R. Terrel", "Doe, Jane"),
        category=("Code",),
        tags=("Python", "a, b", "日本語"),
        summary="Short.",
        draft=False,
        source="https://example.org/a?b=c#d",
        canonical="http://example.org/",
        id="tag:example.org,2013:x",
        extra={"mine": {"a": [1, 2]}},
    )
    assert post.date is not None
    assert post.date.utcoffset() == timedelta(hours=-7)


@pytest.mark.parametrize("value", ["old/path", "''", "../x", "2020-01-01", "[/ok/, no]", "{a: 1}", "5"])
def test_a_wrong_alias_is_an_error_with_its_line(value: str) -> None:
    """Whether it is one or one of a list, the error names the line."""
    text = f"---\ntitle: T\ndate: 2020-01-01\naliases: {value}\n---\n"
    with pytest.raises(ExceptionGroup) as group:
        schema.load(text, "x.md", UTC)
    (error,) = group.value.exceptions
    assert isinstance(error, PostdocsError)
    assert (error.line, error.wrong.partition(":")[0]) == (4, "aliases")


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2013-07-05", "2013-07-05T00:00:00+02:00"),
        ("2013-01-05", "2013-01-05T00:00:00+01:00"),
        ("2013-07-05 12:28", "2013-07-05T12:28:00+02:00"),
        ("2013-07-05T12:28:09", "2013-07-05T12:28:09+02:00"),
        ("2013-07-05T12:28:00Z", "2013-07-05T12:28:00+00:00"),
        ("2013-07-05t12:28:00z", "2013-07-05T12:28:00+00:00"),
        ("2013-07-05 12:28:00 -0700", "2013-07-05T12:28:00-07:00"),
        ("2013-07-05T12:28:00.25+05:30", "2013-07-05T12:28:00.250000+05:30"),
        ("1969-12-31", "1969-12-31T00:00:00+01:00"),
        ("'2013-07-05'", "2013-07-05T00:00:00+02:00"),
    ],
)
def test_dates_keep_their_offset_or_take_the_sites(written: str, instant: str) -> None:
    """A date with an offset keeps it; one without is in the site's time zone, summer time and all."""
    post = load(f"title: x\ndate: {written}\n")
    assert post.date is not None
    assert post.date.isoformat() == instant


@pytest.mark.parametrize(
    "written",
    [
        "2024-02-30",
        "2024",
        "20240230",
        "March 2020",
        "2024-13-01",
        "2024-1-1",
        "2024-01-01T25:00",
        "2024-W01-1",
        "0000-01-01",
        "0001-01-01T00:00+14:00",
        "2024-01-01T00:00+25:00",
        "yes",
        "[2024-01-01]",
        "٢٠٢٤-٠١-٠١",
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    """No date is guessed from what is not one; the error says how to write it."""
    (mistake,) = mistakes(f"title: x\ndate: {written}\n")
    assert mistake.startswith("posts/x.md:3: date: ")
    assert "is not a date" in mistake
    assert "write YYYY-MM-DD" in mistake


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("tags: [fine, 2024]", "posts/x.md:4: tags: '2024' is a number, not text; put it in quotes"),
        ("tags: [no]", "posts/x.md:4: tags: 'no' is a truth value, not text; put it in quotes"),
        ("tags: [3.10]", "posts/x.md:4: tags: '3.10' is a number, not text; put it in quotes"),
        ("summary: 1_000", "posts/x.md:4: summary: '1_000' is a number, not text; put it in quotes"),
        (
            "tags: {a: b}",
            "posts/x.md:4: tags: '{a: b}' is a mapping, not a list; write a list like [one, two]",
        ),
        ("tags: 7", "posts/x.md:4: tags: '7' is a number, not a list; write a list like [one, two]"),
        ("tags: [a, '']", "posts/x.md:4: tags: it is empty; fill it in or remove the line"),
        ("author: [[a]]", "posts/x.md:4: author: '[a]' is a list, not text; write text"),
        ("summary: [a]", "posts/x.md:4: summary: '[a]' is a list, not text; write text"),
        (
            "show_image: true",
            "posts/x.md:4: show_image: there is no image; name a file in `image`",
        ),
        ("draft: maybe", "posts/x.md:4: draft: 'maybe' is neither true nor false; write true or false"),
        (
            "source: example.org/x",
            "posts/x.md:4: source: 'example.org/x' is not a web address; "
            "begin it with https:// or http:// and a host",
        ),
        (
            "source: javascript:alert(1)",
            "posts/x.md:4: source: 'javascript:alert(1)' is not a web address; "
            "begin it with https:// or http:// and a host",
        ),
        (
            "id: my-post",
            "posts/x.md:4: id: 'my-post' is not an absolute IRI; "
            "write one like tag:example.org,2013-07-05:recap",
        ),
        ("5: five", "posts/x.md:4: '5' as a key is a number, not text; put it in quotes"),
        ("title: again", "posts/x.md:4: title: given in line 2 already; remove one of the two"),
    ],
)
def test_a_wrong_value_is_named_with_line_and_remedy(line: str, message: str) -> None:
    """Each field says what it can't take, in which line, and what to do."""
    assert mistakes(f"title: x\ndate: 2024-01-01\n{line}\n") == [message]


def test_every_wrong_item_of_a_list_is_named() -> None:
    """Each has its own line, and is shown as the file has it."""
    lists = "tags: [2024, fine, yes, {a: b}]\naliases:\n- x\n- /y/\n- z\n"
    assert mistakes(f"title: x\ndate: 2024-01-01\n{lists}") == [
        "posts/x.md:4: tags: '2024' is a number, not text; put it in quotes",
        "posts/x.md:4: tags: 'yes' is a truth value, not text; put it in quotes",
        "posts/x.md:4: tags: '{a: b}' is a mapping, not text; write text",
        "posts/x.md:6: aliases: 'x' is not a path of the site; write one like /2013/07/recap/",
        "posts/x.md:8: aliases: 'z' is not a path of the site; write one like /2013/07/recap/",
    ]


def test_all_mistakes_of_a_file_come_at_once() -> None:
    """Several mistakes are several errors, in the order of lines."""
    found = mistakes("tags: [1]\ndraft: 3\ndate: soon\n")
    assert [mistake.split(": ")[:2] for mistake in found] == [
        ["posts/x.md:1", "title"],
        ["posts/x.md:2", "tags"],
        ["posts/x.md:3", "draft"],
        ["posts/x.md:4", "date"],
    ]


@pytest.mark.parametrize(
    ("front_matter", "line"),
    [
        ("title: a: b\n", 2),
        ("title: x\ntags: [a\n", 3),
        ("- a\n", 2),
        ("title: x\n\tdate: y\n", 3),
        ("a: *b\n", 2),
        ("a: \x01\n", 2),
        ("a: !!timestamp x\n", 2),
        ("a: &b [*b]\n", 2),
        ("title: x\nb: !!bool maybe\n", 3),
    ],
)
def test_what_is_not_yaml_is_one_clear_line(front_matter: str, line: int) -> None:
    """Broken YAML is an error of one line, with the place."""
    (mistake,) = mistakes(front_matter)
    assert mistake.startswith(f"posts/x.md:{line}: the front matter ")
    assert "\n" not in mistake


@pytest.mark.parametrize(
    "body",
    ["# Title\n", "% c\n\n(x)=\n{#a}\n# Title\n", "**Title**\n===\n", "\n\n  # Title\n", "Title\n=====\n"],
)
def test_a_leading_heading_can_be_the_title(body: str) -> None:
    """Without a title in the front matter, the heading that the file begins with is the title."""
    assert load("date: 2024-01-01\n", body).title is None


@pytest.mark.parametrize(
    "body",
    [
        "## Second level\n",
        "Text\n# Later\n",
        "#hashtag\n",
        "- a\n===\n",
        "    # code\n",
        "#\n",
        "# #\n",
        "# ![](a.png)\n",
        "1. a\n===\n",
        "<!-- x\n===\n-->\n",
        "[x]: y\n===\n",
    ],
)
def test_other_beginnings_are_no_title(body: str) -> None:
    """Anything else than a heading of level 1 at the beginning leaves the post without a title."""
    assert mistakes("date: 2024-01-01\n", body) == [
        "posts/x.md:1: title: it is missing; add a line `title: …` to the front matter"
    ]


def test_a_title_and_another_heading_contradict_each_other() -> None:
    """The same title twice is fine; two titles are one too many."""
    assert load("title: A *title*\ndate: 2024-01-01\n", "# A \\*title\\*\n").title == "A *title*"
    assert mistakes("title: One\ndate: 2024-01-01\n", "\n# Two\n") == [
        "posts/x.md:2: title: 'One' is not the heading, 'Two'; remove one of the two"
    ]
    assert mistakes("title: One\ndate: 2024-01-01\n", "Text.\n\n# one\n") == [
        "posts/x.md:2: title: 'One' is not the heading, 'one'; remove one of the two"
    ]
    assert load("title: One\ndate: 2024-01-01\n", "Text.\n\n```r\n# one\n```\n").title == "One"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("tag", "tags"), ("Tags", "tags"), ("authors", "author"), ("categories", "category")],
)
def test_a_key_that_is_nearly_right_is_a_mistake(written: str, meant: str) -> None:
    """What looks like a key of ours is not left to anybody else."""
    assert mistakes(f"title: x\ndate: 2024-01-01\n{written}: [a]\n") == [
        f"posts/x.md:4: {written}: there is no such key; write `{meant}`, or another name"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: x\n", "the front matter is not closed; add a line of three dashes after it"),
        (
            "+++\ntitle = 'x'\n+++\n",
            "the front matter is in TOML; write it in YAML, between lines of three dashes",
        ),
        ("\n---\ntitle: x\n---\n", "the front matter must start in line 1; remove the text before it"),
    ],
)
def test_front_matter_in_the_wrong_place_is_told(text: str, message: str) -> None:
    """Dashes that are missing, or that come too late, are named."""
    with pytest.raises(ExceptionGroup) as caught:
        schema.load(text, "x.md", UTC)
    assert [str(error) for error in caught.value.exceptions] == [f"x.md:1: {message}"]


def test_an_empty_value_is_a_missing_one() -> None:
    """A key with nothing after it counts as not given."""
    assert mistakes("title:\ndate:\ntags:\n") == [
        "posts/x.md:2: title: it is missing; add a line `title: …` to the front matter",
        "posts/x.md:3: date: it is missing; add a line `date: YYYY-MM-DD`, or `draft: true`",
    ]


def test_only_a_draft_can_do_without_a_date() -> None:
    """A draft has no date until it is published."""
    assert load("title: x\ndraft: true\n").date is None
    assert len(mistakes("title: x\ndraft: false\n")) == 1
    assert ["neither true nor false" in mistake for mistake in mistakes("title: x\ndraft: 1\n")] == [True]


_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufffe\uffff"), min_size=1
)
_FILLED = _TEXT.map(lambda text: " ".join(text.split())).filter(bool)


@given(
    title=_FILLED,
    tags=st.lists(_FILLED, unique=True),
    date=st.datetimes(
        datetime(1, 1, 3),
        datetime(9999, 12, 29),
        timezones=st.sampled_from([UTC, timezone(timedelta(minutes=-210))]),
    ),
)
def test_what_yaml_can_write_is_read_back(title: str, tags: list[str], date: datetime) -> None:
    """Any title, labels and instant survive being written as YAML and read again."""
    written = yaml.safe_dump({"title": title, "date": date.isoformat(), "tags": tags}, allow_unicode=True)
    post = load(written)
    assert (post.title, post.date, list(post.tags)) == (title, date, tags)


@given(
    title=_FILLED,
    labels=st.lists(_FILLED, unique=True),
    summary=st.none() | _FILLED,
    blogpost=st.sampled_from([None, False, True]),
    extra=st.dictionaries(
        st.sampled_from(["orphan", "x y", "日本", "- a", "C: d"]), st.none() | st.integers() | _FILLED
    ),
)
def test_a_post_that_is_dumped_is_loaded_again(
    title: str, labels: list[str], summary: str | None, blogpost: bool | None, extra: dict[str, object]
) -> None:
    """Front matter that is written is the front matter that is read."""
    date = datetime(2013, 7, 5, 12, 28, tzinfo=timezone(timedelta(hours=-7)))
    names = tuple(labels)
    post = Post(
        title=title, date=date, tags=names, author=names, summary=summary, blogpost=blogpost, extra=extra
    )
    assert schema.load(schema.dump(post), "x.md", UTC) == post


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Ann's tides", "Ann's tides"),
        ("Ann's tides: low", '"Ann\'s tides: low"'),
        ("Low: a tide", "'Low: a tide'"),
        ('Ann\'s "tides": low', "'Ann''s \"tides\": low'"),
        ("Ann's 🌊: low", "'Ann''s 🌊: low'"),
        ("two\nlines", '"two\\nlines"'),
    ],
)
def test_text_is_quoted_as_an_author_does(title: str, written: str) -> None:
    """It stands plain where YAML allows, and without doubled apostrophes or more lines where it can."""
    assert schema.dump(Post(title=title)) == f"---\ntitle: {written}\n---\n"


@given(st.text())
def test_any_text_is_a_post_or_a_list_of_mistakes(text: str) -> None:
    """Whatever stands in a file, the answer is a post or errors, each with file and line; never a crash."""
    for source in (text, f"---\n{text}\n---\n{text}"):
        try:
            schema.load(source, "x.md", UTC)
        except* PostdocsError as group:
            for error in group.exceptions:
                assert str(error).startswith("x.md:")


@pytest.mark.parametrize(("written", "tag"), [("de", "de"), ("PT-br", "pt-BR"), ("'no'", "no"), ("iw", "he")])
def test_a_language_is_a_tag_in_its_usual_form(written: str, tag: str) -> None:
    """However it is written, the same language has the same tag."""
    post = load(f"title: T\ndate: 2020-01-01\nlanguage: {written}\ntranslation_of: posts/x\n")
    assert (post.language, post.translation_of) == (tag, "posts/x")


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("German", "write one like `de` or `pt-BR`"),
        ("jp", "write one like `de` or `pt-BR`"),
        ("pt_BR", "write `pt-BR`"),
        ("no", "put it in quotes"),
        ("[de, fr]", "write text"),
    ],
)
def test_what_is_no_language_tag_is_an_error(written: str, remedy: str) -> None:
    """A name, a code of a country, an underscore, and what YAML takes for a truth value are told."""
    (message,) = mistakes(f"title: T\ndate: 2020-01-01\nlanguage: {written}\n")
    assert message.startswith("posts/x.md:4: language: ")
    assert message.endswith(remedy)
