"""Scripts and style sheets that extensions put into the output when all pages are written.

Private: `StandaloneHTMLBuilder._css_files` and `_js_files`. Why: Sphinx adds the checksum of a
file to its address where the file is there, so a build would find those that the build before has left, and
one from nothing would not. MyST-NB copies its style sheet so. No public way lists these files. Seen with
Sphinx 9.0 and MyST-NB 1.4. `tests/sphinx_ext/compat/test_late_assets.py` has a test.
"""

from __future__ import annotations

from os import fspath
from pathlib import Path

from sphinx.builders.html import StandaloneHTMLBuilder


def missing_assets(builder: StandaloneHTMLBuilder) -> set[str]:
    """Return the files that pages name and that are not there yet, as POSIX paths in the output."""
    assets = (*builder._css_files, *builder._js_files)  # noqa: SLF001 - see above
    names = {fspath(getattr(asset, "filename", None) or "") for asset in assets} - {""}
    return {name for name in names if "://" not in name and not Path(builder.outdir, name).is_file()}
