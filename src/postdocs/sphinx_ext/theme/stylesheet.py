"""The part of a style sheet that a site needs: CSS in, fewer rules of CSS out.

What is needed is told by names: the classes, ids and elements that may appear on a page. No page is looked
at, so the result is the same whatever is on the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import Any

import tinycss2
from tinycss2.ast import Node

_NESTED = {"media", "supports", "layer", "container"}
_GLYPHS = re.compile(r"[\ue000-\uf8ff]|var\(--(pst-icon|fa-)|Font ?Awesome|Font Awesome")
_MODE = re.compile(r"""\[data-theme=["']?(light|dark)["']?\]""")
_BARE = re.compile(r"""html\[data-theme=["']?light["']?\]""")
_USED = re.compile(r"var\(\s*(--[\w-]+)")
_SPACED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')| ?([>+~,]) ?""")  # but for what is quoted
_SHORTHANDS = {"background", "margin", "padding"}  # which set all that begins with them (CSS Cascade 4, §3)


@dataclass(frozen=True)
class Rule:
    """A rule: the at-rules around it from outside in, its selectors, and its declarations."""

    around: tuple[str, ...]
    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str], ...]


def read(css: str) -> list[Rule]:
    """Return the rules of a style sheet; at-rules that hold no rules, such as @font-face, are left out."""
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return [*_rules(nodes, ())]


def _rules(nodes: Iterable[Node], around: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            items = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            declarations = tuple(
                (item.name, _text(item.value) + ("!important" if item.important else ""))
                for item in items
                if item.type == "declaration"
            )
            yield Rule(around, tuple(map(_selector, _parts(node.prelude))), declarations)
        elif node.type == "at-rule" and node.lower_at_keyword in _NESTED and node.content is not None:
            inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inside, (*around, f"@{node.at_keyword} {_text(node.prelude)}"))


def _text(nodes: Iterable[Node]) -> str:
    return re.sub(r"\s+", " ", tinycss2.serialize([*nodes])).strip()


def _selector(nodes: Iterable[Node]) -> str:
    """Return a selector without the spaces that mean nothing: one and the same is written in one way."""
    return _SPACED.sub(lambda match: match[1] or match[2], _text(nodes))


def _parts(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    """Yield what stands between commas."""
    part: list[Node] = []
    for node in nodes:
        if node == ",":
            yield part
            part = []
        else:
            part.append(node)
    yield part


def cut(rules: Iterable[Rule], words: Set[str], elements: Set[str]) -> list[Rule]:
    """Return the rules that can match where these are all that there is, without glyphs of icon fonts.

    words: names of classes and ids.
    """
    kept = []
    for rule in rules:
        selectors = tuple(text for text in rule.selectors if _is_known(text, words, elements))
        declarations = tuple(pair for pair in rule.declarations if not _GLYPHS.search(pair[1]))
        if selectors and declarations:
            kept.append(replace(rule, selectors=selectors, declarations=declarations))
    return kept


def _is_known(selector: str, words: Set[str], elements: Set[str]) -> bool:
    return _matches(tinycss2.parse_component_value_list(selector), words, elements)


def _matches(nodes: list[Node], words: Set[str], elements: Set[str]) -> bool:
    """Tell whether each class and id of a selector is among the words, and each element is known."""
    before = ""
    for node in nodes:
        if node.type == "hash" or (node.type == "ident" and before == "."):
            if node.value not in words:
                return False
        elif node.type == "ident" and before != ":":
            if node.value not in elements:
                return False
        elif node.type == "[] block":
            names = [token.value for token in node.content if token.type == "ident"]
            if names and names[0].startswith("data-bs"):
                return False
        elif (
            node.type == "function"
            and node.lower_name in {"is", "where", "has"}
            and not any(_matches(part, words, elements) for part in _parts(node.arguments))
        ):
            return False
        before = node.value if node.type == "literal" else ""
    return True


def with_modes(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules for light and dark that hold without a script, and of which only the light ones print.

    A page always has `data-theme`. Where no script has set it, it is "auto", and what the reader's system
    prefers decides. The colours of the light mode hold always; those of the dark mode, which follow them,
    only on screens.
    """
    by_mode = []
    for rule in rules:
        light: list[str] = []
        dark: list[str] = []
        rest: list[str] = []
        for selector in rule.selectors:
            if ":not([data-theme])" in selector:
                continue
            mode = _MODE.search(selector)
            (rest if mode is None else light if mode[1] == "light" else dark).append(selector)
        if light and dark:
            rest += dict.fromkeys(_MODE.sub("[data-theme]", selector) for selector in (*light, *dark))
        elif light and all(_BARE.fullmatch(text) or ".highlight" in text for text in light):
            rest += [_MODE.sub("[data-theme]", selector) for selector in light]
        elif light:
            by_mode += [*_of_mode(rule, light, "", "not all and (prefers-color-scheme: dark)")]
        elif dark:
            by_mode += [*_of_mode(rule, dark, "screen", "screen and (prefers-color-scheme: dark)")]
        if rest:
            by_mode.append(replace(rule, selectors=tuple(rest)))
    return by_mode


def _of_mode(rule: Rule, selectors: list[str], chosen: str, preferred: str) -> Iterator[Rule]:
    around = (*rule.around, f"@media {chosen}") if chosen else rule.around
    yield replace(rule, around=around, selectors=tuple(selectors))
    automatic = tuple(_MODE.sub("[data-theme=auto]", selector) for selector in selectors)
    yield replace(rule, around=(*rule.around, f"@media {preferred}"), selectors=automatic)


def without_overridden(rules: list[Rule]) -> list[Rule]:
    """Return the rules without declarations that a later rule replaces for each of their selectors.

    One with the same selector has the same specificity, so the later one wins (CSS Cascade 4, §6.1), if it
    holds wherever the earlier does and is no less important.
    """
    later: set[tuple[tuple[str, ...], str, str, bool]] = set()
    kept = []
    for rule in reversed(rules):
        declarations = tuple(
            (name, value)
            for name, value in rule.declarations
            if not all(_is_replaced(rule.around, text, name, value, later) for text in rule.selectors)
        )
        later |= {
            (rule.around, text, name, _is_important(value))
            for text in rule.selectors
            for name, value in declarations
        }
        if declarations:
            kept.append(replace(rule, declarations=declarations))
    return kept[::-1]


def _is_replaced(
    around: tuple[str, ...], selector: str, name: str, value: str, later: Set[tuple[Any, ...]]
) -> bool:
    names = {name, *_SHORTHANDS.intersection(name.split("-")[:1])}
    strengths = {_is_important(value), True}
    return any(
        (place, selector, other, strength) in later
        for place in {around, ()}
        for other in names
        for strength in strengths
    )


def _is_important(value: str) -> bool:
    return value.endswith("!important")


def without_unused(rules: list[Rule], kept: str) -> list[Rule]:
    """Return the rules without custom properties that none of them uses; those that begin so are kept."""
    while True:
        values = [value for rule in rules for _, value in rule.declarations]
        used = {name for value in values for name in _USED.findall(value)}
        fewer = []
        for rule in rules:
            declarations = tuple(
                (name, value)
                for name, value in rule.declarations
                if not name.startswith("--") or name in used or name.startswith(kept)
            )
            if declarations:
                fewer.append(replace(rule, declarations=declarations))
        if fewer == rules:
            return rules
        rules = fewer


def write(rules: Iterable[Rule]) -> str:
    """Return rules as CSS, a line each."""
    lines = []
    around: tuple[str, ...] = ()
    for rule in rules:
        if rule.around != around:
            lines += ["}" * len(around)] if around else []
            lines += ["{".join((*rule.around, ""))] if rule.around else []
            around = rule.around
        body = ";".join(f"{name}:{value}" for name, value in rule.declarations)
        lines.append(f"{','.join(rule.selectors)}{{{body}}}")
    lines += ["}" * len(around)] if around else []
    return "\n".join(lines) + "\n"
