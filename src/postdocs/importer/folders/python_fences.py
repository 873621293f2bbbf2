"""What Python-Markdown and PyMdown read beside the language of fenced code, written as options of MyST.

https://facelessuser.github.io/pymdown-extensions/extensions/superfences/ and
https://python-markdown.github.io/extensions/fenced_code_blocks/.
"""

from __future__ import annotations

from collections.abc import Set
from functools import partial

from postdocs.importer.folders import fences


def to_myst(text: str, extensions: Set[str]) -> str:
    """Return a text whose fenced code has its title, its numbers, and its marked lines as MyST has them.

    extensions: short names of those that are in use.
    """
    keys = _keys(extensions)
    return fences.to_myst(text, partial(fences.read, keys=keys)) if keys and "=" in text else text


def _keys(extensions: Set[str]) -> frozenset[str]:
    """Return the attributes that extensions show."""
    if "superfences" in extensions:
        return frozenset({"title", "hl_lines", "linenums"})
    has_fences = extensions & {"fenced_code", "extra"} and "codehilite" in extensions
    return frozenset({"hl_lines", "linenums"} if has_fences else ())
