"""Metadata in the heads of pages, and the sitemap."""
