"""Tests of `postdocs.authoring`."""
