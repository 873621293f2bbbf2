"""Tags of Hexo and of its common themes, as Markdown or HTML: https://hexo.io/docs/tag-plugins."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape

from postdocs.importer.folders import fences, markdown, octopress
from postdocs.importer.folders.fences import Fence

_WORD = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+)""")
_ADDRESS = re.compile(r"(?:https?:)?//\S+|/\S+")
_PICTURE = re.compile(r"(?:https?:)?//\S+|/\S+|\S+\.(?:png|jpe?g|gif|svg|webp|avif)", re.IGNORECASE)
_TAB = re.compile(
    r"<!--\s*tab\s*(?P<title>.*?)\s*-->\s*\n?(?P<inner>.*?)\n?\s*<!--\s*endtab\s*-->", re.DOTALL
)
# Classes of boxes in NexT, Butterfly, and Fluid.
_BOXES = {
    **dict.fromkeys(("default", "primary", "info", "secondary", "light", "blue"), "note"),
    "success": "tip", "green": "tip", "warning": "warning", "orange": "warning", "yellow": "warning",
    "danger": "danger", "error": "danger", "red": "danger",
}  # fmt: skip
_STYLES = frozenset(
    {"simple", "modern", "flat", "disabled", "no-icon", "icon", "fade", "open", "purple", "pink"}
)


@dataclass(frozen=True)
class Place:
    """What the tags of a post can refer to.

    post: returns address and title of a post by its slug. asset: the address of a file beside the post. code:
    the text of a file in the folder of code. None where there is none. path: the address of a path from the
    root of the blog.
    """

    post: Callable[[str], tuple[str, str] | None]
    asset: Callable[[str], str | None]
    code: Callable[[str], str | None]
    path: Callable[[str], str]


# Takes the words of a tag, and for a paired one what is in it; None where it can't be told what it shows.
Reader = Callable[[list[str], str, Place], "str | None"]

VERBATIM = frozenset({"raw", "codeblock", "code", "mermaid", "math", "mathjax", "katex"})
"""Paired tags in which nothing else is read."""


def words(rest: str) -> list[str]:
    """Return the words of a tag; quotes make one of several."""
    return [single or double or bare for single, double, bare in _WORD.findall(rest)]


def _quote(given: list[str], inner: str, _: Place) -> str:
    """Show a quotation: `blockquote [author[, source]] [address [title of it]]`."""
    lines = [f"> {line}".rstrip() for line in inner.strip().split("\n")]
    at = next((at for at, word in enumerate(given) if at and _ADDRESS.fullmatch(word)), None)
    if at is None:
        said = " ".join(given)
    else:
        said = f"{' '.join(given[:at])}, [{' '.join(given[at + 1 :]) or given[at]}]({given[at]})"
    return _apart("\n".join([*lines, *([">", f"> — {said}"] if said else [])]))


def _plain_quote(_: list[str], inner: str, place: Place) -> str:
    return _quote([], inner, place)


def _code(given: list[str], inner: str, _: Place) -> str:
    return _apart(fences.code(inner, octopress.fence(given)))


def fence_of(info: str) -> Fence | None:
    """Read what stands behind the marks of fenced code: `language [title] [address [text]]`.

    https://hexo.io/docs/tag-plugins#Backtick-Code-Block. Attributes count as they do elsewhere.
    """
    language, _, rest = info.partition(" ")
    if not rest.strip() or {*info} & {*"={"}:
        return fences.read(info)
    return replace(octopress.fence(rest.split()), language=language)


def _diagram(_: list[str], inner: str, __: Place) -> str:
    return _apart(fences.code(inner, Fence("mermaid")))


def _formula(_: list[str], inner: str, __: Place) -> str:
    return _apart(f"$$\n{inner.strip()}\n$$")


def _box(given: list[str], inner: str, _: Place) -> str:
    classes = [word for word in given if word in _BOXES]
    title = " ".join(
        word for word in given if word not in _BOXES and word not in _STYLES and "fa-" not in word
    )
    kind = _BOXES[classes[0]] if classes else "note"
    heading = f'<p class="admonition-title">{markdown.inline(title) or kind.capitalize()}</p>'
    return _apart(f'<div class="admonition {kind}">{heading}\n\n{inner.strip()}\n\n</div>')


def _details(given: list[str], inner: str, _: Place) -> str:
    title = " ".join(word for word in given if word not in _BOXES and word not in _STYLES)
    title = title.partition(",")[0].strip().lstrip("@")
    return _apart(
        f"<details><summary>{markdown.inline(title) or '…'}</summary>\n\n{inner.strip()}\n\n</details>"
    )


def _tabs(_: list[str], inner: str, __: Place) -> str | None:
    parts = [*_TAB.finditer(inner)]
    titles = [part["title"].partition("@")[0] or f"{number}" for number, part in enumerate(parts, 1)]
    shown = [f"**{title}**\n\n{part['inner'].strip()}" for title, part in zip(titles, parts, strict=True)]
    return _apart("\n\n".join(shown)) if shown else None


def _label(given: list[str], _: str, __: Place) -> str:
    return " ".join(given).rpartition("@")[2]


def _button(given: list[str], _: str, __: Place) -> str | None:
    address, *texts = [part.strip() for part in " ".join(given).split(",")]
    return f"[{texts[0] or address}]({address})" if texts and _ADDRESS.fullmatch(address) else None


def _link(given: list[str], _: str, __: Place) -> str | None:
    at = next((at for at, word in enumerate(given) if _ADDRESS.fullmatch(word)), 0)
    title = " ".join(word for word in given[at + 1 :] if word not in {"true", "false"})
    return f"[{' '.join(given[:at])}]({given[at]}{_titled(title)})" if at else None


def _post_link(given: list[str], _: str, place: Place) -> str | None:
    found = place.post(given[0]) if given else None
    if found is None:
        return None
    title = " ".join(word for word in given[1:] if word not in {"true", "false"})
    return f"[{title or found[1]}]({found[0]})"


def _post_path(given: list[str], _: str, place: Place) -> str | None:
    found = place.post(given[0]) if given else None
    return found and found[0]


def _asset_path(given: list[str], _: str, place: Place) -> str | None:
    return place.asset(given[0]) if given else None


def _asset_link(given: list[str], _: str, place: Place) -> str | None:
    address = place.asset(given[0]) if given else None
    title = " ".join(word for word in given[1:] if word not in {"true", "false"})
    return address and f"[{title or given[0]}]({address})"


def _asset_image(given: list[str], _: str, place: Place) -> str | None:
    at = next((at for at, word in enumerate(given) if place.asset(word)), None)
    if at is None:
        return None
    rest = given[at + 1 :]
    sizes = [word for word in rest[:2] if word.isascii() and word.isdecimal()]
    texts = rest[len(sizes) :]
    title, *alt = re.findall(r'"([^"]*)"', " ".join(texts)) or texts or [""]
    return _picture(place.asset(given[at]) or "", " ".join(alt) or title, title, sizes)


def _included(given: list[str], _: str, place: Place) -> str | None:
    code = place.code(given[-1]) if given else None
    return None if code is None else _code(given[:-1], code, place)


def _image(given: list[str], _: str, place: Place) -> str | None:
    """Show a picture: `img [classes] address [width [height]] '"title" "text"'`."""
    at = next((at for at, word in enumerate(given) if _PICTURE.fullmatch(word)), None)
    if at is None:
        return None
    rest = given[at + 1 :]
    sizes = [word for word in rest[:2] if word.isascii() and word.isdecimal()]
    texts = " ".join(rest[len(sizes) :])
    title, *alt = re.findall(r'"([^"]*)"', texts) or [texts]
    return _picture(place.path(given[at]), " ".join(alt) or title, title, sizes)


def _frame(given: list[str], _: str, __: Place) -> str | None:
    is_one = bool(given) and _ADDRESS.fullmatch(given[0]) is not None
    return _apart(f'<iframe src="{escape(given[0])}"></iframe>') if is_one else None


def _media(tag: str) -> Reader:
    return lambda given, _, __: (
        _apart(f'<{tag} src="{escape(given[0])}" controls></{tag}>') if given else None
    )


def _of_octopress(reader: Callable[[str], str | None]) -> Reader:
    def read(given: list[str], _: str, __: Place) -> str | None:
        shown = reader(" ".join(given))
        return shown and _apart(shown)

    return read


def _picture(address: str, text: str, title: str, sizes: list[str]) -> str:
    if not sizes:
        return f"![{text}]({address}{_titled(title)})"
    values = {
        "src": address,
        "alt": text,
        "title": title,
        **dict(zip(("width", "height"), sizes, strict=False)),
    }
    attributes = " ".join(f'{key}="{escape(value)}"' for key, value in values.items() if value)
    return f"<img {attributes}>"


def _titled(title: str) -> str:
    return f' "{title}"' if title and '"' not in title else ""


def _apart(block: str) -> str:
    return f"\n\n{block}\n\n"


READERS: Mapping[str, Reader] = {
    "post_link": _post_link,
    "post_path": _post_path,
    "asset_path": _asset_path,
    "asset_link": _asset_link,
    "asset_img": _asset_image,
    "include_code": _included,
    "include-code": _included,
    "link": _link,
    "label": _label,
    "btn": _button,
    "button": _button,
    "iframe": _frame,
    "video": _media("video"),
    "audio": _media("audio"),
    "gist": _of_octopress(octopress.gist),
    "img": _image,
    "youtube": _of_octopress(octopress.youtube),
    "vimeo": _of_octopress(octopress.vimeo),
}
PAIRED: Mapping[str, Reader] = {
    **dict.fromkeys(("blockquote", "quote"), _quote),
    **dict.fromkeys(("pullquote", "centerquote", "cq"), _plain_quote),
    **dict.fromkeys(("codeblock", "code"), _code),
    **dict.fromkeys(("math", "mathjax", "katex"), _formula),
    **dict.fromkeys(("note", "subnote"), _box),
    **dict.fromkeys(("fold", "folding", "hideToggle", "hideBlock", "spoiler", "collapse"), _details),
    **dict.fromkeys(("tabs", "subtabs"), _tabs),
    "mermaid": _diagram,
    "raw": lambda _, inner, __: inner,
}
