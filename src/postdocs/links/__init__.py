"""The link check. It reads built files only, whoever built them."""
