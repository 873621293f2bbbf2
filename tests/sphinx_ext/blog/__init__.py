"""Tests of `postdocs.sphinx_ext.blog`."""
