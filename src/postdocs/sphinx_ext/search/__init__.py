"""The search: an index in small pieces, of which an edit changes few, and the page that asks it."""
