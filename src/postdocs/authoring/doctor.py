"""What of a site is not ready to be published, and what to do about it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from postdocs.authoring.pictures import pictures_in
from postdocs.authoring.placement import matches
from postdocs.authoring.renaming import files_of
from postdocs.authoring.source_links import MARKDOWN, references
from postdocs.core import frontmatter, markdown_source, notebook, restructured_source
from postdocs.core.conf import Settings
from postdocs.core.errors import PostdocsError
from postdocs.core.post import Post

_LARGEST = 2_000_000  # bytes of a picture
_PICTURES = {".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}
_SOON = timedelta(days=366)
_EPOCH = 1970  # the year of dates that a program has made of nothing
_SITES = (".example", ".invalid", ".localhost", ".test", ".example.com", ".example.net", ".example.org")
_AUTHORS = {"Ann Example", "The SciPy Chronicle"}  # of the sites that people begin with
# What publishes a site: a file of one of these names, or any in the folder.
_WORKFLOWS = (".github/workflows/", ".forgejo/workflows/", ".gitea/workflows/", ".circleci/")
_PIPELINES = {
    *(".gitlab-ci.yml", ".readthedocs.yaml", ".readthedocs.yml", ".travis.yml", ".woodpecker.yml"),
    *("netlify.toml", "vercel.json", "wrangler.toml", "wrangler.jsonc", "azure-pipelines.yml"),
    *("bitbucket-pipelines.yml", "Jenkinsfile", ".build.yml"),
}


@dataclass(frozen=True)
class Finding:
    """Something that is not ready. is_in_the_way: whether the site can't be published like that."""

    error: PostdocsError
    is_in_the_way: bool = False


@dataclass(frozen=True)
class Site:
    """A site before it is built.

    conf: the path of its settings, as messages name it. values: what that sets. line_of: returns the line of
    a setting. texts: the sources of pages, by their paths from the folder of the site. sizes: of all files,
    in bytes. untracked: files that Git doesn't know; None where there is no repository. ignores_output:
    whether Git leaves out what a build makes.
    """

    conf: str
    values: Mapping[str, Any]
    settings: Settings
    line_of: Callable[[str], int | None]
    texts: Mapping[str, str]
    sizes: Mapping[str, int]
    untracked: Collection[str] | None = None
    ignores_output: bool = False

    @cached_property
    def readings(self) -> dict[str, frontmatter.Reading]:
        """What the front matter of each post says."""
        return {path: self._read(path) for path in self.texts if self._is_post(path)}

    def _is_post(self, path: str) -> bool:
        return any(matches(path, pattern) for pattern in self.settings.patterns)

    def _read(self, path: str) -> frontmatter.Reading:
        text = self.texts[path]
        try:
            text = notebook.as_markdown(text, path) if path.endswith(".ipynb") else text
        except PostdocsError as error:
            return frontmatter.Reading(None, errors=(error,))
        is_markdown = path.endswith((*MARKDOWN, ".ipynb"))
        return frontmatter.read(
            text,
            path,
            self.settings.zone,
            str(self.values.get("post_date_format", "%b %d, %Y")),
            adopts_pages=not self.values.get("postdocs_strict"),
            markup=markdown_source if is_markdown else restructured_source,
        )

    def place_of(self, path: str, key: str) -> int:
        """Return the line of a key in the front matter of a source; 1 where it is not there."""
        markup = markdown_source if path.endswith(MARKDOWN) else restructured_source
        try:
            items, _ = markup.front_matter(self.texts[path], path)
        except PostdocsError:
            return 1
        return next((item.line for item in items if item.key == key), 1)


def examine(site: Site, now: datetime) -> list[Finding]:
    """Return what is not ready, by path and line."""
    checks = (_address, _people, _feed_title, _workflows, _repository, _posts, _pictures)
    findings = [
        *(finding for check in checks for finding in check(site)),
        *_dates(site, now),
    ]
    return sorted(findings, key=lambda each: (each.error.path, each.error.line or 0, each.error.wrong))


def _setting(site: Site, name: str, wrong: str, remedy: str, *, in_the_way: bool = True) -> Finding:
    return Finding(PostdocsError(site.conf, site.line_of(name), f"{name}: {wrong}", remedy), in_the_way)


def _address(site: Site) -> Iterator[Finding]:
    name = "html_baseurl" if site.values.get("html_baseurl") or not site.settings.base else "blog_baseurl"
    address = str(site.values.get(name) or "")
    remedy = "write the address at which your site will be published"
    if not address:
        yield _setting(site, name, "it is missing, and feeds and canonical links need it", remedy)
    elif _is_example(address):
        yield _setting(site, name, f"'{address}' is an example", remedy)
    elif not site.settings.base:
        wrong = "it is missing, so the site has no feed"
        yield _setting(site, "blog_baseurl", wrong, "add a line `blog_baseurl = html_baseurl`")


def _is_example(address: str) -> bool:
    """Tell whether nobody can publish a site there (RFC 2606, RFC 6761, RFC 6890)."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return False
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or f".{host}".endswith(_SITES)


def _people(site: Site) -> Iterator[Finding]:
    names = [name for name, _ in site.settings.authors] or [*(site.values.get("blog_authors") or {})]
    if not names:
        yield _setting(site, "author", "it is missing", 'add a line `author = "Your Name"`')
    given = dict.fromkeys([*site.settings.authors, (site.values.get("author"), "author")])
    for name, setting in given:
        if name in _AUTHORS:
            yield _setting(site, setting, f"'{name}' is the author of an example", "write your name")


def _feed_title(site: Site) -> Iterator[Finding]:
    if not str(site.values.get("blog_title") or "").strip():
        wrong = "it is missing, and feed readers list the site by it"
        yield _setting(site, "blog_title", wrong, "add a line `blog_title = project`")


def _workflows(site: Site) -> Iterator[Finding]:
    if not any(path in _PIPELINES or path.startswith(_WORKFLOWS) for path in site.sizes):
        wrong = "nothing publishes the site when you push"
        remedy = "copy the one that `postdocs init NEWFOLDER --host HOST` writes for yours"
        yield Finding(PostdocsError(".github/workflows", None, wrong, remedy))


def _repository(site: Site) -> Iterator[Finding]:
    if site.untracked is None:
        remedy = "run `git init`, then `git add .` and `git commit`"
        yield Finding(PostdocsError(".git", None, "the site isn't in a Git repository", remedy))
    if not site.ignores_output:
        wrong = "it doesn't leave out what a build makes"
        yield Finding(PostdocsError(".gitignore", None, wrong, "add a line `_build/`"))


def _posts(site: Site) -> Iterator[Finding]:
    """Yield mistakes in front matter, drafts, posts without a summary, and posts that Git doesn't know."""
    is_strict = bool(site.values.get("postdocs_strict"))
    for path, reading in site.readings.items():
        yield from (Finding(error, is_in_the_way=True) for error in reading.errors)
        yield from (Finding(mistake.error, is_strict) for mistake in reading.unusual)
        post = reading.post
        if post and post.draft:
            remedy = f"publish it with `postdocs publish {path}`, or leave it for later"
            yield _of_post(site, path, "draft", "it is a draft, and stays out of the site", remedy)
        elif post and not post.is_page and not post.summary:
            wrong = "it is missing, so lists, feeds and search engines show the first paragraph"
            yield _of_post(site, path, "summary", f"summary: {wrong}", "add one or two sentences")
        if post and not post.draft and path in (site.untracked or ()):
            wrong = "Git doesn't know it, so it won't be published"
            yield Finding(PostdocsError(path, None, wrong, f"run `git add {path}`"))


def _of_post(site: Site, path: str, key: str, wrong: str, remedy: str) -> Finding:
    return Finding(PostdocsError(path, site.place_of(path, key), wrong, remedy))


def _dates(site: Site, now: datetime) -> Iterator[Finding]:
    """Yield posts that are not due yet, and dates that are probably a slip."""
    for path, post in _published(site):
        date = post.date
        if date is None:
            continue
        shown = date.date().isoformat()
        if date > now + _SOON:
            wrong, remedy = f"date: {shown} is more than a year away", "correct the year"
            yield _of_post(site, path, "date", wrong, remedy)
        elif date > now:
            wrong = f"date: the post is scheduled, and stays out of the site until {shown}"
            yield _of_post(
                site, path, "date", wrong, "let your host build every night, or set a date of today"
            )
        elif date.year <= _EPOCH:
            wrong, remedy = f"date: {shown} is probably no date of a post", "write when it was published"
            yield _of_post(site, path, "date", wrong, remedy)


def _published(site: Site) -> Iterator[tuple[str, Post]]:
    for path, reading in site.readings.items():
        if reading.post and not reading.post.draft:
            yield path, reading.post


def _pictures(site: Site) -> Iterator[Finding]:
    """Yield pictures without words, those that are large, and those that Git doesn't know."""
    told: set[str] = set()
    for path, text in site.texts.items():
        for picture in pictures_in(text, path):
            if not picture.has_text:
                wrong = f"the image '{picture.name}' has no alternative text"
                remedy = "describe it for readers who can't see it"
                yield Finding(PostdocsError(path, picture.line, wrong, remedy))
        files = [file for name in references(text, path) for file in files_of(name, path, site.sizes.keys())]
        for file in dict.fromkeys(files):
            if PurePosixPath(file).suffix.lower() in _PICTURES and file not in told:
                told.add(file)
                yield from _file(site, path, file)


def _file(site: Site, path: str, file: str) -> Iterator[Finding]:
    """Yield what is wrong with the file of a picture. path: the source that shows it."""
    name = PurePosixPath(file).name
    lines = site.texts[path].split("\n")
    line = next((number for number, text in enumerate(lines, 1) if name in text), None)
    size = site.sizes[file]
    if size > _LARGEST:
        wrong = f"the image '{file}' has {size / 1e6:.1f} MB"
        yield Finding(PostdocsError(path, line, wrong, "save it smaller than 2 MB"))
    if file in (site.untracked or ()):
        wrong = f"Git doesn't know the image '{file}', so the build at your host fails"
        yield Finding(PostdocsError(path, line, wrong, f"run `git add {file}`"), is_in_the_way=True)
