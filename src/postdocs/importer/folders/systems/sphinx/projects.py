"""Documents of other projects, which Sphinx and MyST find by the inventories of these.

https://www.sphinx-doc.org/en/master/usage/extensions/intersphinx.html
https://myst-parser.readthedocs.io/en/latest/syntax/cross-referencing.html
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from postdocs.importer.folders.systems.sphinx.settings import Settings

INVENTORY = "inv:"
_DOCUMENT = "doc"


@dataclass(frozen=True)
class Projects:
    """Where other projects are, by the names that a site has for them.

    Only inventories say where their labels and objects are. A document is at its name, as Sphinx has it.
    """

    addresses: Mapping[str, str]

    def of_role(self, role: str, target: str) -> tuple[str, str] | None:
        """Return where a role leads whose target names a project, and what it shows; else None."""
        project, _, name = target.partition(":")
        address = self._address(project, name) if role == _DOCUMENT else None
        return (address, posixpath.basename(name)) if address else None

    def of_link(self, target: str) -> tuple[str | None, str]:
        """Return where `inv:project:domain:type#name` leads, None where it isn't known, and what it shows."""
        place, _, name = target.removeprefix(INVENTORY).partition("#")
        project, _, kind = place.partition(":")
        is_document = kind.rpartition(":")[2] == _DOCUMENT
        only = next(iter(self.addresses), "") if len(self.addresses) == 1 else ""
        address = self._address(project or only, name) if is_document else None
        return address, posixpath.basename(name) if is_document else name or project

    def _address(self, project: str, name: str) -> str | None:
        base = self.addresses.get(project)
        return f"{base.rstrip('/')}/{quote(name)}.html" if base and name else None


def projects_of(settings: Settings) -> Projects:
    """Return the projects that `intersphinx_mapping` names."""
    said = settings.values.mapping("intersphinx_mapping")
    places = {
        str(name): place[0] if isinstance(place, list | tuple) and place else None
        for name, place in said.items()
    }
    return Projects(
        {name: place for name, place in places.items() if isinstance(place, str) and place.startswith("http")}
    )
