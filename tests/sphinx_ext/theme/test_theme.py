"""The theme `postdocs`, as far as it can be tested without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from helpers import read_html, texts
from sphinx.errors import ConfigError
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.theme import style

POST = "posts/hello/index.html"
MANUAL = "docs/second/index.html"

AppParams = tuple[list[Any], dict[str, Any]]
MakeApp = Callable[..., SphinxTestApp]

ALABASTER = {"html_theme": "alabaster", "html_theme_options": {}}
themed = pytest.mark.sphinx("dirhtml", testroot="theme")


def page(app: SphinxTestApp, path: str) -> lxml.html.HtmlElement:
    """Return a page of the output."""
    return read_html(app.outdir / path)


def names(root: lxml.html.HtmlElement, path: str) -> list[str]:
    """Return the names of the files that an XPath finds addresses of."""
    return [address.partition("?")[0].rpartition("/")[2] for address in root.xpath(path)]


@themed
def test_a_page_loads_little(app: SphinxTestApp) -> None:
    """A page has one style sheet, and scripts that keep nobody waiting."""
    app.build()
    root = page(app, MANUAL)
    assert names(root, "//head/link[@rel='stylesheet']/@href") == ["postdocs-theme.css"]
    scripts = ["documentation_options.js", "search.js", "postdocs-theme.js"]
    assert names(root, "//head/script/@src") == scripts
    assert len(root.xpath("//head/script[@defer]")) == len(scripts)
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    assert len(root.xpath("//meta[@name='viewport']")) == 1
    assert not (app.outdir / "_static/vendor").exists()
    assert not list(app.outdir.rglob("*.map"))


@themed
def test_only_files_that_pages_ask_for_are_copied(app: SphinxTestApp) -> None:
    """Of the static files of the theme and its parents, the output has those that a page may load."""
    app.build()
    static = {path.name for path in (app.outdir / "_static").iterdir()}
    assert {"postdocs-theme.css", "postdocs-theme.js", "documentation_options.js", "search.js"} <= static
    unused = {"scripts", "styles", "vendor", "ablog", "webpack-macros.html", "basic.css", "pygments.css"}
    assert static & (unused | {"postdocs.css"}) == set()


@themed
def test_a_tag_cloud_has_its_style(app_params: AppParams, make_app: MakeApp) -> None:
    """The style that ablog's side bar links to is copied if there is that side bar."""
    args, keywords = app_params
    sidebars = {"**": ["sidebar-nav-bs.html", "ablog/tagcloud.html"]}
    app = make_app(*args, **keywords, confoverrides={"html_sidebars": sidebars})
    app.build()
    (style_sheet,) = page(app, POST).xpath("//aside//@href | //div[contains(@class, 'sidebar')]//link/@href")
    assert style_sheet == "../../_static/ablog/tagcloud.css"
    assert (app.outdir / "_static/ablog/tagcloud.css").is_file()


@themed
def test_the_style_sheet_is_small_and_has_what_authors_use(app: SphinxTestApp) -> None:
    """Of the theme's style there are its colours and what documents need, and no menus of Bootstrap's."""
    app.build()
    css = (app.outdir / "_static/postdocs-theme.css").read_text(encoding="utf-8")
    assert "--pst-color-primary" in css
    for word in (".admonition.warning", ".highlight :is(.k,", "table.table", "aside.footnote", ".post-rows"):
        assert word in css.replace("div.admonition", ".admonition")
    for word in ("carousel", "offcanvas", "Font Awesome", "@font-face", "sd-card"):
        assert word not in css


@themed
def test_the_style_sheet_does_not_depend_on_the_pages(app: SphinxTestApp) -> None:
    """What is on the site does not change the style sheet."""
    app.build()
    file = app.outdir / "_static/postdocs-theme.css"
    before = file.read_bytes()
    (app.srcdir / "posts/more.md").write_text("---\ndate: 2024-05-02\n---\n# More\n\n:::{tip}\nText.\n:::\n")
    app.build()
    assert file.read_bytes() == before


@pytest.mark.sphinx("dirhtml", testroot="theme", confoverrides={"html_theme": "pydata_sphinx_theme"})
def test_the_parent_is_as_it_is(app: SphinxTestApp) -> None:
    """A site with the parent theme has its layout, style and scripts, and the style of posts."""
    app.build()
    root = page(app, POST)
    assert "pydata-sphinx-theme.css" in names(root, "//link[@rel='stylesheet']/@href")
    assert "bootstrap.js" in names(root, "//script/@src")
    assert "postdocs-theme.js" not in names(root, "//script/@src")
    assert "postdocs.css" in names(root, "//link[@rel='stylesheet']/@href")
    assert root.xpath("//*[@id='pst-back-to-top']")
    assert (app.outdir / "_static/scripts/bootstrap.js").is_file()


@pytest.mark.sphinx("dirhtml", testroot="theme", confoverrides=ALABASTER)
def test_other_themes_are_as_they_are(app: SphinxTestApp, make_app: MakeApp) -> None:
    """A site with another theme has the style of posts, and nothing else of this theme."""
    app.build()
    assert not {"postdocs-theme.css", "postdocs-theme.js"} & {path.name for path in app.outdir.rglob("*")}
    assert "postdocs.css" in names(page(app, POST), "//link[@rel='stylesheet']/@href")
    before = (app.outdir / POST).stat().st_mtime_ns
    make_app("dirhtml", srcdir=app.srcdir, confoverrides=ALABASTER).build()
    assert (app.outdir / POST).stat().st_mtime_ns == before  # what is written for the theme is no change


@themed
def test_a_page_has_its_landmarks(app: SphinxTestApp) -> None:
    """A page has one h1, one main part that the first link leads to, and names for its navigation."""
    app.build()
    for path in (POST, MANUAL, "blog/index.html", "blog/tag/python/index.html", "search/index.html"):
        root = page(app, path)
        assert len(root.xpath("//h1")) == 1
        (main,) = root.xpath("//main/@id")
        assert root.xpath("//a/@href")[0] == f"#{main}"
        labels = root.xpath("//nav/@aria-label") + root.xpath("//nav/@aria-labelledby")
        assert len(labels) == len(root.xpath("//nav"))
        assert not root.xpath("//article | //*[@role='heading']")


@themed
def test_contents_have_two_levels(app: SphinxTestApp) -> None:
    """The headings of a page stand beside its text, and above it on phones: two levels of them."""
    app.build()
    wide, narrow = (
        [link.text_content() for link in nav.xpath(".//a")]
        for nav in sorted(
            page(app, MANUAL).xpath("//nav[contains(@class, 'page-toc')]"),
            key=lambda nav: nav.getparent().tag == "details",
        )
    )
    assert wide == narrow == ["One code", "Below one", "Two"]
    assert not page(app, "docs/first/index.html").xpath("//nav[contains(@class, 'page-toc')]")


@themed
def test_pages_of_a_section_are_beside_each(app: SphinxTestApp) -> None:
    """A page in tables of contents shows their captions and pages, itself marked; titles are text."""
    app.build()
    (nav,) = page(app, MANUAL).find_class("bd-docs-nav")
    links = nav.xpath(".//a")
    assert [link.text_content() for link in links] == ["First & <b>foremost</b>", "Second", "Elsewhere"]
    assert [link.get("href") for link in links] == ["../first/", "#", 'https://example.org/?a=1&b="2"']
    assert [link.get("aria-current") for link in links] == [None, "page", None]
    assert [caption.text_content() for caption in nav.find_class("caption")] == ["Begin & <i>go on</i>"]
    assert [len(part) for part in nav.xpath(".//ul")] == [2, 1]
    assert not page(app, POST).find_class("bd-docs-nav")


@pytest.mark.sphinx(
    "dirhtml",
    testroot="theme",
    confoverrides={"html_sidebars": {"**": ["sidebar-collapse.html", "sidebar-nav-bs.html"]}},
)
def test_a_page_without_a_section_has_no_sidebar(app: SphinxTestApp) -> None:
    """Where the components of a sidebar would be empty, there is none."""
    app.build()
    assert page(app, MANUAL).find_class("bd-sidebar-primary")
    assert not page(app, POST).find_class("bd-sidebar-primary")


@themed
def test_code_says_its_language(app: SphinxTestApp) -> None:
    """A block of code has the name of its language, unless it has none."""
    app.build()
    assert page(app, MANUAL).xpath("//*/@data-language") == ["Python"]


@themed
def test_an_empty_cell_is_no_header(app: SphinxTestApp) -> None:
    """A cell without text in the head of a table is no header, for it says nothing."""
    app.build()
    head = page(app, MANUAL).xpath("//thead//td | //thead//th")
    assert [(cell.tag, cell.text_content().strip()) for cell in head] == [("td", ""), ("th", "Value")]


@themed
def test_links_are_shown_as_they_are_written(app_params: AppParams, make_app: MakeApp) -> None:
    """A link that shows its address keeps all of it, at GitHub and GitLab too, and has no mark of them."""
    args, options = app_params
    addresses = ["https://github.com/example/heat/issues/7?q=a#b", "https://gitlab.com/example/heat/-/tree/x"]
    post = Path(options["srcdir"], "posts/hello.md")
    post.write_text(post.read_text(encoding="utf-8") + "".join(f"\n<{url}>\n" for url in addresses), "utf-8")
    app = make_app(*args, **options)
    app.build()
    links = [link for link in page(app, POST).xpath("//a") if link.get("href") in addresses]
    assert [link.text for link in links] == addresses
    assert {link.get("class") for link in links} == {"reference external"}


@themed
def test_boxes_of_tasks_have_names(app: SphinxTestApp) -> None:
    """A box that says whether a task is done says so to those who can't see it."""
    app.build()
    boxes = page(app, MANUAL).find_class("task-list-item-checkbox")
    assert [box.get("aria-label") for box in boxes] == ["To do", "Done"]


@themed
def test_search_is_a_link_too(app: SphinxTestApp) -> None:
    """Without a script, the search leads to a page that says what it needs."""
    app.build()
    (link,) = page(app, POST).find_class("search-button__button")
    assert (link.tag, link.get("href")) == ("a", "../../search/")
    assert "JavaScript" in page(app, "search/index.html").xpath("string(//noscript)")


@themed
def test_a_page_says_its_address_on_paper(app: SphinxTestApp) -> None:
    """The address of a page is on it, for those who print it."""
    app.build()
    assert texts(page(app, POST), "page-address") == ["https://example.org/notes/posts/hello/"]


@pytest.mark.sphinx("html", testroot="theme", confoverrides={"html_baseurl": "", "blog_baseurl": ""})
def test_a_file_a_page_and_no_address(app: SphinxTestApp) -> None:
    """The theme is the same for pages that are files, and for a site without an address."""
    app.build()
    root = page(app, "posts/hello.html")
    assert root.xpath("//a[contains(@class, 'search-button')]/@href") == ["../search.html"]
    assert not root.find_class("page-address")
    assert app.warning.getvalue() == ""


@themed
def test_a_parent_that_has_changed_is_refused(app: SphinxTestApp, tmp_path: Path) -> None:
    """If the parent has no style sheet of the known name, the error says what to do."""
    advice = r'static/gone\.css is not in .*\. Set html_theme = "pydata_sphinx_theme"'
    with pytest.raises(ConfigError, match=advice):
        style.write_style(app, tmp_path, parent_styles=("static/gone.css",))


@themed
def test_a_setting_of_the_past_is_refused(app_params: AppParams, make_app: MakeApp) -> None:
    """A site that sets what there was before the theme is told which theme to choose."""
    args, keywords = app_params
    with pytest.raises(ConfigError, match=r'postdocs_whole_theme .* html_theme = "pydata_sphinx_theme"'):
        make_app(*args, **keywords, confoverrides={"postdocs_whole_theme": False})


@themed
def test_files_of_the_author_stay(app_params: AppParams, make_app: MakeApp) -> None:
    """What the author puts where the theme has its unused files stays there."""
    args, keywords = app_params
    own = Path(keywords["srcdir"], "own", "scripts")
    own.mkdir(parents=True)
    for name in ("mine.js", "bootstrap.js"):
        (own / name).write_text("0", encoding="utf-8")
    app = make_app(*args, **keywords, confoverrides={"html_static_path": ["own"]})
    app.build()
    left = {path.name for path in (app.outdir / "_static/scripts").iterdir()}
    assert left == {"mine.js", "bootstrap.js"}


@themed
def test_styles_and_scripts_of_others_work(app: SphinxTestApp) -> None:
    """An author's style comes last; where there are scripts of others, Sphinx's are as they expect them."""
    app.add_css_file("own.css", priority=800)
    app.add_js_file("own.js")
    app.build()
    root = page(app, POST)
    assert names(root, "//link[@rel='stylesheet']/@href")[-1] == "own.css"
    scripts = names(root, "//script/@src")
    assert scripts.index("documentation_options.js") < scripts.index("own.js")
    assert names(root, "//script[@defer]/@src") == ["search.js", "postdocs-theme.js"]


@themed
def test_templates_of_the_author_build_upon_ours(app_params: AppParams, make_app: MakeApp) -> None:
    """A layout of the author's extends `!layout.html`, and a part of it replaces ours."""
    args, keywords = app_params
    templates = Path(keywords["srcdir"], "_templates")
    templates.mkdir()
    text = '{% extends "!layout.html" %}{% block docs_body %}<i>Mine</i>{{ super() }}{% endblock %}'
    (templates / "layout.html").write_text(text, encoding="utf-8")
    (templates / "breadcrumbs.html").write_text("<u>Mine</u>", encoding="utf-8")
    app = make_app(*args, **keywords, confoverrides={"templates_path": ["_templates"]})
    app.build()
    root = page(app, POST)
    assert texts(root.getroottree().getroot(), "search-button__button") == ["Search"]
    assert root.xpath("//i/text() | //u/text()") == ["Mine", "Mine"]


@themed
def test_components_replace_those_of_the_parent(app_params: AppParams, make_app: MakeApp) -> None:
    """Ours come first even if Sphinx has loaded the parent before the theme is known."""
    args, keywords = app_params
    extensions = ["pydata_sphinx_theme", "myst_parser", "ablog", "postdocs"]
    app = make_app(*args, **keywords, confoverrides={"extensions": extensions})
    app.build()
    (button,) = page(app, POST).find_class("search-button__button")
    assert button.tag == "a"


@themed
def test_a_later_build_of_the_parent_has_its_components(app_params: AppParams, make_app: MakeApp) -> None:
    """A process that builds with this theme leaves nothing of it to a build with another."""
    args, keywords = app_params
    make_app(*args, **keywords).build()
    app = make_app(*args, **keywords, confoverrides={"html_theme": "pydata_sphinx_theme"})
    app.build()
    assert {button.tag for button in page(app, POST).find_class("search-button__button")} == {"button"}


@themed
def test_copy_buttons_come_with_code(app: SphinxTestApp) -> None:
    """A page without code loads nothing for it; where there is some, it comes late, as a reader sees code."""
    (app.srcdir / "posts/words.md").write_text("---\ndate: 2024-05-03\n---\n# Words\n\nText.\n", "utf-8")
    app.build()
    copying = {"copybutton.css", "clipboard.min.js", "copybutton.js"}
    for path, late in (("posts/words/index.html", copying), ("blog/index.html", set()), (MANUAL, copying)):
        root = page(app, path)
        files = {*names(root, "//head//@href"), *names(root, "//head//@src")}
        assert not files & copying
        later = names(root, "//template[@id='late-assets']//@href | //template[@id='late-assets']//@src")
        assert {*later} == late
