"""Which footnote of an author's text is which of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from postdocs.importer.ast import nodes
from postdocs.importer.ast.visit import transform, walk


def by_label(
    read: nodes.Document, expected: nodes.Document, folded: Callable[[object], object]
) -> dict[str, str]:
    """Return the author's labels by those of a document.

    Both refer to their footnotes in one order. Where one refers to more of them, such as in a caption that is
    text of an image in the other, they are told by what they say. folded: what two blocks are compared by.
    """
    theirs, ours = (
        [*dict.fromkeys(node.label for node in walk(one) if isinstance(node, nodes.FootnoteRef))]
        for one in (expected, read)
    )
    if len(theirs) == len(ours):
        return dict(zip(theirs, ours, strict=True))
    texts, own = (_by_text(one.footnotes, folded) for one in (expected, read))
    names = {texts[text]: own[text] for text in texts.keys() & own.keys()}
    taken = {*theirs, *ours}
    for label in [label for label in theirs if label not in names and label in {*names.values()}]:
        names[label] = next(name for number in count(2) if (name := f"{label}-{number}") not in taken)
        taken.add(names[label])
    return names


def apart(names: Mapping[str, str], document: nodes.Document) -> dict[str, str]:
    """Return names of footnotes of which none is that of a place in a document, as docutils asks."""
    taken = {id_.casefold() for node in walk(document) for id_ in _ids(node)}
    others: dict[str, str] = {}
    for label, name in names.items():
        free = (f"{name}-{number}" for number in count(2))
        is_taken = name.casefold() in taken
        others[label] = next(one for one in free if one.casefold() not in taken) if is_taken else name
        taken.add(others[label].casefold())
    return others


def _ids(node: object) -> tuple[str, ...]:
    match node:
        case nodes.Heading(ids=ids, given=given):
            return (*ids, given)
        case nodes.Anchor(id=id_) | nodes.Target(id=id_):
            return (id_,)
    return ()


def renamed(document: nodes.Document, names: Mapping[str, str]) -> nodes.Document:
    """Return a document whose footnotes have other labels."""
    return transform(
        document,
        {
            nodes.FootnoteRef: lambda node: replace(node, label=names.get(node.label, node.label)),
            nodes.Footnote: lambda node: replace(node, label=names.get(node.label, node.label)),
        },
    )


def _by_text(footnotes: Sequence[nodes.Footnote], folded: Callable[[object], object]) -> dict[object, str]:
    """Return the labels of footnotes by what they say; those that say the same are none."""
    texts = [folded(footnote.children) for footnote in footnotes]
    uses = Counter(texts)
    return {text: footnote.label for text, footnote in zip(texts, footnotes, strict=True) if uses[text] == 1}
