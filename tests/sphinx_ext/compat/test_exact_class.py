"""Extensions that ask for the exact class of the builder."""

from __future__ import annotations

import pytest
from sphinx.application import Sphinx
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.compat.exact_class import give_exact_class


@pytest.mark.parametrize(
    ("builder", "cls"), [("dirhtml", DirectoryHTMLBuilder), ("html", StandaloneHTMLBuilder)]
)
@pytest.mark.sphinx(testroot="blog")
def test_who_asks_for_the_class_sees_that_of_sphinx(
    builder: str, cls: type, make_app: type[SphinxTestApp], app: SphinxTestApp
) -> None:
    """While its handler runs, and no longer."""
    app = make_app(builder, srcdir=app.srcdir)
    seen = []

    def handle(app: Sphinx, exception: Exception | None) -> None:
        seen.append(type(app.builder) in (DirectoryHTMLBuilder, StandaloneHTMLBuilder))
        seen.append(type(app.builder) is cls)

    own = type(app.builder)
    app.connect("build-finished", handle)
    app.events.emit("build-finished", None)
    give_exact_class(app)
    app.events.emit("build-finished", None)
    assert seen == [False, False, True, True]
    assert type(app.builder) is own


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_the_names_of_builders_are_those_of_sphinx(app: SphinxTestApp) -> None:
    """For extensions that ask for the name of the class."""
    assert (type(app.builder).__name__, app.builder.name) == ("DirectoryHTMLBuilder", "dirhtml")
