"""All that touches private parts of Sphinx, docutils, MyST, ablog or the theme."""
