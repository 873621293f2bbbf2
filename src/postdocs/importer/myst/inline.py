"""Inline nodes → MyST: the phrases inside a paragraph, a heading, a cell."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText, validateLink

from postdocs.core.urls import same_request
from postdocs.importer.ast import nodes
from postdocs.importer.myst import markup
from postdocs.importer.myst.escapes import Context, can_mark, context_of, escape, reference

_KNOWN_SCHEME = re.compile(r"(?:https?|ftp|mailto|path|project):")  # schemes that MyST knows what to do with
_WEB = re.compile(r"https?://")
_PAGE = re.compile(r"https?://[^\s<>\\`\"{}|^]+")
_MAIL = re.compile(r"[\w.+-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}", re.ASCII)
_BALANCED = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*")
_WIDTH = re.compile(r"\d+(?:\.\d+)?(?:px|em|rem|cm|mm|in|pt|pc|ex|ch|%)?")
_HEIGHT = re.compile(r"\d+(?:\.\d+)?(?:px|em|rem|cm|mm|in|pt|pc|ex|ch)?")


def write(children: tuple[nodes.Inline, ...], base: Context) -> str:
    """Write the phrases of one block."""
    return _run(children, context_of(children, base), " ", " ")


def citation(node: nodes.Citation) -> str:
    """Write a citation as a role of sphinxcontrib-bibtex."""
    return f"{{cite:{node.role}}}`{node.targets}`"


def _run(children: tuple[nodes.Inline, ...], context: Context, before: str, after: str) -> str:
    """Write phrases that stand between two characters; a space is the line's start or end."""
    out = ""
    for at, child in enumerate(children):
        previous = out[-1] if out else before
        following = children[at + 1] if at + 1 < len(children) else None
        ahead = after if following is None else _first(following)
        if isinstance(child, nodes.Text):
            out += _text(child.text, context, children, at, (before, after))
        elif isinstance(child, nodes.Span) and child.tag in {"em", "strong"} and not context.every:
            out += _emphasis(child, context, previous, ahead) or _tagged(child, context)
        else:
            edge = following is None or at == 0 or (before, after) != (" ", " ")
            phrase = _phrase(child, context, edge=edge)
            # two delimiters of a kind would be one longer delimiter: a comment keeps them apart
            out += f"<!-- -->{phrase}" if phrase[0] == previous and previous in "`$" else phrase
    return out


def _text(
    text: str, context: Context, children: tuple[nodes.Inline, ...], at: int, around: tuple[str, str]
) -> str:
    before = children[at - 1] if at else None
    behind = children[at + 1] if at + 1 < len(children) else None
    starts = around[0] == " " if before is None else isinstance(before, nodes.LineBreak)
    ends = around[1] == " " if behind is None else isinstance(behind, nodes.LineBreak)
    follows = ""
    if before is not None:
        follows = "{([:" if isinstance(before, nodes.FootnoteRef) else "{"
    return escape(text, context, starts_line=starts, ends_line=ends, follows=follows)


def _first(node: nodes.Inline) -> str:
    """Tell the first character of what a node is written as: a letter, or some punctuation mark."""
    match node:
        case nodes.Text(text):
            return text[0]
        case nodes.LineBreak():
            return "\n"
        case nodes.Span("em" | "strong"):
            return "*"
        case _:
            return "<"


def _emphasis(span: nodes.Span, context: Context, previous: str, ahead: str) -> str | None:
    """Write emphasis with marks; None where no mark would be read as one (CommonMark 0.31 §6.2).

    That is beside a letter, where a punctuation mark is inside: `**Note:**read`.
    """
    width = 2 if span.tag == "strong" else 1
    inner = _run(span.children, context, "*", "*")
    if not inner or (previous == "\\"):
        return None
    if inner[0].isspace():
        inner = reference(inner[0]) + inner[1:]
    if inner[-1].isspace():
        inner = inner[:-1] + reference(inner[-1])
    touching = "*" in {previous, inner[0]} or inner[-1] == "*" or ahead == "*"
    marks = ("_", "*") if touching and previous != "_" else ("*", "_")
    for mark in marks:
        if mark in {previous, inner[0]} or (inner[-1] == mark and not inner.endswith(f"\\{mark}")):
            continue
        if all(can_mark(mark, previous, inner[0], inner[-1], ahead)):
            return f"{mark * width}{inner}{mark * width}"
    return None


def _tagged(span: nodes.Span, context: Context) -> str:
    start = markup.span(span)
    return f"{start}{_run(span.children, context, '>', '<')}</{span.tag}>"


def _phrase(node: nodes.Inline, context: Context, *, edge: bool) -> str:  # noqa: PLR0911 - one for each kind
    match node:
        case nodes.Code(text):
            return _code(text)
        case nodes.Math(tex):
            return _formula(tex, context)
        case nodes.Anchor(id_):
            return f"[]{{#{id_}}}"
        case nodes.LineBreak():
            return "<br>" if edge or context.one_line or context.brackets else "\\\n"
        case nodes.Span():
            return _tagged(node, context)
        case nodes.Link():
            return _link(node, context)
        case nodes.Image():
            return _image(node)
        case nodes.FootnoteRef(label):
            return f"[^{label}]"
        case nodes.Citation():
            return citation(node)
        case nodes.RawInline(source):
            return _html(source, context)
        case nodes.Text():  # pragma: no cover - text is written where its neighbours are known
            raise TypeError(node)


def _code(text: str) -> str:
    if not text:
        return "<code></code>"
    longest = {len(run) for run in re.findall(r"`+", text)}
    fence = next("`" * width for width in range(1, len(longest) + 2) if width not in longest)
    pad = " " if text[0] == "`" or text[-1] == "`" or (text[0] == text[-1] == " " and text.strip(" ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _formula(tex: str, context: Context) -> str:
    if not context.every and tex.strip() and not re.search(r"\$|\n|\\$", tex):
        return f"${tex}$"
    fence = "`" * (1 + max(map(len, re.findall(r"`+", tex)), default=0))
    return f"{{math}}{fence}{tex}{fence}"


def _link(link: nodes.Link, context: Context) -> str:
    inner_context = replace(context, brackets=True)
    if not _survives(link.url):
        start = markup.tag("a", href=link.url, title=link.title)
        return f"{start}{_run(link.children, context, '>', '<')}</a>"
    is_understood = _KNOWN_SCHEME.match(link.url) or (link.url[:1] == "#" and link.url[1:] in context.anchors)
    if (address := _autolink(link)) and not context.every:
        return f"<{address}>"
    inner = _run(link.children, inner_context, "[", "]")
    return f"[{inner}]({_target(link.url, link.title)}){'' if is_understood else '{.external}'}"


def _survives(url: str) -> bool:
    """Tell whether a browser asks for the same when MyST has normalised the address."""
    return url == url.strip() and validateLink(url) and same_request(normalizeLink(url), url)


def _autolink(link: nodes.Link) -> str:
    """Return what stands between angle brackets for a link that shows its address; empty where none can."""
    if len(link.children) != 1 or not isinstance(text := link.children[0], nodes.Text) or link.title:
        return ""
    is_mail = link.url == f"mailto:{text.text}" and _MAIL.fullmatch(text.text)
    is_page = link.url == text.text and _PAGE.fullmatch(link.url) and normalizeLinkText(link.url) == link.url
    return text.text if is_mail or is_page else ""


def without_spaces(url: str) -> str:
    """Write a web address with spaces as a browser asks for it; that of a file stays."""
    return url.replace(" ", "%20") if _WEB.match(url) else url


def _target(url: str, title: str) -> str:
    """Write where a link leads: in angle brackets only where CommonMark 0.31 §6.3 wants some."""
    url = without_spaces(url)
    escaped = re.sub(r"[\\<>]|&(?=#?[0-9A-Za-z]+;)", r"\\\g<0>", url)
    plain = url and not re.search(r"[\s<>\\\x00-\x20\x7f]", url) and _BALANCED.fullmatch(url)
    words = re.sub(r"[\\\"&`]", r"\\\g<0>", title)
    return (escaped if plain else f"<{escaped}>") + (f' "{words}"' if title else "")


def _image(image: nodes.Image) -> str:
    size_fits = (not image.width or _WIDTH.fullmatch(image.width)) and (
        not image.height or _HEIGHT.fullmatch(image.height)
    )
    reachable = "://" in image.src or not re.match(r"//|[A-Za-z][A-Za-z0-9+.-]*:|#|$", image.src)
    if not size_fits or not reachable or not _survives(image.src):
        return markup.image(image)
    alt = re.sub(r"[\\`*_\[\]<&$!{}~|:]", r"\\\g<0>", image.alt)
    sizes = [f'{key}="{size}"' for key, size in (("width", image.width), ("height", image.height)) if size]
    attributes = f"{{{' '.join(sizes)}}}" if sizes else ""
    return f"![{alt}]({_target(image.src, image.title)}){attributes}"


def _html(source: str, context: Context) -> str:
    """Write HTML inside text: its tags as they are, its text as text."""
    every = replace(context, every=True)
    parts = []
    for is_tag, token in markup.tokens(source):
        if is_tag:
            parts.append(token)
            continue
        words = re.split(r"(&[#\w]+;)", token)
        parts.extend(
            word if at % 2 else escape(word, every, starts_line=False, ends_line=False)
            for at, word in enumerate(words)
        )
    return "".join(parts)
