"""Built sites, read as a blog and as the witness of sources."""
