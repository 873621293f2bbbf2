"""The command `postdocs preview`."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from postdocs.cli.arguments import OK, path_of
from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count

if TYPE_CHECKING:
    from postdocs.preview.run import Built

_NAMED = 3  # pages of a build that the terminal names


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "preview",
        help="serve a site while you write",
        description="Serve a site on 127.0.0.1, with drafts and scheduled posts. When you save a file, the "
        "preview rebuilds the site, reloads open pages, and shows errors on them. Press Ctrl-C to stop.",
    )
    parser.add_argument(
        "source",
        nargs="?",
        type=path_of,
        default=Path(),
        metavar="SOURCE",
        help="the folder of conf.py (default: this folder)",
    )
    parser.add_argument(
        "--port", type=_port, metavar="N", help="the port (default: the first free one from 8000)"
    )
    parser.add_argument("--open", action="store_true", help="open the site in the browser")
    parser.set_defaults(command=_run)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"'{text}' is not a port; write a number like 8000")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    import asyncio
    import webbrowser

    from postdocs.cli.console import console_for, say

    try:
        from postdocs.preview import run  # what this needs is an optional dependency
    except ImportError as error:
        remedy = "run `python -m pip install 'postdocs[preview]'`"
        raise PostdocsError("preview", None, f"{error.name} is not installed", remedy) from None
    source = options.source.resolve()
    if not (source / "conf.py").is_file():
        raise PostdocsError(source / "conf.py", None, "there is no such file", "name the folder of conf.py")
    out = source / "_build" / "preview"
    console = console_for()

    def welcome(base: str) -> None:
        say(console, [f"Serving {address}{base.lstrip('/')}; Ctrl-C ends it"])

    async def serve() -> None:
        # Said here, where Ctrl-C ends a task: before, it would interrupt asyncio as it starts.
        say(console, [f"Building {source} for {address}"])
        preview = run.Preview(source, out, lambda built: say(console, _lines(built)))
        await preview.serve(listening, welcome)

    with run.alone(options.source, out), run.listen(options.port) as listening:
        address = f"http://{run.HOST}:{listening.getsockname()[1]}/"
        if options.open:
            webbrowser.open(address)
        with suppress(KeyboardInterrupt):  # which is how a preview ends
            asyncio.run(serve())
        say(console, ["The preview has ended."])
    return OK


def _lines(built: Built) -> list[str]:
    """Return what is said of a build: how long it took, what was written, and what is wrong now."""
    written = built.report.written
    took = f"{built.seconds:.1f} s"
    if built.report.error:
        return [*built.lines, f"Failed in {took}; the site is as it was"]
    named = ", ".join(written[:_NAMED]) + (
        f" and {len(written) - _NAMED:,} more" if len(written) > _NAMED else ""
    )
    return [*built.lines, f"Built {count(len(written), 'document')} in {took}{': ' if named else ''}{named}"]
