"""Errors of users: the place, the fault, and the fix."""

from __future__ import annotations

from pathlib import Path


class PostdocsError(ValueError):
    """A mistake in somebody's input, told in one line.

    path: the file, as the reader of the message would name it.
    line: 1-based line in that file, or None where no line is to blame.
    wrong: what is wrong, starting with the thing it is about.
    remedy: what to do, in the imperative.
    """

    def __init__(self, path: str | Path, line: int | None, wrong: str, remedy: str) -> None:
        self.path = str(path)
        self.line = line
        self.wrong = wrong
        self.remedy = remedy
        super().__init__(f"{self.place}: {self.message}")

    @property
    def place(self) -> str:
        """`file:line`, or `file` alone."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    @property
    def message(self) -> str:
        """The mistake and the remedy, without the place."""
        return f"{self.wrong}; {self.remedy}"
