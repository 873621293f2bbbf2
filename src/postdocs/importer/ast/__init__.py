"""The tree of a post, independent of input and output formats."""
