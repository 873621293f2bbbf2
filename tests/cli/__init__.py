"""Tests of `postdocs.cli`."""
