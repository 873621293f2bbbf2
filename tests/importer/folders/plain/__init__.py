"""Tests of the systems of plain Markdown."""
