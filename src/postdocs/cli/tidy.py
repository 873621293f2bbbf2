"""The command `postdocs tidy`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from postdocs.cli.arguments import OK, add_wrap, path_of
from postdocs.core.errors import PostdocsError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "tidy",
        help="write the Markdown of posts as the import does",
        description="Write the Markdown of posts as the import does: only necessary backslashes, one style "
        "of lists and headings, plain options of directives, and Markdown in place of HTML that says the "
        "same. Each block is read before and after, and changes only if both mean the same. Blocks with "
        "directives, roles, or attributes that the import doesn't write stay as they are, and so does front "
        "matter. Without --write, the command shows what would change. Run it in the folder of conf.py.",
        epilog="Examples: postdocs tidy posts; postdocs tidy posts/2012 --write. If a file can't be written, "
        "none is. Later imports recognise the files as their own. Exit status: 0 done, or nothing to do; 2 a "
        "file can't be read or written.",
    )
    parser.add_argument(
        "paths", nargs="+", type=path_of, metavar="PATH", help="a file in Markdown, or a folder of posts"
    )
    add_wrap(parser, "none, which keeps the lines")
    parser.add_argument("--write", action="store_true", help="write the files")
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from postdocs.cli.console import console_for, progress
    from postdocs.core import conf, files
    from postdocs.core.markdown_source import front_matter
    from postdocs.core.plural import count
    from postdocs.core.source_text import decode, diff, encode
    from postdocs.importer import ledger
    from postdocs.importer.myst.render import reader
    from postdocs.importer.tidy import tidied

    read = reader(conf.read(Path("conf.py").absolute()).myst)
    data = {path: Path(path).read_bytes() for path in _sources(options.paths)}
    texts = {path: decode(content, path) for path, content in data.items()}
    changed: dict[str, str] = {}
    with progress(console_for(), "Reading", len(texts)) as advance:
        for path, text in texts.items():
            _refuse_nul(text, path)
            front_matter(text, path)  # one that is not closed is no Markdown
            if (new := tidied(text, read, options.wrap)) != text:
                changed[path] = new
            advance()
    for path, text in changed.items():
        print(diff(texts[path], text, path), end="")
    if not options.write:
        rest = "; add --write to write them" if changed else ""
        print(f"{count(len(changed), 'file')} of {len(texts):,} would change{rest}")
        return OK
    edited = {path: encode(text, data[path]) for path, text in changed.items()}
    edited |= ledger.ledgers_after(texts, changed)
    files.change(Path(), {}, edited, [])
    print(f"{count(len(changed), 'file')} of {len(texts):,} changed")
    return OK


def _refuse_nul(text: str, path: str) -> None:
    """Refuse a character that Markdown is read without (CommonMark 0.31 §2.3), so that none is lost."""
    before, nul, _ = text.partition("\0")
    if nul:
        remedy = "remove it, or save the file in UTF-8"
        raise PostdocsError(path, before.count("\n") + 1, "it has a NUL character", remedy)


def _sources(paths: list[Path]) -> Iterator[str]:
    """Yield the sources that are named, each once; of a folder, all below it in Markdown."""
    seen: Mapping[str, None] = {}
    for path in paths:
        seen = {**seen, **dict.fromkeys(_below(path) if path.is_dir() else [_source(path)])}
    yield from seen


def _below(folder: Path) -> Iterator[str]:
    _inside(folder)
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_made(Path(place, name)))
        for name in sorted(names):
            if name.endswith(".md") and not Path(place, name).is_symlink():
                yield _inside(Path(place, name))


def _is_made(folder: Path) -> bool:
    """Tell whether a folder holds what programs made or installed."""
    is_hidden = folder.name.startswith((".", "_")) or folder.name == "node_modules"
    return is_hidden or (folder / "pyvenv.cfg").is_file()


def _source(path: Path) -> str:
    if path.is_symlink():
        raise PostdocsError(path, None, "it is a symbolic link", "name its target")
    if not path.is_file():
        remedy = "name the file of a post, like posts/2024/a.md, or a folder"
        raise PostdocsError(path, None, "there is no such file", remedy)
    if path.suffix != ".md":
        raise PostdocsError(path, None, "it is not Markdown", "name a file that ends in .md")
    return _inside(path)


def _inside(path: Path) -> str:
    inside = Path(os.path.relpath(path)).as_posix()
    if inside.startswith("../") or not path.resolve().is_relative_to(Path.cwd().resolve()):
        remedy = "run this in the folder of that site's conf.py"
        raise PostdocsError(path, None, "it is not in this site", remedy)
    return inside
