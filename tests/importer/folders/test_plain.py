"""Markdown with front matter, of generators in JavaScript and of none."""

from __future__ import annotations

from datetime import datetime

import pytest
from helpers import assert_linear

from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import plain

POST = "---\ntitle: Low\npubDate: 2021-03-04\n---\nText.\n"


def entry(path: str, text: str, **more: str) -> Entry:
    """Return the post of a file. more: other files, with `_` for a dot in their names."""
    others = {name.replace("_", "."): content for name, content in more.items()}
    source = plain.read(files({path: text, **others}), None if others else "https://tides.example.org", NOW)
    return next(one for one in source.entries if one.source.endswith(path))


@pytest.mark.parametrize(
    ("texts", "is_plain"),
    [
        ({"src/content/blog/low.md": POST}, True),
        ({"posts/low.md": POST}, True),
        ({"low.md": "# Low\n"}, False),
        ({"index.html": "<p>a", "low.md": POST}, False),
        ({"mkdocs.yml": "", "docs/low.md": POST}, False),
        ({"_includes/low.md": POST}, False),
    ],
)
def test_front_matter_with_a_title_makes_a_blog(texts: dict[str, str], *, is_plain: bool) -> None:
    """Built sites and other systems have such files too, and are none."""
    assert (system_of(files(texts)) is plain) is is_plain


@pytest.mark.parametrize(
    ("path", "front", "address"),
    [
        ("src/content/blog/low.md", "", "/blog/low/"),
        ("src/pages/posts/low.md", "", "/posts/low/"),
        ("content/blog/low/index.md", "", "/blog/low/"),
        ("posts/low.md", "permalink: /tides/low.html", "/tides/low.html"),
        ("posts/low.md", "path: /x/", "/x/"),
        ("posts/low.md", "slug: ebb", "/posts/ebb/"),
        ("posts/low.md", "slug: /ebb", "/ebb/"),
        ("posts/2021-03-04-low.md", "", "/posts/low/"),
    ],
)
def test_addresses_come_from_front_matter_or_folders(path: str, front: str, address: str) -> None:
    """Folders that only hold sources are in no address."""
    post = entry(path, f"---\ntitle: Low\ndate: 2021-03-04\n{front}\n---\nText.\n")
    assert post.url == f"https://tides.example.org{address}"


def test_docusaurus_has_dates_in_addresses_and_a_file_of_authors() -> None:
    """Its boxes become admonitions."""
    source = plain.read(
        files(
            {
                "docusaurus.config.js": "x = { url: 'https://tides.example.org', baseUrl: '/notes/' }",
                "blog/2021-03-04-low.md": "---\ntitle: Low\nauthors: [ann]\n---\n:::tip Look\nSea.\n:::\n",
                "blog/authors.yml": "ann:\n  name: Ann Example\n  email: ann@example.org\n",
                "blog/c.mdx": "export const meta = {title: 'C'}\n\nText.\n",
                "blog/b.mdx": "---\ntitle: B\n---\nimport B from './b'\n\n<B>\n\n    Text.\n\n</B>\n",
            }
        ),
        None,
        NOW,
    )
    post, page = source.entries
    assert (page.title, page.content.strip()) == ("B", "<p>Text.</p>")
    assert source.format == "Docusaurus site"
    assert (post.url, post.authors) == (
        "https://tides.example.org/notes/blog/2021/03/04/low/",
        ("Ann Example",),
    )
    assert 'class="admonition tip"><p class="admonition-title">Look</p>' in post.content
    (lost,) = source.notes
    assert (lost.kind, lost.before) == (NoteKind.LOST, "blog/blog/c.mdx")


def test_pictures_and_links_are_relative_to_the_file() -> None:
    """Unlike in pages, where they are relative to the address."""
    source = plain.read(
        files(
            {
                "content/blog/low.md": POST.replace("Text.", "![](./a.png) [b](../high.md#x) [c](no.md)"),
                "content/blog/a.png": b"png",
                "content/high.md": POST,
                "public/b.png": b"other",
            }
        ),
        "https://tides.example.org",
        NOW,
    )
    low = next(post for post in source.entries if post.source.endswith("low.md"))
    assert (low.markdown or "").strip() == "![](/content/blog/a.png) [b](/high/#x) [c](no.md)"
    assert source.files is not None
    assert (source.files.load("content/blog/a.png"), source.files.load("b.png")) == (b"png", b"other")


def test_what_has_no_date_is_a_page() -> None:
    """A draft without one stays a draft."""
    assert entry("about.md", "---\ntitle: About\n---\nMe.").page
    assert entry("posts/a.md", "---\ntitle: A\ndraft: true\n---\nText.").draft
    assert entry("posts/a.md", POST).published == datetime(2021, 3, 4)


def test_the_address_of_the_site_is_in_its_settings() -> None:
    """Astro calls it `site`."""
    post = entry(
        "posts/low.md", POST, astro_config_mjs="export default { site: 'https://tides.example.org/' }"
    )
    assert post.url == "https://tides.example.org/posts/low/"


@pytest.mark.parametrize("name", ["", "[\n", "not a host\n"])
def test_a_cname_without_a_host_names_no_address(name: str) -> None:
    """An empty file or other text makes no addresses."""
    assert plain.read(files({"blog/low.md": POST, "CNAME": name}), None, NOW).url is None


def test_an_address_that_is_none_says_no_address() -> None:
    """Settings with a mistake are as those without an address."""
    texts = {"blog/low.md": POST, "astro.config.mjs": "site: 'https://[x'"}
    assert plain.read(files(texts), None, NOW).url is None


@pytest.mark.parametrize("text", ["{% ", ":::note\n", ":::note" + " " * 1000])
def test_boxes_and_templates_take_time_in_proportion_to_the_text(text: str) -> None:
    """What never closes is read once, not once for each beginning before it."""
    assert_linear(lambda size: entry("blog/low.md", f"{POST}\n{text * (size // len(text))}"), 60_000)


def test_the_url_filter_of_eleventy_gives_addresses_their_prefix() -> None:
    """In links and images; code shows the template, and other templates stay."""
    text = "---\ntitle: A\ndate: 2024-05-03\n---\n![b]({{ '/b.png' | url }}) `{{ '/b' | url }}` {{ c | url }}"
    settings = 'export default { site: "https://tides.example", base: "/log" }'
    made = plain.read(files({"astro.config.mjs": settings, "a.md": text}), None, NOW).entries[0]
    assert made.markdown == "![b](/log/b.png) `{{ '/b' | url }}` {{ c | url }}"


def test_a_picture_beside_a_post_is_under_the_path_of_the_site() -> None:
    """Once."""
    text = "---\ntitle: A\ndate: 2024-05-03\nimage: b.png\n---\nText."
    settings = 'export default { site: "https://tides.example", base: "/log" }'
    source = plain.read(files({"astro.config.mjs": settings, "a.md": text, "b.png": ""}), None, NOW)
    assert source.entries[0].image == "https://tides.example/log/b.png"


@pytest.mark.parametrize(
    ("path", "front", "kind"),
    [
        ("posts/high.njk", "title: High\ndate: 2021-03-05", NoteKind.LOST),
        ("posts/2021-03-05-high.liquid", "title: High", NoteKind.LOST),
        ("tags.njk", "title: Tags", NoteKind.LEFT_OUT),
        ("feed.njk", "permalink: /feed.xml", None),
        ("_includes/post.njk", "title: A\ndate: 2021-03-05", None),
        ("src/layouts/post.html", "title: A\ndate: 2021-03-05", None),
    ],
)
def test_posts_that_are_templates_are_named(path: str, front: str, kind: NoteKind | None) -> None:
    """In one line, with what would work; layouts and feeds are none."""
    source = plain.read(
        files({"posts/low.md": POST, path: f"---\n{front}\n---\n{{{{ x }}}}\n"}), "https://a.example", NOW
    )
    notes = [note for note in source.notes if "import the folder of built pages" in note.what]
    assert [(note.kind, note.before) for note in notes] == ([(kind, f"blog/{path}")] if kind else [])


def test_docusaurus_reads_all_markdown_as_mdx() -> None:
    """Its imports are no text, and a component is no element of HTML."""
    head = "---\ndate: 2021-03-04\n---\n\nimport Video from '@site/src/Video';\n\n"
    text = f'{head}# Low water\n\n<Video id="a" />\n\nAfter.\n'
    one = entry("blog/2021-03-04-tides.md", text, docusaurus_config_js="url: 'https://tides.example.org'")
    assert one.title == "Low water"
    assert "import" not in (one.markdown or "")
    assert "<video" not in one.content.lower()
    assert one.content.endswith("<p>After.</p>\n")


def test_a_page_without_a_title_is_called_what_its_file_is() -> None:
    """Without the date in that name."""
    assert entry("posts/2021-03-04-low-water.md", "---\ntags: a\n---\nText.\n").title == "Low water"


def test_gatsbys_folders_of_sources_are_in_no_address() -> None:
    """Its settings have addresses in backquotes too."""
    config = (
        "module.exports = { siteMetadata: { siteUrl: `https://tides.example.org/` }, plugins: [{ options: "
        "{ path: `${__dirname}/content/blog`, name: `blog` } }] }"
    )
    one = entry("content/blog/low/index.md", POST, **{"gatsby-config_js": config})
    assert one.url == "https://tides.example.org/low/"


def test_texts_that_are_no_pages_are_named() -> None:
    """Those without front matter, and those that Eleventy makes no page of."""
    hidden = POST.replace("---\nText", "permalink: false\n---\nText")
    source = plain.read(files({"a.md": POST, "b.md": "Text.\n", "c.md": hidden}), None, NOW)
    assert [one.source for one in source.entries] == ["blog/a.md"]
    left = {note.before: note.what for note in source.notes if note.kind is NoteKind.LEFT_OUT}
    assert left.keys() == {"blog/b.md", "blog/c.md"}
    assert "permalink: false" in left["blog/c.md"]


def test_a_text_whose_date_is_not_clear_is_a_post() -> None:
    """It comes as a draft, for the author knows the day; without a date it would be a page."""
    one = entry("a.md", POST.replace("2021-03-04", "3/4/2021"))
    assert (one.page, one.published) == (False, None)
    assert [note.before for note in one.notes if "no known form" in note.what] == ["3/4/2021"]


@pytest.mark.parametrize("said", ["published: true", "date: 0001-01-01", "publishDate: ''"])
def test_a_text_that_says_no_date_is_a_page(said: str) -> None:
    """Nothing is to be noted of it."""
    one = entry("about.md", POST.replace("pubDate: 2021-03-04", said))
    assert (one.page, one.draft, one.notes) == (True, False, ())


def test_a_date_may_stand_beside_what_says_that_it_is_published() -> None:
    """Whichever stands first."""
    one = entry("a.md", POST.replace("pubDate: 2021-03-04", "published: true\npublishDate: 2021-03-04"))
    assert one.published == datetime(2021, 3, 4)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Title: Low\nDate: 2021-03-04 10:00\nSlug: low\nText.\n", NoteKind.LOST),
        ("date: 2021-03-04\ncomments: true\ntitle: Low\n\nText.\n", NoteKind.LOST),
        ("Title: Low\n\nDate: 2021-03-04\n", NoteKind.LEFT_OUT),
        ("Note: the title is late.\n", NoteKind.LEFT_OUT),
    ],
)
def test_an_article_of_pelican_without_the_settings_is_lost(text: str, kind: NoteKind) -> None:
    """They say where it was; a folder within that of the settings may have been given."""
    source = plain.read(files({"a.md": POST, "b.md": text}), None, NOW)
    assert [note.kind for note in source.notes if note.before == "blog/b.md"] == [kind]


def test_a_head_takes_time_in_proportion_to_it() -> None:
    """However many lines it has."""
    line = "title: a\n"
    assert_linear(lambda size: plain.read(files({"a.md": POST, "b.md": line * size}), None, NOW), 2_000)


def test_what_eleventy_protects_from_templates_is_text() -> None:
    """In code too; other templates are named."""
    raw = "{% raw %}{{ a }}{% endraw %}"
    text = POST.replace("Text.", f"{raw}, {{{{ b }}}}, {{% c %}}\n\n```\n{raw}\n```")
    one = entry("a.md", text, eleventy_config_js="")
    assert "<p>{{ a }}, {{ b }}, {% c %}</p>" in one.content
    assert "<code>{{ a }}\n</code>" in one.content
    assert [note.before for note in one.notes] == ["blog/a.md: {% c %}", "blog/a.md: {{ b }}"]
    assert plain.read(files({"eleventy.config.js": "", "a.md": text}), None, NOW).format == "Eleventy site"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            ":::tip Ebb *now*\nA\n:::",
            '<div class="admonition tip"><p class="admonition-title">Ebb <em>now</em></p>',
        ),
        ("::: tip\nA\n:::", '<p class="admonition-title">Tip</p>'),
        (":::note[Ebb]{#id}\nA\n:::", '<p class="admonition-title">Ebb</p>'),
        ("::: details\nA\n:::", "<details><summary>Details</summary>"),
        ("::::info\n:::danger\nA\n:::\n::::", '<div class="admonition danger">'),
        ("- a\n\n  :::tip\n  A\n  :::", '<li>\n<p>a</p>\n<div class="admonition tip">'),
        (":::tip\nA", "<p>:::tip\nA</p>"),
    ],
)
def test_boxes_are_known_by_their_colons(text: str, html: str) -> None:
    """Those of Docusaurus and VuePress, in others and in lists; what isn't closed stays."""
    assert html in entry("a.md", POST.replace("Text.", text)).content


def test_a_box_in_code_is_code() -> None:
    """As those show who write about it."""
    code = "```md\n:::tip\nA\n:::\n```"
    assert ":::tip\nA\n:::" in entry("a.md", POST.replace("Text.", code)).content


@pytest.mark.parametrize(
    ("path", "slug", "address", "day"),
    [
        ("blog/2021-05-06-low.md", "", "/blog/2021/05/06/low/", 6),
        ("blog/2021/05-06-low.md", "", "/blog/2021/05/06/low/", 6),
        ("blog/2021/05/06/low.md", "", "/blog/2021/05/06/low/", 6),
        ("blog/2021-05-06-low/index.md", "", "/blog/2021/05/06/low/", 6),
        ("blog/2021-05-06-low.md", "/ebb", "/blog/ebb/", 6),
        ("blog/2021-05-06-low.md", "ebb", "/blog/ebb/", 6),
        ("docs/a/low.md", "", "/learn/a/low/", 0),
        ("docs/a/low.md", "/ebb", "/learn/ebb/", 0),
        ("docs/a/low.md", "ebb", "/learn/a/ebb/", 0),
        ("i18n/fr/docusaurus-plugin-content-blog/2021-05-06-low.md", "", "/fr/blog/2021/05/06/low/", 6),
    ],
)
def test_docusaurus_makes_addresses_of_routes_dates_and_slugs(
    path: str, slug: str, address: str, day: int
) -> None:
    """A slug is below the route of its kind of pages, also with a slash before it."""
    conf = "url: 'https://a.org', baseUrl: '/', docs: { sidebar: {a: 1}, routeBasePath: 'learn' }, blog: {}"
    head = f"---\ntitle: Low\nslug: {slug}\n---\nText.\n"
    one = entry(path, head, docusaurus_config_js=conf)
    assert one.url == f"https://a.org{address}"
    assert (one.published.day if one.published else 0) == day


def test_elements_of_html_show_the_files_beside_a_text() -> None:
    """Not those of the address that the post has."""
    text = '<img src="./low.png" alt="Low" width="50%">'
    one = entry("a/b.md", POST.replace("Text.", text), **{"a/low_png": ""})
    assert 'src="/a/low.png"' in one.content


def test_the_address_of_a_site_is_none_of_its_profiles() -> None:
    """A data file has others deeper in it."""
    data = '{"title": "Tides", "baseUrl": "https://a.org/", "social": [{"url": "https://b.org/ann"}]}'
    texts: dict[str, str | bytes] = {"src/_data/site.json": data, "a.md": POST}
    assert plain.read(files(texts), None, NOW).url == "https://a.org"
