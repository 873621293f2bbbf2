"""Series: the parts of each in order, and the place of a post among them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from postdocs.sphinx_ext.blog.posts import BlogPost, Place, in_order
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.urls.registry import line_of, source_of

logger = logging.getLogger(__name__)


def place_parts(build: Build, env: BuildEnvironment) -> None:
    """Give each post of a series its place, and warn of parts whose order isn't clear."""
    for series in build.blog.series:
        parts = in_order(series)
        for number, post in enumerate(parts, 1):
            post.place = Place(series, parts, number)
        _check(env, parts)


def _check(env: BuildEnvironment, parts: Sequence[BlogPost]) -> None:
    """Warn of two parts with one number, and of one without where others have one."""
    for previous, post in itertools.pairwise(parts):
        part, series = post.record.part, post.record.labels["series"][0]
        message = ""
        if part is None and parts[0].record.part is not None:
            message = f"part: it is missing, while other parts of '{series}' have a number"
            remedy = "add a line `part: …`, or remove all of these lines"
        elif part is not None and part == previous.record.part:
            message = f"part: {source_of(env, previous.docname)} is part {part} of '{series}' too"
            remedy = "give one of the two another number"
        if message:
            key = "series" if part is None else "part"
            place = (post.docname, line_of(env, post.docname, key))
            logger.warning(f"{message}; {remedy}", location=place, type="postdocs", subtype="post")
