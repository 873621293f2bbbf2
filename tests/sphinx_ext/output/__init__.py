"""Tests of `postdocs.sphinx_ext.output`."""
