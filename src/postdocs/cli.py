"""The command `postdocs`: the only place that prints and exits."""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path

import postdocs
from postdocs.errors import PostdocsError
from postdocs.links import internal
from postdocs.links.collect import collect, list_files

OK, FAULTS, UNREADABLE = 0, 1, 2


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
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="postdocs", description="A blog as a documentation-style site.")
    parser.add_argument("--version", action="version", version=f"postdocs {postdocs.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    links = commands.add_parser(
        "links",
        help="check the links of a built site",
        description="Check each internal link, fragment and asset of a built site: HTML files and Atom "
        "feeds. No network is needed; outgoing links are counted only.",
        epilog="Exit status: 0 all is well, 1 there are faults, 2 the site could not be read.",
    )
    links.add_argument("built_html", type=Path, metavar="BUILT_HTML", help="the folder of the built site")
    links.add_argument(
        "--base-url",
        metavar="URL",
        help="the site's address, so that links that spell it out count as internal; "
        "by default the canonical link of its home page",
    )
    links.set_defaults(command=_links)
    return parser


def _links(options: argparse.Namespace) -> int:
    root: Path = options.built_html
    try:
        given = None if options.base_url is None else internal.to_base(options.base_url)
    except ValueError:
        raise PostdocsError(
            options.base_url, None, "it is not a web address", "write one like https://example.org/blog/"
        ) from None
    if not root.is_dir():
        raise PostdocsError(
            root, None, "there is no such folder", "build the site first, or name another folder"
        )
    files = list_files(root)
    pages = list(collect(root, files))
    if not any(page.anchors is not None for page in pages):
        raise PostdocsError(
            root, None, "there is no HTML in it", "build the site first, or name another folder"
        )
    base = given or internal.base_of(pages)
    result = internal.check(pages, frozenset(files), base)
    if not (result.internal or result.faults):
        raise PostdocsError(root, None, "it has no internal links", "give the site's address with --base-url")
    for fault in result.faults:
        print(fault)
    print(
        f"{_count(len(result.faults), 'fault')} in {_count(result.pages, 'file')}: "
        f"{_count(result.internal, 'internal link')} checked, {result.outgoing:,} outgoing not asked"
    )
    return FAULTS if result.faults else OK


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
