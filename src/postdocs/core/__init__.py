"""What all parts share: errors, front matter, paths, files. It knows no Sphinx."""
