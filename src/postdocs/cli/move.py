"""The command `postdocs move`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from postdocs.cli.arguments import OK, path_of
from postdocs.core.errors import PostdocsError

if TYPE_CHECKING:
    from postdocs.authoring.move import Move

# Folders that only programs name so, and files that they leave in folders of any name.
_MADE = {"_build", "__pycache__", "node_modules", "site-packages"}
_MARKS = ("objects.inv", "pyvenv.cfg", "CACHEDIR.TAG")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "move",
        help="rename a post, or move it to another folder",
        description="Rename a post or page, or move it to another folder. Files beside it that only it uses "
        "move with it. Links to it in Markdown, reStructuredText, notebooks, and conf.py are updated, and so "
        "are its own relative links. A published post keeps its old address as an alias, and the id of its "
        "feed entry. Without --write, the command shows what would change. Run it in the folder of conf.py.",
        epilog="Examples: postdocs move posts/2024/draft-7.md posts/2024/multigrid.md; "
        "postdocs move posts/2024/multigrid.md posts/2025/ --write. Nothing is overwritten, and if a file "
        "can't be written, none is. Exit status: 0 it is moved, or can be; 2 it can't be.",
    )
    parser.add_argument("old", type=path_of, metavar="OLD", help="the file of the post, or its folder")
    parser.add_argument("new", type=str, metavar="NEW", help="its new path; a folder keeps the name")
    parser.add_argument("--write", action="store_true", help="move it")
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from postdocs.authoring import move
    from postdocs.authoring.source_links import SUFFIXES
    from postdocs.core import conf, entry_ids, files
    from postdocs.core.source_text import decode, encode

    settings = conf.read(Path("conf.py").absolute())
    old = _source(options.old)
    new = _target(options.new, old)
    paths = sorted(_files(Path()))
    others = {"conf.py", entry_ids.NAME}
    data = {path: Path(path).read_bytes() for path in paths if path.endswith(SUFFIXES) or path in others}
    texts = {path: decode(content, path) for path, content in data.items()}
    for error in entry_ids.read(texts.get(entry_ids.NAME, "")).errors:
        raise error
    built = Path("_build/html")
    is_flat = (built / f"{old.rpartition('.')[0]}.html").is_file()
    plan = move.plan(texts, paths, old, new, settings, is_flat=is_flat)
    _show(plan, texts)
    if not options.write:
        print("Nothing is written yet; add --write to move it.")
        return OK
    back = {target: path for path, target in plan.files.items()}
    written = {path: encode(text, data[back.get(path, path)]) for path, text in plan.texts.items()}
    created = {
        target: written[target] if target in written else Path(path).read_bytes()
        for path, target in plan.files.items()
    }
    edited = {path: content for path, content in written.items() if path not in created}
    files.change(Path(), created, edited, [*plan.files])
    folders = {folder for path in plan.files for folder in Path(path).parents} - {Path()}
    for folder in sorted(folders, key=lambda folder: -len(folder.parts)):
        with suppress(OSError):  # it is not empty
            folder.rmdir()
    return OK


def _source(path: Path) -> str:
    """Return the path of the source that is meant, from the folder of the site."""
    from postdocs.authoring.source_links import SUFFIXES

    if path.is_dir():
        path = next((file for suffix in SUFFIXES if (file := path / f"index{suffix}").is_file()), path)
    inside = _inside(path)
    if path.is_symlink():
        raise PostdocsError(path, None, "it is a symbolic link", "name its target")
    if not path.is_file():
        remedy = "name the file of a post, like posts/2024/hello.md"
        raise PostdocsError(path, None, "there is no such file", remedy)
    if not inside.endswith(SUFFIXES):
        raise PostdocsError(path, None, "it is no source of a page", f"name a file in {', '.join(SUFFIXES)}")
    return inside


def _target(text: str, old: str) -> str:
    """Return where a source goes. text: a path, or a folder, in which it keeps its name."""
    from postdocs.authoring.source_links import SUFFIXES

    path = path_of(text)
    is_folder = path.is_dir() or text.endswith(("/", os.sep))
    if is_folder:
        path /= Path(old).name
    elif path.suffix not in SUFFIXES:
        path = path.with_name(path.name + Path(old).suffix)
    new = _inside(path)
    if new == old:
        raise PostdocsError(path, None, "it already exists", "name another path")
    return new


def _inside(path: Path) -> str:
    inside = Path(os.path.relpath(path)).as_posix()
    if inside.startswith("../") or not path.parent.resolve().is_relative_to(Path.cwd().resolve()):
        remedy = "run this in the folder of that site's conf.py"
        raise PostdocsError(path, None, "it is not in this site", remedy)
    return inside


def _files(root: Path) -> Iterator[str]:
    """Yield the paths of the files of a site, those that programs make left out."""
    for folder, folders, names in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and name not in _MADE
            and not any(Path(folder, name, mark).exists() for mark in _MARKS)
        ]
        yield from (Path(folder, name).as_posix() for name in names if not Path(folder, name).is_symlink())


def _show(plan: Move, texts: dict[str, str]) -> None:
    """Print what moves, and what changes in which file."""
    from postdocs.core.source_text import diff

    back = {target: path for path, target in plan.files.items()}
    for path, target in plan.files.items():
        print(f"{path} → {target}")
    for path, text in plan.texts.items():
        before = back.get(path, path)
        print(diff(texts[before], text, before, path), end="")
    if plan.note:
        print(f"{next(iter(plan.files.values()))}: {plan.note}")
