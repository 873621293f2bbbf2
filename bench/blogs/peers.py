"""The same blog for Pelican, Nikola, MkDocs-Material and Hugo, each in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from blogs.corpora import Corpus
from blogs.corpus import AUTHORS, Post, write_posts
from blogs.tools import Tool

_PELICAN = """\
AUTHOR = SITENAME = "Bench"
SITEURL = "https://bench.example"
PATH = "content"
STATIC_PATHS = ["images"]
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
TAG_FEED_ATOM = "feeds/tag-{slug}.atom.xml"
AUTHOR_FEED_ATOM = "feeds/author-{slug}.atom.xml"
DEFAULT_PAGINATION = 20
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
"""
_NIKOLA = """\
BLOG_AUTHOR = BLOG_TITLE = BLOG_DESCRIPTION = "Bench"
SITE_URL = "https://bench.example/"
BLOG_EMAIL = "bench@example.org"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
THEME = "bootblog4"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = ()
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = [
    "markdown.extensions.fenced_code", "markdown.extensions.codehilite", "markdown.extensions.extra"
]
"""
_MKDOCS = """\
site_name: Bench
site_url: https://bench.example/
theme:
  name: material
  font: false
plugins:
  - search
  - tags
  - blog:
      blog_dir: .
      post_url_format: "posts/{slug}"
markdown_extensions: [footnotes, attr_list, pymdownx.highlight, pymdownx.superfences]
"""
_HUGO = """\
baseURL = "https://bench.example/"
title = "Bench"
[pagination]
pagerSize = 20
[taxonomies]
author = "authors"
category = "categories"
tag = "tags"
"""
_LAYOUTS = {  # Hugo brings no theme
    "baseof": '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>'
    '</head><body><nav><a href="/">Bench</a></nav>{{ block "main" . }}{{ end }}</body></html>',
    "single": '{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Date.Format "2006-01-02" }}</p>{{ .Content }}'
    "{{ with .PrevInSection }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}"
    "{{ with .NextInSection }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}{{ end }}",
    "list": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ range (.Paginate .RegularPagesRecursive).Pages }}'
    "<h2><a href={{ .RelPermalink }}>{{ .Title }}</a></h2>{{ .Summary }}{{ end }}"
    '{{ template "_internal/pagination.html" . }}{{ end }}',
    "terms": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .Pages }}'
    "<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}{{ end }}",
}


def peers(environments: Path, corpus: Corpus) -> Iterator[Tool]:
    """Yield the tools, which are installed where they are not yet, with a blog to build."""
    # Nikola waits for seconds where its plugin for Jinja has none.
    packages = {"pelican": ["markdown"], "nikola": ["markdown", "jinja2"], "mkdocs-material": [], "hugo": []}
    places = {name: _environment(environments / name, name, *more) for name, more in packages.items()}
    versions = {name: _version(place, name) for name, place in places.items()}
    yield Tool(
        f"Pelican {versions['pelican']}, with its cache",
        write=partial(_pelican, corpus),
        build=[f"{places['pelican']}/pelican", "content"],
        output="output",
        left=("output", "cache"),
        source="content/posts",
    )
    yield Tool(
        f"Nikola {versions['nikola']}",
        write=partial(_nikola, corpus),
        build=[f"{places['nikola']}/nikola", "build", "-n", str(os.cpu_count())],
        output="output",
        left=("output", "cache", ".doit*"),
        source="posts",
    )
    mkdocs = Tool(
        f"MkDocs-Material {versions['mkdocs-material']}",
        write=partial(_mkdocs, corpus),
        build=[f"{places['mkdocs-material']}/mkdocs", "build", "--quiet"],
        output="site",
        left=("site", ".cache"),
        source="docs/posts",
    )
    yield mkdocs
    yield replace(mkdocs, name=f"{mkdocs.name}, dirty", again=[*mkdocs.build, "--dirty"])
    yield Tool(
        f"Hugo {versions['hugo']}",
        write=partial(_hugo, corpus),
        build=[f"{places['hugo']}/hugo", "--quiet"],
        output="public",
        left=("public", "resources", ".hugo*"),
        source="content/posts",
    )


def _environment(folder: Path, *packages: str) -> Path:
    """Return the folder of programs of an environment that has packages."""
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if not (folder / "installed").is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)  # noqa: S603 - our own
        subprocess.run([f"{programs}/python", "-m", "pip", "install", "--quiet", *packages], check=True)  # noqa: S603 - our own
        (folder / "installed").touch()
    return programs.absolute()


def _version(programs: Path, package: str) -> str:
    code = f"from importlib.metadata import version; print(version({package!r}))"
    done = subprocess.run([f"{programs}/python", "-c", code], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    return done.stdout.strip()


def _yaml(post: Post) -> str:
    return (
        f"---\ntitle: {post.title}\nslug: {post.slug}\ndate: {post.date:%Y-%m-%dT%H:%M:%SZ}\n"
        f"authors: [{post.author}]\ncategories: [{post.category}]\ntags: [{', '.join(post.tags)}]\n---\n"
    )


def _pelican(corpus: Corpus, root: Path, number: int) -> list[Post]:
    def head(post: Post) -> str:
        return (
            f"Title: {post.title}\nSlug: {post.slug}\nDate: {post.date:%Y-%m-%d %H:%M}\n"
            f"Author: {post.author}\nCategory: {post.category}\nTags: {', '.join(post.tags)}\n"
        )

    made = corpus.posts(number)
    write_posts(
        root / "content/posts",
        made,
        head,
        lambda post: f"{{filename}}/posts/{post.path}",
        "{{static}}/images/{}",
    )
    corpus.write_pictures(root / "content/images")
    (root / "pelicanconf.py").write_text(_PELICAN, encoding="utf-8")
    return made


def _nikola(corpus: Corpus, root: Path, number: int) -> list[Post]:
    def head(post: Post) -> str:
        return (
            f"<!--\n.. title: {post.title}\n.. slug: {post.slug}\n.. date: {post.date:%Y-%m-%d %H:%M} UTC\n"
            f".. author: {post.author}\n.. category: {post.category}\n.. tags: {', '.join(post.tags)}\n-->\n"
        )

    made = corpus.posts(number)
    write_posts(root / "posts", made, head, lambda post: f"link://slug/{post.slug}", "/images/{}")
    corpus.write_pictures(root / "files/images")
    (root / "conf.py").write_text(_NIKOLA, encoding="utf-8")
    return made


def _mkdocs(corpus: Corpus, root: Path, number: int) -> list[Post]:
    made = corpus.posts(number)
    write_posts(root / "docs/posts", made, _yaml, lambda post: f"../{post.path}", "../../images/{}")
    for post in made:
        file = root / "docs/posts" / post.path
        text = file.read_text(encoding="utf-8").replace(post.author, post.author.split()[0].lower(), 1)
        file.write_text(text.replace("\n\n## ", "\n\n<!-- more -->\n\n## ", 1), encoding="utf-8")
    corpus.write_pictures(root / "docs/images")
    authors = "".join(
        f"  {name.split()[0].lower()}: {{name: {name}, description: Author, avatar: /images/plot-0.png}}\n"
        for name in AUTHORS
    )
    (root / "docs/.authors.yml").write_text(f"authors:\n{authors}", encoding="utf-8")
    (root / "docs/index.md").write_text("# Bench\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
    return made


def _hugo(corpus: Corpus, root: Path, number: int) -> list[Post]:
    made = corpus.posts(number)
    write_posts(
        root / "content/posts",
        made,
        _yaml,
        lambda post: f'{{{{< ref "/posts/{post.path}" >}}}}',
        "/images/{}",
    )
    corpus.write_pictures(root / "static/images")
    layouts = root / "layouts/_default"
    layouts.mkdir(parents=True, exist_ok=True)
    for name, text in _LAYOUTS.items():
        (layouts / f"{name}.html").write_text(text, encoding="utf-8")
    (root / "hugo.toml").write_text(_HUGO, encoding="utf-8")
    return made
