"""The paragraphs that WordPress shows: its database holds none.

Empty lines part them, and line feeds are line breaks, unless the post is made of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postdocs.core.html import VOID

# An address on a line of its own; and what begins and ends an element in which one is no embed.
_ALONE = re.compile(
    r"^[^\S\n]*(?P<url>https?://[^\s<>\"]+)[^\S\n]*$|<(?P<end>/?)(?P<name>a|code)\b",
    re.IGNORECASE | re.MULTILINE,
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z\d]*)(?=[\s/>])|<!--", re.IGNORECASE)
_KEPT = frozenset({"pre", "script", "style", "svg", "math", "textarea"})  # to the letter
# What WordPress takes for blocks (wpautop); it counts as its readers saw it, not what HTML says.
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote caption col colgroup dd details div dl dt fieldset figcaption
        figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li map menu nav ol p section summary
        table tbody td tfoot th thead tr ul""",
    )
)
_WRAPPED = frozenset({"", "blockquote"})  # a single line in them is a paragraph, as in no other element
_NO_PARAGRAPHS = frozenset(
    re.findall(
        r"\w+",
        """caption colgroup dl dt h1 h2 h3 h4 h5 h6 legend map menu ol p summary table tbody tfoot thead
        tr ul""",
    )
)


def paragraphs(text: str) -> str:
    """Return text with the paragraphs and line breaks that WordPress shows ("autop")."""
    parts: list[str] = []
    open_: list[str] = [""]
    inline: list[str] = []

    def flush() -> None:
        parts.append(_flow("".join(inline), open_[-1]))
        inline.clear()

    for name, token in _tokens(text):
        if not name:
            inline.append(token)
            continue
        flush()
        if name in _KEPT or name in VOID:
            if open_[-1] == "p":
                open_.pop()
            parts.append(token)
        elif token.startswith("</"):
            if name in open_:
                del open_[len(open_) - 1 - open_[::-1].index(name) :]
            parts.append(f"{token}\n")
        else:
            if open_[-1] == "p":  # HTML Living Standard §13.2.6.4.7: a block ends it
                open_.pop()
            open_.append(name)
            parts.append(token)
    flush()
    return "".join(parts).strip()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield blocks' tags and kept elements by name; everything between has no name. Comments are gone."""
    at = 0
    low = text.lower()
    unclosed: set[str] = set()
    while match := _TAG.search(text, at):
        yield "", text[at : match.start()]
        name = (match["name"] or "").lower()
        close = "-->" if not name else f"</{name}" if name in _KEPT and not match["end"] else ">"
        end = -1 if close in unclosed else low.find(close, match.end())
        if end >= 0 and close.startswith("</"):
            end = low.find(">", end)
        if end < 0:
            unclosed.add(close)
            yield "", match[0]
            at = match.end()
            continue
        at = end + (3 if not name else 1)
        if name in _KEPT or name in _BLOCKS:
            yield name, text[match.start() : at]
        elif name:
            yield "", text[match.start() : at].replace("\n", " ")
    yield "", text[at:]


def _flow(text: str, inside: str) -> str:
    if not text.strip():
        return ""
    text = re.sub(r"<br\s*/?>(?:\s*<br\s*/?>)+", "\n\n", text)
    blocks = [_lines(part) for part in re.split(r"\n[^\S\n]*\n", text) if part.strip()]
    if inside == "p":
        return "</p>\n<p>".join(blocks)
    if inside in _NO_PARAGRAPHS or (inside not in _WRAPPED and not re.search(r"\n[^\S\n]*\n", text)):
        return "\n".join(blocks)
    return "".join(f"<p>{part}</p>\n" for part in blocks)


def _lines(text: str) -> str:
    return re.sub(r"(?:<br\s*/?>)?[^\S\n]*\n[^\S\n]*", "<br />\n", "".join(_with_embeds(text.strip())))


def _with_embeds(text: str) -> Iterator[str]:
    """Yield a text in pieces, with a link for each address that is alone on its line, as WordPress embeds it.

    https://developer.wordpress.org/reference/classes/wp_embed/autoembed/
    """
    at, around = 0, ""
    for match in _ALONE.finditer(text):
        if match["name"]:
            name = match["name"].lower()
            around = ("" if around == name else around) if match["end"] else around or name
        elif not around:
            yield f'{text[at : match.start()]}<a href="{match["url"]}">{match["url"]}</a>'
            at = match.end()
    yield text[at:]
