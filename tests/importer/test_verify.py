"""The proof, and that what the writer writes stands it."""

from __future__ import annotations

import random
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from importer import trees
from postdocs.importer import tree
from postdocs.importer.entry import Kind
from postdocs.importer.myst.render import reader
from postdocs.importer.verify import convert

_READ = reader(runpy.run_path(str(Path(__file__).parents[2] / "conf.py")))
_FRAGMENTS = [
    *["*", "_", "`", "[", "]", "(", ")", ":", "%", "$", "\\", "<", "&", "#", "-", "+", "|", "!", "?", "^",
    "=", "~", "{", "}", '"', "'", "@", "é", "中", "😀", "\u200b", "ש", "9", "0.5"],
    *["**", "__", "``", "```", "~~", "~~~", "[^1]", "[^1]:", "[x]", "![", "](u)", "{x}", "{.c}", "{#i}",
    "{{", "{%", "+++", ":::", "::", "$$", "$10K", "\\\\", "\\$", "<b>", "<!--", "-->", "</"],
    *["<http://a.b>", "<a@b.c>", "&amp;", "&#35;", "##", "1.", "2)", "---", "===", "||", "foo_bar", "...",
    "(x)=", "http://x.y", "www.x.y", "-mp,", "[a]:", "{math}`x`"],
    "\u00a0", "\u3000", "\u2028", "{include} a", "{{ x }}", "b c",
]  # fmt: skip


def _strings(count: int) -> list[str]:
    chance = random.Random(7)  # noqa: S311 - the same strings each time

    def one() -> str:
        parts = (
            chance.choice(_FRAGMENTS) + chance.choice(["", " ", ""]) for _ in range(chance.randint(1, 7))
        )
        return " ".join("".join(parts).split(" ")).strip(" ").replace("  ", " ") or "a"

    return [one() for _ in range(count)]


def _paragraph(*children: tree.Inline) -> tree.Paragraph:
    return tree.Paragraph(children)


_PLACES: dict[str, Callable[[str], tree.Block]] = {
    "paragraph": lambda text: _paragraph(tree.Text(text)),
    "heading": lambda text: tree.Heading(2, (tree.Text(text),)),
    "link": lambda text: _paragraph(tree.Link("https://u.v/", (tree.Text(text),))),
    "cell": lambda text: tree.Table(((tree.Text(text),),), (((tree.Text(text),),),), ("",)),
    "item": lambda text: tree.List((tree.Item((_paragraph(tree.Text(text)),)),)),
    "code": lambda text: _paragraph(tree.Text("a "), tree.Code(text), tree.Text(" b")),
}


@pytest.mark.parametrize("place", _PLACES)
def test_adversarial_text_comes_out_as_text(place: str) -> None:
    """Of 4,200 strings of MyST syntax none is lost, and hardly any needs HTML."""
    proofs = [convert(tree.Document((_PLACES[place](text),)), _READ) for text in _strings(700)]
    kinds = [{note.kind for note in proof.notes} for proof in proofs]
    assert sum(Kind.LOST in found for found in kinds) == 0
    assert sum(Kind.KEPT_AS_HTML in found for found in kinds) <= 7


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees.documents())
def test_any_document_survives(document: tree.Document) -> None:
    """Whatever a document is made of, MyST gives it back."""
    assert not [note for note in convert(document, _READ).notes if note.kind is Kind.LOST]


def test_what_a_reader_does_not_give_back_is_lost() -> None:
    """A difference that remains is named with both sides."""
    document = tree.Document((_paragraph(tree.Text("kept")),))
    proof = convert(document, lambda _: (tree.Document((_paragraph(tree.Text("else")),)), []))
    assert [note.kind for note in proof.notes if note.kind is Kind.LOST] == [Kind.LOST]
