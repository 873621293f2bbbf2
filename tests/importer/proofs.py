"""The proof of a page beside the Markdown of its author."""

from __future__ import annotations

from postdocs.importer.html.parse import parse
from postdocs.importer.myst.render import reader
from postdocs.importer.own_text import split
from postdocs.importer.roundtrip import Proof, prove

READ = reader(
    {
        "myst_enable_extensions": [
            "alert",
            "dollarmath",
            "attrs_inline",
            "attrs_block",
            "deflist",
            "tasklist",
            "colon_fence",
            "strikethrough",
        ],
        "myst_suppress_warnings": ["myst.strikethrough"],
        "myst_dmath_allow_digits": False,
        "myst_dmath_allow_space": False,
    },
    "https://a.example.org/blog/",
)


def proof(html: str, markdown: str) -> Proof:
    """Prove the HTML of a page beside its author's Markdown."""
    document, _ = parse(html, "https://a.example.org/")
    return prove(document, READ, split(markdown))
