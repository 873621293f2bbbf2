"""The proof, and that what the writer writes stands it."""

from __future__ import annotations

import random
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from properties import examples

from importer import trees
from postdocs.importer.ast import nodes
from postdocs.importer.entry import NoteKind
from postdocs.importer.myst.render import reader
from postdocs.importer.roundtrip import prove

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


def _paragraph(*children: nodes.Inline) -> nodes.Paragraph:
    return nodes.Paragraph(children)


_PLACES: dict[str, Callable[[str], nodes.Block]] = {
    "paragraph": lambda text: _paragraph(nodes.Text(text)),
    "heading": lambda text: nodes.Heading(2, (nodes.Text(text),)),
    "link": lambda text: _paragraph(nodes.Link("https://u.v/", (nodes.Text(text),))),
    "cell": lambda text: nodes.Table(((nodes.Text(text),),), (((nodes.Text(text),),),), ("",)),
    "item": lambda text: nodes.List((nodes.Item((_paragraph(nodes.Text(text)),)),)),
    "code": lambda text: _paragraph(nodes.Text("a "), nodes.Code(text), nodes.Text(" b")),
}


@pytest.mark.parametrize("place", _PLACES)
def test_adversarial_text_comes_out_as_text(place: str) -> None:
    """Of 4,200 strings of MyST syntax none is lost, and hardly any needs HTML."""
    proofs = [prove(nodes.Document((_PLACES[place](text),)), _READ) for text in _strings(700)]
    kinds = [{note.kind for note in proof.notes} for proof in proofs]
    assert sum(NoteKind.LOST in found for found in kinds) == 0
    assert sum(NoteKind.KEPT_AS_HTML in found for found in kinds) <= 7


@settings(max_examples=examples(1), suppress_health_check=list(HealthCheck))
@given(trees.documents())
def test_any_document_survives(document: nodes.Document) -> None:
    """Whatever a document is made of, MyST gives it back."""
    assert not [note for note in prove(document, _READ).notes if note.kind is NoteKind.LOST]


def test_what_a_reader_does_not_give_back_is_lost() -> None:
    """A difference that remains is named with both sides."""
    document = nodes.Document((_paragraph(nodes.Text("kept")),))
    proof = prove(document, lambda _: (nodes.Document((_paragraph(nodes.Text("else")),)), []))
    assert [note.kind for note in proof.notes if note.kind is NoteKind.LOST] == [NoteKind.LOST]
