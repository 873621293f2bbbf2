"""The font of text: what is set in it has its letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Page, Route

from browser.built import HTML, paths, sampled
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

RULE = re.compile(
    rf'@font-face{{font-family:"{text.NAME}";font-weight:(\d+)[^;]*;font-style:(\w+);.*?url\("(.*?)"'
)


@pytest.mark.skipif(not (FOLDER / "postdocs-text.woff2").is_file(), reason="the site has no font of text")
def test_each_face_has_the_letters_that_are_set_in_it(visit: Callable[..., Page], address: str) -> None:
    """No word has a letter of another font among its own, in italics or bold either.

    Signs that the whole font lacks, such as letters of the blackboard, are of another one.
    """
    originals = Path(text.__file__).with_name("source-serif").glob("*.ttf")
    there = {chr(code) for file in originals for code in TTFont(file).getBestCmap()}
    style_sheet = (FOLDER / "postdocs-theme.css").read_text(encoding="utf-8")
    letters: dict[tuple[str, bool], set[str]] = {}
    for weight, style, name in RULE.findall(style_sheet):
        in_file = {*map(chr, TTFont(FOLDER / name).getBestCmap())}
        letters.setdefault((style, weight != "400"), set()).update(in_file)
    missing = set()
    page = visit("")
    for path in sampled(paths()):
        page.goto(address + path)
        for style, weight, words in page.evaluate(IN_FONT):
            lacked = there & {*"".join(words.split())} - letters.get((style, weight >= 600), set())
            if lacked:
                missing.add((path, style, weight, words.strip(), "".join(sorted(lacked))))
    assert missing == set()


@pytest.mark.parametrize("language", ["ru", "el", "pl", "vi"])
def test_words_of_other_alphabets_are_set_in_the_font(
    visit: Callable[..., Page], url: Callable[[str], str], language: str
) -> None:
    """All letters of a word come from the site, although its letters are in several files."""
    page = visit("")
    page.route("**/postdocs-theme.css*", _wait_for_fonts)
    page.goto(url("letters"))
    page.evaluate("document.fonts.ready.then(() => null)")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    selector = {"nodeId": root, "selector": f"p.{language}"}
    node = session.send("DOM.querySelector", selector)["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert {font["familyName"] for font in fonts} == {text.NAME}


def _wait_for_fonts(route: Route) -> None:
    """Answer with a style sheet whose text waits for its font, however busy the machine is."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("font-display:optional", "font-display:block"))
