"""The tree of a post: what it says, whatever format it came from or goes to."""
