"""Citations of pandoc, as roles of sphinxcontrib-bibtex: https://pandoc.org/MANUAL.html#citation-syntax."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from postdocs.importer.ast.nodes import Citation
from postdocs.importer.folders.markdown import in_prose
from postdocs.importer.myst import inline

# Letters, digits, and underscores, with single marks between them; or anything between braces.
_ONE = re.compile(
    r"(?<![\w\\/@.])(?P<minus>-)?@(?:\{(?P<braced>[^{}\s]+)\}|(?P<bare>\w(?:[:.#$%&+?<>~/-]?\w)*+))"
)
_INSIDE = r"(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*+"
_NO_LINK = r"\](?![(\[{])"
_CITATION = re.compile(
    r"(?P<other><[^<>\n]*>|^[ ]{0,3}\[[^\[\]\n]+\]:|!?\[[^\[\]\n]*\]\([^()\n]*\)|\b(?:https?|ftp)://[^\s<>]+)"
    rf"|(?<![\\!\]^])\[(?P<inside>{_INSIDE}){_NO_LINK}"
    rf"|(?P<one>{_ONE.pattern})(?:[ \t]*\n?[ \t]*\[(?P<suffix>[^\[\]@\n]*){_NO_LINK})?",
    re.DOTALL | re.MULTILINE,
)
_MARKUP = re.compile(r"[{}`<>\\*_\[\]$@&|~^#!]")  # what can't stand in a role

Writer = Callable[[Citation], str]


as_role: Writer = inline.citation


def translate(text: str, works: Mapping[str, str], write: Writer) -> str:
    """Write the citations in a text; one whose key isn't known stays, with all that are with it.

    works: the keys that the site has, by those of the text.
    """
    return in_prose(text, _CITATION, lambda match: _written(match, works, write)) if works else text


def keys_in(text: str) -> Iterator[str]:
    """Yield the keys that a text cites."""
    found: list[str] = []

    def note(match: re.Match[str]) -> str:
        if not match["other"]:
            found.extend(map(_key, _ONE.finditer(match[0])))
        return match[0]

    if "@" in text:
        in_prose(text, _CITATION, note)
    yield from found


def _key(match: re.Match[str]) -> str:
    return match["braced"] or match["bare"]


def _written(match: re.Match[str], works: Mapping[str, str], write: Writer) -> str:
    if match["other"] or "@" not in match[0]:
        return match[0]
    if match["inside"] is not None:
        return _group(match, works, write)
    key = works.get(_key(match))
    if key is None:
        return match[0]
    role, suffix = "yearpar" if match["minus"] else "t", " ".join((match["suffix"] or "").split())
    if not suffix or _MARKUP.search(suffix):
        return write(Citation(role, key, match["one"])) + match[0][len(match["one"]) :]
    return write(Citation(role, _target(key, "", suffix), " ".join(match[0].split())))


def _group(match: re.Match[str], works: Mapping[str, str], write: Writer) -> str:
    """Write what is between brackets: one role where that can say it all, else each with its words around."""
    parts = [(item, _ONE.search(item)) for item in " ".join(match["inside"].split()).split(";")]
    items = [(item, one, works.get(_key(one))) for item, one in parts if one]
    if len(items) < len(parts):  # no group
        inside = _CITATION.sub(lambda one: _written(one, works, write), match["inside"])
        return f"[{inside}]"
    known = [(item, one, key) for item, one, key in items if key]
    if len(known) < len(items):
        return match[0]
    around = [(item[: one.start()].strip(), item[one.end() :].rstrip()) for item, one, _ in known]
    roles = ["yearpar" if one["minus"] else "p" for _, one, _ in known]
    if len({*roles}) == 1 and not any(map(_MARKUP.search, (text for pair in around for text in pair))):
        targets = [_target(key, *texts) for (_, _, key), texts in zip(known, around, strict=True)]
        return write(Citation(roles[0], ",".join(targets), " ".join(match[0].split())))
    texts = (
        f"{before}{' ' if before else ''}{write(Citation(role, key, f'[{one[0]}]'))}"
        + _CITATION.sub(lambda one: _written(one, works, write), after)
        for (before, after), role, (_, one, key) in zip(around, roles, known, strict=True)
    )
    return "; ".join(texts)


def _target(key: str, before: str, after: str) -> str:
    """Write a key with the words around it."""
    suffix = after.strip().removeprefix(",").strip()
    pairs = (f"{{{text}}}" if text else "" for text in (before, suffix.replace("--", "\u2013")))
    return next(pairs) + key + next(pairs)
