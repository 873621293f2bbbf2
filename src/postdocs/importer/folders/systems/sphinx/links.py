"""Links of MyST whose text or address only Sphinx knows, as links that say both."""

from __future__ import annotations

import re
from collections.abc import Callable

from docutils import nodes

from postdocs.importer.folders import markdown
from postdocs.importer.folders.systems.sphinx.markup import EXPLICIT
from postdocs.importer.folders.systems.sphinx.pages import SCHEMES
from postdocs.importer.folders.systems.sphinx.projects import INVENTORY

_SCHEMES = "|".join((INVENTORY, *SCHEMES))
_EMPTY_LINK = re.compile(rf"(?<![\\!])(?:\[\]\((?P<target>[^()\s]+)\)|<(?P<address>(?:{_SCHEMES})[^<>\s]+)>)")
_MYST_LINK = re.compile(r"\{(?P<role>ref|doc|download|any)\}`(?P<text>[^`]+)`")
_EQUATION = re.compile(
    r"^[ \t>]*\$\$[ \t]*\((?P<after>[^()\n]+)\)[ \t]*$|\{math\}[^\n]*\n(?:[ \t>]*:\w+:[^\n]*\n)*?"
    r"[ \t>]*:(?:label|name):[ \t]*(?P<option>\S+)",
    re.MULTILINE,
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>$])")


def with_titles(text: str, named: Callable[[str], tuple[str, str] | None]) -> str:
    """Return MyST whose links without a text show what they lead to.

    named: where a link leads, and the title of that; None where it is not known. An equation is referred to
    by its number, as in LaTeX.
    """
    equations = {f"#{match['after'] or match['option']}" for match in _EQUATION.finditer(text)}

    def new(match: re.Match[str]) -> str:
        target = match["target"] or match["address"]
        if target in equations:
            return f"$\\eqref{{{nodes.fully_normalize_name(target[1:])}}}$"
        known = named(target)
        return _link(known[1], known[0]) if known else match[0]

    return markdown.in_prose(text, _EMPTY_LINK, new)


def with_links(text: str, link: Callable[[str, str], tuple[str, str] | None]) -> str:
    """Return MyST with links in the place of the roles that lead to other files. link: see `Reading`."""

    def new(match: re.Match[str]) -> str:
        explicit = EXPLICIT.fullmatch(match["text"])
        target = explicit["target"] if explicit else match["text"]
        known = link(match["role"], target.strip().lstrip("!~"))
        if known is None:
            return match[0]
        return _link(explicit["title"] if explicit else known[1], known[0])

    return markdown.in_prose(text, _MYST_LINK, new)


def _link(title: str, address: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", " ".join(title.split()))
    return f"[{escaped}]({address})"
