project = blog_title = author = "Kinds"
extensions = ["myst_parser", "ablog", "postdocs", "sphinx_copybutton"]
exclude_patterns = ["extra"]
html_theme = "postdocs"
html_extra_path = ["extra"]
html_baseurl = blog_baseurl = "https://example.org/"
blog_post_pattern = "posts/*.md"
blog_authors = {"Ann Example": ("Ann Example", "https://example.org/ann/")}
postdocs_authors = {
    "Ann Example": {
        "image": "posts/photo.png",
        "biography": "Ann measures heat in rods.",
        "orcid": "0000-0002-1825-0097",
        "links": {"Code": "https://git.example/ann"},
    },
}
postdocs_license = "CC-BY-4.0"
postdocs_font = True
postdocs_repository = "https://github.com/ann/kinds"
postdocs_comments = {"repo": "ann/kinds", "repo_id": "R_1", "category": "Comments", "category_id": "DIC_1"}
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "dollarmath"]
numfig = True
