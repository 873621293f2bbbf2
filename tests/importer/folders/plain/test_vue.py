"""VuePress and VitePress."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from helpers import assert_linear

from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import plain
from postdocs.importer.sources.model import Source

SETTINGS = (
    "import { defineConfig } from 'vitepress'\nexport default defineConfig({\n  title: 'Tides',\n"
    "  description: 'The sea', lang: 'de-DE', base: '/log/', sitemap: { hostname: 'https://a.org' },\n})\n"
)
VITEPRESS, VUEPRESS = "docs/.vitepress/config.mts", "docs/.vuepress/config.js"


def source(texts: dict[str, str | bytes], config: str = VITEPRESS, settings: str = SETTINGS) -> Source:
    """Return what is read of a site."""
    return plain.read(files({config: settings, **texts}), None, NOW)


def entry(text: str, path: str = "docs/guide/low.md", config: str = VITEPRESS, **others: str) -> Entry:
    """Return a page. others: more texts of the folder `docs`, by their names without `.md`."""
    more = {f"docs/{name.replace('_', '/')}.md": inner for name, inner in others.items()}
    whole = source({path: text, **more}, config)
    return next(one for one in whole.entries if one.source == f"blog/{path}")


def test_texts_need_no_front_matter() -> None:
    """Their first headings are their titles, and they are pages."""
    texts: dict[str, str | bytes] = {
        VITEPRESS: SETTINGS,
        "docs/low.md": "# The `low` water {#low}\n\nText.\n",
    }
    assert system_of(files(texts)) is plain
    one = plain.read(files(texts), None, NOW).entries[0]
    assert (one.title, one.page) == ("The low water", True)


@pytest.mark.parametrize(
    "config", [VITEPRESS, VUEPRESS, "docs/.vuepress/config.ts", "docs/.vitepress/config/index.ts"]
)
def test_settings_say_title_address_and_language(config: str) -> None:
    """Those of both, in JavaScript and TypeScript."""
    said = source({"docs/a.md": "# A\n\nText.\n"}, config).settings
    assert (said.title, said.description, said.url) == ("Tides", "The sea", "https://a.org/log")
    assert said.language == "de_DE"


@pytest.mark.parametrize(
    ("config", "settings", "path", "where"),
    [
        (VITEPRESS, "", "docs/guide/low.md", "/guide/low.html"),
        (VITEPRESS, "export default { cleanUrls: true }", "docs/guide/low.md", "/guide/low"),
        (VITEPRESS, "export default { srcDir: './src' }", "docs/src/low.md", "/low.html"),
        (VITEPRESS, "", "docs/guide/index.md", "/guide/"),
        (VUEPRESS, "", "docs/guide/README.md", "/guide/"),
        (VUEPRESS, "", "docs/README.md", "/"),
        (VUEPRESS, "", "docs/_posts/2021-03-04-low.md", "/2021/03/04/low/"),
        (".vuepress/config.js", "", "low.md", "/low.html"),
    ],
)
def test_addresses_are_those_of_the_generator(config: str, settings: str, path: str, where: str) -> None:
    """Below the folder of its settings."""
    whole = plain.read(files({config: settings, path: "# Low\n\nText.\n"}), "https://a.org", NOW)
    assert [urlsplit(one.url or "").path for one in whole.entries] == [where]


def test_texts_beside_the_site_are_no_pages() -> None:
    """Such as the notes of a repository."""
    whole = source({"docs/a.md": "# A\n\nText.\n", "notes.md": "# B\n\nText.\n"})
    assert [one.source for one in whole.entries] == ["blog/docs/a.md"]
    assert [note.before for note in whole.notes if note.kind is NoteKind.LEFT_OUT] == ["blog/notes.md"]


@pytest.mark.parametrize(
    ("link", "where"),
    [
        ("./high.html", "/log/guide/high.html"),
        ("./high.md#a", "/log/guide/high.html#a"),
        ("high", "/log/guide/high.html"),
        ("/guide/high.html", "/log/guide/high.html"),
        ("/guide/high.md", "/log/guide/high.html"),
        ("/guide/", "/log/guide/"),
        ("/guide/#a", "/log/guide/#a"),
        ("./", "/log/guide/"),
        ("../", "/log/"),
        ("/logo.png", "/log/logo.png"),
        ("https://b.org/a.html", "https://b.org/a.html"),
        ("https://a.org/log/guide/high.html", "/log/guide/high.html"),
        ("#here", "#here"),
    ],
)
def test_links_lead_to_pages_by_file_and_by_address(link: str, where: str) -> None:
    """From the folder of the page, or of the texts."""
    one = entry(
        f"[a]({link})\n",
        guide_high="# High\n\nText.\n",
        guide_index="# Guide\n\nText.\n",
        index="# Home\n\nT.\n",
    )
    assert (one.markdown or "").strip() == f"[a]({where})"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('A <Badge type="tip" text="beta" /> b', "A beta b"),
        ("A <Badge>new</Badge> b", "A new b"),
        ('A <Badge :text="version"/> b', 'A &lt;Badge :text="version"/&gt; b'),
        ("`<Badge text='a'/>`", "`<Badge text='a'/>`"),
        ("A\n\n[[toc]]\n\nB", "A\n\n\n\nB"),
        ("```\n[[toc]]\n```", "```\n[[toc]]\n```"),
    ],
)
def test_badges_are_words_and_tables_of_contents_go(text: str, shown: str) -> None:
    """Sphinx has its own of these; code shows them."""
    assert (entry(text).markdown or "").strip() == shown


@pytest.mark.parametrize("text", ["<Badge ", '<Badge text="', "[[toc]] "])
def test_badges_take_time_in_proportion_to_the_text(text: str) -> None:
    """Also those that never end."""
    assert_linear(lambda size: entry(text * (size // len(text))), 40_000)


@pytest.mark.parametrize(
    ("heading", "id_"),
    [
        ("## What's *next*?", "what-s-next"),
        ("## 1.0: Énergie ##", "_1-0-energie"),
        ("## A `code` {#own-id}", "own-id"),
        ("## 改進", "改進"),
        ("## One\n\n## One", "one-1"),
    ],
)
def test_headings_have_the_ids_of_the_generator(heading: str, id_: str) -> None:
    """Their own are no text."""
    one = entry(f"---\ntitle: A\n---\n{heading}\n")
    assert f' id="{id_}">' in one.content
    assert "{#" not in one.content


def test_code_keeps_what_looks_like_the_id_of_a_heading() -> None:
    """As those show who write about it."""
    one = entry("---\ntitle: A\n---\n```md\n## A {#b}\n```\n")
    assert "## A {#b}" in one.content
    assert "## A {#b}" in (one.markdown or "")


def test_what_only_the_generator_can_show_is_named() -> None:
    """Values of templates, and code of other files; what is code itself is none."""
    one = entry("# A\n\nIn {{ $frontmatter.title }} and `{{ b }}`.\n\n<<< @/snippets/low.js{2}\n")
    assert [note.before.partition(": ")[2] for note in one.notes] == [
        "{{ $frontmatter.title }}",
        "<<< @/snippets/low.js{2}",
    ]


def test_components_are_named_and_the_text_in_them_stays() -> None:
    """Those without text stay visible; a paragraph is none of a module."""
    one = entry("# A\n\nimport things first\n\n<Box title='b'>\n\nInner\n\n</Box>\n\n<Chart :a=\"b\" />\n")
    assert [note.before.partition(": ")[::2] for note in one.notes] == [
        ("blog/docs/guide/low.md:5", "<Box title='b'>"),
        ("blog/docs/guide/low.md:11", '<Chart :a="b" />'),
    ]
    for text in ("import things first", "<strong>b</strong>", "Inner", "&lt;Chart"):
        assert text in one.content
