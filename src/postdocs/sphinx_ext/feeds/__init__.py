"""Feeds: contents, formats, and HTML that works in a feed reader."""
