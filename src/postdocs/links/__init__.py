"""The link check. It reads built files, whoever built them, and remembers what it has learned of links."""
