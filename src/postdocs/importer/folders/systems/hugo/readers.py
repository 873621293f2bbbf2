"""What each shortcode of Hugo and of common themes shows: https://gohugo.io/shortcodes/."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from postdocs.importer.folders import fences, markdown
from postdocs.importer.folders.fences import Fence

_ADMONITIONS = {
    "note": "note", "info": "note", "tip": "tip", "hint": "hint", "warning": "warning", "warn": "warning",
    "caution": "caution", "danger": "danger", "error": "error", "important": "important", "success": "tip",
    "attention": "attention", "alert": "warning", "question": "note", "abstract": "note", "example": "note",
}  # fmt: skip
_CODE = (
    "highlight", "code", "codeblock", "code-block", "code_block", "codefile", "command", "console", "pre",
    "prism", "terminal", "wrapped-code",
)  # fmt: skip
_BETWEEN = re.compile(r"</dl>\s*<dl>")
_UNTITLED = re.compile(r"<dt></dt>")


@dataclass(frozen=True)
class Page:
    """What shortcodes know of the page that they are on, and of the site.

    link: returns the address of a page by its name in `ref`, None where there is none. params: the values of
    the front matter, then of the site, as text, in lower case. template: returns that of a shortcode by its
    name, "" where the folder has none.
    """

    link: Callable[[str], str | None]
    params: Mapping[str, str] = field(default_factory=dict)
    template: Callable[[str], str] = lambda _: ""


@dataclass(frozen=True)
class Shortcode:
    """A shortcode. inner: what is between its tags, None where it has one tag only."""

    name: str
    positional: tuple[str, ...]
    named: Mapping[str, str]
    inner: str | None = None

    def get(self, key: str, at: int | None = None) -> str:
        """Return an argument by its name or place; "" where it isn't given."""
        value = self.named.get(key, "")
        return value or (self.positional[at] if at is not None and at < len(self.positional) else "")


Reader = Callable[[Shortcode, Page], "str | None"]
"""Returns what a shortcode shows, None where it can't be told."""


def figure(code: Shortcode, _: Page) -> str | None:
    """Show a picture with its caption."""
    src = code.get("src", 0)
    if not src:
        return None
    values = {key: code.get(key) for key in ("alt", "width", "height", "class")}
    values["alt"] = values["alt"] or re.sub(r"[*_`\[\]]", "", code.get("caption"))
    others = "".join(f' {key}="{escape(value)}"' for key, value in values.items() if value)
    image = f'<img src="{escape(src)}"{others}>'
    if link := code.get("link"):
        image = f'<a href="{escape(link)}">{image}</a>'
    title = f"**{code.get('title')}**" if code.get("title") else ""
    attribution = code.get("attr")
    if attribution and code.get("attrlink"):
        attribution = f"[{attribution}]({code.get('attrlink')})"
    caption = " ".join(filter(None, [title, code.get("caption"), attribution]))
    shown = f"<figcaption>{markdown.inline(caption)}</figcaption>" if caption else ""
    return f"<figure>{image}{shown}</figure>"


def highlight(code: Shortcode, _: Page) -> str | None:
    """Show code: `highlight language "linenos=table,hl_lines=8 15-17"`, or with named arguments."""
    if code.inner is None:
        return None
    language = code.get("lang") or code.get("language", 0)
    options = dict(part.strip().partition("=")[::2] for part in code.get("options", 1).split(","))
    return fences.code(code.inner, fences.of(language, {**options, **code.named}))


def fenced(text: str, language: str) -> str:
    """Return a fenced block of code."""
    return fences.code(text, Fence(language))


def reference(code: Shortcode, page: Page) -> str | None:
    """Return the address of a page."""
    return page.link(code.get("path", 0))


def youtube(code: Shortcode, _: Page) -> str | None:
    """Show a video of YouTube."""
    match = re.search(r"(?:^|v=|youtu\.be/|embed/)([\w-]{11})(?:$|[&?])", code.get("id", 0))
    return match and f'<iframe src="https://www.youtube.com/embed/{match[1]}"></iframe>'


def vimeo(code: Shortcode, _: Page) -> str | None:
    """Show a video of Vimeo."""
    number = code.get("id", 0)
    is_id = number.isascii() and number.isdecimal()
    return f'<iframe src="https://player.vimeo.com/video/{number}"></iframe>' if is_id else None


def gist(code: Shortcode, _: Page) -> str | None:
    """Show a gist."""
    user, number = (*code.positional, "", "")[:2]
    if not re.fullmatch(r"[\w-]+", user) or not re.fullmatch("[0-9a-f]+", number):
        return None
    return f'<script src="https://gist.github.com/{user}/{number}.js"></script>'


def tweet(code: Shortcode, _: Page) -> str | None:
    """Link to a post on X."""
    user, number = code.get("user") or "i", code.get("id", 0)
    if not (re.fullmatch(r"\w+", user) and number.isascii() and number.isdecimal()):
        return None
    address = f"https://twitter.com/{user}/status/{number}"
    return f"<{address}>"


def instagram(code: Shortcode, _: Page) -> str | None:
    """Link to a post on Instagram."""
    number = code.get("id", 0)
    return f"<https://www.instagram.com/p/{number}/>" if re.fullmatch(r"[\w-]+", number) else None


def param(code: Shortcode, page: Page) -> str | None:
    """Show a value of the front matter or the site."""
    return page.params.get(code.get("name", 0).lower())


def admonition(code: Shortcode, _: Page) -> str | None:
    """Show a box: `note`, or `admonition type="note"`."""
    if code.inner is None:
        return None
    kind = code.get("type") or next((word for word in code.positional if word.lower() in _ADMONITIONS), "")
    kind = _ADMONITIONS.get((kind or code.name).lower(), "note")
    others = [word for word in code.positional if word.lower() not in _ADMONITIONS]
    title = code.get("title") or " ".join(others) or kind.capitalize()
    heading = f'<p class="admonition-title">{escape(title)}</p>'
    return f'<div class="admonition {kind}">{heading}\n\n{code.inner.strip()}\n\n</div>'


def details(code: Shortcode, _: Page) -> str | None:
    """Show text that readers can unfold."""
    if code.inner is None:
        return None
    summary = escape(code.get("summary") or code.get("title") or " ".join(code.positional) or "Details")
    return f"<details><summary>{summary}</summary>\n\n{code.inner.strip()}\n\n</details>"


def tab(code: Shortcode, _: Page) -> str | None:
    """Show a part that readers choose by its title, as a term; one with a language is code."""
    if code.inner is None:
        return None
    title = next(
        filter(None, map(code.get, ("header", "label", "name", "title", "tabname"))), code.get("", 0)
    )
    language = code.get("lang")
    inner = fenced(code.inner, language) if language else code.inner.strip()
    return f"<dl><dt>{escape(title)}</dt><dd>\n\n{inner}\n\n</dd></dl>"


def tabs(code: Shortcode, _: Page) -> str | None:
    """Show tabs as a list of terms; some themes have all titles there."""
    titles = iter(code.get("items").split(","))
    one_list = _BETWEEN.sub("\n", code.inner or "")
    shown = _UNTITLED.sub(lambda _: f"<dt>{escape(next(titles, '').strip())}</dt>", one_list)
    return None if code.inner is None else shown.strip()


def formula(code: Shortcode, _: Page) -> str | None:
    """Show a formula."""
    return None if code.inner is None else f"$$\n{code.inner.strip().strip('$').strip()}\n$$"


def player(code: Shortcode, _: Page) -> str | None:
    """Show a video or a sound."""
    src = code.get("src", 0)
    tag = "audio" if code.name == "audio" else "video"
    return f'<{tag} src="{escape(src)}" controls></{tag}>' if src else None


READERS: Mapping[str, Reader] = {
    "figure": figure,
    "img": figure,
    "image": figure,
    **dict.fromkeys(_CODE, highlight),
    **dict.fromkeys(("tab", "tabitem", "tab-item"), tab),
    **dict.fromkeys(("tabs", "tabpane", "tabgroup"), tabs),
    "mermaid": lambda code, _: None if code.inner is None else fenced(code.inner, "mermaid"),
    "ref": reference,
    "relref": reference,
    "youtube": youtube,
    "vimeo": vimeo,
    "gist": gist,
    "tweet": tweet,
    "x": tweet,
    "twitter": tweet,
    "instagram": instagram,
    "param": param,
    "postref": lambda _, __: "",  # of blogdown: the address of the page itself
    **dict.fromkeys((*_ADMONITIONS, "admonition", "notice", "callout", "admonitions"), admonition),
    "details": details,
    "expand": details,
    "collapse": details,
    "math": formula,
    "katex": formula,
    "mathjax": formula,
    "audio": player,
    "video": player,
    "rawhtml": lambda code, _: code.inner,
    "raw": lambda code, _: code.inner,
    "html": lambda code, _: code.inner,
    "comment": lambda _, __: "",
    "toc": lambda _, __: "",
}
