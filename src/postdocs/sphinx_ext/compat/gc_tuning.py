"""What Python need not look through for garbage: all that is in memory before a build begins.

The more posts a site has, the more there is to look through, and the longer each look takes; there are many
in a build, of which each process makes its own.
"""

from __future__ import annotations

import atexit
import gc

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def begin(app: Sphinx) -> None:
    """Look for no garbage until the environment is loaded; what is in memory then is none."""
    gc.disable()
    app.connect("builder-inited", _keep, priority=999)
    app.connect("env-updated", _keep_read, priority=999)
    app.connect("build-finished", _release, priority=999)
    atexit.register(gc.freeze)  # a process that ends need not look for what it could throw away


def _keep(app: Sphinx) -> None:
    gc.freeze()
    gc.enable()


def _keep_read(app: Sphinx, env: BuildEnvironment) -> None:
    gc.freeze()


def _release(app: Sphinx, exception: Exception | None) -> None:
    gc.unfreeze()  # another build may follow in this process
