"""What each patch of a library saves: the made blog with all patches, and without one, in turn."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from blogs.measuring import Cost, run
from blogs.sphinxes import arguments, write_sphinx

# By patch: where a build asks for it, and what takes its place there.
PATCHES = {
    "document_settings": (
        *("postdocs.sphinx_ext.compat.document_settings", "cached_settings"),
        "contextlib.nullcontext",
    ),
    "gc_tuning": (
        *("postdocs.sphinx_ext.compat.gc_tuning.FrozenHeap", "freeze"),
        "lambda heap: None",
    ),
    "log_level": (
        *("postdocs.sphinx_ext.compat.log_level", "shown_only"),
        "lambda app: contextlib.nullcontext()",
    ),
    "packed_contents": (
        *("postdocs.sphinx_ext.compat.packed_contents", "pack"),
        "lambda app: None",
    ),
    "parallel_read": (
        *("postdocs.sphinx_ext.compat.parallel_read.EqualShares", "_read_parallel"),
        "sphinx.builders.Builder._read_parallel",
    ),
    "parallel_write": (
        *("postdocs.sphinx_ext.builders", "write_shares"),
        "lambda builder, docnames, *others: sphinx.builders.Builder.write_documents(builder, {*docnames})",
    ),
    "trust_templates": (
        *("postdocs.sphinx_ext.compat.theme", "trust_templates"),
        "lambda environment: None",
    ),
}
_PROGRAM = """\
import contextlib, pkgutil, sys
import sphinx.builders
from sphinx.cmd.build import main
setattr(pkgutil.resolve_name({place!r}), {name!r}, {other})
sys.exit(main(sys.argv[1:]))
"""


def command(patch: str | None, jobs: str) -> list[str]:
    """Return the command that builds without a patch, or with all."""
    if patch is None:
        return [sys.executable, "-m", "sphinx", *arguments(jobs)]
    place, name, other = PATCHES[patch]
    return [
        *(sys.executable, "-c", _PROGRAM.format(place=place, name=name, other=other)),
        *arguments(jobs),
    ]


def _build(root: Path, patch: str | None, jobs: str) -> Cost:
    shutil.rmtree(root / "_build", ignore_errors=True)
    return run(command(patch, jobs), root, root / "_build/html")


def main() -> None:
    """Measure in pairs, and print the medians of the ratios as a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000, help="how many posts (1000)")
    parser.add_argument("--repeat", type=int, default=3, help="how many pairs of builds for each patch (3)")
    parser.add_argument("--jobs", default="2", help="processes of a build, as of sphinx-build -j (2)")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # few set it; with it all imports are compiled each time
    print("| Patch | Wall time without it | CPU without it | Memory of all processes without it |")
    print("|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_sphinx(root, options.posts, "ours")
        _build(root, None, options.jobs)  # compiles what is imported
        for patch in PATCHES:
            pairs = [
                [_build(root, each, options.jobs) for each in (None, patch)] for _ in range(options.repeat)
            ]
            ratios = [
                statistics.median(getattr(without, name) / getattr(all_, name) for all_, without in pairs)
                for name in ("wall", "cpu", "together")
            ]
            print(f"| {patch} | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |", flush=True)


if __name__ == "__main__":
    main()
