"""What sources say of their site, in conf.py."""

from __future__ import annotations

import ast
from datetime import datetime
from typing import Any

import pytest

from importer.folders.trees import NOW, files
from postdocs.authoring import scaffold
from postdocs.core.errors import PostdocsError
from postdocs.importer import conf_patch
from postdocs.importer.folders.registry import system_of
from postdocs.importer.sources.model import SiteSettings, Source
from postdocs.importer.sources.site_settings import links_in, people, plain_text

SAID = SiteSettings(
    title='Ebb "& flow"',
    description="Of the sea",
    url="https://tides.example.org/notes",
    authors=(("Zoë Example", "https://zoe.example.org/"), ("Bob Example", None)),
    language="pt_BR",
    timezone="Europe/Berlin",
    links=(("Code", "https://code.example.org/tides"),),
)


def values_of(text: str) -> dict[str, Any]:
    """Return the literals that settings are set to."""
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and not any(isinstance(inner, ast.Name | ast.JoinedStr) for inner in ast.walk(node.value))
    }


def new_conf(title: str = "Notes", author: str = "Ann Example") -> str:
    """Return the settings of a new site."""
    return scaffold.files_of(
        scaffold.Site(title, author), datetime(2026, 5, 4, tzinfo=NOW.tzinfo), "postdocs"
    )["conf.py"]


def test_a_new_site_gets_what_the_source_says() -> None:
    """All settings change, comments and other lines stay, and a second time changes nothing."""
    before = new_conf()
    after = conf_patch.patch(before, SAID)
    values = values_of(after.text)

    assert after.kept == ()
    assert values["project"] == 'Ebb "& flow"'
    assert values["author"] == "Zoë Example, Bob Example"
    assert values["html_baseurl"] == "https://tides.example.org/notes/"
    assert values["postdocs_timezone"] == "Europe/Berlin"
    assert values["language"] == "pt_BR"
    assert values["blog_feed_subtitle"] == "Of the sea"
    assert values["blog_authors"] == {
        "Zoë Example": ("Zoë Example", "https://zoe.example.org/"),
        "Bob Example": ("Bob Example", None),
    }
    assert values["postdocs_links"] == [("Code", "https://code.example.org/tides")]
    assert [line.partition("#")[2] for line in before.split("\n") if "#" in line] == [
        line.partition("#")[2] for line in after.text.split("\n") if "#" in line
    ]
    assert after.values["postdocs_timezone"] == "Europe/Berlin"
    assert conf_patch.patch(after.text, SAID) == conf_patch.Patch(after.text)


def test_what_the_author_has_set_stays() -> None:
    """A line names each such setting, and --replace takes the source's."""
    text = 'project = "Mine"\nhtml_baseurl = "https://tides.example.org/notes"\n'
    said = SiteSettings(title="Theirs", url="https://tides.example.org/notes")
    assert conf_patch.patch(text, said) == conf_patch.Patch(
        text, ("conf.py:1: project stays 'Mine'; the source says 'Theirs' (--replace takes it)",)
    )
    replaced = conf_patch.patch(text, said, replace=True)
    assert replaced == conf_patch.Patch(text.replace("Mine", "Theirs"), values={"project": "Theirs"})


@pytest.mark.parametrize(
    "text",
    [
        "import os\nproject = os.environ['NAME']\n",
        "x = 1\nproject = f'{x} tides'\n",
        "if True:\n    project = 'A'\n",
        "project = 'A'\nproject += 'B'\n",
        "a = 1\nproject = copyright = 'A'\n",
    ],
)
@pytest.mark.parametrize("replace", [False, True])
def test_computed_settings_stay(text: str, *, replace: bool) -> None:
    """What a line alone doesn't say can't be edited surely; the message names the line."""
    assert conf_patch.patch(text, SiteSettings(title="T"), replace=replace) == conf_patch.Patch(
        text, ("conf.py:2: project is computed, and stays; the source says 'T'",)
    )


def test_authors_join_those_that_are_there() -> None:
    """The author's own are kept with what is said of them, and the example of a new site goes."""
    own = 'blog_authors = {\n    "Kim Example": ("Kim", None),  # me\n}\n'
    said = SiteSettings(authors=(("Kim Example", None), ("Bob Example", None)))
    after = conf_patch.patch(f'author = "Ann Example"\n{own}', said).text
    assert values_of(after)["blog_authors"] == {
        "Kim Example": ("Kim", None), "Bob Example": ("Bob Example", None)
    }  # fmt: skip
    assert "# me" in after


def test_an_author_of_the_example_s_name_changes_nothing() -> None:
    """Somebody may be called so."""
    text = 'author = "Ann Example"\nblog_authors = {"Ann Example": ("Ann Example", None)}\n'
    said = SiteSettings(authors=(("Ann Example", None),))
    assert conf_patch.patch(text, said) == conf_patch.Patch(text)


def test_settings_that_are_not_there_are_added() -> None:
    """They follow the name of the site; what Sphinx takes anyway is not written."""
    text = 'project = "Notes"\nhtml_theme = "postdocs"\n'
    said = SiteSettings(title="Tides", language="en", timezone="Asia/Tokyo")
    assert conf_patch.patch(text, said).text == (
        'project = "Tides"\npostdocs_timezone = "Asia/Tokyo"\nhtml_theme = "postdocs"\n'
    )
    assert (
        conf_patch.patch("x = 1", said).text == 'x = 1\nproject = "Tides"\npostdocs_timezone = "Asia/Tokyo"'
    )


def test_the_address_of_ablog_stays_in_its_place() -> None:
    """A site that has only ablog's setting gets no second one."""
    said = SiteSettings(url="https://tides.example.org")
    after = conf_patch.patch('blog_baseurl = ""\n', said).text
    assert after == 'blog_baseurl = "https://tides.example.org/"\n'


def test_a_conf_that_is_no_python_is_an_error() -> None:
    """The message names the line."""
    with pytest.raises(PostdocsError, match=r"^conf\.py:2: it is no Python; correct the line$"):
        conf_patch.patch("a = 1\nb = (\n", SAID)


def test_values_are_plain_and_public() -> None:
    """Markup, controls, mail addresses, and addresses that are none of the web never reach the settings."""
    assert plain_text("Ebb <b>&amp; flow</b>\0\ud800") == "Ebb & flow"
    assert plain_text(["no text"]) == ""
    assert people({"name": "Kim <kim@example.org>", "uri": "javascript:1"}) == (("Kim", None),)
    assert people("kim@example.org", ["Bob", {"name": "Zoë", "url": "https://z.example"}]) == (
        ("Bob", None), ("Zoë", "https://z.example"),
    )  # fmt: skip
    menu = [{"name": "Code", "url": "https://code.example"}, {"name": "About", "url": "/about/"}]
    assert links_in(menu, (("/x", "Home"), ("https://b.example", "B")), None) == (
        ("Code", "https://code.example"),
        ("B", "https://b.example"),
    )
    assert (
        links_in([{"name": "A", "url": "https://me:secret@a.example/"}, {"name": "M", "url": "mailto:a@b.c"}])
        == ()
    )


POST = "---\ntitle: Low\ndate: 2021-03-04\n---\nText.\n"
EXPECTED = SiteSettings(
    "Tides",
    "Of the sea",
    "https://t.example",
    (("Kim", None),),
    "de",
    "Europe/Berlin",
    (("Code", "https://c.example"),),
)
SYSTEMS = {
    "Jekyll": {
        "_config.yml": "title: Tides\ndescription: Of the sea\nurl: https://t.example\nlang: de\n"
        "author: {name: Kim, email: kim@t.example}\ntimezone: Europe/Berlin\n",
        "_data/navigation.yml": "main:\n- {title: Code, url: 'https://c.example'}\n- {title: A, url: /a/}\n",
        "_posts/2021-03-04-low.md": POST,
    },
    "Hugo": {
        "hugo.toml": "title = 'Tides'\nbaseURL = 'https://t.example/'\nlanguageCode = 'de'\n"
        "timeZone = 'Europe/Berlin'\n[params]\ndescription = 'Of the sea'\nauthor = {name = 'Kim'}\n"
        "[[menu.main]]\nname='Code'\nurl = 'https://c.example'\n[[menu.main]]\nname = 'A'\npageRef = '/a'\n",
        "content/posts/low.md": POST,
    },
    "Pelican": {
        "pelicanconf.py": "SITENAME = 'Tides'\nSITESUBTITLE = 'Of the sea'\nSITEURL = 'https://t.example'\n"
        "DEFAULT_LANG = 'de'\nAUTHOR = 'Kim'\nTIMEZONE = 'Europe/Berlin'\nSOCIAL = (('Code', 'https://c.example'),)\n",
        "low.md": "Title: Low\nDate: 2021-03-04\n\nText.\n",
    },
    "Nikola": {
        "conf.py": "# nikola\nBLOG_TITLE = 'Tides'\nBLOG_DESCRIPTION = 'Of the sea'\nDEFAULT_LANG = 'de'\n"
        "SITE_URL = 'https://t.example/'\nBLOG_AUTHOR = 'Kim'\nTIMEZONE = 'Europe/Berlin'\n"
        "NAVIGATION_LINKS = {DEFAULT_LANG: (('/a/', 'A'), ('https://c.example', 'Code'))}\n",
        "posts/low.rst": ".. title: Low\n.. date: 2021-03-04\n\nText.\n",
    },
    "Sphinx": {
        "conf.py": "project = 'Tides'\nauthor = 'Kim'\nblog_baseurl = 'https://t.example/'\nlanguage = 'de'\n"
        "blog_feed_subtitle = 'Of the sea'\npostdocs_timezone = 'Europe/Berlin'\n"
        "postdocs_links = [('Code', 'https://c.example')]\nextensions = ['ablog']\n",
        "low.md": POST,
    },
}  # fmt: skip


def source_of(texts: dict[str, str]) -> Source:
    """Read a folder."""
    folder = files(texts)
    system = system_of(folder)
    assert system is not None
    return system.read(folder, None, NOW)


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_system_says_what_its_site_is(system: str) -> None:
    """Title, description, address, authors without mail addresses, language, time zone, and links."""
    source = source_of(SYSTEMS[system])
    assert source.format.startswith(system)
    assert source.settings == EXPECTED


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mkdocs.yml", "site_name: Tides\nsite_description: Of the sea\nsite_author: Kim\n"
                       "site_url: https://t.example\ntheme: {name: material, language: de}\n"),
        ("_data/metadata.json", '{"title": "Tides", "description": "Of the sea", "url": "https://t.example",'
                                ' "language": "de", "author": {"name": "Kim", "email": "kim@t.example"}}'),
        ("gatsby-config.js", "module.exports = {\n  siteMetadata: {\n    title: `Tides`,\n"
                             "    author: 'Kim',\n"
                             "    description: 'Of the sea',\n    siteUrl: 'https://t.example',\n"
                             "    language: 'de',\n    nav: {\n        title: 'no',\n    },\n  },\n}\n"),
    ],
)  # fmt: skip
def test_other_systems_say_less(path: str, text: str) -> None:
    """Their settings have no time zone."""
    source = source_of({path: text, "docs/low.md": POST})
    assert source.settings == SiteSettings(*list(vars(EXPECTED).values())[:5])


def test_of_several_sources_the_first_that_says_something_counts() -> None:
    """So a feed beside a folder changes nothing."""
    sources = [
        Source("a", "A", "", None, (), (), settings=SiteSettings(title="Tides")),
        Source("b", "B", "", None, (), (), settings=SiteSettings(title="Other", language="de")),
    ]
    assert conf_patch.joined(sources) == SiteSettings(title="Tides", language="de")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'project = "A"\nextensions = ["ablog"]\n',
            'project = "A"\nbibtex_reference_style = "author_year"\n'
            'bibtex_bibfiles = ["posts/references.bib"]\n'
            'extensions = ["ablog"]\nextensions += ["sphinxcontrib.bibtex"]\n',
        ),
        (
            'bibtex_bibfiles = ["own.bib"]\nif True:\n    extensions = NAMES + ["sphinxcontrib.bibtex"]\n',
            'bibtex_bibfiles = ["own.bib"]\nbibtex_bibfiles += ["posts/references.bib"]\nif True:\n'
            '    extensions = NAMES + ["sphinxcontrib.bibtex"]\n',
        ),
    ],
)
def test_lists_get_what_they_lack(before: str, after: str) -> None:
    """At their end, so that what is computed stays; a second time changes nothing."""
    said = SiteSettings(bibliography="posts/references.bib")
    patch = conf_patch.patch(before, said)
    assert patch.text == after
    assert patch.has_changes
    assert patch.applied({"bibtex_bibfiles": ["own.bib"]})["bibtex_bibfiles"][-1] == "posts/references.bib"
    assert not conf_patch.patch(after, said).has_changes


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("project = 'A'\n", ["old"]),
        ("html_extra_path = []\n", ["old"]),
        ("html_extra_path = ['CNAME']  # mine\n", ["CNAME", "old"]),
        ("html_extra_path = ['old']\n", ["old"]),
    ],
)
def test_a_folder_of_files_is_added_once(text: str, values: list[str]) -> None:
    """To those that are there."""
    after, line = conf_patch.with_extra_path(text, "old")
    assert values_of(after)["html_extra_path"] == values
    assert line == ""


def test_a_folder_of_files_is_for_the_author_where_the_setting_is_computed() -> None:
    """A line says where."""
    text = "x = []\nhtml_extra_path = x + ['a']\n"
    after, line = conf_patch.with_extra_path(text, "old")
    assert after == text
    assert line == 'conf.py:2: html_extra_path is computed; add "old" to it'
