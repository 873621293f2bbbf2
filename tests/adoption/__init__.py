"""A blog with other themes, builders and extensions."""
