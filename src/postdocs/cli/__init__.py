"""The command `postdocs`: the only place that prints and exits."""

from __future__ import annotations

import argparse
import io
import os
import sys
import traceback
from pathlib import Path

from postdocs._version import __version__
from postdocs.cli import adopt, build, doctor, import_, init, links, move, new, preview, publish, tidy
from postdocs.cli.arguments import UNREADABLE, Parser
from postdocs.core.errors import PostdocsError

_INTERRUPTED = 128 + 2  # what a shell reports of a command that Ctrl-C ended
_BUG = 70  # "internal software error" (sysexits.h)
_PACKAGE = Path(__file__).parents[1]
_DEBUG = "add a traceback to errors"


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
    options, unknown = parser().parse_known_args(args)
    if unknown:
        options.refuse(f"unrecognized arguments: {' '.join(unknown)}")
    try:
        status: int = options.command(options)
    except BrokenPipeError:  # for `main`
        raise
    except KeyboardInterrupt:
        print("postdocs: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in a line
        if options.debug:
            traceback.print_exc()
        mistakes = _mistakes_in(error)
        for line in mistakes or [_bug(error)]:
            print(f"postdocs: {line}", file=sys.stderr)
        return UNREADABLE if mistakes else _BUG
    return status


def _mistakes_in(error: Exception) -> list[str]:
    """Return what somebody did wrong, a line each; nothing where it is a mistake of ours."""
    if isinstance(error, OSError) and error.filename:
        return [f"{error.filename}: {error.strerror}; check that it exists and that you may use it"]
    if isinstance(error, ModuleNotFoundError) and not (error.name or "").startswith("postdocs"):
        return [f"{error.name} is not installed; run `python -m pip install 'postdocs[site]'`"]
    errors = error.exceptions if isinstance(error, ExceptionGroup) else [error]
    return [str(error) for error in errors] if all(isinstance(e, PostdocsError) for e in errors) else []


def _bug(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    frame = (ours or frames)[-1]
    what = " ".join(f"{type(error).__name__}: {error}".split())
    remedy = "run it again with --debug, and report the output to the developers of Postdocs"
    return f"this is a bug: {what} ({Path(frame.filename).name}:{frame.lineno}); {remedy}"


def parser() -> argparse.ArgumentParser:
    """Return what reads the arguments."""
    whole = Parser(prog="postdocs", description="Turn a blog into a documentation-style site.")
    whole.add_argument("--version", action="version", version=f"postdocs {__version__}")
    whole.add_argument("--debug", action="store_true", help=_DEBUG)
    _add_commands(whole)
    return whole


def commands() -> dict[str, argparse.ArgumentParser]:
    """Return what reads the arguments of each command, by its name."""
    return _add_commands(Parser(prog="postdocs"))


def _add_commands(whole: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    added = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in (init, adopt, new, preview, build, publish, move, tidy, doctor, import_, links):
        command.add(added)
    for command_parser in added.choices.values():
        command_parser.set_defaults(refuse=command_parser.error)  # not that of all commands, which knows less
        command_parser.add_argument(  # so that it may be added at the end
            "--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS
        )
    return dict(added.choices)
