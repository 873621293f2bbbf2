"""Labels of posts: one spelling, one slug, and never two labels on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postdocs.core.labels import key_of, most_used
from postdocs.core.slugs import fits, slugify, unique
from postdocs.sphinx_ext.compat.ablog import slugify as ablog_slugify

_TAKEN = {"", "index"}  # an index is the page of the folder


@dataclass(frozen=True)
class Label:
    """A tag, category or author as the site shows it.

    name: its most used spelling. slug: what its address ends in. others: further slugs that lead to it, those
    of its other spellings and those that plain ablog made.
    """

    name: str
    slug: str
    others: tuple[str, ...]


def merge(uses: Iterable[str], names: Mapping[str, str] | None = None) -> dict[str, Label]:
    """Return the label that each spelling stands for.

    uses: the labels of all posts as they are written, each as often as it is used, the oldest first.
    names: spellings that are shown as another one, such as the short names of authors.
    """
    names, uses = names or {}, [*uses]
    settled = {key_of(spelling): name for short, name in names.items() for spelling in (short, name)}
    meant = {spelling: settled.get(key_of(spelling), spelling) for spelling in dict.fromkeys(uses)}
    best = most_used(meant[spelling] for spelling in uses)
    spellings: dict[str, list[str]] = defaultdict(list)
    for spelling, name in meant.items():
        spellings[best[name]].append(spelling)
    slugs = _slugs(spellings)
    claimed = {*slugs.values(), *_TAKEN}
    labels: dict[str, Label] = {}
    for name, written in sorted(spellings.items()):
        slugs_of_spellings = (
            slug
            for spelling in sorted({name, *written} - names.keys())
            for slug in (slugify(spelling), ablog_slugify(spelling))
        )
        others = tuple(
            slug for slug in dict.fromkeys(slugs_of_spellings) if slug not in claimed and fits(slug)
        )
        claimed.update(others)
        labels |= dict.fromkeys(written, Label(name, slugs[name], others))
    return labels


def _slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a slug for each label, none twice."""
    slugs: dict[str, str] = {}
    for name in sorted(names):
        slugs[name] = unique(slugify(name), {*slugs.values(), *_TAKEN})
    return slugs
