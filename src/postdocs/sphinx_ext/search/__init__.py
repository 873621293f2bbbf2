"""The search: an index in small pieces, of which an edit changes few, and the page that asks it."""

from sphinx.application import Sphinx

from postdocs.sphinx_ext.planning.rebuild import unless_kept
from postdocs.sphinx_ext.search import articles, output, page


def setup(app: Sphinx) -> None:
    """Keep articles while pages are written, and write the index when all are."""
    app.connect("builder-inited", page.install)
    app.connect("html-page-context", articles.keep, priority=400)
    app.connect("html-page-context", page.add_page, priority=400)
    app.connect("html-collect-pages", unless_kept(output.write))
    app.connect("build-finished", page.tidy, priority=600)
