"""Content of an entry that its tree lacks, so that every loss is reported."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from postdocs.importer.addresses import key_of
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import walk
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import read
from postdocs.importer.html.inventory import Item, Kind, inventory, text_shown
from postdocs.importer.html.math.delimiters import SWITCH
from postdocs.importer.html.math.formula import in_html as formulas_in
from postdocs.importer.words import words_of

_ADDRESSES = re.compile(r"""(?:href|src|poster|data|srcset)\s*=\s*"([^"]*)\"""")
_NAMESPACE = re.compile(r"https?://(?:www\.)?(?:w3\.org|schema\.org|ogp\.me|gmpg\.org)/", re.IGNORECASE)
_SHORTCODE = re.compile(r"\[/?[A-Za-z][\w-]*(?:[\s=:][^\[\]]*)?\]")
_PHRASE = re.compile(r"=\s*(?:\"([^\"\s]+\s[^\"]*)\"|'([^'\s]+\s[^']*)')")  # a value of several words
_IN_TEXT = re.compile(r"https?://[^\s<>\"'\[\]]+")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")  # of TeX
# What is compared otherwise, or is nothing that anybody reads: formulas, and what switches them or the
# colours of terminals.
_APART = re.compile(
    r"\\\((?:(?!\\\().){1,4000}?\\\)|\\\[(?:(?!\\\[).){1,4000}?\\\]|\$(?:\$|latex\b)[^$]{1,4000}\$"
    r"|\\begin\{([\w*]+)\}.{1,2000}?\\end\{\1\}|\[(latex|katex)\b(?:(?!\[\2\b).){1,4000}?\[/\2\]"
    rf"|(?i:{SWITCH})|\[[\d;]*m|\\(?:label|(?:eq)?ref)\s*\{{[^{{}}]*\}}|\\[A-Za-z]+",
    re.DOTALL,
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_EXCERPT = 80  # characters
# What of a formula becomes its number, or goes since it says only that it stands on a line of its own.
_AROUND = re.compile(
    r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag|displaystyle|textstyle)(?![A-Za-z])"
    r"|\\(?:begin|end)\{(?:equation\*?|displaymath|math)\}|<!\[CDATA\[|\]\]>"
)
_REFERENCE = re.compile(r"\\(?:eq)?ref\s*\{[^{}]*\}")
_PLAIN = frozenset({"embed", "iframe", "index.html", "index.php", "player", "post", "true", "video", "watch"})
_SHORTEST = 3  # characters of a name that stands for a video or the like in another address


def missing_words(before: Sequence[str], after: Sequence[str]) -> list[Note]:
    """Return a note for each run of words that the tree of an entry has otherwise than its HTML."""
    if before == after:
        return []
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        Note(NoteKind.LOST, "words", " ".join(before[a:b]), " ".join(after[c:d]))
        for kind, a, b, c, d in changes
        if kind != "equal"
    ]


def missing_end(html: str, *, is_whole: bool) -> list[Note]:
    """Return a note where a browser shows nothing of the last part of an entry."""
    what = "a tag, a comment or the like has no end, so browsers show nothing after it; look at the end"
    return [] if is_whole else [Note(NoteKind.NOTICED, what, html.rstrip()[-_EXCERPT:])]


def missing_text(text: str, document: nodes.Document, notes: Iterable[Note]) -> list[Note]:
    """Return a note on the words of a text that are nowhere in a document, in no order, nor in notes on it.

    Only letters count, and no commands of TeX: how words are joined and marked is compared elsewhere.
    """
    body = " ".join(words_of(document))
    missing = Counter(_words(text)) - Counter(_words(body))
    if not missing:
        return []
    others = [text for node in walk(document) for text in vars(node).values() if isinstance(text, str)]
    others += [text for note in notes for text in (note.what, note.before, note.after)]
    whole = " ".join([body, *others])
    joined = "".join(_LETTER.findall(whole.casefold()))  # where there are two words, the text may have one
    words = [word for word in (missing - Counter(_words(" ".join(others)))).elements() if word not in joined]
    return [Note(NoteKind.LOST, "words", " ".join(words))] if words else []


# The script that shows a gist, whose link comes along.
_GIST = re.compile(r"(//gist\.github\.com/[\w/-]+)\.js(?:\?\S*)?$")
# Other sizes of a picture, of which one comes along; what plays a film; what a form sends that nobody sees.
_BESIDE = re.compile(
    r"""\b(?:(?:data-)?(?:lazy-)?srcset|codebase|pluginspage)\s*=\s*(?:"[^"]*"|'[^']*')"""
    r"""|<input\b(?=[^<>]*\btype\s*=\s*["']?hidden\b)[^<>]*>""",
    re.IGNORECASE,
)


def missing_stored(
    stored: str, document: nodes.Document, notes: Sequence[Note], base: str | None
) -> list[Note]:
    """Return a note for each address, and on the words, of a post as its source keeps it.

    stored: HTML with shortcodes in brackets, whose words count, and their attributes where these are words.
    """
    text = unescape(_BESIDE.sub(" ", stored).replace("\\/", "/"))
    urls = dict.fromkeys(_without_end(url) for url in _IN_TEXT.findall(text) if not _NAMESPACE.match(url))
    apart = _SHORTCODE.sub(_words_of_shortcode, stored).replace("<", " <")  # in code it may be no tag
    shown = text_shown(read(apart)) if "[" in stored else ""
    pictures = (item for item in inventory(read(stored)) if item.kind is Kind.PICTURE)
    by_address = {name: item for item in pictures for name in item.names}
    items = dict.fromkeys(
        by_address.get(url) or Item(Kind.STORED, (url, _GIST.sub(r"\1", url))) for url in urls
    )
    return [
        *missing_items(items, document, notes, base),
        *missing_text(_IN_TEXT.sub(" ", shown), document, notes),
    ]


def _without_end(url: str) -> str:
    """Return an address without what ends a sentence after it, or the `url()` of a style around it."""
    url = url.rstrip(".,;")
    return url if "(" in url else url.partition(")")[0]


def _words_of_shortcode(match: re.Match[str]) -> str:
    return f" {' '.join(value for pair in _PHRASE.findall(match[0]) for value in pair)} "


def missing_items(
    items: Iterable[Item], document: nodes.Document, notes: Iterable[Note], base: str | None
) -> list[Note]:
    """Return a note for each item that is neither in a document nor in the notes on it.

    document: before its links and pictures lead to files of the site. base: what relative addresses are
    relative to.
    """
    post = _Post(document, notes, base)
    return [
        Note(
            NoteKind.NOTICED if item.kind is Kind.BACKGROUND else NoteKind.LOST,
            str(item.kind) if item.kind is not Kind.BACKGROUND else "a background picture is left out",
            item.names[0],
        )
        for item in items
        if not post.has(item)
    ]


class _Post:
    """What a document holds, and what is said of it."""

    def __init__(self, document: nodes.Document, notes: Iterable[Note], base: str | None) -> None:
        self._base = base
        inner = [*walk(document)]
        html = [node.html for node in inner if isinstance(node, nodes.RawBlock | nodes.RawInline)]
        raw_addresses = [unescape(url) for text in html for url in _ADDRESSES.findall(text)]
        links = [node.url for node in inner if isinstance(node, nodes.Link)]
        links += [node.link for node in inner if isinstance(node, nodes.Figure) and node.link]
        images = [node for node in inner if isinstance(node, nodes.Image)]
        texts = [node.text for node in inner if isinstance(node, nodes.Text | nodes.Code | nodes.CodeBlock)]
        code = [node.text for node in inner if isinstance(node, nodes.CodeBlock)]
        in_code = [url for text in code for url in _IN_TEXT.findall(text)]  # where a link is its address
        self._links = Counter(map(self._key, [*links, *raw_addresses, *in_code]))
        in_text = [url for text in texts for url in _IN_TEXT.findall(text)]
        self._addresses = [*links, *raw_addresses, *(image.src for image in images), *in_text]
        self._keys = {*map(self._key, self._addresses)}
        words = [*texts, *(image.alt for image in images), *(unescape(text) for text in html)]
        self._words = _folded(" ".join(words))
        tex = [node.tex for node in inner if isinstance(node, nodes.Math | nodes.MathBlock)]
        tex += [formula.tex for text in html for formula in formulas_in(text)]
        self._formulas = [form for text in tex if (form := _letters(text))]
        self._tex = " ".join([*self._formulas, *(_letters(unescape(text)) for text in html)])
        self._said = "\n".join(f"{note.what}\n{note.before}\n{note.after}" for note in notes)

    def has(self, item: Item) -> bool:
        """Tell whether an item is here, or a note names it."""
        tests: dict[Kind, Callable[[str], bool]] = {
            Kind.LINK: self._has_link,
            Kind.PICTURE: self._has_picture,
            Kind.ALTERNATIVE: self._has_words,
            Kind.FORMULA: self._has_formula,
            Kind.BACKGROUND: self._has_address,
        }
        test = tests.get(item.kind, self._has_embed)
        return any(test(name) or self._says(name) for name in item.names)

    def _says(self, name: str) -> bool:
        """Tell whether a note names something, and not something else of which the name is a part."""
        return re.search(rf"(?<![\w/]){re.escape(name)}(?![\w/])", self._said) is not None

    def _key(self, url: str) -> str:
        try:
            whole = urljoin(self._base or "", url.strip())
        except ValueError:
            whole = url
        return key_of(whole) or whole.partition("#")[0]

    def _has_link(self, url: str) -> bool:
        key = self._key(url)
        is_of_page = "#" in url and self._base is not None and key == self._key(self._base)
        has = is_of_page or self._links[key] > 0
        self._links[key] -= 1
        return has

    def _has_address(self, url: str) -> bool:
        return self._key(url) in self._keys

    def _has_picture(self, url: str) -> bool:
        return self._has_address(url) or self._has_formula_of(unquote(url))

    def _has_formula_of(self, text: str) -> bool:
        """Tell whether a text, or the part of an address that says what it shows, is a formula here."""
        texts = [text, text.partition("?")[2], *re.split(r"[?&;/]", text)]
        forms = {_letters(part) for one in texts for part in (one, one.partition("=")[2])}
        return any(form.endswith(tex) for form in forms for tex in self._formulas if _is_most(tex, form))

    def _has_words(self, text: str) -> bool:
        return _folded(text) in self._words or self._has_formula_of(text)

    def _has_formula(self, tex: str) -> bool:
        return all(_letters(part) in self._tex for part in _REFERENCE.split(tex))

    def _has_embed(self, name: str) -> bool:
        is_there = self._has_address(name) or _folded(name) in self._words
        patterns = [rf"(?<![\w-]){re.escape(token)}(?![\w-])" for token in _tokens(name)]
        return is_there or any(re.search(pattern, url) for pattern in patterns for url in self._addresses)


def _words(text: str) -> list[str]:
    return _WORD.findall(_APART.sub(" ", _REFERENCE.sub(" ", text)).casefold())


def _folded(text: str) -> str:
    return " ".join(text.split())


def _letters(tex: str) -> str:
    """Return what of a formula no reader changes: its letters and digits, without comments and numbers."""
    return re.sub(r"[\W_]+", "", _AROUND.sub("", _COMMENT.sub("", tex)))


def _is_most(part: str, whole: str) -> bool:
    return 2 * len(part) > len(whole)


def _tokens(name: str) -> Iterator[str]:
    """Yield what tells an embed apart at its host: the last part of its path, or a value of its query."""
    try:
        parts = urlsplit(name)
        values = [parts.path.rstrip("/").rpartition("/")[2], *(value for _, value in parse_qsl(parts.query))]
    except ValueError:
        values = [name]
    yield from (value for value in values if len(value) >= _SHORTEST and value.lower() not in _PLAIN)
