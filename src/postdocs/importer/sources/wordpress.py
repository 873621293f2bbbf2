"""What WordPress stores of a post, turned into the HTML that it shows.

The database holds no paragraphs: empty lines part them, and line feeds are line breaks, unless the post is
made of blocks. Shortcodes in brackets stand for markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from postdocs.core.html import VOID
from postdocs.importer.entry import Note, NoteKind

_LANGUAGES = re.findall(
    r"\w+",
    """actionscript3 as3 bash clojure coldfusion cpp csharp css delphi diff erlang fsharp go groovy html java
    javafx javascript js latex matlab objc perl php plain powershell python py rails ruby rb scala shell sql
    swift vb xml yaml""",
)  # shortcodes of SyntaxHighlighter that are named by their language
_CODE = ("code", "sourcecode", "cc", *_LANGUAGES)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_OTHER = re.compile(r"""(?<!\[)\[([a-z][\w-]*)(?=\s+[\w-]+\s*=\s*["'\w])[^\[\]]*\]""", re.IGNORECASE)
_PICTURE = re.compile(r"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)
_EMBED = re.compile(r'(<div class="wp-block-embed__wrapper">)\s*(https?://[^\s<>]+)\s*(?=</div>)')
_BLOCK = re.compile(r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][\w/-]*).*?(?P<empty>/)?-->", re.DOTALL)
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


def to_html(raw: str, pictures: Mapping[str, str], attached: Sequence[str], notes: list[Note]) -> str:
    """Return the HTML of a post.

    pictures: addresses of attachments by their id, for galleries. attached: those of this post's attachments.
    """
    text = _shortcodes(raw.replace("\r\n", "\n").replace("\r", "\n"), "|".join(_CODE), _code)
    end = text.lower().rfind("</pre")  # beyond it nothing can match, and looking would take quadratic time
    parts = re.split(r"(<pre\b.*?</pre(?=[\s>]|\Z))", text[: end + 5], flags=re.DOTALL | re.IGNORECASE)
    parts[-1] += text[end + 5 :]
    expanded = "".join(
        part if n % 2 else _expand(part, pictures, attached, notes) for n, part in enumerate(parts)
    )
    if "<!-- wp:" not in expanded:
        return paragraphs(expanded)
    return _EMBED.sub(_embed, "".join(_blocks(expanded, notes))).strip()


def _blocks(text: str, notes: list[Note]) -> Iterator[str]:
    """Yield a post made of blocks without their comments; what is between blocks is of the classic kind."""
    depth = at = 0
    for start, end in _comments(text):
        match = _BLOCK.fullmatch(text, start, end)
        if match is None:
            continue
        yield text[at:start] if depth else paragraphs(text[at:start])
        at = end
        if match["empty"]:
            what = f"the block {match['name']} is filled in by WordPress when it is shown, and is empty here"
            notes.append(Note(NoteKind.LOST, what))
        else:
            depth = max(0, depth - 1) if match["end"] else depth + 1
    yield text[at:] if depth else paragraphs(text[at:])


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end)


def _embed(match: re.Match[str]) -> str:
    return f'{match[1]}<a href="{match[2]}">{match[2]}</a>'


def _shortcodes(text: str, names: str, make: Callable[[str, Mapping[str, str], str], str]) -> str:
    """Replace shortcodes by what *make* makes of name, attributes and content; `[[x]]` shows `[x]`."""
    opening = re.compile(rf"\[({names})(?=[\s\]/])([^\[\]]*)\]", re.IGNORECASE)
    parts = []
    at = 0
    unclosed: set[str] = set()
    while match := opening.search(text, at):
        name = match[1].lower()
        end = -1 if name in unclosed or match[2].endswith("/") else text.find(f"[/{match[1]}]", match.end())
        if end < 0:
            unclosed.add(name)
        inner, after = (text[match.end() : end], end + len(name) + 3) if end >= 0 else ("", match.end())
        if text[max(0, match.start() - 1) : match.start()] == "[" and text[after : after + 1] == "]":
            parts.append(text[at : match.start() - 1] + text[match.start() : after])
            after += 1
        elif end < 0 and name in _CODE:
            parts.append(text[at:after])  # a word in brackets
        else:
            attributes = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(match[2])}
            parts.append(text[at : match.start()] + make(name, attributes, inner))
        at = after
    return "".join((*parts, text[at:]))


def _code(name: str, attributes: Mapping[str, str], inner: str) -> str:
    language = attributes.get("language") or attributes.get("lang") or (name if name in _LANGUAGES else "")
    # The visual editor stores code with references, the text editor without.
    text = inner if "<" in inner or ">" in inner else html.unescape(inner)
    classes = f' class="language-{html.escape(language)}"' if language else ""
    return f"\n\n<pre><code{classes}>{html.escape(text.strip(chr(10)), quote=False)}</code></pre>\n\n"


def _expand(text: str, pictures: Mapping[str, str], attached: Sequence[str], notes: list[Note]) -> str:
    def make(name: str, attributes: Mapping[str, str], inner: str) -> str:
        if name in {"caption", "wp_caption"}:
            picture = _PICTURE.search(inner)
            if picture is None:
                return inner
            words = attributes.get("caption") or (inner[: picture.start()] + inner[picture.end() :]).strip()
            return f"\n\n<figure>{picture[0]}<figcaption>{words}</figcaption></figure>\n\n"
        if name == "gallery":
            ids = [id_.strip() for id_ in attributes.get("ids", "").split(",") if id_.strip()]
            urls = [pictures[id_] for id_ in ids if id_ in pictures] if ids else attached
            kind = NoteKind.NOTICED if len(urls) == len(ids or attached) and urls else NoteKind.LOST
            notes.append(
                Note(
                    kind, f"a gallery is {len(urls)} pictures, one below the other, of {len(ids or attached)}"
                )
            )
            return (
                "\n\n" + "\n\n".join(f'<p><img src="{html.escape(url)}" alt=""></p>' for url in urls) + "\n\n"
            )
        keys = ("src", "mp3", "mp4", "m4a", "ogg", "wav", "m4v", "webm")
        url = html.escape(next((attributes[key] for key in keys if key in attributes), inner.strip()))
        if not url:
            notes.append(Note(NoteKind.LOST, f"the shortcode {name} names no address"))
            return ""
        return f'\n\n<p><a href="{url}">{url}</a></p>\n\n'

    text = _shortcodes(text, "caption|wp_caption|gallery|embed|audio|video", make)
    notes.extend(
        Note(NoteKind.NOTICED, f"the shortcode [{name} …] is of a plugin, and came along as text")
        for name in dict.fromkeys(match[1] for match in _OTHER.finditer(text))
    )
    return text


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
    text = re.sub(r"(?:<br\s*/?>)?[^\S\n]*\n[^\S\n]*", "<br />\n", text.strip())
    if re.fullmatch(r"https?://[^\s<>\"]+", text):  # WordPress embeds an address that is alone
        return f'<a href="{text}">{text}</a>'
    return text
