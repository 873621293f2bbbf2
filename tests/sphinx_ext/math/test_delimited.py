"""Formulas that a script sets in the page."""

from __future__ import annotations

from pathlib import Path

import feedparser  # type: ignore[import-untyped]  # it ships no types
import pytest
from helpers import searchable
from sphinx.testing.util import SphinxTestApp

_POST = r"""---
title: Heat
date: 2024-02-01
---

So {math}`u_t = k u_{xx} < 1` holds.

```{math}
:label: energy
E = \frac{a}{2k}
```

```{math}
a \\ b
```

```{math}
:nowrap:
\begin{equation} c = d \end{equation}
```

And {math}`\nobody{x}`.
"""
_SETTINGS = [
    {},
    {"mathjax_inline": ["$", "$"], "mathjax_display": ["$$", "$$"]},
]


@pytest.mark.parametrize("settings", _SETTINGS)
def test_feeds_and_search_have_formulas_without_a_script(
    settings: dict[str, list[str]], make_app: type[SphinxTestApp], rootdir: Path, tmp_path: Path
) -> None:
    """Where MathJax sets formulas on pages, feeds have MathML and the search text; others stay LaTeX."""
    (tmp_path / "index.md").write_text("# Home\n", encoding="utf-8")
    (tmp_path / "post.md").write_text(_POST, encoding="utf-8")
    (tmp_path / "conf.py").write_text(
        "extensions = ['myst_parser', 'postdocs', 'sphinx.ext.mathjax']\nblog_post_pattern = ['post.md']\n"
        "blog_baseurl = html_baseurl = 'https://example.org/'\nhtml_theme = 'basic'\n"
        f"globals().update({settings!r})\n",
        encoding="utf-8",
    )
    app = make_app("dirhtml", srcdir=tmp_path)
    app.build()
    page = (app.outdir / "post/index.html").read_text(encoding="utf-8")
    assert "<math" not in page
    (entry,) = feedparser.parse((app.outdir / "blog/atom.xml").read_bytes()).entries
    content = entry.content[0].value
    assert content.count("<math") == 4
    assert content.count('display="block"') == 3
    assert "nobody" in content
    (text,) = (page["content"] for url, page in searchable(app.outdir).items() if url.startswith("/post"))
    assert "u_t = k u_xx < 1 holds. E = a/(2k) (1)" in text
    assert "c = d" in text
