"""The command `postdocs import`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx

import postdocs
from postdocs.cli.console import (
    FAULTS,
    OK,
    address_of,
    console_for,
    count,
    date_of,
    file_of,
    given,
    path_of,
    progress,
    refuse_no_post,
    say,
)
from postdocs.core import conf, files
from postdocs.core.errors import PostdocsError
from postdocs.importer import fetch, images, pipeline, report
from postdocs.importer.pipeline import Wishes
from postdocs.importer.sources import registry


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
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
        type=given,
        metavar="SOURCE",
        help="a file or an address: an Atom, RSS or JSON feed, an export of WordPress or Blogger, "
        "a saved page, or text copied from a Sphinx page",
    )
    parser.add_argument(
        "--into", type=path_of, default=Path("posts"), metavar="DIR", help="folder of posts (posts)"
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
    parser.add_argument(
        "--url", metavar="URL", help="address of a page, or of the blog of a feed or export, that states none"
    )
    pictures = parser.add_mutually_exclusive_group()
    pictures.add_argument("--assets", type=path_of, metavar="DIR", help="take pictures from this folder")
    pictures.add_argument("--fetch-assets", action="store_true", help="fetch pictures over the network")
    parser.add_argument("--report", type=file_of, metavar="FILE", help="write the whole report, as JSON")
    parser.add_argument("--quiet", action="store_true", help="say only what was lost")
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    site = conf.read(Path("conf.py").absolute())
    if options.url is not None:
        address_of(options.url, "--url")
        if len(options.sources) > 1:
            wrong = f"it is one address, and there are {len(options.sources)} sources"
            raise PostdocsError("--url", None, wrong, "import them one by one")
    date = date_of(options.date, site.zone)
    refuse_no_post(options.into, site)
    console = console_for(quiet=options.quiet)
    with httpx.Client(headers={"User-Agent": f"postdocs/{postdocs.__version__}"}) as client:
        find, found = _finder(options, client), []
        for name in options.sources:
            source = registry.read(*fetch.load(name, client), options.url)
            pages = sum(entry.page for entry in source.entries)
            counted = [count(len(source.entries) - pages, "post"), *([count(pages, "page")] if pages else ())]
            say(console, [f"{name}: {source.format}, {' and '.join(counted)}"])
            say(console, report.note_lines(name, source.notes))
            found.append(source)
        entries, notes = registry.merge(found)
        wishes = Wishes(
            folder=options.into,
            update=options.update,
            replace=options.replace,
            author=tuple(options.author),
            date=date,
            find=find,
        )
        made = pipeline.make(entries, wishes, site, datetime.now(UTC), partial(progress, console))
    notes = (*notes, *made.notes)
    say(console, report.note_lines("all posts", notes))
    for post in made.posts:
        say(console, report.note_lines(post.path, post.notes))
    say(console, report.plan_lines(made.actions))
    if options.dry_run:
        say(console, (action.diff().rstrip("\n") for action in made.actions if action.text is not None))
    else:
        made.carry_out(options.into)
    if options.report:
        files.write(
            options.report.parent,
            options.report.name,
            report.as_json(made.posts, made.actions, notes).encode(),
        )
    say(console, [report.summary(made.posts)])
    return FAULTS if report.lost(made.posts) else OK


def _finder(options: argparse.Namespace, client: httpx.Client) -> Callable[[str], images.Picture] | None:
    if options.assets:
        if not options.assets.is_dir():
            raise PostdocsError(
                options.assets, None, "there is no such folder", "name the folder of the pictures"
            )
        return images.from_folder(options.assets)
    return images.from_network(client, images.is_public) if options.fetch_assets else None
