"""The part of the font of formulas that some characters need."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import Any

FONT = Path(__file__).parent / "latin-modern-math" / "latinmodern-math.otf"
NAME = "Postdocs Math"
_ABOUT = "A part of Latin Modern Math 1.959, https://www.gust.org.pl/projects/e-foundry/lm-math"
_LICENSE = {13: "GUST Font License", 14: "https://www.gust.org.pl/fonts/licenses/GUST-FONT-LICENSE.txt"}
_NAMES = {
    1: NAME,
    3: NAME,
    4: NAME,
    6: NAME.replace(" ", ""),
    10: _ABOUT,
    **_LICENSE,
}  # OpenType 1.9, "Name IDs"
_KEPT_NAMES = [0, 2, 5, *_NAMES]  # copyright, style and version


def subset(letters: str) -> bytes:
    """Return a font in WOFF2 with the glyphs of characters, and what grows with a formula made from them.

    Its MATH table is whole for what is in it: constants, italic corrections, larger sizes, and the parts that
    brackets and roots are put together from. The same letters give the same bytes. Characters that it has no
    glyph of are left to other fonts.
    """
    # A build without formulas, or without new letters, does not wait for this.
    from fontTools import subset as tool  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    logging.getLogger(tool.__name__).setLevel(logging.WARNING)  # it tells of each glyph
    options = tool.Options()
    options.drop_tables += ["FFTM", "GPOS", "GSUB", "GDEF"]
    options.hinting = False
    options.layout_features = []
    options.name_IDs = _KEPT_NAMES
    font = TTFont(FONT, recalcTimestamp=False)
    _rename(font)
    subsetter = tool.Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def _rename(font: Any) -> None:
    """Give the font a name of its own, as its license asks for what is changed."""
    names = font["name"]
    for number, text in _NAMES.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)
    font["CFF "].cff.fontNames[0] = _NAMES[6]
