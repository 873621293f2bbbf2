"""Settings that a site needs for posts that are notebooks, as changes of its conf.py."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from postdocs.core import conf
from postdocs.core.errors import PostdocsError
from postdocs.importer.conf_patch import Patch, applied, evaluated, is_set, replaced, value_of

READER: Final = "myst_nb"
_BEFORE: Final = "myst_parser"  # which MyST-NB brings itself
_MODE: Final = "nb_execution_mode"


def added_to(patch: Patch) -> Patch:
    """Return a conf.py in which MyST-NB reads posts too, without running the code of notebooks.

    A list of extensions that is computed stays, and a line says so.
    """
    module = ast.parse(patch.text)
    lists = [node for node in map(value_of, module.body) if isinstance(node, ast.List) and _names(node)]
    if not lists:
        is_there = any(isinstance(node, ast.Constant) and node.value == READER for node in ast.walk(module))
        line = f"conf.py: extensions stays; put {READER!r} in place of {_BEFORE!r} for notebooks"
        return patch if is_there else replace(patch, kept=(*patch.kept, line))
    named = next(node for node in lists[-1].elts if isinstance(node, ast.Constant) and node.value == _BEFORE)
    after = [READER if name == _BEFORE else name for name in ast.literal_eval(lists[-1])]
    values: dict[str, object] = {"extensions": after} | ({} if is_set(module, _MODE) else {_MODE: "off"})
    added = [f'{_MODE} = "off"'] if _MODE in values else []
    text = applied(patch.text, [replaced(patch.text, named, READER)], added)
    return replace(patch, text=text, values={**patch.values, **values})


def _names(node: ast.List) -> bool:
    """Tell whether a list is written in full, and names the reader of Markdown that MyST-NB has already."""
    items = evaluated(node)
    return isinstance(items, list) and _BEFORE in items


def check(path: Path, values: Mapping[str, Any]) -> None:
    """Check that a site can show notebooks. path: of its conf.py. values: what that sets.

    Raises
    ------
    PostdocsError
        It has no MyST-NB.

    """
    if READER not in values.get("extensions", []):
        line = conf.line_of_setting(path, "extensions")
        remedy = f"add --settings, or put {READER!r} in place of {_BEFORE!r}"
        raise PostdocsError(path, line, f"extensions has no {READER!r}, which shows notebooks", remedy)
    if importlib.util.find_spec(READER) is None:
        wrong, remedy = "MyST-NB is not installed, which shows notebooks", "install postdocs[notebooks]"
        raise PostdocsError("--notebooks keep", None, wrong, remedy)
