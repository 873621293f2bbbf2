"""What the head of a page, and the sitemap, say of the site's pages."""
