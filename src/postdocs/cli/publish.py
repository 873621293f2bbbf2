"""The command `postdocs publish`."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from postdocs.cli.arguments import OK, path_of
from postdocs.core.errors import PostdocsError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "publish",
        help="publish a draft",
        description="Publish a draft: set its date to now in the time zone of the site, remove `draft`, and "
        "add the id of its feed entry. Nothing else in the file changes, and the file stays in its folder. "
        "Run it in the folder of conf.py.",
        epilog="Exit status: 0 the post is published, 2 it is not.",
    )
    parser.add_argument("path", type=path_of, metavar="PATH", help="the file of the draft")
    parser.add_argument(
        "--date", metavar="DATE", help="another date; a date in the future schedules the post"
    )
    parser.add_argument("--dry-run", action="store_true", help="show the changes without writing them")
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from postdocs.authoring import drafts
    from postdocs.cli.values import date_of
    from postdocs.core import conf, files
    from postdocs.core.frontmatter import read
    from postdocs.core.source_text import decode, diff

    site = conf.read(Path("conf.py").absolute())
    path = Path(os.path.relpath(options.path)).as_posix()
    try:
        data = options.path.read_bytes()
    except OSError as error:
        remedy = "name the file of a draft, like posts/2024/hello.md"
        raise PostdocsError(options.path, None, f"it can't be read ({error.strerror})", remedy) from None
    if path.startswith("../"):
        remedy = "run this in the folder of that site's conf.py"
        raise PostdocsError(options.path, None, "it is not in this site", remedy)
    if options.path.is_symlink():
        raise PostdocsError(options.path, None, "it is a symbolic link", "name its target")
    if options.path.suffix not in {".md", ".rst", ".markdown", ".txt"}:
        wrong = "it is neither Markdown nor reStructuredText"
        raise PostdocsError(path, None, wrong, "name the file of a draft, like posts/2024/hello.md")
    now = datetime.now(site.zone).replace(microsecond=0)
    date = date_of(options.date, site.zone) or now
    edited = drafts.publish(data, path, date, site)
    if edited is None:
        print(f"{path}: it is published already; nothing has changed")
        return OK
    if options.dry_run:
        for line in diff(decode(data, path), decode(edited, path), path).splitlines():
            print(line)
        return OK
    files.write(Path(), path, edited)
    is_markdown = options.path.suffix in {".md", ".markdown"}
    post = read(decode(edited, path), path, site.zone).post if is_markdown else None
    if post and post.is_page:
        print(f"{path}: published, as a page")
        return OK
    print(f"{path}: published, dated {date.isoformat()}")
    if date > datetime.now(UTC):
        print("It is in the first build after that date.")
    if post and post.id is None and not site.base:
        print("It has no `id` for feeds yet, since conf.py has no `blog_baseurl`.")
    return OK
