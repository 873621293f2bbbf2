"""What checkers of links find in a site of planted faults, and what a large site costs them.

Give the commands of the other checkers; those that are not given are left out:

    nox -s bench -- checkers --lychee PATH --linkinator PATH
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from blogs.link_cases import BASE, CASES, plant

EXTENSIONS = "html,htm,xhtml,xml,atom,css,json,svg,webmanifest"
# Pages that end linkinator 7 altogether: their bytes are no UTF-8.
CRASHES = {"fault/img-latin/index.html"}
SIZES = (21, 1000)
_WORDS = "links stay while pages move and readers follow them from old posts to new ones "


def ours(root: Path) -> list[str]:
    """Return our command."""
    return [
        sys.executable,
        "-m",
        "postdocs",
        "links",
        str(root),
        "--offline",
        "--json",
        str(root.parent / "ours.json"),
    ]


def lychee(command: str, root: Path) -> list[str]:
    """Return the command of lychee with all that helps it: fragments, our address, suffixes, all files."""
    remaps = [
        argument
        for scheme in ("https", "http")
        for argument in ("--remap", f"{scheme}://{BASE.partition('://')[2]}(.*) {root.as_uri()}/$1")
    ]
    return [
        *(
            command,
            "--offline",
            "--no-progress",
            "--format",
            "json",
            "--include-fragments",
            "--root-dir",
            str(root),
        ),
        *(
            "--index-files",
            "index.html",
            "--fallback-extensions",
            "html",
            "--extensions",
            EXTENSIONS,
            *remaps,
        ),
        str(root),
    ]


def linkinator(command: str, root: Path) -> list[str]:
    """Return the command of linkinator with all that helps it. It begins at the pages of the cases."""
    kinds = (".html", ".htm", ".xhtml")
    pages = [case.path for case in CASES if case.path.endswith(kinds) and case.path not in CRASHES]
    return [
        *(
            command,
            *pages,
            "--server-root",
            str(root),
            "--format",
            "json",
            "--check-css",
            "--check-fragments",
        ),
        *("--clean-urls", "--skip", "^https?://(?!localhost)"),
    ]


def run(command: Sequence[str], folder: Path) -> tuple[str, float]:
    """Return what a command prints, and the seconds of CPU that it took, whatever its status."""
    with subprocess.Popen(  # noqa: S603 - our own
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return said, usage.ru_utime + usage.ru_stime


def told_by_us(root: Path, _said: str) -> set[str]:
    """Return the files in which we found something."""
    report = json.loads((root.parent / "ours.json").read_text(encoding="utf-8"))
    places = (place["path"] for finding in report["findings"] for place in finding["places"])
    return {Path(root.parent, place).relative_to(root).as_posix() for place in places}


def told_by_lychee(root: Path, said: str) -> set[str]:
    """Return the files in which lychee found something."""
    errors: Mapping[str, object] = json.loads(said)["error_map"]
    return {Path(path).relative_to(root).as_posix() for path in errors}


def told_by_linkinator(_root: Path, said: str) -> set[str]:
    """Return the files in which linkinator found something."""
    links = json.loads(said[said.index("{") :])["links"]
    broken = (link.get("parent") or link["url"] for link in links if link["state"] == "BROKEN")
    return {page.partition("#")[0] for page in broken}


def write_site(root: Path, pages: int) -> None:
    """Write a site of posts as generators write them: navigation, words, headings, links and pictures."""
    names = [f"posts/{number:04}/" for number in range(pages)]
    navigation = "".join(f'<li><a href="/{name}">{name}</a>' for name in names[:40])
    for number, name in enumerate(names):
        parts = [
            f'<h2 id="part-{part}">Part {part}<a href="#part-{part}">#</a></h2><p>{_WORDS * 8}'
            f'<a href="../{(number + part) % pages:04}/#part-{part}">x</a> <img src="/a.png" alt="">'
            f'<a href="https://host{number % 97}.example/{part}">y</a></p>'
            for part in range(12)
        ]
        (root / name).mkdir(parents=True)
        (root / name / "index.html").write_text(
            f'<!DOCTYPE html><html lang="en"><head><title>{name}</title><link rel="stylesheet" href="/a.css">'
            f'<link rel="canonical" href="{BASE}{name}"></head><body><nav><ul>{navigation}</ul></nav>'
            f"<main>{''.join(parts)}</main></body></html>",
            encoding="utf-8",
        )
    (root / "index.html").write_text(f'<link rel="canonical" href="{BASE}">{navigation}', encoding="utf-8")
    (root / "a.css").write_text("p { color: black }", encoding="utf-8")
    (root / "a.png").touch()


def main() -> None:
    """Print a table of what each checker finds, and one of what it costs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lychee", help="the command of lychee")
    parser.add_argument("--linkinator", help="the command of linkinator")
    options = parser.parse_args()
    checkers: dict[str, tuple[Callable[[Path], list[str]], Callable[[Path, str], set[str]]]] = {
        "postdocs links": (ours, told_by_us)
    }
    if options.lychee:
        checkers["lychee"] = (lambda root: lychee(options.lychee, root), told_by_lychee)
    if options.linkinator:
        checkers["linkinator"] = (lambda root: linkinator(options.linkinator, root), told_by_linkinator)
    faulty = {case.path for case in CASES if case.fault}
    good = {case.path for case in CASES} - faulty
    print(f"| | Found of {len(faulty)} faults | Wrong in {len(good)} good files |")
    print("|---|---|---|")
    for name, (command, told) in checkers.items():
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve() / "site"
            plant(root)
            said, _ = run(command(root), root if name == "linkinator" else root.parent)
            files = told(root, said)
        print(f"| {name} | {len(files & faulty)} | {len(files & good)} |")
    print(f"\n| | {' | '.join(f'{size:,} posts, CPU' for size in SIZES)} |")
    print(f"|---|{'---|' * len(SIZES)}")
    for name, (command, _) in checkers.items():
        if name == "linkinator":  # it asks a server of its own, which costs more than the rest
            continue
        costs = []
        for size in SIZES:
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder).resolve() / "site"
                write_site(root, size)
                costs.append(min(run(command(root), root.parent)[1] for _ in range(3)))
        print(f"| {name} | {' | '.join(f'{cost:.2f} s' for cost in costs)} |")


if __name__ == "__main__":
    main()
