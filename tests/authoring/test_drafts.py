"""A post begins as a draft and is published: the commands `postdocs new` and `postdocs publish`."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs import cli
from postdocs.authoring import drafts
from postdocs.core.conf import Settings
from postdocs.core.errors import PostdocsError
from postdocs.core.frontmatter import load
from postdocs.core.post import Post

NOW = datetime(2024, 5, 3, 9, 30, tzinfo=timezone(timedelta(hours=2)))
SITE = Settings(UTC, {}, "https://example.org/blog/")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with nothing but its settings."""
    (tmp_path / "conf.py").write_text(
        'blog_post_pattern = "posts/**/*.md"\nblog_baseurl = "https://example.org/"\n'
        'postdocs_timezone = "Pacific/Kiritimati"\n',
        encoding="utf-8",
    )
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def post_at(path: str) -> Post:
    """Return the front matter of a file."""
    return load(Path(path).read_text(encoding="utf-8"), path, UTC)


def published(text: str, name: str = "posts/2023/hello.md") -> str:
    """Publish a text; return what becomes of it."""
    edited = drafts.publish(text.encode(), name, NOW, SITE)
    assert edited is not None
    return edited.decode()


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: bool(text.split())))
def test_any_title_is_a_draft(title: str) -> None:
    """Whatever the title, the front matter says it and the file has a name in its folder."""
    wanted = " ".join(title.split())
    draft = drafts.begin(Post(title=wanted, date=NOW))
    folder, _, name = draft.path.partition("/")
    assert (folder, "/" in name, name.startswith("."), name == "index.md") == ("2024", False, False, False)
    assert load(draft.text, "x", UTC).title == wanted
    assert len(name.encode()) <= 255


def test_a_draft_is_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`new` prints the path of a draft that has what it was told."""
    args = ["--tags", "Python, C++", "--category", "Notes", "--date", "2024-05-03", "--author", "Ann"]
    assert cli.run(["new", 'Hello, "world": C++ & हिन्दी', *args]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("posts/2024/hello-world-c-plus-plus-and-हिन्दी.md\n", "")
    post = post_at(out.strip())
    assert post.draft
    assert (post.title, post.tags, post.category, post.author) == (
        'Hello, "world": C++ & हिन्दी',
        ("Python", "C++"),
        ("Notes",),
        ("Ann",),
    )
    assert post.date == datetime(2024, 5, 3, tzinfo=timezone(timedelta(hours=14)))


def test_the_date_of_a_draft_is_that_of_the_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without `--date` it is now, with the offset of the site's time zone."""
    assert cli.run(["new", "Hello"]) == 0
    date = post_at(capsys.readouterr().out.strip()).date
    assert date is not None
    assert date.utcoffset() == timedelta(hours=14)
    assert timedelta(0) <= datetime.now(UTC) - date < timedelta(minutes=1)


def test_the_author_is_who_writes_most(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody is named, it is the most used author, in any way to write the list, and it is said."""
    (site / "posts").mkdir()
    for number, front in enumerate(["author: Ann, Bob", "author:\n- Bob\n- Cy", "author: [Cy, Bob]", "x: ]"]):
        (site / f"posts/{number}.md").write_text(f"---\n{front}\n---\n", encoding="utf-8")
    assert cli.run(["new", "Hello"]) == 0
    out, err = capsys.readouterr()
    assert post_at(out.strip()).author == ("Bob",)
    assert err == "author: Bob, who wrote most of the posts in posts; --author names another\n"


def test_of_several_authors_it_is_who_writes_most(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`author` is then the name of the whole."""
    (site / "posts").mkdir()
    (site / "posts/old.md").write_text("---\nauthor: bo\n---\n", encoding="utf-8")
    with (site / "conf.py").open("a", encoding="utf-8") as file:
        file.write("author = 'The pond'\nblog_authors = {'ada': ('Ada', None), 'bo': ('Bo', None)}\n")
    assert cli.run(["new", "Hello"]) == 0
    assert post_at(capsys.readouterr().out.strip()).author == ("bo",)


def test_git_names_the_author_where_nothing_else_does(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the name that commits are signed with; without Git there is none."""
    path = os.environ["PATH"]
    monkeypatch.setenv("PATH", str(site / "nowhere"))
    assert cli.run(["new", "Before"]) == 0
    assert post_at(capsys.readouterr().out.strip()).author == ()
    monkeypatch.setenv("PATH", path)
    (site / "git").write_text("[user]\nname = Ada Pond\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(site / "git"))
    assert cli.run(["new", "Hello"]) == 0
    out, err = capsys.readouterr()
    assert post_at(out.strip()).author == ("Ada Pond",)
    assert err == "author: Ada Pond, `user.name` of Git; --author names another\n"


@pytest.mark.parametrize(
    ("line", "name", "setting"),
    [
        ("blog_default_author = 'ann'", "ann", "blog_default_author"),
        ("blog_authors = {'ann': ('Ann', None)}\nauthor = 'The site'", "ann", "blog_authors"),
        ("author = 'Ann Example'", "Ann Example", "author"),
    ],
)
def test_settings_name_the_author(
    line: str, name: str, setting: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is the author that the settings know, whoever wrote the posts."""
    (site / "posts").mkdir()
    (site / "posts/old.md").write_text("---\nauthor: Bob\n---\n", encoding="utf-8")
    with (site / "conf.py").open("a", encoding="utf-8") as file:
        file.write(line)
    assert cli.run(["new", "Hello"]) == 0
    out, err = capsys.readouterr()
    assert post_at(out.strip()).author == (name,)
    assert err == f"author: {name}, `{setting}` of conf.py; --author names another\n"


def test_nothing_is_overwritten(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second draft of one name is one clear line, and the first stays as it is."""
    assert cli.run(["new", "Hello", "--date", "2024-05-03"]) == 0
    path = site / "posts/2024/hello.md"
    path.write_text("mine", encoding="utf-8")
    capsys.readouterr()
    assert cli.run(["new", "HELLO!", "--date", "2024-06-01"]) == 2
    message = "postdocs: posts/2024/hello.md: it already exists; choose another name, or remove it\n"
    assert capsys.readouterr() == ("", message)
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_folder_may_be_the_post_already(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page of a folder of that name would be in the same place."""
    (site / "posts/2024/hello").mkdir(parents=True)
    (site / "posts/2024/hello/index.md").touch()
    assert cli.run(["new", "Hello", "--date", "2024-05-03"]) == 2
    message = "postdocs: posts/2024/hello: a post of that name already exists; choose another title\n"
    assert capsys.readouterr().err == message


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["  "], "TITLE: it is empty; write it in quotes"),
        (["x", "--date", "soon"], "--date: 'soon' is not a date; write YYYY-MM-DD"),
        (
            ["x", "--into", "notes", "--date", "2024-05-03"],
            "notes: `blog_post_pattern` of conf.py makes no posts of files like notes/2024/hello.md; set",
        ),
        (["x", "--into", "posts/../../up"], "makes no posts of files like ../up/2024/hello.md"),
        (["x", "--author", " "], "--author: it is empty; write it in quotes"),
        (["\udcff"], "TITLE: it holds half a character; write it in quotes"),
    ],
)
def test_what_makes_no_draft_is_one_clear_line(
    args: list[str], message: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong arguments end with status 2, and nothing is written."""
    assert cli.run(["new", *args]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err
    assert [path.name for path in site.iterdir()] == ["conf.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_no_draft_leaves_the_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link that leads out of the folder is not followed."""
    outside = tmp_path_factory.mktemp("outside")
    (site / "posts").mkdir()
    (site / "posts/2024").symlink_to(outside)
    assert cli.run(["new", "Hello", "--date", "2024-05-03"]) == 2
    assert not any(outside.iterdir())


def test_an_editor_opens_the_draft_on_a_terminal_only(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """$VISUAL goes before $EDITOR, may have arguments, and is not asked for without a terminal."""
    script = "import sys; open(sys.argv[1], 'a').write('opened')"
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" -c "{script}"')
    monkeypatch.setenv("EDITOR", "false")
    assert cli.run(["new", "One", "--date", "2024-05-03"]) == 0
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    assert cli.run(["new", "Two", "--date", "2024-05-03"]) == 0
    assert cli.run(["new", "Three", "--date", "2024-05-03", "--no-edit"]) == 0
    texts = [Path(f"posts/2024/{name}.md").read_text(encoding="utf-8") for name in ("one", "two", "three")]
    assert [text.endswith("opened") for text in texts] == [False, True, False]


def test_an_editor_that_is_not_there_is_named(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The draft is there all the same."""
    monkeypatch.setenv("VISUAL", "no-such-editor")
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    assert cli.run(["new", "One", "--date", "2024-05-03"]) == 2
    out, err = capsys.readouterr()
    assert out == "posts/2024/one.md\n"
    assert err.startswith("postdocs: $VISUAL: no-such-editor: No such file or directory; set VISUAL to your ")
    assert Path("posts/2024/one.md").is_file()


def test_only_three_lines_change() -> None:
    """Comments, order, quotes, spaces and the body stay as they are, byte for byte."""
    before = (
        "---\n# mine\ntitle: 'Hello'   # a\ndate: 2020-01-01  # b\ndraft: true\ntags:\n- x\n"
        "---\n\n---\ndraft: true\n"
    )
    assert published(before) == (
        "---\n# mine\ntitle: 'Hello'   # a\ndate: 2024-05-03T09:30:00+02:00  # b\ntags:\n- x\n"
        "id: tag:example.org,2024-05-03:hello\n---\n\n---\ndraft: true\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: x\ndraft: true  # why", "title: x\n# why\n{date}\n{id}"),
        ("title: x\ndraft: yes\nid: tag:x", "title: x\nid: tag:x\n{date}"),
        ("draft: true\nid: tag:x\ndate:\ntitle: x", "id: tag:x\n{date}\ntitle: x"),
        ("  title: x\n  draft: true", "  title: x\n  {date}\n  {id}"),
        ('"draft": on\ntitle: |\n x', "title: |\n x\n{date}\n{id}"),
        (
            "title: x\nsummary: |\n  draft: true\ndraft: true",
            "title: x\nsummary: |\n  draft: true\n{date}\n{id}",
        ),
    ],
)
def test_front_matter_is_edited_by_lines(before: str, after: str) -> None:
    """Keys are found wherever YAML has them, and only there; what is missing is added at the end."""
    wanted = after.format(date=f"date: {NOW.isoformat()}", id="id: tag:example.org,2024-05-03:hello")
    assert published(f"---\n{before}\n---\nText") == f"---\n{wanted}\n---\nText"


def test_the_encoding_of_lines_stays() -> None:
    """A mark of byte order and other line ends are kept, and new lines end as the first does."""
    before = "\ufeff---\r\ntitle: x\r\ndraft: true\r\n---\r\na\nb\rc"
    assert published(before) == (
        "\ufeff---\r\ntitle: x\r\ndate: 2024-05-03T09:30:00+02:00\r\n"
        "id: tag:example.org,2024-05-03:hello\r\n---\r\na\nb\rc"
    )


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("{title: x, draft: true}", "x.md:2: draft: its key and value are not one line; write"),
        ("title: x\ndraft:\n  true", "x.md:3: draft: its key and value are not one line; write"),
        (
            "title: x\ndraft: &d true\nmine: *d",
            "x.md:1: its front matter can't be edited line by line; write",
        ),
    ],
)
def test_what_cannot_be_edited_is_named(front: str, message: str) -> None:
    """YAML that is not a key a line is left alone."""
    with pytest.raises(PostdocsError) as caught:
        published(f"---\n{front}\n---\n", "x.md")
    assert str(caught.value).startswith(message)


def test_a_draft_is_published(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`publish` dates a draft now, keeps its place, and does nothing the second time."""
    assert cli.run(["new", "Hello", "--date", "2024-05-03"]) == 0
    path = Path("posts/2024/hello.md")
    before = path.read_bytes()
    assert cli.run(["publish", str(path), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "\n-draft: true\n" in out
    assert "\n+id: tag:example.org," in out
    assert path.read_bytes() == before
    assert cli.run(["publish", str(path.absolute())]) == 0
    post = post_at(str(path))
    assert post.date is not None
    assert abs(datetime.now(UTC) - post.date) < timedelta(minutes=1)
    assert post.date.utcoffset() == timedelta(hours=14)
    assert not post.draft
    assert post.id == f"tag:example.org,{post.date.date()}:hello"
    assert f"posts/2024/hello.md: published, dated {post.date.isoformat()}\n" in capsys.readouterr().out
    after = path.read_bytes()
    assert cli.run(["publish", str(path), "--date", "2025-01-01"]) == 0
    assert capsys.readouterr().out == "posts/2024/hello.md: it is published already; nothing has changed\n"
    assert path.read_bytes() == after


def test_a_date_to_come_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A post may be published ahead of its time."""
    assert cli.run(["new", "Hello", "--date", "2024-05-03"]) == 0
    assert cli.run(["publish", "posts/2024/hello.md", "--date", "2999-01-01"]) == 0
    assert capsys.readouterr().out.endswith("It is in the first build after that date.\n")


def test_every_mistake_of_a_draft_is_a_line(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the build would refuse is not published, and each mistake names its line."""
    Path("x.md").write_text("---\ntitle: x\ndraft: true\ntags: 7\ndate: soon\n---\n", encoding="utf-8")
    assert cli.run(["publish", "x.md"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("postdocs: x.md:4: tags: '7' is a number, not a list; write a list like")
    assert second.startswith("postdocs: x.md:5: date: 'soon' is not a date; write")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone.md", "gone.md: it can't be read (No such file or directory); name the file of a draft, like"),
        (os.pardir, "..: it can't be read (Is a directory); name the file of a draft, like"),
        ("conf.py", "conf.py: it is neither Markdown nor reStructuredText; name the file of a draft, like"),
        ("../x.md", "../x.md: it is not in this site; run this in the folder of that site's conf.py"),
    ],
)
def test_what_is_no_draft_of_the_site_is_one_clear_line(
    path: str, message: str, site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path that is not there, or elsewhere, ends with status 2."""
    (site / "x.md").touch()
    (site / "below").mkdir()
    (site / "conf.py").rename(site / "below/conf.py")
    monkeypatch.chdir(site / "below")
    assert cli.run(["publish", path]) == 2
    assert capsys.readouterr().err.startswith(f"postdocs: {message}")


@pytest.mark.skipif(sys.platform == "win32", reason="there are other rights there")
def test_rights_and_links_stay(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who may read a draft may read the post; a link is not made a file."""
    assert cli.run(["new", "Hello", "--date", "2024-05-03"]) == 0
    path, link = Path("posts/2024/hello.md"), Path("posts/2024/link.md")
    path.chmod(0o640)
    link.symlink_to("hello.md")
    assert cli.run(["publish", str(link)]) == 2
    assert capsys.readouterr().err.endswith("link.md: it is a symbolic link; name its target\n")
    assert cli.run(["publish", str(path)]) == 0
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_page_is_published_without_a_date(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a page, which is no entry of a feed, only the draft mark goes."""
    path = site / "posts/me.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text("---\ntitle: Me\nblogpost: false\ndraft: true\n---\n\nText.\n", encoding="utf-8")
    assert cli.run(["publish", "posts/me.md"]) == 0
    assert capsys.readouterr().out == "posts/me.md: published, as a page\n"
    assert path.read_text(encoding="utf-8") == "---\ntitle: Me\nblogpost: false\n---\n\nText.\n"
