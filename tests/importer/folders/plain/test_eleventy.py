"""Addresses and data of Eleventy."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry, NoteKind, OldList
from postdocs.importer.folders.systems import plain
from postdocs.importer.sources.model import Source

CONFIG = "module.exports = function (e) {\n  return { dir: { input: 'content' } };\n};"


def source(texts: dict[str, str], config: str = CONFIG) -> Source:
    """Return what is read of a site."""
    return plain.read(files({".eleventy.js": config, **texts}), "https://a.org", NOW)


def entry(path: str, front: str = "date: 2021-03-04", config: str = CONFIG, **data: str) -> Entry:
    """Return a page. data: files beside it by their extensions, of its folder or, with `my_`, of itself."""
    stem, folder = path.rpartition(".")[0], path.rpartition("/")[0]
    others = {
        (
            f"{stem}.{name[3:]}" if name.startswith("my_") else f"{folder}/{folder.rpartition('/')[2]}.{name}"
        ).replace("_", "."): text
        for name, text in data.items()
    }
    whole = source({path: f"---\ntitle: Low & high\n{front}\n---\nText.\n", **others}, config)
    return next(one for one in whole.entries if one.source == f"blog/{path}")


def address(one: Entry) -> str:
    """Return the path of a page."""
    return urlsplit(one.url or "").path


@pytest.mark.parametrize(
    ("config", "path", "where"),
    [
        (CONFIG, "content/blog/low.md", "/blog/low/"),
        (CONFIG, "content/blog/2021-03-04-low.md", "/blog/low/"),
        (CONFIG, "content/low/low.md", "/low/"),
        (CONFIG, "content/low/index.md", "/low/"),
        (CONFIG, "content/src/index.md", "/src/"),
        (CONFIG, "content/index.md", "/"),
        ("module.exports = { dir: { input: './src/' } }", "src/content/low.md", "/content/low/"),
        ("export const config = { dir: { input: 'src' } }", "src/low.md", "/low/"),
        ("const dir = { input: 'src' }\nexport default (e) => ({ dir })", "src/low.md", "/low/"),
        ("export default function (e) { e.setInputDirectory('src') }", "src/low.md", "/low/"),
        ("", "content/low.md", "/content/low/"),
    ],
)
def test_addresses_are_paths_below_the_folder_of_texts(config: str, path: str, where: str) -> None:
    """As the settings name it; a page is that of its folder if both have one name."""
    assert address(entry(path, config=config)) == where


@pytest.mark.parametrize(
    ("permalink", "where"),
    [
        ("/writing/{{ page.fileSlug }}/", "/writing/low/"),
        ("writing/{{ page.fileSlug }}/index.html", "/writing/low/"),
        ("/{{ page.date | date: '%Y/%m' }}/{{ page.fileSlug }}.html", "/2021/03/low.html"),
        ("{{ page.filePathStem }}.html", "/blog/low.html"),
        ("/{{ title | slugify }}/", "/low-and-high/"),
        ("/{{ site.path }}/{{ 'A b' | slug }}/", "/log/a-b/"),
        ("/{{ section | upcase | append: '/x' }}/", "/NOTES/x/"),
    ],
)
def test_permalinks_are_filled_with_what_pages_say(permalink: str, where: str) -> None:
    """In front matter, and in the data of a folder."""
    config = CONFIG.replace("  return", "  e.addGlobalData('section', 'notes');\n  return")
    texts = {"content/_data/site.json": '{"path": "log"}'}
    page = f'---\ntitle: Low & high\ndate: 2021-03-04\npermalink: "{permalink}"\n---\nText.\n'
    assert address(source({"content/blog/low.md": page, **texts}, config).entries[0]) == where
    data = {"content/blog/blog.11tydata.js": f'module.exports = {{ permalink: "{permalink}" }}'}
    page = page.replace("permalink", "other")
    assert address(source({"content/blog/low.md": page, **texts, **data}, config).entries[0]) == where


def test_the_nearest_data_count_first_and_tags_are_those_of_all() -> None:
    """Front matter, the data of the file, of its folders from the inside, and layouts."""
    texts = {
        "content/a/low.md": "---\ntitle: Low\ntags: [x]\nlayout: post.njk\ndate: 2021-03-04\n---\nText.\n",
        "content/_includes/post.njk": "---\npermalink: /layout/\nlayout: base\ntags: l\n---\n",
        "content/_includes/base.njk": "---\npermalink: /base/\nauthor: Ann\n---\n",
    }
    where = []
    for name in ("content.json", "a/a.json", "a/a.11tydata.json", "a/low.json", "a/low.11tydata.json"):
        texts[f"content/{name}"] = f'{{"permalink": "/{name}/", "tags": ["{name[-6]}"], "draft": false}}'
        one = source(texts).entries[0]
        where.append(address(one))
    assert where == [
        f"/{name}/"
        for name in ("content.json", "a/a.json", "a/a.11tydata.json", "a/low.json", "a/low.11tydata.json")
    ]
    assert one.tags == ("l", "t", "a", "w", "x")
    assert one.authors == ("Ann",)


def test_a_layout_may_say_the_address() -> None:
    """Also one that the data of a folder names, in full or by an alias."""
    layout = {"content/_includes/post.njk": "---\npermalink: /l/{{ page.fileSlug }}/\n---\n"}
    page = "---\ntitle: A\ndate: 2021-03-04\n---\nText.\n"
    config = CONFIG.replace("  return", "  e.addLayoutAlias('post', 'post.njk');\n  return")
    for name in ("post.njk", "post"):
        data = {"content/b/b.json": f'{{"layout": "{name}"}}'}
        assert address(source({"content/b/a.md": page, **layout, **data}, config).entries[0]) == "/l/a/"


@pytest.mark.parametrize(
    "data",
    [
        {"11tydata_js": "module.exports = { permalink: (data) => `/${data.title}/` }"},
        {"11tydata_mjs": "export default { eleventyComputed: { permalink: (d) => d.x } }"},
        {"json": '{"permalink": "/{{ page.date | year }}/"}'},
        {"json": '{"permalink": "/{{ nothing }}/"}'},
        {"my_json": '{"permalink": "{% if a %}/a/{% endif %}"}'},
    ],
)
def test_an_address_that_only_eleventy_knows_is_named(data: dict[str, str]) -> None:
    """With what gives the true one."""
    one = entry("content/blog/low.md", **data)
    assert address(one) == "/blog/low/"
    assert [note.before for note in one.notes if "--built" in note.what] == ["blog/content/blog/low.md"]


def test_a_filter_that_the_site_has_itself_is_not_known() -> None:
    """Though Eleventy has one of that name."""
    config = CONFIG.replace("  return", "  e.addFilter('slugify', (text) => text);\n  return")
    one = entry("content/low.md", 'date: 2021-03-04\npermalink: "/{{ title | slugify }}/"', config)
    assert [note.what for note in one.notes if "--built" in note.what]


def test_data_of_a_folder_are_front_matter_of_its_pages() -> None:
    """Drafts and dates too, and a page needs no front matter of its own."""
    texts = {
        "content/b/a.md": "# Low water\n\nText.\n",
        "content/b/b.json": '{"draft": true, "date": "2020-01-02", "permalink": "/{{ page.fileSlug }}.html"}',
    }
    one = source(texts).entries[0]
    assert (one.title, one.draft, one.url) == ("Low water", True, "https://a.org/a.html")
    assert one.published is not None
    assert one.published.year == 2020


def test_texts_elsewhere_are_no_pages() -> None:
    """Nor those that data say no page of."""
    page = "---\ntitle: A\n---\nText.\n"
    texts = {
        "content/a.md": page,
        "notes/b.md": page,
        "content/c/d.md": page,
        "content/c/c.json": '{"permalink": false}',
    }
    read = source(texts)
    assert [one.source for one in read.entries] == ["blog/content/a.md"]
    left = {note.before for note in read.notes if note.kind is NoteKind.LEFT_OUT}
    assert left == {"blog/notes/b.md", "blog/content/c/d.md"}


@pytest.mark.parametrize(
    ("line", "is_out"),
    [
        ("content/b.md", True),
        ("./content/b.md", True),
        ("content/", True),
        ("content/**", True),
        ("**/b.md", True),
        ("content/*.md\n!content/b.md", False),
        ("b.md", False),
        ("# content/b.md", False),
    ],
)
def test_ignored_texts_are_no_pages(line: str, *, is_out: bool) -> None:
    """Paths are from the folder of the file that ignores them; the report names each text."""
    texts = {"content/b.md": "---\ntitle: B\n---\nText.\n", "content/c.html": "---\ntitle: C\n---\nText."}
    read = source({**texts, ".eleventyignore": f"{line}\n"})
    assert bool(read.entries) is not is_out
    assert ("blog/content/b.md" in {note.before for note in read.notes}) is is_out
    inner = {"content/.eleventyignore": "b.md\nc.html"}
    read = source({**texts, **inner})
    assert not read.entries
    assert "blog/content/c.html" not in {note.before for note in read.notes}


@pytest.mark.parametrize("line", ["guide.md", "./guide.md", "**/guide.md"])
def test_texts_that_the_settings_ignore_are_no_pages(line: str) -> None:
    """Their paths are from the folder of the settings, wherever the texts are."""
    page = "---\ntitle: Low\n---\nText.\n"
    texts = {"guide.md": page, "low.md": page}
    config = f"export default (conf) => {{ conf.ignores.add('{line}'); conf.ignores.add(one()); }};"
    assert [one.source for one in source(texts, config).entries] == ["blog/low.md"]
    others = config.replace("ignores", "watchIgnores")
    assert len(source(texts, others).entries) == 2


def test_a_tag_that_all_posts_have_names_a_collection() -> None:
    """One of the data of their folder, or of the starter; authors' own tags stay, and those of one post."""
    page = "---\ntitle: A\ndate: 2021-03-04\ntags: {}\n---\nText.\n"
    data = {"content/b/b.json": '{"tags": ["log"]}'}
    texts = {
        "content/b/a.md": page.format("[sea, moon, posts]"),
        "content/b/c.md": page.format("[sea, posts]"),
    }
    read = source({**texts, **data, "content/about.md": "---\ntitle: About\n---\nText.\n"})
    assert [one.tags for one in read.entries] == [(), ("sea", "moon"), ("sea",)]
    assert [note.before for note in read.notes if "collections" in note.what] == ["log, posts"]
    read = source({"content/b/a.md": page.format("[sea]"), **data})
    assert read.entries[0].tags == ("log", "sea")


def test_the_list_of_a_collection_is_that_of_all_posts() -> None:
    """Its tag is left out, and its address leads where all posts are; those of other tags lead to these."""
    page = "---\ntitle: A\ndate: 2021-03-04\ntags: {}\n---\nText.\n"
    template = "---\npagination: {data: collections, size: 1, alias: t}\npermalink: /tags/{{ t }}/\n---\n"
    texts = {
        "content/a.md": page.format("[sea, posts]"),
        "content/b.md": page.format("posts"),
        "content/tags.html": template,
    }
    lists = source(texts).lists
    assert {urlsplit(url).path: one for url, one in lists.items()} == {
        "/tags/all/": None,
        "/tags/posts/": OldList(),
        "/tags/sea/": OldList("tag", "sea"),
    }


def test_a_folder_that_only_code_names_is_told() -> None:
    """In one line."""
    read = source(
        {"content/a.md": "---\ntitle: A\n---\nText.\n"}, "module.exports = { dir: { input: compute() } }"
    )
    assert [note for note in read.notes if "the folder of texts" in note.what]


@pytest.mark.parametrize(
    ("copied", "where"),
    [
        ("'content/img'", "img/a.png"),
        ("{ 'content/img': 'i' }", "i/a.png"),
        ("{ content: '/' }", "img/a.png"),
    ],
)
def test_files_are_where_eleventy_copies_them(copied: str, where: str) -> None:
    """As in `addPassthroughCopy`."""
    config = CONFIG.replace("  return", f"  e.addPassthroughCopy({copied});\n  return")
    read = source({"content/a.md": "---\ntitle: A\n---\n![](/img/a.png)\n", "content/img/a.png": "x"}, config)
    assert read.files is not None
    assert where in read.files.paths


@pytest.mark.parametrize(
    "link", ["b.md", "/blog/b.md", "blog/b.md", "content/blog/b.md", "/content/blog/b.md"]
)
def test_links_name_files_from_the_page_and_from_the_folder_of_texts(link: str) -> None:
    """As the plugin InputPath to URL reads them."""
    page = "---\ntitle: A\n---\n[b]({})\n"
    read = source({"content/blog/a.md": page.format(f"{link}#c"), "content/blog/b.md": page.format("")})
    assert (read.entries[0].markdown or "").strip() == "[b](/blog/b/#c)"


def test_front_matter_may_override_the_arrays_of_a_folder() -> None:
    """https://www.11ty.dev/docs/data-deep-merge/#using-the-override-prefix."""
    one = entry("content/blog/low.md", "override:tags: [moon]", json='{"tags": ["sea"]}')
    assert (one.tags, one.notes) == (("moon",), ())


@pytest.mark.parametrize("value", ["[" * 400 + "]" * 400, '{"a":' * 400 + "1" + "}" * 400, "[" * 100_000])
def test_data_that_are_nested_without_end_are_no_data(value: str) -> None:
    """In files of a folder, and of one page."""
    data = f'{{"authors": {value}, "tags": {value}, "permalink": "/x/"}}'
    one = entry("content/blog/low.md", json=data, my_json=data)
    assert one.title == "Low & high"


def test_no_file_is_copied_out_of_the_site() -> None:
    """Whatever the settings say."""
    config = CONFIG.replace("  return", "  e.addPassthroughCopy({ 'content/img': '../../x' });\n  return")
    read = source({"content/a.md": "---\ntitle: A\n---\nText.\n", "content/img/a.png": "x"}, config)
    assert read.files is not None
    assert not [path for path in read.files.paths if path.startswith("..")]


def test_files_of_data_are_no_files_of_the_site() -> None:
    """Pages take values from them, and nobody can ask for them, unless the settings copy them."""
    config = "module.exports = (e) => { e.addPassthroughCopy('open'); return { dir: { data: 'facts' } }; };"
    data = (
        "blog/blog.json",
        "blog/blog.11tydata.js",
        "blog/low.json",
        "blog/low.11tydata.json",
        "facts/a.json",
    )
    others = ("blog/tides.json", "open/open.json", "tides.csv")
    texts = dict.fromkeys((*data, *others), "{}")
    read = source({"blog/low.md": "---\ntitle: Low\ndate: 2021-03-04\n---\nText.\n", **texts}, config)
    assert read.files is not None
    assert {*others} <= {*read.files.paths}
    assert {*data}.isdisjoint(read.files.paths)


def test_other_files_in_the_folder_of_data_are_files_of_the_site() -> None:
    """Data may be beside all else."""
    config = "module.exports = { dir: { data: '.' } };"
    read = source(dict.fromkeys(("a.md", "a.png", "facts.json"), "x"), config)
    assert read.files is not None
    assert "a.png" in read.files.paths
    assert "facts.json" not in read.files.paths
