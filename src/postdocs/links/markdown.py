"""Reports as Markdown: the summary of a run, and the text of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postdocs.core.plural import count
from postdocs.links.model import printable
from postdocs.links.policy import is_debt
from postdocs.links.report import Change, Finding, Kind, Report, counts
from postdocs.links.source_map import Place

_ROWS = 200  # of a section: GitHub takes 65,536 characters for a pull request, and 1 MiB for a summary
_PLACES = 3  # of a link
_DECIDE = "Each needs an archived copy or a `reason` in the file of decisions, or another link in the post."
_SECTIONS = {
    Kind.DEAD: ("Newly dead", _DECIDE),
    Kind.FAILING: ("Newly failing", "They are dead after three failures over two weeks."),
    Kind.DOUBTFUL: ("Newly doubtful", "Look at them: their hosts answer alike for what can't exist."),
    Kind.BACK: ("Back", "Look at them: somebody else may have the address now."),
    Kind.COPY: ("Archived copies found", "Look at them: `--fix` links to them."),
}


def summary(report: Report) -> bytes:
    """Return all faults, and what was counted, as GitHub shows them for a job."""
    faults = [_finding(finding) for finding in report.findings]
    debts = sum(map(is_debt, report.links.values()))
    parts = [f"## Links: {count(len(faults), 'fault')}", *_capped(faults), ""]
    if debts:
        parts += [f"{count(debts, 'link')} dead before the first check, without a copy or a reason.", ""]
    parts += [f"- {line}" for line in counts(report)]
    return _text(parts)


def changes(report: Report) -> bytes:
    """Return what this run learned: what newly fails, what died, what is back, and where each is written."""
    parts = []
    for kind, (title, note) in _SECTIONS.items():
        rows = [_change(change) for change in report.changes if change.kind is kind]
        if rows:
            parts += [f"### {title}: {len(rows):,}", "", note, "", *_capped(rows), ""]
    return _text([*(parts or ["No verdict changed.", ""]), *(f"- {line}" for line in counts(report))])


def _text(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _capped(rows: list[str]) -> Iterator[str]:
    yield from rows[:_ROWS]
    if len(rows) > _ROWS:
        yield f"- and {len(rows) - _ROWS:,} more"


def _finding(finding: Finding) -> str:
    return f"- {_places(finding.main_places)}: {_code(finding.message)}"


def _change(change: Change) -> str:
    answer = f" ({change.entry.answer})" if change.entry.answer else ""
    copy = f": [archived copy](<{change.entry.archive}>)" if change.entry.archive else ""
    return f"- <{change.url}>{answer} in {_places(change.places)}{copy}"


def _places(places: tuple[Place, ...]) -> str:
    more = f" and {len(places) - _PLACES:,} more" if len(places) > _PLACES else ""
    return ", ".join(_code(str(place)) for place in places[:_PLACES]) + more


def _code(text: str) -> str:
    """Return text as code, which no mark in it ends, and in which no name calls anybody."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    gap = " " if "`" in text else ""
    return f"{fence}{gap}{printable(text)}{gap}{fence}"
