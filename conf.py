"""Settings of the site. The first block is yours; the rest is how Postdocs likes its Sphinx."""

# -- Yours to edit ---------------------------------------------------------------------------------

project = "SciPy Chronicle"
author = "The SciPy Chronicle"
copyright = f"{author}; each original belongs to its author"  # noqa: A001 - at the foot of each page
html_baseurl = "https://scipy-chronicle.example/"  # where the site is published, with its path if it has one
postdocs_timezone = "America/Los_Angeles"  # of dates that name no offset
blog_feed_subtitle = "Digests of what people wrote on scientific Python and the community around it"
blog_authors = {  # as posts name them: the name to show, a home page or None
    "Andy R. Terrel": ("Andy R. Terrel", "https://andy.terrel.us/"),
    "Kristen M. Thyng": ("Kristen M. Thyng", "http://kristenthyng.com/"),
    "Matthew Rocklin": ("Matthew Rocklin", None),
}
postdocs_authors = {  # what cards and pages of authors tell; from the posts themselves
    "Andy R. Terrel": {
        "biography": "Co-chaired SciPy conferences, and was president of NumFOCUS.",
    },
    "Kristen M. Thyng": {"biography": "Counted women in scientific computing at SciPy 2013."},
    "Matthew Rocklin": {"biography": "Asked what the SciPy community is for, and what comes next."},
}
postdocs_license = "BSD-3-Clause"  # of the digests, which are our own words
postdocs_accent = "#0b5cad"  # of links, cards and the icon; the theme derives readable shades
postdocs_font = True  # text in Source Serif, served from the site
postdocs_links = [("Code", "https://git.example/postdocs")]  # where readers find you, beside the feed
postdocs_navbar = [
    ("Posts", "blog"),
    ("Archive", "blog/archive"),
    ("Tags", "blog/tag"),
    ("Docs", "docs/index"),
    ("About", "about"),
    ("Feed", "blog/atom.xml"),
]

# -- What is a page, and what is a post ------------------------------------------------------------

extensions = ["myst_parser", "ablog", "postdocs", "sphinx_copybutton"]
include_patterns = ["*.md", "posts/**", "blog/**"]  # what is in blog/ introduces lists
exclude_patterns = ["_build", ".*", "[A-Z]*.md"]  # README.md and the like are for the code host
blog_post_pattern = "posts/**/*.md"
postdocs_strict = True  # unusual front matter is a warning

# -- Markdown: https://myst-parser.readthedocs.io/en/latest/syntax/optional.html -------------------

myst_enable_extensions = [
    "alert",
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "strikethrough",
    "tasklist",
]
suppress_warnings = [
    "myst.strikethrough",  # that it is for HTML only, as the site is
    "toc.not_included",  # that a page is in no table of contents: a link to it is enough
]
myst_heading_anchors = 4
myst_dmath_allow_digits = False  # money is no formula
myst_dmath_allow_space = False
smartquotes = False  # what the author writes is what the reader gets

# -- The blog: https://ablog.readthedocs.io/en/stable/manual/ablog-configuration-options.html ------

blog_title = project
blog_baseurl = html_baseurl
blog_path = "blog"

# -- The theme, and the options of its parent: https://pydata-sphinx-theme.readthedocs.io/ -------------

html_theme = "postdocs"
html_title = project
html_theme_options = {
    "logo": {"text": project},
    "secondary_sidebar_items": {"**": ["page-toc"], "index": [], "about": []},
}
html_scaled_image_link = False  # a picture is no link unless its author made it one
html_copy_source = False
html_show_sourcelink = False
html_use_index = False

# -- The manual: remove this block together with docs/ ---------------------------------------------

import sys  # noqa: E402 - so that the block is in one place
from pathlib import Path  # noqa: E402

sys.path.append(str(Path(__file__).parent / "docs/_ext"))
extensions.append("manual")  # the directives that show what the code has
include_patterns.append("docs/**")
