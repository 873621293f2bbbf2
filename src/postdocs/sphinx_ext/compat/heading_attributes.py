"""Ids at the end of headings, `## Methods {#methods}`, wherever MyST reads attributes of blocks.

Private: `attrs_block_plugin` in the module that makes MyST's parsers. Why: MyST has no way to add a plugin
of markdown-it. Seen with MyST-Parser 5.2. `tests/sphinx_ext/compat/test_heading_attributes.py` fails when it
takes the plugin from elsewhere.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from unittest.mock import patch

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin
from myst_parser.parsers import mdit

from postdocs.core.heading_ids import heading_id_plugin


def with_heading_ids() -> AbstractContextManager[object]:
    """Return a context in which parsers of MyST read them."""
    return patch.object(mdit, "attrs_block_plugin", _plugin)


def _plugin(parser: MarkdownIt) -> None:
    attrs_block_plugin(parser)
    heading_id_plugin(parser)
