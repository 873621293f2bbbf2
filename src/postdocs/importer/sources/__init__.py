"""The formats that a blog comes in: one module each, with `detect` and `read`, listed in `registry`."""
