"""From sources to records of posts."""
