"""References in sources, and their form after files have moved."""

from __future__ import annotations

import ast
import posixpath
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from postdocs.authoring.source_links import SUFFIXES, Kind, Reference, docname
from postdocs.core.identity import name_of

CONF = "conf.py"
_SCHEMES = ("project:", "path:")
# The settings that name documents at the root of the site, by words that may mean something else in others.
_NAMING = {"postdocs_navbar", "html_sidebars", "html_theme_options", "html_additional_pages"}


@dataclass(frozen=True)
class Site:
    """A site whose files move. texts: of the sources. files: the paths of all files. moved: where some go."""

    texts: Mapping[str, str]
    files: Collection[str]
    moved: Mapping[str, str]


def files_of(reference: Reference, path: str, files: Collection[str]) -> list[str]:
    """Return the files that a reference means; a name that ends in `.*` means those of any suffix."""
    if reference.kind in {Kind.LABEL, Kind.DOCNAME}:
        return []
    return [
        file
        for name in _names(reference)
        if (target := _resolved(name, path)) is not None
        for file in ([target] if target in files else _with_any_suffix(target, files))
    ]


def _with_any_suffix(target: str, files: Collection[str]) -> list[str]:
    if not target.endswith(".*"):
        return []
    return [file for file in files if posixpath.splitext(file)[0] == target.removesuffix(".*")]


def _names(reference: Reference) -> list[str]:
    """Return the paths that a reference may mean, the likeliest first."""
    name = reference.name
    if reference.kind is not Kind.ADDRESS:
        return [*dict.fromkeys((name, unquote(name)))]
    scheme = next((scheme for scheme in _SCHEMES if name.startswith(scheme)), "")
    name = re.split(r"[#?]", name.removeprefix(scheme))[0]
    return [*dict.fromkeys((unquote(name), name))] if name and not re.match(r"[\w+.-]+:|//", name) else []


def _resolved(name: str, path: str) -> str | None:
    """Return the path from the folder of the site that a name in a source means; None if it leads out."""
    folder = "" if name.startswith("/") else posixpath.dirname(path)
    joined = posixpath.normpath(posixpath.join(folder, name.lstrip("/") or "."))
    return None if joined.startswith("../") or joined == ".." else joined


def renamer(path: str, site: Site) -> Callable[[Reference], str | None]:
    """Return what gives the references of a source the names that they have after the move."""
    old, new = next(iter(site.moved.items()))
    place = site.moved.get(path, path)  # where the source is then

    def change(reference: Reference) -> str | None:
        if reference.kind is Kind.LABEL:
            return _label(reference, old, new, site)
        if reference.kind is Kind.DOCNAME:
            return docname(new) if reference.name.strip("/") == docname(old) else None
        for name in _names(reference):
            target = _resolved(name, path)
            if target is None:
                continue
            after = _moved(target, site)
            is_there = (
                target in site.files or _document(target, site.files) or _with_any_suffix(target, site.files)
            )
            if after == target and (place == path or not is_there):
                continue
            return _written(reference, name, after, place)
        return None

    return change


def _moved(target: str, site: Site) -> str:
    """Return where a file or document is after the move."""
    if target in site.moved:
        return site.moved[target]
    for old, new in site.moved.items():
        stem, new_stem = posixpath.splitext(old)[0], posixpath.splitext(new)[0]
        if target == f"{stem}.*" or (target == stem and old.endswith(SUFFIXES)):
            return new_stem + target.removeprefix(stem)
    return target


def _document(target: str, files: Collection[str]) -> bool:
    return any(f"{target}{suffix}" in files for suffix in SUFFIXES)


def _written(reference: Reference, name: str, target: str, place: str) -> str | None:
    """Return how a reference names a target. name: the path in it. place: the source that it is in."""
    if name.startswith("/"):
        path = f"/{target}"
    else:
        path = posixpath.relpath(target, posixpath.dirname(place) or ".")
        path = f"./{path}" if name.startswith("./") and not path.startswith("../") else path
    if reference.kind is not Kind.ADDRESS:
        path = path if name == reference.name else quote(path)
        return path if path != reference.name else None
    scheme = next((scheme for scheme in _SCHEMES if reference.name.startswith(scheme)), "")
    rest = reference.name[len(scheme) :]
    written = re.split(r"[#?]", rest)[0]
    tail = rest[len(written) :]
    is_encoded = "%" in written
    safe = "/" if is_encoded else "/" + "".join(sorted({*path} - {*" ()<>%#?\"'\\\n"}))
    shown = path if reference.in_brackets and not is_encoded else quote(path, safe=safe)
    return None if scheme + shown + tail == reference.name else scheme + shown + tail


def _label(reference: Reference, old: str, new: str, site: Site) -> str | None:
    """Return the label that a post has from its file, if a reference means it."""
    before, after = name_of(docname(old)), name_of(docname(new))
    if before == after or reference.name.lower() != before.lower():
        return None
    target = re.compile(
        rf"^[ \t]*(?:\({re.escape(before)}\)=|\.\. _{re.escape(before)}:)", re.MULTILINE | re.IGNORECASE
    )
    others = [
        path
        for path in site.texts
        if path not in {old, CONF} and folded(name_of(docname(path))) == folded(before)
    ]
    is_of_file = not others and not any(target.search(text) for text in site.texts.values())
    return after if is_of_file else None


def conf_after(text: str, site: Site) -> str:
    """Return the settings with other names of what moves: whole strings only."""
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError):
        return text
    names: dict[str, str] = {**site.moved}
    old, new = next(iter(site.moved.items()))
    lines = text.split("\n")
    edits: list[tuple[int, int, int, str, str]] = []
    for statement in module.body:
        settings = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
        is_naming = "/" in old or bool(settings & _NAMING)
        after = names | ({docname(old): docname(new)} if is_naming else {})
        for node in ast.walk(statement):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(node, ast.Constant) and isinstance(value, str) and value in after:
                place = (node.lineno - 1, node.col_offset, node.end_col_offset or 0)
                edits += [(*place, value, after[value])] if node.lineno == node.end_lineno else []
    for number, start, end, before, name in sorted(edits, reverse=True):
        line = lines[number].encode()
        literal = line[start:end].decode().replace(before, name)
        lines[number] = (line[:start] + literal.encode() + line[end:]).decode()
    return "\n".join(lines)


def folded(path: str) -> str:
    """Return a path as file systems compare it that tell neither case nor composition apart."""
    return unicodedata.normalize("NFC", path).casefold()
