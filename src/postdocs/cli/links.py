"""The command `postdocs links`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rich.console import Console

from postdocs.cli.console import FAULTS, OK, address_of, console_for, count, file_of, path_of, progress, say
from postdocs.core import conf as settings
from postdocs.core import files
from postdocs.core.errors import PostdocsError
from postdocs.links import fix, refresh, report
from postdocs.links.ledger_file import Store
from postdocs.links.pipeline import Wishes, check
from postdocs.links.report import Report
from postdocs.links.source_map import Sources

_YEAR = 365 * 24 * 60  # minutes; who asks for more has made a slip


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "links",
        help="check the links of a built site",
        description="Check the links of a built site: HTML files, Atom and JSON feeds. Internal links, "
        "fragments and assets have to be right. Links that leave the site are judged by a ledger, which is "
        "committed with the site; over the network only those are asked that are not in it yet.",
        epilog="Exit status: 0 all is well, 1 there are faults, 2 nothing could be checked.",
    )
    parser.add_argument("built_html", type=path_of, metavar="BUILT_HTML", help="the folder of the built site")
    parser.add_argument(
        "--base-url",
        metavar="URL",
        help="the site's address, so that links that spell it out count as internal; "
        "by default the canonical link of its home page",
    )
    parser.add_argument(
        "--ledger", type=path_of, default=Path("links.toml"), metavar="FILE", help="the ledger (links.toml)"
    )
    parser.add_argument(
        "--source",
        type=path_of,
        default=Path(),
        metavar="DIR",
        help="what the site was built of (this folder)",
    )
    asking = parser.add_mutually_exclusive_group()
    asking.add_argument("--offline", action="store_true", help="ask nothing; write nothing")
    asking.add_argument(
        "--refresh",
        action="store_true",
        help="ask also what is due to be asked again, look for archived copies of what is dead, and drop "
        "from the ledger what no page uses",
    )
    parser.add_argument(
        "--budget", type=_minutes, default=refresh.BUDGET / 60, metavar="MINUTES", help="time for asking (10)"
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a host that may be asked although it is in a private network; may be repeated",
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="link to the archived copies of dead links: shows what it changes in the sources, then changes "
        "it (on a terminal it asks first)",
    )
    parser.add_argument("--dry-run", action="store_true", help="with --fix: show the changes only")
    parser.add_argument("--json", type=file_of, metavar="FILE", help="write the whole report, as JSON")
    parser.add_argument("--junit", type=file_of, metavar="FILE", help="write a report in JUnit's XML")
    parser.set_defaults(command=_run)


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0
    if not 0 < minutes < _YEAR:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of minutes; write one like 10")
    return minutes


def _run(options: argparse.Namespace) -> int:
    base = None if options.base_url is None else address_of(options.base_url, "--base-url")
    if not options.source.is_dir():
        raise PostdocsError(options.source, None, "there is no such folder", "name the folder of conf.py")
    if not options.ledger.parent.is_dir():
        raise PostdocsError(
            options.ledger.parent, None, "there is no such folder", "make it, or correct --ledger"
        )
    if options.dry_run and not options.fix:
        raise PostdocsError("--dry-run", None, "there is nothing to try", "add --fix")
    console = console_for()
    allowed = frozenset(name.lower() for name in options.allow_host)
    wishes = Wishes(
        base=base,
        ledger=options.ledger,
        sources=options.source,
        today=datetime.now(UTC).date(),
        refresh=options.refresh,
        network=None if options.offline else refresh.Network(allowed=allowed, budget=options.budget * 60),
    )
    found = check(options.built_html, wishes, partial(progress, console))
    say(console, report.lines(found))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        say(console, report.as_annotations(found))
    for path, data in ((options.json, report.as_json), (options.junit, report.as_junit)):
        if path:
            files.write(path.parent, path.name, data(found))
    if options.fix:
        _fix(options, found, console)
    return FAULTS if found.findings else OK


def _fix(options: argparse.Namespace, found: Report, console: Console) -> None:
    conf = options.source / "conf.py"
    myst = settings.read(conf.absolute()).myst if conf.is_file() else {}
    repairs = fix.repairs(found, Sources(options.source, options.built_html), myst)
    for repair in repairs:
        say(console, (f"{place}: it stays as it is: {why}" for place, why in repair.left))
        say(console, repair.diff().splitlines())
    changed = [repair for repair in repairs if repair.after != repair.before]
    if not changed:
        say(console, ["nothing to fix"])
    elif not options.dry_run and _agrees(console, changed):
        for repair in changed:
            files.write(options.source, repair.path, repair.data)
        done = fix.finished(found, repairs)
        Store(options.ledger).settle(lambda known: {url: known[url] for url in known if url not in done})
        say(console, [f"{count(len(changed), 'file')} changed; build the site again"])


def _agrees(console: Console, changed: Sequence[fix.Repair]) -> bool:
    if not console.is_terminal:
        return True
    return console.input(f"Change {count(len(changed), 'file')}? [y/N] ").strip().lower() in {"y", "yes"}
