"""Tests of `postdocs.sphinx_ext.theme`."""
