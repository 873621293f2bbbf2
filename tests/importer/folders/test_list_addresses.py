"""The addresses of lists and feeds, as the settings of generators say them."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

import pytest

from importer.folders.trees import NOW, files
from postdocs.importer.entry import OldList
from postdocs.importer.folders.list_addresses import pages, under
from postdocs.importer.folders.systems import hugo, jekyll, mkdocs, nikola, pelican, plain

ROOT = "https://tides.example"
FEED, ALL = OldList(is_feed=True), OldList()
SEA, SEA_FEED = OldList("tag", "Deep Sea"), OldList("tag", "Deep Sea", is_feed=True)
LOG = OldList("category", "Log")
YEAR = OldList("archive", "2021")


def lists(system: ModuleType, texts: Mapping[str, str]) -> dict[str, OldList | None]:
    """Return what a site of these files says of its lists, by their paths."""
    source = system.read(files(texts), None, NOW)
    assert all(url.startswith(ROOT) for url in source.lists)
    return {url.removeprefix(ROOT): one for url, one in source.lists.items()}


def many(text: str, name: str) -> dict[str, str]:
    """Return eleven posts. text, name: of each, with `@` for its number."""
    return {name.replace("@", f"{at:02}"): text.replace("@", f"{at:02}") for at in range(1, 12)}


HUGO = {
    "content/posts/low.md": "---\ntitle: Low\ndate: 2021-03-04\ntags: [Deep Sea]\nmood: [calm]\n---\nText.\n",
    "content/posts/next.md": "---\ntitle: Next\ndate: 2021-03-05\ntags: [Secret]\ndraft: true\n---\nText.\n",
}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            "",
            {
                "/index.xml": FEED,
                "/posts/": ALL,
                "/posts/index.xml": FEED,
                "/tags/": OldList("tag"),
                "/tags/index.xml": OldList("tag", is_feed=True),
                "/tags/deep-sea/": SEA,
                "/tags/deep-sea/index.xml": SEA_FEED,
                "/categories/": OldList("category"),
                "/categories/index.xml": OldList("category", is_feed=True),
            },
        ),
        (
            "disableKinds = ['section', 'taxonomy']\n[taxonomies]\nmood = 'mood'\n"
            "[outputs]\nterm = ['html']\n[outputFormats.RSS]\nbaseName = 'feed'\n",
            {"/feed.xml": FEED, "/mood/calm/": None},
        ),
        ("uglyURLs = true\n", {"/index.xml": FEED}),
        ("disableKinds = ['RSS', 'section', 'taxonomy', 'term']\n", {}),
    ],
)
def test_hugo_has_lists_of_sections_and_taxonomies(
    settings: str, expected: dict[str, OldList | None]
) -> None:
    """With a feed each, unless the settings say otherwise; drafts are in none."""
    config = f"baseURL = '{ROOT}/'\n{settings}"
    assert lists(hugo, {"hugo.toml": config, **HUGO}) == expected


PELICAN = many("Title: T@\nDate: 2021-03-@\nTags: Deep Sea\nCategory: Log\n\nText.\n", "content/a@.md")
PELICAN_CONF = f"SITEURL = '{ROOT}'\nPATH = 'content'\nAUTHOR = 'Ann'\n"


def test_pelican_has_the_lists_and_feeds_of_its_defaults() -> None:
    """A feed of an author has the path of that of a category of the same name."""
    ann = OldList("author", "Ann")
    assert lists(pelican, {"pelicanconf.py": PELICAN_CONF, **PELICAN}) == {
        "/feeds/all.atom.xml": FEED,
        "/feeds/log.atom.xml": OldList("category", "Log", is_feed=True),
        "/feeds/ann.atom.xml": OldList("author", "Ann", is_feed=True),
        "/feeds/ann.rss.xml": OldList("author", "Ann", is_feed=True),
        "/feeds/all-en.atom.xml": FEED,
        "/tags.html": OldList("tag"),
        "/categories.html": OldList("category"),
        "/authors.html": OldList("author"),
        "/archives.html": OldList("archive"),
        "/tag/deep-sea.html": SEA,
        "/category/log.html": LOG,
        "/author/ann.html": ann,
    }


def test_pelican_has_the_lists_and_feeds_of_its_settings() -> None:
    """Also in parts, and of times; what is None or empty is not there."""
    conf = (
        "FEED_ALL_ATOM = None\nFEED_ALL_RSS = 'rss.xml'\nCATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = None\n"
        "AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None\nTAG_FEED_RSS = 't/%s.xml'\n"
        "DIRECT_TEMPLATES = ['index', 'archives', 'search']\nARCHIVES_SAVE_AS = ''\n"
        "TAG_SAVE_AS = 't/{slug}/index.html'\nCATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ''\n"
        "YEAR_ARCHIVE_SAVE_AS = '{date:%Y}/index.html'\nDEFAULT_PAGINATION = 4\nDEFAULT_ORPHANS = 3\n"
        "PAGINATION_PATTERNS = ((1, '{url}', '{save_as}'),"
        " (2, '{base_name}/page/{number}/', '{base_name}/page/{number}/index.html'))\n"
    )
    assert lists(pelican, {"pelicanconf.py": PELICAN_CONF + conf, **PELICAN}) == {
        "/rss.xml": FEED,
        "/t/deep-sea.xml": SEA_FEED,
        "/page/2/": ALL,
        "/search.html": None,
        "/t/deep-sea/": SEA,
        "/t/deep-sea/page/2/": SEA,
        "/2021/": YEAR,
    }


NIKOLA = many(
    ".. title: T@\n.. slug: t@\n.. date: 2021-03-@\n.. tags: Deep Sea\n.. category: Log\n\nText.\n",
    "posts/a@.md",
)
NIKOLA_CONF = (
    f"BLOG_TITLE = 'Tides'\nBLOG_AUTHOR = 'Ann'\nSITE_URL = '{ROOT}/'\n"
    "POSTS = (('posts/*.md', 'posts', ''),)\n"
)


def test_nikola_has_the_lists_and_feeds_of_its_defaults() -> None:
    """And the sources of posts, and small pictures; none of authors, since there is one."""
    found = lists(nikola, {"conf.py": NIKOLA_CONF, "images/a.png": "", "files/b.png": "", **NIKOLA})
    sources = {f"/posts/t{at:02}/index.md": None for at in range(1, 12)}
    assert found == sources | {
        "/rss.xml": FEED,
        "/sitemapindex.xml": None,
        "/index-1.html": ALL,
        "/categories/": OldList("tag"),
        "/categories/deep-sea/": SEA,
        "/categories/deep-sea.xml": SEA_FEED,
        "/categories/cat_log/": LOG,
        "/categories/cat_log.xml": OldList("category", "Log", is_feed=True),
        "/archive.html": OldList("archive"),
        "/2021/": YEAR,
        "/images/a.thumbnail.png": None,
    }


def test_nikola_has_the_lists_and_feeds_of_its_settings() -> None:
    """In the folder of each language."""
    conf = (
        "TAG_PATH = 'tags'\nPRETTY_URLS = False\nGENERATE_RSS = False\nINDEX_DISPLAY_POST_COUNT = 20\n"
        "CREATE_SINGLE_ARCHIVE = True\nARCHIVE_PATH = 'old'\nCOPY_SOURCES = False\nCATEGORY_PREFIX = ''\n"
        "DEFAULT_LANG = 'en'\nTRANSLATIONS = {'en': '', 'fi': './fi'}\nCATEGORY_PATH = 'c'\n"
    )
    english = {
        "/sitemapindex.xml": None,
        "/tags/": OldList("tag"),
        "/tags/deep-sea.html": SEA,
        "/c/": OldList("category"),
        "/c/log.html": LOG,
        "/old/archive.html": OldList("archive"),
    }
    finnish = {f"/fi{path}": one for path, one in english.items()}
    assert lists(nikola, {"conf.py": NIKOLA_CONF + conf, **NIKOLA}) == english | finnish


MKDOCS = many(
    "---\ndate: 2021-03-@\ncategories: [Log]\nauthors: [ann]\n---\n# T@\n\nText.\n", "docs/blog/posts/a@.md"
) | {
    "docs/blog/.authors.yml": "authors:\n  ann:\n    name: Ann Example\n",
    "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "docs/blog/posts/draft.md": "---\ndate: 2020-03-04\ndraft: true\n---\n# D\n\nText.\n",
}


@pytest.mark.parametrize(
    ("plugins", "expected"),
    [
        ("[search]", {}),
        (
            "[blog, tags, rss]",
            {
                **{f"/feed_rss_{what}.xml": FEED for what in ("created", "updated")},
                **{f"/feed_json_{what}.json": FEED for what in ("created", "updated")},
                "/tags.json": None,
                "/blog/": ALL,
                "/blog/page/2/": ALL,
                "/blog/archive/2021/": YEAR,
                "/blog/archive/2021/page/2/": YEAR,
                "/blog/category/log/": LOG,
                "/blog/category/log/page/2/": LOG,
            },
        ),
        (
            "[blog: {blog_dir: ., post_dir: blog/posts, authors_file: blog/.authors.yml, archive: false,"
            " pagination_per_page: 20, categories: false, authors_profiles: true},"
            " rss: {feeds_filenames: {rss_created: rss.xml}}]",
            {
                "/rss.xml": FEED,
                "/feed_rss_updated.xml": FEED,
                **{f"/feed_json_{what}.json": FEED for what in ("created", "updated")},
                "/": ALL,
                "/author/ann/": OldList("author", "Ann Example"),
            },
        ),
    ],
)
def test_mkdocs_has_the_lists_and_feeds_of_its_plugins(
    plugins: str, expected: dict[str, OldList | None]
) -> None:
    """And pages that only list others."""
    conf = f"site_url: {ROOT}/\nplugins: {plugins}\n"
    always = {"/sitemap.xml.gz": None, "/tags/": None}
    assert lists(mkdocs, {"mkdocs.yml": conf, **MKDOCS}) == always | expected


JEKYLL = many("---\ntitle: T\ntags: [Deep Sea]\ncategories: [Log]\n---\nText.\n", "_posts/2021-03-@-t.md")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", {}),
        ("theme: minima\n", {"/feed.xml": FEED}),
        (
            "plugins: [jekyll-feed]\nfeed: {path: /rss.xml, categories: [Log], tags: {only: [Deep Sea]}}\n",
            {
                "/rss.xml": FEED,
                "/feed/Log.xml": OldList("category", "Log", is_feed=True),
                "/feed/by_tag/deep-sea.xml": SEA_FEED,
            },
        ),
        ("plugins: [jekyll-feed]\nfeed: {tags: {except: [Deep Sea]}}\n", {"/feed.xml": FEED}),
        ("plugins: [jekyll-archives]\n", {}),
        (
            "plugins: [jekyll-archives]\n"
            "jekyll-archives: {enabled: [tags, year], permalinks: {tag: '/t/:name/'}}",
            {"/t/deep-sea/": SEA, "/2021/": YEAR},
        ),
        ("plugins: [jekyll-archives]\njekyll-archives: {enabled: [categories]}", {"/category/log/": LOG}),
        ("plugins: [jekyll-paginate]\npaginate: 6\n", {"/page2/": ALL}),
        ("gems: [jekyll-paginate]\npaginate: 4\npaginate_path: /p/:num\n", {"/p/2": ALL, "/p/3": ALL}),
    ],
)
def test_jekyll_has_the_lists_and_feeds_of_its_plugins(settings: str, expected: dict[str, OldList]) -> None:
    """Without any it has none."""
    assert lists(jekyll, {"_config.yml": f"url: {ROOT}\n{settings}", **JEKYLL}) == expected


def test_feeds_of_jekyll_may_be_templates() -> None:
    """At the path that they say, else at their own; a file without front matter is no template."""
    texts = {
        "atom.xml": "---\nlayout: null\n---\n<feed>{% for post in site.posts %}{% endfor %}</feed>",
        "maps/all.xml": "---\npermalink: /map.xml\n---\n<urlset/>",
        "plain.xml": "<x/>",
        "_layouts/feed.xml": "---\n---\n<feed/>",
    }
    found = lists(jekyll, {"_config.yml": f"url: {ROOT}\n", **JEKYLL, **texts})
    assert found == {"/atom.xml": FEED, "/map.xml": None}


POST = "---\ntitle: Low\ndate: 2021-03-04\ntags: [posts, Deep Sea]\n---\nText.\n"
SITE = {"posts/low.md": POST, "_data/site.json": f'{{"url": "{ROOT}"}}'}


def test_eleventy_has_what_its_templates_say() -> None:
    """A page of each tag by its pagination, and a feed by its permalink; other templates say nothing."""
    tags = "---\npagination: {data: collections, size: 1, alias: tag, filter: [posts]}\npermalink: "
    texts = {
        "tags.njk": f"{tags}'/tags/{{{{ tag | slugify }}}}/'\n---\n",
        "odd.njk": f"{tags}'/odd/{{{{ tag.name }}}}/'\n---\n",
        "feed.liquid": "---\npermalink: /feed.xml\n---\n<feed/>",
        "map.html": "---\npermalink: /map/\n---\n",
        "_includes/base.html": "---\npermalink: /no/\n---\n",
        "posts.njk": "---\npagination: {data: collections.posts, size: 2}\npermalink: '/p/{{ n }}/'\n---\n",
    }
    found = lists(plain, {**SITE, **texts})
    assert found == {"/tags/all/": None, "/tags/deep-sea/": SEA, "/feed.xml": FEED, "/map/": None}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"astro.config.mjs": f"site: '{ROOT}'", "src/pages/rss.xml.js": "", "src/pages/a.js": ""},
         {"/rss.xml": FEED}),
        ({"gatsby-config.js": f"siteUrl: '{ROOT}', plugins: ['gatsby-plugin-feed']"}, {"/rss.xml": FEED}),
        ({"gatsby-config.js": f"siteUrl: '{ROOT}'"}, {}),
        (
            {"docusaurus.config.js": f"url: '{ROOT}'"},
            {
                "/blog/rss.xml": FEED, "/blog/atom.xml": FEED, "/blog/": ALL,
                "/blog/archive/": OldList("archive"), "/blog/tags/": OldList("tag"),
                "/blog/tags/posts/": OldList("tag", "posts"), "/blog/tags/deep-sea/": SEA,
            },
        ),
    ],
)  # fmt: skip
def test_sites_of_javascript_have_the_feeds_of_their_plugins(
    texts: dict[str, str], expected: dict[str, OldList]
) -> None:
    """Docusaurus has lists, too."""
    assert lists(plain, {"blog/low.md": POST, **texts}) == expected


@pytest.mark.parametrize(
    ("system", "texts"),
    [
        (hugo, {"hugo.toml": "title = 'Tides'\n", **HUGO}),
        (pelican, {"pelicanconf.py": "PATH = 'content'\n", **PELICAN}),
        (nikola, {"conf.py": "BLOG_TITLE = 'Tides'\n", **NIKOLA}),
        (mkdocs, {"mkdocs.yml": "plugins: [blog]\n", **MKDOCS}),
        (jekyll, {"_config.yml": "theme: minima\n", **JEKYLL}),
        (plain, {"posts/low.md": POST, "feed.njk": "---\npermalink: /feed.xml\n---\n"}),
    ],
)
def test_without_an_address_of_the_blog_none_is_known(system: ModuleType, texts: dict[str, str]) -> None:
    """An invented host would be in the report."""
    assert lists(system, texts) == {}


@pytest.mark.parametrize(
    ("number", "size", "expected"),
    [(0, 10, []), (10, 10, []), (11, 10, [2]), (30, 10, [2, 3]), (5, 0, []), (5, -1, [])],
)
def test_a_list_has_as_many_pages_as_its_posts_need(number: int, size: int, expected: list[int]) -> None:
    """The first is the list itself."""
    assert [*pages(number, size)] == expected


def test_the_index_of_a_folder_is_at_the_folder() -> None:
    """What the first of two says of an address counts."""
    found = under(ROOT, [("/a/index.html", ALL), ("index.html", None), ("a/", None), ("/b index.html", None)])
    assert found == {f"{ROOT}/a/": ALL, f"{ROOT}/": None, f"{ROOT}/b%20index.html": None}
