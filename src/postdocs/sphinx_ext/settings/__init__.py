"""Settings that are more than a word or a number, as values that the build can use."""
