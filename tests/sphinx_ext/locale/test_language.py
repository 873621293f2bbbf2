"""The language of a site: its catalogs, its dates, and which way it is written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from helpers import REPOSITORY, read_html
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.locale.language import CATALOGS, Language, make_language

MakeApp = Callable[..., SphinxTestApp]

FILES = {file.parts[-3]: file for file in sorted(CATALOGS.glob("*/LC_MESSAGES/*.po"))}
_PLACE = re.compile(r"%\(\w+\)s")
_TAG = re.compile(r"<[^>]*>")


def language(tag: str) -> Language:
    """Return a language without the translations of Sphinx."""
    return make_language(tag, NullTranslations())


def messages() -> set[str | tuple[str, ...]]:
    """Return what the sources have for translation, as `nox -s translations` finds it."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    pairs = [(mapping["pattern"], mapping["method"]) for mapping in settings["tool"]["babel"]["mappings"]]
    methods = [
        (pattern, method)
        for patterns, method in pairs
        for pattern in (patterns if isinstance(patterns, list) else [patterns])
    ]
    return {entry[2] for entry in extract_from_dir(CATALOGS.parent, methods)}


def catalog(name: str) -> Catalog:
    """Read a catalog."""
    with FILES[name].open("rb") as stream:
        return read_po(stream)


def forms(message: Message) -> list[str]:
    """Return the translation of a message in all its forms."""
    return [message.string] if isinstance(message.string, str) else [*(message.string or ())]


def test_the_languages_that_are_promised_are_there() -> None:
    """German, French, Spanish, Portuguese, Japanese, Chinese and Arabic have a catalog."""
    assert [*FILES] == ["ar", "de", "es", "fr", "ja", "pt", "zh_CN"]


@pytest.mark.parametrize("name", FILES)
def test_each_catalog_is_complete(name: str) -> None:
    """It has each message of the sources and no other, in all plural forms, and none is in doubt."""
    entries = [message for message in catalog(name) if message.id]
    assert {message.id for message in entries} == messages()
    assert [message.id for message in entries if message.fuzzy or not all(forms(message))] == []


@pytest.mark.parametrize("name", FILES)
def test_placeholders_and_tags_agree(name: str) -> None:
    """A translation has the placeholders and tags of its message; a form for one number may leave it out."""
    for message in (message for message in catalog(name) if message.id):
        source = message.id if isinstance(message.id, str) else message.id[1]
        for form in forms(message):
            is_whole = isinstance(message.id, str) or form == forms(message)[-1]
            left_out = {*_PLACE.findall(source)} - {*_PLACE.findall(form)}
            assert left_out <= (set() if is_whole else {"%(count)s"}), form
            assert {*_PLACE.findall(form)} <= {*_PLACE.findall(source)}, form
            assert sorted(_TAG.findall(form)) == sorted(_TAG.findall(source)), form
            assert "%" not in _PLACE.sub("", form), form


@pytest.mark.parametrize(
    ("tag", "posts"),
    [
        ("de", "Beiträge"),
        ("de_AT", "Beiträge"),
        ("pt-BR", "Artigos"),
        ("zh_CN", "文章"),
        ("zh", "文章"),
        ("zh_TW", "Posts"),
        ("en_GB", "Posts"),
        ("tlh-nowhere", "Posts"),
    ],
)
def test_a_catalog_serves_all_countries(tag: str, posts: str) -> None:
    """A language with a country has the catalog of the language; one without a catalog is in English."""
    assert language(tag).gettext("Posts") == posts


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ("en", "5 January 2024"),
        ("en_US", "January 5, 2024"),
        ("de", "5. Januar 2024"),
        ("fr", "5 janvier 2024"),
        ("ja", "2024年1月5日"),
        ("ar", "5 يناير 2024"),
        ("it", "5 gennaio 2024"),
    ],
)
def test_days_are_written_as_readers_do(tag: str, day: str) -> None:
    """A day has the form of the CLDR in each language; English without a country puts the day first."""
    assert language(tag).day(datetime(2024, 1, 5, 23, tzinfo=UTC)) == day


def test_each_count_has_its_form() -> None:
    """Plural forms are those of the language; there is an example of each for the script of the search."""
    assert [language("de").ngettext("%(count)s post", "%(count)s posts", number) for number in (1, 2)] == [
        "%(count)s Beitrag",
        "%(count)s Beiträge",
    ]
    assert {*language("ar").plural_examples} == {"zero", "one", "two", "few", "many", "other"}
    assert language("ja").plural_examples == {"other": 0}


def test_another_translation_serves_where_ours_has_nothing() -> None:
    """Words of the theme stay translated, and what is shared with other builds stays as it is."""

    class Outer(NullTranslations):
        def gettext(self, message: str) -> str:
            return f"outer {message}"

    outer = Outer()
    assert make_language("de", outer).gettext("Posts") == "Beiträge"
    assert make_language("de", outer).gettext("Colophon") == "outer Colophon"
    assert make_language("it", outer).translations is outer


def words_of(page: Path) -> str:
    """Return all that a reader or a screen reader gets of a page."""
    root = read_html(page)
    for element in root.xpath("//script | //style | //*[@class='page-address']"):
        element.drop_tree()
    attributes = root.xpath("//@aria-label | //@title | //@alt | //meta[@name='description']/@content")
    return " ".join([root.text_content(), *map(str, attributes)])


def english() -> list[str]:
    """Return messages that are other words in German, and the phrases between their values."""
    texts: list[str] = []
    for message in (message for message in catalog("de") if message.id):
        sources = [message.id] if isinstance(message.id, str) else [*message.id]
        pieces = [piece.strip() for text in sources for piece in re.split(r"%\(\w+\)s|<[^>]*>", text)]
        german = " ".join(forms(message))
        texts += [piece for piece in pieces if (" " in piece or piece == message.id) and piece not in german]
    return texts


@pytest.mark.parametrize("theme", ["postdocs", "alabaster"])
@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_no_english_is_left_on_a_german_site(theme: str, app: SphinxTestApp, make_app: MakeApp) -> None:
    """Lists, posts, search, the page for lost readers and redirects have no message in English."""
    app = make_app("dirhtml", srcdir=app.srcdir, confoverrides={"language": "de", "html_theme": theme})
    app.build()
    pages = [
        *(app.outdir / name for name in ("404.html", "search/index.html", "posts/2024/titled/index.html")),
        *sorted(app.outdir.glob("blog/**/index.html")),
    ]
    phrases = [re.compile(rf"(?<!\w){re.escape(text)}(?!\w)") for text in english()]
    authored = re.compile(
        r"Title from the heading|A post outside of posts|The instant decides[^|]*clock|A summary of its own"
    )
    for page in pages:
        text = authored.sub("", " ".join(words_of(page).split()))
        assert [phrase.pattern for phrase in phrases if phrase.search(text)] == [], page
    script = (app.outdir / "_static/search-dialog.js").read_text(encoding="utf-8")
    assert "Weitere Treffer" in script
    assert "More results" not in script
    feed = (app.outdir / "blog/atom.xml").read_text(encoding="utf-8")
    assert "Dies ist ein Feed" in feed


@pytest.mark.parametrize("theme", ["postdocs", "alabaster"])
@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_arabic_is_read_from_the_right(theme: str, app: SphinxTestApp, make_app: MakeApp) -> None:
    """Each page says so once, in any theme; a page of a site in another language says nothing."""
    overrides: dict[str, Any] = {"language": "ar", "html_theme": theme}
    app = make_app("dirhtml", srcdir=app.srcdir, confoverrides=overrides)
    app.build()
    for page in sorted(app.outdir.rglob("*.html")):
        root = read_html(page)
        assert (root.get("lang"), root.get("dir")) == ("ar", "rtl"), page


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_another_language_writes_all_anew(app: SphinxTestApp, make_app: MakeApp) -> None:
    """After a change of `language` no page keeps words of the one before."""
    make_app("dirhtml", srcdir=app.srcdir, confoverrides={"language": "de"}).build()
    again = make_app("dirhtml", srcdir=app.srcdir, confoverrides={"language": "fr"})
    again.build()
    words = {"blog": "Articles", "blog/tag/python": "mot-clé", "posts/2024/titled": "lecture"}
    for name, word in words.items():
        root = read_html(again.outdir / name / "index.html")
        assert root.get("lang") == "fr"
        assert word in root.text_content()
        assert not re.search(r"Beitr|Schlagw|Lesezeit", root.text_content())
