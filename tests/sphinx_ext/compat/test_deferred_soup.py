"""Beautiful Soup, imported when the parent theme parses a page with it."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import sys
from postdocs.sphinx_ext.compat import deferred_soup
deferred_soup.setup(None)
from pydata_sphinx_theme import toctree
assert "bs4" not in sys.modules
soup = toctree.BeautifulSoup("<p>a</p>", "html.parser")
assert type(soup).__module__ == "bs4" and soup.p.string == "a"
"""


def test_the_theme_gets_it_with_the_first_page() -> None:
    """Until then nobody imports it, and what it makes is its own."""
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_imported_already_stays() -> None:
    """An extension may have asked for it before."""
    program = _PROGRAM.replace("import sys", "import bs4, sys", 1).replace('"bs4" not in', '"bs4" in')
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert (done.returncode, done.stderr) == (0, "")
