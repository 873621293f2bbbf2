"""The command `postdocs`: the only place that prints and exits."""

from __future__ import annotations

import argparse
import io
import os
import sys

import postdocs
from postdocs.cli import importing, links, preview
from postdocs.cli.console import UNREADABLE
from postdocs.errors import PostdocsError

_INTERRUPTED = 128 + 2  # what a shell reports of a command that Ctrl-C ended


def main() -> None:
    """Run the command and exit."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # it may be unable to show what a page says
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads on; Python must not find that out again when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 128 + 13  # what a shell reports of a command that the closed pipe ended
    sys.exit(status)


def run(args: list[str]) -> int:
    """Run the command with arguments; return its exit status."""
    options = _parser().parse_args(args)
    try:
        status: int = options.command(options)
    except PostdocsError as error:
        print(f"postdocs: {error}", file=sys.stderr)
        return UNREADABLE
    except KeyboardInterrupt:
        print("postdocs: interrupted", file=sys.stderr)
        return _INTERRUPTED
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="postdocs", description="A blog as a documentation-style site.")
    parser.add_argument("--version", action="version", version=f"postdocs {postdocs.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    importing.add(commands)
    links.add(commands)
    preview.add(commands)
    return parser
