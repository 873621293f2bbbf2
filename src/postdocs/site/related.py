"""Which posts are about the same: those that share rare tags, and are no neighbours in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from postdocs.site.ablog import Collection, Listed

_SHOWN = 3
_EQUAL = 1e-9  # sums that differ by less are one
_NEAR = 25  # posts of a tag that count, before a post in time and after it


def relate(posts: Iterable[Listed], tags: Iterable[Collection]) -> None:
    """Give each post those that are about the same, the best first.

    A tag that two posts share counts the more the fewer have it: 1/n where n posts do. Between equals the
    nearest in time goes first. The older and the newer post are left out: the page leads to them already. Of
    a tag that very many have only those around a post count, so that the cost grows with the number of posts
    and not with its square.
    """
    shares: dict[int, list[tuple[float, list[Listed]]]] = defaultdict(list)
    for tag in tags:
        members = [*tag]
        for place, post in enumerate(members):
            near = members[max(0, place - _NEAR) : place + _NEAR + 1]
            shares[id(post)].append((1 / len(members), near))
    for post in posts:
        scores: dict[Listed, float] = {}
        for share, near in shares[id(post)]:
            for other in near:
                scores[other] = scores.get(other, 0) + share
        for shown in (post, post.prev, post.next):
            scores.pop(shown, None)
        least = min(sorted(scores.values(), reverse=True)[:_SHOWN], default=0) - _EQUAL
        found = [(other, score) for other, score in scores.items() if score >= least]
        found.sort(key=lambda pair: (-round(pair[1] / _EQUAL), *_distance(post, pair[0])))
        post.related = tuple(other for other, _ in found[:_SHOWN])


def _distance(post: Listed, other: Listed) -> tuple[float, str, int]:
    """Return how far apart two posts are in seconds, and what tells equals apart."""
    apart = abs((post.date - other.date).total_seconds()) if post.date and other.date else float("inf")
    return apart, other.docname, other.order
