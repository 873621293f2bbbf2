"""The settings of a Pelican blog: https://docs.getpelican.com/en/latest/settings.html."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.folders import python_markdown, python_settings, tree
from postdocs.importer.folders.python_settings import PythonSettings
from postdocs.importer.sources.archive import Files

FILES = ("pelicanconf.py", "publishconf.py")  # the second begins with the first
_MARKDOWN: Mapping[str, Mapping[str, Any]] = {"codehilite": {}, "extra": {}}
_DATE = r"(?P<date>\d{4}-\d{2}-\d{2}).*"
_SLUG = ((r"[^\w\s-]", ""), (r"\A\s*", ""), (r"\s*\Z", ""), (r"[-\s]+", "-"))
# What may take for ever: a group that is repeated, and several parts of any length.
_REPEATED_GROUP = re.compile(r"\)[*+{]")
_ANY_LENGTH = re.compile(r"(?<!\\)(?:[*+]|\{\d*,\d*\})")
_MOST_OF_NAME, _MOST_OF_TITLE = 3, 1  # of these in a pattern for names of files, and one for titles
_NAMES = ("OUTPUT_PATH", "PATH", "ARTICLE_URL", "ARTICLE_LANG_URL", "PAGE_URL", "PAGE_LANG_URL", "SITEURL",
          "FILENAME_METADATA", "PATH_METADATA", "TIMEZONE", "MARKDOWN", "STATIC_PATHS", "DEFAULT_CATEGORY",
          "SLUG_REGEX_SUBSTITUTIONS", "EXTRA_PATH_METADATA", "SITENAME", "AUTHOR", "DEFAULT_LANG", "PLUGINS",
          "ARTICLE_PATHS", "ARTICLE_EXCLUDES", "PAGE_PATHS", "PAGE_EXCLUDES", "USE_FOLDER_AS_CATEGORY",
          "ARTICLE_SAVE_AS", "ARTICLE_LANG_SAVE_AS", "PAGE_SAVE_AS", "PAGE_LANG_SAVE_AS", "DEFAULT_METADATA",
          "SLUGIFY_SOURCE", "SLUGIFY_USE_UNICODE", "SLUGIFY_PRESERVE_CASE", "IGNORE_FILES",
          "READERS")  # fmt: skip
_INPUT = re.compile(
    r"^INPUTDIR[ \t]*[:?]?=[ \t]*(?:\$\(BASEDIR\)/)?(?P<folder>[^\s$()]+)[ \t]*$", re.MULTILINE
)
_LOCAL = re.compile(r"https?://(?:localhost|127\.|0\.0\.0\.0|\[::1\])", re.IGNORECASE)


@dataclass(frozen=True)
class Settings:
    """What `pelicanconf.py` and `publishconf.py` say together.

    url: of the blog, without a slash at its end; "" where nothing says it. content: the folder of sources,
    from that of the settings; "" is that itself. output: that of pages. extensions: of Python-Markdown, with
    their settings. slug: what `slugify` replaces. zone: of dates without an offset.
    """

    values: PythonSettings
    url: str
    content: str
    output: str
    extensions: Mapping[str, Mapping[str, Any]]
    slug: tuple[tuple[str, str], ...]
    zone: ZoneInfo | None
    notes: tuple[Note, ...]

    @property
    def has_formulas(self) -> bool:
        """Whether a plugin sets formulas between dollars."""
        return any(name.rpartition(".")[2] == "render_math" for name in self.values.texts("PLUGINS"))

    @property
    def has_yaml(self) -> bool:
        """Whether a plugin reads the head of Markdown as YAML."""
        return any(name.rpartition(".")[2] == "yaml_metadata" for name in self.values.texts("PLUGINS"))

    def pattern(self, name: str, default: str) -> re.Pattern[str] | None:
        """Return a pattern for names of files; None where there is none, or one that may take for ever."""
        return _pattern(self.values.text(name, default), _MOST_OF_NAME)


def read(files: Files, url: str | None) -> Settings:
    """Read the settings of a blog. url: of the blog, as the user gave it, which goes first.

    Raises
    ------
    PostdocsError
        They can't be read.

    """
    values = PythonSettings()
    for name in FILES:
        if name in files.paths:
            values = python_settings.read(tree.text_of(files, name)[0], files.place(name), values)
    notes = values.unknown(_NAMES)
    said = values.text("SITEURL")
    host, path = tree.root_of(url or ("" if _LOCAL.match(said) else said))
    extensions = _extensions(values)
    what = "an extension of Markdown that the import doesn't know"
    notes += [Note(NoteKind.NOTICED, what, name) for name in python_markdown.unknown_extensions(extensions)]
    content = posixpath.normpath(values.text("PATH") or _content(files))
    output = posixpath.normpath(values.text("OUTPUT_PATH", "output"))
    for name, default in (("FILENAME_METADATA", _DATE), ("PATH_METADATA", "")):
        if values.text(name, default) and _pattern(values.text(name, default), _MOST_OF_NAME) is None:
            notes.append(Note(NoteKind.NOTICED, f"{name} can't be used here", values.text(name)))
    return Settings(
        values,
        f"{host}{path}",
        "" if content == "." else content,
        output,
        extensions,
        _slug(values, notes),
        tree.zone_of(values.text("TIMEZONE", "UTC"), notes),
        tuple(notes),
    )


def _content(files: Files) -> str:
    """Return the folder of sources where the settings name none, for then the command line does.

    `pelican-quickstart` writes it into a makefile.
    """
    makefile = tree.text_of(files, "Makefile")[0] if "Makefile" in files.paths else ""
    tops = [posixpath.normpath(name) for name in (*_INPUT.findall(makefile), "content")]
    return next((top for top in tops if any(path.startswith(f"{top}/") for path in files.paths)), ".")


def _extensions(values: PythonSettings) -> Mapping[str, Mapping[str, Any]]:
    """Return the extensions that `MARKDOWN` names, or those that the older `MD_EXTENSIONS` does."""
    markdown = values.mapping("MARKDOWN")
    older = values.values.get("MD_EXTENSIONS")
    configs = markdown.get("extension_configs", older if isinstance(older, dict) else {})
    named = markdown.get("extensions", older if isinstance(older, list | tuple) else [])
    if not (markdown or older):
        return _MARKDOWN
    listed = [name for name in named if isinstance(name, str)] if isinstance(named, list | tuple) else []
    settings = configs if isinstance(configs, dict) else {}
    names = dict.fromkeys((*listed, *(name for name in settings if isinstance(name, str))))
    return {name: value if isinstance(value := settings.get(name), dict) else {} for name in names}


def _pattern(source: str, most: int) -> re.Pattern[str] | None:
    if not source or _REPEATED_GROUP.search(source) or len(_ANY_LENGTH.findall(source)) > most:
        return None
    try:
        return re.compile(source)
    except (re.error, RecursionError, OverflowError):
        return None


def _slug(values: PythonSettings, notes: list[Note]) -> tuple[tuple[str, str], ...]:
    given = values.values.get("SLUG_REGEX_SUBSTITUTIONS")
    if not isinstance(given, list | tuple):
        return _SLUG
    pairs = tuple(
        (pair[0], pair[1])
        for pair in given
        if isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(item, str) for item in pair)  # noqa: PLR2004 - a pair
    )
    if len(pairs) == len(given) and all(_pattern(source, _MOST_OF_TITLE) for source, _ in pairs):
        return pairs
    notes.append(Note(NoteKind.NOTICED, "SLUG_REGEX_SUBSTITUTIONS can't be used here", str(given)[:80]))
    return _SLUG
