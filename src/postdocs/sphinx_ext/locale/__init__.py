"""The language of a site: texts, dates, and text direction."""
