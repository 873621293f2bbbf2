"""Fonts of formulas and of text: those parts of them that a site needs."""
