extensions = ["myst_parser", "postdocs.site.formulas.mathml"]
myst_enable_extensions = ["amsmath", "dollarmath"]
html_theme = "basic"
