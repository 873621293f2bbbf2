"""Tests of `postdocs.sphinx_ext.pages`."""
