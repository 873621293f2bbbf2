"""Formulas: each form in which blogs carry them becomes one element, before all else reads the HTML."""
