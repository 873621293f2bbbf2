project = blog_title = "Tides"
extensions = ["myst_nb", "ablog", "postdocs"]
nb_execution_mode = "off"
html_baseurl = blog_baseurl = "https://tides.example/"
blog_path = "blog"
blog_post_pattern = "posts/*.md"
html_theme = "postdocs"
postdocs_strict = True
myst_enable_extensions = ["dollarmath"]
suppress_warnings = ["toc.not_included"]
