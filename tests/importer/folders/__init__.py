"""Source folders of blogs, one module a system."""
