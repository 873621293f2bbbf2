r"""Text → MyST, with characters escaped that could be syntax.

The rules are those of CommonMark 0.31 and of the plugins that MyST adds. They look at one block at a time
and keep prose readable; that they suffice is for the proof to show, block by block, and where they don't,
every ASCII punctuation mark is escaped (CommonMark 0.31 §2.4).
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, replace

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from postdocs.importer.ast import nodes

_PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}]")
_LINE_START = re.compile(
    r"(?P<mark>[-+*>:~](?=[ ]|$)|>|#(?=\#{0,5}(?:[ ]|$))|\|"
    r"|-(?=[- :|]*$)|\*(?=[* ]*$)|_(?=[_ ]*$)|=(?==*[ ]*$)|-(?=--)|\+(?=\+\+)|~(?=~~)|:(?=::)|:(?=[-:| ]*$)"
    r"|%|\((?=[^\s()]*\)=)|\{|\[(?=[^\]]*\]:)|\[(?=[ xX]\](?:[ ]|$)))"
    r"|(?P<number>\d{1,9})(?P<dot>[.)])(?=[ ]|$)"
)
_SYNTAX = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|`|<(?=[A-Za-z/!?])|&(?=#?[0-9A-Za-z]+;)"
    r"|\[(?=\^)|\](?=[(\[{:])|!(?=\[)|\{(?=[{%]|[^{}`]*\}`)|~(?=~)|(?<=~)~"
)
# What could be syntax together with the phrase that comes next.
_BEFORE_PHRASE = re.compile(r"[!<\]~]$|&#?[0-9A-Za-z]*$|\{[^{}`]*\}$|\{$")
_STAR = re.compile(r"\*")
_UNDERSCORE = re.compile(r"_")
_EDGE = re.compile(r"^\s+|\s+$")


@dataclass(frozen=True)
class Context:
    """What the escapes of a block depend on.

    every: escape all ASCII punctuation. nested: the block is inside another. one_line: the block can't go
    over a line's end. brackets: inside the text of a link. stars, underscores, dollars: the block holds
    enough of them to make a pair. anchors: ids that the document's headings have by themselves.
    """

    every: bool
    nested: bool = False
    one_line: bool = False
    heading: bool = False
    brackets: bool = False
    stars: bool = False
    underscores: bool = False
    dollars: bool = False
    anchors: frozenset[str] = frozenset()


def context_of(children: tuple[nodes.Inline, ...], base: Context) -> Context:
    """Find what the text of a block could be mistaken for."""
    text, marked, formulas = _survey(children)
    return replace(
        base,
        stars=marked or len(re.findall(r"\*(?=\S)|(?<=\S)\*", text)) > 1,
        underscores=marked or len(re.findall(r"(?<![^\W_])_|_(?![^\W_])", text)) > 1,
        dollars=formulas or text.count("$") > 1,
    )


def _survey(children: tuple[nodes.Inline, ...]) -> tuple[str, bool, bool]:
    """Gather the text of inline nodes, and whether there is emphasis and mathematics among them."""
    texts, marked, formulas = [], False, False
    for child in children:
        match child:
            case nodes.Text(text):
                texts.append(text)
            case nodes.Math():
                formulas = True
            case nodes.Span(_, inner) | nodes.Link(_, inner):
                text, marked_inside, formulas_inside = _survey(inner)
                texts.append(text)
                marked |= marked_inside or (isinstance(child, nodes.Span) and child.tag in {"em", "strong"})
                formulas |= formulas_inside
            case nodes.RawInline(source):
                texts.append(source)
            case _:
                pass
    return "\0".join(texts), marked, formulas


def reference(character: str) -> str:
    """Write a character as a reference (CommonMark 0.31 §2.5): it is no syntax then, whatever it is."""
    return "&nbsp;" if character == "\xa0" else f"&#{ord(character)};"


def escape(text: str, context: Context, *, starts_line: bool, ends_line: bool, follows: str = "") -> str:
    """Escape a run of text.

    starts_line, ends_line: nothing of its line is before, or after it. follows: characters that would be
    read together with the phrase before it.
    """
    edges = _EDGE.search(text) if starts_line or ends_line else None
    head = tail = ""
    if edges and starts_line:
        rest = text.lstrip()
        head, text = "".join(map(reference, text[: len(text) - len(rest)])), rest
    if edges and ends_line:
        rest = text.rstrip()
        tail, text = "".join(map(reference, text[len(rest) :])), rest
    if context.every:
        return head + _PUNCTUATION.sub(r"\\\g<0>", text) + tail
    places = {match.start() for match in _SYNTAX.finditer(text)}
    if context.stars:
        places |= {
            at.start() for at in _STAR.finditer(text) if not _spaced(text, at.start(), starts_line, ends_line)
        }
    if context.underscores:
        places |= {at.start() for at in _UNDERSCORE.finditer(text) if not _in_word(text, at.start())}
    if context.dollars:
        places |= {at.start() for at in re.finditer(r"\$", text)}
    if context.brackets:
        places |= {at.start() for at in re.finditer(r"[\[\]]", text)}
    if starts_line and not (head or context.heading) and (match := _LINE_START.match(text)):
        places.add(match.start("dot") if match["dot"] else match.start("mark"))
    if text.endswith("\\"):
        places.add(len(text) - 1)
    if not ends_line and (match := _BEFORE_PHRASE.search(text)):
        places.add(match.start())
    if text and text[0] in follows:
        places.add(0)
    if context.heading and ends_line and text.endswith("#"):
        places.add(len(text) - 1)
    return head + _mark(text, places) + tail


def _mark(text: str, places: set[int]) -> str:
    if not places:
        return text
    return "".join(f"\\{char}" if at in places else char for at, char in enumerate(text))


def _spaced(text: str, at: int, starts_line: bool, ends_line: bool) -> bool:
    before = text[at - 1] if at else " " if starts_line else "*"
    after = text[at + 1] if at + 1 < len(text) else " " if ends_line else "*"
    return before == after == " "


def _in_word(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def can_mark(marker: str, before: str, first: str, last: str, after: str) -> tuple[bool, bool]:
    """Tell whether a delimiter run opens and closes between these characters (CommonMark 0.31 §6.2)."""
    left_open, right_open = _flanks(before, first)
    left_close, right_close = _flanks(last, after)
    if marker == "*":
        return left_open, right_close
    return (
        left_open and (not right_open or _is_punctuation(before)),
        right_close and (not left_close or _is_punctuation(after)),
    )


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
    left = not space_after and (not mark_after or space_before or mark_before)
    right = not space_before and (not mark_before or space_after or mark_after)
    return left, right
