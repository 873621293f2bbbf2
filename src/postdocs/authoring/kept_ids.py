"""The ids of a feed's entries, written where posts name them: in front matter, or in one file for all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from postdocs.authoring import restructured
from postdocs.core import entry_ids, markdown_source, notebook, restructured_source
from postdocs.core.entry_ids import key_of
from postdocs.core.frontmatter import dump
from postdocs.core.markdown_source import split
from postdocs.core.permalink import parse
from postdocs.core.post import Post
from postdocs.core.values import is_iri

# A block of fields at the beginning of a Markdown file, which is front matter only there.
_FIELDS = re.compile(r"\A\s*(?:`{3,}|~{3,}|:{3,})\{eval-rst\}[ \t]*\n\s*(?=:[^:\n]+:)")
_FIELD_SUFFIXES = (".rst", ".txt")


@dataclass(frozen=True)
class KeptIds:
    """What keeps ids. texts: the sources that change, by path, and what they hold then.

    ids: by `entry_ids.key_of`, those that belong in the one file. refused: why others aren't kept.
    """

    texts: Mapping[str, str]
    ids: Mapping[str, str]
    refused: tuple[str, ...]


def keep(
    ids: Mapping[str, str],
    texts: Mapping[str, str],
    given: Mapping[str, str],
    base: str,
    parts: Iterable[str],
) -> KeptIds:
    """Find a place for each id: front matter, unless several posts share it or all of it would change.

    ids: by the address of the entry without scheme and host, with its fragment. texts: those of all sources,
    by path. given: what the one file says already. base: the address of the site. parts: the addresses of
    pages with several posts.
    """
    sources, of_parts = _sources(texts, base), {*parts}
    edited: dict[str, str] = {}
    apart: dict[str, str] = {}
    refused: list[str] = []
    for address, entry_id in ids.items():
        page, _, section = address.partition("#")
        if page not in sources:
            refused.append(f"{address}: the id {entry_id} is not kept: no source file has that address")
            continue
        files = sources[page]
        key = key_of(_docname(files[0]), section)
        if given.get(key, entry_id) != entry_id:
            refused.append(f"{key}: the id {entry_id} is not kept: {entry_ids.NAME} has another id")
            continue
        try:
            changed = {file: _changed(texts[file], entry_id, file) for file in files}
        except ValueError as error:
            refused.append(f"{files[0]}: the id {entry_id} is not kept: {error}")
            continue
        text = changed[files[0]]
        if section or page in of_parts or len(files) > 1 or text is None:
            apart[key] = entry_id
        else:
            edited[files[0]] = text
    return KeptIds(
        {file: text for file, text in edited.items() if text != texts[file]},
        {key: entry_id for key, entry_id in apart.items() if key not in given},
        tuple(refused),
    )


def _changed(text: str, entry_id: str, path: str) -> str | None:
    try:
        return with_id(text, entry_id, path)
    except notebook.LayoutError:
        return None


def _sources(texts: Mapping[str, str], base: str) -> dict[str, list[str]]:
    """Return the source files of each address, without scheme and host, that a page may have.

    Several files are one document, of which Sphinx reads one: `trees.md` beside `trees.ipynb`.
    """
    root = urlsplit(base).path.rstrip("/")
    sources: dict[str, list[str]] = {}
    files: dict[str, list[str]] = {}
    for file in texts:
        files.setdefault(_docname(file), []).append(file)
    for docname, together in files.items():
        folder = docname.removesuffix("index") if docname.endswith("/index") else f"{docname}/"
        for address in (f"{docname}.html", folder, folder.rstrip("/")):
            sources[f"{root}/{address}"] = together
        for permalink in filter(None, (_permalink(texts[file], file) for file in together)):
            sources[f"{root}/{unquote(permalink)}"] = together
    return sources


def _docname(file: str) -> str:
    return PurePosixPath(file).with_suffix("").as_posix()


def _keys(text: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of a front matter, of whatever markup, and their values as text."""
    text = notebook.as_markdown(text, path) if path.endswith(".ipynb") else text
    block = None if path.endswith(_FIELD_SUFFIXES) else _FIELDS.match(text)
    markup = restructured_source if block or path.endswith(_FIELD_SUFFIXES) else markdown_source
    items, _ = markup.front_matter(text[block.end() :] if block else text, path)
    yield from ((str(item.key), str(item.value)) for item in items)


def _permalink(text: str, path: str) -> str:
    try:
        permalink = dict(_keys(text, path)).get("permalink")
        return parse(permalink).uri if permalink else ""
    except ValueError:
        return ""


def with_id(text: str, entry_id: str, path: str) -> str:
    """Return the text of a post that names the id of its feed entry.

    Raises
    ------
    LayoutError
        It is a notebook that isn't laid out as Jupyter writes it.
    ValueError
        It names another id, or the id can't be one (RFC 4287 §4.2.6); the message says which.

    """
    if not is_iri(entry_id):
        raise ValueError(f"'{entry_id}' is not an absolute IRI")
    written = [value for key, value in _keys(text, path) if key == "id"]
    if written == [entry_id]:
        return text
    if written:
        raise ValueError("its front matter has another id")
    if path.endswith(".ipynb"):
        return notebook.with_keys(text, {"id": entry_id}, path)
    if path.endswith(_FIELD_SUFFIXES):
        return restructured.with_field(text, "id", entry_id)
    source = split(text)
    if source.yaml_lines is None and (block := _FIELDS.match(text)):
        return block[0] + restructured.with_field(text[block.end() :], "id", entry_id)
    line = dump(Post(id=entry_id)).split("\n")[1]
    if source.yaml_lines is None:
        return f"---\n{line}\n---\n\n{text}"
    lines = text.split("\n")
    margin = lines[1][: len(lines[1]) - len(lines[1].lstrip(" "))] if source.yaml_lines else ""
    lines.insert(source.yaml_lines + 1, margin + line)
    return "\n".join(lines)
