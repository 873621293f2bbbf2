"""Checksums of static files, which Sphinx keeps for the life of the process.

Private: `sphinx.builders.html._assets._file_checksum_inner`. Why: a process that builds again, such as the
preview, would name the files of the build before. No public way forgets them. Seen with Sphinx 9.0.
"""

from __future__ import annotations

from sphinx.builders.html import _assets


def forget_checksums() -> None:
    """Forget the checksums of files that may have changed since."""
    _assets._file_checksum_inner.cache_clear()  # noqa: SLF001 - see above
