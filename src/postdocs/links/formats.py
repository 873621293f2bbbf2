"""Reports of a check for programs and services."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice

from lxml import etree

from postdocs.links.ledger import Verdict
from postdocs.links.model import printable
from postdocs.links.policy import is_open
from postdocs.links.report import Finding, Report
from postdocs.links.source_map import Place

_ANNOTATIONS = 10  # what GitHub shows of a step


def as_annotations(report: Report) -> Iterator[str]:
    """Yield findings as workflow commands of GitHub Actions, which shows them at their lines.

    Each finding has its first place before any has a second one. GitHub shows ten; the summary has all.
    """
    for finding, place in islice(_by_place(report), _ANNOTATIONS):
        path = _escape(place.path).replace(":", "%3A").replace(",", "%2C")
        yield f"::error file={path},line={place.line},title={finding.rule}::{_escape(finding.message)}"


def _by_place(report: Report) -> Iterator[tuple[Finding, Place]]:
    yield from ((finding, finding.main_places[0]) for finding in report.findings)
    for finding in report.findings:
        yield from ((finding, place) for place in finding.main_places[1:])


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
                    "places": [_as_json(place) for place in finding.places or finding.pages],
                }
                for finding in report.findings
            ],
            "links": {
                url: {
                    **{key: value for key, value in asdict(entry).items() if value},
                    **_missed(report, url),
                    "pages": report.pages[url],
                }
                for url, entry in report.links.items()
            },
            "others": report.others,
            "changes": [
                {
                    "url": change.url,
                    "change": change.kind,
                    "places": [_as_json(place) for place in change.places],
                }
                for change in report.changes
            ],
        },
        ensure_ascii=False,
        indent=1,
        default=str,
    )
    return f"{text}\n".encode("utf-8", "replace")


def _as_json(place: Place) -> dict[str, str | int]:
    return {"path": place.path, "line": place.line}


def _missed(report: Report, url: str) -> dict[str, str]:
    missed = {"not_asked": report.missed.asked, "not_looked_up": report.missed.looked_up}
    return {name: reasons[url] for name, reasons in missed.items() if url in reasons}


def as_gitlab(report: Report) -> bytes:
    """Return the findings as a report of GitLab's code quality, which merge requests show.

    See "Code Quality report format" in its documentation.
    """
    findings = [
        {
            "description": finding.message,
            "check_name": finding.rule,
            "fingerprint": _fingerprint(finding, place),
            "severity": "major",
            "location": {"path": place.path, "lines": {"begin": place.line}},
        }
        for finding in report.findings
        for place in {place.path: place for place in reversed(finding.main_places)}.values()
    ]
    return f"{json.dumps(findings, indent=1)}\n".encode()


def _fingerprint(finding: Finding, place: Place) -> str:
    """Return what tells a fault from others, also when lines before it come and go."""
    text = f"{finding.rule} {finding.url or finding.reason} {place.path}"
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


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
        if is_open(entry):
            continue  # it is a finding
        case = etree.Element("testcase", classname="link", name=_xml(url))
        if entry.verdict is not Verdict.FINE:
            answer = f": {entry.answer}" if entry.answer else ""
            etree.SubElement(case, "skipped", message=_xml(f"{entry.verdict}{answer}"))
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
