"""What a check found, for people, for programs and for the service that runs it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from lxml import etree

from postdocs.core.plural import count
from postdocs.links.external import Kind
from postdocs.links.ledger import Entry, Verdict
from postdocs.links.model import printable
from postdocs.links.policy import is_open
from postdocs.links.source_map import Place

_NEVER = "never asked"
_LISTED = 5  # links of a reason that the text for people names


class Rule(StrEnum):
    """What a finding breaks."""

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


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a check found.

    files, internal: how many it read and checked. links: the outgoing ones with what the ledger knows of
    them, if anything. pages: where each is, as path and line in the built site. others: how many links are
    no web links, by kind. skipped: links that should have been asked and were not, and why. copies: where
    dead links are written of which there is an archived copy.
    """

    findings: tuple[Finding, ...]
    files: int
    internal: int
    links: Mapping[str, Entry | None]
    pages: Mapping[str, tuple[str, ...]]
    others: Mapping[Kind, int]
    skipped: Mapping[str, str]
    copies: Mapping[str, tuple[Place, ...]]


def lines(report: Report) -> Iterator[str]:
    """Yield the report for people: a line for each place of each finding, then what was counted."""
    for finding in report.findings:
        yield from (printable(f"{place}: ") + finding.message for place in finding.main_places)
    yield from _skipped_lines(report)
    verdicts = Counter(_verdict(entry) for entry in report.links.values())
    held = sum(bool((entry and entry.archive) or (entry and entry.reason)) for entry in report.links.values())
    counted = [f"{verdicts[name]:,} {name}" for name in (*Verdict, _NEVER) if verdicts[name]]
    others = [f"{number:,} {kind}" for kind, number in sorted(report.others.items())]
    yield f"{count(report.internal, 'internal link')} in {count(report.files, 'file')} checked"
    yield (
        f"{count(len(report.links), 'outgoing address', 'outgoing addresses')}"
        + (f": {', '.join(counted)}" if counted else "")
        + (f" ({held:,} with an archived copy or a reason)" if held else "")
        + (f"; links of other kinds: {', '.join(others)}" if others else "")
    )
    if any(finding.rule is Rule.DEAD for finding in report.findings):
        yield "--refresh looks for archived copies of dead links, and keeps in the ledger where they are"
    if report.copies:
        yield f"{count(len(report.copies), 'dead link')} with an archived copy: --fix links to it"
    yield count(len(report.findings), "fault")


def _skipped_lines(report: Report) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for url, reason in sorted(report.skipped.items()):
        reasons.setdefault(reason, []).append(url)
    for reason, urls in sorted(reasons.items()):
        yield f"{len(urls):,} not asked, because {reason}:"
        yield from (f"  {printable(url)}" for url in urls[:_LISTED])
        if len(urls) > _LISTED:
            yield f"  and {len(urls) - _LISTED:,} more (--json lists all)"


def as_annotations(report: Report) -> Iterator[str]:
    """Yield the findings as workflow commands of GitHub Actions, which shows them at their lines."""
    for finding in report.findings:
        for place in finding.main_places:
            path = _escape(place.path).replace(":", "%3A").replace(",", "%2C")
            yield f"::error file={path},line={place.line},title={finding.rule}::{_escape(finding.message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def as_json(report: Report) -> bytes:
    """Return all of the report as JSON: `findings`, `links` and counts."""
    text = json.dumps(
        {
            "files": report.files,
            "internal": report.internal,
            "findings": [
                {
                    "rule": finding.rule,
                    "url": finding.url,
                    "reason": finding.reason,
                    "places": [
                        {"path": place.path, "line": place.line} for place in finding.places or finding.pages
                    ],
                }
                for finding in report.findings
            ],
            "links": {
                url: {
                    **(
                        {} if entry is None else {key: value for key, value in asdict(entry).items() if value}
                    ),
                    "verdict": _verdict(entry),
                    **({"not_asked": report.skipped[url]} if url in report.skipped else {}),
                    "pages": report.pages[url],
                }
                for url, entry in report.links.items()
            },
            "others": report.others,
        },
        ensure_ascii=False,
        indent=1,
        default=str,
    )
    return f"{text}\n".encode("utf-8", "replace")


def as_junit(report: Report) -> bytes:
    """Return the report as JUnit's XML: a case for each finding, and one for each outgoing link.

    What is unknown or was never asked is a skipped case; the schema is that of Jenkins' xUnit plugin.
    """
    cases = []
    for finding in report.findings:
        case = etree.Element("testcase", classname=finding.rule, name=_xml(finding.url or finding.reason))
        failure = etree.SubElement(case, "failure", message=_xml(finding.message))
        failure.text = "\n".join(
            _xml(f"{place}: {finding.message}") for place in finding.places or finding.pages
        )
        cases.append(case)
    for url, entry in report.links.items():
        if entry and is_open(entry):
            continue  # it is a finding
        case = etree.Element("testcase", classname="link", name=_xml(url))
        if entry is None or entry.verdict is not Verdict.FINE:
            answer = f": {entry.answer}" if entry and entry.answer else ""
            etree.SubElement(case, "skipped", message=_xml(f"{_verdict(entry)}{answer}"))
        cases.append(case)
    skipped = sum(case.find("skipped") is not None for case in cases)
    counts = {"tests": len(cases), "failures": len(report.findings), "errors": 0, "skipped": skipped}
    suite = etree.Element(
        "testsuite", {"name": "links", **{name: str(number) for name, number in counts.items()}}
    )
    suite.extend(cases)
    root = etree.Element("testsuites")
    root.append(suite)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _xml(text: str) -> str:
    return printable(text).encode("utf-8", "replace").decode()


def _verdict(entry: Entry | None) -> str:
    return _NEVER if entry is None else entry.verdict
