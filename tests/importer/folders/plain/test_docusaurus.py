"""Translations of Docusaurus."""

from __future__ import annotations

import pytest

from importer.folders.trees import NOW, files
from postdocs.importer.folders.systems import plain

CONFIG = "module.exports = { url: 'https://a.org', i18n: { defaultLocale: 'en', locales: ['en', 'pt-BR'] } }"
POST = "---\ntitle: Low\n---\nText.\n"


@pytest.mark.parametrize(
    ("kind", "name", "where"), [("blog", "2021-05-06-low.md", "2021/05/06/low/"), ("docs", "low.md", "low/")]
)
def test_translations_have_a_language_and_an_original(kind: str, name: str, where: str) -> None:
    """By their folder in `i18n`, which may have a part for the version of the documents."""
    version = "current/" if kind == "docs" else ""
    folder = f"i18n/pt-br/docusaurus-plugin-content-{kind}/{version}"
    texts = {"docusaurus.config.js": CONFIG, f"{kind}/{name}": POST, f"{folder}{name}": POST}
    read = plain.read(files(texts), None, NOW)
    original, translated = read.entries
    assert read.settings.language == "en"
    assert (original.language, original.original) == (None, None)
    assert (translated.language, translated.original) == ("pt-BR", original.url)
    assert original.url == f"https://a.org/{kind}/{where}"


def test_front_matter_says_the_language_first() -> None:
    """As an author who writes in another one says."""
    text = POST.replace("title", "lang: gl\ntitle")
    texts = {"docusaurus.config.js": CONFIG, "i18n/es/docusaurus-plugin-content-blog/2021-05-06-low.md": text}
    assert plain.read(files(texts), None, NOW).entries[0].language == "gl"


def test_a_heading_has_the_id_that_stands_behind_it() -> None:
    """It is no text; Docusaurus makes the others as GitHub does, and so does the import."""
    text = POST.replace("Text.", "## Low {#ebb}\n\n## High\n")
    one = plain.read(files({"docusaurus.config.js": CONFIG, "blog/a.md": text}), None, NOW).entries[0]
    assert '<h2 id="ebb">Low</h2>' in one.content
    assert "<h2>High</h2>" in one.content
    assert (one.markdown or "").split("\n")[0] == "## Low {#ebb}"
