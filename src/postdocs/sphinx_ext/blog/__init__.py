"""The blog: its posts in order, and the collections that their labels make."""
