"""Links that a run skipped, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

UNREACHABLE = "no server can be reached"
TIME_UP = "time was up"


@dataclass(frozen=True, kw_only=True)
class Missed:
    """What a run did not learn, by address, and why.

    asked: links that were due and not asked. looked_up: dead links that the archive said nothing of.
    """

    asked: Mapping[str, str] = field(default_factory=dict)
    looked_up: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether the run had time and a network for all that was due."""
        return not {*self.asked.values()} & {TIME_UP, UNREACHABLE}
