"""The HTML of an entry becomes a tree."""
