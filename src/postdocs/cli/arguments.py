"""How commands read their arguments. Every command is parsed with this, so it imports almost nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from postdocs.importer.myst.wrap import Wrap

from postdocs.core.errors import PostdocsError

_NARROWEST = 20  # characters of a line
OK, FAULTS, UNREADABLE = 0, 1, 2  # what a command exits with


class Parser(argparse.ArgumentParser):
    """What reads arguments, and says in one line what it cannot understand."""

    def error(self, message: str) -> NoReturn:
        """End the command."""
        self.exit(UNREADABLE, f"{self.prog}: {message}; run `{self.prog} --help`\n")


def given(text: str) -> str:
    """Refuse an empty argument: a shell makes it of a variable that is not set, and it means no folder."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty; write a path")
    return text


def path_of(text: str) -> Path:
    """Read a path that is given to a command."""
    return Path(given(text))


def file_of(text: str) -> Path:
    """Read the path of a file that is going to be written."""
    path = path_of(text)
    if path.is_dir():
        raise argparse.ArgumentTypeError(f"'{text}' is a folder; name a file")
    return path


def wrap_of(text: str) -> Wrap:
    """Read how paragraphs are wrapped."""
    if text in {"none", "sentence"}:
        return "none" if text == "none" else "sentence"
    if text.isascii() and text.isdecimal() and int(text) >= _NARROWEST:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is no way to wrap; write none, sentence, or a width like 80")


def add_wrap(parser: argparse.ArgumentParser, default: str) -> None:
    """Add the option that says how paragraphs are wrapped. default: what `none` means, in words."""
    parser.add_argument(
        "--wrap",
        type=wrap_of,
        default="none",
        metavar="none|sentence|WIDTH",
        help=f"start a line for each sentence, or wrap paragraphs at a width like 80 (default: {default})",
    )


def address_of(text: str, name: str) -> str:
    """Read the address of a site, and end it in a slash. name: what messages call it."""
    from postdocs.links.base import to_base

    try:
        return to_base(text)
    except ValueError:
        remedy = "write one like https://example.org/blog/"
        raise PostdocsError(name, None, "it is not a web address", remedy) from None
