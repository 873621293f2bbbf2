"""The result of a check, and its report for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from postdocs.core.plural import count
from postdocs.links import external
from postdocs.links.base import Base
from postdocs.links.ledger import Entry, Verdict
from postdocs.links.missed import Missed
from postdocs.links.model import printable
from postdocs.links.policy import answers_again, is_debt, needs_decision
from postdocs.links.source_map import Place

_LISTED = 5  # links of a reason that the text for people names
_ORDER = (*(verdict for verdict in Verdict if verdict is not Verdict.UNASKED), Verdict.UNASKED)


class Rule(StrEnum):
    """What a finding breaks, in the order in which reports name them."""

    INTERNAL = "broken-link"
    DEAD = "dead-link"
    UNUSED = "unused-entry"


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, and fails the check.

    places: where it is written in the sources. pages: where it is in the built site, where no source has it.
    """

    rule: Rule
    url: str
    reason: str
    places: tuple[Place, ...]
    pages: tuple[Place, ...]

    @property
    def message(self) -> str:
        """It in one line, without the place."""
        more = len(self.pages) - 1 if not self.places else 0
        where = f" (and in {count(more, 'more place')} of the site)" if more > 0 else ""
        return printable(f"{self.url}: {self.reason}{where}" if self.url else f"{self.reason}{where}")

    @property
    def main_places(self) -> tuple[Place, ...]:
        """The places that a person needs: all of the sources, or else one of the site."""
        return self.places or self.pages[:1]


class Kind(StrEnum):
    """How a link changed in a run of the check."""

    FAILING = "newly failing"
    DEAD = "newly dead"
    DOUBTFUL = "newly doubtful"
    BACK = "answers again"
    COPY = "archived copy found"


@dataclass(frozen=True)
class Change:
    """What a run learned of a link, as the ledger has it now. places: where it is written, or else built."""

    kind: Kind
    url: str
    entry: Entry
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a check found.

    base: the address of the site. files, internal: how many it read and checked; unsuffixed: how many links
    lead to pages without their suffix; ignored: how many were left out. links: the outgoing ones with what
    the ledger knows of them. pages: where each is, as path and line in the built site. others: how many links
    are no web links, by kind. missed: what should have been learned and was not, and why. copies: where dead
    links are written of which there is an archived copy. moved: where links are written that redirect for
    good, if that was asked. changes: what this run learned. is_put_off: whether nothing was ever asked, and a
    commit's check is no time for it. decisions, memory: the names of the ledger's files.
    """

    findings: tuple[Finding, ...]
    base: Base
    files: int
    internal: int
    unsuffixed: int
    ignored: int
    links: Mapping[str, Entry]
    pages: Mapping[str, tuple[str, ...]]
    others: Mapping[external.Kind, int]
    missed: Missed
    copies: Mapping[str, tuple[Place, ...]]
    moved: Mapping[str, tuple[Place, ...]]
    changes: tuple[Change, ...]
    is_put_off: bool
    decisions: str
    memory: str

    @property
    def replacements(self) -> Iterator[tuple[str, str, tuple[Place, ...]]]:
        """Links that have another address by now: the old one, the new one, where the old one is written."""
        yield from ((url, self.links[url].archive, places) for url, places in self.copies.items())
        yield from ((url, self.links[url].moved, places) for url, places in self.moved.items())


def lines(report: Report) -> Iterator[str]:
    """Yield the report for people: a line for each place of each finding, what is old, what was counted."""
    for finding in report.findings:
        yield from (printable(f"{place}: ") + finding.message for place in finding.main_places)
    yield from _debts(report)
    yield from _doubts(report)
    for url, entry in report.links.items():
        if answers_again(entry):
            what = f"answers again: look at it, and if all is well remove its entry in {report.decisions}"
            yield printable(f"{url}: {what}")
    yield from _listed(report.missed.asked, "not asked")
    yield from _listed(report.missed.looked_up, "not looked up")
    yield from counts(report)
    yield from _advice(report)
    yield count(len(report.findings), "fault")


def counts(report: Report) -> Iterator[str]:
    """Yield how much was checked, and how many outgoing links have which verdict."""
    verdicts = Counter(entry.verdict for entry in report.links.values())
    decided = sum(entry.is_decided for entry in report.links.values())
    counted = [f"{verdicts[verdict]:,} {_words(verdict)}" for verdict in _ORDER if verdicts[verdict]]
    others = [f"{number:,} {kind}" for kind, number in sorted(report.others.items())]
    yield f"{count(report.internal, 'internal link')} in {count(report.files, 'file')} checked"
    if report.unsuffixed:
        yield f"{report.unsuffixed:,} of them lead to `page.html` as `page`; --host plain doesn't accept that"
    if report.ignored:
        yield f"{count(report.ignored, 'link')} ignored, as {report.decisions} says"
    if report.base.stated_by not in {None, "index.html"}:
        yield f"the site's address is {report.base.address}, as {report.base.stated_by} has it"
    yield (
        f"{count(len(report.links), 'outgoing address', 'outgoing addresses')}"
        + (f": {', '.join(counted)}" if counted else "")
        + (f" ({decided:,} with an archived copy or a reason)" if decided else "")
        + (f"; links of other kinds: {', '.join(others)}" if others else "")
    )


def _words(verdict: Verdict) -> str:
    return "dead before the first check" if verdict is Verdict.DEBT else verdict


def _debts(report: Report) -> Iterator[str]:
    """Yield what was dead before the first check: each link in the run that learns it, later how many."""
    learned = [change for change in report.changes if change.kind is Kind.DEAD and is_debt(change.entry)]
    for change in learned:
        why = f"dead before the first check ({change.entry.answer}), a warning"
        yield from (printable(f"{place}: {change.url}: {why}") for place in change.places)
    debts = sum(map(is_debt, report.links.values())) - len(learned)
    if debts:
        links = count(debts, "link")
        yield f"{links} dead before the first check, without an archived copy or a reason (--json lists them)"


def _doubts(report: Report) -> Iterator[str]:
    """Yield the links that this run learned to doubt; later they are counted only."""
    for change in report.changes:
        if change.kind is Kind.DOUBTFUL:
            why = f"doubtful, a warning ({change.entry.answer}); look at it"
            yield from (printable(f"{place}: {change.url}: {why}") for place in change.places)


def _advice(report: Report) -> Iterator[str]:
    """Yield what to do next."""
    if report.is_put_off and report.links:
        yield (
            "Outgoing links aren't checked yet: run the check once with --refresh, and commit "
            f"{report.decisions} and {report.memory}; what is dead by then warns, what dies later fails"
        )
    elif any(map(needs_decision, report.links.values())):
        yield "--refresh looks for archived copies of dead links, and keeps in the ledger where they are"
    if report.copies:
        yield f"{count(len(report.copies), 'dead link')} with an archived copy: --fix links to it"
    moved = sum(bool(entry.moved) for entry in report.links.values())
    if moved:
        yield f"{count(moved, 'link')} moved for good (--json lists them): --fix --redirects follows them"


def _listed(missed: Mapping[str, str], what: str) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for url, reason in sorted(missed.items()):
        reasons.setdefault(reason, []).append(url)
    for reason, urls in sorted(reasons.items()):
        yield f"{len(urls):,} {what}, because {reason}:"
        yield from (f"  {printable(url)}" for url in urls[:_LISTED])
        if len(urls) > _LISTED:
            yield f"  and {len(urls) - _LISTED:,} more (--json lists all)"
