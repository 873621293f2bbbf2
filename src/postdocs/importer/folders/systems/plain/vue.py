"""VuePress and VitePress: https://vuepress.vuejs.org/guide/page.html, https://vitepress.dev/guide/routing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from postdocs.core.permalink import PATH_CHARACTERS
from postdocs.importer.folders import javascript, markdown, tree
from postdocs.importer.folders.javascript import member
from postdocs.importer.sources.archive import Files

VUEPRESS, VITEPRESS = "VuePress", "VitePress"
_HOME = re.compile(r"(?P<top>(?:[^/]+/)*)\.(?P<kind>vuepress|vitepress)/(?P<name>(?:config/)?[^/]+)")
_CONFIG = re.compile(r"config(?:/index)?\.(?:[cm]?[jt]s)")
_INDEXES = {VUEPRESS: ("README.md", "readme.md", "index.md"), VITEPRESS: ("index.md",)}
_POST = re.compile(r"_posts/(?:.*/)?(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>[^/]+)\.md")
_BADGE = re.compile(r"<Badge\b(?P<attributes>[^<>]*+)>|</Badge\s*>")
_TEXT = re.compile(r"(?<![:\w-])text=(?P<mark>[\"'])(?P<text>[^\"'<>]*)(?P=mark)")
_UNKNOWN = re.compile(r"\{\{[^{}\n]*+\}\}|^[ \t]*<<<[ \t]*+[^\n]++", re.MULTILINE)
_TOC = re.compile(r"^[ \t]*\[\[toc\]\][ \t]*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Vue:
    """A site of one of the two.

    name: of the generator. home: the folder that has the one of its settings, with a slash; "" for the top.
    top: the same of its texts. config: the file of settings, "" for none. is_clean: whether addresses have no
    `.html`.
    """

    name: str
    home: str
    top: str
    config: str = ""
    is_clean: bool = False

    def address(self, path: str) -> str:
        """Return the address of a page from the root of the site, by the path of its file."""
        inner = path.removeprefix(self.top)
        if self.name == VUEPRESS and (post := _POST.fullmatch(inner)):
            whole = f"{post['date'].replace('-', '/')}/{post['slug']}/"
        elif posixpath.basename(inner) in _INDEXES[self.name]:
            whole = inner[: inner.rfind("/") + 1]
        else:
            whole = f"{posixpath.splitext(inner)[0]}{'' if self.is_clean else '.html'}"
        return quote(f"/{whole}", safe=f"{PATH_CHARACTERS}%")

    def target(self, link: str, path: str, paths: Collection[str]) -> str | None:
        """Return the path of the file that a link of a page leads to; None where it leads to none.

        link: without a fragment; it may name the file, or the address. path: of the file of the page.
        """
        folder = self.top if link.startswith("/") else posixpath.dirname(path)
        near = posixpath.normpath(posixpath.join(folder, link.lstrip("/")))
        near = "" if near == "." else near
        stem = near.removesuffix(".html")
        indexes = [posixpath.join(near, name) for name in _INDEXES[self.name]]
        files = indexes if link.endswith("/") or not near else [near, f"{stem}.md", *indexes]
        return next((file for file in files if file in paths), None)

    def public_folders(self) -> tuple[str, ...]:
        """Return the folders whose files are at the root of the site."""
        return (f"{self.home}.vuepress/public/", f"{self.top}public/")


def find(files: Files) -> Vue | None:
    """Return the site whose settings are nearest to the top; None where none of the two made it."""
    found = [match for path in files.paths if (match := _HOME.fullmatch(path))]
    if not found:
        return None
    first = min(found, key=lambda match: match["top"].count("/"))
    home, kind = first["top"], first["kind"]
    here = (match for match in found if (match["top"], match["kind"]) == (home, kind))
    config = next((match[0] for match in here if _CONFIG.fullmatch(match["name"])), "")
    if kind == "vuepress":
        return Vue(VUEPRESS, home, home, config)
    whole = javascript.exported(config, tree.loader(files, "")) if config else {}
    given = member(whole, "srcDir")
    top = posixpath.normpath(f"{home}{given}") if isinstance(given, str) else home.rstrip("/")
    return Vue(
        VITEPRESS, home, f"{top}/" if top not in {"", "."} else "", config, member(whole, "cleanUrls") is True
    )


def said(files: Files, site: Vue) -> Iterator[dict[str, Any]]:
    """Yield what the settings say of the site, the first first."""
    whole = javascript.exported(site.config, tree.loader(files, "")) if site.config else {}
    for values in (whole, *(member(member(whole, "locales"), name) for name in ("/", "root"))):
        if isinstance(values, dict):
            yield values


def unknown(text: str) -> list[str]:
    """Return what a text has that only the generator can show: values, and code of other files."""
    found: list[str] = []

    def seen(match: re.Match[str]) -> str:
        found.append(match[0].strip())
        return match[0]

    markdown.in_prose(text, _UNKNOWN, seen)
    return found


def plain(text: str) -> str:
    """Return a text whose badges are words, without the place of its table of contents."""

    def badge(match: re.Match[str]) -> str:
        attributes = match["attributes"] or ""
        label = _TEXT.search(attributes)
        return label["text"] if label else match[0] if attributes.rstrip().endswith("/") else ""

    text = markdown.in_prose(text, _BADGE, badge) if "<Badge" in text else text
    return markdown.in_prose(text, _TOC, lambda _: "")
