"""The text of a source file: its encoding, and diffs."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from postdocs.core.errors import PostdocsError

_LINE_END = re.compile(r"\r\n?|\n")


def decode(data: bytes, path: str | Path) -> str:
    """Decode a source file, which has to be UTF-8; each line ends in a line feed then.

    Raises
    ------
    PostdocsError
        It is in another encoding; the error names the line.

    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise PostdocsError(path, line, wrong, "save the file in UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encode(text: str, before: bytes) -> bytes:
    """Encode a text as a file has it: with its ends of lines, and the mark that it may begin with.

    Where the ends differ, lines that stay keep their own; the others get the one that most lines have.
    """
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    old = before.decode("utf-8-sig")
    ends = _LINE_END.findall(old)
    usual = max(("\n", "\r\n", "\r"), key=ends.count)
    if len({*ends}) > 1:
        text = _ended_as(text.split("\n"), _LINE_END.split(old), [*ends, ""], usual)
    else:
        text = text.replace("\n", usual)
    return mark + text.encode()


def _ended_as(lines: list[str], old: list[str], ends: list[str], usual: str) -> str:
    """Join lines; those that the old ones have too end as there. The last line has no end."""
    new = [usual] * len(lines)
    for at_old, at_new, size in difflib.SequenceMatcher(None, old, lines).get_matching_blocks():
        new[at_new : at_new + size] = [end or usual for end in ends[at_old : at_old + size]]
    new[-1] = ""
    return "".join(line + end for line, end in zip(lines, new, strict=True))


def diff(before: str, after: str, path: str, other: str | None = None) -> str:
    """Return what differs, as `git apply` reads it. other: the path of the new text, where it is another."""
    old, new = (text.split("\n") for text in (before, after))  # not at other characters that may end lines
    lines = difflib.unified_diff(_ended(old), _ended(new), f"a/{path}", f"b/{other or path}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _ended(lines: list[str]) -> list[str]:
    *complete, last = lines
    return [*(f"{line}\n" for line in complete), *filter(None, [last])]
