"""A chart of lines on logarithmic axes, as SVG."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Mapping

_COLOURS = ("#c1272d", "#0a6aa1", "#7a5195", "#5f7f2e", "#b5651d", "#555555", "#b8860b")
_WIDTH, _HEIGHT, _LEFT, _TOP = 340, 260, 48, 30  # of a panel, in pixels; margins
_GAP, _LEGEND = 60, 24

Lines = Mapping[str, Mapping[int, float]]  # name, posts, value


def chart(panels: Mapping[str, Lines]) -> str:
    """Return panels side by side, each with a title and lines of seconds over posts."""
    names = [*dict.fromkeys(name for lines in panels.values() for name in lines)]
    points = [point for lines in panels.values() for line in lines.values() for point in line.items()]
    width = len(panels) * (_WIDTH + _GAP) + _LEFT
    height = _TOP + _HEIGHT + 50 + _LEGEND * len(names)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    for number, (title, lines) in enumerate(panels.items()):
        left = _LEFT + number * (_WIDTH + _GAP)
        parts += [f'<g transform="translate({left} {_TOP})">', *_panel(title, lines, names, points), "</g>"]
    for number, name in enumerate(names):
        y = _TOP + _HEIGHT + 55 + number * _LEGEND
        parts.append(f'<path d="M{_LEFT} {y}h24" stroke="{_COLOURS[number]}" stroke-width="3"/>')
        parts.append(f'<text x="{_LEFT + 32}" y="{y + 4}">{html.escape(name)}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _panel(title: str, lines: Lines, names: list[str], points: list[tuple[int, float]]) -> Iterator[str]:
    sizes, values = sorted({size for size, _ in points}), [value for _, value in points]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(sizes[0]) - 0.1, math.log10(sizes[-1]) + 0.1

    def place(size: int, value: float) -> tuple[float, float]:
        x = (math.log10(size) - first) / (last - first) * _WIDTH
        return round(x, 1), round((high - math.log10(value)) / ((high - low) or 1) * _HEIGHT, 1)

    yield f'<text x="0" y="-12" font-weight="bold">{html.escape(title)}</text>'
    for power in range(low, high + 1):
        _, y = place(sizes[0], 10.0**power)
        yield f'<path d="M0 {y}h{_WIDTH}" stroke="#ddd"/>'
        yield f'<text x="-6" y="{y + 4}" text-anchor="end">{10.0**power:g} s</text>'
    for size in sizes:
        x, _ = place(size, 1)
        yield f'<text x="{x}" y="{_HEIGHT + 18}" text-anchor="middle">{size:,}</text>'
    yield f'<text x="{_WIDTH / 2}" y="{_HEIGHT + 36}" text-anchor="middle">posts</text>'
    for name, line in lines.items():
        colour = _COLOURS[names.index(name)]
        spots = [place(size, value) for size, value in line.items()]
        path = " ".join(f"{x},{y}" for x, y in spots)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in spots)
