"""The same sources built twice: by plain ablog, and with our extension."""

from __future__ import annotations

import json
import os
import posixpath
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
from helpers import read_html
from lxml import etree

PLAIN = "myst_parser,ablog"
OURS = "myst_parser,ablog,postdocs"
_ROOTS = Path(__file__).parent / "roots"
_BUILD = "import json, sys, sphinx.cmd.build as b; sys.exit(max(map(b.main, json.loads(sys.argv[1]))))"
_ATOM = {"a": "http://www.w3.org/2005/Atom"}


@dataclass(frozen=True)
class Site:
    """What a build has left."""

    out: Path
    status: int
    messages: str

    def files(self) -> dict[str, bytes]:
        """Return all that was written, by path."""
        paths = sorted(path for path in self.out.rglob("*") if path.is_file())
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in paths}

    def files_with(self, *words: str) -> list[str]:
        """Return the files that hold any of the words, in any case, in their name or inside."""
        contents = {name: name.encode() + text for name, text in self.files().items()}
        return [
            name
            for name, text in contents.items()
            if any(word.encode().lower() in text.lower() for word in words)
        ]

    def body(self, path: str) -> lxml.html.HtmlElement:
        """Return the part of a page that is its own, without what every page has around it."""
        body: lxml.html.HtmlElement
        (body,) = read_html(self.out / path).xpath("//*[@role='main']")
        return body

    def text(self, path: str) -> str:
        """Return what a reader sees in that part, with white space folded."""
        return " ".join(self.body(path).text_content().split())

    def links(self, path: str) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
        """Return the links of that part to files of the site, each with the path that it leads to."""
        for link in self.body(path).xpath(".//a[@href]"):
            target = urlsplit(link.get("href"))
            if target.path and not target.scheme:
                yield link, posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target.path)))

    def posts(self, path: str) -> list[str]:
        """Return the names of the posts that a page leads to, in its order."""
        targets = (target for _, target in self.links(path) if target.startswith("posts/"))
        return [*dict.fromkeys(target.removeprefix("posts/").removesuffix(".html") for target in targets)]

    def labels(self, kind: str) -> dict[str, str]:
        """Return the labels of a kind, each with its page."""
        links = self.links(f"blog/{kind}.html")
        return {link.text_content().strip(): path for link, path in links if f"blog/{kind}/" in path}

    def feed(self, path: str) -> etree._Element:
        """Parse a feed."""
        return etree.fromstring((self.out / path).read_bytes())

    def feeds(self) -> dict[str, etree._Element]:
        """Parse all feeds."""
        return {
            name: self.feed(name) for name in self.files() if name.endswith(".xml") and name != "sitemap.xml"
        }

    def inventory(self) -> str:
        """Return what other sites can refer to, a line each."""
        return zlib.decompress((self.out / "objects.inv").read_bytes().split(b"\n", 4)[4]).decode()

    def warnings(self, name: str) -> list[str]:
        """Return the lines of messages that hold the name."""
        return [line for line in self.messages.splitlines() if name in line]


@dataclass(frozen=True)
class Sites:
    """The two sites that were made of the same sources."""

    plain: Site
    ours: Site


def copy(root: str, folder: Path, more: Mapping[str, str] | None = None) -> Path:
    """Copy a small site into a folder, with more files by path; return where it is."""
    source = folder / "source"
    shutil.copytree(_ROOTS / root, source)
    for path, text in (more or {}).items():
        (source / path).write_text(text, encoding="utf-8")
    return source


def build(source: Path, extensions: str, out: str, *options: str, **environment: str) -> Site:
    """Build a site beside its sources, in a process of its own: ablog keeps state in the process."""
    (site,) = build_in_turn([source], extensions, out, *options, **environment)
    return site


def build_in_turn(
    sources: Iterable[Path], extensions: str, out: str, *options: str, **environment: str
) -> list[Site]:
    """Build sites beside their sources, one after another in one process; they share its messages."""
    options = ("-b", "html", "-q", "-D", f"extensions={extensions}", *options)
    outputs = {source: source.parent / out for source in sources}
    commands = [
        [*options, "-d", f"{output}.doctrees", str(source), str(output)] for source, output in outputs.items()
    ]
    result = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", _BUILD, json.dumps(commands)],
        env={**os.environ, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return [Site(output, result.returncode, result.stderr) for output in outputs.values()]


def build_both(root: str, folder: Path, status: int = 0, **environment: str) -> Sites:
    """Build a small site by plain ablog and with our extension. status: of the build with ours."""
    source = copy(root, folder)
    plain = build(source, PLAIN, "plain", **environment)
    ours = build(source, OURS, "ours", **environment)
    assert (plain.status, ours.status) == (0, status), plain.messages + ours.messages
    return Sites(plain, ours)


def entry(feed: etree._Element, title: str) -> etree._Element:
    """Return the entry of that title."""
    (found,) = (
        found for found in feed.findall("a:entry", _ATOM) if found.findtext("a:title", "", _ATOM) == title
    )
    return found


def values(element: etree._Element, path: str) -> list[str]:
    """Return what an XPath finds in a feed, as text."""
    found = element.xpath(path, namespaces=_ATOM)
    assert isinstance(found, list)
    return [str(value) for value in found]
