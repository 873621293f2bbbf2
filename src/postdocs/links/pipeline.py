"""The stages of a link check, one after another: read, refresh, judge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from postdocs.core.progress import Progress
from postdocs.links import policy, report
from postdocs.links.allowances import allowed
from postdocs.links.external import without_secrets
from postdocs.links.internal import Broken, Outgoing
from postdocs.links.ledger import Entry, Ignored, Ledger, Verdict
from postdocs.links.ledger_file import Store
from postdocs.links.missed import Missed
from postdocs.links.report import Change, Finding, Report, Rule
from postdocs.links.site import Pages, Site, read
from postdocs.links.source_map import Place, Sources, hints_of

if TYPE_CHECKING:
    from postdocs.links.refresh import Network


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the user asked for.

    base: address of the site, or None for the one it states. ledger: its file. sources: folder of what the
    site was built of. here: where one stands, which places are relative to. today: in UTC. refresh: whether
    what is known is asked again when it is due. network: makes ready how links are asked, if any are, or is
    None to ask nothing. is_ci: whether a service runs the check for a commit, which is no time for a first
    one. redirects: whether to find where links are written that moved for good. host: the name of the host,
    or None for what it seems to be. cache: the folder that keeps what was read of the site, if any does.
    """

    base: str | None
    ledger: Path
    sources: Path
    here: Path
    today: date
    refresh: bool = False
    network: Callable[[], Network] | None = None
    is_ci: bool = False
    redirects: bool = False
    host: str | None = None
    cache: Path | None = None


def check(root: Path, options: Options, progress: Progress) -> Report:
    """Check a built site, ask for its outgoing links as the options say, and say what is wrong.

    Raises
    ------
    PostdocsError
        The site or the ledger cannot be read, or the ledger not written.

    """
    site = read(root, options.base, options.sources, options.host, options.cache)
    store = Store(options.ledger)
    before = ledger = store.read()
    site, ignored, idle = allowed(site, ledger.ignored)
    is_put_off = options.is_ci and ledger.is_new and not options.refresh
    missed = Missed()
    is_asking = options.refresh or any(policy.due(site.links, ledger, options.today, refresh=False))
    if options.network and is_asking and not is_put_off:
        missed, ledger = _refreshed(site, store, options, options.network(), progress)
    sources = Sources(options.sources, root, site.lines, options.here)
    findings = [*_findings(site, sources), *_judged(site, ledger, options.ledger, sources)]
    findings += [_idle(entry, options.ledger) for entry in idle]
    links = {url: ledger.entries.get(url, Entry()) for url in sorted(site.links)}

    def where(urls: Iterable[str]) -> dict[str, tuple[Place, ...]]:
        return {url: _copied(site.links[url], sources) for url in urls}

    return Report(
        findings=tuple(sorted(findings, key=_order)),
        base=site.base,
        files=site.result.pages,
        internal=site.result.internal,
        unsuffixed=site.result.unsuffixed,
        ignored=ignored,
        links=links,
        pages=Pages(site),
        others=site.others,
        missed=missed,
        copies=where(url for url, entry in links.items() if entry.is_dead and entry.archive),
        moved=where(url for url, entry in links.items() if options.redirects and entry.moved),
        changes=tuple(_changes(site, before, ledger, sources)),
        is_put_off=is_put_off,
        decisions=store.path.name,
        memory=store.memory.name,
    )


def _refreshed(
    site: Site, store: Store, options: Options, network: Network, progress: Progress
) -> tuple[Missed, Ledger]:
    """Ask for what is due, and return what could not be learned, and what is known now."""
    from postdocs.links.refresh import Task, refresh_links  # noqa: PLC0415 - slow, and seldom needed

    days = _days(site, options.today)
    task = Task(days=days, ledger=store.read(), today=options.today, refresh=options.refresh)
    is_whole = False
    try:
        missed = refresh_links(task, store, network, progress)
        is_whole = options.refresh and missed.is_whole and bool(site.links)
    finally:  # also what an interrupted run has learned
        used = site.links if options.refresh else None
        ledger = store.settle(partial(tidied, used=used), options.today if is_whole else None)
    return missed, ledger


def _order(finding: Finding) -> tuple[int, tuple[Place, ...], str]:
    return [*Rule].index(finding.rule), finding.main_places, finding.url


def _changes(site: Site, before: Ledger, after: Ledger, sources: Sources) -> Iterator[Change]:
    """Yield what a run learned."""
    for url, links in sorted(site.links.items()):
        old, new = before.entries.get(url, Entry()), after.entries.get(url, Entry())
        kind = _kind_of_change(old, new)
        if kind:
            places, pages = places_of(links, sources)
            yield Change(kind, url, new, (*(places or pages),))


def _kind_of_change(old: Entry, new: Entry) -> report.Kind | None:
    if new.is_dead and not old.is_dead:
        return report.Kind.DEAD
    if new.verdict is Verdict.FAILING and old.verdict is not Verdict.FAILING:
        return report.Kind.FAILING
    if new.verdict is Verdict.DOUBTFUL and old.verdict is not Verdict.DOUBTFUL and not new.is_decided:
        return report.Kind.DOUBTFUL
    if new.verdict is Verdict.FINE and (old.is_dead or old.verdict is Verdict.FAILING):
        return report.Kind.BACK
    return report.Kind.COPY if new.archive and not old.archive else None


def _days(site: Site, today: date) -> dict[str, date]:
    """Return the day of the first post that has a link, for each; today where no post has it."""
    return {
        url: min((day for link in links if (day := site.dates.get(link.path))), default=today)
        for url, links in site.links.items()
    }


def tidied(entries: Mapping[str, Entry], used: Collection[str] | None) -> Mapping[str, Entry]:
    """Return the entries of links that are used, or all of them where that is not to be judged.

    What a person wrote of a link that no page uses is for a person to remove.
    """
    if used is None:
        return entries
    return {
        url: entry if url in used else Entry(archive=entry.archive, reason=entry.reason)
        for url, entry in entries.items()
        if url in used or entry.reason
    }


def _findings(site: Site, sources: Sources) -> Iterator[Finding]:
    """Yield what is wrong whatever the network says, each thing once."""
    for problem in site.result.problems:
        place = sources.built_file(problem.path, problem.line)
        yield Finding(Rule.INTERNAL, problem.url or "", problem.reason, (), (place,))

    def thing(broken: Broken) -> tuple[str, str]:
        return broken.reason, broken.url

    findings = []
    for (reason, url), group in groupby(sorted(site.broken, key=thing), thing):
        same = [*group]
        places, pages = sources.places(url, [(link.path, link.number) for link in same], *hints_of(url))
        finding = Finding(Rule.INTERNAL, without_secrets(url), reason, (*places,), (*pages,))
        findings.append((finding, {link.address for link in same}))
    # A feed has the links of a page in full: what is named in the sources already is not told again for it.
    named = {address for finding, addresses in findings if finding.places for address in addresses}
    yield from (finding for finding, addresses in findings if finding.places or not addresses <= named)


def _judged(site: Site, ledger: Ledger, path: Path, sources: Sources) -> Iterator[Finding]:
    """Yield what is wrong with outgoing links, as the ledger has them."""
    for url, line in ledger.lines.items():
        if url not in site.links and ledger.entries[url].is_decided:
            reason = "no page uses it any more; remove its entry"
            yield Finding(Rule.UNUSED, url, reason, (Place(str(path), line),), ())
    for url, entry in sorted(ledger.entries.items()):
        if url in site.links and policy.is_open(entry):
            places, pages = places_of(site.links[url], sources)
            remedy = f"correct it, or give it an `archive` or a `reason` in {path.name}"
            yield Finding(Rule.DEAD, url, f"dead ({entry.answer}); {remedy}", (*places,), (*pages,))


def _idle(entry: Ignored, path: Path) -> Finding:
    place = Place(str(path), entry.line)
    return Finding(Rule.UNUSED, entry.pattern, "no link needs to be ignored for it; remove it", (place,), ())


def places_of(links: Sequence[Outgoing], sources: Sources) -> tuple[list[Place], list[Place]]:
    """Return where links to one address are written in the sources, or else on which built pages they are."""
    places: set[Place] = set()
    pages: set[Place] = set()
    for written, same in groupby(sorted(links, key=_written), _written):
        in_sources, rest = sources.places(written, [(link.path, link.number) for link in same])
        places.update(in_sources)
        pages.update(rest)
    return sorted(places), [] if places else sorted(pages)


def _copied(links: Sequence[Outgoing], sources: Sources) -> tuple[Place, ...]:
    """Return every place that makes a link to one address."""
    places: set[Place] = set()
    for written, same in groupby(sorted(links, key=_written), _written):
        places.update(sources.every(written, [(link.path, link.number) for link in same]))
    return (*sorted(places),)


def _written(link: Outgoing) -> str:
    return link.written
