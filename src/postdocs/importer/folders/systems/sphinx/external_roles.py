"""Roles for other projects only, such as `external+python:doc`.

https://www.sphinx-doc.org/en/master/usage/extensions/intersphinx.html#role-external
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from docutils import nodes
from docutils.utils import unescape

from postdocs.importer.folders.systems.sphinx.markup import EXPLICIT

_ROLE = re.compile(
    r"[:{](?P<name>external(?:\+(?P<project>[^\s:`{}]+))?:(?:(?P<domain>\w+):)?(?P<role>\w+))[:}](?=`)"
)
_Role = Callable[..., Any]


def roles_in(text: str, known: Mapping[str, _Role]) -> dict[str, _Role]:
    """Return the roles of a text that are for other projects. known: those without a project, by name."""
    return {match["name"]: _role(match, known) for match in _ROLE.finditer(text)}


def _role(match: re.Match[str], known: Mapping[str, _Role]) -> _Role:
    role = match["role"]
    base = known.get(f"{match['domain']}:{role}") or known.get(role) or _text

    def of_project(_: str, rawtext: str, text: str, *rest: Any) -> Any:
        if match["project"]:
            explicit = EXPLICIT.fullmatch(text)
            title, target = (explicit["title"], explicit["target"]) if explicit else ("", text)
            text = f"{match['project']}:{target}"
            text = f"{title} <{text}>" if title else text
        return base(role, rawtext, text, *rest)

    return of_project


def _text(_: str, rawtext: str, text: str, *__: Any) -> Any:
    explicit = EXPLICIT.fullmatch(unescape(text))
    return [nodes.Text(explicit["title"] if explicit else unescape(text))], []
