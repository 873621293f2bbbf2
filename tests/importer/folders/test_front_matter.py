"""Front matter in YAML, TOML, and JSON."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer.folders.front_matter import date_of, date_of_python, read, settings, value_of

YAML = '---\ntitle: "Low: water"\nversion: 3.10\ndraft: yes\ntags: [sea, 2024]\n---\nText.\n'
TOML = '+++\ntitle = "Low: water"\nversion = "3.10"\ndraft = true\ntags = ["sea", "2024"]\n+++\nText.\n'
JSON = '{\n"title": "Low: water", "version": "3.10", "draft": true,\n"tags": ["sea", "2024"]\n}\n\nText.\n'


@pytest.mark.parametrize(("text", "line"), [(YAML, 7), (TOML, 7), (JSON, 5)], ids=["YAML", "TOML", "JSON"])
def test_all_forms_say_the_same(text: str, line: int) -> None:
    """Values come as their author wrote them, and the body is where it begins in the file."""
    front = read(text, "a.md")

    assert (front.text("title"), front.text("version"), front.flag("draft")) == ("Low: water", "3.10", True)
    assert front.texts("tags") == ("sea", "2024")
    assert front.body.strip() == "Text."
    assert text.split("\n")[front.body_line - 1 :] == front.body.split("\n")
    assert front.body_line == line


@pytest.mark.parametrize("text", ["Text.\n", "", "{% raw %}", '{"a"} b', "----\na\n", "[1]\n"])
def test_a_file_without_front_matter_is_all_body(text: str) -> None:
    """What only looks like the beginning of front matter is text."""
    front = read(text, "a.md")
    assert (front.is_there, front.body, front.body_line) == (False, text, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---\ntitle: a\ntext", "a.md:1: the front matter is not closed"),
        ("---\ntags: [a\n---\n", "a.md:2: the front matter is not YAML"),
        ("---\na: !ruby/object:Date {}\n---\n", "a.md:2: the front matter has a tag, !ruby/object:Date"),
        ("+++\na = 1\n", "a.md:1: the front matter is not closed; add a line of `+++`"),
        ("+++\n\na = \n+++\n", "a.md:3: it is not TOML"),
        ('{"a": 1,,}\n', "a.md:1: the front matter is not JSON"),
        (
            "---\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
            "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n---\n",
            "more than 10,000 values",
        ),
        (f"---\na: {'[' * 3000}{']' * 3000}\n---\n", "a.md:"),
    ],
)
def test_broken_front_matter_is_told_with_its_line(text: str, words: str) -> None:
    """One line says what is wrong, for each form; values without end are refused."""
    with pytest.raises(PostdocsError, match=re.escape(words)):
        read(text, "a.md")


def test_settings_are_read_in_every_form() -> None:
    """The name of the file says the form, and messages name its lines."""
    assert settings("url: https://a.example\n", "_config.yml").text("url") == "https://a.example"
    assert settings('url = "https://a.example"\n', "hugo.toml").text("url") == "https://a.example"
    assert settings('{"url": "https://a.example"}', "config.json").text("url") == "https://a.example"
    with pytest.raises(PostdocsError, match=r"_config\.yml:2: it is not YAML"):
        settings("a: 1\nb: [c\n", "_config.yml")


def test_data_may_be_a_list() -> None:
    """Files of data have lists at the top, and may begin with dashes."""
    assert value_of("---\n- name: Ann\n- name: Bo\n", "a.yml") == [{"name": "Ann"}, {"name": "Bo"}]
    assert value_of('[{"name": "Ann"},\n{"name": "Bo"}]', "a.json") == [{"name": "Ann"}, {"name": "Bo"}]


@pytest.mark.parametrize(
    "text",
    [
        f"+++\na = {'9' * 5000}\n+++\n",
        f"+++\na = 0x{'f' * 9000}\n+++\n",
        f"---\na: 0x{'f' * 9000}\n---\n",
    ],
    ids=["TOML", "TOML hexadecimal", "YAML hexadecimal"],
)
def test_a_number_that_python_cannot_write_is_an_error_of_its_file(text: str) -> None:
    """Python raises for numbers of more than 4,300 digits, some of them only when they are written."""
    with pytest.raises(PostdocsError, match=r"a\.md:\d"):
        read(text, "a.md")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("June 12 , 2019", "2019-06-12"),
        ("21, January 2026", "2026-01-21"),
        ("Thursday, June 6th 2019", "2019-06-06"),
        ("September, 2024", "2024-09-01"),
        ("2019.06.12", "2019-06-12"),
        ("13/6/2019", "2019-06-13"),
        ("2019-06-12 5:30 PM", "2019-06-12T17:30:00"),
    ],
)
def test_people_write_dates_in_many_forms(text: str, day: str) -> None:
    """All of them say what is the month."""
    assert date_of(text) == datetime.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["5/6/2019", "01.02.2019", "Summer 2019", "12", "Monday", "2019-13-45", "v1.2"]
)
def test_what_could_be_two_days_is_no_date(text: str) -> None:
    """Nor is what says no day of a year."""
    assert date_of(text) is None


def test_generators_in_python_read_the_month_first() -> None:
    """They read dates with dateutil."""
    assert date_of_python("5/6/2019") == datetime(2019, 5, 6)
    assert date_of_python("Summer 2019") is None


@pytest.mark.parametrize("text", ["0001-01-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-11:00"])
def test_a_date_that_is_none_in_some_time_zone_is_none(text: str) -> None:
    """Hugo writes the first of them for no date, and neither can be moved to another time zone."""
    assert date_of(text) is None


def test_tabs_may_part_keys_and_values() -> None:
    """Ruby and Go read them; those that indent are refused by these too, and the text keeps its own."""
    front = read("---\ntitle\t: Low\nmood:\tcalm\t# so\n---\n\ta\tb\n", "a.md")
    assert (front.text("title"), front.text("mood"), front.body) == ("Low", "calm", "\ta\tb\n")
    assert settings("title\t:\tLow\n", "_config.yml").text("title") == "Low"
    with pytest.raises(PostdocsError, match="use spaces instead of tabs"):
        read("---\na:\n\tb: c\n---\n", "a.md")


@pytest.mark.parametrize(
    "text",
    [
        '---json\n{"title": "Low", "tags": ["sea"]}\n---\nText.\n',
        '---toml\ntitle = "Low"\ntags = ["sea"]\n---\nText.\n',
        "---yaml\ntitle: Low\ntags: [sea]\n---\nText.\n",
        "---js\n{ title: 'Low', tags: [\"sea\"], }\n---\nText.\n",
        "---js\n{ // of the low\n title: `Low`, tags: ['sea'] }\n---\nText.\n",
        "---js\nconst title = 'Low'\nconst tags = ['sea'];\n---\nText.\n",
    ],
)
def test_a_first_line_may_say_the_language(text: str) -> None:
    """As in Eleventy and Gatsby; of JavaScript, what is a literal."""
    front = read(text, "a.md")
    assert (front.text("title"), front.texts("tags"), front.body) == ("Low", ("sea",), "Text.\n")
    assert text.split("\n")[front.body_line - 1] == "Text."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---js\n{ title: `Low ${x}`, }\n---\nText.\n", "JavaScript that only running it could tell"),
        ("---js\nconst title = of()\n---\nText.\n", "JavaScript that only running it could tell"),
        (
            "---js\n{ title: 'Low', permalink: (data) => data.x }\n---\nText.\n",
            "JavaScript that only running",
        ),
        ("---js\nnonsense\n---\nText.\n", "JavaScript that only running it could tell"),
        ("---json\n{title: 'Low'}\n---\nText.\n", "a.md:2: the front matter is not JSON"),
        ("---json\n{}\nText.\n", "a.md:1: the front matter is not closed"),
        ("---toml\ntitle = \n---\nText.\n", "a.md:2: it is not TOML"),
    ],
)
def test_what_such_a_language_does_not_say_is_told(text: str, words: str) -> None:
    """The post isn't skipped."""
    with pytest.raises(PostdocsError, match=re.escape(words)):
        read(text, "a.md")
