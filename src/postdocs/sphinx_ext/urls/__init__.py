"""Where pages are: permalinks, aliases, and that no two share a path."""
