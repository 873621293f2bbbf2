"""The text of comments: Markdown without anything that reaches files, runs, or changes the page around it."""

from __future__ import annotations

from markdown_it import MarkdownIt

from postdocs.core.urls import scheme_of

SCHEMES = frozenset({"http", "https", "mailto"})
# CommonMark 0.31: HTML (§4.6, §6.6) is text, and so are images, which would tell their server who reads, and
# headings (§4.2, §4.3), which belong to the post. References (§4.7) are the author's, not the reader's.
_LEFT_OUT = ("html_block", "html_inline", "image", "heading", "lheading", "reference")


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).disable([*_LEFT_OUT])
    markdown.validateLink = lambda url: scheme_of(url) in SCHEMES  # type: ignore[method-assign]  # its own hook
    return markdown


_MARKDOWN = _parser()


def to_html(text: str) -> str:
    """Return the text of a comment as HTML: paragraphs, lists, quotations, code, emphasis, and links.

    Links lead to web and e-mail addresses, and tell search engines that readers wrote them (`rel` is
    `nofollow ugc`). What looks like HTML, a role, or a directive stays text.
    """
    tokens = _MARKDOWN.parse(text)
    for inline in (child for block in tokens for child in block.children or ()):
        if inline.type == "link_open":
            inline.attrSet("rel", "nofollow ugc")
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
