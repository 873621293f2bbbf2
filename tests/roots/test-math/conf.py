extensions = ["myst_parser", "ablog", "postdocs"]
myst_enable_extensions = ["amsmath", "dollarmath"]
html_theme = "basic"
