project = blog_title = "A <b>lab</b> & its blog"
extensions = ["myst_parser", "ablog", "postdocs"]
blog_baseurl = html_baseurl = "https://example.org/~lab/"
blog_post_pattern = "posts/**/*.md"
postdocs_strict = True
blog_authors = {"Ann": ("Ann Example", "https://example.org/~ann/")}
postdocs_timezone = "Europe/Berlin"
myst_heading_anchors = 2
myst_enable_extensions = ["colon_fence"]
smartquotes = False
html_theme = "basic"
