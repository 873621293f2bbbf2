"""Tests of `postdocs.sphinx_ext.urls`."""
