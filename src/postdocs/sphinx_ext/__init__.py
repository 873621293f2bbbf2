"""The Sphinx extension, which adds to ablog.

`extension` sets it up, `events` lists what a build does, in order, and `build` is what a build knows.
"""
