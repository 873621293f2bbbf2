"""The life of a post and of a site: begun, published."""
