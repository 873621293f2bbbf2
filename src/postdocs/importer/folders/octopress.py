"""Tags of Octopress, which plugins of Jekyll and Pelican have too, as the Markdown or HTML that they make."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from postdocs.importer.folders import fences
from postdocs.importer.folders.fences import Fence

_LINK = re.compile(r"https?://\S+|/\S+|\S+\.(?:png|jpe?g|gif|svg|webp|avif)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:)?//\S+|/\S+")
_OPTION = re.compile(r"(?:line_number|linenos|highlight|first_line|start|mark|wrap|range|lang):\S*")


def gist(arguments: str) -> str | None:
    """Show a gist: `gist user/id file`."""
    words = words_of(arguments)
    if not words or not re.fullmatch(r"(?:[\w-]+/)?[0-9a-f]{5,40}", words[0]):
        return None
    return f'<script src="https://gist.github.com/{words[0]}.js"></script>'


def youtube(arguments: str) -> str | None:
    """Show a video of YouTube, by its id or address."""
    words = words_of(arguments)
    match = re.search(r"(?:^|v=|youtu\.be/|embed/)([\w-]{11})(?:$|[&?])", words[0]) if words else None
    return match and f'<iframe src="https://www.youtube.com/embed/{match[1]}"></iframe>'


def vimeo(arguments: str) -> str | None:
    """Show a video of Vimeo, by its id."""
    words = words_of(arguments)
    is_id = bool(words) and words[0].isascii() and words[0].isdecimal()
    return f'<iframe src="https://player.vimeo.com/video/{words[0]}"></iframe>' if is_id else None


def image(arguments: str) -> str | None:
    """Show a picture as Octopress does: `img [class] address [width [height]] [title [alt]]`."""
    words = words_of(arguments)
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


def fence(words: Sequence[str]) -> Fence:
    """Return what `codeblock` says: `[title] [lang:language] [address [text]] [mark:lines] [start:number]`.

    http://octopress.org/docs/plugins/codeblock/, and https://hexo.io/docs/tag-plugins#Code-Block.
    """
    options = dict(word.partition(":")[::2] for word in words if _OPTION.fullmatch(word))
    others = [word for word in words if not _OPTION.fullmatch(word)]
    at = next((at for at, word in enumerate(others) if _ADDRESS.fullmatch(word)), len(others))
    address = "".join(others[at : at + 1])
    text = fences.as_title(" ".join(others[:at]) or address)
    said = fences.of(options.get("lang", ""), options)
    return replace(said, title=f"[{text}]({address})" if address else text)


def words_of(arguments: str) -> list[str]:
    """Return the words of a tag; quotes make one of several."""
    try:
        return shlex.split(arguments, posix=True)
    except ValueError:
        return arguments.split()
