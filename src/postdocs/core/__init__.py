"""Code that all parts share: errors, front matter, paths, files. It doesn't import Sphinx."""
