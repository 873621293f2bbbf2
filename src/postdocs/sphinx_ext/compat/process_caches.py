"""Caches of Sphinx that would leak from one build of a process into the next.

Private: `sphinx.builders.html._assets._file_checksum_inner`, `BuildEnvironment._pickled_doctree_cache`,
`BuildEnvironment._write_doc_doctree_cache`, and the lists in which the registry keeps the files of a page.
Why: a process that builds again, such as the preview, would name the files of the build before, write the
documents of the build before, and give each page the files of the pages before it. No public way forgets
them. Seen with Sphinx 9.0. `tests/sphinx_ext/compat/test_process_caches.py` fails when one is gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder, _assets
from sphinx.environment import BuildEnvironment


def forget_checksums() -> None:
    """Forget the checksums of static files that may have changed since."""
    _assets._file_checksum_inner.cache_clear()  # noqa: SLF001 - see above


def forget_doctrees(env: BuildEnvironment) -> None:
    """Forget the copies of doctrees that are in memory; they are read from their files again."""
    env._pickled_doctree_cache.clear()  # noqa: SLF001 - see above
    env._write_doc_doctree_cache.clear()  # noqa: SLF001 - see above
    vars(env).pop("master_doctree", None)  # a cached property


@dataclass(frozen=True)
class PageAssets:
    """How many scripts and style sheets an application has for all pages, before the first is written."""

    scripts: int
    styles: int

    @classmethod
    def of(cls, app: Sphinx) -> PageAssets:
        """Return what there is now."""
        return cls(len(app.registry.js_files), len(app.registry.css_files))

    def restore(self, app: Sphinx) -> None:
        """Forget the scripts and style sheets that single pages have added since."""
        del app.registry.js_files[self.scripts :]
        del app.registry.css_files[self.styles :]
        if isinstance(app.builder, StandaloneHTMLBuilder):
            app.builder.init_css_files()
            app.builder.init_js_files()
