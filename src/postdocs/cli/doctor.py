"""The command `postdocs doctor`."""

from __future__ import annotations

import argparse
import os
import subprocess
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from postdocs.cli.arguments import FAULTS, OK, path_of
from postdocs.core.errors import PostdocsError
from postdocs.core.plural import count

if TYPE_CHECKING:
    from postdocs.authoring.doctor import Finding, Site


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "doctor",
        help="check whether a site is ready to be published",
        description="Check whether a site is ready to be published, before you build it. What stands in the "
        "way comes first: an example's address or author, no title for feeds, errors in front matter, "
        "images that Git doesn't know. Advice follows: drafts, scheduled posts, unlikely dates, posts "
        "without a summary, images over 2 MB or without alternative text, no workflow, a .gitignore "
        "without _build. "
        "Each line says where, what is wrong, and what to do.",
        epilog="Nothing is written, and the network is not used. For the errors of a build, run `nox -s "
        "build`; for dead links, `nox -s linkcheck`. Exit status: 0 nothing stands in the way, 1 something "
        "does, 2 the site can't be read.",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=path_of,
        default=Path(),
        metavar="DIR",
        help="the folder of conf.py (this folder)",
    )
    parser.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from postdocs.authoring import doctor

    findings = doctor.examine(_site(options.folder), datetime.now(UTC))
    blocking = [finding for finding in findings if finding.is_in_the_way]
    advice = [finding for finding in findings if not finding.is_in_the_way]
    _show("In the way:", blocking)
    _show("Advice:", advice)
    print(f"{count(len(blocking), 'thing')} in the way, {count(len(advice), 'piece')} of advice")
    return FAULTS if blocking else OK


def _show(heading: str, findings: list[Finding]) -> None:
    if findings:
        print(heading)
        for finding in findings:
            print(f"  {finding.error}")


def _site(folder: Path) -> Site:
    """Read a site: its settings, sources, files, and what Git knows of them."""
    from sphinx.util.matching import get_matching_files

    from postdocs.authoring.doctor import Site
    from postdocs.authoring.source_links import SUFFIXES
    from postdocs.core import conf
    from postdocs.core.source_text import decode

    settings_file = (folder / "conf.py").absolute()
    values = conf.evaluate(settings_file)
    excluded = [*_texts(values, "exclude_patterns"), *_texts(values, "templates_path"), "_build"]
    included = _texts(values, "include_patterns") or ["**"]
    paths = sorted(get_matching_files(folder, included, excluded))
    hidden = [path for path in folder.glob(".*") if path.is_file()]
    hidden += [
        path for name in (".github", ".forgejo", ".gitea", ".circleci") for path in (folder / name).rglob("*")
    ]
    sizes = {
        path: (folder / path).stat().st_size for path in get_matching_files(folder, ["**"], ["_build", ".*"])
    }
    sizes |= {path.relative_to(folder).as_posix(): path.stat().st_size for path in hidden if path.is_file()}
    texts, unreadable = {}, []
    for path in paths:
        if path.endswith(SUFFIXES):
            try:
                texts[path] = decode((folder / path).read_bytes(), path)
            except PostdocsError as error:
                unreadable.append(error)
    if unreadable:
        raise ExceptionGroup("sources", unreadable)
    untracked = _untracked(folder)
    is_ignored = (
        "_build" in _text(folder / ".gitignore") or _git(folder, "check-ignore", "_build/x") is not None
    )
    return Site(
        conf=os.path.relpath(settings_file, folder),
        values=values,
        settings=conf.settings_of(settings_file, values),
        line_of=lambda name: conf.line_of_setting(settings_file, name),
        texts=texts,
        sizes=sizes,
        untracked=untracked,
        ignores_output=is_ignored,
    )


def _texts(values: dict[str, object], name: str) -> list[str]:
    value = values.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple) else []


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _untracked(folder: Path) -> Collection[str] | None:
    """Return the files that Git doesn't track, ignored ones too; None where there is no repository."""
    listed = _git(folder, "ls-files", "-z", "--others")
    return None if listed is None else {*listed.split("\0")} - {""}


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what Git prints, or None if it fails or is not installed."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the one of the user
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None
