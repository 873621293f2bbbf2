"""The command `postdocs`: the only place that prints and exits."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import postdocs
from postdocs.errors import PostdocsError
from postdocs.importer import assets, command, fetch, files, report, settings, sources
from postdocs.importer.command import Wishes
from postdocs.links import internal
from postdocs.links.collect import collect, list_files
from postdocs.post import parse_date

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

    _add_import(commands)
    links = commands.add_parser(
        "links",
        help="check the links of a built site",
        description="Check each internal link, fragment and asset of a built site: HTML files and Atom "
        "feeds. No network is needed; outgoing links are counted only.",
        epilog="Exit status: 0 all is well, 1 there are faults, 2 nothing could be checked.",
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


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "import",
        help="make posts of an existing blog",
        description="Make posts of an existing blog, and prove that nothing is lost: each post is rendered "
        "and compared with its source. Run it in the folder of the site's conf.py.",
        epilog="A post that was changed by hand is never overwritten. "
        "Exit status: 0 nothing was lost, 1 something was, 2 a source could not be read.",
    )
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="a file or an address: an Atom, RSS or JSON feed, an export of WordPress or Blogger, "
        "a saved page, or text copied from a Sphinx page",
    )
    parser.add_argument(
        "--into", type=Path, default=Path("posts"), metavar="DIR", help="folder of posts (posts)"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would happen to which file, and write nothing"
    )
    parser.add_argument(
        "--update", action="store_true", help="bring in what the source has changed since the last import"
    )
    parser.add_argument(
        "--replace", action="store_true", help="overwrite posts that were written or changed by hand"
    )
    parser.add_argument(
        "--author", action="append", default=[], metavar="NAME", help="author of entries that name none"
    )
    parser.add_argument("--date", metavar="DATE", help="date of entries that have none")
    parser.add_argument("--url", metavar="URL", help="address of a page that states none")
    pictures = parser.add_mutually_exclusive_group()
    pictures.add_argument("--assets", type=Path, metavar="DIR", help="take pictures from this folder")
    pictures.add_argument("--fetch-assets", action="store_true", help="fetch pictures over the network")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the whole report, as JSON")
    parser.add_argument("--quiet", action="store_true", help="say only what was lost")
    parser.set_defaults(command=_import)


def _import(options: argparse.Namespace) -> int:
    site = settings.read(Path("conf.py").absolute())
    console = Console(quiet=options.quiet, highlight=False, soft_wrap=True)
    with httpx.Client(headers={"User-Agent": f"postdocs/{postdocs.__version__}"}) as client:
        found = []
        for name in options.sources:
            source = sources.read(*fetch.load(name, client))
            _say(console, [f"{name}: {source.format}, {_count(len(source.entries), 'post')}"])
            _say(console, report.note_lines(name, source.notes))
            found.append(source)
        entries, notes = sources.merge(found)
        wishes = Wishes(
            folder=options.into,
            update=options.update,
            replace=options.replace,
            author=tuple(options.author),
            date=_date(options.date, site.zone),
            url=options.url,
            find=_finder(options, client),
        )
        made = command.make(entries, wishes, site, datetime.now(UTC), partial(_progress, console))
    notes = (*notes, *made.notes)
    _say(console, report.note_lines("all posts", notes))
    for post in made.posts:
        _say(console, report.note_lines(post.path, post.notes))
    _say(console, report.plan_lines(made.actions))
    if options.dry_run:
        _say(console, (action.diff().rstrip("\n") for action in made.actions if action.text is not None))
    else:
        made.carry_out(options.into)
    if options.report:
        files.write(
            options.report.parent,
            options.report.name,
            report.as_json(made.posts, made.actions, notes).encode(),
        )
    _say(console, [report.summary(made.posts)])
    return FAULTS if report.lost(made.posts) else OK


def _date(text: str | None, zone: tzinfo) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_date(text, zone)
    except ValueError as error:
        raise PostdocsError("--date", None, str(error), "write YYYY-MM-DD") from None


def _finder(options: argparse.Namespace, client: httpx.Client) -> Callable[[str], assets.Picture] | None:
    if options.assets:
        if not options.assets.is_dir():
            raise PostdocsError(
                options.assets, None, "there is no such folder", "name the folder of the pictures"
            )
        return assets.from_folder(options.assets)
    return assets.from_network(client, assets.is_public) if options.fetch_assets else None


def _say(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(line, markup=False, emoji=False)


@contextmanager
def _progress(console: Console, stage: str, total: int) -> Iterator[Callable[[], None]]:
    """Show how far a stage is, on a terminal."""
    columns = (TextColumn(stage), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)


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
