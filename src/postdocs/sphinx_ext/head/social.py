"""The picture that services show where a page is shared: the post's own, or a card."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from docutils import nodes
from sphinx.application import Sphinx

from postdocs.sphinx_ext.blog.blog import blog_of
from postdocs.sphinx_ext.builders import html_of
from postdocs.sphinx_ext.compat.ablog import BlogPost
from postdocs.sphinx_ext.config import address_of
from postdocs.sphinx_ext.head import cards
from postdocs.sphinx_ext.head.cards import Card, renderable_text
from postdocs.sphinx_ext.output.files import write_bytes
from postdocs.sphinx_ext.output.state import state_of
from postdocs.sphinx_ext.reading.domain import domain_of

_FOLDER = "_images/social"


@dataclass(frozen=True)
class SocialImage:
    """A picture as a page names it: absolute address, width and height in pixels or 0, and what it shows."""

    url: str
    width: int
    height: int
    alt: str


def social_image_of(app: Sphinx, post: BlogPost | None) -> SocialImage | None:
    """Return the picture of a page, if the site has an address. post: the one that the page is of, if any."""
    base = address_of(app.config)
    picture = post.entry.picture if post else None
    if not base:
        return None
    if post and picture:
        url = urljoin(base, quote(f"_images/{picture.name}")) if picture.name else picture.source
        return SocialImage(url, picture.width, picture.height, picture.alt or post.title)
    card = _card(app, post)
    file = urljoin(base, f"{_FOLDER}/{card.name}") if card else ""
    return SocialImage(file, cards.WIDTH, cards.HEIGHT, card.title) if card else None


def _card(app: Sphinx, post: BlogPost | None) -> Card | None:
    """Return the card of a post, or that of the site where there is none or its title cannot be drawn."""
    if not app.config.postdocs_social_cards:
        return None
    blog = blog_of(app)
    site = renderable_text(blog.blog_title)
    if post and (title := renderable_text(post.title)):
        people = renderable_text(", ".join(map(str, post.author)))
        day = post.date.date().isoformat() if post.date else ""
        return Card(title, " · ".join(filter(None, [people, day])), site)
    return Card(site, renderable_text(blog.blog_feed_subtitle or "")) if site else None


def draw(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Draw the card of a post in the process that writes its page, so that several do so at a time."""
    if doctree and html_of(app) and address_of(app.config) and (post := blog_of(app).posts[pagename]):
        card = None if post.entry.picture else _card(app, post)
        if card:
            _drawn(state_of(app).folder / "cards", card)


def write(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """Write the cards, and have pictures copied. It yields no pages; the event asks for a generator.

    Cards are kept beside the state of the site as well, for builds that begin anew.
    """
    yield from ()
    builder = html_of(app)
    if builder is None or not address_of(app.config):
        return
    for docname in builder.written:
        for entry in domain_of(app.env).entries.get(docname, ()):
            if entry.picture and entry.picture.name:
                builder.images[entry.picture.source] = entry.picture.name
    blog, state = blog_of(app), state_of(app)
    posts = (post for post in blog.posts if blog.posts[post.docname] is post and not post.entry.picture)
    wanted = {card.name: card for card in (_card(app, post) for post in (None, *posts)) if card}
    folder = state.folder / "cards"
    stale = [card for name, card in wanted.items() if state.is_stale(f"{_FOLDER}/{name}", name)]
    for card in stale:
        write_bytes(Path(app.outdir, _FOLDER, card.name), _drawn(folder, card))
    for file in folder.glob("*"):
        if file.name not in wanted:
            file.unlink()


def _drawn(folder: Path, card: Card) -> bytes:
    """Return a card, from the folder where they are kept if it is there."""
    file = folder / card.name
    if file.is_file():
        return file.read_bytes()
    data = cards.draw(card)
    part = file.with_suffix(f".{os.getpid()}.part")  # others may draw the same
    write_bytes(part, data)
    part.replace(file)  # whole, or not at all
    return data
