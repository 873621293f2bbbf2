"""Tests in a browser, of the site as `nox -s build` left it; `nox -s browser` runs them."""
