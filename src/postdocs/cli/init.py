"""The command `postdocs init`."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from postdocs.cli.arguments import OK, address_of, path_of
from postdocs.core.errors import PostdocsError

if TYPE_CHECKING:
    from postdocs.authoring.scaffold import Site


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "init",
        help="create a site",
        description="Create a site: settings, a home page, a first post, sessions for nox, and files for "
        "your host. On a terminal, init asks for values without an option; otherwise, it takes the defaults.",
        epilog="Existing files are never changed. Exit status: 0 the site was created, 2 it was not.",
    )
    parser.add_argument("folder", type=path_of, metavar="DIR", help="the folder, created if necessary")
    parser.add_argument("--title", metavar="TEXT", help="the title of the site (default: Notes)")
    parser.add_argument("--author", metavar="NAME", help="the author (default: Ann Example)")
    parser.add_argument(
        "--host",
        metavar="HOST",
        help="the host: github, gitlab, netlify, cloudflare, readthedocs, or none (default: github)",
    )
    parser.add_argument("--url", metavar="URL", help="the address of the published site (default: none)")
    parser.add_argument(
        "--timezone", metavar="ZONE", help="the time zone of dates, such as Europe/Berlin (default: UTC)"
    )
    parser.add_argument(
        "--license",
        metavar="ID",
        help="the licence of your texts: CC-BY-4.0, CC0-1.0, another Creative Commons licence, or none "
        "(default: none)",
    )
    parser.set_defaults(command=_run)


@dataclass(frozen=True)
class _Question:
    """What is asked about a new site. default: the answer where none is given. read: raises PostdocsError."""

    text: str
    default: str
    read: Callable[[str], str]

    def answer(self, given: str | None, ask: Callable[[str], str] | None) -> str:
        """Read what is given, or ask until an answer can be read. ask: None where nobody can answer.

        Raises
        ------
        PostdocsError
            What is given can't be read.

        """
        if given is not None or ask is None:
            return self.read(self.default if given is None else given)
        while True:
            try:
                return self.read(ask(f"{self.text} [{self.default or 'none yet'}]: ").strip() or self.default)
            except PostdocsError as error:
                print(error.message)


def _ask(question: str) -> str:
    try:
        return input(question)
    except EOFError:  # Ctrl-D ends it, as Ctrl-C does
        print()
        raise KeyboardInterrupt from None


def _site(options: argparse.Namespace, ask: Callable[[str], str] | None) -> Site:
    """Return what the new site is, as options and answers say."""
    from postdocs.authoring.hosts import HOSTS
    from postdocs.authoring.licences import LICENCES, NONE
    from postdocs.authoring.scaffold import Site
    from postdocs.cli.values import choice_of, text_of, zone_of
    from postdocs.core import new_site

    hosts, licences = [*HOSTS], [*LICENCES, NONE]
    title = _Question("Name of the site", new_site.TITLE, lambda text: text_of(text, "--title"))
    author = _Question("Who writes", new_site.AUTHOR, lambda text: text_of(text, "--author"))
    host = _Question(
        f"Host, one of {', '.join(hosts)}", "github", lambda text: choice_of(text, hosts, "--host")
    )
    zone = _Question(
        "Time zone, such as Europe/Berlin", new_site.TIMEZONE, lambda text: zone_of(text, "--timezone")
    )
    licence = _Question(
        f"Licence of your texts, one of {', '.join(licences)}",
        NONE,
        lambda text: choice_of(text, licences, "--license"),
    )
    names = title.answer(options.title, ask), author.answer(options.author, ask)
    chosen = host.answer(options.host, ask)
    address = _Question(
        f"Address, such as {HOSTS[chosen].address}",
        "",
        lambda text: address_of(text, "--url") if text else "",
    )
    return Site(
        *names,
        address.answer(options.url, ask),
        zone.answer(options.timezone, ask),
        licence.answer(options.license, ask),
        chosen,
    )


def _run(options: argparse.Namespace) -> int:
    from postdocs.authoring import scaffold
    from postdocs.authoring.hosts import HOSTS
    from postdocs.core import files

    folder: Path = options.folder
    site = _site(options, _ask if sys.stdin.isatty() and sys.stdout.isatty() else None)
    now = datetime.now(UTC).replace(microsecond=0)
    requirement = scaffold.requirement()
    files_by_path = scaffold.files_of(site, now, requirement)
    for path in files_by_path:
        if (folder / path).exists() or (folder / path).is_symlink():
            remedy = "choose an empty folder; to add Postdocs to a project, see the manual"
            raise PostdocsError(folder / path, None, "it already exists", remedy)
    for path, text in files_by_path.items():
        files.create(folder, path, text.encode())
        print((folder / path).as_posix())
    print("To see the site while you write:")
    print(f"  cd {shlex.quote(folder.as_posix())}")
    print('  python -m pip install "nox[uv]" && nox -s preview')
    print(f"To publish it with {HOSTS[site.host].title}:")
    print(f"  {HOSTS[site.host].setup}")
    if " @ file:" in requirement:
        print(
            f"  Only this machine has {requirement.partition(' @ ')[2]}: name a release in requirements.txt."
        )
    return OK
