"""The font of text: what is set in it has its letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Page

from browser.built import HTML, paths
from postdocs.sphinx_ext.fonts import text

FOLDER = HTML / "_static"
IN_FONT = f"""() => {{
  document.querySelectorAll("details").forEach((details) => {{ details.open = true; }});
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {{
    const [node, element] = [walker.currentNode, walker.currentNode.parentElement];
    const {{ fontFamily, fontStyle, fontWeight }} = getComputedStyle(element);
    if (fontFamily.startsWith('"{text.NAME}"') && element.checkVisibility())
      found.push([fontStyle, Number(fontWeight), node.data]);
  }}
  return found;
}}"""


@pytest.mark.skipif(not (FOLDER / "postdocs-text.woff2").is_file(), reason="the site has no font of text")
def test_each_face_has_the_letters_that_are_set_in_it(visit: Callable[..., Page], address: str) -> None:
    """No word has a letter of another font among its own, in italics or bold either."""
    names = {("normal", False): "", ("italic", False): "-italic", ("normal", True): "-bold"}
    files = {face: FOLDER / f"postdocs-text{end}.woff2" for face, end in names.items()}
    letters = {
        face: {*map(chr, TTFont(file).getBestCmap())} for face, file in files.items() if file.is_file()
    }
    missing = set()
    page = visit("")
    for path in paths():
        page.goto(address + path)
        for style, weight, words in page.evaluate(IN_FONT):
            lacked = {*"".join(words.split())} - letters.get((style, weight >= 600), set())
            if lacked:
                missing.add((path, style, weight, words.strip(), "".join(sorted(lacked))))
    assert missing == set()
