"""Pictures on the pages of a site."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from helpers import read_html
from photos import camera, photo
from sphinx.application import Sphinx
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import docutils_namespace, patch_docutils

CONF = """\
extensions = ["myst_parser", "ablog", "postdocs"]
project = blog_title = "Pictures"
blog_baseurl = html_baseurl = "https://example.org/blog/"
blog_post_pattern = "posts/*.md"
html_theme = "basic"
html_scaled_image_link = False
myst_enable_extensions = ["attrs_inline", "colon_fence"]
"""
HEAD = "---\ntitle: {}\ndate: 2020-01-0{}\n---\n\n"
LIST = "# Home\n\n```{postlist} 3\n:excerpts:\n```\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a large photo that was taken on its side, and a drawing."""
    source = tmp_path / "site"
    (source / "posts").mkdir(parents=True)
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (source / "index.md").write_text("# Home\n", encoding="utf-8")
    photo((900, 600)).save(source / "posts/photo,1.jpg", quality=95, exif=camera(6))
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'
    (source / "posts/drawing.svg").write_text(drawing, encoding="utf-8")
    return source


def post(site: Path, text: str, name: str = "a") -> None:
    """Write a post."""
    head = HEAD.format(name.upper(), "abc".index(name) + 1)
    (site / f"posts/{name}.md").write_text(head + text, encoding="utf-8")


class Built:
    """A built site: its folder, its messages, and the picture elements of its pages."""

    def __init__(self, site: Path, builder: str = "dirhtml", parallel: int = 1, **settings: object) -> None:
        self.out = site.parent / "out"
        self.doctrees = site.parent / "doctrees"
        messages = (site.parent / "messages").open("w+", encoding="utf-8")
        with messages, patch_docutils(site), docutils_namespace():
            app = Sphinx(
                site,
                site,
                self.out,
                self.doctrees,
                builder,
                settings,
                status=None,
                warning=messages,
                parallel=parallel,
            )
            app.build()
            messages.seek(0)
            self.messages = re.sub(r"\x1b\[[\d;]*m", "", messages.read()).splitlines()

    def images(self, path: str) -> list[dict[str, str]]:
        """Return the attributes of the pictures of a page."""
        main = read_html(self.out / path).xpath("(//main | //*[@role='main'])//img")
        return [dict(image.attrib) for image in main]

    def files(self) -> dict[str, bytes]:
        """Return all that was written, by path."""
        paths = (path for path in self.out.rglob("*") if path.is_file())
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in paths}


PHOTO = "![A photo](photo,1.jpg)\n"


@pytest.mark.parametrize(
    ("builder", "page", "up"), [("html", "posts/a.html", "../"), ("dirhtml", "posts/a/index.html", "../../")]
)
def test_a_picture_has_its_size_and_copies(builder: str, page: str, up: str, site: Path) -> None:
    """The page says how large a photo is, upright, and where its copies are; they are there."""
    post(site, PHOTO)
    built = Built(site, builder)
    (image,) = built.images(page)
    name = image["src"].removeprefix(f"{up}_images/").removesuffix(".jpg")
    assert name.startswith("photo%2C1-")
    assert image == {
        "alt": "A photo",
        "src": f"{up}_images/{name}.jpg",
        "width": "600",
        "height": "900",
        "srcset": f"{up}_images/{name}-480.webp 480w, {up}_images/{name}-600.webp 600w",
        "sizes": "(max-width: 600px) 100vw, 600px",
        "fetchpriority": "high",
    }
    assert len([*built.out.glob("_images/photo,1-*.webp")]) == 2
    assert built.messages == []


def test_the_picture_itself_is_published_as_it_is(site: Path) -> None:
    """A reader who opens it gets every byte that the author gave, and only they."""
    post(site, PHOTO)
    built = Built(site)
    (file,) = built.out.glob("_images/*.jpg")
    assert file.read_bytes() == (site / "posts/photo,1.jpg").read_bytes()
    assert [path.name for path in built.out.glob("_images/*.webp") if b"Ann" in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("![](photo,1.jpg){width=300}", {"width": "300", "height": "450"}),
        ('![](photo,1.jpg){width="50%"}', {"style": "width: 50%; height: auto", "width": "600"}),
        ("```{image} photo,1.jpg\n:scale: 50\n```", {"width": "300", "height": "450"}),
        ("```{figure} photo,1.jpg\n:height: 90px\n:target: a.html\n\nCaption\n```", {"width": "600"}),
        ("| a |\n|---|\n| [![x](drawing.svg)](drawing.svg) |", {"width": "40", "height": "20"}),
        ("![](drawing.svg)", {"width": "40", "height": "20", "alt": ""}),
        ("![](https://example.org/x.png)", {"src": "https://example.org/x.png"}),
    ],
)
def test_an_author_can_give_the_size(text: str, size: dict[str, str], site: Path) -> None:
    """In directives, attributes, tables and links, proportions stay right."""
    post(site, text)
    (image,) = Built(site).images("posts/a/index.html")
    assert size.items() <= image.items()


def test_a_picture_in_html_is_one_of_the_site(site: Path) -> None:
    """Named by its path from the post, it is published, with size and copies; others only wait."""
    html = '<p><IMG src="photo,1.jpg" width=300><img src="/x.png"><img src="//x.org/drawing.svg"></p>'
    post(site, f"{html}\n\nText <img src=drawing.svg> and <img src=drawing.txt>.\n")
    built = Built(site, parallel=2)
    first, *others = built.images("posts/a/index.html")
    assert (first["width"], first["height"], first["src"][:12]) == ("300", "450", "../../_image")
    assert "-480.webp 480w" in first["srcset"]
    assert [image.get("src", "")[:12] for image in others] == [
        *("/x.png", "//x.org/draw", "../../_image", "drawing.txt")
    ]
    assert [image.get("width") for image in others] == [None, None, "40", None]
    assert {image["loading"] for image in others} == {"lazy"}
    assert len([*built.out.glob("_images/*.svg")]) == len([*built.out.glob("_images/*.jpg")]) == 1


def test_the_first_picture_does_not_wait(site: Path) -> None:
    """It comes before all else if it is in sight; what one mode hides waits."""
    dark = "```{image} drawing.svg\n:class: only-dark\n```\n"
    post(site, f"{dark}\n![](drawing.svg) <img src=drawing.svg>\n")
    post(site, f"{'Word. ' * 150}\n\n![](drawing.svg) ![](drawing.svg)\n", "b")
    built = Built(site)
    keys = ("loading", "fetchpriority")
    pages = (
        [tuple(map(image.get, keys)) for image in built.images(f"posts/{name}/index.html")] for name in "ab"
    )
    assert [*pages] == [
        [("lazy", None), (None, "high"), ("lazy", None)],
        [(None, None), ("lazy", None)],
    ]
    assert built.images("posts/a/index.html")[0]["class"] == "only-dark"


def test_an_author_can_let_the_first_picture_wait(site: Path) -> None:
    """Docutils' option for it counts."""
    post(site, "```{image} photo,1.jpg\n:loading: lazy\n```\n")
    (image,) = Built(site).images("posts/a/index.html")
    assert (image["loading"], image.get("fetchpriority")) == ("lazy", None)


def test_lists_and_feeds_show_pictures_too(site: Path) -> None:
    """An excerpt has the copies as seen from its page; a feed has the picture itself, in full."""
    post(site, f"{PHOTO.strip()} <img src='photo,1.jpg'>\n")
    (site / "index.md").write_text(LIST, encoding="utf-8")
    built = Built(site)
    for image in built.images("index.html"):
        addresses = [image["src"], *(part.split()[0] for part in image["srcset"].split(","))]
        assert [address[:8] for address in addresses] == ["_images/"] * 3
    feed = lxml.html.fromstring((built.out / "blog/feed.json").read_text(encoding="utf-8").replace("\\", ""))
    first, second = (dict(image.attrib) for image in feed.iter("img"))
    assert first["src"] == second["src"]
    assert first["src"].startswith("https://example.org/blog/_images/photo%2C1-")
    assert (first["width"], second["height"]) == ("600", "900")
    assert {"srcset", "sizes", "loading"}.isdisjoint(first.keys() | second.keys())


BROKEN = {
    "empty.png": (b"", "is empty; put it there again"),
    "text.jpg": (b"<html>", "can't be read; save it anew as PNG, JPEG, WebP, AVIF, GIF or SVG"),
    "wrong.gif": (b"", "holds JPEG, not GIF; give it the suffix of that"),
    "cut.jpg": (b"", "is cut off or damaged; put it there again"),
}


def test_a_broken_picture_is_one_warning(site: Path) -> None:
    """It says the file, the line and what to do, and the page is written."""
    whole = (site / "posts/photo,1.jpg").read_bytes()
    contents = {name: content for name, (content, _) in BROKEN.items()}
    contents |= {"wrong.gif": whole, "cut.jpg": whole[:30_000]}
    for name, content in contents.items():
        (site / "posts" / name).write_bytes(content)
    post(site, "".join(f"Text.\n\n![x]({name}) ![x]({name})\n\n" for name in BROKEN))
    built = Built(site)
    assert [message.removeprefix(f"{site}/") for message in built.messages] == [
        f"posts/a.md:{line}: WARNING: The image posts/{name} {problem} [postdocs.picture]"
        for line, (name, (_, problem)) in zip(range(8, 99, 4), BROKEN.items(), strict=False)
    ]
    assert len(built.images("posts/a/index.html")) == 8


def test_a_change_of_a_picture_reaches_all_that_show_it(site: Path) -> None:
    """After an edit, pages, lists and files are those of a clean build, in whatever number of processes."""
    (site / "index.md").write_text(LIST, encoding="utf-8")
    post(site, PHOTO)
    post(site, "Text <img src='photo,1.jpg'>.\n\n<img src=later.png>\n", "b")
    post(site, "Text.\n", "c")

    def grow() -> None:
        photo((1000, 300)).save(site / "posts/photo,1.jpg", quality=95)

    def come() -> None:
        photo((700, 300)).save(site / "posts/later.png")

    def go() -> None:
        post(site, "No picture any more.\n", "b")

    before: dict[str, bytes] = {}
    for number, change in enumerate((lambda: None, grow, come, go)):
        change()
        again = Built(site, parallel=number % 2 + 1).files()
        clean = site.parent / f"clean-{number}"
        shutil.copytree(site, clean / "site")
        assert again == Built(clean / "site").files()
        assert again != before
        before = again


def test_a_second_build_converts_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies are kept between builds, and copied only where they are not there."""
    post(site, PHOTO)
    first = Built(site)
    times = {path: path.stat().st_mtime_ns for path in first.out.glob("_images/*.webp")}
    monkeypatch.setattr("postdocs.sphinx_ext.images.cache.copies", None)
    post(site, f"{PHOTO}\nMore.\n")
    again = Built(site)
    assert again.messages == []
    assert {path: path.stat().st_mtime_ns for path in again.out.glob("_images/*.webp")} == times != {}
    next(iter(times)).unlink()
    assert Built(site).files() == again.files()


@pytest.mark.parametrize("theme", ["alabaster", "pydata_sphinx_theme", "postdocs"])
def test_any_theme_shows_pictures_so(theme: str, site: Path) -> None:
    """A theme with a translator of its own keeps it."""
    post(site, PHOTO)
    built = Built(site, html_theme=theme)
    (image,) = built.images("posts/a/index.html")
    assert (image["width"], "srcset" in image, built.messages) == ("600", True, [])


@pytest.mark.parametrize("builder", ["singlehtml", "text", "epub"])
def test_other_builders_are_as_they_were(builder: str, site: Path) -> None:
    """Where there is no page for each post, a picture is what Sphinx makes of it."""
    post(site, f"---\norphan: true\n---\n\n{PHOTO}\n<img src=drawing.svg>\n")
    built = Built(site, builder, epub_show_urls="no", version="1")
    assert [path for path in built.files() if path.endswith("webp")] == []


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_what_is_known_of_a_picture_is_of_one_build(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """Two builds in one process know nothing of each other."""
    app.build()
    other = make_app("dirhtml", srcdir=app.srcdir)
    assert getattr(app.builder, "pictures", None) != {}
    assert getattr(other.builder, "pictures", None) == {}
