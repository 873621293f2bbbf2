"""Links that a person has decided to leave out of the check, each with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from postdocs.links.ledger import Ignored
from postdocs.links.site import Site


def allowed(site: Site, ignored: Iterable[Ignored]) -> tuple[Site, int, list[Ignored]]:
    """Return a site without the links to ignore, how many these are, and the patterns that leave nothing out.

    A pattern is about a whole address, or about its path where it begins with a slash. It is of use while a
    broken link within the site, or any link that leaves it, is like it.
    """
    patterns = {entry: _expression(entry.pattern) for entry in ignored}
    if not patterns:
        return site, 0, []
    broken, links, used = [], {}, set()
    count = 0
    for link in site.broken:
        matching = {entry for entry, pattern in patterns.items() if _matches(pattern, link.url, link.address)}
        used |= matching
        count += bool(matching)
        if not matching:
            broken.append(link)
    for url, places in site.links.items():
        matching = {entry for entry, pattern in patterns.items() if _matches(pattern, url, places[0].url)}
        used |= matching
        count += len(places) if matching else 0
        if not matching:
            links[url] = places
    rest = [entry for entry in patterns if entry not in used]
    return replace(site, broken=(*broken,), links=links), count, rest


def _expression(pattern: str) -> re.Pattern[str]:
    """Return an expression for a pattern, in which `*` stands for anything."""
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)


def _matches(pattern: re.Pattern[str], *addresses: str) -> bool:
    for address in addresses:
        if pattern.fullmatch(address):
            return True
        try:
            path = urlsplit(address).path
        except ValueError:
            continue
        if pattern.pattern.startswith("/") and pattern.fullmatch(path):
            return True
    return False
