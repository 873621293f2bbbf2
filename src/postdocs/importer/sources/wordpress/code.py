"""Code in shortcodes and `pre`, as plugins that highlight it store it: its text is code to the letter."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote_plus

from postdocs.importer.sources.wordpress.library import Reading
from postdocs.importer.sources.wordpress.syntax import Shortcode

# Shortcodes that are named by the language: SyntaxHighlighter, Crayon, iG:Syntax Hiliter, Enlighter.
LANGUAGES = frozenset(
    re.findall(
        r"\w+",
        """actionscript actionscript3 ada apache arduino as3 asm asp awk bash bat batch c cf
        clojure cobol coffeescript coldfusion console cpp csharp css dart delphi diff docker dos
        elixir erlang fortran fsharp go graphql groovy haskell html html5 ini java javafx
        javascript jquery js json jsx julia kotlin less lisp lua make makefile matlab mssql
        mysql objc objectivec ocaml oracle pascal patch perl pgsql php plain plsql posh
        powershell prolog ps1 python py r rails rb ruby rust sas scala scheme scss sed sh shell
        sql swift tcl terminal text toml ts tsql typescript vb vba vbnet verilog vhdl vim xhtml
        xml yaml yml""",
    )
)
_NAMED = frozenset({
    "code", "sourcecode", "source", "crayon", "highlight", "highlighter", "codesyntax", "geshi", "prettify",
    "prettyprint", "prism", "enlighter", "syntax", "syntaxhighlighter", "wp_code_highlight", "pastacode",
    "codeblock", "code_block", "code-block", "pre", "ccode", "codeinline", "icode", "simple_code", "hcode",
    "codecolorer", "code_highlight", "codehighlight",
})  # fmt: skip
# CodeColorer: its letters are options (inline, escaped, line numbers …), a capital letter turns one off.
_CODECOLORER = re.compile(r"cc(?P<options>[bcehilnprstw]{0,8})(?:_(?P<language>\w+))?", re.IGNORECASE)
_INLINE = frozenset({"codeinline", "icode"})
# These have other meanings in other plugins: without a language, or lines, it is not code.
_AMBIGUOUS = frozenset({"highlight", "source", "syntax", "text", "plain", "terminal", "console"})
_PRE = re.compile(r"<pre\b(?P<attributes>[^<>]*)>(?P<inner>.*)</pre\s*>?", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(r"\s*<code\b(?P<attributes>[^<>]*)>(?P<inner>.*)</code>\s*", re.DOTALL | re.IGNORECASE)
_LANG = re.compile(r"""(?:^|\s)lang(?:uage)?\s*=\s*["']?([\w+#.-]+)""", re.IGNORECASE)
_CLASS = re.compile(r"""(?:lang:|language-|lang-|brush:\s*)([\w+#.-]+)""", re.IGNORECASE)
_ESCAPED = re.compile(r"escaped\s*=\s*[\"']?true|decode:true", re.IGNORECASE)
# What highlighters and authors put into code; other markup in it is code itself.
_TAG = re.compile(r"<(?:[!?]|/?)([A-Za-z][\w.:-]*)")
_WITHIN = frozenset({
    "a", "abbr", "b", "big", "br", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
})  # fmt: skip
_HUMAN = re.compile(r"[a-z]{2}(?:-\w+)*", re.IGNORECASE)  # BCP 47
# Those that are as short, and more likely in front of code.
_SHORT_LANGUAGES = frozenset(
    {"as", "cs", "go", "hs", "js", "md", "pl", "ps", "py", "rb", "rs", "sh", "ts", "vb"}
)


def is_code(name: str) -> bool:
    """Tell whether a shortcode is one for code, whose content is text."""
    return name in LANGUAGES or name in _NAMED or _CODECOLORER.fullmatch(name) is not None


def read(shortcode: Shortcode, _: Reading) -> str | None:
    """Return the HTML of code; None where the shortcode has none, and is a word in brackets."""
    name, inner = shortcode.name, shortcode.content
    by_name = _CODECOLORER.fullmatch(shortcode.tag, 1, len(name) + 1)
    language = shortcode.first("language", "lang", "syntax", "type", "brush")
    if not language and by_name:
        language = by_name["language"] or ""
    elif not language and name in LANGUAGES:
        language = name
    if inner is None:
        inner = _stored(shortcode)
    if inner is None or (name in _AMBIGUOUS and not shortcode.named and "\n" not in inner):
        return None
    is_inline = (
        name in _INLINE
        or any(shortcode.is_set(argument) for argument in ("inline", "codecolorer_inline"))
        or (by_name is not None and "i" in by_name["options"])
    )
    return inline(inner) if is_inline else block(inner, language)


def _stored(shortcode: Shortcode) -> str | None:
    """Return the code that Pastacode keeps in an argument."""
    return unquote_plus(shortcode.named["manual"]) if shortcode.named.get("manual") else None


def block(inner: str, language: str) -> str:
    """Return the HTML of a block of code."""
    classes = f' class="language-{html.escape(language)}"' if language else ""
    return f"\n\n<pre><code{classes}>{_letters(inner).strip(chr(10))}</code></pre>\n\n"


def inline(inner: str) -> str:
    """Return the HTML of code within a line."""
    return f"<code>{' '.join(_letters(inner).split())}</code>"


def _letters(inner: str) -> str:
    """Escape code. The visual editor stores it with references, the text editor without."""
    text = inner if "<" in inner or ">" in inner else html.unescape(inner)
    return html.escape(text, quote=False)


def read_pre(element: str) -> str:
    """Return a `pre` element; where a plugin takes all in it for code, escaped.

    WP-Syntax does (`lang`), and so do Crayon, Prismatic and the like, which mark it by a class.
    """
    match = _PRE.fullmatch(element)
    if match is None:
        return element
    within = _CODE.fullmatch(match["inner"])
    attributes = f"{match['attributes']} {within['attributes'] if within else ''}"
    inner = within["inner"] if within else match["inner"]
    by_attribute = _LANG.search(match["attributes"])
    if by_attribute and _is_human(by_attribute[1]):
        by_attribute = None
    language = by_attribute or _CLASS.search(attributes)
    if language is None:
        return element
    if by_attribute is None and not _is_markup_code(inner):
        return element
    if _ESCAPED.search(attributes):
        inner = html.escape(html.unescape(inner), quote=False)
    return block(inner, language[1])


def _is_markup_code(inner: str) -> bool:
    return any(match[1].lower() not in _WITHIN for match in _TAG.finditer(inner))


def _is_human(language: str) -> bool:
    return _HUMAN.fullmatch(language) is not None and language.lower() not in _SHORT_LANGUAGES
