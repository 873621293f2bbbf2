"""The command `postdocs links`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from postdocs.cli.arguments import FAULTS, OK, address_of, file_of, path_of
from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count
from postdocs.links.hosts import HOSTS

if TYPE_CHECKING:
    from postdocs.core.progress import Advance
    from postdocs.links.fix import Repair
    from postdocs.links.refresh import Network
    from postdocs.links.report import Report


_YEAR = 365 * 24 * 60  # minutes; who asks for more has made a slip


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "links",
        help="check the links of a built site",
        description="Check the links of a built site in HTML files, Atom feeds, and JSON feeds. Internal "
        "links, fragments, and assets must be correct. A ledger, which you commit with the site, decides "
        "about outgoing links; the check requests only those that it doesn't know, or that fail the check.",
        epilog="Exit status: 0 no faults, 1 faults, 2 the check couldn't run.",
    )
    parser.add_argument("built_html", type=path_of, metavar="BUILT_HTML", help="the folder of the built site")
    parser.add_argument(
        "--base-url",
        metavar="URL",
        help="the address of the site, so that links with the full address count as internal "
        "(default: the canonical link of the home page)",
    )
    parser.add_argument(
        "--host",
        choices=HOSTS,
        help="the host, which decides whether `/page` is `page.html` (default: according to files such as "
        "`_redirects`, else GitHub Pages); `plain` is a server without such rules",
    )
    parser.add_argument(
        "--ledger",
        type=path_of,
        default=Path("links.toml"),
        metavar="FILE",
        help="your decisions about links (default: links.toml); the memory of the check is beside it, in a "
        "file that ends in .tsv",
    )
    parser.add_argument(
        "--source",
        type=path_of,
        default=Path(),
        metavar="DIR",
        help="the sources of the site (default: this folder)",
    )
    parser.add_argument(
        "--cache",
        type=path_of,
        metavar="DIR",
        help="remember in this folder what the built files contain, so that the next check reads only those "
        "that changed; you can delete it at any time",
    )
    asking = parser.add_mutually_exclusive_group()
    asking.add_argument("--offline", action="store_true", help="use no network, and keep the ledger as it is")
    asking.add_argument(
        "--refresh",
        action="store_true",
        help="also request links that are due again, look for archived copies of dead links, and remove "
        "unused links from the ledger, except your reasons",
    )
    parser.add_argument("--budget", type=_minutes, metavar="MINUTES", help="time for requests (default: 10)")
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a host in a private network that the check may contact; repeatable",
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="replace dead links with archived copies: shows the changes in the sources, asks, then writes "
        "them",
    )
    parser.add_argument("--dry-run", action="store_true", help="with --fix: show the changes only")
    parser.add_argument("--yes", action="store_true", help="with --fix: don't ask")
    parser.add_argument(
        "--redirects", action="store_true", help="with --fix: also replace links that redirect permanently"
    )
    parser.add_argument("--json", type=file_of, metavar="FILE", help="write the full report as JSON")
    parser.add_argument("--junit", type=file_of, metavar="FILE", help="write a report in JUnit XML")
    parser.add_argument(
        "--gitlab", type=file_of, metavar="FILE", help="write a GitLab code quality report as JSON"
    )
    parser.add_argument(
        "--changes",
        type=file_of,
        metavar="FILE",
        help="write the news of this run as Markdown, for a pull request",
    )
    parser.set_defaults(command=_run)


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0
    if not 0 < minutes < _YEAR:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of minutes; write one like 10")
    return minutes


def _run(arguments: argparse.Namespace) -> int:
    from postdocs.links import report
    from postdocs.links.pipeline import Options, check

    base = None if arguments.base_url is None else address_of(arguments.base_url, "--base-url")
    if not arguments.source.is_dir():
        raise PostdocsError(arguments.source, None, "there is no such folder", "name the folder of conf.py")
    if not arguments.ledger.parent.is_dir():
        raise PostdocsError(
            arguments.ledger.parent, None, "there is no such folder", "create it, or correct --ledger"
        )
    for option in ("dry_run", "redirects", "yes"):
        if getattr(arguments, option) and not arguments.fix:
            name = f"--{option.replace('_', '-')}"
            raise PostdocsError(name, None, "it does nothing without --fix", "add --fix")
    options = Options(
        base=base,
        ledger=arguments.ledger,
        sources=arguments.source,
        here=Path.cwd(),
        today=datetime.now(UTC).date(),
        refresh=arguments.refresh,
        network=None if arguments.offline else partial(_network, arguments),
        is_ci=os.environ.get("CI", "").lower() in {"true", "1"},
        redirects=arguments.redirects,
        host=arguments.host,
        cache=arguments.cache,
    )
    result = check(arguments.built_html, options, _progress)
    _say(report.lines(result))
    _write(arguments, result)
    if arguments.fix:
        _fix(arguments, result)
    return FAULTS if result.findings else OK


def _network(arguments: argparse.Namespace) -> Network:
    from postdocs.core.http.network import Proxies
    from postdocs.links import refresh

    allowed = frozenset(name.lower() for name in arguments.allow_host)
    budget = arguments.budget * 60 if arguments.budget else refresh.BUDGET
    return refresh.Network(allowed=allowed, budget=budget, proxies=Proxies.from_environment())


def _progress(stage: str, total: int) -> AbstractContextManager[Advance]:
    from postdocs.cli.console import console_for, progress

    return progress(console_for(), stage, total)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _write(arguments: argparse.Namespace, result: Report) -> None:
    """Write the report for services and programs."""
    from postdocs.core import files
    from postdocs.links import formats, markdown

    if os.environ.get("GITHUB_ACTIONS") == "true":
        _say(formats.as_annotations(result))
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("ab") as file:  # other steps write to it too
            file.write(markdown.summary(result))
    for path, data in (
        (arguments.json, formats.as_json),
        (arguments.junit, formats.as_junit),
        (arguments.gitlab, formats.as_gitlab),
        (arguments.changes, markdown.changes),
    ):
        if path:
            files.write(path.parent, path.name, data(result))


def _fix(arguments: argparse.Namespace, result: Report) -> None:
    from postdocs.core import conf, files
    from postdocs.links import fix
    from postdocs.links.ledger_file import Store
    from postdocs.links.pipeline import tidied
    from postdocs.links.source_map import text_of

    conf_file = arguments.source / "conf.py"
    myst = conf.read(conf_file.absolute()).myst if conf_file.is_file() else {}
    repairs = fix.repairs(result, partial(text_of, Path()), myst)
    for repair in repairs:
        _say(f"{left.place}: it stays as it is: {left.why}" for left in repair.left)
        _say(repair.diff().splitlines())
    changed = [repair for repair in repairs if repair.after != repair.before]
    if not changed:
        _say(["nothing to fix"])
    elif not arguments.dry_run and (arguments.yes or _agrees(changed)):
        for repair in changed:
            path = Path(repair.path)
            files.write(path.parent, path.name, repair.data)
        done = fix.finished({**result.copies, **result.moved}, repairs)
        Store(arguments.ledger).settle(lambda entries: tidied(entries, entries.keys() - done))
        _say([f"{count(len(changed), 'file')} changed; build the site again"])


def _agrees(changed: Sequence[Repair]) -> bool:
    if not sys.stdin.isatty():
        raise PostdocsError(
            "--fix", None, "there is no terminal to ask on", "add --yes to change the files, or --dry-run"
        )
    question = f"Change {count(len(changed), 'file')}? [y/N] "
    print(question, end="", file=sys.stdout if sys.stdout.isatty() else sys.stderr, flush=True)
    return input().strip().lower() in {"y", "yes"}
