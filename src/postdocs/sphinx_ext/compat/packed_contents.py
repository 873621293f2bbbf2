"""Tables of contents that stay packed until a page needs them.

Private: nothing, but `BuildEnvironment.tocs` becomes a mapping that is no `dict`. Why: a build loads and
saves the tables of contents of all documents as doctrees, though it needs those of the few that it reads or
writes; they are most of what the environment costs. Seen with Sphinx 9.0.
`tests/sphinx_ext/compat/test_packed_contents.py` fails when the environment holds others.
"""

from __future__ import annotations

import pickle
from collections import UserDict
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

_PROTOCOL = pickle.HIGHEST_PROTOCOL


class PackedContents(UserDict[str, nodes.bullet_list]):
    """Tables of contents by docname, each a doctree, or its pickle until it is asked for."""

    data: dict[str, Any]

    def __getitem__(self, docname: str) -> nodes.bullet_list:
        found = self.data[docname]
        if isinstance(found, bytes):
            found = self.data[docname] = pickle.loads(found)  # noqa: S301 - a part of the environment's own
        contents: nodes.bullet_list = found
        return contents

    def __getstate__(self) -> dict[str, dict[str, bytes]]:
        return {"data": self.packed()}

    def packed(self) -> dict[str, bytes]:
        """Return the pickle of each."""
        return {
            docname: found if isinstance(found, bytes) else pickle.dumps(found, _PROTOCOL)
            for docname, found in self.data.items()
        }


def pack(app: Sphinx) -> None:
    """Keep the tables of contents of an environment so."""
    env: Any = app.env
    if not isinstance(env.tocs, PackedContents):
        env.tocs = PackedContents(env.tocs)


def merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: Any) -> None:
    """Let Sphinx take over from the environment of another process what is packed as it is."""
    if isinstance(other.tocs, PackedContents):
        other.tocs = other.tocs.packed()
