"""Feeds as documents: what they hold, how it is written down, and HTML that stands by itself in a reader."""
