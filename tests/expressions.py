"""Expressions with their MathML: `python tests/expressions.py` writes the MathML of all of them anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from postdocs.sphinx_ext.math.mathml import to_mathml

_FOLDER = Path(__file__).parent / "data" / "math"
GROUPS = sorted(path.stem for path in _FOLDER.glob("*.txt"))


@dataclass(frozen=True)
class Expression:
    """An expression, and the content of its `math` element, or what is wrong with it after `! `."""

    latex: str
    expected: str

    def set_again(self) -> str:
        """Return what becomes of it now."""
        try:
            mathml = to_mathml(self.latex, display=True, numbers={"eq:one": "1"})
        except ValueError as error:
            return f"! {error}"
        return mathml.partition(">")[2].removesuffix("</math>")


def expressions(group: str) -> Iterator[Expression]:
    """Yield the expressions of a group: a line of LaTeX, a line of MathML, and an empty line each."""
    lines = (_FOLDER / f"{group}.txt").read_text(encoding="utf-8").splitlines()
    for latex, expected in zip(lines[::3], lines[1::3], strict=True):
        yield Expression(latex, expected)


def _rewrite() -> None:
    for group in GROUPS:
        text = "\n".join(f"{each.latex}\n{each.set_again()}\n" for each in expressions(group))
        (_FOLDER / f"{group}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _rewrite()
