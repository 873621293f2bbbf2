"""Which extension has a directive or role that authors often write before they add it."""

from __future__ import annotations

import re

_EXTENSIONS = {
    re.compile(names): extension
    for names, extension in (
        (r"cite(?::\w+)?|footcite(?::\w+)?|(?:foot)?bibliography", "sphinxcontrib.bibtex"),
        (r"mermaid|autoclasstree", "sphinxcontrib.mermaid"),
        (r"grid(?:-item(?:-card)?)?|card(?:-carousel)?|tab-(?:set|item)(?:-code)?", "sphinx_design"),
        (r"dropdown|button-(?:link|ref)|octicon|bdg(?:-\w+)*|fa[brs]|material-\w+", "sphinx_design"),
        (r"tabs|group-tab|code-tab", "sphinx_tabs.tabs"),
        (r"code-cell|glue(?::\w+)?|nb-exec-table|eval", "myst_nb"),
        (r"jupyter-(?:execute|kernel|download:\w+)", "jupyter_sphinx"),
        (r"plot", "matplotlib.sphinxext.plot_directive"),
        (r"ipython", "IPython.sphinxext.ipython_directive"),
        (r"graphviz|graph|digraph", "sphinx.ext.graphviz"),
        (r"inheritance-diagram", "sphinx.ext.inheritance_diagram"),
        (r"auto(?:module|class|function|method|attribute|exception|data)", "sphinx.ext.autodoc"),
        (r"autosummary", "sphinx.ext.autosummary"),
        (r"todo(?:list)?", "sphinx.ext.todo"),
        (r"ifconfig", "sphinx.ext.ifconfig"),
        (r"doctest|test(?:code|output|setup|cleanup)", "sphinx.ext.doctest"),
        (r"youtube|vimeo", "sphinxcontrib.youtube"),
        (r"prf:\w+", "sphinx_proof"),
        (r"exercise|solution(?:-start|-end)?", "sphinx_exercise"),
        (r"uml", "sphinxcontrib.plantuml"),
    )
}


def extension_of(name: str) -> str:
    """Return the extension that has a directive or role of this name, "" where none is known."""
    return next((extension for names, extension in _EXTENSIONS.items() if names.fullmatch(name)), "")
