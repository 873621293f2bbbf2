"""Comparison of an ablog site before and after it adds Postdocs, and the ids of its feed entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser  # type: ignore[import-untyped]  # it ships no types
import lxml.html

from postdocs.authoring import restructured
from postdocs.core import markdown_source, notebook, restructured_source
from postdocs.core.files import files_below
from postdocs.core.frontmatter import dump
from postdocs.core.markdown_source import read_yaml, split
from postdocs.core.permalink import parse
from postdocs.core.post import Post
from postdocs.core.values import is_iri

_NO_PAGES = {"_static", "_sources", "_images", "_downloads"}  # folders of the output without pages
# Pages that Postdocs makes for no reader; servers look for `404.html`, which it makes.
_UNNEEDED = {"drafts/", "drafts.html", "genindex/", "genindex.html", "404/"}
# A block of fields at the beginning of a Markdown file, which is front matter only there.
_FIELDS = re.compile(r"\A\s*(?:`{3,}|~{3,}|:{3,})\{eval-rst\}[ \t]*\n\s*(?=:[^:\n]+:)")
_PARSER = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)


@dataclass(frozen=True)
class Entry:
    """An entry of a feed. path: the address that it links to, without scheme and host, decoded."""

    path: str
    id: str
    title: str


@dataclass(frozen=True)
class Site:
    """A built site. pages: the heading of each, by its path. feeds: the entries of each, by its path."""

    pages: Mapping[str, str]
    feeds: Mapping[str, tuple[Entry, ...]]

    @property
    def entries(self) -> dict[str, Entry]:
        """The entries of all feeds, by the path that they link to."""
        return {entry.path: entry for entries in self.feeds.values() for entry in entries}


@dataclass(frozen=True)
class Difference:
    """Something that differs. is_loss: whether a reader has to do without, and not only finds more."""

    text: str
    is_loss: bool = True


def read_site(folder: Path) -> Site:
    """Read a built site: its pages, and all its feeds."""
    pages, feeds = {}, {}
    for file in files_below(folder):
        path = file.relative_to(folder)
        if path.parts[0] in _NO_PAGES or any(part.startswith(".") for part in path.parts):
            continue
        if file.suffix == ".html":
            address = path.as_posix()
            address = address.removesuffix("index.html") if path.name == "index.html" else address
            pages[address] = _heading(file.read_bytes())
        elif file.suffix in {".xml", ".atom", ".rss"} and (entries := entries_of(file.read_bytes())):
            feeds[path.as_posix()] = entries
    return Site(pages, feeds)


def entries_of(data: bytes) -> tuple[Entry, ...]:
    """Return the entries of a feed; none of what is no feed."""
    feed: Any = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    return tuple(
        Entry(
            unquote(urlsplit(entry.link).path),
            str(entry.get("id") or entry.link),
            " ".join(str(entry.get("title", "")).split()),
        )
        for entry in feed.entries
        if entry.get("link")
    )


def _heading(data: bytes) -> str:
    if not data.strip():
        return ""
    root = lxml.html.document_fromstring(data, parser=_PARSER)
    # Some themes have the name of the site in another heading, beside the text.
    headings = root.xpath("//*[self::main or self::article or @role='main']//h1") or root.xpath("//h1")
    if not headings:
        return ""
    heading = headings[0]
    for link in heading.find_class("headerlink"):
        link.drop_tree()
    return " ".join(heading.text_content().split())


def compare(before: Site, after: Site, blog: str) -> Iterator[Difference]:
    """Yield what differs between two builds of a site. blog: the path of lists, whose titles may differ."""
    for path in sorted(before.pages.keys() - after.pages.keys()):
        is_needed = path.removeprefix(f"{blog}/") not in _UNNEEDED
        why = "" if is_needed else ", which Postdocs doesn't make"
        yield Difference(f"address: /{path} is gone{why}", is_needed)
    for path in sorted(after.pages.keys() - before.pages.keys()):
        yield Difference(f"address: /{path} is new", is_loss=False)
    for path in sorted(before.pages.keys() & after.pages.keys()):
        is_list = path.startswith((f"{blog}/", f"{blog}.html"))
        if not is_list and before.pages[path] != after.pages[path]:
            titles = f"title: /{path} was {before.pages[path]!r}, and is {after.pages[path]!r}"
            yield Difference(titles, is_loss=bool(before.pages[path]))
    for path in sorted(before.feeds.keys() - after.feeds.keys()):
        yield Difference(f"feed: /{path} is gone")
    for path in sorted(before.feeds.keys() & after.feeds.keys()):
        counts = len(before.feeds[path]), len(after.feeds[path])
        if counts[0] != counts[1]:
            # A feed may go on in other files, and an entry may lead elsewhere.
            kept = after.entries.keys() | {entry.id for entry in after.entries.values()}
            is_loss = any(kept.isdisjoint({entry.path, entry.id}) for entry in before.feeds[path])
            yield Difference(f"feed: /{path} had {counts[0]} entries, and has {counts[1]}", is_loss)
    yield from _compare_entries(before.entries, after.entries)


def _compare_entries(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Iterator[Difference]:
    places = {entry.id: path for path, entry in after.items() if path not in before}
    moved = {path: places[entry.id] for path, entry in before.items() if entry.id in places}
    for path in sorted(before.keys() - after.keys()):
        if path in moved:
            yield Difference(f"entry: {path} leads to {moved[path]}", is_loss=False)
        else:
            yield Difference(f"entry: {path} is gone")
    for path in sorted(after.keys() - before.keys() - {*moved.values()}):
        yield Difference(f"entry: {path} is new", is_loss=False)
    for path in sorted(before.keys() & after.keys()):
        if before[path].title != after[path].title:
            yield Difference(f"entry: {path} was {before[path].title!r}, and is {after[path].title!r}")
        if before[path].id != after[path].id:
            yield Difference(f"id: {path} had {before[path].id}, and has {after[path].id}")


def sources_of(files: Iterable[str], text_of: Callable[[str], str], base: str) -> dict[str, str]:
    """Return the source file of each address, without scheme and host, that its page may have.

    files: paths of sources, from the folder of the site. text_of: reads one. base: the address of the site.
    """
    root = urlsplit(base).path.rstrip("/")
    sources = {}
    for file in files:
        docname = PurePosixPath(file).with_suffix("").as_posix()
        folder = docname.removesuffix("index") if docname.endswith("/index") else f"{docname}/"
        for address in (f"{docname}.html", folder, folder.rstrip("/")):
            sources[f"{root}/{address}"] = file
        if permalink := _permalink(text_of(file), file):
            sources[f"{root}/{unquote(permalink)}"] = file
    return sources


def _permalink(text: str, path: str) -> str:
    markup = restructured_source if path.endswith((".rst", ".txt")) else markdown_source
    try:
        items, _ = markup.front_matter(text, path)
        permalink = next((item.value for item in items if item.key == "permalink"), None)
        return parse(str(permalink)).uri if permalink else ""
    except ValueError:
        return ""


def with_id(text: str, entry_id: str, path: str) -> str:
    """Return the text of a post that names the id of its feed entry.

    Raises
    ------
    ValueError
        It names another one, or the id can't be one (RFC 4287 §4.2.6); the message says which.

    """
    if not is_iri(entry_id):
        raise ValueError(f"'{entry_id}' is not an absolute IRI")
    line = dump(Post(id=entry_id)).split("\n")[1]
    if path.endswith(".ipynb"):
        return notebook.with_key(text, "id", entry_id, path)
    if path.endswith((".rst", ".txt")):
        return restructured.with_field(text, "id", entry_id)
    source = split(text)
    if source.yaml_lines is None and (block := _FIELDS.match(text)):
        return block[0] + restructured.with_field(text[block.end() :], "id", entry_id)
    if source.yaml_lines is None:
        return f"---\n{line}\n---\n\n{text}"
    if any(item.key == "id" for item in read_yaml(source.yaml, path)):
        raise ValueError("its front matter has another id")
    lines = text.split("\n")
    margin = lines[1][: len(lines[1]) - len(lines[1].lstrip(" "))] if source.yaml_lines else ""
    lines.insert(source.yaml_lines + 1, margin + line)
    return "\n".join(lines)
