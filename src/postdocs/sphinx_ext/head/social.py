"""The image of a shared page: that of the post, or a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from docutils import nodes

from postdocs.core.files import write_bytes
from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import address_of
from postdocs.sphinx_ext.head import cards
from postdocs.sphinx_ext.head.cards import Card, renderable_text
from postdocs.sphinx_ext.locale.language import Language
from postdocs.sphinx_ext.theme.colours import accent_colours

_FOLDER = "_images/social"


@dataclass(frozen=True)
class SocialImage:
    """A picture as a page names it: absolute address, width and height in pixels or 0, and what it shows."""

    url: str
    width: int
    height: int
    alt: str


def social_image_of(build: Build, post: BlogPost | None) -> SocialImage | None:
    """Return the picture of a page, if the site has an address. post: the one that the page is of, if any."""
    base = address_of(build.config)
    picture = post.record.picture if post else None
    if not base:
        return None
    if post and picture:
        url = urljoin(base, quote(f"_images/{picture.name}")) if picture.name else picture.source
        return SocialImage(url, picture.width, picture.height, picture.alt or post.title)
    card = _card(build, post)
    file = urljoin(base, f"{_FOLDER}/{card.name}") if card else ""
    return SocialImage(file, cards.WIDTH, cards.HEIGHT, card.title) if card else None


def _card(build: Build, post: BlogPost | None) -> Card | None:
    """Return the card of a post, or that of the site where there is none or its title cannot be drawn."""
    if not build.config.postdocs_social_cards:
        return None
    blog = build.blog
    accent = accent_colours(build.config.postdocs_accent, "dark")["--pst-color-primary"]
    site = renderable_text(blog.blog_title)
    if post and (title := renderable_text(post.title)):
        people = renderable_text(", ".join(map(str, post.author)))
        day = _day(post.words, post.date) if post.date else ""
        return Card(title, " · ".join(filter(None, [people, day])), site, accent=accent)
    return Card(site, renderable_text(blog.blog_feed_subtitle or ""), accent=accent) if site else None


def _day(language: Language, date: datetime) -> str:
    """Return a day in a language, or as ISO 8601 where a card can't show that."""
    return renderable_text(language.day(date)) or date.date().isoformat()


def draw_card(
    build: Build, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Draw the card of a post in the process that writes its page, so that several do so at a time."""
    if doctree and address_of(build.config) and (post := build.blog.posts[pagename]):
        card = None if post.record.picture else _card(build, post)
        if card:
            _drawn(build.state.folder / "cards", card)


def write_cards(build: Build) -> None:
    """Write the cards.

    Cards are kept beside the state of the site as well, for builds that begin anew.
    """
    builder = build.builder
    if not address_of(build.config):
        return
    blog, state = build.blog, build.state
    posts = (post for post in blog.posts if blog.posts[post.docname] is post and not post.record.picture)
    cards_by_name = {card.name: card for card in (_card(build, post) for post in (None, *posts)) if card}
    folder = state.folder / "cards"
    stale = [card for name, card in cards_by_name.items() if state.is_stale(f"{_FOLDER}/{name}", name)]
    for card in stale:
        write_bytes(Path(builder.outdir, _FOLDER, card.name), _drawn(folder, card))
    for file in folder.glob("*"):
        if file.name not in cards_by_name:
            file.unlink()


def _drawn(folder: Path, card: Card) -> bytes:
    """Return a card, from the folder where they are kept if it is there."""
    file = folder / card.name
    if file.is_file():
        return file.read_bytes()
    data = cards.draw(card)
    write_bytes(file, data)
    return data
