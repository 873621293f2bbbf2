"""The search: an index in small pieces, and the search page."""
