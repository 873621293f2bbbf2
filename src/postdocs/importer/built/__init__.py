"""Built sites: HTML that any generator wrote, read as a blog or as the witness of its sources."""
