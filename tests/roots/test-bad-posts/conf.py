project = "Mistakes"
extensions = ["myst_parser", "ablog", "postdocs"]
blog_post_pattern = "posts/**/*.md"
postdocs_strict = True
html_theme = "basic"
