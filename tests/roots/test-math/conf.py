extensions = ["myst_parser", "postdocs.sphinx_ext.math.mathml"]
myst_enable_extensions = ["amsmath", "dollarmath"]
html_theme = "basic"
