"""The font of formulas: the part of it that a site needs, so that formulas look the same everywhere."""
