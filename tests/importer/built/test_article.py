"""Where the article is on a page of a built site."""

from __future__ import annotations

import pytest

from postdocs.importer.built.article import container_of
from postdocs.importer.sources.page_facts import page_of

CODE = "document.body.dataset.talk = 'of the tide'; " * 40


@pytest.mark.parametrize("code", [f"<script>{CODE}</script>", f"<style>{CODE}</style>"])
def test_code_is_no_text_that_outweighs_a_short_article(code: str) -> None:
    """What a theme shows around a short article stays outside of it, however much code there is."""
    article = (
        '<article class="post-content"><p>A short note on the tide, and where to read of it.</p></article>'
    )
    page = page_of(f'<div class="post"><header><p>Apr 26, 2014</p></header>{article}{code}</div>')
    container = container_of(page.soup)
    assert container is not None
    assert container.name == "article"
