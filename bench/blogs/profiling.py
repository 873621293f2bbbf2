"""Where the time of our build goes: the CPU seconds of its stages, and what cProfile finds."""

from __future__ import annotations

import io
import json
import pstats
import resource
import subprocess
import sys
from pathlib import Path

from blogs import stages
from blogs.corpus import edit
from blogs.sphinxes import arguments, write_sphinx

TOP = 60  # functions, by own and by cumulative time


def profile(number: int, work: Path, folder: Path) -> str:
    """Build a blog and build it after an edit, both in one process, with a count of stages and profiled.

    work: where the blog is made. folder: gets the profiles and texts of their top functions. Returns a table
    of stages in Markdown, in CPU seconds without the profiler.
    """
    columns = []
    for kind in ("stages", "profile"):
        posts = write_sphinx(work / kind, number, "ours")
        for case in ("clean", "edit"):
            if case == "edit":
                edit(work / kind / "posts" / posts[number // 2].path, "profiled")
            if kind == "stages":
                columns.append(_stages(work / kind))
            else:
                _profile(work / kind, folder.resolve() / f"{number}-{case}.prof")
    clean, edited = columns
    names = sorted({*clean, *edited}, key=lambda name: max(clean.get(name, 0), edited.get(name, 0)))
    rows = [f"| {name} | {clean.get(name, 0):.2f} | {edited.get(name, 0):.2f} |" for name in names]
    return "\n".join([f"| {number:,} posts, CPU seconds | clean | edit |", "|---|---|---|", *rows])


def _stages(work: Path) -> dict[str, float]:
    before = _children()
    command = [sys.executable, stages.__file__, *arguments("1")]
    done = subprocess.run(command, cwd=work, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own
    whole = _children() - before
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**seconds, "interpreter, start and end": whole - sum(seconds.values()), "all": whole}


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _profile(work: Path, saved: Path) -> None:
    saved.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "cProfile", "-o", str(saved), "-m", "sphinx", *arguments("1")]
    subprocess.run(command, cwd=work, check=True)  # noqa: S603 - our own
    text = io.StringIO()
    found = pstats.Stats(str(saved), stream=text)
    for order in ("tottime", "cumtime"):
        found.sort_stats(order).print_stats(TOP)
    saved.with_suffix(".txt").write_text(text.getvalue(), encoding="utf-8")
