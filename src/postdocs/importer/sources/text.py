"""Plain text of HTML and HTML of plain text."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from postdocs.core.html import APART, NOT_TEXT, RAW_TEXT
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.model import fold

# What titles hold of markup. `vector<int>` and "the <canvas> tag" are text.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|tt|u)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BOGUS = re.compile(r"<!\[[^>]*>?")  # HTML Living Standard §13.2.5.41: a comment up to the next `>`
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
_MARKUP = re.compile(
    r"</[a-z][a-z\d]*\s*>|<(?:p|br|hr|img|div|ul|ol|h[1-6]|blockquote|pre|table)\b[^<>]*>", re.IGNORECASE
)
_CUT = re.compile(
    r"(?:…|\.\.\.)\s*[\])»>→]*$|(?:read|see) (?:the )?(?:more|full|rest|on)\b.{0,40}$"
    r"|(?:continue|keep) reading\b.{0,80}$|\bmore\s*[»>→]+$",
    re.IGNORECASE,
)
# What WordPress plugins put under each entry of a feed.
_FOOTER = re.compile(
    r"<p>\s*The post <a\b[^<>]*>[^<>]*</a> (?:appeared first on|first appeared on) .{0,300}\Z", re.DOTALL
)


class _Reader(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in NOT_TEXT
        if tag in APART:
            self.parts.append(" ")
        if tag in RAW_TEXT:
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in APART:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in NOT_TEXT:
            self.unseen = max(0, self.unseen - 1)
        if tag in APART:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def plain(markup: str) -> str:
    """Return the text of HTML, white space folded."""
    reader = _Reader()
    # html.parser takes quadratic time for comments and tags that have no end.
    end = (markup := without_comments(markup)).rfind(">") + 1
    reader.feed(markup[:end])
    reader.close()
    return fold("".join((*reader.parts, "" if reader.unseen else html.unescape(markup[end:]))))


def without_comments(markup: str) -> str:
    """Return HTML without comments, `<![CDATA[` and its like included, which html.parser gives up on."""
    parts, at = [], 0
    while (start := markup.find("<!--", at)) >= 0:
        parts.append(markup[at:start])
        end = markup.find("-->", start)
        at = end + 3 if end >= 0 else len(markup)  # HTML Living Standard §13.2.5.45: it ends with the text
    return _BOGUS.sub("", "".join((*parts, markup[at:])))


def title_of(text: str, notes: list[Note]) -> str:
    """Return the plain text of a title that may hold markup or references, as titles in RSS do."""
    bare = fold(_REFERENCE.sub(lambda match: html.unescape(match[0]), _INLINE.sub("", text)))
    if _INLINE.search(text):
        notes.append(Note(NoteKind.NOTICED, "its title is plain text now", fold(text), bare))
    return bare


def html_title(text: str, notes: list[Note]) -> str:
    """Return the plain text of a title in HTML."""
    bare = plain(text)
    if not bare and fold(text):  # nothing but tags: somebody wrote about them and escaped once too little
        return fold(text)
    if _INLINE.search(text):
        notes.append(Note(NoteKind.NOTICED, "its title is plain text now", fold(text), bare))
    return bare


def looks_like_html(text: str) -> bool:
    """Tell whether text of no declared type is HTML."""
    return _MARKUP.search(text) is not None


def paragraphs(text: str, line_end: str) -> str:
    """Return the HTML of plain text: a paragraph for what stands between empty lines.

    line_end: what joins the lines of a paragraph.
    """
    blocks = re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = ([fold(line) for line in block.split("\n") if line.strip()] for block in blocks)
    return "\n".join(
        f"<p>{line_end.join(html.escape(line, quote=False) for line in block)}</p>"
        for block in lines
        if block
    )


def is_cut(markup: str) -> bool:
    """Tell whether a text ends as one does that goes on elsewhere."""
    return _CUT.search(plain(_FOOTER.sub("", markup))) is not None


def whole_summary(summary: str, content: str) -> str | None:
    """Return a summary as plain text, None where it is nothing but the beginning of the content, or cut off.

    Punctuation and white space don't count: generators make the beginning from text without markup.
    """
    summary = _FOOTER.sub("", summary)
    text = plain(summary)
    if not text or _CUT.search(text):
        return None
    return None if _letters(plain(content)).startswith(_letters(text)) else text


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
