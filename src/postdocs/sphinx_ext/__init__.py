"""The Sphinx extension: what a site has beyond ablog.

`extension` sets it up, `events` lists what a build does, in order, and `build` is what a build knows.
"""
