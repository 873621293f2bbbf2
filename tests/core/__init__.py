"""Tests of `postdocs.core`."""
