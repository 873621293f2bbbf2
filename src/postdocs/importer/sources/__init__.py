"""The formats that a blog comes in; each module reads one and returns entries."""
