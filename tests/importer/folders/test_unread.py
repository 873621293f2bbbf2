"""Posts in languages that the import doesn't read."""

from __future__ import annotations

from importer.folders.trees import NOW, files
from postdocs.importer.entry import NoteKind
from postdocs.importer.folders.systems import jekyll
from postdocs.importer.folders.unread import Unread


def test_each_is_lost_unless_the_text_that_was_made_of_it_is_beside_it() -> None:
    """A text of the same name somewhere else is none of it."""
    sources = ["posts/made.org", "posts/alone.org", "posts/far.ORG"]
    paths = [*sources, "posts/made.md", "pages/far.md"]
    unread = Unread(files(dict.fromkeys(paths, "")), "Pelican", {".org": "Org"}, {".md"})
    lost = "a post in Org, which the import doesn't read in a Pelican site"
    assert [(note.kind, note.what, note.before) for note in map(unread.note, sources)] == [
        (NoteKind.LEFT_OUT, "Org beside the text that was made of it", "posts/made.org"),
        (NoteKind.LOST, lost, "posts/alone.org"),
        (NoteKind.LOST, lost, "posts/far.ORG"),
    ]


def test_a_language_without_a_name_is_named_by_its_suffix() -> None:
    """The note says what kind of page it is."""
    unread = Unread(files({"a.txt": ""}), "Nikola", {}, {".md"})
    assert (
        unread.note("a.txt", "page").what == "a page in .txt, which the import doesn't read in a Nikola site"
    )


def test_knitr_leaves_its_sources_beside_the_posts_of_jekyll() -> None:
    """Jekyll shows what it has written, and nothing of the sources."""
    texts = {
        "_config.yml": "url: https://tides.example\n",
        "_posts/2021-03-04-ebb.Rmd": "```{r}\n1 + 1\n```\n",
        "_posts/2021-03-04-ebb.md": "---\ntitle: Ebb\n---\nTwo.\n",
    }
    source = jekyll.read(files(texts), None, NOW)
    assert [note.kind for note in source.notes if "R Markdown" in note.what] == [NoteKind.LEFT_OUT]
    assert [entry.title for entry in source.entries] == ["Ebb"]
