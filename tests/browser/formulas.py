"""A small site of formulas, and a window of each browser to measure it in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser

_SETTINGS = """
project = blog_title = "Formulas"
extensions = ["myst_parser", "ablog", "postdocs"]
myst_enable_extensions = ["dollarmath"]
html_theme = "postdocs"
html_baseurl = blog_baseurl = "https://example.org/"
blog_post_pattern = "posts/*.md"
"""
_LONG = " + ".join(f"a_{{{number}}} x^{{{number}}}" for number in range(1, 30))
_POST = rf"""---
title: Formulas
date: 2024-01-01
---

A short line.

$$
E = m c^2
$$ (short)

Words between.

$$
s(x) = {_LONG}
$$ (wide)

Words before a matrix.

$$
M = \begin{{pmatrix}} a & b \\ c & d \\ e & f \\ g & h \end{{pmatrix}}
$$

In a line of text, the polynomial $p(x) = {_LONG}$ goes on, $f(x)$ does not, nor $\frac{{{_LONG}}}{{2}}$.

Boxes: $\boxed{{x}}$ beside $\sum_{{\substack{{i \\ j}}}} x$.

Spaces: $\text{{if }}x$ and $\text{{if}}x$.
"""
_BRACES = "---\ntitle: Braces\ndate: 2024-01-02\n---\n\n" + "".join(
    f"$\\hspace{{{place}em}}\\overbrace{{a + b + c + d + e + f}}$\n\n" for place in range(0, 16, 2)
)


class Window(Protocol):
    """A window of a browser."""

    def open(self, address: str, width: int) -> None:
        """Load a page in a window of so many CSS pixels."""

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript."""


class Chromium:
    """A window of Chromium."""

    def __init__(self, browser: Browser) -> None:
        self.page = browser.new_page()

    def open(self, address: str, width: int) -> None:
        """Load a page in a window of so many CSS pixels; its fonts are there as well."""
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.goto(address)
        self.page.evaluate("document.fonts.ready.then(() => null)")

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript, or of its promise."""
        return self.page.evaluate(expression)


def build_site(folder: Path) -> Path:
    """Build the site in a folder; return where its pages are."""
    (folder / "posts").mkdir()
    (folder / "conf.py").write_text(_SETTINGS, encoding="utf-8")
    (folder / "index.md").write_text("# Home\n\nNo formula.\n", encoding="utf-8")
    (folder / "posts" / "formulas.md").write_text(_POST, encoding="utf-8")
    (folder / "posts" / "braces.md").write_text(_BRACES, encoding="utf-8")
    out = folder / "out"
    command = [sys.executable, "-m", "sphinx", "-b", "dirhtml", "-q", "-W", str(folder), str(out)]
    subprocess.run(command, check=True)  # noqa: S603 - our own
    return out
