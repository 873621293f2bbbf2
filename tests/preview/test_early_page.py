"""The page of a saved document, before the build that goes through the whole site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs.preview.worker import BuildSession

CONF = """\
extensions = ["myst_parser", "ablog", "postdocs"]
blog_post_pattern = "posts/*.md"
html_baseurl = "https://example.org/"
html_theme = "pydata_sphinx_theme"
"""
POST = "---\ntitle: {}\ndate: {}\n---\n\n{}\n"


class Story:
    """A site of two posts that is built, and what was told before each build had ended."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "posts").mkdir(parents=True)
        (root / "conf.py").write_text(CONF, encoding="utf-8")
        (root / "index.md").write_text("# Home\n", encoding="utf-8")
        self.write("one", "One", "A lattice.")
        self.write("two", "Two", "A field.", date="2024-06-01")
        self.told: list[tuple[str, str]] = []
        self.pictures_then: list[str] = []
        self._session = BuildSession(root, root / "_build", self._note)
        self._session.build()
        assert not self.told

    def write(self, name: str, title: str, text: str, date: str = "2024-05-03") -> str:
        """Write a post; return its file."""
        path = self.root / "posts" / f"{name}.md"
        path.write_text(POST.format(title, date, text), encoding="utf-8")
        return str(path)

    def page(self, path: str) -> str:
        """Return a page as it is in the output."""
        return (self.root / "_build/html" / path.strip("/") / "index.html").read_text(encoding="utf-8")

    def _note(self, path: str) -> None:
        self.told.append((path, self.page(path)))
        self.pictures_then = [file.name for file in self.root.glob("_build/html/_images/grid*")]

    def build(self, *changed: str) -> bool:
        """Build; tell whether the early page stands."""
        report = self._session.build(changed)
        assert not report.error
        self.messages = report.messages
        return report.early_stands


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """A site that was built once."""
    root = tmp_path / "site"
    with patch_docutils(root), docutils_namespace():
        yield Story(root)


def test_a_saved_post_is_there_before_the_rest(story: Story) -> None:
    """Its page shows the change when the page is told, and is not written otherwise afterwards."""
    assert story.build(story.write("one", "One", "A lattice.\n\nIt has spins."))
    [(path, page)] = story.told
    assert path == "/posts/one/"
    assert "It has spins." in page
    assert page == story.page("/posts/one/")


def test_a_picture_is_there_with_its_page(story: Story) -> None:
    """A browser that loads the early page finds the picture that was added."""
    Image.new("RGB", (8, 8)).save(story.root / "posts" / "grid.png")
    story.build(story.write("one", "One", "![A grid](grid.png)"))
    [name] = story.pictures_then
    assert f"/_images/{name}" in story.page("posts/one")


def test_what_follows_from_other_pages_is_written_afterwards(story: Story) -> None:
    """A title is in pages around too, and its own page says it when the site is looked through."""
    assert not story.build(story.write("two", "Renamed", "A field."))
    assert [path for path, _ in story.told] == ["/posts/two/"]
    assert "Renamed" in story.page("/posts/one/")


def test_what_is_wrong_is_said_once(story: Story) -> None:
    """The build says it, whether the early page was written or not."""
    story.build(story.write("one", "One", "{nosuchrole}`x`"))
    assert [message for message in story.messages if "nosuchrole" in message] == [*story.messages]
    assert len(story.messages) == 1


@pytest.mark.parametrize(
    "changes",
    [
        lambda story: [story.write("one", "One", "x"), story.write("two", "Two", "y", "2024-06-01")],
        lambda story: [story.write("three", "Three", "z")],
        lambda story: [str(story.root / "posts" / "none.md")],
        lambda story: [],
    ],
    ids=["two at once", "a new one", "one that is not there", "what is not known"],
)
def test_other_changes_wait_for_the_build(changes: Callable[[Story], list[str]], story: Story) -> None:
    """Only a document that was built before has a page that can be shown at once."""
    story.build(*changes(story))
    assert not story.told


@pytest.mark.parametrize("front", ["title: One", "title: [One\n---", "title: One\ndate: soon\n---"])
def test_a_mistake_in_front_matter_is_never_shown_as_a_page(front: str, story: Story) -> None:
    """The build says what is wrong and leaves the post out, so what a reader of it last saw is to stay."""
    file = story.root / "posts" / "one.md"
    file.write_text(f"---\n{front}\n\nHalf written.\n", encoding="utf-8")
    story.build(str(file))
    assert not story.told
    assert len(story.messages) == 1


def test_a_post_that_is_gone_is_left_to_the_build(story: Story) -> None:
    """The build takes its page away."""
    file = story.root / "posts" / "one.md"
    file.unlink()
    story.build(str(file))
    assert not story.told
    assert not (story.root / "_build/html/posts/one").exists()


def test_an_extension_that_fails_leaves_all_to_the_build(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The early page is left out; the build reads the document again."""
    monkeypatch.setattr("postdocs.sphinx_ext.builders.write_here", lambda *_: 1 / 0)
    story.build(story.write("one", "One", "A lattice of spins."))
    assert not story.told
    assert "A lattice of spins." in story.page("/posts/one/")
