"""The record of imports, `.imported.json` in the folder of posts: digests of what they wrote."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from postdocs.core.errors import PostdocsError

LEDGER = ".imported.json"


@dataclass(frozen=True)
class Ledger:
    """What imports wrote, by path from the folder of posts.

    written: the SHA-256 of each post. tidied: that of what `postdocs tidy` made of it. comments: for each
    file of comments, that of each comment by its id.
    """

    written: Mapping[str, str] = field(default_factory=dict)
    tidied: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(file: Path) -> Ledger:
    """Read a record; it is empty where there is none.

    Raises
    ------
    PostdocsError
        It is no such record.

    """
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
        comments = {str(path): _texts(ids) for path, ids in values.get("comments", {}).items()}
        return Ledger(_texts(values["sha256"]), _texts(values.get("tidied", {})), comments)
    except FileNotFoundError:
        return Ledger()
    except (ValueError, KeyError, AttributeError, TypeError):
        remedy = (
            "restore it from version control, or delete it; then posts of earlier imports count as your own"
        )
        raise PostdocsError(file, None, "it is not the record of an import", remedy) from None


def _texts(values: Mapping[object, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in values.items()}


def dump(ledger: Ledger) -> str:
    """Write a record: path and SHA-256 of each file, one a line."""
    tidied = {"tidied": dict(sorted(ledger.tidied.items()))} if ledger.tidied else {}
    comments = {"comments": dict(sorted(ledger.comments.items()))} if ledger.comments else {}
    values = {"sha256": dict(sorted(ledger.written.items())), **tidied, **comments}
    return json.dumps(values, indent=1, ensure_ascii=False) + "\n"


def ledgers_after(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, bytes]:
    """Return the records of imports that have to change when posts are tidied, by their paths.

    before, after: texts by path from the folder of the site. A post that somebody changed stays their own.

    Raises
    ------
    PostdocsError
        A record can't be read.

    """
    tidied: dict[str, dict[str, str]] = {}
    for path, text in after.items():
        for folder in PurePosixPath(path).parents:
            ledger, place = read(Path(folder, LEDGER)), PurePosixPath(path).relative_to(folder)
            ours = {ledger.written.get(str(place)), ledger.tidied.get(str(place))}
            if digest(before[path]) in ours:
                tidied.setdefault(str(folder), {})[str(place)] = digest(text)
    ledgers: dict[str, bytes] = {}
    for name, digests in tidied.items():
        ledger = read(Path(name, LEDGER))
        new = replace(ledger, tidied={**ledger.tidied, **digests})
        ledgers[PurePosixPath(name, LEDGER).as_posix()] = dump(new).encode()
    return ledgers
