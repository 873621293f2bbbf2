project = "Theme"
extensions = ["myst_parser", "ablog", "postdocs", "sphinx_copybutton"]
html_theme = "postdocs"
html_theme_options = {
    "navbar_center": ["postdocs/navbar.html"],
    "navbar_persistent": ["search-button-field", "theme-switcher"],
    "navbar_end": [],
}
blog_title = project
blog_baseurl = html_baseurl = "https://example.org/notes/"
blog_post_pattern = "posts/*.md"
myst_heading_anchors = 3
myst_enable_extensions = ["tasklist"]
