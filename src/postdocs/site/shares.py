"""Documents written by several processes, each of which does all that one of them needs.

Sphinx resolves references in one process and writes pages in the others: on two cores one process writes all
pages, and the first one keeps each document in memory until then. It still does so where an extension may
have to remember something of each document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms.images import BaseImageConverter, DataURIExtractor, ImageDownloader
from sphinx.util.build_phase import BuildPhase
from sphinx.util.display import status_iterator
from sphinx.util.parallel import ParallelTasks

if TYPE_CHECKING:
    from postdocs.site.builders import PermalinkBuilder

_FEW = 8  # documents that are written sooner than another process has begun
_ROUNDS = 4  # of shares for each process; some documents take longer than others
_FORGETFUL = {
    *("sphinx", "docutils", "postdocs", "myst_parser", "ablog", "pydata_sphinx_theme", "sphinx_copybutton")
}
# Names that these give to new files have to be known to all processes. No site of HTML needs two of them.
_UNUSED = {ImageDownloader, DataURIExtractor}


def can_be_shared(app: Sphinx) -> bool:
    """Tell whether all that an extension does to documents may happen in any process."""
    handlers = [listener.handler for listener in app.events.listeners.get("doctree-resolved", ())]
    transforms = [*app.registry.get_post_transforms()]
    converters = {found for found in transforms if issubclass(found, BaseImageConverter)}
    packages = {str(getattr(found, "__module__", "")).partition(".")[0] for found in handlers + transforms}
    return packages <= _FORGETFUL and converters <= _UNUSED


def write_shares(builder: PermalinkBuilder, docnames: Sequence[str], processes: int) -> None:
    """Write documents. The first is written here, so that what all need is there before processes part."""
    alone = 1 if len(docnames) > _FEW else len(docnames)
    rest = docnames[alone:]
    _write(docnames[:alone], builder)
    size = max(1, -(-len(rest) // (processes * _ROUNDS)))
    shares = [rest[at : at + size] for at in range(0, len(rest), size)]
    tasks = ParallelTasks(processes)
    progress = status_iterator(
        shares, "writing output... ", "darkgreen", len(shares), builder.config.verbosity
    )

    def written(_: object, images: dict[str, str]) -> None:
        builder.images |= images
        next(progress)

    for share in shares:
        tasks.add_task(lambda docnames: _write(docnames, builder), share, written)
    tasks.join()


def _write(docnames: Sequence[str], builder: PermalinkBuilder) -> dict[str, str]:
    """Write documents; return the pictures that are to be copied for them."""
    for docname in docnames:
        builder.phase = BuildPhase.RESOLVING
        doctree: nodes.document = builder.env.get_and_resolve_doctree(docname, builder, tags=builder.tags)
        builder.phase = BuildPhase.WRITING
        builder.write_doc_serialized(docname, doctree)
        builder.write_doc(docname, doctree)
    return dict(builder.images)
