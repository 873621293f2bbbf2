"""What all commands print with."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sphinx.util.matching import patmatch

from postdocs.core.conf import Settings
from postdocs.core.errors import PostdocsError
from postdocs.core.frontmatter import FIELDS, parse_date
from postdocs.links.internal import to_base

OK, FAULTS, UNREADABLE = 0, 1, 2  # what a command exits with
_EVERY = 15.0  # seconds between lines of progress where there is no terminal


class _Console(Console):
    """A console that leaves it to the command what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console_for(*, quiet: bool = False) -> Console:
    """Return what a command prints on."""
    return _Console(quiet=quiet, highlight=False, soft_wrap=True)


def say(console: Console, lines: Iterable[str]) -> None:
    """Print lines as they are."""
    for line in lines:
        console.print(line, markup=False, emoji=False)


@contextmanager
def progress(console: Console, stage: str, total: int) -> Iterator[Callable[[], None]]:
    """Show how far a stage is: a bar on a terminal, elsewhere a line now and then."""
    columns = (TextColumn(stage), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    said, done = time.monotonic(), 0
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)

        def tick() -> None:
            nonlocal said, done
            done += 1
            bar.advance(task)
            if not console.is_terminal and time.monotonic() - said >= _EVERY:
                said = time.monotonic()
                say(console, [f"{stage}: {done:,} of {total:,}"])

        yield tick


def count(number: int, one: str, more: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


class Parser(argparse.ArgumentParser):
    """What reads arguments, and says in one line what it cannot understand."""

    def error(self, message: str) -> NoReturn:
        """End the command."""
        self.exit(UNREADABLE, f"{self.prog}: {message}; `{self.prog} --help` tells more\n")


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


def refuse_no_post(folder: Path, site: Settings) -> None:
    """Refuse a folder of posts whose files would be none, and so in no list and no feed."""
    path = Path(os.path.relpath(folder), "2024/hello.md").as_posix()
    if not any(patmatch(path, pattern) for pattern in site.patterns):
        wrong = f"`blog_post_pattern` of conf.py makes no posts of files like {path}"
        remedy = "set it to 'posts/**/*.md', or name the folder of your posts with --into"
        raise PostdocsError(folder, None, wrong, remedy)


def text_of(text: str, name: str) -> str:
    """Read a line of text that is given to a command. name: what messages call it."""
    try:
        found: str = FIELDS["title"].metadata["read"](text, UTC)
    except ValueError as error:
        raise PostdocsError(name, None, str(error), "write it in quotes") from None
    return found


def address_of(text: str, name: str) -> str:
    """Read the address of a site, and end it in a slash. name: what messages call it."""
    try:
        return to_base(text)
    except ValueError:
        remedy = "write one like https://example.org/blog/"
        raise PostdocsError(name, None, "it is not a web address", remedy) from None


def date_of(text: str | None, zone: tzinfo) -> datetime | None:
    """Read what `--date` says, if anything."""
    if text is None:
        return None
    try:
        return parse_date(text, zone)
    except ValueError as error:
        raise PostdocsError("--date", None, str(error), "write YYYY-MM-DD") from None
