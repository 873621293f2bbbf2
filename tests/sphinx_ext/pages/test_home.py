"""The home page: face, links, featured post and footer, on one small site."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from helpers import read_html
from lxml.html import HtmlElement
from photos import photo
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs.sphinx_ext.pages.site_links import SiteLink

CONF = """\
project = blog_title = "Heat"
extensions = ["myst_parser", "postdocs"]
exclude_patterns = ["out"]
blog_post_pattern = "posts/*.md"
blog_baseurl = html_baseurl = "https://heat.example/notes/"
html_theme = "postdocs"
postdocs_license = "CC-BY-4.0"
postdocs_links = [
    ("Mail", "mailto:ann@heat.example"),
    ("Ann & Bo", "https://social.example/@ann"),
    ("Who", "about"),
    ("Lost", "nowhere"),
]
"""
HOME = """\
# Heat

```{site-intro}
![Ann at a desk](ann.jpg)

Notes on [heat](about.md).
```

```{recent-posts} 3
:featured:
```

```{toctree}
about
```
"""
POSTS = {"old": "image: wide.jpg", "wide": "image: wide.jpg", "new": "", "newer": "draft: true"}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, whatever the settings of the machine."""
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@heat.example", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 - fixed


def write_post(root: Path, name: str, front: str) -> None:
    """Write a post, whose date follows from its place among `POSTS`."""
    day = [*POSTS].index(name) + 1
    head = f"---\ntitle: {name.title()}\ndate: 2024-01-0{day}\ntags: [Tea]\n{front}\n---\n"
    (root / f"posts/{name}.md").write_text(f"{head}\nText of {name}.\n", encoding="utf-8")


def build(root: Path, out: Path) -> tuple[HtmlElement, list[str]]:
    """Build the site; return its home page, and the warnings without colours."""
    warnings = io.StringIO()
    with patch_docutils(root), docutils_namespace():
        Sphinx(root, root, out, out / ".doctrees", "dirhtml", status=None, warning=warnings).build()
    return read_html(out / "index.html"), re.sub(r"\x1b\[\d*m", "", warnings.getvalue()).splitlines()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site that is committed."""
    root = tmp_path_factory.mktemp("heat")
    (root / "posts").mkdir()
    for name, text in (("conf.py", CONF), ("index.md", HOME), ("about.md", "# About\n\nOf me.\n")):
        (root / name).write_text(text, encoding="utf-8")
    for name, front in POSTS.items():
        write_post(root, name, front)
    photo((400, 300)).save(root / "ann.jpg")
    photo((1200, 675)).save(root / "posts/wide.jpg")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "Begin to write")
    return root


@pytest.fixture(scope="module")
def built(site: Path) -> tuple[HtmlElement, list[str]]:
    """Return the home page of the site, and the warnings of its build."""
    return build(site, site / "out")


Built = tuple[HtmlElement, list[str]]


def test_the_face_stands_before_the_title(built: Built) -> None:
    """The image at the beginning of an introduction comes first, small and with its text; words follow."""
    (section,) = built[0].xpath("//section[h1]")
    face, title, words = section[:3]
    (image,) = face.xpath(".//img")
    assert (title.tag, words.tag) == ("h1", "p")
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("Ann at a desk", "104", "78")
    assert words.text_content() == "Notes on heat."
    assert built[0].xpath("//meta[@name='description']/@content") == ["Notes on heat."]


def test_links_are_on_the_home_page_and_in_the_footer(built: Built) -> None:
    """The feed and the links of the setting lead where they say, each with an icon without a name."""
    page = built[0]
    lists = page.xpath("//ul[@class='site-links']")
    expected = [
        ("Feed", "blog/atom.xml", None),
        ("Mail", "mailto:ann@heat.example", "me"),
        ("Ann & Bo", "https://social.example/@ann", "me"),
        ("Who", "about/", None),
        ("Lost", "nowhere/", None),
    ]
    assert len(lists) == 2  # in the introduction, and in the footer
    for items in lists:
        links = [(link.text_content(), link.get("href"), link.get("rel")) for link in items.xpath(".//a")]
        assert links == expected
        assert items.xpath("count(.//svg[@aria-hidden='true'])") == len(expected)


def test_a_link_that_leads_nowhere_is_told(built: Built) -> None:
    """A target that is no page, file or address is named, with the line of the setting."""
    (warning,) = built[1]
    assert re.search(r"conf\.py:12: WARNING: postdocs_links: 'nowhere' of 'Lost' is no page; name", warning)


def test_the_newest_post_with_an_image_leads(built: Built, site: Path) -> None:
    """A list that features a post begins with it; the others follow by date, drafts stay out."""
    rows = built[0].xpath("//li[contains(@class, 'post-row')]")
    titles = [row.xpath("string(.//*[@class='post-title'])") for row in rows]
    assert titles == ["Wide", "New", "Old"]
    assert [("post-lead" in row.get("class"), bool(row.xpath("./a[@href]/img"))) for row in rows] == [
        (True, True),
        (False, False),
        (False, True),
    ]
    write_post(site, "old", "featured: true")
    page, _ = build(site, site / "out")
    again, _ = build(site, site / "clean")
    write_post(site, "old", POSTS["old"])
    assert page.xpath("string(//li[contains(@class, 'post-lead')]//*[@class='post-title'])") == "Old"
    assert (site / "out/index.html").read_bytes() == (site / "clean/index.html").read_bytes()
    assert again.xpath("count(//li[contains(@class, 'post-lead')])") == 1


def test_the_footer_says_license_and_commit(built: Built, site: Path) -> None:
    """Every page has the license of the site; the home page has the commit, which other pages don't."""
    head = git(site, "rev-parse", "HEAD")[:10]
    about = read_html(site / "out/about/index.html")
    (footer,) = built[0].xpath("//footer//p[@class='site-about']")
    assert footer.text_content().strip() == f"License: CC BY 4.0 · Built from commit {head}"
    assert about.xpath("string(//p[@class='site-about'])").strip() == "License: CC BY 4.0"
    assert "Sphinx" not in about.xpath("string(//footer)")


@pytest.mark.parametrize(
    ("target", "icon"),
    [
        ("mailto:a@b.example", "mail"),
        ("blog/atom.xml", "feed"),
        ("https://a.example/feed.json", "feed"),
        ("https://orcid.org/0000-0002-1825-0097", "orcid"),
        ("https://gitlab.example.org/ann", "code"),
        ("https://github.com/ann", "code"),
        ("https://social.example/@ann", "profile"),
        ("https://bsky.app/profile/ann.example", "profile"),
        ("about", "link"),
        ("https://github-fans.example/", "link"),
    ],
)
def test_icons_tell_what_a_link_is(target: str, icon: str) -> None:
    """The icon follows from the address."""
    assert SiteLink("It", target).icon == icon
