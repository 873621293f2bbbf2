"""The font of formulas, which has only the letters of a site: no letter comes from another font."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree as ET

import pytest
from expressions import GROUPS, expressions
from playwright.sync_api import Browser

from postdocs.sphinx_ext.fonts.letters import letters_in
from postdocs.sphinx_ext.fonts.subset import subset

_NOT_IN_FONT = frozenset("ʙᴄ")  # small capitals
_PAGE = (
    "<!doctype html><style>@font-face {{ font-family: Formulas; src: url(data:font/woff2;base64,{font}) }}"
    "math {{ font-family: Formulas }}</style>{body}"
)


def _tokens() -> Iterator[tuple[str, str, str]]:
    """Yield the elements with text of all expressions: name, text and variant."""
    for group in GROUPS:
        for expression in expressions(group):
            if not expression.expected.startswith("!"):
                tree = ET.fromstring(f"<math>{expression.expected}</math>")  # noqa: S314 - our own
                for element in tree.iter():
                    if (text := element.text) and text.strip():
                        yield element.tag, text, element.get("mathvariant", "")


@pytest.fixture(scope="module")
def tokens() -> list[tuple[str, str, str]]:
    """The different elements, in order."""
    return [*dict.fromkeys(_tokens())]


def test_all_letters_are_drawn_in_the_font_of_the_site(
    chromium: Browser, tokens: list[tuple[str, str, str]]
) -> None:
    """The font has the forms that browsers give them, such as italic ones."""
    body = "".join(
        f"<math><{name} mathvariant='{variant}'>{escape(text)}</{name}></math>"
        for name, text, variant in tokens
    )
    page = chromium.new_page()
    page.set_content(_PAGE.format(font=b64encode(subset(letters_in(body))).decode(), body=body))
    page.evaluate("document.fonts.ready")
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument", {"depth": 1})["root"]["nodeId"]
    nodes = tools.send("DOM.querySelectorAll", {"nodeId": root, "selector": "math > *"})["nodeIds"]
    others = {
        token[1]
        for node, token in zip(nodes, tokens, strict=True)
        for font in tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if not font["isCustomFont"] and not _NOT_IN_FONT.intersection(token[1])
    }
    page.close()
    assert not others
    assert {"θ", "κ", "π", "ρ", "φ", "ε", "ϖ"} <= {text for _, text, _ in tokens}
