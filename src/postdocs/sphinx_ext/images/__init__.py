"""Images in pages: sizes, smaller copies, and loading priorities."""
