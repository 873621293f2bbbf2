"""Tests of `postdocs.sphinx_ext.planning`."""
