"""Feeds for tests, with entries of tides.example."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr


def feed(*entries: str) -> str:
    """Write an Atom feed."""
    head = "<title>T</title><id>urn:t</id><author><name>Ann</name></author>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{"".join(entries)}</feed>'


def entry(
    name: str,
    content: str,
    *,
    title: str = "Tides",
    path: str = "",
    tags: tuple[str, ...] = (),
    date: str = "2020-01-01",
) -> str:
    """Write an entry. content: HTML. path: of its address; that of its name, if there is none."""
    labels = "".join(f"<category term={quoteattr(tag)}/>" for tag in tags)
    published = f"<published>{date}T00:00:00Z</published>" if date else ""
    url = f"https://tides.example{path or f'/{name}/'}"
    return (
        f"<entry><title>{escape(title)}</title><id>urn:{name}</id>{published}"
        f"<link href={quoteattr(url)}/>{labels}"
        f'<content type="html">{escape(content)}</content></entry>'
    )
