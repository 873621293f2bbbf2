"""Commands that authors define."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Macro:
    """What a command stands for.

    body: its words, with `#` and a digit for each argument. arguments: how many it takes. default: the words
    of the first where that is left out, which is in brackets then; None where it must be there.
    """

    body: tuple[str, ...]
    arguments: int = 0
    default: tuple[str, ...] | None = None

    def filled(self, arguments: Sequence[Sequence[str]]) -> list[str]:
        """Return the words with arguments in their places.

        Raises
        ------
        ValueError
            There is no argument of a number.

        """
        out: list[str] = []
        body = iter(self.body)
        for word in body:
            if word != "#":
                out.append(word)
                continue
            number = next(body, "")
            if not number.isdecimal() or not 0 < int(number) <= len(arguments):
                raise ValueError(f"#{number} is no argument of a command of {len(arguments)}")
            out += arguments[int(number) - 1]
        return out
