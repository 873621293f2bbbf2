"""Source folders of MkDocs."""

from __future__ import annotations

from datetime import datetime

import pytest
from helpers import assert_linear

from importer.folders.notebook_files import code, notebook, prose, shown, stream
from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import mkdocs
from postdocs.importer.folders.systems.mkdocs import dialect
from postdocs.importer.folders.systems.mkdocs import settings as mkdocs_settings
from postdocs.importer.sources.model import Source

CONF = "site_name: Tides\nsite_url: https://tides.example/log/\n"
BLOG = f"{CONF}plugins:\n  - search\n  - blog\n"
POST = "---\ndate: 2024-05-03\n---\n# Neap tides\n\nText.\n"


def site(texts: dict[str, str | bytes], conf: str = BLOG) -> Source:
    """Return what a site of these sources holds."""
    return mkdocs.read(files({"mkdocs.yml": conf, **texts}), None, NOW)


def post(text: str, conf: str = BLOG, path: str = "docs/blog/posts/a.md", **others: str) -> Entry:
    """Return the entry of one file of a site."""
    source = site({path: text, **others}, conf)
    return next(entry for entry in source.entries if entry.source.endswith(f"/{path}"))


def notes(entry: Entry, kind: NoteKind = NoteKind.NOTICED) -> list[str]:
    """Return what is said of an entry."""
    return [f"{note.what}: {note.before}" for note in entry.notes if note.kind is kind]


def test_a_site_is_known_by_its_settings() -> None:
    """Whatever else is there."""
    assert system_of(files({"mkdocs.yml": "", "docs/index.md": "# A"})) is mkdocs


@pytest.mark.parametrize(
    ("options", "head", "address"),
    [
        ("", "", "/log/blog/2024/05/03/neap-tides/"),
        ("", "slug: low\n", "/log/blog/2024/05/03/low/"),
        ("      blog_dir: .\n", "", "/log/2024/05/03/neap-tides/"),
        ("      post_url_format: '{file}'\n", "", "/log/blog/a/"),
        (
            "      post_url_format: '{categories}/{slug}'\n",
            "categories: [Land & Sea, Sky]\n",
            "/log/blog/land--sea/neap-tides/",
        ),
        ("      post_url_date_format: MMMM-yy\n", "", "/log/blog/May-24/neap-tides/"),
    ],
)
def test_posts_keep_the_addresses_that_the_blog_gives_them(options: str, head: str, address: str) -> None:
    """As the patterns in its settings say."""
    text = POST.replace("date:", f"{head}date:")
    conf = f"{CONF}plugins:\n  - blog:\n      enabled: true\n{options}"
    path = "docs/posts/a.md" if "blog_dir" in options else "docs/blog/posts/a.md"
    entry = post(text, conf, path)
    assert entry.url == f"https://tides.example{address}"
    assert (entry.title, entry.page) == ("Neap tides", False)


@pytest.mark.parametrize(
    ("path", "conf", "address"),
    [
        ("docs/guide/set up.md", CONF, "/log/guide/set%20up/"),
        ("docs/guide/index.md", CONF, "/log/guide/"),
        ("docs/guide/README.md", CONF, "/log/guide/"),
        ("docs/a.md", f"{CONF}use_directory_urls: false\n", "/log/a.html"),
        ("text/a.md", f"{CONF}docs_dir: text\n", "/log/a/"),
    ],
)
def test_other_documents_are_pages(path: str, conf: str, address: str) -> None:
    """With the addresses of their files."""
    entry = post("# A\n\nText.\n", conf, path)
    assert (entry.url, entry.page) == (f"https://tides.example{address}", True)


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("index.md", "Welcome.", "Home"),
        ("README.md", "Welcome.", "Home"),
        ("set-up.md", "Text.", "First steps"),
        ("set-up.md", "---\ntitle: In the head\n---\nText.", "First steps"),
        ("set-up.md", "---\ntitle: In the head\n---\n# Heading", "In the head"),
        ("set-up.md", "# Set *up*", "Set up"),
        ("deep/low.md", "---\ntitle: In the head\n---\nText.", "In the head"),
        ("deep/low.md", "Low\n===\n\nText.", "Low"),
        ("deep/low.md", "```\n# comment\n```", "Neap tide"),
        ("low-tide.md", "Text.", "Low tide"),
    ],
)
def test_documents_are_called_what_readers_see(path: str, text: str, title: str) -> None:
    """A heading, else the name in the navigation, in the head, or of the file; code has no headings."""
    conf = (
        f"{CONF}nav:\n  - low-tide.md\n  - First steps: set-up.md\n  - More:\n    - Neap tide: deep/low.md\n"
    )
    conf = conf.replace("Neap tide: ", "") if "head" in text else conf
    assert post(f"{text}\n", conf, f"docs/{path}").title == title


def test_titles_and_marked_lines_of_code_stay() -> None:
    """As the caption and the options of MyST."""
    conf = f"{BLOG}markdown_extensions: [pymdownx.superfences]\n"
    text = '``` py title="a.py" hl_lines="1"\nx = 1\n```'
    entry = post(POST.replace("Text.", text), conf)
    assert '<span class="filename">a.py</span>' in entry.content
    assert entry.markdown is not None
    assert "```{code-block} py\n:caption: a.py\n:emphasize-lines: 1\n\nx = 1\n```" in entry.markdown


def test_front_matter_becomes_that_of_posts() -> None:
    """Authors by their names, both dates, and old addresses of the plugin for redirects."""
    conf = f"{BLOG}  - redirects:\n      redirect_maps:\n        old/a.md: blog/posts/a.md\n"
    dates = "---\ndate:\n  created: 2024-05-03\n  updated: 2024-05-04 10:00\n"
    text = f"{dates}authors: [ann, Bo]\ncategories: [Sea]\ntags: [ebb]\ndescription: Low water.\n"
    text += "draft: true\npin: true\n---\n# A\n\nText.\n"
    people = "authors:\n  ann:\n    name: Ann Example\n    avatar: a.png\n"
    entry = post(text, conf, **{"docs/blog/.authors.yml": people})
    assert (entry.published, entry.updated) == (datetime(2024, 5, 3), datetime(2024, 5, 4, 10))
    assert (entry.authors, entry.category, entry.tags) == (("Ann Example", "Bo"), ("Sea",), ("ebb",))
    assert (entry.summary, entry.draft, entry.extra) == ("Low water.", True, {})
    assert entry.aliases == ("/old/a/",)


def test_settings_that_only_python_could_read_are_passed_over() -> None:
    """No function is looked up, and no variable of the environment."""
    conf = (
        f"{CONF}plugins:\n  blog:\n    post_slugify: !!python/object/apply:pymdownx.slugs.slugify\n"
        "      kwds: {case: lower}\nextra: {key: !ENV [HOME, none]}\n"
        "markdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:os.system\n"
        "  - own.extension\nhooks: [hook.py]\n"
    )
    source = site({"docs/blog/posts/a.md": POST.replace("Text.", "A :smile:.")}, conf)
    assert source.entries[0].content.endswith("<p>A 😄.</p>")
    assert [note.before for note in source.notes] == ["hook hook.py", "own.extension"]


def test_documents_that_are_not_public_stay_so() -> None:
    """Those that the settings leave out, hidden ones, and drafts."""
    conf = f"{CONF}exclude_docs: |\n  # private\n  /own/\n  *.tmp.md\n  !b.tmp.md\ndraft_docs: plans/\n"
    page = "# A\n\nText.\n"
    names = ("own/a.md", "a.tmp.md", "b.tmp.md", "plans/a.md", ".a.md", "in/.b/c.md")
    source = site({f"docs/{name}": page for name in names}, conf)
    assert {entry.source: entry.draft for entry in source.entries} == {
        "blog/docs/b.tmp.md": False,
        "blog/docs/plans/a.md": True,
    }
    left = [note.before for note in source.notes if note.kind is NoteKind.LEFT_OUT]
    assert left == ["a.tmp.md", "own/a.md"]


def test_a_readme_beside_an_index_is_named() -> None:
    """MkDocs publishes one of the two; what is left out is said."""
    source = site({"docs/a/index.md": "# A\n\nText.\n", "docs/a/README.md": "# B\n\nText.\n"})
    assert [entry.title for entry in source.entries] == ["A"]
    assert [note.before for note in source.notes if note.kind is NoteKind.LEFT_OUT] == ["a/README.md"]


def test_pages_that_only_list_others_are_left_out() -> None:
    """Those of the blog and of tags, unless they say more."""
    texts = {
        "docs/blog/index.md": "# Blog\n",
        "docs/tags.md": "# Tags\n\n<!-- material/tags { toc: false } -->\n",
        "docs/labels.md": "# Labels\n\nAll of them:\n\n[TAGS]\n",
    }
    source = site({**texts, "docs/blog/posts/a.md": POST})
    assert [entry.title for entry in source.entries] == ["Neap tides", "Labels"]
    assert [note.before for note in source.notes] == ["blog/index.md", "tags.md"]


def test_links_lead_to_pages_and_files() -> None:
    """From the folder of the source; code and what is not there stay."""
    text = "[a](b.md#low) ![c](../../img/c.png) [d](gone.md) `[e](b.md)` [f](/about.md)\n"
    entry = post(
        f"---\ndate: 2024-05-03\n---\n{text}",
        **{"docs/blog/posts/b.md": POST, "docs/img/c.png": "", "docs/about.md": "# A\n\nB.\n"},
    )
    assert entry.markdown == (
        "[a](/log/blog/2024/05/03/neap-tides/#low) ![c](/log/img/c.png) [d](gone.md) `[e](b.md)` "
        "[f](/log/about/)\n"
    )


SNIPPETS = "markdown_extensions:\n  - pymdownx.snippets:\n      auto_append: [abbr.txt]\n  - abbr\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('--8<-- "in/a.md"', "One.\n\nTwo.\nThree."),
        ('  --8<-- "in/a.md:3:4"', "  Two.\n  Three."),
        ('--8<-- "in/a.md:mid"', "Two."),
        ("--8<--\nin/b.md\n; in/a.md\n--8<--", "B: Two."),
        (';--8<-- "in/a.md"', '--8<-- "in/a.md"'),
    ],
)
def test_files_that_a_text_shows_stand_in_it(text: str, shown: str) -> None:
    """Whole, in lines, or a section of one; a file may show others."""
    inner = {
        "in/a.md": "One.\n\n<!-- --8<-- [start:mid] -->\nTwo.\n<!-- --8<-- [end:mid] -->\nThree.\n",
        "in/b.md": "B: Two.",
    }
    if ":3:4" in text:
        inner["in/a.md"] = "One.\n\nTwo.\nThree.\n"
    entry = post(f"---\ndate: 2024-05-03\n---\n{text}\n", f"{CONF}plugins: [blog]\n{SNIPPETS}", **inner)
    assert entry.markdown == f"{shown}\n"


def test_abbreviations_below_each_text_are_explained() -> None:
    """The author's text says what they stand for, as MyST reads it."""
    text = "---\ndate: 2024-05-03\n---\nThe GPS.\n"
    entry = post(text, f"{CONF}plugins: [blog]\n{SNIPPETS}", **{"abbr.txt": "*[GPS]: Global Position\n"})
    shown = 'The <abbr title="Global Position">GPS</abbr>.'
    assert ((entry.markdown or "").strip(), entry.content) == (shown, f"<p>{shown}</p>")


def test_a_snippet_can_lead_nowhere_else() -> None:
    """Not out of the folder, not to the web, and not in a circle; what is missing is named with its line."""
    text = '---\ndate: 2024-05-03\n---\nA.\n\n--8<-- "../../etc/passwd"\n\n--8<-- "https://a.example/b.md"\n'
    entry = post(text, f"{CONF}plugins: [blog]\n{SNIPPETS}")
    assert notes(entry) == [
        "a file that the text shows is not there: blog/docs/blog/posts/a.md:6: ../../etc/passwd",
        "a file that the text shows is not there: blog/docs/blog/posts/a.md:8: https://a.example/b.md",
    ]
    circle = {"a.md": '--8<-- "a.md"\n\n--8<-- "a.md"\n'}
    whole = mkdocs_settings.read(files({"mkdocs.yml": f"{CONF}{SNIPPETS}", **circle}), None)
    expanded = dialect.with_snippets(circle["a.md"], files({"mkdocs.yml": "", **circle}), whole)
    assert len(expanded.body) < 2**21


def test_what_stays_as_text_is_named() -> None:
    """Icons of the theme, and templates where a plugin reads them; those in code are none."""
    conf = f"{BLOG}  - macros\n"
    entry = post(POST.replace("Text.", "An :octicons-tag-16:, `:octicons-tag-16:` and {{ price }}."), conf)
    assert notes(entry) == [
        "an icon of the theme stayed as text: blog/docs/blog/posts/a.md:6: :octicons-tag-16:",
        "a template that is not known here came along as text: blog/docs/blog/posts/a.md:6: {{ price }}",
    ]


def test_extensions_render_as_in_mkdocs() -> None:
    """Boxes, tabs, marks, keys, formulas, and code with its language."""
    names = (
        "admonition",
        "pymdownx.mark",
        "pymdownx.keys",
        "pymdownx.arithmatex",
        "pymdownx.superfences",
        "abbr",
    )
    conf = f"{BLOG}markdown_extensions: [{', '.join(names)}, pymdownx.tabbed]\n"
    box = '!!! note "Low"\n    Water.\n\n==a== ++ctrl+c++ $x^2$\n\n'
    text = f'{box}``` python hl_lines="1"\nx = 1\n```\n\n=== "One"\n    B\n'
    content = post(POST.replace("Text.", text), conf).content
    for piece in (
        '<div class="admonition note">\n<p class="admonition-title">Low</p>\n<p>Water.</p>',
        "<mark>a</mark>",
        '<kbd class="key-control">Ctrl</kbd>',
        '<span class="arithmatex">\\(x^2\\)</span>',
        'class="language-python highlight"',
        '<div class="tabbed-set tabbed-alternate"',
    ):
        assert piece in content


@pytest.mark.parametrize("text", ["--8<--\n", '--8<-- "a', "--8<--\na\n", "{{", "# a\n", ":material-a"])
def test_reading_takes_time_in_proportion(text: str) -> None:
    """Whatever a text repeats."""
    conf = mkdocs_settings.read(files({"mkdocs.yml": f"{BLOG}  - macros\n{SNIPPETS}"}), None)

    def read(number: int) -> None:
        shown = dialect.with_snippets(text * number, files({"mkdocs.yml": ""}), conf)
        assert isinstance([*dialect.unknown(shown, conf)], list)

    assert_linear(read, 8_000)


JUPYTER = f"{CONF}plugins:\n  - mkdocs-jupyter"
FRONT = prose("---\ndate: 2024-05-03\ntags: [sea]\n---", "raw")
TIDES = notebook(FRONT, prose("# Tides\n\n[Kelp](kelp.md)"), code("x = 1", stream("seven")))


@pytest.mark.parametrize("plugin", ["mkdocs-jupyter", "mknotebooks"])
def test_notebooks_are_posts_where_a_plugin_shows_them(plugin: str) -> None:
    """With the addresses of other documents, their own title and date, and links to the others."""
    texts: dict[str, str | bytes] = {"docs/log/tides.ipynb": TIDES, "docs/log/kelp.md": "# Kelp\n"}
    source = site(texts, f"{CONF}plugins: [{plugin}]\n")
    (entry,) = (entry for entry in source.entries if entry.source.endswith(".ipynb"))
    assert (entry.title, entry.tags, entry.page) == ("Tides", ("sea",), False)
    assert entry.published == datetime(2024, 5, 3)
    assert entry.url == "https://tides.example/log/log/tides/"
    assert '<a href="/log/log/kelp/">Kelp</a>' in entry.content
    assert "<pre>seven\n</pre>" in entry.content
    assert entry.markdown is not None
    assert "```python\nx = 1\n```" in entry.markdown
    assert [note for note in source.notes if note.kind is NoteKind.LOST] == []


def test_notebooks_are_files_where_no_plugin_shows_them() -> None:
    """They are named; so are those that the plugin ignores, or that can't be read or show nothing."""
    texts: dict[str, str | bytes] = {"docs/a.md": "# A", "docs/b.ipynb": TIDES, "docs/old/c.ipynb": TIDES}

    def named(conf: str) -> list[tuple[NoteKind, str]]:
        notes = site(texts, conf).notes
        return [(note.kind, note.before.partition(":")[0]) for note in notes if ".ipynb" in note.before]

    assert named(CONF) == [(NoteKind.LEFT_OUT, "b.ipynb"), (NoteKind.LEFT_OUT, "old/c.ipynb")]
    ignored = f"{JUPYTER}:\n      ignore: ['docs/old/*.ipynb', '.']\n"
    assert named(ignored) == [(NoteKind.LEFT_OUT, "old/c.ipynb")]
    included = f"{JUPYTER}:\n      include: ['old/*.ipynb']\n"
    assert named(included) == [(NoteKind.LEFT_OUT, "b.ipynb")]
    texts |= {"docs/b.ipynb": "{", "docs/old/c.ipynb": notebook()}
    assert named(f"{JUPYTER}\n") == [
        (NoteKind.LOST, "blog/docs/b.ipynb"),
        (NoteKind.LEFT_OUT, "old/c.ipynb"),
    ]


def test_what_the_plugin_hides_in_notebooks_stays_hidden() -> None:
    """By tags that its settings name, or all code."""
    image = shown({"text/plain": "secret"}, tags=["quiet"])
    cells = (code("a", stream("A"), tags=["gone"]), code("b", stream("B"), tags=["mute"]), code("c", image))
    conf = f"""{JUPYTER}:
      remove_tag_config:
        remove_cell_tags: [gone]
        remove_all_outputs_tags: mute
        remove_single_output_tags: [quiet]
"""
    text = site({"docs/a.ipynb": notebook(FRONT, *cells)}, conf).entries[0].content
    assert "b\n</code>" in text
    assert "c\n</code>" in text
    assert not any(f"{hidden}\n" in text for hidden in ("A", "a", "B", "secret"))
    text = site({"docs/a.ipynb": TIDES}, f"{JUPYTER}:\n      no_input: true\n").entries[0].content
    assert "seven" in text
    assert "x = 1" not in text


def test_titles_of_notebooks() -> None:
    """The settings say whether the first heading is one; what runs while MkDocs builds is told."""
    conf = f"{JUPYTER}:\n      ignore_h1_titles: true\n      execute: true\n"
    source = site({"docs/low-water.ipynb": TIDES}, conf)
    assert source.entries[0].title == "Low water"
    assert [note.before for note in source.notes if "runs notebooks" in note.what] == ["mkdocs-jupyter"]
