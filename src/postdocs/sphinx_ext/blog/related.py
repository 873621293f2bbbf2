"""Related posts: those that share rare tags, without neighbours in time."""

from __future__ import annotations

from collections.abc import Iterable

from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.compat.ablog import Collection

_SHOWN = 3
_EQUAL = 1e-9  # sums that differ by less are one
_NEVER = 1e18  # the instant, in seconds, of drafts without a date: far from all others
_NEAR = 25  # posts of a tag that count, before a post in time and after it


def relate(posts: Iterable[BlogPost], tags: Iterable[Collection]) -> None:
    """Give each post those that are about the same, the best first.

    A tag that two posts share counts the more the fewer have it: 1/n where n posts do. Between equals the
    nearest in time goes first. The older and the newer post and translations are left out: the page leads to
    them already. Of a tag that very many have only those around a post count, so that the cost grows with the
    number of posts and not with its square.
    """
    all_posts = [*posts]
    numbers = {id(post): number for number, post in enumerate(all_posts)}  # numbers make the fastest keys
    shares: list[list[tuple[float, list[int]]]] = [[] for _ in all_posts]
    for tag in tags:
        members = [numbers[id(post)] for post in tag]
        for place, number in enumerate(members):
            near = members[max(0, place - _NEAR) : place + _NEAR + 1]
            shares[number].append((1 / len(members), near))
    instants = [post.date.timestamp() if post.date else _NEVER for post in all_posts]
    places = [(post.docname, post.order) for post in all_posts]
    for post, instant, of_post in zip(all_posts, instants, shares, strict=True):
        scores: dict[int, float] = {}
        for share, near in of_post:
            for other in near:
                scores[other] = scores.get(other, 0) + share
        for neighbour in (post, post.prev, post.next, *post.translations):
            scores.pop(numbers.get(id(neighbour), -1), None)
        least = sorted(scores.values())[-_SHOWN:][:1]
        ranked = [
            (-round(score / _EQUAL), abs(instant - instants[other]), *places[other], other)
            for other, score in scores.items()
            if score >= least[0] - _EQUAL
        ]
        post.related = tuple(all_posts[other] for *_, other in sorted(ranked)[:_SHOWN])
