"""LaTeX formulas, rewritten to the LaTeX that docutils knows.

docutils reads LaTeX strictly: what it does not know is an error and never a wrong formula. It knows most
symbols, but few environments, and arguments in braces only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from docutils.utils.math import latex2mathml

from postdocs.sphinx_ext.math import names
from postdocs.sphinx_ext.math.colours import colour
from postdocs.sphinx_ext.math.macros import Macro
from postdocs.sphinx_ext.math.tokens import Words, plain

_DEEPEST = 50  # groups in each other; nobody reads that many, and readers of HTML give up at 256 elements
_SPACE = re.compile(r"-?(\d+\.?\d*|\.\d+)(em|ex|mu|pt|pc|px|cm|mm|in)")
_COLUMNS = re.compile(r"\|?([lcr]\|?)+")
_BIG = re.compile(r"([bB]igg?)[lrm]?")


class Formula:
    r"""A formula as docutils reads it, and what docutils has no words for.

    text: the formula. columns, rules: of each table, in the order of their beginnings: how its columns are
    aligned, and before which rows there are lines. limits: functions that take limits. functions: all
    functions. macros: by their names; those that the formula defines are added. marks: to this are added, for
    each `\boxed` in the text, name and value of the attribute that it stands for; the width of the first
    space in it is their number.

    Raises
    ------
    ValueError
        The formula can't be read; it says what is wrong.

    """

    def __init__(self, latex: str, macros: dict[str, Macro], marks: list[tuple[str, str]]) -> None:
        self._macros = macros
        self._words = Words(latex, macros)
        self._depth = 0
        self.rules: list[set[int]] = [set()]
        self.marks = marks
        self.columns = [""]  # of rows outside of any environment, which come before those of other tables
        self.limits = {*names.LIMITS}
        self.functions = {name for name in latex2mathml.functions.values() if name}
        self.text = self._sequence("", table=True)
        if self.columns[0]:
            self.text = rf"\begin{{aligned}}{self.text}\end{{aligned}}"
        else:
            del self.columns[0], self.rules[0]

    def _sequence(self, end: str, *, table: bool = False) -> str:
        """Rewrite what comes before a word, and take that too. table: whether there are cells."""
        out: list[str] = []
        empty = True  # so far, this cell
        rules = self.rules[-1]
        row = 0
        self._enter()
        while (word := self._words.next(rows=not end)) != end:
            if word in {"", "}", r"\right", r"\end"}:
                raise ValueError(f"{word} closes nothing" if word else f"{end} is missing")
            if word in {"&", r"\\", r"\cr"}:
                row += word != "&"
                out.append(self._cell_end(word, end, table=table))
                empty = True
                continue
            if word == r"\hline" and end == r"\end" and table and (not out or out[-1] == r"\\"):
                rules.add(row)
                if self._words.peek() == end and out:
                    out.pop()  # it is the line below the last row
                continue
            if self._takes_the_rest(word, end, table=table, empty=empty):
                out = [self._rest(word, "".join(out), end)]
                break
            if word in {"_", "^", "'"}:
                out.append("{}" * empty + self._script(word))
            elif word == r"\middle" and end == r"\right":
                bar = self._delimiter()
                stretched = {"|": r"\lvert ", r"\vert ": r"\lvert ", r"\Vert ": r"\lVert "}
                out.append(stretched.get(bar, rf"\right.\left{bar}"))
            elif empty or word[1:] not in latex2mathml.layout_styles:  # which begin a cell, or nothing
                out.append(self._item(word))
            empty = False
        self._depth -= 1
        return "".join(out)

    def _cell_end(self, word: str, end: str, *, table: bool) -> str:
        if not table:
            raise ValueError(f"{word} is not in a table")
        row = word != "&"
        if row:
            self._words.skip_row_space()
            if self._words.peek() == end:
                return ""
        if not end and self.columns[0] != "rl":
            self.columns[0] = "c" if row else "rl"
        return r"\\" if row else "&"

    def _takes_the_rest(self, word: str, end: str, *, table: bool, empty: bool) -> bool:
        name = word[1:] if word.startswith("\\") else ""
        if name in latex2mathml.layout_styles:
            return not empty and not table
        one = not table or not (end or self.columns[0])  # no cells
        return one and (name in names.INFIX or name in names.SWITCHES or name == "color")

    def _rest(self, word: str, before: str, end: str) -> str:
        """Rewrite the rest of a group after a word that is about all of it."""
        name = word[1:]
        if name == "color":
            begin = self._begin_mark("mathcolor", self._colour())
            return f"{before}{begin}{self._sequence(end)}}}"
        rest = self._sequence(end)
        if name in names.INFIX:
            return names.INFIX[name] % (before, rest)
        if name in names.SWITCHES:
            return rf"{before}\{names.SWITCHES[name]}{{{rest}}}"
        return rf"{before}{{{word} {rest}}}"

    def _item(self, word: str) -> str:
        """Rewrite one word and its arguments."""
        name = word[1:]
        if word == "{":
            return f"{{{self._sequence('}')}}}"
        if not name:
            return names.known_character(word)
        if name in self._COMMANDS:
            return self._COMMANDS[name](self, name)
        if match := _BIG.fullmatch(name):
            return rf"\{match[1]}l{self._delimiter()}\{match[1]}r."  # docutils has them in pairs only
        text = names.SAME.get(name, word)
        return f"{text} " if text[-1].isalpha() else text

    def _command(self, name: str) -> str:
        option = self._option() if name in {"sqrt", "xleftarrow", "xrightarrow", "cfrac"} else ""
        option = f"[{option}]" if option and name != "cfrac" else ""
        arguments = "".join(f"{{{self._argument(name)}}}" for _ in range(names.ARGUMENTS[name]))
        name = "overset" if name == "stackrel" else names.FONTS.get(name, name)
        return rf"\{name}{option}{arguments}"

    def _group(self, name: str) -> str:
        group = f"{{{self._argument(name)}}}"
        return group + r"\limits" * (name == "mathop" and self._words.peek() in {"_", "^"})

    def _left(self, _: str) -> str:
        left, body, right = self._delimiter(), self._sequence(r"\right"), self._delimiter()
        return rf"\left{left}{body}\right{right}"

    def _marked(self, name: str) -> str:
        begin = self._begin_mark("style", names.MARKS[name])
        return f"{begin}{self._argument(name)}}}"

    def _textcolor(self, name: str) -> str:
        begin = self._begin_mark("mathcolor", self._colour())
        return f"{begin}{self._argument(name)}}}"

    def _begin_mark(self, attribute: str, value: str) -> str:
        """Begin a box, with a space in it whose width says which mark it stands for."""
        self.marks.append((attribute, value))
        return rf"\boxed{{\mspace{{{len(self.marks) - 1}}}"

    def _colour(self) -> str:
        """Take the name of a colour, or its parts in a model, as LaTeX's package xcolor has them."""
        model = self._words.raw_option()
        value = self._words.raw()
        try:
            return colour(model, value)
        except ValueError:
            raise ValueError(f"the colour {value} is not known") from None

    def _chemistry(self, name: str) -> str:
        raise ValueError(rf"\{name} is chemistry, which is not read; write \mathrm{{H_2O}}")

    def _hline(self, name: str) -> str:
        raise ValueError(rf"\{name} does not begin a row of an array")

    def _substack(self, name: str) -> str:
        if self._words.next() != "{":
            raise ValueError(rf"\{name} lacks an argument")
        self.columns.append("c")
        self.rules.append(set())
        return rf"\begin{{matrix}}{self._sequence('}', table=True)}\end{{matrix}}"

    def _function(self, name: str) -> str:
        function = plain(self._words.raw())
        self.functions.add(function)
        if name.endswith("*"):
            self.limits.add(function)
        return rf"\operatorname{{{function}}}"

    def _label(self, _: str) -> str:
        self._words.raw()
        return ""  # Sphinx has labels of its own

    def _tag(self, name: str) -> str:
        words = self._words.raw()
        return r"\qquad " + self._mixed(words if name.endswith("*") else f"({words})")

    def _space(self, _: str) -> str:
        length = self._words.raw().replace(" ", "")
        if not _SPACE.fullmatch(length):
            raise ValueError(f"{length} is not a length")
        return rf"\mspace{{{length}}}"

    def _not(self, _: str) -> str:
        return rf"\not {self._words.next()} "

    def _limits(self, name: str) -> str:
        return rf"\{name}" if self._words.peek() in {"_", "^"} else ""

    def _text(self, name: str) -> str:
        words = self._words.raw()
        bold = name == "textbf" and words.isalnum()  # a word; letters of an alphabet have no spaces
        return rf"\mathbf{{{words}}}" if bold else f"{{{self._mixed(words)}}}"

    def _mixed(self, text: str) -> str:
        """Rewrite text with formulas in it, and characters that are not what they look like."""
        out = []
        for number, part in enumerate(re.split(r"(?<!\\)\$", text)):
            if number % 2:
                formula = Formula(part, self._macros, self.marks)
                self.columns += formula.columns
                self.rules += formula.rules
                self.limits |= formula.limits
                self.functions |= formula.functions
                out.append(f"{{{formula.text}}}")
                continue
            for piece in re.split(r"(\\[{}$])", part):
                if piece in {r"\{", r"\}", r"\$"}:
                    out.append(piece)
                elif piece:
                    out.append(rf"\text{{{plain(piece)}}}")
        return "".join(out)

    def _environment(self, _: str) -> str:
        name = self._words.raw()
        if name not in names.ENVIRONMENTS:
            raise ValueError(f"the environment {name} is not known")
        base, columns = names.ENVIRONMENTS[name]
        if name in {"aligned", "alignedat", "gathered", "array"}:
            self._option()  # where it stands in a line
        if name.rstrip("*").endswith("at"):
            self._words.raw()  # how many columns there are
        if name == "array":
            columns = "".join(self._words.raw().split())
            if not _COLUMNS.fullmatch(columns):
                raise ValueError(f"the columns {columns} are not known")
        if base:
            self.columns.append(columns)
            self.rules.append(set())
        body = self._sequence(r"\end", table=bool(base))
        end = self._words.raw()
        if end != name:
            raise ValueError(rf"\end{{{end}}} is not the end of {name}")
        return rf"\begin{{{base}}}{body}\end{{{base}}}" if base else body

    def _script(self, word: str) -> str:
        if word != "'":
            return f"{word}{{{self._argument(word)}}}"
        primes = r"\prime "
        while self._words.peek() == "'":
            primes += r"\prime "
            self._words.next()
        if self._words.peek() == "^":
            self._words.next()
            primes += self._argument("^")
        return f"^{{{primes}}}"

    def _argument(self, name: str) -> str:
        word = self._words.next()
        if word in {"", "}", "]", "&", "_", "^", r"\\", r"\right", r"\end"}:
            raise ValueError(f"{name} lacks an argument")
        self._enter()
        item = self._sequence("}") if word == "{" else self._item(word)
        self._depth -= 1
        return item

    def _option(self) -> str:
        if self._words.peek() != "[":
            return ""
        self._words.next()
        return self._sequence("]")

    def _delimiter(self) -> str:
        word = self._words.next()
        if word in {"", "{", "}"}:
            raise ValueError("a delimiter is missing")
        word = {"<": r"\langle", ">": r"\rangle", r"\|": r"\Vert", "⟨": r"\langle", "⟩": r"\rangle"}.get(
            word, word
        )
        return f"{word} " if word[1:].isalpha() else word

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(f"more than {_DEEPEST} groups are in each other")

    _COMMANDS: ClassVar[dict[str, Callable[[Formula, str], str]]] = {
        **dict.fromkeys(names.ARGUMENTS, _command),
        **dict.fromkeys(names.TEXTS, _text),
        **dict.fromkeys(names.GROUPS, _group),
        **dict.fromkeys(("operatorname", "operatorname*"), _function),
        **dict.fromkeys(("tag", "tag*"), _tag),
        **dict.fromkeys(("hspace", "hspace*", "mspace"), _space),
        **dict.fromkeys(("limits", "nolimits"), _limits),
        **dict.fromkeys(names.MARKS, _marked),
        "textcolor": _textcolor,
        "ce": _chemistry,
        "pu": _chemistry,
        "hline": _hline,
        "left": _left,
        "begin": _environment,
        "substack": _substack,
        "label": _label,
        "not": _not,
    }
