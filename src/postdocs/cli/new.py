"""The command `postdocs new`."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from postdocs.cli.arguments import OK, path_of
from postdocs.core.errors import PostdocsError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "new",
        help="start a post",
        description="Start a post: write a draft with front matter to a file named after the title. Run it "
        "in the folder of conf.py. It prints the path and, on a terminal, opens the file in your editor, "
        "$VISUAL or $EDITOR.",
        epilog="Existing files are never changed. Exit status: 0 the draft was written, 2 it was not.",
    )
    parser.add_argument("title", metavar="TITLE", help="the title, in quotes")
    parser.add_argument("--tags", default="", metavar="A,B", help="tags, separated by commas")
    parser.add_argument("--category", default="", metavar="NAME", help="the category")
    parser.add_argument("--date", metavar="DATE", help="the date (default: now)")
    parser.add_argument(
        "--author",
        metavar="NAME",
        help="the author (default: the author in conf.py, else the most frequent one, else your name in Git)",
    )
    parser.add_argument(
        "--into",
        type=path_of,
        metavar="DIR",
        help="the folder of posts (default: that of existing posts, else of `blog_post_pattern`)",
    )
    parser.add_argument("--no-edit", action="store_true", help="don't open an editor")
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from postdocs.authoring import drafts, restructured
    from postdocs.authoring.placement import BUNDLES
    from postdocs.cli.values import date_of, path_of_post, text_of
    from postdocs.core import conf, files
    from postdocs.core.post import Post
    from postdocs.core.slugs import RESERVED_FILES, slugify, unique

    site = conf.read(Path("conf.py").absolute())
    title = text_of(options.title, "TITLE")
    date = date_of(options.date, site.zone) or datetime.now(site.zone).replace(microsecond=0)
    slug = unique(slugify(title), RESERVED_FILES)
    path = path_of_post(options.into, site, date, slug)
    if options.author is None:
        author, known_by = drafts.author_of(options.into or Path(path).parents[-2], site, _git_name)
    else:
        author, known_by = text_of(options.author, "--author"), ""
    post = Post(
        title=title,
        date=date,
        author=drafts.labels_of(author, "author", site.zone),
        category=drafts.labels_of(options.category, "category", site.zone),
        tags=drafts.labels_of(options.tags, "tags", site.zone),
        blogpost=None if site.patterns else True,
    )
    text = restructured.begin(post) if path.endswith(".rst") else drafts.begin(post).text
    folder = Path(path).parent if Path(path).stem in BUNDLES else Path(path).with_suffix("")
    if folder.is_dir() and any(folder.glob("index.*")):
        raise PostdocsError(folder, None, "a post of that name already exists", "choose another title")
    files.create(Path(), path, text.encode())
    if author and known_by:
        print(f"author: {author}, {known_by}; --author names another", file=sys.stderr)
    print(path, flush=True)
    if not options.no_edit and sys.stdin.isatty() and sys.stdout.isatty():
        _open(path)
    return OK


def _git_name() -> str:
    """Return the name by which Git signs commits here, or "" where it has none or is not installed."""
    try:
        command = ["git", "config", "user.name"]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - fixed arguments
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def _open(path: str) -> None:
    variable = "VISUAL" if os.environ.get("VISUAL") else "EDITOR"
    editor = shlex.split(os.environ.get(variable, ""))
    if editor:
        try:
            subprocess.run([*editor, path], check=False)  # noqa: S603 - what the user named
        except OSError as error:
            remedy = f"set {variable} to your editor, or open the draft {path} yourself"
            raise PostdocsError(f"${variable}", None, f"{editor[0]}: {error.strerror}", remedy) from None
