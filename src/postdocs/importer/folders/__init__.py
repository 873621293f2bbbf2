"""Source folders of blogs: their front matter, dialects of Markdown, and settings."""
