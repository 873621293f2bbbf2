"""What a source says of its site, as changes of a conf.py."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from postdocs.core import new_site
from postdocs.core.conf import BIBTEX, sets
from postdocs.core.errors import PostdocsError
from postdocs.importer.sources.model import SiteSettings, Source

# What a new site says of itself, in whose place the source's own goes.
_OF_NEW_SITE: Mapping[str, object] = {
    "project": new_site.TITLE,
    "author": new_site.AUTHOR,
    "postdocs_timezone": new_site.TIMEZONE,
    "language": new_site.LANGUAGE,
}
_NOTHING: tuple[object, ...] = (None, "", [], (), {})


@dataclass(frozen=True)
class Patch:
    """A conf.py after the changes.

    kept: a line for each setting that stays although the source differs. values: of those that change.
    extended: what lists get at their ends.
    """

    text: str
    kept: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    extended: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_changes(self) -> bool:
        """Whether anything changes."""
        return bool(self.values or self.extended)

    def applied(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what conf.py sets after the changes; the address of lists and feeds follows that of pages.

        values: what it sets before.
        """
        after = {**values, **self.values}
        after |= {name: [*(after.get(name) or ()), item] for name, item in self.extended.items()}
        return after | {"blog_baseurl": after.get("blog_baseurl") or after.get("html_baseurl") or ""}


@dataclass(frozen=True)
class Edit:
    """Bytes of a text from `start` to `end` that become others."""

    start: int
    end: int
    text: str


def joined(sources: Sequence[Source]) -> SiteSettings:
    """Return what several sources say of a site: of each setting, the first that says something."""
    names = [one.name for one in fields(SiteSettings)]
    said = {
        name: next((value for source in sources if (value := getattr(source.settings, name))), None)
        for name in names
    }
    return SiteSettings(**{name: value for name, value in said.items() if value})


def patch(text: str, said: SiteSettings, *, name: str = "conf.py", replace: bool = False) -> Patch:
    """Return a conf.py with what a source says of its site.

    A value that its author has set stays, and a line says so. name: of the file, for these lines. replace:
    whether the author's values are replaced too; what is computed always stays.

    Raises
    ------
    PostdocsError
        The text is no Python.

    """
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise PostdocsError(name, line, "it is no Python", "correct the line") from None
    edits: list[Edit] = []
    kept: list[str] = []
    added: list[str] = []
    values: dict[str, object] = {}
    for setting, value in _settings(said, module):
        statements = [node for node in ast.walk(module) if isinstance(node, ast.stmt) and sets(node, setting)]
        if not statements:
            if value != _OF_NEW_SITE.get(setting):
                added.append(f"{setting} = {_literal(value)}")
                values[setting] = value
            continue
        last = max(statements, key=lambda node: node.lineno)
        place = f"{name}:{last.lineno}: {setting}"
        node = value_of(last) if len(statements) == 1 and last in module.body else None
        current = evaluated(node)
        if node is None or current is COMPUTED:
            kept.append(f"{place} is computed, and stays; the source says {_inline(value)}")
        elif _is_same(current, value):
            continue
        elif replace or current in _NOTHING or current == _OF_NEW_SITE.get(setting):
            edits.append(replaced(text, node, value))
            values[setting] = value
        elif setting == "blog_authors" and isinstance(node, ast.Dict) and isinstance(current, dict):
            edits += _with_authors(text, node, current, value)
            values[setting] = value
        else:
            kept.append(
                f"{place} stays {_inline(current)}; the source says {_inline(value)} (--replace takes it)"
            )
    extended = {key: item for key, item in _items(said).items() if not _has(module, key, item)}
    for setting, item in extended.items():
        places = [node for node in module.body if _sets_inside(node, setting)]
        if places:
            end = _end(text, places[-1])
            edits.append(Edit(end, end, f"\n{setting} += [{_literal(item)}]"))
        else:
            added.append(f"{setting} = [{_literal(item)}]")
    return Patch(applied(text, edits, added), tuple(kept), values, extended)


COMPUTED = object()
_EXTRA = "html_extra_path"


def _items(said: SiteSettings) -> Mapping[str, str]:
    """Return what lists get beside what is in them."""
    return {"extensions": BIBTEX, "bibtex_bibfiles": said.bibliography} if said.bibliography else {}


def _sets_inside(statement: ast.stmt, name: str) -> bool:
    return any(isinstance(node, ast.stmt) and sets(node, name) for node in ast.walk(statement))


def _has(module: ast.Module, name: str, item: str) -> bool:
    """Tell whether a statement gives a list an item."""
    places = (node for node in module.body if _sets_inside(node, name))
    return any(
        isinstance(node, ast.Constant) and node.value == item for place in places for node in ast.walk(place)
    )


def with_extra_path(text: str, folder: str) -> tuple[str, str]:
    """Return a conf.py that serves the files of a folder, and a line where its author has to add that."""
    module = ast.parse(text)
    statements = [node for node in ast.walk(module) if isinstance(node, ast.stmt) and sets(node, _EXTRA)]
    if not statements:
        return applied(text, [], [f"{_EXTRA} = {json.dumps([folder])}"]), ""
    node = value_of(statements[0]) if len(statements) == 1 and statements[0] in module.body else None
    current = evaluated(node)
    if node is None or not isinstance(current, list | tuple):
        return text, f"conf.py:{statements[-1].lineno}: {_EXTRA} is computed; add {json.dumps(folder)} to it"
    added = [] if folder in current else [replaced(text, node, [*current, folder])]
    return applied(text, added, []), ""


def _settings(said: SiteSettings, module: ast.Module) -> Iterator[tuple[str, Any]]:
    """Yield the settings that a source has a value for, the most important first."""
    names = [name for name, _ in said.authors]
    # ablog reads its own address; a site of Postdocs takes it from Sphinx's.
    is_of_ablog = not is_set(module, "html_baseurl") and is_set(module, "blog_baseurl")
    values: dict[str, Any] = {
        "project": said.title,
        "author": ", ".join(names),
        "blog_baseurl" if is_of_ablog else "html_baseurl": f"{said.url.rstrip('/')}/" if said.url else "",
        "postdocs_timezone": said.timezone,
        "language": said.language,
        "blog_feed_subtitle": said.description,
        "blog_authors": {author: (author, url) for author, url in said.authors},
        "postdocs_links": [*said.links],
        "postdocs_math_macros": dict(said.macros),
    }
    if said.bibliography and not is_set(module, "bibtex_bibfiles"):
        values["bibtex_reference_style"] = "author_year"  # as pandoc prints citations
    yield from ((name, value) for name, value in values.items() if value)


def is_set(module: ast.Module, name: str) -> bool:
    """Tell whether a conf.py sets a name."""
    return any(sets(node, name) for node in module.body)


def value_of(statement: ast.stmt) -> ast.expr | None:
    """Return the value that a statement gives to one name."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=value):
            return value
        case ast.AnnAssign(target=ast.Name(), value=value):
            return value
        case _:
            return None


def evaluated(node: ast.expr | None) -> object:
    """Return a value that is written in full; COMPUTED for any other."""
    try:
        return COMPUTED if node is None else ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return COMPUTED


def _is_same(current: object, value: object) -> bool:
    """Tell whether a setting says what the source does: an address with or without its last slash."""
    if isinstance(current, str) and isinstance(value, str):
        return current.rstrip("/") == value.rstrip("/")
    if isinstance(current, dict) and isinstance(value, dict):
        return value.keys() <= current.keys() and (new_site.AUTHOR not in current or new_site.AUTHOR in value)
    if isinstance(current, list | tuple) and isinstance(value, list):
        return {*map(str, value)} <= {*map(str, current)}
    return current == value


def _with_authors(
    text: str, node: ast.Dict, current: Mapping[str, object], value: Mapping[str, object]
) -> Iterator[Edit]:
    """Yield what adds authors to those that are there, and takes the place of the example of a new site."""
    pairs = [f"{_literal(key)}: {_literal(one)}" for key, one in value.items() if key not in current]
    spans = {
        key: (_offset(text, named), _end(text, one))
        for key, named, one in zip(current, node.keys, node.values, strict=True)
        if named is not None
    }
    if new_site.AUTHOR in spans and new_site.AUTHOR not in value:
        yield Edit(*spans[new_site.AUTHOR], ",\n    ".join(pairs) or _example(current, value))
    elif pairs:
        end = max(end for _, end in spans.values())
        yield Edit(end, end, "".join(f",\n    {pair}" for pair in pairs))


def _example(current: Mapping[str, object], value: Mapping[str, object]) -> str:
    """Return an author that is there already, in place of the example: the last of two counts."""
    key = next(key for key in value if key in current)
    return f"{_literal(key)}: {_literal(current[key])}"


def replaced(text: str, node: ast.expr, value: object) -> Edit:
    """Return what writes another value in the place of one."""
    return Edit(_offset(text, node), _end(text, node), _literal(value))


def _offset(text: str, node: ast.expr) -> int:
    return _byte(text, node.lineno, node.col_offset)


def _end(text: str, node: ast.expr | ast.stmt) -> int:
    return _byte(text, node.end_lineno or node.lineno, node.end_col_offset or 0)


def _byte(text: str, line: int, column: int) -> int:
    """Return a place in the bytes of a text. column: in bytes, as `ast` counts."""
    return sum(len(before.encode()) + 1 for before in text.split("\n")[: line - 1]) + column


def applied(text: str, edits: list[Edit], added: list[str]) -> str:
    """Return a conf.py with edits, and with lines that are added where its author's own settings end."""
    data = text.encode()
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        data = data[: edit.start] + edit.text.encode() + data[edit.end :]
    whole = data.decode()
    if not added:
        return whole
    statements = ast.parse(whole).body
    ours = [one.end_lineno or one.lineno for one in statements if any(sets(one, name) for name in _FIRST)]
    lines = whole.split("\n")
    at = max(ours, default=len(lines) - (not lines[-1]))
    return "\n".join((*lines[:at], *added, *lines[at:]))


_FIRST = ("project", "author", "html_baseurl", "postdocs_timezone")  # after the last of them, others follow


def _literal(value: object) -> str:
    """Write a value in Python, as a formatter does: a line for each item."""
    if isinstance(value, dict):
        inner = "".join(f"    {_literal(key)}: {_literal(one)},\n" for key, one in value.items())
        return f"{{\n{inner}}}"
    if isinstance(value, list):
        return "[\n" + "".join(f"    {_literal(one)},\n" for one in value) + "]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_literal, value))})"
    return "None" if value is None else json.dumps(value, ensure_ascii=False)


def _inline(value: object) -> str:
    """Write a value in a line of a message."""
    return " ".join(repr([*value] if isinstance(value, dict) else value).split())
