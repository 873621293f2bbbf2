"""The command `postdocs init`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from postdocs.cli.arguments import OK, address_of, path_of
from postdocs.core.errors import PostdocsError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "init",
        help="begin a site",
        description="Begin a site of your own: settings, a home page, a first post, sessions for nox and "
        "workflows for GitHub. It builds at once.",
        epilog="A file that is there is never changed. Exit status: 0 the site is there, 2 it is not.",
    )
    parser.add_argument("folder", type=path_of, metavar="DIR", help="a folder, which is made if need be")
    parser.add_argument("--title", default="Notes", metavar="TEXT", help="the name of the site (Notes)")
    parser.add_argument("--author", default="Ann Example", metavar="NAME", help="who writes (Ann Example)")
    parser.add_argument("--url", default="", metavar="URL", help="the address at which it will be published")
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from postdocs.authoring import scaffold
    from postdocs.cli.values import text_of
    from postdocs.core import files

    folder: Path = options.folder
    title, author = text_of(options.title, "--title"), text_of(options.author, "--author")
    url = address_of(options.url, "--url") if options.url else ""
    now = datetime.now(UTC).replace(microsecond=0)
    files_by_path = scaffold.files_of(scaffold.Options(title, author, url), now, scaffold.requirement())
    for path in files_by_path:
        if (folder / path).exists() or (folder / path).is_symlink():
            remedy = "choose an empty folder, or add Postdocs to your project as the manual says"
            raise PostdocsError(folder / path, None, "it is there already", remedy)
    for path, text in files_by_path.items():
        files.create(folder, path, text.encode())
        print((folder / path).as_posix())
    print(f"Edit the first block of {(folder / 'conf.py').as_posix()}; then, in that folder:")
    print('  python -m pip install "nox[uv]" && nox -s preview')
    return OK
