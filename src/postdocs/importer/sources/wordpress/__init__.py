"""WordPress exports: posts, and content that posts refer to."""
