"""A tree becomes MyST text, and MyST text a tree."""
