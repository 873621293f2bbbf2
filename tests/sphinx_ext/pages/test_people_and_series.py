"""Authors, series, introductions, and what follows the text of a post, on the pages of one small site."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import lxml.etree
import pytest
from helpers import read_html, searchable, texts
from lxml.html import HtmlElement
from photos import photo
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

BASE = "https://heat.example/notes/"
ORCID = "https://orcid.org/0000-0002-1825-0097"
CONF = f"""\
project = blog_title = "Heat"
extensions = ["myst_parser", "postdocs"]
blog_post_pattern = "posts/**/*.md"
blog_baseurl = html_baseurl = "{BASE}"
blog_authors = {{"ann": ("Ann Example", "https://ann.example/")}}
html_theme = "basic"
postdocs_strict = True
postdocs_license = "CC-BY-4.0"
postdocs_repository = "https://codeberg.org/ann/heat/src/branch/main/site"
postdocs_comments = {{"repo": "ann/heat", "repo_id": "R_1", "category": "Comments", "category_id": "DIC_1"}}
postdocs_authors = {{
    "Ann Example": {{
        "image": "people/ann.jpg",
        "biography": "Writes about <heat>.",
        "links": {{"Mastodon": "https://social.example/@ann", "Mail": "mailto:ann@heat.example"}},
        "orcid": "{ORCID}",
    }},
    "Bo van Dyke": {{"biography": "Builds meshes."}},
}}
"""
POSTS = {  # by docname: the day in January, further front matter
    "posts/third": (1, "series: Heat, slowly\npart: 3"),
    "posts/first": (
        2,
        "series: heat slowly\npart: 1\nauthor: [ann, Bo van Dyke, Cleo]\nimage: wide.jpg\ntags: [Tea]",
    ),
    "posts/second": (3, "series: Heat, slowly\npart: 2\nmastodon: https://social.example/@ann/109372"),
    "posts/plain": (4, "author: [Cleo]\ncomments: false\ntags: [Tea]"),
    "posts/draft": (5, "series: Heat, slowly\npart: 4\ndraft: true"),
    "posts/future": (6, "series: Heat, slowly\npart: 5"),
    "posts/alone": (7, "series: Alone\nauthor: [ann]\ntags: [Tea]"),
}
INTRODUCTIONS = {
    "blog/series/heat-slowly.md": "# Slow heat\n\nFrom a law to a [solver](../../posts/first.md).\n",
    "blog/tag/tea.md": "---\ndescription: Of leaves.\n---\n# Tea & *leaves*\n\nHow I drink it.\n",
    "blog/author/cleo.md": "---\ntitle: Who Cleo is\n---\n\nGuest from Thebes.\n",
}


def written(docname: str) -> str:
    """Return the text of a post."""
    day, front = POSTS[docname]
    year = 2099 if docname == "posts/future" else 2024
    title = docname.removeprefix("posts/").title()
    return f"---\ntitle: {title}\ndate: {year}-01-0{day}\n{front}\n---\n\nText of {title}.\n"


def build(root: Path, out: Path) -> list[str]:
    """Build a site; return the warnings, without its path."""
    warnings = io.StringIO()
    with patch_docutils(root), docutils_namespace():
        Sphinx(root, root, out, out / ".doctrees", "dirhtml", status=None, warning=warnings).build()
    return re.sub(rf"\x1b\[\d*m|{root}/", "", warnings.getvalue()).splitlines()


def contents(out: Path) -> dict[str, bytes]:
    """Return the files of the output."""
    files = (path for path in out.rglob("*") if path.is_file() and ".doctrees" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write files of a site."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def source(root: Path) -> None:
    """Write the site."""
    write(root, {"conf.py": CONF, "index.md": "# Home\n", **{f"{name}.md": written(name) for name in POSTS}})
    write(root, INTRODUCTIONS)
    (root / "people").mkdir()
    photo((600, 800)).save(root / "people/ann.jpg")
    photo((900, 600)).save(root / "posts/wide.jpg")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built without a warning."""
    root = tmp_path_factory.mktemp("people")
    source(root)
    assert build(root, root / "_build") == []
    return root / "_build"


def page(site: Path, path: str) -> HtmlElement:
    """Return a page."""
    return read_html(site / path / "index.html")


def links(root: HtmlElement, css_class: str) -> list[str]:
    """Return where the links in the elements of a class lead."""
    return [a.get("href", "") for element in root.find_class(css_class) for a in element.iter("a")]


def test_a_part_leads_to_the_others(site: Path) -> None:
    """A post says which part it is, lists those that are published, and leads to those beside it."""
    (box,) = page(site, "posts/first").find_class("post-series")
    assert texts(box, "post-parts") == ["Next part"]
    assert "Part 1 of 3 of Heat, slowly" in " ".join(box.text_content().split())
    assert [" ".join(li.text_content().split()) for li in box.iter("li")] == ["First", "Second", "Third"]
    assert [li.text_content().strip() for li in box.xpath(".//li[@aria-current='page']")] == ["First"]
    assert links(page(site, "posts/second"), "post-parts") == ["../first/", "../third/"]
    assert texts(page(site, "posts/third"), "post-parts") == ["Previous part"]
    assert "Part of Alone" in page(site, "posts/alone").find_class("post-series")[0].text_content()
    assert page(site, "posts/plain").find_class("post-series") == []


def test_a_series_has_a_page_and_a_feed(site: Path) -> None:
    """The page lists the parts in their order below its introduction; the feed has the newest first."""
    root = page(site, "blog/series/heat-slowly")
    assert texts(root, "post-title") == ["First", "Second", "Third"]
    assert root.xpath("//link[@rel='alternate']/@href")[0] == "atom.xml"
    feed = lxml.etree.parse(site / "blog/series/heat-slowly/atom.xml")
    titles = feed.findall("{*}entry/{*}title")
    assert [title.text for title in titles] == ["Second", "First", "Third"]
    (index,) = page(site, "blog/series").find_class("post-labels")
    assert [" ".join(li.text_content().split()) for li in index] == ["Alone 1", "Heat, slowly 3"]


def test_nothing_tells_of_parts_that_are_not_published(site: Path) -> None:
    """No file of the output names a draft, or a post that isn't due."""
    files = (path for path in site.rglob("*") if path.suffix in {".html", ".xml", ".json", ".txt", ".js"})
    for path in (path for path in files if ".doctrees" not in path.parts):
        assert not re.search(r"posts/(draft|future)|Text of (Draft|Future)", path.read_text("utf-8")), path


def test_machines_know_the_series(site: Path) -> None:
    """JSON-LD has the series of a post, its address and the place of the post in it."""
    scripts = page(site, "posts/second").xpath("//script[@type='application/ld+json']/text()")
    (post,) = [data for data in map(json.loads, scripts) if data["@type"] == "BlogPosting"]
    assert post["position"] == 2
    assert post["isPartOf"] == {
        "@type": "CreativeWorkSeries",
        "name": "Heat, slowly",
        "url": f"{BASE}blog/series/heat-slowly/",
    }


@pytest.mark.parametrize(
    ("path", "title", "text", "description"),
    [
        ("blog/series/heat-slowly", "Slow heat", "From a law to a solver.", "From a law to a solver."),
        ("blog/tag/tea", "Tea & leaves", "How I drink it.", "Of leaves."),
        ("blog/author/cleo", "Who Cleo is", "Guest from Thebes.", "Guest from Thebes."),
    ],
)
def test_an_introduction_stands_above_its_list(
    path: str, title: str, text: str, description: str, site: Path
) -> None:
    """Its title replaces that of the list, and its beginning or description goes to the head."""
    root = page(site, path)
    assert [h1.text_content().removesuffix("¶") for h1 in root.iter("h1")] == [title]
    assert root.findtext(".//title", "").startswith(title)
    body = " ".join(root.text_content().split())
    assert body.index(text) < body.index("Feed")
    assert len(texts(root, "post-row")) > 0
    assert [section for section in root.iter("section") if not section.xpath(".//h1 | .//h2")] == []
    assert root.xpath("//meta[@name='description']/@content") == [description]
    found = [page["content"] for url, page in searchable(site).items() if url == f"/{path}/"]
    assert found == [text]
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert re.search(rf"<loc>{BASE}{path}/</loc><lastmod>2024-01-0", sitemap)
    assert sitemap.count(f"{path}/<") == 1


def test_an_author_has_a_card(site: Path) -> None:
    """A post shows those of its authors of whom the settings tell: with a picture, or with initials."""
    root = page(site, "posts/first")
    ann, bo = root.find_class("author-card")
    (picture,) = ann.iter("img")
    assert picture.get("src") == "../../_images/ann-" + picture.get("src", "").partition("/ann-")[2]
    assert (site / "posts/first" / picture.get("src", "")).is_file()
    names = [part.split()[0] for part in picture.get("srcset", "").split(", ")]
    assert len(names) == 3
    assert all((site / "posts/first" / name).is_file() for name in names)
    assert texts(bo, "author-picture") == ["BD"]
    assert texts(ann, "p-note") == ["Writes about <heat>."]
    assert len([*root.find_class("post-headline")[0].iter("img")]) == 1
    assert page(site, "posts/plain").find_class("author-card") == []


def test_the_page_of_an_author_is_an_h_card(site: Path) -> None:
    """It has name, photo, note and addresses as https://microformats.org/wiki/h-card has them."""
    (card,) = page(site, "blog/author/ann-example").find_class("h-card")
    assert texts(card, "p-name") == ["Ann Example"]
    assert len(card.find_class("u-photo")) == 1
    addresses = [a.get("href") for a in card.find_class("u-url") if a.get("rel") == "me"]
    assert addresses == ["https://ann.example/", "https://social.example/@ann", ORCID]
    assert [a.get("href") for a in card.find_class("u-email")] == ["mailto:ann@heat.example"]


def test_a_reader_can_do_something_with_a_post(site: Path) -> None:
    """The foot names the license, and leads to the source and to the feed."""
    root = page(site, "posts/plain")
    assert links(root, "post-foot") == [
        "https://creativecommons.org/licenses/by/4.0/",
        "https://codeberg.org/ann/heat/_edit/main/site/posts/plain.md",
        "../../blog/atom.xml",
    ]


def test_comments_are_a_link_until_one_asks_for_them(site: Path) -> None:
    """A post names its thread, or that of the settings; nothing is loaded from there."""
    root = page(site, "posts/first")
    query = "discussions_q=%22notes%2Fposts%2Ffirst%2F%22%20in%3Atitle"
    assert links(root, "post-comments") == [f"https://github.com/ann/heat/discussions?{query}"]
    (box,) = root.xpath("//*[@data-comments]")
    assert json.loads(box.get("data-comments"))["giscus"]["term"] == "notes/posts/first/"
    root = page(site, "posts/second")
    assert links(root, "post-comments") == ["https://social.example/@ann/109372"]
    (box,) = root.xpath("//*[@data-comments]")
    assert json.loads(box.get("data-comments")) == {"mastodon": {"host": "social.example", "id": "109372"}}
    assert page(site, "posts/plain").find_class("post-comments") == []
    for path in ("posts/first", "posts/second"):
        loaded = page(site, path).xpath("//@src | //@srcset | //link[@rel='stylesheet']/@href")
        assert not [address for address in loaded if "://" in address]


def test_related_posts_have_pictures(site: Path) -> None:
    """Where one of them has a picture, which leads to it, they are cards; else they are lines."""
    (related,) = page(site, "posts/alone").find_class("post-related")
    (picture,) = related.find_class("post-thumbnail")
    (link,) = related.find_class("post-picture")
    assert link.get("href") == related.find_class("post-title")[0].get("href")
    sources = [part.split()[0] for part in picture.get("srcset", "").split(", ")]
    assert all((site / "posts/alone" / name).is_file() for name in [picture.get("src", ""), *sources])
    assert texts(related, "post-cards") == ["2 January 2024 First"]
    assert len(page(site, "posts/first").xpath("//nav[@class='post-related']/ul[@class='post-rows']")) == 1


def test_rebuilds_are_exact(tmp_path: Path) -> None:
    """New parts, introductions that come, change and go, and another picture end in a clean build."""
    source(tmp_path)
    out, clean = tmp_path / "_build", tmp_path / "_clean"
    build(tmp_path, out)
    write(
        tmp_path,
        {
            "posts/fourth.md": written("posts/third").replace("part: 3", "part: 4"),
            "posts/second.md": written("posts/second").replace("title: Second", "title: Number two"),
            "blog/tag/tea.md": INTRODUCTIONS["blog/tag/tea.md"].replace("drink", "brew"),
            "blog/series/alone.md": "# All alone\n\nOne part only.\n",
        },
    )
    (tmp_path / "blog/author/cleo.md").unlink()
    photo((700, 600)).save(tmp_path / "posts/wide.jpg")
    build(tmp_path, out)
    build(tmp_path, clean)
    assert contents(out) == contents(clean)
    assert "Part 1 of 4" in " ".join(page(out, "posts/first").text_content().split())


def test_parts_in_doubt_are_told(tmp_path: Path) -> None:
    """Two parts with one number, one without, a part of nothing, and wrong values name their line."""
    front = {
        "a": "series: Heat\npart: 1",
        "b": "series: Heat\npart: 1",
        "c": "series: Heat",
        "d": "part: 2",
        "e": "series: Heat\npart: two",
        "f": "mastodon: '@ann@social.example'",
    }
    posts = {
        f"posts/{name}.md": f"---\ntitle: {name}\ndate: 2024-01-01\n{keys}\n---\nX.\n"
        for name, keys in front.items()
    }
    write(tmp_path, {"conf.py": CONF.partition("postdocs_license")[0], "index.md": "# Home\n", **posts})
    told = [line.replace("WARNING: ", "") for line in build(tmp_path, tmp_path / "_build")]
    for expected in (
        "posts/b.md:5: part: posts/a.md is part 1 of 'Heat' too; give one of the two another number",
        "posts/c.md:4: part: it is missing, while other parts of 'Heat' have a number; add a line `part: …`",
        "posts/d.md:4: part: there is no series; add a line `series: …`, or remove this one",
        "posts/e.md:5: part: 'two' is not the number of a part, so it is ignored; write 1, 2, or a",
        "posts/f.md:4: mastodon: '@ann@social.example' is not the address of a post on Mastodon",
    ):
        assert any(line.startswith(expected) for line in told), (expected, told)
