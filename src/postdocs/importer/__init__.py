"""The importer: an existing blog becomes MyST posts, and nothing is lost without a word.

Data flows one way: `sources` read entries, `html` makes a tree of each (`ast`), `myst` writes it, `roundtrip`
proves it, `plan` decides what happens to which file and writes it. `pipeline` is that order.
"""
