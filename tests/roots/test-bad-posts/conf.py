project = "Mistakes"
extensions = ["myst_parser", "ablog", "postdocs"]
blog_post_pattern = "posts/**/*.md"
html_theme = "basic"
