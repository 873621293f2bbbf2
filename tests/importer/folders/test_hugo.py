"""Source folders of Hugo."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from importer.folders.hugo_sites import CONFIG, POST, entries, post
from importer.folders.trees import NOW, files
from postdocs.importer.entry import NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import hugo
from postdocs.importer.folders.systems.hugo import addresses


@pytest.mark.parametrize(
    ("texts", "is_hugo"),
    [
        ({"hugo.yaml": "", "content/a.md": ""}, True),
        ({"config.toml": 'baseURL = "/"', "content/a.md": ""}, True),
        ({"config/_default/config.toml": 'baseurl = "/"', "content/a.md": ""}, True),
        ({"config.toml": "", "content/a.md": "", "archetypes/default.md": ""}, True),
        ({"config.toml": 'base_url = "/"', "content/a.md": "", "templates/a.html": ""}, False),
        ({"hugo.toml": ""}, False),
        ({"content/a.md": "", "archetypes/default.md": "", "layouts/a.html": "", "gen.py": ""}, True),
        ({"content/a.md": "", "layouts/a.html": ""}, False),
    ],
)
def test_a_site_is_known_by_its_settings(texts: dict[str, str], *, is_hugo: bool) -> None:
    """Zola has a `config.toml` and a folder `content` as well; some repositories make their settings."""
    assert (system_of(files(texts)) is hugo) is is_hugo


@pytest.mark.parametrize("form", ["YAML", "TOML", "JSON"])
def test_front_matter_becomes_that_of_a_post(form: str) -> None:
    """The form makes no difference, nor does the case of keys."""
    texts = {
        "YAML": '---\nTitle: "Low: water"\ndate: 2021-03-04T23:30:00-05:00\nlastmod: 2021-04-01\n'
        "categories: [Sea]\ntags: [moon, sun]\nauthor: Ann\ndescription: In short.\naliases: [/old/, older]\n"
        "mood: calm\ndraft: true\n---\nText.\n",
        "TOML": '+++\ntitle = "Low: water"\ndate = 2021-03-04T23:30:00-05:00\nlastmod = 2021-04-01\n'
        'categories = ["Sea"]\ntags = ["moon", "sun"]\nauthor = "Ann"\ndescription = "In short."\n'
        'aliases = ["/old/", "older"]\nmood = "calm"\ndraft = true\n+++\nText.\n',
        "JSON": '{"title": "Low: water", "date": "2021-03-04T23:30:00-05:00", "lastmod": "2021-04-01",\n'
        '"categories": ["Sea"], "tags": ["moon", "sun"], "author": "Ann", "description": "In short.",\n'
        '"aliases": ["/old/", "older"], "mood": "calm", "draft": true}\n\nText.\n',
    }
    (entry,) = entries({POST: texts[form]})

    assert (entry.title, entry.summary, entry.draft) == ("Low: water", "In short.", True)
    assert entry.published == datetime(2021, 3, 5, 4, 30, tzinfo=UTC)
    assert entry.updated == datetime(2021, 4, 1, tzinfo=UTC)
    assert (entry.category, entry.tags, entry.authors) == (("Sea",), ("moon", "sun"), ("Ann",))
    assert entry.aliases == ("/old/", "/posts/older")
    assert entry.extra == {"mood": "calm"}
    assert entry.url == entry.id == "https://tides.example.org/posts/low-water/"
    assert (entry.content, (entry.markdown or "").strip()) == ("<p>Text.</p>\n", "Text.")


def test_the_thread_of_a_post_may_be_named_in_its_params() -> None:
    """Hugo reads keys of its users in `params` too; those that name a thread of comments stay."""
    entry = post("date: 2021-03-04\ndisqus_url: https://a.example/\nparams: {disqus_identifier: t-9, x: 1}")
    assert entry.extra == {"disqus_url": "https://a.example/", "disqus_identifier": "t-9"}


@pytest.mark.parametrize(
    ("config", "front", "path", "address"),
    [
        ("", "", POST, "/posts/low-water/"),
        ("", "slug: Ebb & Flow", POST, "/posts/ebb-flow/"),
        ("", "url: /tides", POST, "/tides/"),
        ("", "url: /tides.html", POST, "/tides.html"),
        ("", "", "content/posts/My Post/index.md", "/posts/my-post/"),
        ("", "", "content/posts/2021/a_b.md", "/posts/2021/a_b/"),
        ("uglyURLs = true", "", POST, "/posts/low-water.html"),
        ("disablePathToLower = true", "", "content/posts/A.md", "/posts/A/"),
        ('[permalinks]\nposts = "/:year/:month/:slug/"', "", POST, "/2021/03/a-b/"),
        ('[permalinks.page]\nposts = "/:year/:slugorfilename"', "", POST, "/2021/low-water/"),
        ('[permalinks]\nposts = "/:sections/:monthname/:day-:title/"', "", POST, "/posts/march/04-a-b/"),
        ('baseURL = "https://tides.example.org/notes/"', "", POST, "/notes/posts/low-water/"),
    ],
)
def test_addresses_are_those_of_hugo(config: str, front: str, path: str, address: str) -> None:
    """Folders, `slug`, `url`, patterns, and a path below the host."""
    settings = f'baseURL = "https://tides.example.org/"\n{config}\n' if "baseURL" not in config else config
    entry = post(f"title: 'A: b'\ndate: 2021-03-04\n{front}", config=settings, path=path)
    assert entry.url == f"https://tides.example.org{address}"


def test_names_become_parts_of_addresses_as_in_hugo() -> None:
    """Punctuation goes, white space becomes hyphens, letters of all scripts stay."""
    assert addresses.urlize("Ebb & Flow: what's 'new' - 2.0?") == "ebb-flow-whats-new-2.0"
    assert addresses.urlize("Über C# +") == "über-c#-+"


def test_posts_are_told_from_pages() -> None:
    """Sections have posts; what stands at the top or has no date is a page, and lists are pages too."""
    found = entries(
        {
            "content/about.md": "---\ntitle: About\ndate: 2020-01-01\n---\nMe.",
            "content/posts/_index.md": "---\ntitle: Posts\n---\nAll of them.",
            "content/posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\nText.",
            "content/posts/b.md": "---\ntitle: B\ndraft: true\n---\nText.",
            "content/lab/c.md": "---\ntitle: C\n---\nText.",
            "content/_index.md": "---\ntitle: Home\n---\n",
            "content/hidden/index.md": "---\ntitle: H\nheadless: true\n---\nText.",
        }
    )
    assert {entry.title: entry.page for entry in found} == {
        "About": True, "Posts": True, "A": False, "B": False, "C": True,
    }  # fmt: skip


def test_the_site_may_name_its_main_sections() -> None:
    """Then no other section has posts."""
    found = entries(
        {
            "content/notes/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\nText.",
            "content/talks/b.md": "---\ntitle: B\ndate: 2020-01-01\n---\nText.",
        },
        f'{CONFIG}[params]\nmainSections = ["notes"]\n',
    )
    assert {entry.title: entry.page for entry in found} == {"A": False, "B": True}


def test_files_of_a_bundle_belong_to_its_page() -> None:
    """They are found where the site serves them; Markdown beside `index.md` is no page."""
    source = hugo.read(
        files(
            {
                "hugo.toml": CONFIG,
                "content/posts/Low Tide/index.md": "---\ntitle: A\ndate: 2020-01-01\nimages: [a.png]\n---\n"
                "![](a.png)",
                "content/posts/Low Tide/notes.md": "no page",
                "content/posts/Low Tide/a.png": b"png",
                "static/img/b.png": b"other",
            }
        ),
        None,
        NOW,
    )
    (entry,) = source.entries
    assert source.files is not None
    assert source.files.load("posts/low-tide/a.png") == b"png"
    assert source.files.load("img/b.png") == b"other"
    assert entry.image == "https://tides.example.org/posts/low-tide/a.png"


def test_dates_without_offset_are_of_the_site() -> None:
    """They are in its time zone, and in UTC where it names none."""
    assert post("title: A\ndate: 2021-03-04 10:00").published == datetime(2021, 3, 4, 10, tzinfo=UTC)
    zoned = post("title: A\ndate: 2021-03-04 10:00", config=f'{CONFIG}timeZone = "Europe/Berlin"\n')
    assert zoned.published == datetime(2021, 3, 4, 10, tzinfo=ZoneInfo("Europe/Berlin"))
    named = post("title: A", path="content/posts/2021-03-04-a.md")
    assert named.published == datetime(2021, 3, 4, tzinfo=UTC)


def test_languages_of_file_names_have_their_own_addresses() -> None:
    """The default language is at the root, and has the originals."""
    config = (
        f'{CONFIG}defaultContentLanguage = "en"\n[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n'
    )
    found = entries(
        {
            "content/posts/a.en.md": "---\ntitle: A\ndate: 2020-01-01\n---\nText.",
            "content/posts/a.de.md": "---\ntitle: B\ndate: 2020-01-01\n---\nText.",
        },
        config,
    )
    assert {entry.language: (entry.url, entry.original) for entry in found} == {
        "de": ("https://tides.example.org/de/posts/a/", "https://tides.example.org/posts/a/"),
        "en": ("https://tides.example.org/posts/a/", None),
    }


def test_what_does_not_come_along_is_named() -> None:
    """Files in other languages of markup, and those that can't be read."""
    source = hugo.read(
        files(
            {
                "hugo.toml": CONFIG,
                POST: "---\ntitle: A\n---\nText.",
                "content/posts/b.org": "* B",
                "content/posts/c.md": "+++\na = \n+++\n",
                "content/posts/d.md": b"\x89PNG\r\n\x1a\n\0\0\0",
            }
        ),
        None,
        NOW,
    )
    assert [note.kind for note in source.notes] == [NoteKind.LOST] * 3
    assert "blog/content/posts/c.md:2: it is not TOML" in repr(source.notes)


def test_a_post_is_not_public_before_hugo_shows_it() -> None:
    """Hugo builds nothing before `publishDate`; the address is that of the date."""
    config = f"{CONFIG}[permalinks]\nposts = '/:year/:slug/'\n"
    entry = post("title: Low\ndate: 2021-03-04\npublishDate: 2999-01-01", config=config)
    assert entry.published == datetime(2999, 1, 1, tzinfo=ZoneInfo("UTC"))
    assert entry.url == "https://tides.example.org/2021/low/"


def test_a_page_that_expires_is_a_draft() -> None:
    """Hugo takes it down at that time, which a site here doesn't."""
    entry = post("title: Low\ndate: 2021-03-04\nexpiryDate: 2021-04-01")
    assert entry.draft
    assert [note.before for note in entry.notes] == ["2021-04-01"]


def test_only_a_page_makes_a_bundle_of_its_folder() -> None:
    """A file `index.json` beside posts hides none of them."""
    text = "---\ntitle: Low\ndate: 2021-03-04\n---\nText.\n"
    assert len(entries({POST: text, "content/posts/index.json": "{}"})) == 1


def test_what_says_that_a_page_is_published_is_no_date() -> None:
    """Another key may say one."""
    one = post("title: Low\npublished: true\nlastmod: 2021-03-04")
    assert one.published is not None
    assert not [note for note in one.notes if "no known form" in note.what]


def test_an_alias_that_is_no_path_stops_no_import() -> None:
    """What is wrong with it is told with the post."""
    assert "http://[" in post("title: Low\naliases: ['http://[']").aliases


@pytest.mark.parametrize("suffix", ["ipynb", "Rmarkdown", "Rmd", "org"])
def test_what_a_text_was_made_of_is_no_page(suffix: str) -> None:
    """One beside the text that was made of it is left out, any other is lost."""
    texts = {
        "content/posts/made/index.markdown": "Text.",
        f"content/posts/made/index.{suffix}": "{}",
        f"content/posts/alone/index.{suffix}": "{}",
    }
    notes = hugo.read(files({"hugo.toml": CONFIG, **texts}), None, NOW).notes
    assert [(note.kind, note.before) for note in notes] == [
        (NoteKind.LOST, f"content/posts/alone/index.{suffix}"),
        (NoteKind.LEFT_OUT, f"content/posts/made/index.{suffix}"),
    ]


def test_a_page_with_its_text_in_front_matter_is_named() -> None:
    """Only its theme knows what its blocks show; a list without a text is none."""
    texts = {
        "content/mission/_index.md": "---\nsections:\n- block: markdown\n  content: {text: Words.}\n---\n",
        "content/posts/_index.md": "---\ntitle: Posts\n---\n",
    }
    notes = hugo.read(files({"hugo.toml": CONFIG, **texts}), None, NOW).notes
    assert [(note.kind, note.before) for note in notes] == [(NoteKind.LEFT_OUT, "content/mission/_index.md")]


@pytest.mark.parametrize("name", ["index.Rmd", "index.html", "content/index.md"])
def test_an_index_above_the_texts_makes_no_bundle_of_them(name: str) -> None:
    """Each site of blogdown has one beside its settings."""
    found = entries(
        {name: "---\ntitle: Home\n---\nHome.", "content/post/a.md": "---\ntitle: A\n---\nText.\n"}
    )
    assert "A" in {entry.title for entry in found}


def test_settings_for_production_go_first() -> None:
    """Hugo builds a site with them; tables have the values of both, and languages may have files."""
    folder = "config/_default"
    texts = {
        f"{folder}/hugo.toml": 'baseURL = "http://localhost"\ntitle = "Tides"\n[params]\nmood = "calm"\n',
        f"{folder}/languages.zh-cn.toml": 'label = "Chinese"\n',
        f"{folder}/menus.en.toml": '[[main]]\nname = "Harbour"\nurl = "https://harbour.example/"\n',
        "config/production/hugo.toml": 'baseURL = "https://tides.example.org/log/"\n',
        "config/production/params.toml": 'place = "pier"\n',
        "config/development/hugo.toml": 'title = "Test"\n',
        "content/posts/low.md": "---\ntitle: Low\n---\n{{< param mood >}} {{< param place >}}\n",
        "content/posts/low.zh-cn.md": "---\ntitle: Low\n---\nText.\n",
    }
    source = hugo.read(files(texts), None, NOW)
    assert [(entry.url, entry.language) for entry in source.entries] == [
        ("https://tides.example.org/log/posts/low/", None),
        ("https://tides.example.org/log/zh-cn/posts/low/", "zh-cn"),
    ]
    assert source.title == "Tides"
    assert "calm pier" in source.entries[0].content
    assert source.settings.links == (("Harbour", "https://harbour.example/"),)
