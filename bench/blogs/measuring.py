"""What a command takes: seconds, memory, and what it leaves."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

_PAUSE = 0.2  # seconds between two looks at the memory of all processes


@dataclass(frozen=True)
class Cost:
    """What a build took. Seconds; MiB of the largest process and of all together; MiB and files of output."""

    wall: float
    cpu: float
    largest: float
    together: float
    output: float = 0
    files: float = 0


def run(command: Sequence[str], cwd: Path, output: Path) -> Cost:
    """Run a command and what it starts to the end; raise CalledProcessError if it fails.

    CPU is user and system time of the process and of all that it waited for. Memory of all together is the
    largest sum seen of proportional sizes (PSS), where Linux tells them, so that shared pages count once.
    """
    ended, seen = threading.Event(), [0.0]
    start = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:

        def watch() -> None:
            while not ended.wait(_PAUSE):
                seen[0] = max(seen[0], sum(map(_proportional, _tree(process.pid))) / 1024)

        watcher = threading.Thread(target=watch)
        watcher.start()
        said = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        ended.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        print(said)
        raise subprocess.CalledProcessError(process.returncode, command)
    sizes = [path.stat().st_size for path in output.rglob("*") if path.is_file()]
    largest = usage.ru_maxrss / 1024
    return Cost(
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime,
        largest=largest,
        together=max(seen[0], largest),
        output=sum(sizes) / 1024**2,
        files=len(sizes),
    )


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and those below it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return
    for child in children.split():
        yield from _tree(int(child))


def _proportional(pid: int) -> float:
    """Return the proportional size of a process in KiB, 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))


def median(costs: Iterable[Cost]) -> Cost:
    """Return the median of each field."""
    found = [*costs]
    return Cost(*(statistics.median(getattr(cost, field.name) for cost in found) for field in fields(Cost)))


def exponent(points: dict[int, float]) -> float:
    """Return the slope of values over sizes in logarithms: 1 is growth in proportion."""
    sizes, values = map(math.log, points), map(math.log, points.values())
    return statistics.linear_regression([*sizes], [*values]).slope
