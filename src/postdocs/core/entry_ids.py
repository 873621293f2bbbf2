"""The ids of feed entries that posts can't name themselves: `entry-ids.toml`, beside `conf.py`.

Its keys are docnames, with the fragment of a post that is a part of its page: `posts/2019/trees#oaks`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from postdocs.core.errors import PostdocsError
from postdocs.core.values import is_iri, kind_of, show

NAME = "entry-ids.toml"
_KEY = re.compile(r"""\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)""")  # https://toml.io/en/v1.0.0#keys
_HEAD = "# Ids of feed entries, by the docnames of posts that can't name them in their front matter.\n"


@dataclass(frozen=True)
class EntryId:
    """The id of an entry, and the line of the file that it is in, if that can be told."""

    id: str
    line: int | None


@dataclass(frozen=True)
class EntryIds:
    """What the file says, by `key_of` each post. errors: what has no meaning, in the order of its lines."""

    ids: Mapping[str, EntryId]
    errors: tuple[PostdocsError, ...] = ()


def key_of(docname: str, section: str = "") -> str:
    """Return how the file names a post. section: the fragment of a part of a page, or "" for all of it."""
    return f"{docname}#{section}" if section else docname


def read(text: str) -> EntryIds:
    """Read the text of the file; what is wrong with it is told for all entries at once."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"\(at line (\d+)", str(error))
        number = int(line[1]) if line else text.rstrip().count("\n") + 1  # at the end
        wrong = f"it is not TOML ({error})"
        remedy = "correct it; after a merge, keep the lines of both sides"
        return EntryIds({}, (PostdocsError(NAME, number, wrong, remedy),))
    lines = _lines(text)
    ids, errors = {}, []
    for key, value in table.items():
        line_number = lines.get(key)
        if not isinstance(value, str):
            wrong = f"{key}: {show(value)} is {kind_of(value)}, not text"
            remedy = 'write a line like "posts/2019/trees" = "https://example.org/trees"'
            errors.append(PostdocsError(NAME, line_number, wrong, remedy))
        elif not is_iri(value):
            wrong = f"{key}: {show(value)} is not an absolute IRI"
            remedy = "write the id as the old feed has it, or remove the line"
            errors.append(PostdocsError(NAME, line_number, wrong, remedy))
        else:
            ids[key] = EntryId(value, line_number)
    return EntryIds(ids, tuple(sorted(errors, key=lambda error: error.line or 0)))


def with_ids(text: str, ids: Mapping[str, str]) -> str:
    """Return a valid file with more entries, in the order of their keys. An empty text begins a new file."""
    import tomlkit  # noqa: PLC0415 - slow, and no build needs it

    text = text or _HEAD
    gap = "" if text.endswith("\n") else "\n"
    return text + gap + "".join(tomlkit.dumps({key: ids[key]}) for key in sorted(ids))


def renamed(text: str, old: str, new: str) -> str:
    """Return a valid file in which the posts of a document have its new docname. Comments stay."""
    import tomlkit  # noqa: PLC0415 - see above

    names = {key: new + key.removeprefix(old) for key in tomllib.loads(text) if key.partition("#")[0] == old}
    lines = text.split("\n")
    for key, number in _lines(text).items():
        if key in names and (before := _KEY.match(lines[number - 1])):
            written = tomlkit.dumps({names[key]: ""}).partition(" =")[0]
            lines[number - 1] = written + lines[number - 1][before.end() :]
    return "\n".join(lines)


def _lines(text: str) -> dict[str, int]:
    """Return the lines, 1-based, of the keys that are each in a line of its own."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        try:
            pair = tomllib.loads(line)
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
        lines |= {key: number for key in pair if key not in lines}
    return lines
