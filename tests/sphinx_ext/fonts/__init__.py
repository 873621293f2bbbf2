"""Tests of `postdocs.sphinx_ext.math`."""
