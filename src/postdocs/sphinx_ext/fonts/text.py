"""The font of text, if the settings ask for it: its faces, and the letters that a site needs of them."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.fonts.subset import Face
from postdocs.sphinx_ext.output.state import fingerprint
from postdocs.sphinx_ext.theme.theme import is_used

NAME = "Postdocs Text"
_HERE = Path(__file__).parent / "source-serif"
_ABOUT = "A part of Source Serif Pro 2.007, https://github.com/adobe-fonts/source-serif"
_LICENSE = ("SIL Open Font License 1.1", "https://openfontlicense.org/")
_SLANTED = f"{NAME} Slanted"  # of upright letters alone: a browser slants those that the italics lack
FAMILIES = f'"{NAME}", "{_SLANTED}"'
_FACES = {  # by the first end of files: what CSS calls weight and style, and the elements that have it
    "": ("SourceSerifPro-Regular.ttf", "400", "normal", ""),
    "-italic": ("SourceSerifPro-It.ttf", "400", "italic", "em|i|cite|var|dfn"),
    "-bold": ("SourceSerifPro-Semibold.ttf", "600 700", "normal", "strong|b|dt"),
}
# By the second end of files, what they hold: "" has what no other has. Whole scripts, so that no word has
# letters of two files, of which one might come late.
_SCRIPTS = {
    "": (),
    "-greek": (range(0x0370, 0x0400),),
    "-cyrillic": (range(0x0400, 0x0530),),
}
_FILE = "postdocs-text{}{}.woff2"
# Templates and their translations have letters too; those that are not here come from the system's font.
_ALWAYS = (
    string.ascii_letters
    + string.digits
    + "!\"&'(),-./:;?"
    + " \xa0\xb7\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2190\u2192"
)
_UNSET = re.compile(  # in other fonts
    r'<(script|style|svg|math|pre|code|h[1-6]|table|summary|p(?= class="admonition-title"))\b.*?</\1>',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


def font_faces() -> str:
    """Return the rules `@font-face` for a style sheet beside the fonts.

    A browser loads a file when a page has a letter that is in its range (CSS Fonts 4 §4.5); of rules whose
    ranges overlap, the last counts (§4.6). A face that comes late waits for the next page, so that no line
    breaks anew under a reader's eyes.
    """
    faces = [(NAME, end, script) for end in _FACES for script in _SCRIPTS if _has(end, script)]
    faces += [(_SLANTED, "", script) for script in _SCRIPTS]
    return "".join(_rule(*face) for face in faces)


def _rule(family: str, end: str, script: str) -> str:
    _, weight, style, _ = _FACES[end]
    blocks = ",".join(f"U+{block.start:X}-{block.stop - 1:X}" for block in _SCRIPTS[script])
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};font-display:optional;'
        f'src:url("{_FILE.format(end, script)}") format("woff2")'
        f"{';unicode-range:' + blocks if blocks else ''}}}\n"
    )


def _has(end: str, script: str) -> bool:
    """Tell whether a face has letters of a script; the italics are Latin."""
    return not script or end != "-italic"


def letters_of_page(build: Build, docname: str, body: str) -> list[str]:
    """Return the letters of a document that each face has, each letter once and in order.

    body: the HTML of its page, without comments, which the page gets later.
    """
    comments = build.domain.comments.get(docname, ())
    whole = "\n".join((body, *(item.html for item in comments)))
    return letters_in(whole, *(elements for *_, elements in _FACES.values()))


def with_summaries(build: Build, docname: str, letters: list[str]) -> list[str]:
    """Return the letters of a document with those of its summary, in lists, where formulas are text."""
    summaries = {*"".join(post.summary for post in build.blog.by_docname.get(docname, ()))}
    return ["".join(sorted({*letters[0]} | summaries)), *letters[1:]]


def files_of(letters: list[str]) -> list[str]:
    """Return the files, in `_static`, that a page uses with the letters that each face has of it."""
    return [
        _FILE.format(end, script)
        for end, text in zip(_FACES, letters, strict=True)
        for script in _SCRIPTS
        if (_of_script(text, script) and _has(end, script)) or not end + script
    ]


def _of_script(letters: str, script: str) -> str:
    """Return those of letters that are in the files of a script."""
    return "".join(letter for letter in letters if _script_of(ord(letter)) == script)


def _script_of(code: int) -> str:
    return next((name for name, blocks in _SCRIPTS.items() if any(code in block for block in blocks)), "")


def letters_in(body: str, *faces: str) -> list[str]:
    """Return the letters of the text of HTML that each face has, each letter once and in order.

    faces: names of the elements that have a face, as a regular expression; "" for all text.
    """
    text = _UNSET.sub("", body)
    parts = (html.unescape(_TAG.sub("", _of_face(text, face))) for face in faces)
    return ["".join(sorted({*part})) for part in parts]


def _of_face(text: str, elements: str) -> str:
    parts = re.findall(rf"<({elements})\b[^>]*>(.*?)</\1>", text, re.DOTALL) if elements else [("", text)]
    return "".join(part for _, part in parts)


def stale_files(build: Build, pages: Iterable[list[str]]) -> Iterator[tuple[str, str, Face]]:
    """Yield the files whose letters on the site changed, as paths in the output, with these and their face.

    pages: the letters that each face has of each page.
    """
    for (end, (file, *_)), texts in zip(_FACES.items(), zip(*pages, strict=True), strict=True):
        face = Face(_HERE / file, NAME, _ABOUT, _LICENSE, dropped=("GPOS", "GSUB", "GDEF", "BASE"))
        whole = "".join(sorted({*("" if end else _ALWAYS), *"".join(texts)}))
        for script in (script for script in _SCRIPTS if _has(end, script)):
            path = f"_static/{_FILE.format(end, script)}"
            # The style sheet names each file, so there is one of a space where none has letters.
            letters = _of_script(whole, script) or " "
            if build.state.is_stale(path, fingerprint(letters)):
                yield path, letters, face


def has_text_font(build: Build) -> bool:
    """Tell whether the site has the font; the style sheet of our theme asks for it."""
    return bool(build.config.postdocs_font) and is_used(build.app)
