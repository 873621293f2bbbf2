"""Shortcodes of Hugo and of common themes, as Markdown or HTML: https://gohugo.io/shortcodes/."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import markdown

_TOKEN = re.compile(
    r"\{\{[<%](?P<comment>/\*)?\s*+(?P<close>/)?\s*+(?P<name>[\w.-]*+(?:/[\w.-]++)*+)"
    # Nothing here holds the beginning of another, so that no text is read twice.
    r"(?P<rest>(?:\"(?:[^\"\\{]|\\(?!\{\{[<%]).|\{(?!\{[<%]))*+\"|`(?:[^`{]|\{(?!\{[<%]))*+`"
    r"|(?!(?:\*/)?[>%]\}\}|\{\{[<%])[^\"`])*+)(?:\*/)?[>%]\}\}",
    re.DOTALL,
)
_DEEPEST = 50  # shortcodes in others; those further in stay visible
_STRAY = re.compile(r"\{\{[<%]")
_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]+)=)?(?:"(?P<double>(?:[^"\\]|\\.)*)"|`(?P<raw>[^`]*)`|(?P<bare>[^\s"`]+))"""
)
_FENCE = re.compile(r"^[ \t>*+-]*(`{3,}|~{3,})", re.MULTILINE)
_ADMONITIONS = {
    "note": "note", "info": "note", "tip": "tip", "hint": "hint", "warning": "warning", "warn": "warning",
    "caution": "caution", "danger": "danger", "error": "error", "important": "important", "success": "tip",
    "attention": "attention", "alert": "warning", "question": "note", "abstract": "note", "example": "note",
}  # fmt: skip
_LONGEST = 160  # characters of what a note shows


@dataclass(frozen=True)
class Page:
    """What shortcodes know of the page that they are on, and of the site.

    link: returns the address of a page by its name in `ref`, None where there is none. params: the values of
    the front matter, then of the site, as text, in lower case.
    """

    link: Callable[[str], str | None]
    params: Mapping[str, str] = field(default_factory=dict)


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
    """Show code."""
    return None if code.inner is None else fenced(code.inner, code.get("lang", 0))


def fenced(text: str, language: str) -> str:
    """Return a fenced block of code."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    body = text.strip("\n")
    return f"{fence}{language}\n{body}\n{fence}"


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
    "highlight": highlight,
    "code": highlight,
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


def expand(text: str, page: Page, place: str, first_line: int) -> tuple[str, tuple[Note, ...]]:
    """Expand the shortcodes of a text. What is unknown stays visible, and is noted with file and line.

    place, first_line: where the text is, for notes.
    """
    if "{{<" not in text and "{{%" not in text:
        return text, ()
    notes: list[Note] = []
    fences = _fences(text)
    lines_before = markdown.line_counter(text)

    def note(source: str, start: int) -> None:
        line = first_line + lines_before(start)
        shown = " ".join(source.split())[:_LONGEST]
        what = "a shortcode that is not known here came along as text"
        notes.append(Note(NoteKind.NOTICED, what, before=f"{place}:{line}: {shown}"))

    def literal(start: int, end: int) -> str:
        """Return a text between shortcodes; note those in it that never end."""
        for stray in _STRAY.finditer(text, start, end):
            note(text[stray.start() : min(end, stray.start() + _LONGEST)].split("\n", 1)[0], stray.start())
        return text[start:end]

    def visible(match: re.Match[str]) -> str:
        at = bisect_right(fences, (match.start(), len(text) + 1)) - 1
        return (
            match[0]
            if at >= 0 and match.start() < fences[at][1]
            else match[0].replace("<", "&lt;").replace(">", "&gt;")
        )

    tokens = [*_TOKEN.finditer(text)]
    ends = _pairs(tokens)

    def pieces(first: int, last: int, start: int, end: int) -> Iterator[str]:
        """Yield the text from a place to another, with the tokens from the first to before the last."""
        at, position = first, start
        while at < last:
            token = tokens[at]
            yield literal(position, token.start())
            position = token.end()
            if token["comment"]:
                yield token[0].replace("/*", "", 1)[::-1].replace("/*", "", 1)[::-1]
                at += 1
                continue
            close = ends.get(at)
            inner = None
            if close is not None:
                inner = "".join(pieces(at + 1, close, token.end(), tokens[close].start()))
            shown = None if token["close"] else _shown(token, inner, page)
            if shown is not None:
                yield shown
            else:
                note(token[0], token.start())
                yield visible(token)
                yield inner or ""
                yield visible(tokens[close]) if close is not None else ""
            if close is not None:
                at, position = close, tokens[close].end()
            at += 1
        yield literal(position, end)

    return "".join(pieces(0, len(tokens), 0, len(text))), tuple(notes)


def _shown(token: re.Match[str], inner: str | None, page: Page) -> str | None:
    reader = READERS.get(token["name"].removesuffix(".html").rpartition("/")[2].lower())
    if reader is None:
        return None
    named: dict[str, str] = {}
    positional: list[str] = []
    rest = token["rest"].rstrip()
    for match in _ARGUMENT.finditer(rest.removesuffix("/") if _is_closed(token) else rest):
        value = match["raw"] if match["raw"] is not None else match["bare"]
        if match["double"] is not None:
            value = re.sub(r"\\(.)", r"\1", match["double"])
        if match["key"]:
            named[match["key"]] = value or ""
        else:
            positional.append(value or "")
    return reader(Shortcode(token["name"].lower(), tuple(positional), named, inner), page)


def _pairs(tokens: list[re.Match[str]]) -> dict[int, int]:
    """Return the closing tag of each shortcode that has one, by their places."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    waiting: Counter[str] = Counter()  # how often each name is open
    for at, token in enumerate(tokens):
        name = token["name"]
        if token["comment"] or _is_closed(token) or (token["close"] and not waiting[name]):
            continue
        if not token["close"]:
            opened.append(at)
            waiting[name] += 1
            continue
        start = opened.pop()
        while tokens[start]["name"] != name:  # those between have no end
            waiting[tokens[start]["name"]] -= 1
            start = opened.pop()
        waiting[name] -= 1
        if len(opened) < _DEEPEST:
            ends[start] = at
    return ends


def _is_closed(token: re.Match[str]) -> bool:
    """Tell whether a tag ends itself by a slash; one at the end of an address is a part of that."""
    rest = token["rest"].rstrip()
    return rest == "/" or (rest.endswith("/") and rest[-2] in ' \t\n"`')


def _fences(text: str) -> list[tuple[int, int]]:
    """Return where fenced blocks of code are."""
    spans: list[tuple[int, int]] = []
    start, mark = 0, ""
    for match in _FENCE.finditer(text):
        if not mark:
            start, mark = match.start(), match[1]
        elif match[1].startswith(mark):
            spans.append((start, match.end()))
            mark = ""
    return [*spans, (start, len(text))] if mark else spans
