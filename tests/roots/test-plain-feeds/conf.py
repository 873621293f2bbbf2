project = blog_title = "A blog"
extensions = ["myst_parser", "ablog"]
blog_baseurl = "https://example.org/~me"
blog_post_pattern = "posts/**/*.md"
html_theme = "basic"
blog_feed_archives = True
blog_feed_fulltext = True
post_auto_excerpt = 2
