"""Tests of `postdocs.sphinx_ext.images`."""
