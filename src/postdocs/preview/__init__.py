"""The preview: a process that serves the site and watches its sources, and one that builds it, kept warm."""
