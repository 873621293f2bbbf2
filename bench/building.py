"""How long builds take: a made blog, with stock Sphinx, ablog and PyData theme, and with Postdocs, in turn.

Each build is a command of its own. A table and a chart are written; `--peers` adds other generators, and
`--profile` tells where our time goes instead.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections import defaultdict
from functools import partial
from importlib.metadata import version
from pathlib import Path

from blogs import sphinxes
from blogs.chart import chart
from blogs.measuring import Cost, exponent, median
from blogs.peers import peers
from blogs.profiling import profile
from blogs.tools import CASES, Tool

ROOT = Path(__file__).parents[1]
STOCK, OURS = "Sphinx, ablog, PyData theme", "Postdocs"
SMALLEST = 200  # posts from which growth is fitted; below, the start of the process is most of the time
_VALUES = {"wall": "wall time", "cpu": "CPU", "largest": "memory", "output": "output"}

Results = dict[tuple[str, int, str], Cost]  # of tool, posts, case


def _sphinx(name: str, kind: str) -> Tool:
    return Tool(
        name=name,
        write=partial(sphinxes.write_sphinx, kind=kind),
        build=sphinxes.command(),
        output="_build/html",
        left=("_build",),
        source="posts",
    )


def measured(tools: list[Tool], sizes: list[int], repeat: int, work: Path) -> Results:
    """Build each size with the tools in turn, as often as said; return medians."""
    found: dict[tuple[str, int, str], list[Cost]] = defaultdict(list)
    for size in sizes:
        roots = {tool.name: work / str(size) / str(number) for number, tool in enumerate(tools)}
        posts = {tool.name: tool.write(roots[tool.name], size) for tool in tools}
        for turn in range(repeat):
            for tool in tools:
                costs = tool.costs(roots[tool.name], posts[tool.name], f"changed{turn}")
                for case, cost in costs.items():
                    found[tool.name, size, case].append(cost)
                    print(
                        f"{size:,} posts, {tool.name}, {case}: {cost.wall:.1f} s, CPU {cost.cpu:.1f} s",
                        flush=True,
                    )
    return {key: median(costs) for key, costs in found.items()}


def table(results: Results) -> str:
    """Return what was measured in Markdown."""
    tools = [*dict.fromkeys(name for name, _, _ in results)]
    sizes = sorted({size for _, size, _ in results})
    rows = [
        "| Posts | Build | Tool | Wall, s | CPU, s | Memory, largest / all, MiB | Output, MiB / files "
        "| Wall, memory to stock |",
        "|--:|---|---|--:|--:|--:|--:|--:|",
    ]
    for size in sizes:
        for case in CASES:
            for tool in tools:
                cost, stock = results[tool, size, case], results[STOCK, size, case]
                rows.append(
                    f"| {size:,} | {case} | {tool} | {cost.wall:.2f} | {cost.cpu:.2f} "
                    f"| {cost.largest:.0f} / {cost.together:.0f} | {cost.output:.1f} / {cost.files:,.0f} "
                    f"| {cost.wall / stock.wall:.2f}, {cost.together / stock.together:.2f} |"
                )
    fitted = [size for size in sizes if size >= SMALLEST]
    if len(fitted) > 1:
        rows += [
            "",
            f"Growth from {fitted[0]:,} to {fitted[-1]:,} posts, as the exponent of a power (1 is linear):",
            "",
            f"| Build | Tool | {' | '.join(_VALUES.values())} |",
            f"|---|---|{'--:|' * len(_VALUES)}",
        ]
        for case in CASES:
            for tool in tools:
                slopes = [
                    exponent({size: getattr(results[tool, size, case], name) for size in fitted})
                    for name in _VALUES
                ]
                rows.append(f"| {case} | {tool} | {' | '.join(f'{slope:.2f}' for slope in slopes)} |")
    return "\n".join(rows)


def panels(results: Results) -> dict[str, dict[str, dict[int, float]]]:
    """Return the lines of the chart: wall time of each tool over posts."""
    made: dict[str, dict[str, dict[int, float]]] = {}
    for case in ("clean", "one post edited"):
        lines = made.setdefault(f"Wall time, {case}", {})
        for (tool, size, of), cost in results.items():
            if of == case:
                lines.setdefault(tool, {})[size] = cost.wall
    return made


def conditions(repeat: int) -> str:
    """Return on what was measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("Sphinx", "ablog", "pydata-sphinx-theme"))
    return (
        f"Medians of {repeat} builds, each a process of its own, the tools in turn; {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}, {packages}. Both Sphinx builds have "
        "`-j auto`; ablog as it comes makes Sphinx read in one process. Memory is of the largest process and "
        "of all together, where shared pages count once."
    )


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="20,200,1000,5000", help="numbers of posts (20,200,1000,5000)")
    parser.add_argument("--repeat", type=int, default=3, help="how often each is built (3)")
    parser.add_argument("--peers", action="store_true", help="build with other generators too")
    parser.add_argument("--profile", action="store_true", help="tell where our time goes instead")
    parser.add_argument(
        "--into", type=Path, default=ROOT / "_build/bench", help="folder of results (_build/bench)"
    )
    options = parser.parse_args()
    sizes = sorted({int(size) for size in options.sizes.split(",")})
    options.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        if options.profile:
            for size in sizes:
                print(profile(size, Path(folder, str(size)), options.into), end="\n\n")
            return
        tools = [_sphinx(STOCK, "stock"), _sphinx(OURS, "ours")]
        tools += peers(ROOT / "_build/peers") if options.peers else []
        results = measured(tools, sizes, options.repeat, Path(folder))
    text = f"{conditions(options.repeat)}\n\n{table(results)}\n"
    print(text)
    (options.into / "building.md").write_text(text, encoding="utf-8")
    (options.into / "building.svg").write_text(chart(panels(results)), encoding="utf-8")


if __name__ == "__main__":
    main()
