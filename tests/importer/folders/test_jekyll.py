"""Source folders of Jekyll."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from importer.folders.jekyll_sites import CONFIG, POST, entries, post
from importer.folders.trees import NOW, files
from postdocs.importer.entry import NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import jekyll
from postdocs.importer.folders.systems.jekyll import permalinks


@pytest.mark.parametrize(
    ("paths", "is_jekyll"),
    [
        (["_config.yml", "_posts/2021-03-04-a.md"], True),
        (["_posts/2021-03-04-a.html"], True),
        (["news/_posts/2021-03-04-a.markdown", "_config.toml"], True),
        (["_config.yml", "_layouts/post.html", "about.md"], True),
        (["_config.yml", "_toc.yml", "intro.md"], False),
        (["posts/2021-03-04-a.md"], False),
    ],
)
def test_a_blog_is_known_by_its_folders(paths: list[str], *, is_jekyll: bool) -> None:
    """A file of settings alone is no blog: Jupyter Book has one of the same name."""
    assert (system_of(files(dict.fromkeys(paths, ""))) is jekyll) is is_jekyll


def test_front_matter_becomes_that_of_a_post() -> None:
    """Each key of the table goes to its own, and others stay."""
    entry = post(
        "title: 'Low: water'\ndate: 2021-03-04 23:30:00 -0500\nlast_modified_at: 2021-04-01\n"
        "categories: [Sea, Sky]\ntags: moon sun\nauthor: ann\nexcerpt: In short.\nlang: pt_br\n"
        "redirect_from: [/old/, /older.html]\nimage: /img/a.png\nmood: calm\nlayout: post\n"
        "email: a@b.example",
        config=f"{CONFIG}timezone: Europe/Berlin\nplugins: [jekyll-feed]\n",
    )
    assert (entry.title, entry.summary, entry.language) == ("Low: water", "In short.", "pt-BR")
    assert entry.published == datetime(2021, 3, 5, 4, 30, tzinfo=UTC)
    assert entry.updated == datetime(2021, 4, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    assert (entry.category, entry.tags, entry.authors) == (("Sea", "Sky"), ("moon", "sun"), ("ann",))
    assert entry.aliases == ("/old/", "/older.html")
    assert entry.image == "https://tides.example.org/img/a.png"
    assert entry.url == "https://tides.example.org/sea/sky/2021/03/05/low-water.html"
    assert entry.id == "https://tides.example.org/sea/sky/2021/03/05/low-water"
    assert entry.extra == {"mood": "calm"}
    assert "email" in [note.before for note in entry.notes]


def test_authors_have_the_names_of_the_data_file() -> None:
    """Their mail addresses go nowhere."""
    (entry,) = entries(
        {
            POST: "---\ntitle: A\nauthors: [ann, Bo]\n---\nText.",
            "_data/authors.yml": "ann:\n  name: Ann Example\n  email: ann@example.org\n",
        }
    )
    assert entry.authors == ("Ann Example", "Bo")
    assert "ann@example.org" not in repr(entry)


@pytest.mark.parametrize(
    ("front", "path", "is_draft"),
    [
        ("title: A", POST, False),
        ("published: false", POST, True),
        ("published: no", POST, True),
        ("draft: true", POST, True),
        ("title: A", "_drafts/a.md", True),
        ("password: open", POST, True),
    ],
)
def test_what_is_not_public_is_a_draft(front: str, path: str, *, is_draft: bool) -> None:
    """Whichever way a post says it."""
    assert post(front, path=path).draft is is_draft


@pytest.mark.parametrize(
    ("config", "front", "address"),
    [
        ("", "", "/2021/03/04/low-water.html"),
        ("permalink: pretty", "", "/2021/03/04/low-water/"),
        ("permalink: none", "category: Sea Life", "/sea%20life/low-water.html"),
        ("permalink: ordinal", "", "/2021/063/low-water.html"),
        ("permalink: weekdate", "", "/2021/W09/Thu/low-water.html"),
        ("permalink: /:year/:i_month/:slug", "slug: Ebb & Flow", "/2021/3/low-water"),
        ("permalink: /blog/:title/", "slug: Ebb & Flow", "/blog/Ebb-&-Flow/"),
        (
            "permalink: /:slugified_categories/:title/",
            "categories: [Sea Life, Sky]",
            "/sea-life/sky/low-water/",
        ),
        ("permalink: pretty", "permalink: /tides/", "/tides/"),
        ("permalink: pretty", "permalink: /t/:year/:title.html", "/t/2021/low-water.html"),
        ("baseurl: /notes", "", "/notes/2021/03/04/low-water.html"),
        (
            "defaults:\n- scope: {path: '', type: posts}\n  values: {permalink: '/p/:title/'}",
            "",
            "/p/low-water/",
        ),
        ("defaults:\n- scope: {path: other}\n  values: {permalink: /no/}", "", "/2021/03/04/low-water.html"),
    ],
)
def test_addresses_are_those_of_jekyll(config: str, front: str, address: str) -> None:
    """Styles, placeholders, defaults, and a path below the host."""
    entry = post(f"title: A\n{front}", config=f"{CONFIG}{config}\n")
    assert entry.url == f"https://tides.example.org{address}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-03-04 10:00:00", datetime(2021, 3, 4, 5, tzinfo=ZoneInfo("America/New_York"))),
        ("2021-03-04 10:00", datetime(2021, 3, 4, 10, tzinfo=ZoneInfo("America/New_York"))),
        ("2021-03-04", datetime(2021, 3, 4, tzinfo=ZoneInfo("America/New_York"))),
        ("2021-03-04 10:00:00 +0200", datetime(2021, 3, 4, 8, tzinfo=UTC)),
    ],
)
def test_dates_mean_what_yaml_and_jekyll_make_of_them(text: str, expected: datetime) -> None:
    """A time with seconds and no offset is in UTC, one without seconds in the time zone of the blog."""
    entry = post(f"title: A\ndate: {text}", config=f"{CONFIG}timezone: America/New_York\n")
    assert entry.published == expected


def test_pages_and_collections_come_along() -> None:
    """They are pages, at their own addresses; templates and files without front matter are none."""
    found = entries(
        {
            "about.md": "---\ntitle: About\n---\nMe.",
            "lab/index.md": "---\ntitle: Lab\n---\nIt.",
            "_notes/one.md": "---\ntitle: One\n---\n1.",
            "index.html": "---\nlayout: home\n---\n",
            "README.md": "# Read me",
            "plain.md": "No front matter.",
        },
        f"{CONFIG}collections:\n  notes:\n    output: true\n    permalink: /n/:name/\n",
    )
    assert {entry.title: entry.url for entry in found if entry.page} == {
        "About": "https://tides.example.org/about.html",
        "Lab": "https://tides.example.org/lab/",
        "One": "https://tides.example.org/n/one/",
    }


def test_what_does_not_come_along_is_named() -> None:
    """Nothing is left out without a line; what should have come is lost."""
    source = jekyll.read(
        files(
            {
                "_config.yml": CONFIG,
                POST: "---\ntitle: A\n---\nText.",
                "_posts/no-date.md": "---\ntitle: B\n---\nText.",
                "_posts/2021-01-01-c.textile": "h1. C",
                "_posts/2021-01-02-d.md": "---\ntags: [a\n---\n",
                "_posts/2021-01-03-e.md": b"\x89PNG\r\n\x1a\n\0\0\0",
                "_posts/2021-01-04-f.md": "---\nredirect_to: /x/\n---\nText.",
            }
        ),
        None,
        NOW,
    )
    kinds = {note.before.removeprefix("blog/")[:22]: note.kind for note in source.notes}
    assert kinds == {
        "_posts/no-date.md": NoteKind.LEFT_OUT,
        "_posts/2021-01-01-c.te": NoteKind.LOST,
        "_posts/2021-01-02-d.md": NoteKind.LOST,
        "_posts/2021-01-03-e.md": NoteKind.LOST,
        "_posts/2021-01-04-f.md": NoteKind.LEFT_OUT,
    }
    assert [entry.title for entry in source.entries] == ["A"]


def test_slugs_are_those_of_jekyll() -> None:
    """Pretty slugs keep the punctuation that addresses may have."""
    assert permalinks.slugify("The _config.yml file") == "the-config-yml-file"
    assert permalinks.slugify("The _config.yml file", pretty=True, cased=True) == "The-_config.yml-file"


def test_lists_of_posts_name_no_unpublished_post() -> None:
    """A page that lists the posts is public, and Jekyll leaves unpublished posts out of it."""
    page = "---\ntitle: All\n---\n{% for post in site.posts %}- {{ post.title }}\n{% endfor %}\n"
    hidden = "---\ntitle: Secret\npublished: false\n---\nText.\n"
    shown = "---\ntitle: Open\n---\nText.\n"
    (entry,) = (
        one
        for one in entries({"all.md": page, POST: hidden, "_posts/2021-03-05-open.md": shown})
        if one.title == "All"
    )
    assert "Open" in entry.content
    assert "Secret" not in entry.content


def test_mail_addresses_do_not_stay_in_front_matter() -> None:
    """A theme that hides an address does not make it public, but a file of a site is."""
    entry = post("title: a\ncontact: Ann <ann@example.org>\nwriters: [ann@example.org]\nhandle: '@ann'")
    assert entry.extra == {"handle": "@ann"}


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("https://ann:secret@a.example/b/", "https://a.example/b"),
        ("http://[", None),
        ("a.example.org", None),
        ("javascript:alert(1)", None),
        ("https://a b/", None),
    ],
)
def test_only_an_address_of_the_web_is_that_of_a_blog(address: str, root: str | None) -> None:
    """What is no address is as none, and a password in one stays out of the posts."""
    source = jekyll.read(files({"_config.yml": f"url: '{address}'\n", POST: "---\n---\nText.\n"}), None, NOW)
    assert source.url == root
    assert "secret" not in str(source.entries)
    assert str(source.entries[0].url).startswith(f"{root or 'https://blog.invalid'}/2021/")


@pytest.mark.parametrize("date", ["0001-01-01 00:00:00", "9999-12-31T23:59:59-11:00"])
def test_an_impossible_date_is_noticed(date: str) -> None:
    """Such a date is none in the time zone of the blog, and that of the name counts."""
    entry = post(f"title: a\ndate: {date}", config=f"{CONFIG}timezone: America/New_York\n")
    assert entry.published is not None
    assert entry.published.year == 2021
    assert any("no known form" in note.what for note in entry.notes)


def test_data_files_may_have_the_name_of_a_folder() -> None:
    """A list in `x.yml` beside a folder `x` stops no import."""
    texts = {"_data/x.yml": "- 1\n", "_data/x/y.yml": "a: b\n", "_data/x/y/z.yml": "a: b\n"}
    assert entries({POST: "---\n---\n{{ site.data.x.y.z.a }}\n", **texts})[0].content == "<p>b</p>\n"


@pytest.mark.parametrize(("config", "titles"), [("", "past"), ("future: true\n", "coming past")])
def test_templates_list_no_post_of_the_future(config: str, titles: str) -> None:
    """Jekyll leaves posts out of its lists until their date, unless `future` says otherwise."""
    read = entries(
        {
            "index.md": "---\n---\n{% for post in site.posts %}{{ post.title }} {% endfor %}",
            "_posts/2020-01-01-past.md": "---\ntitle: past\n---\nText.",
            "_posts/2026-01-01-soon.md": "---\ntitle: coming\ndate: 2026-05-04 14:00:01 +0200\n---\nText.",
        },
        CONFIG + config,
    )
    (page,) = (entry for entry in read if entry.page)
    assert page.content == f"<p>{titles}</p>\n"
    assert len(read) == 3


@pytest.mark.parametrize(
    ("pattern", "address"), [("/:title/", "/about/"), ("/t/:name/", "/t/about/"), ("/x/", "/x/")]
)
def test_a_permalink_of_a_collection_is_filled_wherever_it_stands(pattern: str, address: str) -> None:
    """Chirpy has it among the defaults of the settings."""
    config = (
        f"{CONFIG}collections: {{tabs: {{output: true}}}}\n"
        f"defaults: [{{scope: {{path: '', type: tabs}}, values: {{permalink: '{pattern}'}}}}]\n"
    )
    one = entries({"_tabs/about.md": "---\ntitle: About\n---\nText.\n"}, config)[0]
    assert one.url == f"https://tides.example.org{address}"


def test_folders_that_the_settings_include_have_pages() -> None:
    """As `_pages` of fastpages and other themes."""
    texts = {
        "_pages/about.md": "---\ntitle: About\npermalink: /about/\n---\nText.\n",
        "_sass/a.md": "---\n---\nA",
    }
    found = entries(texts, f"{CONFIG}include: [_pages]\n")
    assert [(entry.title, entry.url) for entry in found] == [("About", "https://tides.example.org/about/")]


def test_translations_are_in_the_folders_of_their_languages() -> None:
    """As jekyll-polyglot builds them; those in the language of the site are at its root."""
    config = f"{CONFIG}languages: [en, zh, de]\ndefault_lang: en\n"
    text = "---\ntitle: {0}\nlang: {0}\n---\nText.\n"
    name = "2021-03-04-low.md"
    found = entries(
        {f"_posts/{lang}/{name}": text.format(lang) for lang in ("en", "zh", "fr")}
        | {"about.md": text.format("de")},
        config,
    )
    assert {entry.title: urlsplit(entry.url or "").path for entry in found} == {
        "en": "/2021/03/04/low.html",
        "zh": "/zh/2021/03/04/low.html",
        "fr": "/2021/03/04/low.html",
        "de": "/de/about.html",
    }
    originals = {entry.title: urlsplit(entry.original).path for entry in found if entry.original}
    assert originals == {"zh": "/2021/03/04/low.html"}
    plain = entries({f"_posts/{name}": text.format("zh")}, f"{CONFIG}languages: [en, zh]\n")
    assert urlsplit(plain[0].url or "").path == "/2021/03/04/low.html"
