"""The page of a document that was just saved, written before the build that goes through the whole site.

It shows the document as it is now, and of the rest of the site what the last build knew. The build that
follows reads the document again, and writes its page as it is to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinx.application import Sphinx

from postdocs.sphinx_ext.builders import PermalinkBuilder, html_of
from postdocs.sphinx_ext.reading.domain import domain_of
from postdocs.sphinx_ext.reading.frontmatter import has_mistake


@dataclass(frozen=True)
class EarlyPage:
    """A page that is there before its build. uri: its address from the root of the site, quoted."""

    uri: str
    _file: Path
    _content: bytes

    def stands(self) -> bool:
        """Tell whether the page is still as it was written early."""
        return self._file.is_file() and self._file.read_bytes() == self._content


def write_early(app: Sphinx, changed: Sequence[str]) -> EarlyPage | None:
    """Write the page of the one document that has changed, with its pictures.

    changed: the files that have. None if they are not one document of the last build, if that build had
    nothing to find out, or if something is wrong, which is for the next build to say.
    """
    builder = html_of(app)
    docname = app.env.path2doc(changed[0]) if len(changed) == 1 else None
    if builder is None or docname not in app.env.all_docs or builder.is_up_to_date():
        return None
    if docname in domain_of(app.env).posts and has_mistake(app.config, Path(changed[0]), docname):
        return None  # its last page stays
    try:
        return _write(app, builder, docname)
    except Exception:  # noqa: BLE001 - whatever an extension may raise
        return None
    finally:
        app.env.all_docs[docname] = 0  # when it was read: so the build reads it again, or finds it gone


def _write(app: Sphinx, builder: PermalinkBuilder, docname: str) -> EarlyPage:
    app.events.emit("env-purge-doc", app.env, docname)
    app.env.clear_doc(docname)
    builder.read_doc(docname)
    builder.write_ahead(docname)
    file = builder.get_output_path(docname)
    return EarlyPage(builder.get_target_uri(docname), file, file.read_bytes())
