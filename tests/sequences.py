"""Random sites, and random changes of them: what authors do to a blog, in any order."""

from __future__ import annotations

import base64
import json
import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from photos import photo

_CONF = """\
project = blog_title = {project!r}
extensions = [{parser!r}, "ablog", "postdocs", *{extensions!r}]
blog_baseurl = html_baseurl = "https://example.org/~lab/"
blog_post_pattern = ["posts/**/*.md", "posts/**/*.ipynb"]
blog_authors = {authors!r}
postdocs_authors = {people!r}
blog_feed_length = {feed!r}
postdocs_page_length = {length!r}
postdocs_timezone = {zone!r}
myst_heading_anchors = 3
myst_enable_extensions = ["dollarmath", "colon_fence"]
numfig = True
html_theme = {theme!r}
html_static_path = ["static"]
html_css_files = ["own.css"]
templates_path = ["templates"]
html_sidebars = {bars!r}
html_copy_source = {sources!r}
exclude_patterns = ["templates", "static"]
{more}
"""
_TAGS = ["Python", "python", "C", "C++", "C, or less", "Deep Learning", "deep-learning", "日本語", "!!!"]
_AUTHORS = ["Ann", "Bob, Jr.", "Cleo"]
_WORDS = ["lattice", "solver", "mesh", "kernel", "array", "sparse", "tensor", "graph", "cluster"]
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360606060"
    "000000050001a5f645400000000049454e44ae426082".replace(" ", "")
)


@dataclass(frozen=True)
class Kind:
    """What a site is built with, beside ablog and Postdocs.

    themes: one of these is chosen. parser: of Markdown. extensions: further ones. settings: lines of
    `conf.py`. parts: blocks that articles may have; `{number}` in them is another one each time. files:
    further files by path, each with the texts that it may have. has_notebooks: whether posts may be such.
    """

    themes: tuple[str, ...] = ("basic", "basic", "basic", "postdocs")
    parser: str = "myst_parser"
    extensions: tuple[str, ...] = ()
    settings: str = ""
    parts: tuple[str, ...] = ()
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    has_notebooks: bool = False


_PLAIN = Kind()


@dataclass
class Post:
    """A post as its author sees it."""

    name: str
    year: int
    title: str
    day: int
    tags: list[str]
    authors: list[str]
    body: list[str]
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path of its file."""
        return f"posts/{self.year}/{self.name}.md"

    @property
    def text(self) -> str:
        """What its file holds."""
        lines = [
            f"title: {self.title!r}",
            f"date: {self.year}-{self.day % 12 + 1:02}-{self.day:02}T10:00:00+02:00",
            f"tags: {self.tags!r}",
            f"author: {self.authors!r}",
            *(f"{key}: {value}" for key, value in self.keys.items()),
        ]
        return "\n".join(["---", *lines, "---", "", *(f"{part}\n" for part in self.body)])


class Site:
    """A site that changes."""

    def __init__(self, root: Path, seed: int, kind: Kind = _PLAIN) -> None:
        self.root = root
        self.kind = kind
        self.chance = random.Random(seed)  # noqa: S311 - a game of dice
        self.epoch = 1_700_000_000
        self.settings: dict[str, object] = {
            "project": "A lab & its blog",
            "authors": {"Ann": ("Ann Example", "https://example.org/~ann/")},
            "people": {},
            "feed": None,
            "length": 3,
            "zone": "Europe/Berlin",
            "bars": {},
            "sources": True,
            "theme": self.chance.choice(kind.themes),
            "parser": kind.parser,
            "extensions": kind.extensions,
            "more": kind.settings,
        }
        self.posts: list[Post] = []
        self.count = 0
        self._write("index.md", "# Home\n\n```{toctree}\npage\nmore\n```\n\n```{recent-posts} 2\n```\n")
        self._write(
            "more.md", "# More\n\n```{postlist} 3\n:tags: Python\n:excerpts:\n```\n\n{ref}`the-page`\n"
        )
        self._write(
            "page.md", "(the-page)=\n# A page\n\n## Part one\n\n```{glossary}\nmesh\n: Of points.\n```\n"
        )
        self._write("static/own.css", "p { color: black }\n")
        self._write("ann.png", _PNG)
        self._write("templates/.keep", "")
        self.rest()
        for path, texts in kind.files.items():
            self._write(path, texts[0])
        if kind.has_notebooks:
            self.compute()
        for _ in range(5):
            self.add()
        self._conf()

    def _write(self, path: str, content: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def _conf(self) -> None:
        self._write("conf.py", _CONF.format_map(self.settings))

    def _put(self, post: Post) -> None:
        self._write(post.path, post.text)

    def _any(self) -> Post:
        return self.chance.choice(self.posts)

    def _sentence(self) -> str:
        return " ".join(self.chance.choices(_WORDS, k=6)).capitalize() + "."

    def _part(self) -> str:
        """Return a block of an article, which may refer to others."""
        other = self._any() if self.posts else None
        number = self.chance.randrange(10**6)
        target = f"../{other.year}/{other.name}.md" if other else "../../page.md"
        name = other.name if other else "the-page"
        return self.chance.choice(
            [
                self._sentence(),
                f"## {self._sentence()[:-1]}",
                f"See [that post]({target}) and []({target}).",
                f"See {{ref}}`{name}` and {{ref}}`the-page`, {{term}}`mesh`.",
                "See [the part](../../page.md#part-one), {doc}`/page`.",
                f"![A figure](figure.png)\n\n(label-{number})=\n### A label\n\n[](#label-{number})",
                f"{{#place-{number % 9}}}\n## A place\n\n[](#place-{number % 9})",  # as other posts have
                f"$$e = {number}$$ (eq-{number})\n\nBy {{eq}}`eq-{number}`.",
                f"A note[^n{number}].\n\n[^n{number}]: {self._sentence()}",
                'A figure <img src="figure.png" alt=""> in HTML.',
                "```{index} single: mesh; made\n```\n\n" + self._sentence(),
                "```python\nprint(1 < 2)\n```",
                "```{update} 2023-02-01\nCorrected.\n```",
                " ".join([self._sentence()] * 60),  # which takes longer to read
                *(part.replace("{number}", str(number)) for part in self.kind.parts),
            ]
        )

    # What authors do.

    def add(self) -> None:
        """Write a new post; some have the file name of another, in another year."""
        self.count += 1
        name = self.chance.choice([f"post-{self.count}", f"post-{self.count}", "recap"])
        year = self.chance.randrange(2019, 2024)
        if any((post.name, post.year) == (name, year) for post in self.posts):
            name = f"post-{self.count}"
        tags = self.chance.sample(_TAGS, k=self.chance.randrange(4))
        authors = self.chance.sample(_AUTHORS, k=self.chance.randrange(3))
        day = self.chance.randrange(1, 28)
        body = [self._sentence(), *(self._part() for _ in range(3))]
        post = Post(name, year, f"Post {self.count}: {self._sentence()}", day, tags, authors, body)
        self._write(f"posts/{year}/figure.png", _PNG + bytes([year % 256]))
        self.posts.append(post)
        self._put(post)

    def rest(self) -> None:
        """Write a post in reStructuredText, with ablog's directive."""
        title = self._sentence()
        lines = [title, "=" * len(title), "", f".. post:: 2021-03-{self.chance.randrange(1, 28):02}"]
        lines += [f"   :tags: {self.chance.choice(_TAGS)}", "   :author: Ann", "", self._sentence(), ""]
        self._write("posts/2021/rest.rst", "\n".join(lines))

    def compute(self) -> None:
        """Run a notebook again that is a post."""
        outputs = [
            {"output_type": "stream", "name": "stdout", "text": self._sentence()},
            {"output_type": "display_data", "metadata": {}, "data": {"image/png": self._image()}},
        ]
        front = (
            f"---\ntitle: {self._sentence()}\ndate: 2022-05-06\ntags: [{self.chance.choice(_WORDS)}]\n---\n"
        )
        text = f"{front}{self._sentence()}\n\n{self._part()}"
        cells = [
            {"cell_type": "markdown", "id": "text", "metadata": {}, "source": text},
            {
                "cell_type": "code",
                "id": "code",
                "execution_count": 1,
                "metadata": {},
                "outputs": outputs,
                "source": "mesh()",
            },
        ]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells}
        self._write("posts/2022/notebook.ipynb", json.dumps(notebook))

    def _image(self) -> str:
        return base64.b64encode(_PNG + self.chance.randbytes(2)).decode()

    def replace(self) -> None:
        """Give a file that articles refer to another text."""
        path, texts = self.chance.choice([*self.kind.files.items()])
        self._write(path, self.chance.choice(texts))

    def edit(self) -> None:
        """Change the text of a post."""
        post = self._any()
        if len(post.body) > 4 and self.chance.random() < 0.5:
            del post.body[self.chance.randrange(len(post.body))]
        else:
            post.body.insert(self.chance.randrange(len(post.body) + 1), self._part())
        self._put(post)

    def retitle(self) -> None:
        """Give a post another title."""
        post = self._any()
        post.title = f"{self._sentence()} <b>&amp;"
        self._put(post)

    def redate(self) -> None:
        """Move a post in time, within its year; some into the future."""
        post = self._any()
        post.day = self.chance.randrange(1, 28)
        self._put(post)

    def relabel(self) -> None:
        """Give a post other tags and authors."""
        post = self._any()
        post.tags = self.chance.sample(_TAGS, k=self.chance.randrange(4))
        post.authors = self.chance.sample(_AUTHORS, k=self.chance.randrange(3))
        self._put(post)

    def delete(self) -> None:
        """Take a post away."""
        if len(self.posts) > 2:
            post = self.posts.pop(self.chance.randrange(len(self.posts)))
            (self.root / post.path).unlink()

    def rename(self) -> None:
        """Give the file of a post another name."""
        post = self._any()
        (self.root / post.path).unlink()
        self.count += 1
        post.name = f"renamed-{self.count}"
        self._put(post)

    def say(self) -> None:
        """Set or remove a key of the front matter."""
        post = self._any()
        key, values = self.chance.choice(
            [
                ("draft", ["true"]),
                ("permalink", [f"/blog/{post.name}/", f"/old/{post.name}.html", f"/?p={self.count}"]),
                ("aliases", [f"[/was/{post.name}/, /was/{post.name}.html]", f"[/?q={post.name}]"]),
                ("summary", ["A summary & more.", "Another."]),
                ("updated", ["2023-05-05"]),
                ("image", ["figure.png", "1", "https://example.org/x.png"]),
                ("canonical", ["https://example.com/elsewhere/"]),
                ("id", [f"tag:example.org,2001:{self.count}-{post.name}"]),
                ("doi", ["10.5281/zenodo.17", "10.5281/zenodo.18"]),
                ("license", ["CC-BY-4.0", "MIT"]),
                ("language", ["de", "ar", "fr"]),
                ("series", ["Heat, slowly", "heat slowly", "Meshes"]),
                ("part", ["1", "2", "3"]),
                ("comments", ["false"]),
                ("translation_of", [f"posts/{other.year}/{other.name}" for other in self.posts]),
            ]
        )
        if key in post.keys and self.chance.random() < 0.5:
            del post.keys[key]
        else:
            post.keys[key] = self.chance.choice(values)
        self._put(post)

    def name_entries(self) -> None:
        """Keep the ids of a former feed."""
        posts = self.chance.sample(self.posts, k=2)
        ids = (f'"posts/{post.year}/{post.name}" = "urn:{self.chance.randrange(99)}"\n' for post in posts)
        self._write("entry-ids.toml", "".join(ids))

    def draw(self) -> None:
        """Change a picture, or take it away."""
        path = self.chance.choice([f"posts/{self._any().year}/figure.png", "ann.png"])
        if self.chance.random() < 0.2 and path != "ann.png":
            (self.root / path).unlink(missing_ok=True)
        elif self.chance.random() < 0.5:
            self._write(path, _PNG + self.chance.randbytes(4))
        else:
            photo((self.chance.choice([500, 700]), self.chance.randrange(200, 400))).save(self.root / path)

    def page(self) -> None:
        """Change a page that is no post, its name for references and its heading."""
        label = self.chance.choice(["the-page", "the-page", "a-page"])
        self._write(
            "page.md",
            f"({label})=\n# A page of {self._sentence()}\n\n## Part {self.chance.choice(['one', 'two'])}\n\n"
            "```{glossary}\nmesh\n: Of points.\n```\n",
        )

    def own_list(self) -> None:
        """Write a page where a list would be, with an introduction to it or without, or remove it."""
        path = self.chance.choice(["blog/tag/python.md", "blog/series/heat-slowly.md", "blog/archive.md"])
        file = self.root / path
        if file.exists() and self.chance.random() < 0.6:
            file.unlink()
        else:
            text = self.chance.choice(["", f"{self._sentence()} {{ref}}`the-page`\n"])
            self._write(path, f"---\norphan: true\n---\n\n# Mine\n\n{text}")

    def configure(self) -> None:
        """Change a setting."""
        choices: list[tuple[str, list[object]]] = [
            ("project", ["Another lab", "A lab & its blog"]),
            ("authors", [{}, {"Ann": ("Ann Exemplar", None)}]),
            ("people", [{}, {"Ann Example": {"biography": self._sentence(), "image": "ann.png"}}]),
            ("feed", [2, 3, 0]),
            ("length", [2, 3, 50]),
            ("zone", ["UTC", "Asia/Tokyo"]),
            ("bars", [{}, {"**": ["ablog/recentposts.html", "ablog/tagcloud.html"]}]),
            ("sources", [True, False]),
        ]
        key, values = self.chance.choice(choices)
        self.settings[key] = self.chance.choice(values)
        self._conf()

    def style(self) -> None:
        """Change the style sheet, or a template."""
        if self.chance.random() < 0.5:
            self._write("static/own.css", f"p {{ margin: {self.chance.randrange(99)}px }}\n")
        else:
            text = f'{{% extends "!layout.html" %}}{{% block footer %}}{self._sentence()}{{% endblock %}}'
            self._write("templates/layout.html", text)

    def wait(self) -> None:
        """Let time go by, or back."""
        self.epoch = self.chance.choice([1_600_000_000, 1_650_000_000, 1_700_000_000])

    def restore(self) -> None:
        """Put an older state of a post in its place, with its older time."""
        post = self._any()
        post.body.append(self._part())
        self._put(post)
        os.utime(self.root / post.path, (1_500_000_000, 1_500_000_000))

    def change(self) -> str:
        """Do one of these things; return which."""
        deeds: list[Callable[[], None]] = [
            *(self.add, self.edit, self.edit, self.retitle, self.redate, self.relabel, self.delete),
            *(self.rename, self.say, self.say, self.draw, self.page, self.own_list, self.configure),
            *(self.style, self.wait, self.restore, self.rest, self.name_entries),
            *([self.compute, self.compute] if self.kind.has_notebooks else []),
            *([self.replace, self.replace] if self.kind.files else []),
        ]
        deed = self.chance.choice(deeds)
        deed()
        return deed.__name__
