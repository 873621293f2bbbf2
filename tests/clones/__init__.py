"""Clones of this repository that have become blogs."""
