"""Files of posts in languages that the import doesn't read, such as Org."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.sources.archive import Files


class Unread:
    """Says what becomes of them: each is lost, unless the text that was made of it is beside it."""

    def __init__(
        self, files: Files, system: str, languages: Mapping[str, str], texts: Container[str]
    ) -> None:
        """Take the files of a site, and what it is.

        languages: by their suffixes, such as `.org`. texts: the suffixes of files that are read.
        """
        self._files, self._system, self._languages, self._texts = files, system, languages, texts

    def note(self, path: str, what: str = "post") -> Note:
        """Return the note on a file. what: it is, such as a page."""
        name = PurePosixPath(path)
        language = self._languages.get(name.suffix.lower(), name.suffix)
        if str(name.with_suffix("")) in self._made:
            return Note(NoteKind.LEFT_OUT, f"{language} beside the text that was made of it", before=path)
        why = f"a {what} in {language}, which the import doesn't read in a {self._system} site"
        return Note(NoteKind.LOST, why, before=path)

    @cached_property
    def _made(self) -> frozenset[str]:
        """The paths of the texts, without their suffixes."""
        names = map(PurePosixPath, self._files.paths)
        return frozenset(str(name.with_suffix("")) for name in names if name.suffix.lower() in self._texts)
