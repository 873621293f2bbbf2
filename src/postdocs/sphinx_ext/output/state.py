"""The state that a build saves for the next one: the origin of each output file."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from postdocs.core.files import write_bytes
from postdocs.sphinx_ext.output import recovery

_VERSION = 4
_FILE = "state.json"
_EMPTY: dict[str, Any] = {
    "version": _VERSION,
    "setup": "",
    "inputs_digest": "",
    "kept": "",
    "documents": {},
    "files": {},
    "contents": {},
    "owned": [],
    "late": [],
    "all": [],
}
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode


def fingerprint(*parts: object) -> str:
    """Return what changes when one of the parts does; they are data of JSON, or have a stable text."""
    return hashlib.sha256(_encode(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def folder_of(out: Path, doctrees: Path) -> Path:
    """Return where is kept what the next build has to know of this one.

    It is beside the doctrees, since it is about them too; for each output that they are used for.
    """
    return Path(doctrees, f"postdocs-{fingerprint(str(out))[:16]}")


class State:
    """The state of one folder of output.

    out: the folder. doctrees: that of the documents as they were read. setup: what changes when settings,
    templates or software do.

    documents: by docname, the fingerprint of what its page shows of others. files: by path in the output, the
    fingerprint of what a file without a document is made from. contents: that of each article for feeds.
    site: that of what any page may show. inputs_digest: that of all that the site is made of, beside what is
    in `setup`. owned: further files of the output that belong to what is in the site now. late: those that
    come when all pages are written, and must not be there before. is_up_to_date:
    whether all is as the build before has left it. is_lost: whether a site was built there, and its state is
    gone, damaged or of another version; the files that can be told to be of that site then count as its own,
    and nothing that is kept beside the state is used.
    """

    def __init__(self, out: Path, doctrees: Path, setup: str, *, is_same_process: bool = False) -> None:
        """Load the state. is_same_process: whether none but this process has been at what is kept."""
        self._out = out
        self.folder = folder_of(out, doctrees)
        self._file = self.folder / _FILE
        present, state = self._present(), self._load()
        if state and state["kept"] not in {"", self._kept()} and not is_same_process:
            state = None
        self.is_lost = state is None and (self._file.exists() or recovery.has_site(out))
        if self.is_lost:
            shutil.rmtree(self.folder, ignore_errors=True)
        self._old = state or _EMPTY | {"all": sorted(self._recover(present))}
        before = {*self._old["all"]}
        self._foreign = present - before
        self._is_whole = before <= present and self._old["setup"] == setup
        self.setup = setup
        self.inputs_digest = ""
        self.is_finished = self.is_up_to_date = False
        self.documents: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.site = ""
        self.contents: dict[str, str] = dict(self._old["contents"])
        self.owned: set[str] = set()
        self.late: set[str] = {*self._old["late"]}
        if self._old["setup"] != setup:
            self._remove(self._old["all"])
            self._old |= {"documents": {}, "files": {}}

    def _load(self) -> dict[str, Any] | None:
        """Return what the build before left, or None where nothing of this version can be read."""
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        return data if _is_state(data) else None

    def _kept(self) -> str:
        """Return what changes when a file that is kept for the next build is gone, new, or of another size.

        Times would change when a cache of a build is copied.
        """
        sizes: list[tuple[str, int]] = []
        start = len(str(self.folder))
        folders = [str(self.folder)]
        while folders:
            with suppress(OSError), os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif entry.name != _FILE:
                        sizes.append((entry.path[start:], entry.stat().st_size))
        return fingerprint(sorted(sizes))

    def _recover(self, present: set[str]) -> set[str]:
        """Return the files of a site whose state is lost."""
        return recovery.files_of_site(self._out, present) if self.is_lost else set()

    def _present(self) -> set[str]:
        """Return the files of the output, by POSIX path from its root."""
        hidden = str(self.folder.parent)
        files: set[str] = set()
        start = len(str(self._out)) + 1
        folders = [str(self._out)]
        while folders:  # of thousands, `os.walk` asks the disk twice, and paths take longer than both
            with suppress(OSError), os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if not entry.is_dir(follow_symlinks=False):
                        files.add(entry.path[start:])
                    elif entry.path != hidden:
                        folders.append(entry.path)
        return {Path(name).as_posix() for name in files} if os.sep != "/" else files

    def keep(self) -> bool:
        """Tell whether the site is made of the same as before, with no file gone; then all stays as it is."""
        self.is_up_to_date = self._is_whole and self._old["inputs_digest"] == self.inputs_digest
        if self.is_up_to_date:
            self.documents, self.files = dict(self._old["documents"]), dict(self._old["files"])
            self.owned = {*self._old["owned"]}
        return self.is_up_to_date

    def invalidate(self) -> None:
        """Keep nothing: what the site is made of is to be noted again."""
        self.is_up_to_date = False
        self.documents, self.files, self.owned = {}, {}, set()

    def stale_documents(self) -> set[str]:
        """Return the documents whose pages show of others what they did not show before."""
        before = self._old["documents"]
        return {name for name, digest in self.documents.items() if before.get(name) != digest}

    def is_stale(self, path: str, digest: str) -> bool:
        """Note what a file is made from; tell whether that is new, or the file is gone."""
        self.files[path] = digest
        return self._old["files"].get(path) != digest or not Path(self._out, path).is_file()

    def begin(self, documents: Iterable[str]) -> None:
        """Note that a build begins to write: should it fail, the next one trusts nothing that it touched."""
        self._remove(self.late)
        touched = {*documents}
        kept = {name: digest for name, digest in self._old["documents"].items() if name not in touched}
        articles = {
            key: digest
            for key, digest in self._old["contents"].items()
            if key.rpartition("#")[0] not in touched
        }
        files = dict.fromkeys(self._old["files"], "")
        self._save(
            self._old
            | {"inputs_digest": "", "kept": "", "documents": kept, "files": files, "contents": articles}
        )

    def finish(self, written: set[str]) -> None:
        """Remove the files of what is gone from the site, and note how the others came about.

        written: the documents that were written by this build.
        """
        self.is_finished = True
        if self.is_up_to_date and self.files == self._old["files"] and self.owned == {*self._old["owned"]}:
            return
        owned = {*self.files, *self.owned}
        self._remove({*self._old["files"], *self._old["owned"]} - owned)
        before = self._old["documents"]
        documents = {
            name: digest
            for name, digest in self.documents.items()
            if name in written or before.get(name) == digest
        }
        self._save(
            {
                "version": _VERSION,
                "setup": self.setup,
                "inputs_digest": self.inputs_digest,
                "kept": self._kept(),
                "documents": documents,
                "files": self.files,
                "contents": self.contents,
                "owned": sorted(self.owned),
                "late": sorted(name for name in self.late if Path(self._out, name).is_file()),
                "all": sorted(self._present() - (self._foreign - owned)),
            }
        )

    def _save(self, data: dict[str, Any]) -> None:
        write_bytes(self._file, json.dumps(data, sort_keys=True).encode())

    def _remove(self, paths: Iterable[str]) -> None:
        """Remove files of the output, and folders that are empty then."""
        folders = set()
        for path in paths:
            file = self._out / path
            if self._out.resolve() in file.resolve().parents:
                file.unlink(missing_ok=True)
                folders |= {folder for folder in file.parents if self._out in folder.parents}
        for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _is_state(data: Any) -> bool:
    """Tell whether data is what `finish` writes."""
    if not isinstance(data, dict) or data.keys() != _EMPTY.keys() or data["version"] != _VERSION:
        return False
    values = [value for value in data.values() if isinstance(value, dict | list)]
    texts = [text for value in values for text in (value.values() if isinstance(value, dict) else value)]
    has_types = all(type(data[key]) is type(empty) for key, empty in _EMPTY.items())
    return has_types and all(isinstance(text, str) for text in texts)
