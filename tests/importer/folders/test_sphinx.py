"""Source folders of Sphinx, with ablog and without."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest

from importer.folders.notebook_files import notebook, prose
from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import sphinx
from postdocs.importer.sources.model import Source

CONF = (
    "extensions = ['ablog', 'myst_parser']\nablog_builder = 'html'\nblog_baseurl = 'https://tides.example/'\n"
    "blog_authors = {'ann': ('Ann Example', None)}\nblog_default_author = 'ann'\n"
    "myst_enable_extensions = ['dollarmath', 'colon_fence']\n"
)
HEAD = "Low *water*\n===========\n\n.. post:: 03 May 2021\n   :tags: sea, moon\n   :category: Notes\n\n"
LINK = ' class="reference external"'
MYST = "---\nblogpost: true\ndate: 2022-03-04\nauthor: ann, Bo\ntags: sea, sky\n---\n# High water\n\n"


def site(texts: dict[str, str | bytes], conf: str = "") -> Source:
    """Return what a project of these sources holds."""
    return sphinx.read(files({"conf.py": CONF + conf, **texts}), None, NOW)


def entry(text: str, path: str = "blog/a.rst", conf: str = "", **others: str) -> Entry:
    """Return what one file of a project becomes."""
    source = site({path: text, **others}, conf)
    return next(one for one in source.entries if one.source.endswith(f"/{path}"))


def said(one: Entry, kind: NoteKind = NoteKind.NOTICED) -> list[str]:
    """Return what its notes of a kind name."""
    return [note.before for note in one.notes if note.kind is kind]


@pytest.mark.parametrize("folder", ["", "docs/", "source/"])
def test_a_project_is_known_by_its_settings(folder: str) -> None:
    """Beside its documents, or in one of the folders that quickstart makes."""
    assert system_of(files({f"{folder}conf.py": CONF, f"{folder}a.rst": "A\n=\n"})) is sphinx


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[](other.md)", '<a class="reference external" href="/blog/other.html">Other</a>'),
        ("[](#low)", '<a class="reference external" href="/blog/other.html#low">Low</a>'),
        ("[](#gone)", '<a class="reference external" href="#gone">gone</a>'),
        ("[a](doi:10.1/x) ", '<a class="reference external" href="https://doi.org/10.1/x">a</a>'),
        ("{abbr}`GPS (Global <x>)`", '<abbr title="Global &lt;x&gt;">GPS</abbr>'),
        (":::{dropdown} A & B\nC.\n:::", "<details><summary>A &amp; B</summary>"),
        ("::::{grid} 1 2\n:::{div}\n:class: x\nC.\n:::\n::::", "<p>C.</p>"),
        (":::{image} a.png\nWords.\n:::", ":::{image} a.png\nWords.\n:::"),
        (":::{list-table} A\nB\n:::", ":::{list-table} A\nB\n:::"),
        ("![A](a.png)", '<img alt="A" src="a.png" />'),
        (
            "::::{tab-set}\n:::{tab-item} A & B\nC.\n:::\n::::",
            '<label class="sd-tab-label">A &amp; B</label><div class="sd-tab-content docutils container">\n'
            "<p>C.</p>",
        ),
    ],
)
def test_what_myst_shows_without_saying_it_is_there(text: str, html: str) -> None:
    """The titles that links lead to, what letters stand for, and boxes that open."""
    other = "# Other\n\nA.\n\n(low)=\n## Low\n\nB.\n"
    assert html in entry(f"{MYST}{text}\n", "blog/a.md", **{"blog/other.md": other}).content


@pytest.mark.parametrize(
    ("card", "html"),
    [
        ("A\n:link: b\nC\n^^^\nD\n+++\nE", ['<a href="b">A</a>', "C", "D", "E"]),
        ("A\n:header: C *d*\n:footer: E\n\nD", ["C <em>d</em>", "<strong>A</strong>", "D", "E"]),
        ("\n:link: other.md\n\nD", ['<a href="/blog/other.html">other.md</a>', "D"]),
        ("\n:link: low\n:link-type: ref\n\nD", ['<a href="/blog/other.html#low">Low</a>', "D"]),
    ],
)
def test_a_card_keeps_its_words_and_its_link(card: str, html: list[str]) -> None:
    """Its head and foot too, which are options, or parted from its text by lines."""
    other = "# Other\n\nA.\n\n(low)=\n## Low\n\nB.\n"
    text = f"{MYST}:::{{card}} {card}\n:::\n"
    content = entry(text, "blog/a.md", **{"blog/other.md": other}).content.replace(LINK, "")
    shown = re.sub(r"</?p>|<strong>(?=<a)|(?<=</a>)</strong>", "", content).split("\n")
    assert shown == html


@pytest.mark.parametrize(
    ("figure", "html"),
    [
        ("\n![A](a.png)\n\nB *c*.", '<img alt="A" src="a.png" />\n<figcaption>\n<p>B <em>c</em>.</p>'),
        ("\n![A](a.png)\n![B](b.png)\n\nC.", '<img alt="B" src="b.png" />\n<figcaption>\n<p>C.</p>'),
        ("\n![A](a.png)", '<figure>\n<img alt="A" src="a.png" />\n</figure>'),
        ("\nOnly words.", "<p>Only words.</p>"),
        (" a.png\nB.", '<img alt="" src="a.png" />\n<figcaption>\n<p>B.</p>'),
    ],
)
def test_a_figure_of_mystmd_may_have_its_pictures_in_its_text(figure: str, html: str) -> None:
    """What is no picture there is its caption."""
    assert html in entry(f"{MYST}:::{{figure}}{figure}\n:::\n", "blog/a.md").content


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"{HEAD}.. math::\n   :label: Tide\n\n   a = b\n\nSee :eq:`Tide`.\n", "blog/a.rst"),
        (f"{MYST}$$\na = b\n$$ (Tide)\n\nSee {{eq}}`Tide`.\n", "blog/a.md"),
        (f"{MYST}$$\na = b\n$$ (Tide)\n\nSee [](#Tide).\n", "blog/a.md"),
        (f"{MYST}:::{{math}}\n:label: Tide\na = b\n:::\n\nSee {{eq}}`Tide`.\n", "blog/a.md"),
    ],
)
def test_equations_are_referred_to_by_their_labels(text: str, path: str) -> None:
    """As in LaTeX, of which the import knows the numbers."""
    one = entry(text, path)
    assert "a = b\n\\label{tide}" in one.content
    assert "\\eqref{tide}" in one.content
    assert said(one) == []


def test_a_post_says_its_values_in_its_directive() -> None:
    """Those of ablog, with the names and the author of the settings; its old paths lead to it."""
    one = entry(HEAD.replace("   :category", "   :redirect: old/low\n   :category") + "Text.\n")
    assert (one.title, one.url, one.page, one.draft) == (
        "Low water",
        "https://tides.example/blog/a.html",
        False,
        False,
    )
    assert (one.published, one.tags, one.category) == (datetime(2021, 5, 3), ("sea", "moon"), ("Notes",))
    assert (one.authors, one.aliases) == (("Ann Example",), ("/old/low.html",))
    assert one.id == one.url
    assert one.content == "<p>Text.</p>"


def test_a_post_in_myst_says_its_values_in_front_matter() -> None:
    """And its text stays as it is."""
    one = entry(f"{MYST}Words.\n", "blog/b.md")
    assert (one.title, one.authors, one.tags) == ("High water", ("Ann Example", "Bo"), ("sea", "sky"))
    assert one.published == datetime(2022, 3, 4)
    assert one.markdown == "# High water\n\nWords.\n"


def test_a_notebook_may_have_its_values_in_a_raw_cell() -> None:
    """As ablog documents it for nbsphinx; other reStructuredText there is a part of the post."""
    kind = {"metadata": {"raw_mimetype": "text/restructuredtext"}}
    cells = (
        prose("# Low water\n\nWords."),
        prose(".. post:: 03 May 2021\n   :tags: sea\n", "raw", **kind),
        prose("Part\n====\n\n.. note:: See :doc:`b`.\n", "raw", **kind),
    )
    texts: dict[str, str | bytes] = {"blog/a.ipynb": notebook(*cells), "blog/b.rst": HEAD}
    (one,) = (one for one in site(texts, "extensions += ['nbsphinx']\n").entries if "ipynb" in one.source)
    assert (one.page, one.title, one.tags) == (False, "Low water", ("sea",))
    assert one.published == datetime(2021, 5, 3)
    assert [word in one.content for word in ("Words.", "<h2>Part</h2>", 'href="/blog/b.html"')] == [True] * 3
    assert said(one) == []


def test_front_matter_in_restructuredtext_makes_a_post() -> None:
    """Fields above the title are what Sphinx calls metadata."""
    one = entry(":blogpost: true\n:date: 2021-05-03\n:tags: sea, moon\n\nLow\n===\n\nText.\n")
    assert (one.title, one.page, one.tags) == ("Low", False, ("sea", "moon"))


def test_a_document_is_a_post_a_draft_or_a_page() -> None:
    """By its directive, by a pattern of the settings, and without either."""
    assert entry("A\n=\n\n.. post::\n\nText.\n").draft
    assert entry("A\n=\n\nText.\n").page
    for pattern in ("blog/*", "blog/*.rst", "**/*.rst", "blog/**/*.rst"):
        conf = f"blog_post_pattern = ['{pattern}']\n"
        assert not entry(":date: 2021-05-03\n\nA\n=\n\nText.\n", conf=conf).page, pattern
    for pattern in ("blog/a", "*.rst", "blog/*.md"):
        assert entry(":date: 2021-05-03\n\nA\n=\n\nText.\n", conf=f"blog_post_pattern = '{pattern}'\n").page


def test_addresses_are_those_of_the_builder() -> None:
    """A folder for each page with dirhtml, which `ablog build` uses where nothing else runs Sphinx."""
    assert entry(HEAD, conf="ablog_builder = 'dirhtml'\n").url == "https://tides.example/blog/a/"
    assert entry(HEAD, "blog/index.rst").url == "https://tides.example/blog/index.html"
    assert entry(HEAD, "index.rst").url == "https://tides.example/"
    conf = CONF.replace("ablog_builder = 'html'\n", "")
    alone = sphinx.read(files({"conf.py": conf, "a.rst": HEAD}), None, NOW)
    made = sphinx.read(files({"conf.py": conf, "a.rst": HEAD, "Makefile": ""}), None, NOW)
    assert [one.entries[0].url for one in (alone, made)] == [
        "https://tides.example/a/",
        "https://tides.example/a.html",
    ]


@pytest.mark.parametrize(
    ("path", "text", "is_in_folders"),
    [
        ("Makefile", "html:\n\tsphinx-build -b dirhtml . _build\n", True),
        ("Makefile", "html:\n\t$(B) -b html .\ndirhtml:\n\t$(B) -b dirhtml .\n", False),
        ("Makefile", "%:\n\t@$(B) -M $@ .\n", False),
        (".readthedocs.yaml", "sphinx:\n  builder: dirhtml\n", True),
        (".readthedocs.yaml", "sphinx:\n  builder: html\n", False),
        (".github/workflows/site.yml", "- run: make dirhtml\n", True),
        (".github/workflows/site.yml", "- run: ablog build\n", True),
        ("noxfile.py", "session.run('sphinx-build', '-b', 'dirhtml')\n", True),
        ("_build/html/a/index.html", "", True),
        ("_build/html/a.html", "", False),
    ],
)
def test_the_builder_is_that_of_the_pages_or_of_what_runs_sphinx(
    path: str, text: str, *, is_in_folders: bool
) -> None:
    """The Makefiles of old projects have both, the default and others."""
    conf = CONF.replace("ablog_builder = 'html'\n", "").replace("'ablog', ", "")
    project = files({"conf.py": conf, "a.rst": HEAD, path: text})
    built = frozenset({path.removeprefix("_build/html/")}) if path.startswith("_build") else None
    address = sphinx.read(replace(project, built=built), None, NOW).entries[0].url
    assert address == f"https://tides.example/{'a/' if is_in_folders else 'a.html'}"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"{HEAD}:doc:`b` :ref:`b` :ref:`there <part>` :ref:`part`\n\n.. image:: moon.png\n", "blog/a.rst"),
        (
            f"{MYST}[](b.rst)  {{doc}}`b` {{ref}}`there <part>` [it](/blog/b.rst)\n\n![](moon.png)\n",
            "blog/a.md",
        ),
    ],
)
def test_links_and_pictures_lead_to_where_they_are_served(text: str, path: str) -> None:
    """Roles take the titles of what they lead to."""
    other = "Other\n=====\n\n.. _part:\n\nA part\n------\n\nText.\n"
    one = entry(text, path, **{"blog/b.rst": other, "blog/moon.png": "x"})
    assert 'href="/blog/b.html">Other</a>' in one.content
    assert 'href="/blog/b.html#part">there</a>' in one.content
    assert 'src="/blog/moon.png"' in one.content
    assert said(one) == []


def test_what_sphinx_adds_is_shown() -> None:
    """Boxes, versions, captions of code, files, and what is for HTML; lists of pages are named."""
    body = (
        ".. seealso:: Others.\n\n.. versionadded:: 2.0\n   More.\n\n"
        ".. code-block:: python\n   :caption: Sum\n\n"
        "   1 + 1\n\n.. only:: html\n\n   Shown.\n\n.. only:: latex\n\n   Hidden.\n\n"
        ".. update:: 04 June 2021\n\n"
        "   Changed.\n\n.. literalinclude:: a.py\n   :language: python\n\n.. toctree::\n\n   b\n\n"
        ":file:`{name}.txt` :samp:`run {it}` :func:`~os.getcwd`\n\n.. math:: x = 1\n   :label: one\n"
    )
    one = entry(HEAD + body, **{"blog/a.py": "y = 2\n"})
    for part in ("See also", "Added in version 2.0:", "<strong>Sum</strong>", "1 + 1", "Shown.", "Changed."):
        assert part in one.content
    for part in ("y = 2", "<code>run it</code>", "<code>getcwd</code>", "x = 1"):
        assert part in one.content
    assert "Hidden" not in one.content
    assert ":label:" not in one.content
    assert one.updated == datetime(2021, 6, 4)
    assert len(said(one, NoteKind.LEFT_OUT)) == 2
    assert said(one) == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"{HEAD}.. carousel:: 2\n\n   A cell.\n\n:odd:`word`\n", "blog/a.rst"),
        (f"{MYST}```{{carousel}} 2\nA cell.\n```\n\nThe {{odd}}`word`.\n", "blog/a.md"),
    ],
)
def test_what_is_not_known_stays_visible(text: str, path: str) -> None:
    """And is named with its line."""
    one = entry(text, path)
    assert "carousel" in one.content
    assert "A cell." in one.content
    assert "odd" in one.content
    assert "word" in one.content
    lines = [int(before.removeprefix(f"blog/{path}:").partition(":")[0]) for before in said(one)]
    assert lines == [text[: text.index(word)].count("\n") + 1 for word in ("carousel", "odd")]


@pytest.mark.parametrize("path", ["blog/a.rst", "blog/a.md"])
@pytest.mark.parametrize("name", ["include", "literalinclude", "csv-table", "raw"])
def test_no_text_reaches_a_file(path: str, name: str) -> None:
    """Neither by an argument nor by an option, and it is named."""
    given = "/etc/passwd" if name.endswith("include") else "html\n   :file: /etc/passwd"
    fenced = given.replace("   ", "")
    directive = f"```{{{name}}} {fenced}\n```\n" if path.endswith(".md") else f".. {name}:: {given}\n"
    one = entry((MYST if path.endswith(".md") else HEAD) + directive, path)
    assert "root:" not in one.content
    assert len(said(one)) == 1


def test_what_is_no_source_stays_out() -> None:
    """Excluded files and built pages; a file that is no notebook is named."""
    texts: dict[str, str | bytes] = {
        "a.rst": HEAD, "drafts/b.rst": HEAD, "_build/c.rst": HEAD, "n.ipynb": "{}", "x/d.rst": HEAD,
    }  # fmt: skip
    conf = "exclude_patterns = ['drafts', '**/d.rst']\nextensions = ['myst_nb']\n"
    source = site(texts, conf)
    assert [one.source for one in source.entries] == ["blog/a.rst"]
    lost = [note.before.partition(":")[0] for note in source.notes if note.kind is NoteKind.LOST]
    assert lost == ["blog/n.ipynb"]


def test_settings_that_only_running_could_tell_are_named() -> None:
    """With their line, and nothing is run."""
    source = site({"a.rst": HEAD}, "blog_baseurl = open('/etc/passwd').read()\n")
    assert source.url is None
    assert next(note.before for note in source.notes) == "blog/conf.py:7"


def test_roles_that_lead_to_other_files_are_links_in_the_text() -> None:
    """With the title of the target, which MyST reads anywhere; code and unknown targets stay."""
    text = MYST + "{doc}`b` {doc}`it <b>` {ref}`deep` {any}`gone` `{doc}` ``{doc}`b` ``\n"
    one = entry(text, "blog/a.md", **{"blog/b.md": MYST.replace("High", "A *low*") + "(deep)=\n## Deep\n"})
    assert (one.markdown or "").split("\n\n")[1] == (
        "[A low water](/blog/b.html) [it](/blog/b.html) [Deep](/blog/b.html#deep) {any}`gone` "
        "`{doc}` ``{doc}`b` ``\n"
    )


def test_links_keep_their_titles() -> None:
    """Those of MyST, as Sphinx writes them."""
    one = entry(MYST + '[a](https://b.example "A title")\n', "blog/a.md")
    assert 'title="A title"' in one.content


CODE = "import os\n\n\n@cached\ndef high():\n    return 2\n\n\ndef low():\n    return 1\n"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (":lines: 1,9-", "import os\ndef low():\n    return 1"),
        (":pyobject: high", "&#64;cached\ndef high():\n    return 2"),
        (":start-at: def high\n:end-before: def low\n:emphasize-lines: 1", "def high():\n    return 2"),
        (":start-after: def low\n:dedent:", "return 1"),
        (":end-at: import\n:append: x", "import os\nx"),
    ],
)
@pytest.mark.parametrize("is_markdown", [True, False])
def test_code_of_a_file_is_the_part_that_is_shown(options: str, code: str, *, is_markdown: bool) -> None:
    """By lines, marks, or the name of a function, in both markups."""
    indented = options.replace("\n", "\n   ")
    text = (
        f"{MYST}```{{literalinclude}} tide.py\n{options}\n```\n"
        if is_markdown
        else f"{HEAD}.. literalinclude:: tide.py\n   {indented}\n"
    )
    one = entry(text, "blog/a.md" if is_markdown else "blog/a.rst", **{"blog/tide.py": CODE})
    assert f"<code>{code}</code></pre>" in one.content
    assert not said(one)


@pytest.mark.parametrize("is_markdown", [True, False])
def test_included_files_are_shown(*, is_markdown: bool) -> None:
    """Those of text, with files that they include, and tables of values."""
    others = {
        "blog/b.txt": "More *words*.\n\n"
        + ("```{include} /c.txt\n```" if is_markdown else ".. include:: /c.txt"),
        "c.txt": "The last.\n",
        "blog/t.csv": "low,1\nhigh,2\n",
    }
    text = (
        MYST + "```{include} b.txt\n```\n\n```{csv-table}\n:file: t.csv\n:header: tide, m\n```\n"
        if is_markdown
        else HEAD + ".. include:: b.txt\n\n.. csv-table::\n   :file: t.csv\n   :header: tide, m\n"
    )
    one = entry(text, "blog/a.md" if is_markdown else "blog/a.rst", **others)
    assert not said(one)
    for part in ("<p>More <em>words</em>.</p>", "<p>The last.</p>", "tide", "high"):
        assert part in one.content


@pytest.mark.parametrize(
    "directive",
    [
        "include:: c.txt", "include:: b.txt\n   :start-after: gone", "include:: b.txt\n   :parser: odd",
        "literalinclude:: b.txt\n   :lines: x", "literalinclude:: b.txt\n   :pyobject: gone",
        "literalinclude:: b.txt\n   :diff: c.txt", "literalinclude:: ../../b.txt",
        "csv-table::\n   :file: gone.csv",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_shown_is_named(directive: str) -> None:
    """One that includes itself, too; the directive stays as text."""
    one = entry(f"{HEAD}.. {directive}\n", **{"blog/b.txt": "Text.\n", "blog/c.txt": ".. include:: c.txt"})
    assert len(said(one)) == 1
    assert directive.partition("::")[0] in one.content


@pytest.mark.parametrize("date", ["3rd November 2021", "3 November 2021", "Nov 3rd, 2021"])
def test_dates_may_have_ordinals(date: str) -> None:
    """As ablog reads them."""
    assert entry(f"A\n=\n\n.. post:: {date}\n\nText.\n").published == datetime(2021, 11, 3)


def test_hidden_files_are_for_other_programs() -> None:
    """Only what stands in a folder of `html_extra_path` has an address on the old site."""
    hidden = (".gitignore", "b/.env", ".github/c.yml")
    texts: dict[str, str | bytes] = dict.fromkeys((*hidden, "a.png", "top/.nojekyll", "top/d.txt"), "x")
    source = site({**texts, "a.rst": HEAD}, "html_extra_path = ['top']\n")
    assert source.files is not None
    assert {*hidden}.isdisjoint(source.files.paths)
    assert {"a.png", ".nojekyll", "d.txt"} <= {*source.files.paths}
