"""Comments of the old site in threads, as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postdocs.core.comment_text import to_html
from postdocs.core.comments import Comment

_DEEPEST = 6  # levels of replies that a page shows inside each other; those below stand on the last of them


@dataclass(frozen=True)
class ArchivedComment:
    """A comment as its page shows it. html: of its text. ends: how many articles end after it."""

    comment: Comment
    html: str
    ends: int = 1

    @property
    def anchor(self) -> str:
        """The id of its element, which WordPress and Disqus use too."""
        return f"comment-{self.comment.id}"


def in_threads(comments: Sequence[Comment]) -> tuple[ArchivedComment, ...]:
    """Put replies below what they reply to; else the order stays.

    Replies to what isn't there, and in a circle, stand for themselves.
    """
    by_id = {comment.id: comment for comment in comments}
    replies: dict[str | None, list[Comment]] = {}
    for comment in comments:
        replies.setdefault(comment.parent if comment.parent in by_id else None, []).append(comment)
    placed: dict[str, int] = {}

    def place(roots: Sequence[Comment]) -> None:
        waiting = [(comment, 0) for comment in reversed(roots)]
        while waiting:
            comment, depth = waiting.pop()
            if comment.id not in placed:
                placed[comment.id] = depth
                deeper = min(depth + 1, _DEEPEST)
                waiting += [(reply, deeper) for reply in reversed(replies.get(comment.id, ()))]

    place(replies.get(None, ()))
    for comment in comments:  # in a circle
        place([comment])
    depths = [*placed.values()]
    return tuple(
        ArchivedComment(by_id[id_], to_html(by_id[id_].text), ends=depth - following + 1)
        for (id_, depth), following in zip(placed.items(), [*depths[1:], 0], strict=True)
    )
