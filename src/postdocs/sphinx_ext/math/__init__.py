"""Formulas: from LaTeX to MathML, at build time."""
