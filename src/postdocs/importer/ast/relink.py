"""Links between imported posts, as links between their files."""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from postdocs.importer.addresses import key_of
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk


def between_posts(
    document: nodes.Document, path: str, paths: Mapping[str, str], anchors: Mapping[str, Mapping[str, str]]
) -> nodes.Document:
    """Make links to posts of the same import links to their files. path, paths, anchors: see `target_of`."""

    def link(node: nodes.Link) -> nodes.Link:
        return dataclasses.replace(node, url=target_of(node.url, path, paths, anchors))

    return transform(document, {nodes.Link: link})


def target_of(url: str, path: str, paths: Mapping[str, str], anchors: Mapping[str, Mapping[str, str]]) -> str:
    """Return where a link leads in the new site, for posts of this import in MyST's scheme `project:`.

    path: of the post with the link, from the folder of posts. paths: by `key_of` their old addresses.
    anchors: by path, what ids in the source that links lead to have become.
    """
    target = paths.get(key_of(url) or "")
    if target is None:
        return url
    fragment = urlsplit(url).fragment
    if target == path and fragment:
        return f"#{fragment}"
    anchor = _anchor(fragment, target, anchors)  # a fragment that leads nowhere would fail the build
    return f"project:{relative(target, path)}" + (f"#{anchor}" if anchor else "")


def without_part(
    document: nodes.Document, path: str, paths: Mapping[str, str], anchors: Mapping[str, Mapping[str, str]]
) -> list[nodes.Link]:
    """Return the links to a part of another post that is not there, which lead to the whole post instead."""
    missing: list[nodes.Link] = []
    for link in (node for node in walk(document) if isinstance(node, nodes.Link)):
        target = paths.get(key_of(link.url) or "")
        if target not in {None, path}:
            fragment = urlsplit(link.url).fragment
            if fragment and not _anchor(fragment, target or "", anchors):
                missing.append(link)
    return missing


def _anchor(fragment: str, target: str, anchors: Mapping[str, Mapping[str, str]]) -> str | None:
    return anchors.get(target, {}).get(unquote(fragment))


def relative(target: str, path: str) -> str:
    """Return the path of a file as a link in another one names it."""
    return posixpath.relpath(target, posixpath.dirname(path))
