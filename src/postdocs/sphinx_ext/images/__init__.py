"""Pictures in pages: their sizes, smaller copies of large ones, and when a browser fetches them."""
