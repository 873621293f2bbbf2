"""What each shortcode of Nikola shows, as HTML: https://getnikola.com/handbook.html#built-in-shortcodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from postdocs.importer.folders import emoji, players
from postdocs.importer.folders.included_files import part_of
from postdocs.importer.folders.systems.nikola.links import Links


@dataclass(frozen=True)
class Shortcode:
    """A shortcode. start, line: where it is in a text, from 0. inner: what is between its tags, or ""."""

    name: str
    words: tuple[str, ...]
    named: Mapping[str, str]
    inner: str
    source: str
    start: int
    line: int

    def get(self, key: str, at: int) -> str:
        """Return an argument by its name or place; "" where it isn't given."""
        return self.named.get(key) or (self.words[at] if at < len(self.words) else "")


@dataclass(frozen=True)
class Site:
    """What shortcodes know of the site.

    listing: returns the address and the text of a file of code by its name; None where it is not there.
    """

    links: Links
    listing: Callable[[str], tuple[str, str] | None] = lambda _: None


Reader = Callable[[Shortcode, Site], "str | None"]
"""Returns what a shortcode shows, None where it can't be told."""


def shown(code: Shortcode, site: Site) -> str | None:
    """Return what a shortcode shows; None where it is not known."""
    reader = _READERS.get(code.name)
    return reader(code, site) if reader else None


def listing(name: str, site: Site, language: str, options: Mapping[str, str]) -> str | None:
    """Return a file of code, or the lines of it that options of docutils select, below a link to it.

    Raises
    ------
    PartError
        An option is not known, or selects nothing.

    """
    file = site.listing(name)
    if file is None:
        return None
    address, text = file
    link = f'<p><a href="{escape(address)}">{escape(name)}</a></p>'
    return f"{link}\n{_code(part_of(text, options), language)}"


def _code(text: str, language: str) -> str:
    kind = f' class="language-{escape(language)}"' if language else ""
    inner = escape(text.strip("\n"), quote=False)
    return f"<pre><code{kind}>{inner}</code></pre>"


def _doc(code: Shortcode, site: Site) -> str | None:
    page = site.links.page(code.inner)
    return page and f'<a href="{escape(page[0])}">{escape(page[1])}</a>'


def _thumbnail(code: Shortcode, _: Site) -> str | None:
    """Show an image in its own size, which is what the small one leads to."""
    values = {"src": code.get("uri", 0), "alt": code.get("alt", 1), "title": code.get("title", 4)}
    if not values["src"]:
        return None
    image = "".join(f' {key}="{escape(value)}"' for key, value in values.items() if value or key == "alt")
    return (
        f"<figure><img{image}><figcaption>{code.inner}</figcaption></figure>"
        if code.inner
        else f"<img{image}>"
    )


def _emoji(code: Shortcode, _: Site) -> str | None:
    name = f":{code.get('name', 0)}:"
    character = emoji.with_emoji(name)
    return character if character != name else None


_READERS: Mapping[str, Reader] = {
    "raw": lambda code, _: code.inner,
    "doc": _doc,
    "highlight": lambda code, _: _code(code.inner, code.get("lang", 0)),
    "youtube": lambda code, _: players.youtube(code.get("id", 0)),
    "vimeo": lambda code, _: players.vimeo(code.get("id", 0)),
    "soundcloud": lambda code, _: players.soundcloud(code.get("id", 0), "tracks"),
    "gist": lambda code, _: players.gist(code.get("gistID", 0), code.get("filename", 1)),
    "media": lambda code, _: players.media(code.get("url", 0)),
    "listing": lambda code, site: listing(code.get("fname", 0), site, code.get("language", 1), {}),
    "thumbnail": _thumbnail,
    "emoji": _emoji,
}
