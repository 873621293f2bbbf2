"""Jekyll's own tags of Liquid, and those of common plugins, as the Markdown or HTML that they make."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

_LINK = re.compile(r"https?://\S+|/\S+|\S+\.(?:png|jpe?g|gif|svg|webp|avif)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Addresses:
    """The addresses of a blog's pages and files, from the root of the site.

    paths: by the path of the source. posts: by the name that `post_url` gives, such as
    `2020-01-31-tides`. base: the path that the site is under, or "".
    """

    paths: Mapping[str, str]
    posts: Mapping[str, str]
    base: str = ""

    def of_path(self, path: str) -> str | None:
        """Return the address of a file, such as `{% link %}` names it; None where there is none."""
        address = self.paths.get(path.strip().strip("\"'").lstrip("/"))
        return None if address is None else f"{self.base}{address}"

    def of_post(self, name: str) -> str | None:
        """Return the address of a post, such as `{% post_url %}` names it; None where there is none."""
        name = name.strip().strip("\"'").lstrip("/")
        address = self.posts.get(name) or self.posts.get(name.rpartition("/")[2])
        return None if address is None else f"{self.base}{address}"


def gist(arguments: str, _: Addresses) -> str | None:
    """Show a gist: `gist user/id file`."""
    words = _words(arguments)
    if not words or not re.fullmatch(r"(?:[\w-]+/)?[0-9a-f]{5,40}", words[0]):
        return None
    return f'<script src="https://gist.github.com/{words[0]}.js"></script>'


def youtube(arguments: str, _: Addresses) -> str | None:
    """Show a video of YouTube, by its id or address."""
    words = _words(arguments)
    match = re.search(r"(?:^|v=|youtu\.be/|embed/)([\w-]{11})(?:$|[&?])", words[0]) if words else None
    return match and f'<iframe src="https://www.youtube.com/embed/{match[1]}"></iframe>'


def vimeo(arguments: str, _: Addresses) -> str | None:
    """Show a video of Vimeo, by its id."""
    words = _words(arguments)
    is_id = bool(words) and words[0].isascii() and words[0].isdecimal()
    return f'<iframe src="https://player.vimeo.com/video/{words[0]}"></iframe>' if is_id else None


def image(arguments: str, _: Addresses) -> str | None:
    """Show a picture as Octopress does: `img [class] address [width [height]] [title [alt]]`."""
    words = _words(arguments)
    at = next((at for at, word in enumerate(words) if _LINK.fullmatch(word)), None)
    if at is None:
        return None
    rest = words[at + 1 :]
    sizes = [word for word in rest[:2] if word.isascii() and word.isdecimal()]
    texts = [word for word in rest[len(sizes) :] if word]
    values = {
        "src": words[at],
        "alt": texts[1] if len(texts) > 1 else "".join(texts[:1]),
        "title": "".join(texts[:1]),
        **dict(zip(("width", "height"), sizes, strict=False)),
    }
    attributes = " ".join(
        f'{key}="{escape(value)}"' for key, value in values.items() if value or key == "alt"
    )
    return f"<img {attributes}>"


def _words(arguments: str) -> list[str]:
    try:
        return shlex.split(arguments, posix=True)
    except ValueError:
        return arguments.split()


Reader = Callable[[str, Addresses], "str | None"]
"""Takes the arguments of a tag; returns what it shows, None where it can't be told."""

TAGS: Mapping[str, Reader] = {
    "link": lambda arguments, addresses: addresses.of_path(arguments),
    "post_url": lambda arguments, addresses: addresses.of_post(arguments),
    "gist": gist,
    "youtube": youtube,
    "youtube_player": youtube,
    "vimeo": vimeo,
    "img": image,
    "image_tag": image,
    "seo": lambda _, __: "",
    "feed_meta": lambda _, __: "",
}
# Blocks of code: the language is the first word.
CODE = frozenset({"highlight", "codeblock"})
