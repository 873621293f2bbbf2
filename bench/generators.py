"""Import sites that generators built: Pelican, Nikola, MkDocs, Hugo and Jekyll, where they are installed.

Each gets the same invented posts, with code, tables, footnotes, formulas, pictures, quotes, lists and embeds.
The site that it builds is imported without its sources; what is lost, and whether the words of posts are
those of their sources, is printed. Run it in a folder with a `conf.py`: `python bench/generators.py`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from postdocs.importer.built import site
from postdocs.importer.sources.archive import of_folder
from postdocs.importer.sources.text import plain

URL = "https://tarn.example.org"
WORDS = ("amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "harbor", "inlet", "jetty", "kelp")
FIRST = datetime(2019, 1, 5, 9, 30, tzinfo=timezone(timedelta(hours=2)))
PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00"
    b"\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


@dataclass(frozen=True)
class Post:
    """A post to write."""

    title: str
    slug: str
    date: datetime
    tags: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Generator:
    """A generator. write: puts the sources of a blog into a folder. output: where it writes the site to."""

    command: tuple[str, ...]
    write: Callable[[Path, list[Post]], None]
    output: str


def posts(number: int) -> list[Post]:
    """Invent posts, the same each time."""
    chance = random.Random(number)  # noqa: S311 - the same posts each time

    def say(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words)).capitalize()

    def text(at: int) -> str:
        kinds = [
            f"## {say(2)} {at}\n\n```python\ndef {say(1).lower()}(x):\n    return x + {at}\n```",
            f"| {say(1)} | {say(1)} |\n|---|---:|\n| {say(2)} | {at} |\n| {say(1)} | {at + 1} |",
            f"{say(8)}[^a] {say(4)}.\n\n[^a]: {say(6)}.",
            f"> {say(15)}.\n>\n> {say(6)}.",
            f"1. {say(3)}\n2. {say(3)}\n    - {say(2)}\n    - {say(2)}\n3. {say(2)}",
            f"![{say(2)}](/images/pixel.gif)",
            f'<iframe src="https://www.youtube.com/embed/abcdefghi{at:02}" title="{say(2)}"></iframe>',
            f"<details><summary>{say(2)}</summary><p>{say(9)}.</p></details>",
            f"{say(1)}\n:   {say(7)}.\n\n{say(1)}\n:   {say(7)}.",
            "```bash\npip install tarn\n```\n\nThis post belongs to the series on the tarn.",
            f"## {say(2)}\n\n{say(40)}.\n\n***\n\n{say(22)}.",
        ]
        chosen = [kinds[(3 * at + place) % len(kinds)] for place in range(7)]
        link = f"[{say(2)}](https://docs.example.net/{at})"
        return "\n\n".join([f"{say(30)}.", f"See {link}, *{say(2)}* and `code_{at}`.", *chosen]) + "\n"

    return [
        Post(
            title := say(3).title(),
            f"{title.lower().replace(' ', '-')}-{at}",
            FIRST + timedelta(days=37 * at, minutes=11 * at),
            tuple(chance.sample(["maps", "tides", "python"], k=1 + at % 3)),
            text(at),
        )
        for at in range(number)
    ]


def put(file: Path, content: str | bytes) -> None:
    """Write a file, and its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def pelican(folder: Path, blog: list[Post]) -> None:
    """Write a blog for Pelican."""
    for post in blog:
        head = f"Title: {post.title}\nDate: {post.date.isoformat()}\nSlug: {post.slug}"
        head += f"\nTags: {', '.join(post.tags)}"
        put(folder / "content" / f"{post.slug}.md", f"{head}\n\n{post.text}")
    put(folder / "content/images/pixel.gif", PIXEL)
    settings = {
        "AUTHOR": "Ida",
        "SITENAME": "Tarn Notes",
        "SITEURL": URL,
        "PATH": "content",
        "TIMEZONE": "UTC",
    }
    put(folder / "pelicanconf.py", "".join(f"{name} = {value!r}\n" for name, value in settings.items()))


def nikola(folder: Path, blog: list[Post]) -> None:
    """Write a blog for Nikola."""
    for post in blog:
        head = f".. title: {post.title}\n.. slug: {post.slug}\n.. date: {post.date.isoformat(' ')}"
        put(
            folder / "posts" / f"{post.slug}.md",
            f"<!--\n{head}\n.. tags: {', '.join(post.tags)}\n-->\n\n{post.text}",
        )
    put(folder / "images/pixel.gif", PIXEL)
    put(
        folder / "conf.py",
        f'BLOG_AUTHOR = "Ida"\nBLOG_TITLE = "Tarn Notes"\n'
        f'SITE_URL = "{URL}/"\nBLOG_EMAIL = "a@b.example"\n'
        'BLOG_DESCRIPTION = ""\n'
        'DEFAULT_LANG = "en"\nTRANSLATIONS = {"en": ""}\nTIMEZONE = "Europe/Helsinki"\n'
        'POSTS = (("posts/*.md", "posts", "post.tmpl"),)\nPAGES = ()\n'
        'COMPILERS = {"markdown": (".md",)}\nTHEME = "bootblog4"\n',
    )


def mkdocs(folder: Path, blog: list[Post]) -> None:
    """Write a blog for MkDocs with Material."""
    for post in blog:
        head = f"date: {post.date.isoformat()}\ntags: {json.dumps(post.tags)}\nslug: {post.slug}"
        text = f"---\n{head}\n---\n\n# {post.title}\n\n{post.text}"
        put(folder / f"docs/blog/posts/{post.slug}.md", text.replace("(/images/", "(../../images/"))
    put(folder / "docs/blog/index.md", "# Blog\n")
    put(folder / "docs/index.md", "# Home\n\nA home by the water.\n")
    put(folder / "docs/images/pixel.gif", PIXEL)
    put(
        folder / "mkdocs.yml",
        f"site_name: Tarn Notes\nsite_url: {URL}/\n"
        "theme: {name: material, font: false}\nplugins: [blog, tags]\n"
        "markdown_extensions:\n"
        "  [footnotes, def_list, tables, pymdownx.superfences, {toc: {permalink: true}}]\n",
    )


def hugo(folder: Path, blog: list[Post]) -> None:
    """Write a blog for Hugo, with a small theme."""
    for post in blog:
        head = f"title: {post.title}\ndate: {post.date.isoformat()}\ntags: {json.dumps(post.tags)}"
        put(folder / f"content/posts/{post.slug}.md", f"---\n{head}\n---\n{post.text}")
    put(folder / "static/images/pixel.gif", PIXEL)
    put(
        folder / "config.toml",
        f'baseURL = "{URL}/"\ntitle = "Tarn Notes"\n[markup.goldmark.renderer]\nunsafe = true\n'
        "[markup.highlight]\nlineNos = true\n",
    )
    layout = """<html><head><title>{{ .Title }} | Tarn Notes</title>
<link rel="canonical" href="{{ .Permalink }}">
{{ template "_internal/opengraph.html" . }}</head><body><header><a href="/">Tarn Notes</a></header><main>
{{ block "main" . }}{{ end }}</main><footer>Made of reeds</footer></body></html>"""
    single = """{{ define "main" }}<article><header><h1>{{ .Title }}</h1>
<p class="meta">{{ .Date }}</p></header>
<div class="body">{{ .Content }}</div><footer class="tags">{{ range .Params.tags }}
<a href="/tags/{{ . }}/">{{ . }}</a>{{ end }}</footer></article>{{ end }}"""
    listed = """{{ define "main" }}{{ range .Pages }}<article>
<h2><a href="{{ .Permalink }}">{{ .Title }}</a></h2>
{{ .Summary }}</article>{{ end }}{{ end }}"""
    put(folder / "layouts/_default/baseof.html", layout)
    put(folder / "layouts/_default/single.html", single)
    put(folder / "layouts/_default/list.html", listed)


def jekyll(folder: Path, blog: list[Post]) -> None:
    """Write a blog for Jekyll in its theme minima."""
    for post in blog:
        head = f"layout: post\ntitle: {post.title}\ndate: {post.date.isoformat(' ')}"
        head += f"\ntags: {json.dumps(post.tags)}"
        put(folder / f"_posts/{post.date:%Y-%m-%d}-{post.slug}.md", f"---\n{head}\n---\n{post.text}")
    put(folder / "index.md", "---\nlayout: home\n---\n")
    put(folder / "images/pixel.gif", PIXEL)
    plugins = "plugins: [jekyll-feed, jekyll-seo-tag, jekyll-sitemap]"
    put(folder / "_config.yml", f"title: Tarn Notes\nurl: {URL}\ntheme: minima\n{plugins}\n")


GENERATORS = {
    "pelican": Generator(("pelican", "-s", "pelicanconf.py"), pelican, "output"),
    "nikola": Generator(("nikola", "build"), nikola, "output"),
    "mkdocs": Generator(("mkdocs", "build"), mkdocs, "site"),
    "hugo": Generator(("hugo",), hugo, "public"),
    "jekyll": Generator(("jekyll", "build"), jekyll, "_site"),
}


def words(html: str) -> list[str]:
    """Return the words of HTML, but for the marks of footnotes and headings and the numbers of lines."""
    html = re.sub(r"<sup\b.*?</sup>|<a class=\"headerlink\".*?</a>|<td class=\"linenos\".*?</td>", "", html)
    return [word for word in re.findall(r"\w+", plain(html)) if not word.isdigit()]


def main() -> None:
    """Build and import the site of each generator that is installed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=32, help="how many posts (32)")
    blog = posts(parser.parse_args().posts)
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    markdown.use(footnote_plugin).use(deflist_plugin)
    sources = {post.title: words(markdown.render(post.text)) for post in blog}
    for name, generator in GENERATORS.items():
        if shutil.which(generator.command[0]) is None:
            print(f"{name}: not installed")
            continue
        with tempfile.TemporaryDirectory() as top:
            generator.write(Path(top), blog)
            subprocess.run(generator.command, cwd=top, check=True, capture_output=True)  # noqa: S603 - our own
            built = Path(top, generator.output)
            entries = site.read(of_folder(built), None).entries
            same = sum(sources.get(entry.title) == words(entry.content) for entry in entries)
            command = [sys.executable, "-m", "postdocs", "import", str(built), "--into", f"posts/{name}"]
            report = subprocess.run(  # noqa: S603 - our own
                [*command, "--dry-run"], capture_output=True, text=True, check=False
            )
        print(f"{name}: {same} of {len(blog)} posts with the words of their sources;", _last(report.stdout))


def _last(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.endswith("lost")), "no summary")


if __name__ == "__main__":
    main()
