"""The file of comments beside a post, and their text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from postdocs.core.comment_text import to_html
from postdocs.core.comments import ID, Comment, added, dump, read
from postdocs.core.comments_file import beside
from postdocs.core.errors import PostdocsError

PATH = "posts/2019/tea.comments.yml"
_LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(lambda text: " ".join(text.split()))
_TEXT = st.text(st.characters(exclude_categories=["Cs"])).map(str.strip)
_IDS = st.from_regex(ID, fullmatch=True)
_DATES = st.none() | st.datetimes(
    min_value=datetime(1970, 1, 2),
    max_value=datetime(2100, 1, 1),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
_COMMENTS = st.lists(
    st.builds(
        Comment,
        id=_IDS,
        author=_LINE.filter(bool),
        text=_TEXT.filter(bool),
        date=_DATES,
        parent=st.none() | _IDS,
        website=st.none() | st.just("https://ada.example/?a=1&b"),
    ),
    unique_by=lambda comment: comment.id,
    max_size=3,
)


@given(_COMMENTS)
@example([Comment("a", "Ada", "no \uffff character"), Comment("b", "Ada", "\ufffe")])
def test_what_is_written_reads_back(comments: list[Comment]) -> None:
    """Comments written to a file are the same comments when they are read, whatever is in them."""
    assert read(dump(comments), PATH, UTC) == tuple(comments)


def test_a_text_is_a_block_of_lines() -> None:
    """The file of a usual comment is one that a person can read and change."""
    date = datetime(2019, 5, 2, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    comment = Comment("7", "Ada", "First: *line*.\n\n> Second", date, "3", "https://ada.example/")
    assert dump([comment]) == (
        "- id: '7'\n  author: Ada\n  website: https://ada.example/\n  date: '2019-05-02T09:30:00+02:00'\n"
        "  parent: '3'\n  text: |-\n    First: *line*.\n\n    > Second\n"
    )


@given(
    st.lists(
        st.sampled_from(
            ["a", "1", "2021-05-01", "é", ":", " ", ".", "-", "_", "e", "#", "yes", "0x1f", "~", "+", "/"]
        )
    )
    .map(lambda parts: " ".join("".join(parts).split()))
    .filter(bool)
)
@example("null")
@example("12:30:45")
@example("2021-05-01T10:00:00+00:00")
@example("1e5")
@example("1_000.5")
@example("\U0001f600")
def test_a_name_is_written_as_yaml_writes_it(name: str) -> None:
    """A plain name stands as it is, and what YAML would take for something else is in quotes."""
    line = yaml.safe_dump({"author": name}, allow_unicode=True, width=1_000)
    assert dump([Comment("a", name, "x")]) == f"- id: a\n  {line}  text: |-\n    x\n"


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("a: 1", 1, "it is no list of comments"),
        ("- id: 1\n  author: [", 2, "it is not YAML"),
        ("- 1", 1, "it is no comment"),
        ("- id: 1\n  author: A\n  email: a@b.example", 3, "'email' is no key of a comment"),
        ("- id: 1\n  author: A\n  id: 2", 3, "id is there twice"),
        ("- id: 1\n  author: {a: b}", 2, "author: it is no text"),
        ("- id: 1\n  author: A", 1, "the comment has no text"),
        ("- id: 1\n  author: A\n  text: ' '", 3, "text: it is empty"),
        ("- id: ../1", 1, "id: '../1' is no id"),
        ("- id: 1\n  date: yesterday", 2, "date: 'yesterday' is not a date"),
        ("- id: 1\n  website: javascript:alert(1)", 2, "website: 'javascript:alert(1)' is not a web address"),
        ("- {id: 1, author: A, text: x}\n- {id: 1, author: B, text: y}", 2, "another comment has the id '1'"),
        ("[" * 600, 1, "it is not YAML"),
        ("--- []\n--- []\n", 2, "it is not YAML"),
        ("- \x00", 1, "it is not YAML"),
    ],
)
def test_a_mistake_has_its_line(text: str, line: int, wrong: str) -> None:
    """A file that is no list of comments is refused, with the line of the mistake."""
    with pytest.raises(PostdocsError) as caught:
        read(text, PATH, UTC)
    assert (caught.value.path, caught.value.line) == (PATH, line)
    assert wrong in caught.value.wrong


def test_values_have_no_types() -> None:
    """Numbers and tags of YAML mean nothing, and a date without an offset is in the site's zone."""
    (comment,) = read(
        "- id: 12\n  author: !!python/name:os.system no\n  text: 1\n  date: 2019-05-02", PATH, UTC
    )
    assert comment == Comment("12", "no", "1", datetime(2019, 5, 2, tzinfo=UTC))


def test_an_import_only_adds() -> None:
    """Comments that a file has stay as they are; those that it lacks follow them."""
    mine, theirs, new = (Comment("1", "A", "edited"), Comment("1", "A", "old"), Comment("2", "B", "new"))
    assert added((mine,), (theirs, new)) == (mine, new)


@pytest.mark.parametrize(
    ("post", "file"),
    [
        ("2019/tea.md", "2019/tea.comments.yml"),
        ("a/v1.2.md", "a/v1.2.comments.yml"),
        ("x.ipynb", "x.comments.yml"),
    ],
)
def test_the_file_has_the_name_of_the_post(post: str, file: str) -> None:
    """The file of comments stands beside the source, under its name."""
    assert beside(post) == file


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>\n"),
        ("<b>a</b>\n\n<script>x()</script>", "&lt;script&gt;x()&lt;/script&gt;"),
        ("</div></article>", "<p>&lt;/div&gt;&lt;/article&gt;</p>\n"),
        ("[x](javascript:alert(1)) [y](java\tscript:alert(1))", "<p>[x](javascript:alert(1))"),
        ("[x](data:text/html,1)", "<p>[x](data:text/html,1)</p>\n"),
        ("[x](../secret.md) [y](//host.example)", "<p>[x](../secret.md) [y](//host.example)</p>\n"),
        (
            "![x](https://track.example/1.gif)",
            '!<a href="https://track.example/1.gif" rel="nofollow ugc">x</a>',
        ),
        (
            "<https://a.example>",
            '<p><a href="https://a.example" rel="nofollow ugc">https://a.example</a></p>\n',
        ),
        ("```{include} /etc/passwd\n```", '<pre><code class="language-{include}">'),
        ("{download}`conf.py`", "<p>{download}<code>conf.py</code></p>\n"),
        ("# Title\n\nTitle\n===", "<p># Title</p>\n<p>Title\n===</p>\n"),
        ("[a]\n\n[a]: https://a.example", "<p>[a]</p>\n<p>[a]: https://a.example</p>\n"),
    ],
)
def test_a_text_stays_inside(text: str, html: str) -> None:
    """The text of a comment has emphasis, code, and links; nothing in it reaches files, runs, or loads."""
    result = to_html(text)
    assert html in result
    assert "<script" not in result
    assert "<b>" not in result
    assert "<img" not in result
