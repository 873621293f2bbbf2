"""Posts in several languages: what pages, lists, feeds and the sitemap say of them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lxml.etree
import pytest
from helpers import read_html, texts
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs.sphinx_ext.head.sitemap import SITEMAP

BASE = "https://tea.example/"
CONF = f"""\
project = blog_title = "Tea"
extensions = ["myst_parser", "postdocs"]
blog_post_pattern = "posts/**/*.md"
blog_baseurl = html_baseurl = "{BASE}"
html_theme = "basic"
"""
STRICT = "postdocs_strict = True\n"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
VERSIONS = {
    "ar": f"{BASE}posts/shay/",
    "de": f"{BASE}tee/",
    "en": f"{BASE}posts/tea/",
    "it": f"{BASE}posts/2024/te/",
    "x-default": f"{BASE}posts/tea/",
}
POSTS = {  # by docname: the day in January, further front matter, the title
    "posts/tea": (1, "id: tag:tea.example,2024:tea", "Tea"),
    "posts/tee": (2, "language: de\ntranslation_of: tea\npermalink: /tee/", "Tee"),
    "posts/shay": (3, "language: ar\ntranslation_of: tag:tea.example,2024:tea", "شاي"),
    "posts/2024/te": (4, "language: it\ntranslation_of: /tee/", "Tè"),
    "posts/alone": (5, "language: DE", "Allein"),
    "posts/plain": (6, "aliases: [/old/]", "Plain"),
    "posts/draft": (7, "language: fr\ntranslation_of: posts/tea.md\ndraft: true", "Thé"),
}


def written(posts: Mapping[str, tuple[int, str, str]]) -> dict[str, str]:
    """Return the files of posts."""
    return {
        f"{docname}.md": f"---\ndate: 2024-01-0{day}T10:00\n{front}\ntags: [leaf]\n---\n# {title}\n\n"
        "Leaves.\n\n```{update} 2024-05-01\nMore.\n```\n"
        for docname, (day, front, title) in posts.items()
    }


def build(root: Path, files: Mapping[str, str]) -> tuple[Path, list[str]]:
    """Build a site of files; return where it is, and the warnings, without the path of the site."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    warnings, out = io.StringIO(), root / "_build"
    with patch_docutils(root), docutils_namespace():
        Sphinx(root, root, out, out / ".doctrees", "dirhtml", status=None, warning=warnings).build()
    return out, re.sub(rf"\x1b\[\d*m|{root}/", "", warnings.getvalue()).splitlines()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in English with posts in other languages."""
    lists = ("{recent-posts} 5", "{postlist}\n:excerpts:", "{postlist}\n:language: de")
    index = "\n\n".join(["# Home", *(f"```{directive}\n```" for directive in lists)])
    files = {"conf.py": CONF + STRICT, "index.md": index, **written(POSTS)}
    out, warnings = build(tmp_path_factory.mktemp("languages"), files)
    assert warnings == []
    return out


def post(site: Path, path: str) -> Any:
    """Return the page of a post."""
    return read_html(site / path / "index.html")


def test_a_post_says_its_language(site: Path) -> None:
    """The article has `lang` and `dir`; metadata names the language; the page stays one of the site's."""
    for path, tag, way in [("tee", "de", "ltr"), ("posts/shay", "ar", "rtl"), ("posts/2024/te", "it", "ltr")]:
        root = post(site, path)
        (section,) = root.xpath("//section[h1]")
        assert (section.get("lang"), section.get("dir")) == (tag, way)
        assert root.get("lang") == "en"
        assert f'"inLanguage": "{tag}"' in root.xpath("string(//script[contains(@type, 'ld')])")
        assert root.xpath("//meta[@property='og:locale']/@content")[0].startswith(f"{tag}_")
    assert post(site, "posts/plain").xpath("//section[h1]/@lang | //section[h1]/@dir") == []


def test_words_around_a_post_are_in_its_language(site: Path) -> None:
    """Dates, reading time, notes and links are; without a catalog they are the site's, and say so."""
    german, italian = post(site, "tee"), post(site, "posts/2024/te")
    assert texts(german, "post-headline")[0].startswith("2. Januar 2024 aktualisiert am 1. Mai 2024 1 Min.")
    assert texts(german, "update")[0].startswith("Aktualisiert am 1. Mai 2024")
    assert texts(german, "post-older") == ["Älter Tea 1. Januar 2024"]
    assert german.xpath("//nav[@class='post-neighbours']/@lang") == ["de"]
    assert german.xpath("//a[@class='post-older']/bdi/@lang") == ["en"]
    assert german.xpath("//nav[@class='post-related']//a[.='Plain']/bdi/@lang") == ["en"]
    assert texts(italian, "post-headline")[0].startswith("4 January 2024 updated 1 May 2024 1 min read")
    assert italian.xpath("//p[@class='post-headline']/@lang") == ["en"]
    assert italian.xpath("//nav[@class='post-neighbours']/@lang") == []
    assert texts(italian, "update")[0].startswith("Updated on 1 May 2024")


def test_translations_lead_to_each_other(site: Path) -> None:
    """Readers see a line with the languages; related posts are others."""
    german = post(site, "tee")
    assert texts(german, "post-translations") == ["Auch auf: العربية, English, Italiano"]
    links = german.xpath("//p[@class='post-translations']/a")
    assert [link.get("href") for link in links] == ["../posts/shay/", "../posts/tea/", "../posts/2024/te/"]
    assert [link.get("hreflang") for link in links] == ["ar", "en", "it"]
    assert [link.get("lang") for link in links] == ["ar", "en", "it"]
    assert texts(post(site, "posts/tea"), "post-translations") == ["Also in: العربية, Deutsch, Italiano"]
    assert texts(post(site, "posts/plain"), "post-translations") == []
    assert {*german.xpath("//nav[@class='post-related']//a//text()")} == {"Plain", "Allein"}


def test_search_engines_are_told_of_all_versions(site: Path) -> None:
    """The head of each version, and the sitemap, name all of them, a default too; drafts are none."""
    for path in ("posts/tea", "tee", "posts/shay", "posts/2024/te"):
        links = post(site, path).xpath("//head/link[@hreflang]")
        assert {link.get("hreflang"): link.get("href") for link in links} == VERSIONS
    assert post(site, "posts/alone").xpath("//head/link[@hreflang]") == []
    root = lxml.etree.parse(site / SITEMAP).getroot()
    lxml.etree.RelaxNG(lxml.etree.parse(Path(__file__).parents[2] / "data/sitemap.rng")).assertValid(root)
    for url in root:
        links = {link.get("hreflang"): link.get("href") for link in url.findall("{*}link")}
        assert links == (VERSIONS if url.findtext("{*}loc") in VERSIONS.values() else {})


def test_feeds_say_the_language_of_each_post(site: Path) -> None:
    """Entries in another language than the site have `xml:lang`, items `language`; from the right, `dir`."""
    root = lxml.etree.parse(site / "blog/atom.xml").getroot()
    tags = {entry.findtext("a:title", "", ATOM): entry.get(LANG) for entry in root.findall("a:entry", ATOM)}
    assert tags == {"Plain": None, "Allein": "de", "Tè": "it", "شاي": "ar", "Tee": "de", "Tea": None}
    items = json.loads((site / "blog/feed.json").read_bytes())["items"]
    assert {item["title"]: item.get("language") for item in items} == tags
    contents = {item["title"]: item["content_html"] for item in items}
    assert contents["شاي"].startswith('<div lang="ar" dir="rtl">')
    assert "dir=" not in contents["Tee"] + contents["Tea"]


def test_each_language_has_a_feed(site: Path) -> None:
    """It is in that language, has its posts, and pages of that language announce it first."""
    root = lxml.etree.parse(site / "blog/language/de/atom.xml").getroot()
    assert root.get(LANG) == "de"
    assert root.findtext("a:title", "", ATOM) == "Tea: Deutsch"
    assert root.xpath("a:entry/a:title/text()", namespaces=ATOM) == ["Allein", "Tee"]
    assert [notice.get(LANG) for notice in root.iter("{*}div")] == ["de"]
    italian = lxml.etree.parse(site / "blog/language/it/atom.xml").getroot()
    assert [element.get(LANG) for element in italian.iter("{*}feed", "{*}div")] == ["it", "en"]
    feeds = post(site, "posts/alone").xpath("//link[@type='application/atom+xml']/@href")
    assert feeds == ["../../blog/language/de/atom.xml", "../../blog/atom.xml"]
    assert post(site, "posts/plain").xpath("//link[@type='application/atom+xml']/@href") == [
        "../../blog/atom.xml"
    ]
    assert texts(post(site, "blog/language"), "post-labels") == ["Deutsch 2 Italiano 1 العربية 1"]
    assert post(site, "blog/language/de").xpath("//h1/text()")[0] == "Posts in Deutsch"


def test_lists_say_the_language_of_titles(site: Path) -> None:
    """Titles and summaries in another language than the site have `lang`, and `dir` in lists of ours."""
    home = post(site, ".")
    for root in (post(site, "blog"), post(site, "blog/archive"), home):
        links = [link for link in root.iter("a") if link.text_content() in {"Tee", "شاي", "Plain"}]
        tags = {link.text_content(): link.xpath("(ancestor-or-self::* | bdi)/@lang")[-1] for link in links}
        assert tags == {"Tee": "de", "شاي": "ar", "Plain": "en"}
    for name in ("post-title", "post-summary"):  # of which both are on one side
        (part,) = post(site, "blog").xpath(f"//li[.//a[.='شاي']]/p[@class='{name}']")
        assert (part.get("lang"), part.get("dir")) == ("ar", "rtl")
    assert home.xpath("//p[contains(@class, 'ablog-post-excerpt')]/@lang") == ["de", "it", "ar", "de"]
    last = home.xpath("(//ul[contains(@class, 'postlist')])[last()]")[0]
    assert [link.text_content() for link in last.iter("a")] == ["Allein", "Tee"]


def test_what_cannot_be_a_translation_is_told(tmp_path: Path) -> None:
    """A post that is not there, itself, or one of the same language: each with file and line."""
    posts = {
        "posts/one": (1, "language: de", "One"),
        "posts/two": (2, "author: Ann\nlanguage: de\ntranslation_of: one", "Two"),
        "posts/three": (3, "translation_of: posts/2024/gone", "Three"),
        "posts/four": (4, "translation_of: /posts/four/", "Four"),
        "posts/five": (5, "language: fr\ntranslation_of: one", "Five"),
        "posts/six": (6, "language: es\ntranslation_of: one\ncanonical: https://old.example/", "Six"),
    }
    out, warnings = build(tmp_path, {"conf.py": CONF + STRICT, "index.md": "# Home\n", **written(posts)})
    told = sorted(line.partition("WARNING: translation_of: ")[::2] for line in warnings)
    assert [(place, text.partition(";")[0]) for place, text in told] == [
        ("posts/four.md:3: ", "'/posts/four/' is this post itself"),
        ("posts/three.md:3: ", "there is no post 'posts/2024/gone'"),
        ("posts/two.md:5: ", "posts/one.md is in 'de' too"),
    ]
    assert texts(post(out, "posts/one"), "post-translations") == ["Auch auf: Español, Français"]
    links = post(out, "posts/one").xpath("//head/link[@hreflang]")
    assert [link.get("hreflang") for link in links] == ["de", "fr", "x-default"]  # one is elsewhere
    assert links[-1].get("href") == f"{BASE}posts/one/"
    assert post(out, "posts/six").xpath("//head/link[@hreflang]") == []
    assert texts(post(out, "posts/two"), "post-translations") == []


def test_names_of_languages_stay_what_ablog_makes_of_them(tmp_path: Path) -> None:
    """Where a site is adopted, a name or several are lists of posts; a known short name is a tag as well."""
    conf = CONF + 'blog_languages = {"de": ("German", None), "old": ("Old Norse", None)}\nlanguage = "fr"\n'
    posts = {
        "posts/one": (1, "language: de", "One"),
        "posts/two": (2, "language: Esperanto", "Two"),
        "posts/three": (3, "language: [old, de]", "Three"),
        "posts/four": (4, "language: pt_BR", "Four"),
    }
    out, warnings = build(tmp_path, {"conf.py": conf, "index.md": "# Home\n", **written(posts)})
    assert warnings == []
    labels = texts(post(out, "blog/language"), "post-labels")
    assert labels == ["Esperanto 1 German 2 Old Norse 1 Português (Brasil) 1"]
    tags = [
        post(out, f"posts/{name}").xpath("string(//section[h1]/@lang)")
        for name in ("one", "two", "three", "four")
    ]
    assert tags == ["de", "", "", "pt-BR"]
    assert lxml.etree.parse(out / "blog/language/german/atom.xml").getroot().get(LANG) == "de"


def test_another_original_reaches_all_versions(tmp_path: Path) -> None:
    """Which version search engines show by default may change on a page whose source does not."""
    posts = {
        "posts/ein": (1, "language: de", "Eins"),
        "posts/un": (2, "language: fr\ntranslation_of: ein", "Un"),
        "posts/uno": (3, "language: it\ntranslation_of: ein", "Uno"),
    }
    files = {"conf.py": CONF, "index.md": "# Home\n"}
    out, _ = build(tmp_path, {**files, **written(posts)})
    default = f'hreflang="x-default" href="{BASE}posts/'
    assert f"{default}ein/" in (out / "posts/uno/index.html").read_text(encoding="utf-8")
    posts["posts/ein"] = (1, "language: de\ntranslation_of: un", "Eins")
    posts["posts/un"] = (2, "language: fr", "Un")
    changed = written(posts)
    out, _ = build(tmp_path, {name: changed[name] for name in ("posts/ein.md", "posts/un.md")})
    assert f"{default}un/" in (out / "posts/uno/index.html").read_text(encoding="utf-8")
