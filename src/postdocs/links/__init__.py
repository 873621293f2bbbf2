"""The link check, which reads built files of any generator and remembers results."""
