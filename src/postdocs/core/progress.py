"""How a stage tells that it goes on, whoever watches."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

# Called after each step of a stage.
Advance = Callable[[], object]
# Opens a stage, with its name and the number of its steps.
Progress = Callable[[str, int], AbstractContextManager[Advance]]
