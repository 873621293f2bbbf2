"""How long builds take: made blogs, with stock Sphinx, ablog and PyData theme, and with Postdocs, in turn.

Each build is a command of its own. Tables and charts are written; `--peers` adds other generators, and
`--profile` tells where our time goes instead. `building` has plain posts; `building-rich` has those with
formulas, pictures and more code.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path

from blogs import sphinxes
from blogs.chart import chart
from blogs.corpora import PLAIN, RICH, Corpus
from blogs.measuring import Cost, exponent, median, run
from blogs.peers import peers
from blogs.profiling import profile
from blogs.tools import CASES, Tool

ROOT = Path(__file__).parents[1]
STOCK, OURS = "Sphinx, ablog, PyData theme", "Postdocs"
SMALLEST = 200  # posts from which growth is fitted; below, the start of the process is most of the time
LARGEST = 1000  # posts that other generators build, and of rich posts stock too
# All that a build of ours leaves, except smaller copies of photos, which continuous integration keeps.
_BUT_PICTURES = (
    "_build/html",
    "_build/doctrees/[!p]*",
    "_build/doctrees/posts",
    "_build/doctrees/postdocs-[!p]*",
)
_VALUES = {
    "wall": "Wall time, s",
    "cpu": "CPU, s",
    "largest": "Largest process, MiB",
    "together": "All processes, MiB",
    "output": "Output, MiB",
    "files": "Files",
}

Results = dict[tuple[str, int, str], Cost]  # of tool, posts, case


def _sphinx(name: str, kind: str, corpus: Corpus) -> Tool:
    return Tool(
        name=name,
        write=partial(sphinxes.write_sphinx, kind=kind, corpus=corpus),
        build=sphinxes.command(),
        output="_build/html",
        left=_BUT_PICTURES if corpus.photos else ("_build",),
        source="posts",
        keeps_cache=corpus.photos,
    )


def measured(tools: list[Tool], size: int, repeat: int, work: Path) -> Results:
    """Build a number of posts with the tools in turn, as often as said; return medians."""
    found: dict[tuple[str, int, str], list[Cost]] = defaultdict(list)
    roots = [work / str(size) / str(number) for number in range(len(tools))]
    blogs = [(tool, root, tool.write(root, size)) for tool, root in zip(tools, roots, strict=True)]
    for tool, root, _ in blogs:
        if tool.keeps_cache:
            run(tool.build, root, root / tool.output)
    for turn in range(repeat):
        for tool, root, posts in blogs:
            for case, cost in tool.costs(root, posts, f"changed{turn}").items():
                found[tool.name, size, case].append(cost)
                print(
                    f"{size:,} posts, {tool.name}, {case}: {cost.wall:.1f} s, CPU {cost.cpu:.1f} s",
                    flush=True,
                )
    return {key: median(costs) for key, costs in found.items()}


def tables(results: Results) -> str:
    """Return what was measured in Markdown: ours beside stock, all tools, and how costs grow."""
    tools = [*dict.fromkeys(name for name, _, _ in results)]
    sizes = sorted({size for _, size, _ in results})
    builds = [(size, case) for case in CASES for size in sizes]
    both = [(size, case) for size, case in builds if (STOCK, size, case) in results]
    parts = [f"{STOCK} → {OURS}, and in brackets the part of it that is left:"]
    parts.append(
        _table(
            ["Build", "Posts", *_VALUES.values()],
            (
                [
                    case,
                    f"{size:,}",
                    *(_pair(results[STOCK, size, case], results[OURS, size, case], name) for name in _VALUES),
                ]
                for size, case in both
            ),
        )
    )
    if len(tools) > len((STOCK, OURS)):
        parts.append("Seconds of wall time, and in brackets of CPU:")
        parts.append(
            _table(
                ["Build", "Posts", *tools],
                (
                    [
                        case,
                        f"{size:,}",
                        *(
                            f"{cost.wall:.1f} ({cost.cpu:.1f})" if cost else "-"
                            for cost in (results.get((tool, size, case)) for tool in tools)
                        ),
                    ]
                    for size, case in builds
                ),
            )
        )
    if len(fitted := [size for size in sizes if size >= SMALLEST]) > 1:
        parts.append(
            f"Growth from {fitted[0]:,} to {fitted[-1]:,} posts, of other generators to at most {LARGEST:,}, "
            "as the exponent of a power; 1 is linear:"
        )
        parts.append(
            _table(
                ["Build", "Tool", *_VALUES.values()],
                (
                    [case, tool, *(f"{_growth(results, tool, case, fitted, name):.2f}" for name in _VALUES)]
                    for case in CASES
                    for tool in tools
                ),
            )
        )
    return "\n\n".join(parts)


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    rules = ["---", "---", *["--:"] * (len(head) - 2)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rules, *rows])


def _pair(stock: Cost, ours: Cost, name: str) -> str:
    before, now = getattr(stock, name), getattr(ours, name)
    digits = 1 if name in {"wall", "cpu", "output"} else 0
    return f"{before:,.{digits}f} → {now:,.{digits}f} ({now / before:.2f})"


def _growth(results: Results, tool: str, case: str, sizes: list[int], name: str) -> float:
    built = (size for size in sizes if (tool, size, case) in results)
    return exponent({size: getattr(results[tool, size, case], name) for size in built})


def panels(results: Results) -> dict[str, dict[str, dict[int, float]]]:
    """Return the lines of the chart: wall time of each tool over posts."""
    made: dict[str, dict[str, dict[int, float]]] = {}
    for case in ("clean", "one post edited"):
        lines = made.setdefault(f"Wall time, {case}", {})
        for (tool, size, of), cost in results.items():
            if of == case:
                lines.setdefault(tool, {})[size] = cost.wall
    return made


def conditions(repeats: Mapping[int, int]) -> str:
    """Return on what was measured. repeats: how often each number of posts was built."""
    builds = ", ".join(f"{repeat} of {size:,}" for size, repeat in repeats.items())
    packages = ", ".join(f"{name} {version(name)}" for name in ("Sphinx", "ablog", "pydata-sphinx-theme"))
    return (
        f"Medians of several builds: {builds} posts. Each is a process of its own, the tools in "
        f"turn; {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}, {packages}. Both Sphinx builds have "
        "`-j auto`; ablog as it comes makes Sphinx read in one process. In the memory of all processes "
        "together, shared pages count once."
    )


def rates(plain: Results, rich: Results) -> str:
    """Return what rich posts cost us, in times of what plain ones do, in Markdown."""
    keys = [key for key in rich if key[0] == OURS and key in plain]
    rows = (
        [case, f"{size:,}", *(_pair(plain[key], rich[key], name) for name in ("wall", "cpu"))]
        for case in CASES
        for key in keys
        for _, size, of in [key]
        if of == case
    )
    return _table(["Build", "Posts", "Wall time, s", "CPU, s"], rows)


def _report(corpus: Corpus, results: Mapping[Corpus, Results], repeats: Mapping[int, int]) -> str:
    parts = [conditions(repeats), tables(results[corpus])]
    if corpus is RICH and results.get(PLAIN):
        parts += ["Plain → rich posts with Postdocs, and in brackets how many times as much:"]
        parts += [rates(results[PLAIN], results[RICH])]
    return "\n\n".join(parts) + "\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="20,200,1000,5000", help="numbers of posts (20,200,1000,5000)")
    parser.add_argument(
        "--repeat", default="3", help="how often each is built: one number, or one a size (3)"
    )
    parser.add_argument("--peers", action="store_true", help="build with other generators too")
    parser.add_argument("--profile", action="store_true", help="tell where our time goes instead")
    parser.add_argument(
        "--into", type=Path, default=ROOT / "_build/bench", help="folder of results (_build/bench)"
    )
    options = parser.parse_args()
    options.sizes = sorted({int(size) for size in options.sizes.split(",")})
    repeats = [int(number) for number in options.repeat.split(",")]
    if len(repeats) not in {1, len(options.sizes)}:
        parser.error(f"--repeat: {len(repeats)} numbers for {len(options.sizes)} sizes; give one, or as many")
    options.repeats = dict(
        zip(options.sizes, repeats * (1 if len(repeats) > 1 else len(options.sizes)), strict=True)
    )
    return options


def main() -> None:
    """Measure, print and write."""
    options = _options()
    options.into.mkdir(parents=True, exist_ok=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # few set it; with it all imports are compiled each time
    with tempfile.TemporaryDirectory() as folder:
        if options.profile:
            for size in options.sizes:
                print(profile(size, Path(folder, str(size)), options.into), end="\n\n")
            return
        tools = {
            corpus: [
                *(_sphinx(name, kind, corpus) for name, kind in ((STOCK, "stock"), (OURS, "ours"))),
                *(peers(ROOT / "_build/peers", corpus) if options.peers else []),
            ]
            for corpus in (PLAIN, RICH)
        }
        measured(tools[PLAIN], options.sizes[0], 1, Path(folder, "first"))  # compiles what is imported
        results: dict[Corpus, Results] = {corpus: {} for corpus in tools}
        for size, repeat in options.repeats.items():
            for corpus, file in ((PLAIN, "building"), (RICH, "building-rich")):
                largest = tools[PLAIN][:2] if corpus is PLAIN else tools[RICH][1:2]
                chosen = tools[corpus] if size <= LARGEST else largest
                results[corpus] |= measured(chosen, size, repeat, Path(folder, corpus.name))
                text = _report(corpus, results, options.repeats)
                (options.into / f"{file}.md").write_text(text, encoding="utf-8")
                (options.into / f"{file}.svg").write_text(chart(panels(results[corpus])), encoding="utf-8")
                shutil.rmtree(Path(folder, corpus.name, str(size)))
    print(text)


if __name__ == "__main__":
    main()
