"""Source folders of Nikola."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

import pytest
from helpers import assert_linear

from importer.folders.trees import NOW, files
from postdocs.importer.entry import Entry, NoteKind
from postdocs.importer.folders.registry import system_of
from postdocs.importer.folders.systems import nikola
from postdocs.importer.folders.systems.nikola import links, pages, shortcodes
from postdocs.importer.folders.systems.nikola.links import Links
from postdocs.importer.folders.systems.nikola.readers import Site
from postdocs.importer.sources.model import Source

CONF = (
    "BLOG_TITLE = 'Tides'\nBLOG_AUTHOR = 'Ann Example'\nSITE_URL = 'https://tides.example/'\n"
    "POSTS = (('posts/*.rst', 'posts', 'post.tmpl'), ('posts/*.md', 'posts', 'post.tmpl'))\n"
    "PAGES = (('pages/*.md', '', 'page.tmpl'),)\n"
)
HEAD = ".. title: A\n.. slug: a\n.. date: 2021-03-04 10:30\n"
YAML = "title: A\nslug: a\ndate: 2021-03-04 10:30\n"
TOML = "title = 'A'\nslug = 'a'\ndate = '2021-03-04 10:30'\n"


def blog(texts: dict[str, str], conf: str = "") -> Source:
    """Return what a blog of these sources holds."""
    return nikola.read(files({"conf.py": CONF + conf, **texts}), None, NOW)


def post(text: str, *, conf: str = "", path: str = "posts/a.md", **others: str) -> Entry:
    """Return the post of one file of a blog."""
    source = blog({path: text, **others}, conf)
    return next(entry for entry in source.entries if entry.source.endswith(f"/{path}"))


@pytest.mark.parametrize(
    ("conf", "is_nikola"),
    [(CONF, True), ("# Configuration of Nikola", True), ("extensions = ['ablog']", False)],
)
def test_a_blog_is_known_by_its_settings(conf: str, *, is_nikola: bool) -> None:
    """Sphinx has a file of the same name."""
    assert (system_of(files({"conf.py": conf, "posts/a.rst": ""})) is nikola) is is_nikola


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("posts/a.md", f"<!--\n{HEAD}.. tags: sea, draft , moon\n-->\n\nText.\n"),
        ("posts/a.md", f"<!-- \n{HEAD}.. tags: sea,moon\n.. status: draft\n-->\nText.\n"),
        ("posts/a.rst", f"{HEAD}.. tags: sea, moon\n.. status: private\n\nText.\n"),
        (
            "posts/a.md",
            "---\ntitle: A\nslug: a\ndate: 2021-03-04 10:30\ntags: [sea, moon, draft]\n---\nText.\n",
        ),
        (
            "posts/a.md",
            f"+++\n{TOML}tags = 'sea,moon,private'\n+++\nText.\n",
        ),
    ],
)
def test_heads_are_read_in_each_form(path: str, text: str) -> None:
    """Tags that say that a post is not public make it a draft and are none."""
    entry = post(text, path=path, conf="TIMEZONE = 'Europe/Berlin'\n")
    assert (entry.title, entry.tags, entry.draft) == ("A", ("sea", "moon"), True)
    assert entry.published == datetime(2021, 3, 4, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert entry.content == "<p>Text.</p>"
    assert entry.authors == ("Ann Example",)


@pytest.mark.parametrize("tag", ["draft", "Private"])
@pytest.mark.parametrize("status", ["published", "featured"])
def test_a_tag_that_hides_a_post_counts_more_than_its_status(tag: str, status: str) -> None:
    """As in Nikola: nothing private becomes public because the head says two things."""
    entry = post(f"<!--\n{HEAD}.. tags: sea, {tag}\n.. status: {status}\n-->\n\nText.\n")
    assert (entry.draft, entry.tags) == (True, ("sea",))


def test_a_head_may_be_a_file_of_its_own() -> None:
    """Beside the text, which is the whole other file."""
    head = f"{HEAD}.. description: In short\n.. updated: 2021-04-01\n.. mood: calm\n"
    entry = post("Text.\n", **{"posts/a.meta": head})
    assert (entry.title, entry.summary, entry.content) == ("A", "In short", "<p>Text.</p>")
    assert entry.updated is not None
    assert entry.extra == {"mood": "calm"}


@pytest.mark.parametrize(
    ("conf", "path", "head", "address"),
    [
        ("", "posts/a.md", HEAD, "/posts/a/"),
        ("", "posts/deep/a.md", HEAD, "/posts/deep/a/"),
        ("", "posts/Some File.md", ".. title: A\n.. date: 2021-03-04\n", "/posts/some-file/"),
        ("", "pages/a.md", HEAD, "/a/"),
        ("", "pages/index.md", ".. title: A\n.. slug: index\n", "/"),
        ("", "posts/a.md", f"{HEAD}.. pretty_url: False\n", "/posts/a.html"),
        ("PRETTY_URLS = False\n", "posts/a.md", HEAD, "/posts/a.html"),
        ("TRANSLATIONS = {'en': '', 'de': './de'}\n", "posts/a.de.md", HEAD, "/de/posts/a/"),
        ("POSTS = (('posts/*.md', {'en': 'blog'}, 'p'),)\n", "posts/a.md", HEAD, "/blog/a/"),
        ("POSTS = [('posts/*.md', '', 'p')]\n", "posts/2021/a.md", HEAD, "/2021/a/"),
    ],
)
def test_addresses_are_those_of_nikola(conf: str, path: str, head: str, address: str) -> None:
    """By the folders, the slug, the language, and the style of the settings."""
    entry = post(f"<!--\n{head}-->\nText.\n", path=path, conf=conf)
    assert entry.url == f"https://tides.example{address}"


def test_translations_are_posts_in_their_language() -> None:
    """With the folder of that language in their address."""
    conf = "TRANSLATIONS = {'en': '', 'de': './de'}\n"
    source = blog({"posts/a.md": f"<!--\n{HEAD}-->\nA\n", "posts/a.de.md": f"<!--\n{HEAD}-->\nB\n"}, conf)
    assert [(entry.url, entry.language, entry.original) for entry in source.entries] == [
        ("https://tides.example/de/posts/a/", "de", "https://tides.example/posts/a/"),
        ("https://tides.example/posts/a/", "en", None),
    ]


def test_links_and_shortcodes_show_what_they_stand_for() -> None:
    """In Markdown and reStructuredText; code stays, and what is not known is named with its line."""
    body = (
        "[b](link://slug/b#part) [c](link://filename/posts/b.md) `link://slug/b` [gone](link://slug/gone)\n\n"
        "{{% doc %}}b{{% /doc %}} {{% raw %}}{{ x }}{{% /raw %}} {{% youtube abc-1 %}}\n\n"
        "{{% strange x %}} `{{% youtube abc-1 %}}`\n"
    )
    others = {"posts/b.md": "<!--\n.. title: Bay & co\n.. slug: b\n.. date: 2021-03-05\n-->\nB\n"}
    entry = post(f"<!--\n{HEAD}-->\n\n{body}", **others)
    text = entry.markdown or ""
    assert "[b](/posts/b/#part) [c](/posts/b/) `link://slug/b`" in text
    assert (
        '<a href="/posts/b/">Bay &amp; co</a> {{ x }} <iframe src="https://www.youtube.com/embed/abc-1">'
        in text
    )
    assert "`{{% youtube abc-1 %}}`" in text
    assert [note.before for note in entry.notes] == [
        "blog/posts/a.md:11: {{% strange x %}}",
        "blog/posts/a.md:7: link://slug/gone",
    ]
    rest = f"{HEAD}\n:doc:`b`, :doc:`the bay <b>`, `c <link://slug/b>`__.\n"
    content = post(rest, path="posts/a.rst", **others).content
    assert content.count('href="/posts/b/"') == 3
    assert ">Bay &amp; co</a>" in content


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("posts/a.md", "<!--\n.. slug: a\n.. date: 2021-03-04\n-->\nA", NoteKind.LEFT_OUT),
        ("posts/a.md", "<!--\n.. title: A\n-->\nA", NoteKind.LEFT_OUT),
        ("posts/a.md", "A text without a head.", NoteKind.LEFT_OUT),
        ("posts/a.org", "{}", NoteKind.LOST),
    ],
)
def test_what_is_no_post_is_named(path: str, text: str, kind: NoteKind) -> None:
    """Each file by its path."""
    conf = "POSTS = (('posts/*.md', 'posts', 'p'), ('posts/*.org', 'posts', 'p'))\n"
    source = blog({path: text, "posts/b.md": f"<!--\n{HEAD}-->\nB\n"}, conf)
    assert len(source.entries) == 1
    assert [(note.kind, note.before) for note in source.notes] == [(kind, path)]


def test_files_are_served_where_nikola_puts_them() -> None:
    """Those of `files` and `images` at the root, unless the settings name other folders."""
    texts = {"files/a.png": "x", "images/b.png": "y", "posts/b.md": f"<!--\n{HEAD}-->\nB\n"}
    source, moved = blog(texts).files, blog(texts, "IMAGE_FOLDERS = {'images': 'pics'}\n").files
    assert source is not None
    assert moved is not None
    assert source.load("a.png") == b"x"
    assert source.load("b.png") == b"y"
    assert moved.load("pics/b.png") == b"y"


def test_redirections_are_aliases() -> None:
    """From the root of the host, in each form that Nikola takes their targets in."""
    conf = (
        "REDIRECTIONS = [('old/a.html', '/posts/a/'), ['b.html', '/posts/a/index.html'], ('c', '/d/'), 1]\n"
    )
    entry = post(f"<!--\n{HEAD}-->\nText.\n", conf=conf)
    assert entry.aliases == ("/old/a.html", "/b.html")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (
            '{{% thumbnail "/x.png" alt="A <x>" %}}The *x*{{% /thumbnail %}}',
            '<figure><img src="/x.png" alt="A &lt;x&gt;"><figcaption>The *x*</figcaption></figure>',
        ),
        ('{{% thumbnail uri="/x.png" %}}', '<img src="/x.png" alt="">'),
        ("{{% youtube id=abc-1 %}}", '<iframe src="https://www.youtube.com/embed/abc-1"></iframe>'),
        ("{{% vimeo 12 %}}", '<iframe src="https://player.vimeo.com/video/12"></iframe>'),
        (
            "{{% gist https://gist.github.com/ann/abcdef1 a.py %}}",
            '<script src="https://gist.github.com/ann/abcdef1.js?file=a.py"></script>',
        ),
        (
            '{{% media url="https://vimeo.com/12?a=b" %}}',
            '<oembed url="https://vimeo.com/12?a=b"></oembed>',
        ),
        (
            "{{% soundcloud 12 %}}",
            '<iframe src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/12"></iframe>',
        ),
        ("{{% raw %}}<b>{{% youtube abc %}}</b>{{% /raw %}}", "<b>{{% youtube abc %}}</b>"),
        ("{{% doc %}}the bay <b#part>{{% /doc %}}", '<a href="/posts/b/#part">the bay</a>'),
        ("{{% emoji smile %}}", "\U0001f604"),
        (
            "{{% listing code.py python %}}",
            '<p><a href="/listings/code.py">code.py</a></p>\n'
            '<pre><code class="language-python">a &lt; b\n\nc</code></pre>',
        ),
    ],
)
@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_shortcodes_are_the_same_in_all_texts(code: str, shown: str, suffix: str) -> None:
    """What one shows stands in its place, and no reader of markup sees what is within it."""
    others = {
        "posts/b.md": "<!--\n.. title: Bay\n.. slug: b\n.. date: 2021-03-05\n-->\nB\n",
        "listings/code.py": "a < b\n\nc\n",
    }
    head = f"<!--\n{HEAD}-->\n" if suffix == "md" else HEAD
    entry = post(f"{head}\nBefore\n\n{code}\n\nAfter\n", path=f"posts/a.{suffix}", **others)
    assert shown in ((entry.markdown or "") if suffix == "md" else entry.content)
    assert entry.notes == ()


@pytest.mark.parametrize(
    "code",
    [
        '{{% strange "https://x.example/a_b" c="it\'s" %}}',
        "{{% strange %}}Some *words*.\n\nhttps://x.example/\n{{% /strange %}}",
        "{{% post-list stop=3 %}}{{% /post-list %}}",
        "{{% listing ../conf.py python %}}",
        "{{% vimeo <b> %}}",
        "{{% doc %}}gone{{% /doc %}}",
        "{{% /youtube %}}",
    ],
)
def test_shortcodes_that_are_not_known_stay_as_they_are(code: str) -> None:
    """No markup within them is read, and the report names each with its line."""
    entry = post(f"{HEAD}\nBefore\n\n{code}\n\nAfter :strange:`role`\n", path="posts/a.rst")
    assert escape(code, quote=False) in entry.content
    assert "<em>" not in entry.content
    last = 9 + code.count("\n")
    assert [note.before.split(" ")[0] for note in entry.notes if note.before] == [
        f"blog/posts/a.rst:{last}:",
        "blog/posts/a.rst:7:",
    ]


def test_shortcodes_in_code_are_what_authors_write_of() -> None:
    """There `raw` shows what it holds, which is HTML, and others stay."""
    code = "{{% raw %}}{{% gist &lt;a&gt; %}}{{% /raw %}}"
    rest = f"{HEAD}\n``{{{{% gist 1 %}}}}``\n\n::\n\n   {code}\n"
    content = post(rest, path="posts/a.rst").content
    assert "{{% gist 1 %}}</span>" in content or "{{% gist 1 %}}</code>" in content
    assert ">{{% gist &lt;a&gt; %}}\n</pre>" in content or ">{{% gist &lt;a&gt; %}}</pre>" in content
    entry = post(f"<!--\n{HEAD}-->\n\n`{{{{% gist 1 %}}}}` `{code}`\n")
    assert entry.markdown == "`{{% gist 1 %}}` `{{% gist <a> %}}`\n"
    assert entry.notes == ()


def test_titles_and_tables_keep_their_form_around_shortcodes() -> None:
    """What stands for a shortcode in between is as wide."""
    title, line = "A {{% raw %}}b{{% /raw %}}", f"{'=' * 19}  ==="
    text = f"{title}\n{'=' * len(title)}\n\nC\n\n{line}\n{{{{% emoji smile %}}}}  d\n{line}\n"
    entry = post(f"{HEAD}\n{text}", path="posts/a.rst")
    assert "<h2>A b</h2>" in entry.content
    assert entry.content.count("<td>") == 2
    assert entry.notes == ()


def test_a_heading_at_the_start_is_no_title() -> None:
    """The head has that; a post with one heading keeps it, and what looks like metadata in its text."""
    entry = post(f"{HEAD}\nPart\n====\n\n:depth: low\n\nText.\n", path="posts/a.rst")
    assert "<h2>Part</h2>" in entry.content
    assert "low" in entry.content


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (".. vimeo:: 12\n   :width: 3\n", 'src="https://player.vimeo.com/video/12"'),
        (".. soundcloud:: 12\n", "api.soundcloud.com/tracks/12"),
        (".. soundcloud_playlist:: 12\n", "api.soundcloud.com/playlists/12"),
        (".. gist:: abcdef1\n   :file: a.py\n", 'src="https://gist.github.com/abcdef1.js?file=a.py"'),
        (".. media:: https://vimeo.com/12\n", '<oembed url="https://vimeo.com/12">'),
        (".. slides::\n\n   /x.png\n   /y.png\n", 'src="/y.png"'),
        (
            ".. listing:: a.py python\n   :start-line: 1\n",
            '<a href="/listings/a.py">a.py</a></p>\n<pre><code class="language-python">b</code>',
        ),
        (":raw-html:`<u>x</u>`", "<u>x</u>"),
    ],
)
def test_directives_and_roles_of_nikola_show_what_they_stand_for(text: str, shown: str) -> None:
    """Each with the options that Nikola reads."""
    entry = post(f"{HEAD}\n{text}", path="posts/a.rst", **{"listings/a.py": "a\nb\n"})
    assert shown in entry.content
    assert entry.notes == ()


@pytest.mark.parametrize(
    "text",
    [".. vimeo:: <b>", ".. listing:: gone.py", ".. chart:: Bar", ":doc:`gone`", "`x <link://slug/gone>`__"],
)
def test_what_nikola_could_not_show_stays_and_is_named(text: str) -> None:
    """With its line in the file, of which the head is a part."""
    entry = post(f"{HEAD}\nA\n\n{text}\n", path="posts/a.rst")
    assert {note.before.split(" ")[0] for note in entry.notes if note.before} == {"blog/posts/a.rst:7:"}
    assert "gone" in entry.content or escape(text) in entry.content


@pytest.mark.parametrize(
    "part",
    [
        "{{% raw %}}",
        "{{% doc %}}{{% raw %}}",
        "{{% youtube   ",
        "link://slug/a ",
        "{{% /raw %}}",
        "{{% x %}}{{% /x %}}",
    ],
)
def test_texts_take_linear_time(part: str) -> None:
    """What is never closed is not looked for again and again."""
    none = Links({}, {}, {}, "")

    def run(size: int) -> None:
        lifted = shortcodes.lifted(part * size)
        marked = shortcodes.restored(lifted.text, lifted.codes, Site(none))
        text, unknown = shortcodes.expanded(links.resolved(part * size, none), Site(none), is_markdown=True)
        assert marked == (text, unknown)
        assert len([*links.unknown(text, none)]) <= size

    assert_linear(run, 4_000)


@pytest.mark.parametrize("part", [".. a: b\n", ".. a: b\n\n", ".. a: b -", "\n", "   \n"])
def test_heads_take_linear_time(part: str) -> None:
    """A comment that is never closed, too."""
    assert_linear(lambda size: pages.front_of("<!--\n" + part * size, "a.md"), 4_000)


@pytest.mark.parametrize(
    ("link", "address", "conf"),
    [
        ("tag/Deep%20Sea", "/categories/deep-sea/", ""),
        ("tag/sea", "/labels/sea.html", "TAG_PATH = 'labels'\nPRETTY_URLS = False\n"),
        ("category/sea/low", "/categories/cat_sea/low/", ""),
        ("author/ann-example", "/authors/ann-example/", ""),
        ("archive", "/archive.html", ""),
        ("archive/2021", "/2021/", ""),
        ("gallery/boats", "/galleries/boats/", ""),
        ("rss", "/rss.xml", ""),
        ("root", "/", ""),
    ],
)
def test_links_lead_to_lists(link: str, address: str, conf: str) -> None:
    """To those of tags, categories, authors, and years, as Nikola names them."""
    text = post(f"<!--\n{HEAD}-->\n\n[x](link://{link})\n", conf=conf).markdown
    assert text == f"[x]({address})\n"


@pytest.mark.parametrize(("name", "url"), [("Øst & süd", "/posts/ost-sud/"), ("приливы", None)])
def test_an_address_in_other_letters_is_named(name: str, url: str | None) -> None:
    """Nikola spells all letters in ASCII; here only Latin ones are known, and the report says it."""
    entry = post(f"<!--\n{HEAD.replace('.. slug: a', '.. type: text')}-->\nA\n", path=f"posts/{name}.md")
    assert entry.url == (url and f"https://tides.example{url}")
    assert [note.before for note in entry.notes] == ([] if url else [f"posts/{name}.md"])


def test_a_draft_that_the_old_site_shows_is_named() -> None:
    """Its address is in no list, but who has it can read the draft."""
    notes = post(f"{HEAD}.. status: draft\n\nText.\n").notes
    assert [note.before for note in notes if note.before] == ["https://tides.example/posts/a/"]


def test_links_in_code_of_restructuredtext_are_no_links() -> None:
    """Only those that readers could follow are looked up, and named with their line."""
    text = "``link://slug/gone``\n\n`x <link://slug/other>`__\n"
    entry = post(f"{HEAD}\n{text}", path="posts/a.rst")
    assert [note.before for note in entry.notes] == ["blog/posts/a.rst:7: link://slug/other"]


def test_files_that_a_text_includes_are_near_it_or_in_the_folder_of_the_site() -> None:
    """Nikola runs in that folder."""
    text = f"{HEAD}\n.. include:: near.inc\n\n.. include:: posts/far.inc\n"
    entry = post(text, path="posts/a.rst", **{"posts/near.inc": "Near.", "posts/far.inc": "Far."})
    assert entry.content == "<p>Near.</p>\n<p>Far.</p>"
    assert entry.notes == ()
