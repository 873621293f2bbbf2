"""What is written of a post is text on every page and in every feed, whatever stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import lxml.html
import pytest
import yaml
from helpers import read_html, texts
from lxml import etree
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.pages.templates import takes_text

MakeApp = Callable[..., SphinxTestApp]

SIDE_BARS = (
    *("archives", "authors", "categories", "languages", "locations"),
    *("postcard", "postnavy", "recentposts", "tagcloud"),
)
# Of these the names without a folder are the old ones of ablog, which warn.
NAMES = {name: f"ablog/{name}.html" for name in SIDE_BARS} | {
    f"old {name}": f"{name}.html" for name in SIDE_BARS
}
THEMES = {
    "alabaster": {"html_sidebars": {"posts/*": [*NAMES.values()], "index": [NAMES["recentposts"]]}},
    "pydata_sphinx_theme": {"html_sidebars": {"posts/*": [*NAMES.values()]}},
    "postdocs": {
        "html_sidebars": {"posts/*": [*NAMES.values()]},
        "html_theme_options": {"navbar_center": ["postdocs/navbar.html"]},
    },
}
_ADDRESSES = {"href", "src", "content", "action"}
PAGE = """\
# Home

```{recent-posts} 5
```

```{postlist}
:excerpts:
:expand: "<script>alert('expand')</script>"
:format: "{date} {title} {tags} {category} {author} {location} {language} <script>alert('format')</script>"
```
"""
BODY = """

{text}

![{text}](p.png)

```{{update}} 2024-06-01
{text}
```

[link](javascript:alert('body')) and {text}
"""


def hostile(field: str) -> str:
    """Return text that would run a script in each place of a page, and says where it was written."""
    return f"""{field} <script>alert('{field}')</script>'"><img src=x onerror=alert('{field}')>&lt;b>"""


def escaped_markdown(text: str) -> str:
    """Return text as Markdown means it: an author wrote it, and no HTML."""
    return "".join(f"\\{char}" if char in "<>&'\"`()[]!" else char for char in text)


def write_site(folder: Path) -> Path:
    """Write a site whose posts have a script in each field."""
    (folder / "posts").mkdir(parents=True)
    (folder / "conf.py").touch()
    (folder / "index.md").write_text(PAGE, encoding="utf-8")
    lists = ("tags", "category", "author")
    for number in range(3):
        front = {
            "title": hostile(f"title{number}"),
            "date": f"2024-0{number + 1}-01",
            "summary": hostile("summary"),
            **{name: [hostile(name)] for name in lists},
            **{name: hostile(name).replace(",", "") for name in ("location", "language")},
            "source": f"https://example.org/?{hostile('source')}".replace(" ", ""),
            "canonical": f"https://example.org/?{hostile('canonical')}".replace(" ", ""),
        }
        if number == 1:
            front["external_link"] = f"https://example.org/?{hostile('external')}"
        if number == 2:
            del front["summary"], front["author"]
        text = "---\n" + yaml.safe_dump(front) + "---\n" + BODY.format(text=escaped_markdown(hostile("body")))
        (folder / "posts" / f"p{number}.md").write_text(text, encoding="utf-8")
    return folder


def settings(theme: str) -> dict[str, object]:
    """Return settings with a script in each text of ours; themes take those of Sphinx for HTML."""
    return {
        "extensions": ["myst_parser", "ablog", "postdocs"],
        "project": "Example",
        "html_theme": theme,
        "blog_title": hostile("blog_title"),
        "blog_feed_subtitle": hostile("subtitle"),
        "blog_baseurl": "https://example.org/",
        "html_baseurl": "https://example.org/",
        "blog_post_pattern": "posts/*.md",
        "blog_authors": {"ann": (hostile("person"), f"https://example.org/?{hostile('address')}")},
        "blog_default_author": "ann",
        "blog_feed_archives": True,
        "postdocs_navbar": [(hostile("navbar"), "blog")],
        "copyright": "x",
        **THEMES[theme],
    }


def intruders(root: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield what of a page or feed only a text that was taken for HTML can have made."""
    for element in root.iter(etree.Element):
        text = (element.text or "").strip()
        if element.tag == "script" and text.startswith("alert("):
            yield text
        for name, value in element.items():
            runs = name in _ADDRESSES and value.strip().lower().startswith("javascript:")
            if name.startswith("on") or (name, value) == ("src", "x") or runs:
                yield f"{name}={value}"


def entry_texts(feed: Path) -> Iterator[str]:
    """Yield what readers of a feed take for HTML."""
    for element in etree.parse(feed).iter():
        if element.get("type") in {"html", "xhtml"} and element.text:
            yield element.text


@pytest.mark.parametrize("theme", THEMES)
def test_no_text_of_a_post_becomes_an_element(theme: str, tmp_path: Path, make_app: MakeApp) -> None:
    """With all side bars of ablog, no element, attribute or address of a page or feed is from a field."""
    app = make_app(
        "html", srcdir=write_site(tmp_path / "site"), confoverrides=settings(theme), warning=StringIO()
    )
    app.build()
    pages = [*app.outdir.rglob("*.html")]
    assert {app.outdir / "index.html", app.outdir / "blog/tag.html"} <= {*pages}
    assert {page.as_posix(): [*intruders(read_html(page))] for page in pages} == {
        page.as_posix(): [] for page in pages
    }
    feeds = [*app.outdir.rglob("*.xml")]
    found = [
        text for feed in feeds for html in entry_texts(feed) for text in intruders(lxml.html.fromstring(html))
    ]
    assert feeds
    assert found == []


def test_side_bars_show_what_was_written(tmp_path: Path, make_app: MakeApp) -> None:
    """What is escaped is escaped once: a reader sees the title, tag and author as their author wrote them."""
    app = make_app("html", srcdir=write_site(tmp_path / "site"), confoverrides=settings("alabaster"))
    app.build()
    root = read_html(app.outdir / "posts/p0.html")
    shown = {css: texts(root, f"ablog__{css}") for css in ("recentposts", "tagcloud", "authors", "postcard2")}
    assert hostile("title2") in shown["recentposts"][0]
    assert hostile("tags") in shown["tagcloud"][0]
    assert hostile("person") in shown["authors"][0]
    assert hostile("category") in shown["postcard2"][0]


def test_a_template_of_the_author_is_escaped_by_its_name(tmp_path: Path, make_app: MakeApp) -> None:
    """An author's own version of ablog's side bar, or one that extends it, gets text as well."""
    source = write_site(tmp_path / "site")
    (source / "_templates" / "ablog").mkdir(parents=True)
    own = "{% extends '!ablog/recentposts.html' %}"
    (source / "_templates" / "ablog" / "recentposts.html").write_text(own, encoding="utf-8")
    own = "{% for post in ablog.posts %}<b>{{ post.title }}</b>{{ post.to_html('x') }}{% endfor %}"
    (source / "_templates" / "ablog" / "authors.html").write_text(own, encoding="utf-8")
    app = make_app(
        "html", srcdir=source, confoverrides=settings("alabaster") | {"templates_path": ["_templates"]}
    )
    app.build()
    root = read_html(app.outdir / "posts/p0.html")
    assert [*intruders(root)] == []
    assert hostile("title2") in texts(root, "ablog__recentposts")[0]
    assert hostile("summary") in root.xpath("//b/following-sibling::p[1]")[1].text_content()


@pytest.mark.parametrize(
    ("name", "is_text"),
    [
        ("ablog/recentposts.html", True),
        ("!ablog/recentposts.html", True),
        ("recentposts.html", True),
        ("postdocs/rows.html", True),
        ("postdocs/layout.html", False),
        ("postdocs/queries.js", False),
        ("layout.html", False),
        ("page.html", False),
        (None, False),
    ],
)
def test_which_templates_get_text(name: str | None, is_text: bool) -> None:
    """Those that show posts do; layouts, scripts and those of themes get what they print as it is."""
    assert takes_text(name) is is_text


@pytest.mark.sphinx("html", testroot="blog")
@pytest.mark.parametrize("option", ["external_link", "canonical_link"])
def test_an_address_that_runs_a_script_is_refused(option: str, app: SphinxTestApp, warning: StringIO) -> None:
    """A post leads to no script: the address is named and left out, however it is spelled."""
    text = f"# Mine\n\n```{{post}} 2024-05-01\n:{option}: JAVAscript:alert(1)\n```\n\nText.\n"
    (app.srcdir / "mine.md").write_text(text, encoding="utf-8")
    app.build()
    assert f"{option}: 'JAVAscript:alert(1)' is not a web address" in warning.getvalue()
    pages = [page.read_text(encoding="utf-8") for page in app.outdir.rglob("*.html")]
    assert not [page for page in pages if "JAVAscript:" in page]


@pytest.mark.sphinx("html", testroot="blog")
def test_an_image_that_runs_a_script_is_refused(app: SphinxTestApp, warning: StringIO) -> None:
    """What stands for a post elsewhere is a file, or an address of the web."""
    text = "---\ntitle: Mine\ndate: 2024-05-01\nimage: 'javascript://%0aalert(1)'\n---\n\nText.\n"
    (app.srcdir / "posts" / "mine.md").write_text(text, encoding="utf-8")
    app.build()
    assert "image: 'javascript://%0aalert(1)' is not an image" in warning.getvalue()
    assert "javascript:" not in (app.outdir / "posts/mine.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("blog_authors", {"ann": ("Ann", "javascript:alert(1)")}),
        ("blog_locations", {"x": ("X", "data:text/html,x")}),
        ("postdocs_navbar", [("Home", "javascript://%0aalert(1)")]),
    ],
)
def test_a_setting_that_runs_a_script_is_refused(
    setting: str, value: object, tmp_path: Path, make_app: MakeApp
) -> None:
    """Addresses in the settings are those of pages."""
    source = write_site(tmp_path / "site")
    warning = StringIO()
    options = settings("alabaster") | {setting: value}
    app = make_app("html", srcdir=source, confoverrides=options, warning=warning)
    assert f"WARNING: {setting}: " in warning.getvalue()
    assert app.config[setting] != value
    assert app.statuscode == 1
