"""Move sites of six generators three ways, and check the links of what becomes of them.

Each site has what only its generator knows, pictures, files, links between posts, and links that were dead
before. It is built by the generator where that is installed, and imported from its sources, from what was
built, and from both into a new site, which is built and whose links are checked. A line each is printed.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import generators
from blogs.moved_sites import MOVERS, own_posts
from generators import URL, put

ELEVENTY = generators.Generator(("eleventy",), lambda _folder, _blog: None, "_site")


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603


def postdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Postdocs in a folder."""
    return run(folder, sys.executable, "-m", "postdocs", *arguments)


def moved(old: Path, built: Path, way: str, new: Path) -> str:
    """Import a site in one of the ways, and return what became of it."""
    postdocs(
        new.parent, "init", new.name, "--host", "none", "--url", URL, "--author", "Ida"
    ).check_returncode()
    shutil.rmtree(new / "posts")
    without = new.parent / f"{new.name}-sources"
    shutil.copytree(
        old, without, ignore=lambda at, names: {built.name} & {*names} if Path(at) == old else set()
    )
    arguments = {
        "sources": [str(without)],
        "built": [str(built)],
        "both": [str(without), "--built", str(built)],
    }[way]
    done = postdocs(
        new, "import", *arguments, "--settings", "--report", "report.json", "--keep-files", "--allow-dead"
    )
    put(new / "import.txt", done.stdout + done.stderr)
    if not (new / "report.json").is_file():
        return done.stderr.strip()
    report = json.loads((new / "report.json").read_text())
    strict = ("--nitpicky", "--fail-on-warning", "--keep-going")
    build = run(new, sys.executable, "-m", "sphinx", "-b", "dirhtml", *strict, ".", "_build/html")
    put(new / "build.txt", build.stdout + build.stderr)
    links = postdocs(new, "links", "_build/html", "--offline")
    put(new / "links.txt", links.stdout + links.stderr)
    silent = [*unanswered(built, new / "_build/html", report)]
    put(new / "silent.txt", "\n".join(silent))
    warnings = len(re.findall(r"(?:WARNING|ERROR|CRITICAL): ", build.stderr))
    faults = len([line for line in links.stdout.splitlines() if re.match(r"\S+?:(?:\d+:)? ", line)])
    words = sum(post["counts"]["words"] for post in report["posts"])
    said = f"{len(report['posts'])} posts and pages, {words:,} words, {report['lost']} lost"
    checked = f"{warnings} faults of the build, {faults} of links, {len(report['dead_links'])} known as dead"
    status = f"status {done.returncode}, {build.returncode}, {links.returncode}"
    return f"{said}; {checked} ({status}); {len(silent)} old addresses neither answer nor are named"


def unanswered(old: Path, new: Path, report: dict[str, Any]) -> Iterator[str]:
    """Yield the old addresses that neither the new site answers nor the report names."""
    notes = [*report["notes"], *(note for post in report["posts"] for note in post["notes"])]
    named = {unquote(note["before"]) for note in notes}
    for file in sorted(old.rglob("*")):
        path = file.relative_to(old).as_posix()
        places = (path, f"{path.removesuffix('.html')}.html", f"{path.removesuffix('.html')}/index.html")
        is_there = any((new / place).is_file() for place in places)
        if file.is_file() and not is_there and f"{URL}/{path.removesuffix('index.html')}" not in named:
            yield path


def main() -> None:
    """Move the site of each generator that is installed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--into",
        dest="folder",
        type=Path,
        default=Path("_build/moving"),
        help="where the sites go (_build/moving)",
    )
    parser.add_argument("--only", nargs="*", default=[*MOVERS], help="generators (all)")
    parser.add_argument("--ways", nargs="*", default=["sources", "built", "both"], help="ways (all)")
    options = parser.parse_args()
    for name in options.only:
        generator = generators.GENERATORS.get(name, ELEVENTY)
        if shutil.which(generator.command[0]) is None:
            print(f"{name}: not installed")
            continue
        top = options.folder.resolve() / name
        old = top / "old"
        if not (old / generator.output).is_dir():
            blog = own_posts(MOVERS[name].kinds)
            generator.write(old, blog)
            MOVERS[name].add(old, blog)
            built = run(old, *generator.command)
            if built.returncode:
                sys.exit(f"{name}: {built.stdout}{built.stderr}")
        for way in options.ways:
            new = top / way
            for folder in (new, top / f"{way}-sources"):
                shutil.rmtree(folder, ignore_errors=True)
            print(f"{name}, {way}:", moved(old, old / generator.output, way, new), flush=True)


if __name__ == "__main__":
    main()
