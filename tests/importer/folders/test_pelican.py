"""Source folders of Pelican."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from helpers import assert_linear

from importer.folders.pelican_sites import CONF, TITLED, blog, post
from importer.folders.trees import NOW, files
from postdocs.importer.entry import NoteKind
from postdocs.importer.folders import python_dialect
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import pelican
from postdocs.importer.folders.systems.pelican import dialect, metadata
from postdocs.importer.folders.systems.pelican import settings as pelican_settings


def test_articles_of_one_slug_are_translations() -> None:
    """An article and a page of one slug are not, nor are two in one language."""
    texts: dict[str, str | bytes] = {
        "a.md": f"{TITLED}Slug: tide\n\nA.\n",
        "b.md": f"{TITLED}Slug: tide\nLang: pt\n\nB.\n",
        "pages/c.md": "Title: C\nSlug: tide\nLang: pt\n\nC.\n",
        "d.md": f"{TITLED}Slug: tide\nLang: pt\n\nD.\n",
    }
    originals = {entry.source.rpartition("/")[2]: entry.original for entry in blog(texts).entries}
    assert originals.pop("b.md") == "https://tides.example/tide.html"
    assert {*originals.values()} == {None}


@pytest.mark.parametrize("name", ["pelicanconf.py", "publishconf.py"])
def test_a_blog_is_known_by_its_settings(name: str) -> None:
    """Either file."""
    assert system_of(files({name: "", "content/a.md": TITLED})) is pelican


@pytest.mark.parametrize(
    ("makefile", "folder"),
    [("INPUTDIR=$(BASEDIR)/src\n", "src"), ("INPUTDIR = none\n", "content"), ("", "content")],
)
def test_sources_are_where_the_command_line_says(makefile: str, folder: str) -> None:
    """Settings without PATH leave it to the makefile, and that to the usual folder."""
    sources = {f"{folder}/sea/a.md": TITLED, f"{folder}/a.png": "", "README.md": TITLED}
    conf = {"pelicanconf.py": "SITEURL = 'https://tides.example'\n", "Makefile": makefile}
    source = pelican.read(files({**conf, **sources}), None, NOW)
    assert [(entry.source, entry.category) for entry in source.entries] == [
        (f"blog/{folder}/sea/a.md", ("sea",))
    ]
    assert source.files is not None
    assert "a.png" in source.files.paths


def test_metadata_becomes_front_matter() -> None:
    """Each key of the table goes to its own, whatever its case, and others stay."""
    entry = post(
        "TITLE: Low: water\ndate: 2021-03-04 10:30\nModified: 2021-04-01\nCategory: Sea\nTags: moon, c++ ,\n"
        "Authors: Ann Example <ann@example.org>; Bo\nSummary: In *short*.\nLang: pt\nAlias: /old/\n"
        "Image: {static}/img/a.png\nMood: calm\nEmail: a@b.example\n",
        conf="TIMEZONE = 'Europe/Berlin'\n",
        **{"img/a.png": "x"},
    )
    zone = ZoneInfo("Europe/Berlin")
    assert (entry.title, entry.summary, entry.language) == ("Low: water", "In short.", "pt")
    assert entry.published == datetime(2021, 3, 4, 10, 30, tzinfo=zone)
    assert entry.updated == datetime(2021, 4, 1, tzinfo=zone)
    assert (entry.category, entry.tags, entry.authors) == (
        ("Sea",),
        ("moon", "c++"),
        ("Ann Example", "Bo"),
    )
    assert entry.image == "https://tides.example/img/a.png"
    assert entry.url == "https://tides.example/low-water-pt.html"
    assert entry.id == "tag:tides.example,2021-03-04:/low-water-pt.html"
    assert entry.extra == {"mood": "calm"}
    assert "a@b.example" not in repr(entry.extra)


def test_folders_names_and_settings_say_what_a_file_does_not() -> None:
    """The category, the date, and the author."""
    entry = post("Title: A\n", path="sea/2021-03-04-a.md")
    assert (entry.category, entry.authors) == (("sea",), ("Ann Example",))
    assert entry.published == datetime(2021, 3, 4, tzinfo=UTC)
    assert post(TITLED).category == ("misc",)
    named = post(
        "Title: A\n", path="2021_b.md", conf="FILENAME_METADATA = r'(?P<date>\\d{4})_(?P<slug>.*)'\n"
    )
    assert named.url == "https://tides.example/b.html"


@pytest.mark.parametrize(
    ("conf", "head", "path", "address"),
    [
        ("", "Title: Ünder & <b>above</b> it!\nDate: 2021-03-04\n", "a.md", "/under-above-it.html"),
        ("", "Title: Straße—Ærø, Łódź\nDate: 2021-03-04\n", "a.md", "/strasse-aero-lodz.html"),
        ("", "Title: It’s “½” 20° 😀\nDate: 2021-03-04\n", "a.md", "/its-12-20deg.html"),
        ("", f"{TITLED}Slug: own\n", "a.md", "/own.html"),
        ("ARTICLE_URL = '{date:%Y}/{date:%b}/{slug}/'\n", TITLED, "a.md", "/2021/Mar/a/"),
        (
            "ARTICLE_URL = '{category}/{author}/{slug}/index.html'\n",
            TITLED,
            "b c/a.md",
            "/b-c/ann-example/a/",
        ),
        ("SLUGIFY_SOURCE = 'basename'\n", TITLED, "Some File.md", "/some-file.html"),
        ("", f"{TITLED}Url: x/y/\nSave_as: x/y/index.html\n", "a.md", "/x/y/"),
        ("", f"{TITLED}Save_as: z/index.html\n", "a.md", "/z/"),
        ("", f"{TITLED}Lang: de\n", "a.md", "/a-de.html"),
        ("", f"{TITLED}Status: draft\n", "a.md", "/drafts/a.html"),
        ("", "Title: Who\n", "pages/a.md", "/pages/who.html"),
        ("PAGE_URL = '{slug}/'\n", "Title: Who\n", "pages/a.md", "/who/"),
        ("SITEURL = 'https://x.example/blog'\n", TITLED, "a.md", "/blog/a.html"),
    ],
)
def test_addresses_are_those_of_pelican(conf: str, head: str, path: str, address: str) -> None:
    """By patterns, languages, and the status; what a file says itself goes first."""
    url = post(head, conf=conf, path=path).url
    assert url is not None
    assert url.removeprefix("https://tides.example").removeprefix("https://x.example") == address


def test_an_address_that_cannot_be_known_is_none() -> None:
    """Pelican writes other scripts in Latin letters; with built pages the address is theirs."""
    entry = post("Title: Tide прилив\nDate: 2021-03-04\n")
    assert (entry.url, entry.id) == (None, None)
    assert [note.before for note in entry.notes if "give the built pages" in note.what] == ["a.md"]
    assert post("Title: прилив\nDate: 2021-03-04\nSlug: tide\n").url == "https://tides.example/tide.html"
    linked = post(TITLED, "[x]({tag}прилив) of `[y]({tag}прилив)` and {tag}s")
    assert [note.before for note in linked.notes] == ["blog/content/a.md:4: {tag}прилив"]
    category = "Title: A\nDate: 2021-03-04\nCategory: прилив\n"
    assert post(category).url == "https://tides.example/a.html"
    assert post(category, conf="ARTICLE_URL = '{category}/{slug}.html'\n").url is None


def test_settings_that_only_running_tells_are_named() -> None:
    """With their file and line."""
    source = blog({"a.md": f"{TITLED}\nA\n"}, "import os\nARTICLE_PATHS = os.listdir('.')\n")
    assert [note.before for note in source.notes if "ARTICLE_PATHS" in note.what] == ["blog/pelicanconf.py:6"]


def test_folders_may_be_a_tuple() -> None:
    """What is in no folder of articles is none."""
    texts: dict[str, str | bytes] = {
        "posts/a.md": f"{TITLED}\nA\n",
        "other/b.md": "Title: B\nDate: 2021-03-05\n\nB\n",
    }
    assert [entry.title for entry in blog(texts, "ARTICLE_PATHS = ('posts',)\n").entries] == ["A"]


def test_the_address_of_the_blog_is_that_of_publishing() -> None:
    """The settings for the author's machine name none, or that machine."""
    texts: dict[str, str | bytes] = {
        "pelicanconf.py": CONF + "SITEURL = 'http://localhost:8000'\n",
        "content/a.md": TITLED + "\nA\n",
    }
    assert pelican.read(files(texts), None, NOW).url is None
    publish = "from pelicanconf import *\nSITEURL = 'https://tides.example'\n"
    assert pelican.read(files({**texts, "publishconf.py": publish}), None, NOW).url == "https://tides.example"


def test_links_within_the_site_lead_to_pages_and_files() -> None:
    """In Markdown, HTML, and reStructuredText; code stays, and what leads nowhere is named with its line."""
    others = {
        "sea/b.md": "Title: B\nDate: 2021-03-05\n\nB\n",
        "img/a b.png": "x",
        "r.rst": "R\n#\n\n:date: 2021-03-06\n\n`b <{filename}sea/b.md>`_\n",
    }
    body = (
        "[b]({filename}sea/b.md#part) [c][d] <a href='{filename}/sea/b.md'>b</a> "
        "![p]({static}/img/a%20b.png)\n"
        '<a href="{tag}two words">t</a> [x]({category}sea) [y]({author}Ann Example)\n\n'
        "`[b]({filename}sea/b.md)`\n\n[gone]({filename}gone.md) [old](|filename|sea/b.md)\n\n"
        "[d]: {filename}/sea/b.md\n\n{% youtube abc %}\n"
    )
    entry = post(TITLED, body, **others)
    text = entry.markdown or ""
    assert "[b](/b.html#part)" in text
    assert "<a href='/b.html'>" in text
    assert "![p](/img/a%20b.png)" in text
    assert '<a href="/tag/two-words.html">' in text
    assert "[x](/category/sea.html)" in text
    assert "`[b]({filename}sea/b.md)`" in text
    assert "[old](/b.html)" in text
    assert "[d]: /b.html" in text
    assert [(note.kind, note.before) for note in entry.notes if "content/a.md" in note.before] == [
        (NoteKind.NOTICED, "blog/content/a.md:13: {% youtube abc %}"),
        (NoteKind.NOTICED, "blog/content/a.md:9: {filename}gone.md"),
    ]
    rest = next(one for one in blog({"a.md": f"{TITLED}\nA\n", **others}).entries if one.title == "R")
    assert 'href="/b.html"' in rest.content


def test_a_file_that_an_article_takes_with_it_is_served_there() -> None:
    """As it stands to that in the folder, else next to it; and where it was."""
    source = blog(
        {
            "sea/a.md": f"{TITLED}\n[x]({{attach}}img/x.csv) [y]({{attach}}/y.csv) ![z]({{static}}/z.png)\n",
            "sea/img/x.csv": "x", "y.csv": "y", "z.png": "z",
        },
        "ARTICLE_URL = '{date:%Y}/{slug}/'\n",
    )  # fmt: skip
    (entry,) = source.entries
    assert entry.markdown == "[x](/2021/a/img/x.csv) [y](/2021/a/y.csv) ![z](/z.png)\n"
    assert source.files is not None
    assert source.files.load("2021/a/y.csv") == b"y"
    assert {"2021/a/img/x.csv", "2021/a/y.csv", "y.csv"} <= {*source.files.paths}


def test_a_draft_that_the_old_site_shows_is_named() -> None:
    """Its address is in no list, but who has it can read the draft."""
    (entry,) = blog({"a.md": f"{TITLED}Status: draft\n\nText.\n"}).entries
    assert [note.before for note in entry.notes if note.before] == ["https://tides.example/drafts/a.html"]


def test_markdown_is_rendered_with_the_extensions_of_the_settings() -> None:
    """Code of either form keeps its language; a table of contents is left to the theme."""
    body = "[TOC]\n\n## Part\n\n    :::python\n    x = 1\n\nA note[^a].\n\n[^a]: Said.\n"
    entry = post(TITLED, body)
    assert '<code class="language-python">x = 1' in entry.content
    assert "footnote" in entry.content
    assert "[TOC]" in entry.content
    plain = "MARKDOWN = {'extension_configs': {'markdown.extensions.toc': {}, 'own.module': {}}}\n"
    source = blog({"a.md": f"{TITLED}\n{body}"}, plain)
    assert "[TOC]" not in source.entries[0].content
    assert "footnote" not in source.entries[0].content
    assert "own.module" in [note.before for note in source.notes]


def test_code_that_names_its_language_is_fenced() -> None:
    """Above indented code, where codehilite reads it; a path is a part of the code."""
    body = (
        "    :::python\n    if x:\n\n        y = 1\n\nText.\n\n\t#!bash\n\techo ```\n\n"
        "    #!/bin/sh\n    ls\n\n"
        "Text.\n    :::python\n"
    )
    text = post(f"{TITLED}\nFirst.\n", body).markdown or ""
    assert "First.\n\n```python\nif x:\n\n    y = 1\n```\n\nText." in text
    assert "````bash\necho ```\n" in text
    assert "\n#!/bin/sh\nls\n````" in text
    assert "Text.\n    :::python\n" in text
    assert "    :::python\n    if" in (
        post(f"{TITLED}\nFirst.\n", body, conf="MARKDOWN = {'extensions': ['x']}\n").markdown or ""
    )


def test_formulas_are_those_of_the_plugin() -> None:
    """Markdown reads nothing in them; prices, code, and attributes stay."""
    body = "A $a_1*b_2*$ costs 5$ or $6.\n\n$$\n\\frac{a}{b}\n$$\n\n    $c_d$\n\n![$e$](/x.png)\n"
    content = post(TITLED, body, conf="PLUGINS = ['render_math']\n").content
    assert r'<span class="math">\(a_1*b_2*\)</span> costs 5$ or $6.' in content
    assert "\\[\n\\frac{a}{b}\n\\]" in content
    assert "$c_d$" in content
    assert 'alt="$e$"' in content
    assert "math" not in post(TITLED, "A $a$").content


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("a.md", "Title: A\n\nText.", NoteKind.LEFT_OUT),
        ("a.md", "Date: 2021-03-04\n\nText.", NoteKind.LEFT_OUT),
        ("a.md", "Title: A\nDate: 2021-03-04\nStatus: skip\n\nText.", NoteKind.LEFT_OUT),
        ("a.ipynb", "{}", NoteKind.LOST),
        ("a.md", b"\x00\x01\x02\xff" * 9, NoteKind.LOST),
    ],
)
def test_what_is_no_post_is_named(path: str, text: str | bytes, kind: NoteKind) -> None:
    """Each file by its path."""
    source = blog({path: text, "b.md": f"{TITLED}\nB\n"})
    assert [entry.title for entry in source.entries] == ["A"]
    assert [note.kind for note in source.notes if path in note.before] == [kind]


def test_substitutions_of_slugs_may_be_a_tuple() -> None:
    """Settings in Python have either."""
    conf = "SLUG_REGEX_SUBSTITUTIONS = ((' ', '_'),)\n"
    assert (
        post("Title: Low water\nDate: 2021-03-04\n", conf=conf).url == "https://tides.example/low_water.html"
    )


def test_what_is_not_public_is_a_draft() -> None:
    """A hidden article was public, in no list: it is a page, and the search leaves it out."""
    entries = [post(f"{TITLED}Status: {status}\n") for status in ("draft", "hidden", "published")]
    assert [(entry.draft, entry.page) for entry in entries] == [(True, False), (False, True), (False, False)]
    assert [entry.extra for entry in entries] == [{}, {"nosearch": True}, {}]
    assert [note.what for note in entries[1].notes] == [
        "it is hidden there, in no list but at its address; it is a page here, and not in the search"
    ]
    assert post(f"{TITLED}Status: hidden\nPrivate: true\n").draft


def test_html_has_its_metadata_in_its_head() -> None:
    """And its text in its body."""
    html = (
        "<html><head><title>Old</title><meta name='date' content='2017-01-01'><meta name='tags' "
        "content='a, b'></head><body>First <p>Text.</p></body></html>"
    )
    (entry,) = blog({"a.html": html}).entries
    assert (entry.title, entry.tags) == ("Old", ("a", "b"))
    assert entry.content == "First <p>Text.</p>"
    assert (
        blog({"a.html": html, "b.md": f"{TITLED}\nB\n"}, "READERS = {'html': None}\n").entries[0].title == "A"
    )


def test_patterns_that_take_for_ever_are_not_used() -> None:
    """Names of files may be made to match them."""
    conf = "FILENAME_METADATA = r'(?P<slug>(a+)+)$'\nSLUG_REGEX_SUBSTITUTIONS = [(r'(x+x+)+y', '')]\n"
    source = blog({"a" * 60 + "!.md": f"{TITLED}\nA\n"}, conf)
    assert source.entries[0].url == "https://tides.example/a.html"
    assert {note.what.partition(" ")[0] for note in source.notes} == {
        "FILENAME_METADATA",
        "SLUG_REGEX_SUBSTITUTIONS",
    }


def test_heads_take_linear_time() -> None:
    """Of many lines, or one long one."""
    assert_linear(lambda size: metadata.of_markdown("Title: A\n" + "    more\n" * size), 20_000)
    assert_linear(lambda size: metadata.without_mail("a" * size), 20_000)


@pytest.mark.parametrize("part", ["{% x", "[a]({filename}b", '<a href="{static}b', "{filename}"])
def test_texts_take_linear_time(part: str) -> None:
    """What is never closed is not looked for again and again."""
    settings = pelican_settings.read(files({"pelicanconf.py": CONF}), None)
    links = dialect.Links({}, frozenset(), settings, "")

    def run(size: int) -> None:
        text = dialect.resolved(part * size, "a.md", links)
        assert len([*dialect.unknown(text, "a.md", links)]) <= size

    assert_linear(run, 4_000)


def test_blank_lines_in_code_take_linear_time() -> None:
    """However many there are between two lines."""
    head, end = "    :::python\n    a\n", "    b\n"
    assert_linear(lambda size: python_dialect.to_myst(head + "\n" * size + end, ["codehilite"]), 20_000)


def test_what_only_python_markdown_reads_is_written_as_myst() -> None:
    """Addresses with spaces, and abbreviations but in code and addresses; the content is as rendered."""
    body = (
        'The ABC and `ABC` of [ABC](https://abc.example/ABC "t") in [tag]({tag}Deep Sea).\n\n'
        '*[ABC]: A "big" <C>\n\n    ABC of code\n'
    )
    entry = post(TITLED, body)
    abbr = '<abbr title="A &quot;big&quot; &lt;C&gt;">ABC</abbr>'
    assert entry.markdown == (
        f'The {abbr} and `ABC` of [{abbr}](https://abc.example/ABC "t") in [tag](/tag/deep-sea.html).\n\n'
        "\n\n    ABC of code\n\n"
    )
    assert entry.content.count("<abbr") == 2
    bare = post(TITLED, "A [b](c d) ABC.\n\n*[ABC]: C", conf="MARKDOWN = {'extensions': ['tables']}\n")
    assert (bare.markdown or "").startswith("A [b](<c d>) ABC.\n\n*[ABC]: C")


def test_images_in_directives_of_plugins_come_along() -> None:
    """As images where the directive only arranges them; else its text names them, and they are there."""
    body = ".. center::\n\n   .. image:: {static}a.png\n\n.. lightbox:: {static}a.png\n"
    entry = post("A\n#\n\n:date: 2021-03-04\n", body, path="a.rst", **{"a.png": "x"})
    assert '<img alt="" src="/a.png" />' in entry.content
    assert ".. lightbox:: {static}a.png" in entry.content
    assert [note.what for note in entry.notes] == [
        "the text in a directive that docutils doesn't know came along without it",
        "what docutils doesn't know came along as text",
        "a link within the site stayed as text",
    ]
