"""Fixes in warnings of Sphinx and MyST."""
