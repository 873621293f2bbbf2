"""Tags of Octopress, which plugins of Jekyll and Pelican have too, as the Markdown or HTML that they make."""

from __future__ import annotations

import re
import shlex
from html import escape

_LINK = re.compile(r"https?://\S+|/\S+|\S+\.(?:png|jpe?g|gif|svg|webp|avif)\b", re.IGNORECASE)


def gist(arguments: str) -> str | None:
    """Show a gist: `gist user/id file`."""
    words = _words(arguments)
    if not words or not re.fullmatch(r"(?:[\w-]+/)?[0-9a-f]{5,40}", words[0]):
        return None
    return f'<script src="https://gist.github.com/{words[0]}.js"></script>'


def youtube(arguments: str) -> str | None:
    """Show a video of YouTube, by its id or address."""
    words = _words(arguments)
    match = re.search(r"(?:^|v=|youtu\.be/|embed/)([\w-]{11})(?:$|[&?])", words[0]) if words else None
    return match and f'<iframe src="https://www.youtube.com/embed/{match[1]}"></iframe>'


def vimeo(arguments: str) -> str | None:
    """Show a video of Vimeo, by its id."""
    words = _words(arguments)
    is_id = bool(words) and words[0].isascii() and words[0].isdecimal()
    return f'<iframe src="https://player.vimeo.com/video/{words[0]}"></iframe>' if is_id else None


def image(arguments: str) -> str | None:
    """Show a picture as Octopress does: `img [class] address [width [height]] [title [alt]]`."""
    words = _words(arguments)
    at = next((at for at, word in enumerate(words) if _LINK.fullmatch(word)), None)
    if at is None:
        return None
    rest = words[at + 1 :]
    sizes = [word for word in rest[:2] if word.isascii() and word.isdecimal()]
    texts = [word for word in rest[len(sizes) :] if word]
    if not {*arguments} & {*"\"'"}:  # the rest of the line is one text
        texts = [" ".join(texts).removeprefix("[").removesuffix("]")]
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
