"""Related posts: those that share rare tags, without neighbours in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter

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
    shares: dict[int, list[tuple[float, list[BlogPost]]]] = defaultdict(list)
    for tag in tags:
        members = [*tag]
        for place, post in enumerate(members):
            near = members[max(0, place - _NEAR) : place + _NEAR + 1]
            shares[id(post)].append((1 / len(members), near))
    all_posts = [*posts]
    instants = {post: post.date.timestamp() if post.date else _NEVER for post in all_posts}
    for post in all_posts:
        scores: dict[BlogPost, float] = {}
        for share, near in shares[id(post)]:
            for other in near:
                scores[other] = scores.get(other, 0) + share
        for neighbour in (post, post.prev, post.next, *post.translations):
            scores.pop(neighbour, None)
        least = min(sorted(scores.values(), reverse=True)[:_SHOWN], default=0) - _EQUAL
        instant = instants[post]
        ranked = [
            (-round(score / _EQUAL), abs(instant - instants[other]), other.docname, other.order, other)
            for other, score in scores.items()
            if score >= least
        ]
        post.related = tuple(other for *_, other in sorted(ranked, key=itemgetter(0, 1, 2, 3))[:_SHOWN])
