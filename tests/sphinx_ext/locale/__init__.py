"""Tests of `postdocs.sphinx_ext.locale`."""
