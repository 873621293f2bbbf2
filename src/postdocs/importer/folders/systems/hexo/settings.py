"""The settings of a Hexo blog: https://hexo.io/docs/configuration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from postdocs.core.errors import PostdocsError
from postdocs.importer.entry import Note
from postdocs.importer.folders import tree
from postdocs.importer.folders.front_matter import FrontMatter
from postdocs.importer.folders.systems.hexo import permalinks
from postdocs.importer.sources.archive import Files

FILES = ("_config.yml", "_config.yaml", "_config.json")
_PROGRAM = re.compile(r'"hexo(?:-[\w-]+)?"\s*:')  # in package.json
_OWN = frozenset({"new_post_name", "source_dir", "post_asset_folder", "skip_render", "pretty_urls"})
_PLACEHOLDERS = frozenset({"http://example.com", "http://yoursite.com", "https://example.com"})
_WITHOUT_BREAKS = ('"hexo-renderer-pandoc"', '"hexo-renderer-asciidoc"')
_OF_FORMULAS = re.compile(r'"hexo-[\w-]*(?:kramed|pandoc|katex|mathjax|math|markdown-it-plus|latex)[\w-]*"')
_PERMALINK = ":year/:month/:day/:title/"
_PER_PAGE = 10


@dataclass(frozen=True)
class Settings:
    """What `_config.yml` says.

    values: all of it. url: of the site, without the path that it is under; "" where nothing says it. base:
    that path, or "". zone: of dates without an offset, None where it is that of the machine. program: the
    text of package.json, which names the plugins. notes: what can't be read of it.
    """

    values: FrontMatter
    url: str
    base: str
    zone: ZoneInfo | None
    program: str
    notes: tuple[Note, ...]

    @property
    def root(self) -> str:
        """The address of the blog, without a slash at its end."""
        return f"{self.url or tree.UNKNOWN}{self.base}"

    @property
    def permalink(self) -> str:
        """The pattern of the addresses of posts."""
        return self.values.text("permalink") or _PERMALINK

    @property
    def has_breaks(self) -> bool:
        """Whether the end of a line is a line break, as in most renderers that Hexo has."""
        said = [self.table("marked").get("breaks")]
        render = self.table("markdown").get("render")
        said += [render.get("breaks") if isinstance(render, dict) else None]
        given = next((value for value in said if isinstance(value, bool)), None)
        return not any(name in self.program for name in _WITHOUT_BREAKS) if given is None else given

    @property
    def knows_formulas(self) -> bool:
        """Whether the renderer, or a plugin before it, leaves formulas as they are written."""
        return _OF_FORMULAS.search(self.program) is not None

    @property
    def per_page(self) -> int:
        """How many posts a page of a list has."""
        said = self.values.values.get("per_page")
        return said if isinstance(said, int) else _PER_PAGE

    def slug(self, label: str, names: str) -> str:
        """Return what stands for a label in addresses. names: the setting that gives some another name."""
        case = self.values.values.get("filename_case")
        return permalinks.slugify(
            str(self.table(names).get(label) or label), case if isinstance(case, int) else 0
        )

    def table(self, name: str) -> Mapping[str, Any]:
        """Return the settings of a plugin, or others that are several; empty where there are none."""
        value = self.values.values.get(name)
        return value if isinstance(value, dict) else {}

    def folder(self, key: str, default: str) -> str:
        """Return a folder that the settings name, without slashes around it."""
        return (self.values.text(key) or default).strip("/")


def is_hexo(files: Files) -> bool:
    """Tell whether settings are Hexo's: package.json has it, or the settings have keys that only it reads."""
    if not any(name in files.paths for name in FILES):
        return False
    try:
        if _PROGRAM.search(_program(files)):
            return True
        return not _OWN.isdisjoint(tree.settings_of(files, *FILES).values)
    except PostdocsError:
        return False


def read(files: Files, url: str | None) -> Settings:
    """Read the settings. url: of the blog, as the user gave it.

    Raises
    ------
    PostdocsError
        They can't be read.

    """
    values = tree.settings_of(files, *FILES)
    notes: list[Note] = []
    said = values.text("url")
    host, path = tree.root_of(url or ("" if said.rstrip("/") in _PLACEHOLDERS else said))
    base = path or ("" if url else values.text("root").rstrip("/"))
    zone = tree.zone_of(values.text("timezone"), notes)
    base = f"/{base.strip('/')}" if base.strip("/") else ""
    return Settings(values, host, base, zone, _program(files), tuple(notes))


def _program(files: Files) -> str:
    return tree.text_of(files, "package.json")[0] if "package.json" in files.paths else ""
