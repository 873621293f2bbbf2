"""Dead links replaced by their archived copies, in the sources: the target of a link, and nothing else."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt

from postdocs.core.http.address import request_url
from postdocs.core.markdown_source import split
from postdocs.core.source_text import diff
from postdocs.links.report import Report
from postdocs.links.source_map import Place
from postdocs.links.targets import Read, Reading, Target, reader_for

_MARK = "https://place.postdocs.invalid/"  # stands for an address, to see what a place is (RFC 6761 §6.4)
_IN_TAG = re.compile(r"=\s*[\"']?\Z")
_MARKDOWN_ESCAPES = re.compile(r"([\\`*_\[\]()<>|#~])")  # CommonMark 0.31 §2.4, and the tables of GitHub
_RST_ESCAPES = re.compile(r"([\\`*_<>|])")
_NO_WAY = "no way to write the address there leads to the copy"
_normalized = MarkdownIt().normalizeLink


@dataclass(frozen=True)
class Left:
    """A place that was not changed, and why. is_link: whether it may still make a link on a page."""

    place: Place
    why: str
    is_link: bool


@dataclass(frozen=True)
class Repair:
    """A source file as it is and as it should be. changed, left: the places in it that dead links have."""

    path: str
    before: str
    after: str
    changed: tuple[Place, ...]
    left: tuple[Left, ...]

    @property
    def data(self) -> bytes:
        """The file's bytes as they should be."""
        return self.after.encode("utf-8", "surrogateescape")

    def diff(self) -> str:
        """Return the difference, as `git apply` reads it."""
        return diff(self.before, self.after, self.path)


@dataclass(frozen=True)
class _Dead:
    """A dead link in a source: where, the address that is asked, and that of its copy."""

    place: Place
    url: str
    copy: str

    def target(self, written: str) -> Target:
        """Return what a link to it should lead to, with the fragment that it has."""
        fragment = written.partition("#")[2]
        return Target(f"{self.copy}#{fragment}" if fragment and "#" not in self.copy else self.copy)


def repairs(report: Report, text: Callable[[str], str], myst: Mapping[str, Any]) -> list[Repair]:
    """Replace dead links by their archived copies, in every source where they are written.

    text: returns that of a source. myst: the settings of the site that begin with `myst_`. A change is made
    only where the parser of the document, reading the text before and after, sees that the link leads to the
    copy, with the fragment that it had, and no other difference. Code, titles and what a directive of Sphinx
    holds are left as they are.
    """
    by_path: dict[str, list[_Dead]] = {}
    for url, target, places in report.replacements:
        for place in places:
            by_path.setdefault(place.path, []).append(_Dead(place, url, target))
    return [_repair(path, text(path), by_path[path], myst) for path in sorted(by_path)]


def finished(copies: Mapping[str, Iterable[Place]], repairs: Iterable[Repair]) -> set[str]:
    """Return the dead links that no page will have any more, once the site is built again.

    copies: the dead links that have a copy, with their places.
    """
    repairs = [*repairs]
    changed = {place for repair in repairs for place in repair.changed}
    links = {left.place for repair in repairs for left in repair.left if left.is_link}
    return {
        url for url, places in copies.items() if not changed.isdisjoint(places) and links.isdisjoint(places)
    }


def _repair(path: str, text: str, dead: Iterable[_Dead], myst: Mapping[str, Any]) -> Repair:
    parse = reader_for(path, myst)
    read = parse and lru_cache(maxsize=2)(parse)
    after, changed, left = text, [], []
    for link in sorted(dead, key=lambda link: link.place, reverse=True):  # so that places stay where they are
        place = link.place
        if not place.end:
            left.append(Left(place, "no source has its address", is_link=True))
        elif read is None:
            left.append(Left(place, "it is neither Markdown nor reStructuredText", is_link=True))
        elif after[place.start : place.end] != text[place.start : place.end]:
            continue  # the place has another dead link, whose address is written alike
        else:
            result = _changed(after, link, read)
            if isinstance(result, Left):
                left.append(result)
            elif result is not None:
                after = result
                changed.append(place)
    return Repair(path, text, after, tuple(reversed(changed)), tuple(reversed(left)))


def _changed(text: str, link: _Dead, read: Read) -> str | Left | None:
    """Return a text with the link replaced; or why it can't be; or None where it is another link."""
    before = read(text)
    marked = read(_replaced(text, link.place, _MARK))
    alike = len(before.facts) == len(marked.facts)
    pairs = [*zip(before.facts, marked.facts, strict=True)] if alike else []
    at = {
        index: one.url
        for index, (one, other) in enumerate(pairs)
        if isinstance(one, Target) and isinstance(other, Target) and _MARK in other.url
    }
    if not at:
        return _left(text, link.place, marked)
    if any(not _is_request(url, link.url) for url in at.values()):
        return None
    expected = (
        *(link.target(at[index]) if index in at else fact for index, fact in enumerate(before.facts)),
    )
    for candidate in _candidates(text, link, next(iter(at.values()))):
        if _normal(read(candidate)) == _normal(Reading(expected, before.is_whole)):
            return candidate
    return Left(link.place, _NO_WAY, is_link=True)


def _is_request(url: str, asked: str) -> bool:
    try:
        return request_url(url) == asked
    except ValueError:
        return False


def _normal(reading: Reading) -> list[object]:
    """Return facts with targets as CommonMark's own percent-encoding leaves them."""
    return [Target(_normalized(fact.url)) if isinstance(fact, Target) else fact for fact in reading.facts]


def _left(text: str, place: Place, marked: Reading) -> Left:
    in_yaml = split(text.removeprefix("\ufeff")).yaml_lines
    if place.path.endswith(".md") and in_yaml is not None and place.line <= in_yaml + 1:
        return Left(place, "it is in the front matter", is_link=True)
    if any(isinstance(fact, Target) and _MARK in fact.url for fact in marked.facts):
        return Left(place, _NO_WAY, is_link=True)
    is_comment = text.rfind("<!--", 0, place.start) > text.rfind("-->", 0, place.start)
    if not is_comment and not marked.is_whole and not any(_MARK in str(fact) for fact in marked.facts):
        return Left(place, "only Sphinx can read the directive that holds it", is_link=True)
    return Left(place, "it is not the target of a link there", is_link=False)


def _replaced(text: str, place: Place, address: str) -> str:
    return f"{text[: place.start]}{address}{text[place.end :]}"


def _candidates(text: str, link: _Dead, target: str) -> Iterator[str]:
    """Yield ways to write the address of the copy at a place, the simplest first."""
    place = link.place
    before, written, after = text[: place.start], text[place.start : place.end], text[place.end :]
    address = link.target(target).url
    escaped = html.escape(address)
    is_rst = place.path.endswith(".rst")
    escapes = _RST_ESCAPES if is_rst else _MARKDOWN_ESCAPES
    plain_first = (address, escaped) if not _IN_TAG.search(before) else (escaped, address)
    forms = [*dict.fromkeys((*plain_first, escapes.sub(r"\\\1", address)))]
    yield from (f"{before}{form}{after}" for form in forms)
    # Where the address is the text too (CommonMark 0.31 §6.5), the text stays.
    if before.endswith("<") and after.startswith(">"):
        before, after = before[:-1], after[1:]
    for label in dict.fromkeys((written, escapes.sub(r"\\\1", written))):
        for form in forms:
            yield f"{before}`{label} <{form}>`__{after}" if is_rst else f"{before}[{label}]({form}){after}"
