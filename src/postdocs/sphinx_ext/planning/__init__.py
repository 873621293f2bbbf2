"""Which pages are stale, and have to be written again."""
