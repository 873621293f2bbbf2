"""The command `postdocs adopt`."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from postdocs.cli.arguments import FAULTS, OK, path_of
from postdocs.core.errors import PostdocsError

if TYPE_CHECKING:
    from postdocs.core.conf import Settings


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "adopt",
        help="compare builds of an ablog site without and with Postdocs",
        description="Compare a build of ablog alone with a build of Postdocs: addresses, titles, feeds, "
        "entries, and their ids. --write copies the ids of the old feeds into the posts, or into "
        "entry-ids.toml, so that subscribers don't see a post twice. Run it in the folder of conf.py.",
        epilog="Exit status: 0 nothing is lost, 1 something is lost, 2 the comparison failed.",
    )
    parser.add_argument("before", type=path_of, metavar="BEFORE", help="the folder of the old build")
    parser.add_argument(
        "after",
        type=path_of,
        nargs="?",
        default=Path("_build/html"),
        metavar="AFTER",
        help="the folder of the new build (default: _build/html)",
    )
    parser.add_argument(
        "--feed",
        type=path_of,
        action="append",
        default=[],
        metavar="FILE",
        help="a published feed, if BEFORE lacks entries; repeatable",
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="write the ids of old entries into the posts, or into entry-ids.toml",
    )
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from postdocs.authoring import adoption
    from postdocs.core import conf

    settings = conf.read(Path("conf.py").absolute())
    for folder in (options.before, options.after):
        if not folder.is_dir():
            raise PostdocsError(
                folder, None, "there is no such folder", "build the site, or name another folder"
            )
    before, after = (adoption.read_site(folder) for folder in (options.before, options.after))
    published = {**before.feeds}
    for file in options.feed:
        entries = adoption.entries_of(file.read_bytes())
        if not entries:
            raise PostdocsError(file, None, "it is not a feed with entries", "name an Atom or RSS file")
        published[file.as_posix()] = entries
    if options.write:
        old, new = adoption.Site(before.pages, published).entries, after.entries
        ids = {
            path: entry.id
            for path, entry in adoption.aligned(old, new).items()
            if path not in new or new[path].id != entry.id
        }
        parts = (path.partition("#") for path in (*old, *new))
        return _write(settings, ids, {page for page, mark, _ in parts if mark})
    differences = [*adoption.compare(adoption.Site(before.pages, published), after, settings.blog)]
    for difference in differences:
        print(difference.text)
    counts = (
        f"{len(site.pages):,} pages, {len(site.entries):,} entries of feeds" for site in (before, after)
    )
    print("Before: {}. Now: {}.".format(*counts))
    losses = sum(difference.is_loss for difference in differences)
    if any(difference.text.startswith("id: ") for difference in differences):
        print("Add --write to keep the ids, then build again.")
    return FAULTS if losses else OK


def _write(settings: Settings, ids: Mapping[str, str], parts: Collection[str]) -> int:
    """Write the ids of entries into their posts, or into one file; say what can't be kept."""
    from postdocs.authoring import kept_ids
    from postdocs.core import entry_ids, files
    from postdocs.core.source_text import decode

    root = Path()
    suffixes = {".md", ".markdown", ".rst", ".txt", ".ipynb"}
    names = {
        file.relative_to(root).as_posix()
        for file in files.files_below(root)
        if file.suffix in suffixes and not file.parts[0].startswith((".", "_"))
    }
    texts = {}
    for name in sorted(names):
        with suppress(PostdocsError):  # Sphinx reads no other encoding, so it is no source
            texts[name] = decode(Path(name).read_bytes(), name)
    apart = Path(entry_ids.NAME)
    text = decode(apart.read_bytes(), apart) if apart.is_file() else ""
    given = entry_ids.read(text)
    if given.errors:
        raise given.errors[0]
    kept = kept_ids.keep(
        ids, texts, {key: entry.id for key, entry in given.ids.items()}, settings.base, parts
    )
    for message in kept.refused:
        print(message)
    for source, edited in kept.texts.items():
        _write_text(source, edited)
        print(f"{source}: has the id of its entry")
    if kept.ids:
        _write_text(entry_ids.NAME, entry_ids.with_ids(text, kept.ids))
    for key in kept.ids:
        print(f"{key}: {entry_ids.NAME} has the id of its entry")
    return FAULTS if kept.refused else OK


def _write_text(path: str, text: str) -> None:
    """Write a file with the ends of lines that it has."""
    from postdocs.core import files

    is_there = Path(path).is_file()
    newline = b"\r\n" if is_there and b"\r\n" in Path(path).read_bytes() else b"\n"
    files.write(Path(), path, text.encode().replace(b"\n", newline))
