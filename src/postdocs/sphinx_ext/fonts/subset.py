"""The part of a font that some characters need."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Three dots, and the one that they are made of: `\ldots` and `\cdots` (The TeXbook, chapter 18), which have a
# thin space between them.
_DOTS = {0x2026: 0x2E, 0x22EF: 0x22C5}
_THIN = 1 / 6  # em
_HERE = Path(__file__).parent
_KEPT_NAMES = [
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    10,
    13,
    14,
]  # copyright, style, version, and those of `Face`; OpenType 1.9


@dataclass(frozen=True)
class Face:
    """A font, and what its parts are called: licenses ask for another name.

    features: of OpenType that they keep, such as `kern`. dropped: tables that they do without.
    """

    file: Path
    name: str
    about: str
    license: tuple[str, str]
    features: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def names(self) -> Mapping[int, str]:
        """The entries of the table `name` (OpenType 1.9, "Name IDs")."""
        text, url = self.license
        names = dict.fromkeys((1, 3, 4), self.name) | {6: self.name.replace(" ", "")}
        return names | {10: self.about, 13: text, 14: url}


MATH = Face(
    _HERE / "new-computer-modern-math" / "NewCMMath-Regular.otf",
    "Postdocs Math",
    "A part of New Computer Modern Math 7.1.1, https://ctan.org/pkg/newcomputermodern, "
    "with three dots as far apart as in TeX",
    ("GUST Font License", "https://www.gust.org.pl/fonts/licenses/GUST-FONT-LICENSE.txt"),
    dropped=("FFTM", "GPOS", "GSUB", "GDEF", "PfEd"),
)


def subset(letters: str, face: Face = MATH) -> bytes:
    """Return a font in WOFF2 with the glyphs of characters, and what grows with a formula made from them.

    A MATH table is whole for what is in it: constants, italic corrections, larger sizes, and the parts that
    brackets and roots are put together from. The same letters give the same bytes. Characters that the font
    has no glyph of are left to other fonts.
    """
    # A build without formulas, or without new letters, does not wait for this.
    from fontTools import subset as tool  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    logging.getLogger(tool.__name__).setLevel(logging.WARNING)  # it tells of each glyph
    options = tool.Options()
    options.drop_tables += [*face.dropped]
    options.hinting = False
    options.layout_features = [*face.features]
    options.name_IDs = _KEPT_NAMES
    font = TTFont(face.file, recalcTimestamp=False)
    _rename(font, face)
    if face is MATH:
        _part_dots(font)
    subsetter = tool.Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def _part_dots(font: Any) -> None:
    """Draw the signs of three dots anew, whose dots the font has closer together than TeX sets them."""
    from fontTools.pens.t2CharStringPen import T2CharStringPen  # noqa: PLC0415
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415

    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    cff = font["CFF "].cff
    outlines, private = cff[0].CharStrings, cff[0].Private
    for dots, dot in _DOTS.items():
        advance, edge = font["hmtx"][names[dot]]
        space = round(_THIN * font["head"].unitsPerEm)
        width = 3 * advance + 2 * space
        pen = T2CharStringPen(width - private.nominalWidthX, glyphs)
        for number in range(3):
            glyphs[names[dot]].draw(TransformPen(pen, (1, 0, 0, 1, number * (advance + space), 0)))
        outlines[names[dots]] = pen.getCharString(private, cff.GlobalSubrs)
        font["hmtx"][names[dots]] = width, edge


def _rename(font: Any, face: Face) -> None:
    """Give the font a name of its own, as its license asks for what is changed."""
    names = font["name"]
    for number, text in face.names.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)
    if "CFF " in font:
        font["CFF "].cff.fontNames[0] = face.names[6]
