"""What Python need not look through for garbage: all that is in memory before a build begins.

The more posts a site has, the more there is to look through, and the longer each look takes; there are many
in a build, of which each process makes its own.
"""

from __future__ import annotations

import atexit
import gc

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Look for no garbage until the environment is loaded; what is in memory then is none."""
    gc.disable()
    atexit.register(gc.freeze)  # a process that ends need not look for what it could throw away


def resume(app: Sphinx) -> None:
    """Look for garbage from now on, but not in what is in memory already."""
    gc.freeze()
    gc.enable()


def freeze(*_: object) -> None:
    """Look no more through what has been read."""
    gc.freeze()


def release(*_: object) -> None:
    """Look through everything again: another build may follow in this process."""
    gc.unfreeze()
