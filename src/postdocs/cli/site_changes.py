"""What an import changes in the files of a site: `conf.py`, and the decisions of the link check."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postdocs.core.conf import Settings
    from postdocs.importer.conf_patch import Patch
    from postdocs.importer.entry import Entry
    from postdocs.importer.pipeline import Import
    from postdocs.importer.sources.model import Source

_LINKS = Path("links.toml")  # the decisions of the link check


def of_settings(
    arguments: argparse.Namespace, sources: Sequence[Source], entries: Sequence[Entry]
) -> tuple[Patch, list[str]]:
    """Return conf.py with what the sources say of their site, and the lines that say what changes."""
    from dataclasses import replace

    from postdocs.core import conf, source_text
    from postdocs.importer import conf_patch, notebook_settings, options, works
    from postdocs.importer.html import citations

    text, settings = source_text.decode(Path("conf.py").read_bytes(), "conf.py"), conf_patch.joined(sources)
    lacking: list[str] = []
    if any(not entry.page and citations.has_any(entry.content) for entry in entries):
        if conf.is_installed(conf.BIBTEX):
            place = works.place(options.posts_in(arguments.into, Path.cwd()))
            settings = replace(settings, bibliography=place)
        else:
            lacking = ['To keep citations, install "postdocs[bibtex]", then import again with --settings.']
    patch = conf_patch.patch(text, settings, replace=arguments.replace)
    if arguments.notebooks == "keep":
        patch = notebook_settings.added_to(patch)
    if not patch.has_changes:
        return patch, [*patch.kept, *lacking]
    hint = [] if arguments.settings else ["Add --settings to write these changes of conf.py."]
    return patch, [source_text.diff(text, patch.text, "conf.py").rstrip("\n"), *patch.kept, *lacking, *hint]


def settings_after(arguments: argparse.Namespace, patch: Patch) -> Settings | None:
    """Return the settings of the site once conf.py is changed, None where it isn't; check what it needs."""
    from postdocs.core import conf
    from postdocs.importer import notebook_settings

    file = Path.cwd() / "conf.py"
    values = patch.applied(conf.evaluate(file)) if arguments.settings else None
    if arguments.notebooks == "keep":
        notebook_settings.check(file, values or conf.evaluate(file))
    return None if values is None else conf.settings_of(file, values)


def macros_after(arguments: argparse.Namespace, patch: Patch) -> dict[str, object]:
    """Return the setting of macros once conf.py is changed, if it is to change: formulas may need them."""
    name = "postdocs_math_macros"
    return {name: patch.values[name]} if arguments.settings and name in patch.values else {}


def texts(arguments: argparse.Namespace, patch: Patch, planned: Import) -> tuple[dict[str, str], list[str]]:
    """Return the new texts of files of the site, by their paths, and the lines that say what changes."""
    from postdocs.core.plural import count
    from postdocs.core.source_text import decode, diff
    from postdocs.importer import conf_patch, old_files
    from postdocs.links import decisions

    changed: dict[str, str] = {}
    lines: list[str] = []
    if arguments.settings and patch.has_changes:
        changed["conf.py"] = patch.text
    if planned.files.files:
        before = changed.get("conf.py", decode(Path("conf.py").read_bytes(), "conf.py"))
        after, line = conf_patch.with_extra_path(before, old_files.FOLDER)
        lines += [diff(before, after, "conf.py").rstrip("\n"), line]
        changed |= {"conf.py": after} if after != before else {}
    if planned.dead and arguments.allow_dead:
        before = decode(_LINKS.read_bytes(), _LINKS) if _LINKS.is_file() else ""
        decisions.load(before, _LINKS)
        after = decisions.with_ignored(before, {link.url: link.reason for link in planned.dead})
        lines.append(diff(before, after, str(_LINKS)).rstrip("\n"))
        changed |= {str(_LINKS): after} if after != before else {}
    elif planned.dead:
        lines.append(
            f"{count(len(planned.dead), 'link')} of these posts led nowhere on the old site either; "
            f"add --allow-dead to list them in {_LINKS}, so that the link check leaves them out."
        )
    return changed, [line for line in lines if line]
