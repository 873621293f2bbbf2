"""Hints for mistakes in directives, tables, headings, and lists: what is wrong, and what to write instead.

They follow from the message and from the markup of its source alone; `hints` has those that need the site.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from postdocs.core.plural import count

_CLOSE = 0.6  # of `difflib`: how much of two names has to be the same
_LEVELS = "underline it like another heading of its level"
_OPTIONS = "write each in a line of its own, like `:name: value`"

Hint = Callable[..., str]


def directive_form(name: str, source: Path) -> str:
    """Return the name of a directive as the markup of a source writes it."""
    return f"`.. {name}::`" if source.suffix == ".rst" else f"`{{{name}}}`"


def without_source(message: str) -> str:
    """Return a message of docutils in one line, without the piece of the source that follows a blank line."""
    return " ".join(message.partition("\n\n")[0].split())


def nearest_name(name: str, names: Iterable[str]) -> str:
    """Return the name that is most like another; "" if none is."""
    return next(iter(difflib.get_close_matches(name, sorted(names), n=1, cutoff=_CLOSE)), "")


def markup_hint(message: str, source: Path) -> str | None:
    """Return a message with what to do about it; None if no rule is about it.

    message: as `without_source` returns it.
    """
    for pattern, hint in _RULES:
        if match := re.fullmatch(pattern, message):
            groups = match.groupdict()
            if "directive" in groups:
                groups["directive"] = directive_form(groups["directive"], source)
            return hint(**groups)
    return None


def _option(directive: str, option: str, allowed: str = "") -> str:
    names = re.findall(r"'([^']+)'", allowed)
    meant = nearest_name(option, names)
    remedy = f"write `{meant}`" if meant else "correct its name, or remove it"
    if names and not meant:
        remedy = f"remove it, or write one of {', '.join(names)}"
    return f"{directive} has no option `{option}`; {remedy}"


def _value(directive: str, option: str, value: str, reason: str) -> str:
    written = f"'{value}'" if value else "empty"
    return f"the option `{option}` of {directive} can't be {written} ({reason}); correct it"


def _few_arguments(directive: str, needed: str) -> str:
    what = "an argument" if needed == "1" else f"{needed} arguments"
    return f"{directive} needs {what}; write it after the name, in the same line"


def _many_arguments(directive: str, allowed: str) -> str:
    what = "no argument" if allowed == "0" else f"at most {count(int(allowed), 'argument')}"
    return f"{directive} takes {what}; move the text after its name to the next line"


def _row(row: str, cells: str, others: str) -> str:
    return f"row {row} of the table has {count(int(cells), 'cell')}, row 1 has {others}; make them equal"


def _rows(directive: str, detail: str) -> str:
    if "table" in detail:
        return f"{directive} has to contain exactly one table; correct its content"
    return f"{directive} is not a list of rows; begin each row with `* -`, and its other cells with `  -`"


def _skip(above: str, level: str) -> str:
    right = "#" * (int(above) + 1)
    return f"the heading is of level {level}, below one of level {above}; begin it with `{right}`"


_DIRECTIVE = r"(?:Error in \"(?P<directive>[^\"]+)\" directive: {0}\.?)"
_MYST = r"(?:(?:Directive )?'(?P<directive>[^']+)': {0})"


def _both(said: str, hint: Hint) -> list[tuple[str, Hint]]:
    """Return the rule for what docutils and MyST say in the same words."""
    return [(form.format(said), hint) for form in (_DIRECTIVE, _MYST)]


_RULES: tuple[tuple[str, Hint], ...] = (
    (
        r"Document or section may not begin with a transition\.",
        lambda: "a rule can't be the first thing in a section; remove it, or write text above it",
    ),
    (
        r"Document may not end with a transition\.",
        lambda: "a rule can't be the last thing on a page; remove it, or write text below it",
    ),
    (
        r"At least one body element must separate transitions; adjacent transitions are not allowed\.",
        lambda: "a rule follows another one; remove it, or write text between them",
    ),
    (_MYST.format(r"Unknown option key: '(?P<option>.+)' \(allowed: \[(?P<allowed>.*)\]\)"), _option),
    (_DIRECTIVE.format(r"unknown option: \"(?P<option>.+)\""), _option),
    (_MYST.format(r"Invalid option value for '(?P<option>.+?)': (?P<value>.*?): (?P<reason>.+)"), _value),
    (
        _DIRECTIVE.format(
            r"invalid option value: \(option: \"(?P<option>.+?)\"; value: (?P<value>.*?)\) (?P<reason>.+?)"
        ),
        _value,
    ),
    (
        _MYST.format(r"Invalid options format.*"),
        lambda directive: f"the options of {directive} can't be read; {_OPTIONS}",
    ),
    (
        _DIRECTIVE.format(r"invalid option (?:block|data).*"),
        lambda directive: f"the options of {directive} can't be read; {_OPTIONS}",
    ),
    *_both(r"(?P<needed>\d+) argument\(s\) required, \d+ supplied", _few_arguments),
    *_both(r"maximum (?P<allowed>\d+) argument\(s\) allowed, \d+ supplied", _many_arguments),
    *_both(
        r"(?:no content permitted|Has content, but none permitted)",
        lambda directive: f"{directive} takes no content; remove it, or part it by a blank line",
    ),
    (
        r"(?:Content block expected for the|The) \"(?P<directive>.+)\" directive"
        r"(?:; none found| requires content; none supplied| is empty; content required)\.",
        lambda directive: f"{directive} is empty; write its content below its first line",
    ),
    (
        r"Error parsing content block for the \".+\" directive: uniform two-level bullet list expected, "
        r"but row (?P<row>\d+) does not contain the same number of items as row 1 "
        r"\((?P<cells>\d+) vs (?P<others>\d+)\)\.",
        _row,
    ),
    (r"Error parsing content block for the \"(?P<directive>.+)\" directive: (?P<detail>.+)", _rows),
    (
        r"\"(?P<directive>.+)\" widths do not match the number of columns in table \((?P<columns>\d+)\)\.",
        lambda directive, columns: f"`widths` of {directive} doesn't fit the table; write {columns} numbers",
    ),
    (
        r"(?P<headers>\d+) header row\(s\) specified but only (?P<rows>\d+) row\(s\) of data supplied "
        r"\(\"(?P<directive>.+)\" directive\)\.",
        lambda directive, headers, rows: (
            f"`header-rows` of {directive} is {headers}, but the table has only {count(int(rows), 'row')}; "
            "correct it"
        ),
    ),
    (
        r"Insufficient data supplied \(.+\); no data remaining for table body, required by "
        r"\"(?P<directive>.+)\" directive\.",
        lambda directive: f"{directive} has headers only; add a row or a column of data",
    ),
    (
        r"Error with CSV data in \"(?P<directive>.+)\" directive: (?P<reason>.+)",
        lambda directive, reason: f"a row of {directive} can't be read ({reason}); correct its quotes",
    ),
    (
        r"Malformed table\. ?(?P<reason>.*?)\.?",
        lambda reason: (
            f"the table can't be read{f' ({reason})' if reason else ''}; align its columns with its borders"
        ),
    ),
    (r"Blank line required after table\.", lambda: "the table ends without a blank line; add one after it"),
    (r"Non-consecutive header level increase; H(?P<above>\d) to H(?P<level>\d)", _skip),
    (
        r"Document headings start at H(?P<level>\d), not H1",
        lambda level: f"the first heading is of level {level}; begin it with `#`",
    ),
    (
        r"Inconsistent title style: skip from level (?P<above>\d+) to (?P<level>\d+)\.",
        lambda above, level: f"the heading is of level {level}, below one of level {above}; {_LEVELS}",
    ),
    (
        r"(?:Title level inconsistent:|A level \d+ section cannot be used here\.).*",
        lambda: f"the heading has a line that no heading of its level has; {_LEVELS}",
    ),
    (
        r"Title (?P<place>underline|overline) too short\.",
        lambda place: f"the {place} of the heading is shorter than its text; make it as long",
    ),
    (
        r"(?:Title overline & underline mismatch|Missing matching underline for section title overline)\.",
        lambda: "the lines above and below the heading differ; make them equal",
    ),
    (
        r"Unexpected section title(?: or transition)?\.",
        lambda: "a heading or a line can't stand there; put it at the margin, after a blank line",
    ),
    (
        r"(?P<block>[A-Z].+) ends without a blank line; unexpected unindent\.",
        lambda block: (
            f"the {block.lower()} ends without a blank line; add one after it, or indent what belongs to it"
        ),
    ),
    (
        r"Unexpected indentation\.",
        lambda: (
            "the line is indented more than the one above; add a blank line before it, or remove the indent"
        ),
    ),
    (
        r"Undefined substitution referenced: \"(?P<name>.+)\"\.",
        lambda name: (
            f"there is no substitution `|{name}|`; add a line `.. |{name}| replace:: …`, "
            "or a backslash before it"
        ),
    ),
    (
        r"Substitution error: ?UndefinedError: '(?P<name>.+)' is undefined",
        lambda name: (
            f"there is no substitution '{name}'; add it to `myst_substitutions`, or correct its name"
        ),
    ),
    (
        r"Duplicate footnote definition found for label: '(?P<name>.+)'",
        lambda name: f"the footnote `[^{name}]` is defined twice; rename one",
    ),
    (
        r"Duplicate reference definition: (?P<name>.+)",
        lambda name: f"the address of `[{name}]` is defined twice; rename or remove one",
    ),
    (
        r"citation not found: (?P<name>.+)",
        lambda name: f"there is no citation '{name}'; correct it, or add a line `.. [{name}] …`",
    ),
    (
        r"invalid line number spec: (?P<lines>.+)",
        lambda lines: f"{lines} doesn't name lines; write numbers and ranges, like `1,3-5`",
    ),
    (
        r"line number spec is out of range\(1-(?P<last>\d+)\): (?P<lines>.+)",
        lambda last, lines: f"{lines} names lines that are not there; the last is {last}",
    ),
)
