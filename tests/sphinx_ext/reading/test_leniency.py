"""Headings inside blocks, and code that isn't valid, in the HTML of a site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp

_PAGE = """\
# Page

[it](#inner), [there](#spot)

> ### Inner
>
> Quoted.

- #### Item
  Text []{#spot}here.

```python
x = $ ...?
```
"""
_SETTINGS = {
    "extensions": ["myst_parser", "ablog", "postdocs"],
    "myst_enable_extensions": ["attrs_inline"],
    "myst_heading_anchors": 4,
    "html_theme": "basic",
}


@pytest.fixture
def page(make_app: Callable[..., SphinxTestApp], tmp_path: Path) -> str:
    """Return the HTML of a page, after a build without warnings."""
    (tmp_path / "conf.py").write_text("", encoding="utf-8")
    (tmp_path / "index.md").write_text(_PAGE, encoding="utf-8")
    app = make_app("html", srcdir=tmp_path, confoverrides=_SETTINGS)
    app.build()
    assert app.warning.getvalue() == ""
    return (tmp_path / "_build/html/index.html").read_text(encoding="utf-8")


def test_what_an_import_writes_is_accepted(page: str) -> None:
    """Headings keep their elements and anchors, places their ids; code that does not lex is highlighted."""
    assert '<h3 class="rubric" id="inner">Inner' in page
    assert '<h4 class="rubric" id="item">Item' in page
    assert '<a class="reference internal" href="#inner">' in page
    assert '<span id="spot">' in page
    assert 'class="highlight-python' in page


@pytest.mark.parametrize("before", ["", "\n## Section\n\nText.\n"])
@pytest.mark.parametrize("rule", ["", "\n---\n"])
def test_one_rule_stands_above_footnotes(
    make_app: Callable[..., SphinxTestApp], tmp_path: Path, before: str, rule: str
) -> None:
    """That of MyST, which docutils would warn of behind another one, or the one that the author wrote."""
    (tmp_path / "conf.py").write_text("", encoding="utf-8")
    text = f"# Page\n\nText.[^a]\n{before}{rule}\n[^a]: Note.\n"
    (tmp_path / "index.md").write_text(text, encoding="utf-8")
    app = make_app("html", srcdir=tmp_path, confoverrides=_SETTINGS)
    app.build()
    assert app.warning.getvalue() == ""
    page = (tmp_path / "_build/html/index.html").read_text(encoding="utf-8")
    assert page.count("<hr ") == 1
    assert page.index("<hr ") < page.index("Note.")
