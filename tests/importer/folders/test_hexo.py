"""Source folders of Hexo."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from helpers import assert_linear

from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import hexo, jekyll
from postdocs.importer.folders.systems.hexo import expansion, pages, permalinks
from postdocs.importer.folders.systems.hexo.tags import Place
from postdocs.importer.sources.model import Source

CONF = "title: Tides\nurl: https://tides.example\ntimezone: Europe/Berlin\n"
PACKAGE = '{"dependencies": {"hexo": "^8.0.0", "hexo-renderer-marked": "^7.0.0"}}'
HEAD = "---\ntitle: A\ndate: 2021-03-04 23:30:05\n"
BERLIN = ZoneInfo("Europe/Berlin")


def blog(texts: dict[str, str], conf: str = "", package: str = PACKAGE) -> Source:
    """Return what a blog of these sources holds; their paths are from the folder of sources."""
    inner = {f"source/{path}": text for path, text in texts.items()}
    return hexo.read(files({"_config.yml": CONF + conf, "package.json": package, **inner}), None, NOW)


def post(
    text: str, path: str = "_posts/a.md", *, conf: str = "", package: str = PACKAGE, **others: str
) -> Entry:
    """Return the post of one file of a blog; `__` in the names of others is a slash."""
    more = {name.replace("__", "/").replace("_dot_", "."): other for name, other in others.items()}
    source = blog({path: text, **more}, conf, package)
    return next(entry for entry in source.entries if entry.source.endswith(f"/{path}"))


@pytest.mark.parametrize(
    ("others", "system"),
    [
        ({"package.json": PACKAGE, "source/_posts/a.md": ""}, hexo),
        ({"_config.yml": "new_post_name: :title.md\n", "source/_posts/2021-03-04-a.md": ""}, hexo),
        ({"_config.yml": "source: source\n", "source/_posts/2021-03-04-a.md": ""}, jekyll),
        ({"package.json": '{"name": "docs"}', "_posts/2021-03-04-a.md": ""}, jekyll),
    ],
)
def test_a_blog_is_known_by_its_settings(others: dict[str, str], system: object) -> None:
    """Jekyll and Octopress have a file of the same name."""
    assert system_of(files({"_config.yml": CONF, **others})) is system


def test_front_matter_becomes_that_of_an_entry() -> None:
    """Dates without an offset are in the zone of the settings."""
    one = post(
        f"{HEAD}updated: 2021-05-01 10:00:00\ntags: [Sea level, C++]\ncategories: [Physics, Waves]\n"
        "cover: /images/a.png\nalias: old/place.html\ndescription: Short\nmathjax: true\n"
        "mood: calm\n---\nText.\n"
    )
    assert (one.title, one.published) == ("A", datetime(2021, 3, 4, 23, 30, 5, tzinfo=BERLIN))
    assert one.updated == datetime(2021, 5, 1, 10, tzinfo=BERLIN)
    assert (one.category, one.tags) == (("Physics", "Waves"), ("Sea level", "C++"))
    assert (one.image, one.aliases) == ("https://tides.example/images/a.png", ("old/place.html",))
    assert (one.summary, one.extra, one.page, one.draft) == ("Short", {"mood": "calm"}, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "title: A\ndate: 2021-03-04 23:30:05\ntags:\n- sea\n---\nText.\n",
        "-----\ntitle: A\ndate: 2021-03-04 23:30:05\ntags: sea\n-----\nText.\n",
        "---\ntitle: A\ndate: 2021-03-04 23:30:05\ntags:\n\t- sea\n---\nText.\n",
    ],
)
def test_front_matter_has_the_forms_that_hexo_reads(text: str) -> None:
    """Without its first line, with longer lines around it, and with tabs."""
    one = post(text)
    assert (one.title, one.tags, one.content) == ("A", ("sea",), "<p>Text.</p>\n")


def test_a_text_without_front_matter_is_none() -> None:
    """A rule below a paragraph with a colon is a rule."""
    assert post("Note: this\nis text.\n\n---\n\nMore.\n").content.startswith("<p>Note: this")


@pytest.mark.parametrize(
    ("conf", "path", "front", "address"),
    [
        ("", "_posts/a.md", "", "/2021/03/04/a/"),
        ("", "_posts/sub/Mixed Case.md", "", "/2021/03/04/sub/Mixed%20Case/"),
        ("permalink: posts/:name.html\n", "_posts/sub/a.md", "", "/posts/a.html"),
        ("permalink: :category/:i_month/:title/\n", "_posts/a.md", "categories: [A & B, C]\n", "/A-B/C/3/a/"),
        ("permalink: :category/:title/\n", "_posts/a.md", "", "/uncategorized/a/"),
        ("permalink: p/:abbrlink/\n", "_posts/a.md", "abbrlink: 4a17b156\n", "/p/4a17b156/"),
        ("permalink: :lang/:title/\npermalink_defaults: {lang: en}\n", "_posts/a.md", "", "/en/a/"),
        ("new_post_name: :year-:month-:day-:title.md\n", "_posts/2020-01-02-b.md", "", "/2021/03/04/b/"),
        ("", "_posts/a.md", "permalink: own/place\n", "/own/place"),
        ("post_asset_folder: true\n", "_posts/a.md", "permalink: own/place\n", "/own/place/"),
        ("permalink: :hour:minute:second/:post_title/\n", "_posts/a.md", "", "/233005/a/"),
    ],
)
def test_addresses_are_those_of_the_permalink(conf: str, path: str, front: str, address: str) -> None:
    """As Hexo 8.1 builds them."""
    assert post(f"{HEAD}{front}---\nText.\n", path, conf=conf).url == f"https://tides.example{address}"


def test_a_date_in_the_name_of_a_file_counts_where_front_matter_has_none() -> None:
    """The settings say how files are called."""
    conf = "new_post_name: :year-:month-:day-:title.md\n"
    one = post("---\ntitle: B\n---\nText.\n", "_posts/2020-01-02-b.md", conf=conf)
    assert (one.published, one.url) == (
        datetime(2020, 1, 2, tzinfo=BERLIN),
        "https://tides.example/2020/01/02/b/",
    )


def test_a_post_without_a_date_is_told() -> None:
    """Hexo shows the date of the file, which differs on each machine."""
    one = post("---\ntitle: B\n---\nText.\n")
    assert (one.url, one.published) == (None, None)
    assert any("nothing says its date" in note.what for note in one.notes)


def test_drafts_pages_and_what_is_no_page() -> None:
    """Pages keep their path; what themes and data are made of is none."""
    source = blog(
        {
            "_posts/a.md": f"{HEAD}---\nText.\n",
            "_posts/c.adoc": "= C",
            "_drafts/b.md": "---\ntitle: B\n---\nText.\n",
            "about/index.md": "---\ntitle: About\n---\nMe.\n",
            "notes/list.md": "---\ntitle: List\n---\nThese.\n",
            "tags/index.md": "---\ntitle: Tags\ntype: tags\n---\n",
            "_data/links.md": "---\ntitle: Links\n---\nText.\n",
            "demo.html": "<p>No front matter.</p>",
        }
    )
    found = {entry.title: (entry.url, entry.page, entry.draft) for entry in source.entries}
    assert found == {
        "A": ("https://tides.example/2021/03/04/a/", False, False),
        "B": (None, False, True),
        "About": ("https://tides.example/about/", True, False),
        "List": ("https://tides.example/notes/list.html", True, False),
    }
    assert [note.what for note in source.notes if note.kind is NoteKind.LOST] == [
        "a post in AsciiDoc, which the import doesn't read in a Hexo site"
    ]


@pytest.mark.parametrize(
    ("conf", "package", "html"),
    [
        ("", PACKAGE, "<p>One<br />\ntwo</p>\n"),
        ("marked: {breaks: false}\n", PACKAGE, "<p>One\ntwo</p>\n"),
        ("markdown: {render: {breaks: false}}\n", PACKAGE, "<p>One\ntwo</p>\n"),
        ("", '{"dependencies": {"hexo": "^6", "hexo-renderer-pandoc": "^0.3"}}', "<p>One\ntwo</p>\n"),
    ],
)
def test_the_end_of_a_line_is_a_break_as_in_its_renderer(conf: str, package: str, html: str) -> None:
    """The settings of the renderer may say otherwise."""
    assert post(f"{HEAD}---\nOne\ntwo\n", conf=conf, package=package).content == html


@pytest.mark.parametrize(
    ("package", "formula"),
    [
        (PACKAGE, r"$x_1 = \{1\}$"),
        ('{"dependencies": {"hexo": "^6", "hexo-renderer-kramed": "^0.1"}}', r"$x\_1 = \\{1\\}$"),
    ],
)
def test_formulas_are_what_scripts_see_of_them(package: str, formula: str) -> None:
    """Marked takes the escapes out, and a renderer that knows formulas leaves them."""
    assert (
        post(f"{HEAD}---\nText $x\\_1 = \\\\{{1\\\\}}$.\n", package=package).markdown == f"Text {formula}.\n"
    )


def test_files_beside_a_post_and_those_of_the_site_are_found() -> None:
    """A name is from the address of the post, or from the file as editors show it."""
    pictures = "![](b.png) ![](a/b.png) ![](/images/c.png) ![](../images/c.png)"
    text = f"{pictures} [d](d.md)\n{{% asset_img b.png 'A t' %}}\n"
    source = blog(
        {
            "_posts/a.md": f"{HEAD}---\n{text}",
            "_posts/d.md": f"{HEAD}---\nText.\n",
            "_posts/a/b.png": "",
            "images/c.png": "",
        },
        "root: /log/\n",
    )
    one = next(entry for entry in source.entries if entry.source.endswith("a.md"))
    assert one.markdown == (
        "![](b.png) ![](b.png) ![](/log/images/c.png) ![](/log/images/c.png) [d](/log/2021/03/04/d/)\n"
        '![A t](b.png "A t")\n'
    )
    assert source.files is not None
    assert {"2021/03/04/a/b.png", "images/c.png"} <= {*source.files.paths}
    assert source.url == "https://tides.example/log"


def _place() -> Place:
    return Place(
        lambda name: ("/2021/b/", "Flow") if name == "b" else None,
        lambda name: name if name == "b.png" else None,
        lambda name: "x = 1\n" if name == "x.py" else None,
        lambda name: name,
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "{% post_link b %} {% post_link b 'With a title' %} {% post_path b %}",
            "[Flow](/2021/b/) [With a title](/2021/b/) /2021/b/",
        ),
        ("{% asset_link b.png Chart %} {% asset_path b.png %}", "[Chart](b.png) b.png"),
        (
            '{% asset_img left b.png 40 30 \'"T" "Alt"\' %}',
            '<img src="b.png" alt="Alt" title="T" width="40" height="30">',
        ),
        ("{% img /a.png A picture %}", '![A picture](/a.png "A picture")'),
        ("{% link text https://a.example true %}", "[text](https://a.example)"),
        ("{% blockquote Ann, Book %}\nOne\n\ntwo\n{% endblockquote %}", "> One\n>\n> two\n>\n> — Ann, Book"),
        (
            "{% quote Ann https://a.example Book %}One{% endquote %}",
            "> One\n>\n> — Ann, [Book](https://a.example)",
        ),
        ("{% cq %}One{% endcq %}", "> One"),
        (
            "{% codeblock A title lang:python %}\nx = 1\n{% endcodeblock %}",
            '```python {lst-cap="A title"}\nx = 1\n```',
        ),
        ("{% include_code lang:python x.py %}", "```python\nx = 1\n```"),
        ("{% raw %}{{ a }} {% b %}{% endraw %}", "{{ a }} {% b %}"),
        ("`{% raw %}{% b %}{% endraw %}`", "`{% b %}`"),
        ("{% mermaid %}\ngraph\n{% endmermaid %}", "```mermaid\ngraph\n```"),
        ("{% math %}\na_1\n{% endmath %}", "$$\na_1\n$$"),
        (
            "{% note warning Mind it %}\nText.\n{% endnote %}",
            '<div class="admonition warning"><p class="admonition-title">Mind it</p>\n\nText.\n\n</div>',
        ),
        (
            "{% fold info @More %}\nText.\n{% endfold %}",
            "<details><summary>More</summary>\n\nText.\n\n</details>",
        ),
        (
            "{% tabs a %}\n<!-- tab One -->\n1\n<!-- endtab -->\n<!-- tab Two -->\n2\n<!-- endtab -->\n"
            "{% endtabs %}",
            "**One**\n\n1\n\n**Two**\n\n2",
        ),
        ("{% label primary @text %} {% btn https://a.example, Go %}", "text [Go](https://a.example)"),
        ("{% note %}\n{% post_link b %}\n{% endnote %}", None),
        ("```\n{% post_link b %}\n```", "```\n{% post_link b %}\n```"),
    ],
)
def test_tags_show_what_hexo_and_its_themes_make_of_them(text: str, shown: str | None) -> None:
    """In code between fences, they are text."""
    expanded, notes = expansion.expand(text, _place(), "a.md", 1)
    assert notes == ()
    assert expanded.strip() == shown if shown is not None else "[Flow](/2021/b/)" in expanded


@pytest.mark.parametrize(
    "text",
    [
        "{% aplayer a b %}",
        "{% post_link none %}",
        "{% note %}\nText.",
        "{% endnote %}",
        "{% own %}a{% endown %}",
    ],
)
def test_unknown_tags_stay_and_are_told(text: str) -> None:
    """Each with its file and line."""
    expanded, notes = expansion.expand(f"One\n\n{text}\n", _place(), "a.md", 7)
    assert expanded == f"One\n\n{text}\n"
    assert [note.before for note in notes] == [f"a.md:9: {text.split('%}', maxsplit=1)[0]}%}}"]


def test_old_lists_and_feeds_are_named() -> None:
    """Those of posts, labels, and periods, with their further pages."""
    texts = {
        f"_posts/{name}.md": f"{HEAD}tags: Sea level\ncategories: [A, B & C]\n---\nText.\n" for name in "abc"
    }
    source = blog(texts, "per_page: 2\nfeed: {path: feed.xml}\n")
    root = "https://tides.example/"
    assert {
        *(
            f"{root}{path}"
            for path in ("page/2/", "feed.xml", "archives/", "archives/page/2/", "archives/2021/03/")
        ),
        *(f"{root}{path}" for path in ("tags/Sea-level/", "tags/Sea-level/page/2/", "categories/A/B-C/")),
    } <= {*source.lists}
    assert source.entries[0].id == f"{root}2021/03/04/a/"


@pytest.mark.parametrize(
    ("text", "case", "slug"),
    [
        ("Waves & Tides", 0, "Waves-Tides"),
        ("C++", 1, "c"),
        ("Über", 0, "Uber"),
        ("中文 字", 0, "中文-字"),
        ("a", 2, "A"),
    ],
)
def test_labels_have_the_slugs_of_hexo(text: str, case: int, slug: str) -> None:
    """Signs become hyphens, and Latin letters lose their marks."""
    assert permalinks.slugify(text, case) == slug


def test_hostile_texts_take_time_as_they_grow() -> None:
    """Tags that never end, and front matter that never does."""
    assert_linear(lambda size: expansion.expand("{% note %}" * size, _place(), "a.md", 1), 4000)
    assert_linear(lambda size: expansion.expand("{% raw " * size, _place(), "a.md", 1), 4000)
    assert_linear(lambda size: pages._front_matter("a: b\n" * size, "a.md"), 4000)  # noqa: SLF001 - no file
