"""The theme `postdocs`, a light child of pydata-sphinx-theme, and the style of posts for other themes."""
