"""The messages that a build would give for an imported post, reported by the import."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from postdocs.core.urls import scheme_of
from postdocs.importer.addresses import key_of
from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import walk
from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.math.formula import in_html as formulas_in

_OF_PROJECTS = {"inv", "myst", "xref"}  # of addresses in MyST: what is there is in the inventory of a project
_URL = "say where the blog is with --url"

# Tells what is wrong with the formulas of a page, "" for each that a build can read. It takes the LaTeX of
# each in order, and whether it is on a line of its own.
FormulaCheck = Callable[[Sequence[tuple[str, bool]]], Sequence[str]]


def problems(
    document: nodes.Document,
    text: str,
    copies: Collection[str],
    hidden: Mapping[str, str],
    check: FormulaCheck,
) -> Iterator[Note]:
    """Yield a note for each thing that a build would reject, and for what was left as it is so that it won't.

    document: with addresses as the source has them. text: of the file, as it will be written. copies: the
    addresses of pictures that are stored beside the post. hidden: paths of posts that a build leaves out, by
    `key_of` their old addresses.
    """
    inner = [*walk(document)]
    for node in inner:
        if isinstance(node, nodes.Image) and _is_relative(node.src) and node.src not in copies:
            what = f"a picture whose address says no site; {_URL}"
            yield Note(NoteKind.LOST, what, node.src, line=_line_of(text, node.src))
        elif isinstance(node, nodes.Image) and scheme_of(node.src) in _OF_PROJECTS:
            what = "a picture of another project, which only its own system can find; name the file itself"
            yield Note(NoteKind.LOST, what, node.src, line=_line_of(text, node.src))
        elif isinstance(node, nodes.Link | nodes.Figure):
            url = node.url if isinstance(node, nodes.Link) else node.link
            if _is_relative(url):
                yield Note(NoteKind.NOTICED, f"a link whose address says no site; {_URL}", url)
            elif path := hidden.get(key_of(url) or ""):
                what = "a link to a post that is not published yet keeps the old address"
                yield Note(NoteKind.NOTICED, what, url, path)
    yield from _formulas(inner, text, check)


def _is_relative(url: str) -> bool:
    return bool(url) and not url.startswith(("#", "//")) and not scheme_of(url)


def _formulas(inner: Sequence[object], text: str, check: FormulaCheck) -> Iterator[Note]:
    formulas: list[tuple[str, bool]] = []
    for node in inner:
        if isinstance(node, nodes.Math | nodes.MathBlock):
            formulas.append((node.tex, isinstance(node, nodes.MathBlock)))
        elif isinstance(node, nodes.RawBlock | nodes.RawInline):
            formulas += [(formula.tex, formula.display) for formula in formulas_in(node.html)]
    start = 0
    for (tex, _), wrong in zip(formulas, check(formulas), strict=True):
        start = max(start, text.find(tex, start))
        if wrong:
            what = f"a formula that the build can't read ({wrong}); correct it"
            yield Note(NoteKind.LOST, what, tex, line=text.count("\n", 0, start) + 1)


def _line_of(text: str, part: str) -> int:
    start = text.find(part)
    return text.count("\n", 0, start) + 1 if start >= 0 else 0
