"""Formulas within a paragraph of an author's Markdown that are blocks on the page."""

from __future__ import annotations

from collections.abc import Iterator

from postdocs.importer.html.math.delimiters import formulas


def apart(text: str) -> Iterator[str]:
    """Yield the parts of a paragraph: formulas on lines of their own, and what is between them.

    Pages show them so, and MyST reads them so behind a blank line; an environment needs dollars around it.
    """
    at = 0
    for span in formulas(text, typeset=True) if "$$" in text or "\\begin{" in text else ():
        start = text.rfind("\n", 0, span.start) + 1
        end = len(text) if (end := text.find("\n", span.end)) < 0 else end
        is_alone = not (text[start : span.start].strip() or text[span.end : end].strip())
        if span.formula and span.formula.display and is_alone and start >= at:
            if before := text[at:start].strip("\n"):
                yield before
            whole = text[start:end]
            yield whole if whole.lstrip().startswith("$$") else f"$$\n{whole}\n$$"
            at = end + 1
    if rest := text[at:].strip("\n"):
        yield rest
