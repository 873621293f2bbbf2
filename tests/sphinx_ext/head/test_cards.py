"""Cards: what is on them, and that the same makes the same."""

from __future__ import annotations

import io
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from postdocs.sphinx_ext.head.cards import HEIGHT, WIDTH, Card, draw, renderable_text

LONG = "A title that says at length what could be said in fewer words " * 8


card_of = partial(Card, accent="#3fb1c5")


def picture(card: Card) -> Image.Image:
    """Return a card as others see it."""
    image = Image.open(io.BytesIO(draw(card)))
    image.load()
    return image


@pytest.mark.parametrize("title", ["Short", LONG, "x" * 400, "∇·E = ρ/ε₀, Żółć, Привет"])
def test_text_stays_on_the_card(title: str) -> None:
    """Whatever the title, nothing but the ground is in the margins, and the file is small."""
    card = card_of(renderable_text(title), f"Ann Example {'and others ' * 30}", "A lab")
    image = picture(card)
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    shades = image.convert("L")
    ground = shades.getpixel((WIDTH - 1, 0))
    for box in ((1125, 0, WIDTH, HEIGHT), (30, 0, 90, HEIGHT), (30, 0, WIDTH, 80), (30, 600, WIDTH, HEIGHT)):
        assert {colour for _, colour in shades.crop(box).getcolors() or []} == {ground}, box
    assert len({colour for _, colour in shades.crop((90, 80, 1125, 400)).getcolors() or []}) > 5
    assert len(draw(card)) < 40_000


def test_the_title_and_the_lines_below_do_not_meet() -> None:
    """Between a title that is cut and who wrote it there is room."""
    shades = picture(card_of(LONG, "Ann", "A lab")).convert("L")
    assert len(shades.crop((90, 440, WIDTH, 480)).getcolors() or []) == 1


def test_a_card_is_the_same_each_time_and_named_by_what_is_on_it() -> None:
    """Bytes and name depend on the words and the accent alone, and each of them changes both."""
    cards = [card_of("A", "B", "C"), card_of("X", "B", "C"), card_of("A", "X", "C"), card_of("A", "B", "X")]
    cards.append(Card("A", "B", "C", accent="#ff8f8f"))
    assert draw(card_of("A", "B", "C")) == draw(cards[0])
    assert card_of("A", "B", "C").name == cards[0].name
    assert len({draw(card) for card in cards}) == len({card.name for card in cards}) == len(cards)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Żółć e\u0301 ∇·E ≤ ½", "Żółć é ∇·E ≤ ½"),
        ("Привет, Ελλάδα, Հայաստան, საქართველო", "Привет, Ελλάδα, Հայաստան, საქართველო"),
        ("Party \U0001f389\ufe0f time \U0001f469\u200d\U0001f4bb", "Party time"),
        ("a\nb\tc", "a b c"),
        ("日本語", ""),
        ("שלום", ""),
        ("مرحبا", ""),
        ("नमस्ते", ""),
        ("Half 한국어", ""),
        ("\U0001f389", ""),
        ("", ""),
    ],
)
def test_what_cannot_be_drawn_is_left_out_or_refused(text: str, shown: str) -> None:
    """Signs without a shape may go; text whose letters are missing, or would be in disorder, is not drawn."""
    assert renderable_text(text) == shown


@given(st.text())
def test_any_text_can_be_asked_for(text: str) -> None:
    """No text fails, and what can be drawn can be asked for again."""
    assert renderable_text(renderable_text(text)) == renderable_text(text)
