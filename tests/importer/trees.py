"""Random documents, in the form that trees have: folded spaces, text in runs, nothing empty."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

from postdocs.importer.ast import nodes

_SYNTAX = list("\\`*_{}[]()#+-.!|<>&$~^:%=@\"'/")
_LETTERS = st.sampled_from([*"abzXY019", "é", "ß", "中", "עב", "😀", "\u200b", "\u0301"])
_SPOTS = st.sampled_from(
    ["[^1]", "{x}`y`", "&amp;", "http://a.b", "1.", "- ", "$a$", "**", "<b>", "{.c}", "::"]
)
_WORDS = st.lists(st.one_of(_LETTERS, st.sampled_from(_SYNTAX), _SPOTS), min_size=1, max_size=6).map("".join)
PHRASES = st.lists(_WORDS, min_size=1, max_size=4).map(lambda words: " ".join(" ".join(words).split()))
TEXTS = PHRASES.filter(bool).map(nodes.Text)
URLS = st.builds(
    "{}{}".format,
    st.sampled_from(
        ["https://a.b/", "http://ü.de/", "tel:+1", "mailto:a@b.c?subject=", "#", "x.html", "//a.b/", "/p"]
    ),
    st.text("ab/?=&%26()[]_* é'\"<>\\{}|^`~;,+!$@:.", max_size=8).map(str.strip),
)
TITLES = st.one_of(st.just(""), PHRASES)
CODES = st.text("ab` $*_\\<&|{}[]é", min_size=1, max_size=8).map(nodes.Code)
SOURCES = st.one_of(st.sampled_from(["https://a.b/x.png", "x.png"]), URLS)
SIZES = st.sampled_from(["", "45%", "300", "20px"])
IMAGES = st.builds(
    nodes.Image, SOURCES, st.one_of(st.just(""), PHRASES), TITLES, SIZES, st.sampled_from(["", "200", "9%"])
)
LEAVES = st.one_of(
    TEXTS,
    TEXTS,
    CODES,
    IMAGES,
    st.just(nodes.LineBreak()),
    st.sampled_from(["a", "{see}a-b:c{p. 3},d"]).map(partial(nodes.Citation, "p")),
    st.text("ab\\^_{}+ ", min_size=1, max_size=8).map(str.strip).filter(bool).map(nodes.Math),
    st.sampled_from(['<iframe src="https://a.b/"></iframe>', "<wbr>", "<big>a *b*</big>"]).map(
        nodes.RawInline
    ),
)


def _joined(children: list[nodes.Inline]) -> tuple[nodes.Inline, ...]:
    found: list[nodes.Inline] = []
    for child in children:
        if not (isinstance(child, nodes.Text) and found and isinstance(found[-1], nodes.Text)):
            found.append(child)
    return tuple(found)


def _runs(children: st.SearchStrategy[nodes.Inline]) -> st.SearchStrategy[tuple[nodes.Inline, ...]]:
    return st.lists(children, min_size=1, max_size=4).map(_joined)


def _phrases(links: bool) -> st.SearchStrategy[nodes.Inline]:
    tags = st.sampled_from(["em", "strong", "em", "strong", "del", "sub", "kbd", "abbr"])
    foreign = st.sampled_from([("fr", ""), ("ar", "rtl")])
    inner = st.recursive(
        LEAVES,
        lambda children: st.one_of(
            st.builds(nodes.Span, tags, _runs(children)),
            st.builds(lambda inside, marks: nodes.Span("span", inside, "", *marks), _runs(children), foreign),
        ),
        max_leaves=5,
    )
    if not links:
        return inner
    return st.one_of(inner, inner, st.builds(nodes.Link, URLS, _runs(inner), TITLES))


INLINES = _runs(_phrases(links=True))
PARAGRAPHS = INLINES.map(nodes.Paragraph)
CODE_BLOCKS = st.builds(
    nodes.CodeBlock,
    st.text("ab `~\n\t$:{}<&-", max_size=20),
    st.sampled_from(["", "python", "c++", "console", "json"]),
    st.one_of(st.just(()), st.just(()), INLINES),
)
CELLS = st.one_of(INLINES, st.just(()))


@st.composite
def tables(draw: st.DrawFn) -> nodes.Table:
    """Draw tables of up to three columns."""
    width = draw(st.integers(1, 3))
    rows = st.lists(st.tuples(*[CELLS] * width), max_size=3)
    aligns = draw(st.tuples(*[st.sampled_from(["", "left", "right", "center"])] * width))
    header = draw(st.one_of(st.tuples(*[CELLS] * width), st.just(())))
    caption = draw(st.one_of(st.just(()), INLINES))
    return nodes.Table(header, tuple(draw(rows)), aligns, caption)


SIMPLE = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS,
    CODE_BLOCKS,
    st.text("ab\\_{}&\n", min_size=1, max_size=8).map(str.strip).filter(bool).map(nodes.MathBlock),
    tables(),
    st.just(nodes.ThematicBreak()),
    st.just(nodes.References()),
    st.builds(nodes.Figure, IMAGES, st.one_of(INLINES, st.just(())), st.one_of(st.just(""), URLS)),
    st.sampled_from(
        ["<details><summary>a</summary>\n\n<p>b</p></details>", "<video src='x'>\n\n</video>", "<!-- c -->"]
    ).map(nodes.RawBlock),
    st.builds(nodes.Heading, st.integers(2, 6), INLINES, st.sampled_from([(), ("a",), ("X_y", "b c")])),
)


def _compound(children: st.SearchStrategy[nodes.Block]) -> st.SearchStrategy[nodes.Block]:
    blocks = st.lists(children, min_size=1, max_size=3).map(tuple)
    items = st.builds(nodes.Item, blocks)
    tasks = st.builds(
        lambda first, rest, checked: nodes.Item((first, *rest), checked),
        PARAGRAPHS,
        st.lists(children, max_size=1).map(tuple),
        st.booleans(),
    )
    lists = st.one_of(st.lists(items, min_size=1, max_size=3), st.lists(tasks, min_size=1, max_size=3)).map(
        tuple
    )
    terms = st.lists(INLINES, min_size=1, max_size=2).map(tuple)
    definition = st.builds(nodes.Definition, terms, st.lists(blocks, min_size=1, max_size=2).map(tuple))
    kinds = st.sampled_from([*nodes.ADMONITIONS])
    titles = st.one_of(st.just(()), st.just((nodes.Text("Note"),)), INLINES)
    divisions = st.sampled_from(
        [("div", "ar", "rtl"), ("div", "", "rtl"), ("details", "", ""), ("figure", "fr", "")]
    )
    return st.one_of(
        blocks.map(nodes.BlockQuote),
        st.builds(nodes.Admonition, kinds, titles, blocks, st.sampled_from(["", "open", "closed"])),
        st.builds(
            lambda kind, children: nodes.Division(kind[0], children, kind[1], kind[2]), divisions, blocks
        ),
        st.builds(nodes.List, lists, st.sampled_from([None, None, 1, 7]), st.booleans()),
        st.lists(definition, min_size=1, max_size=2).map(tuple).map(nodes.DefinitionList),
    )


BLOCKS = st.recursive(SIMPLE, _compound, max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> nodes.Document:
    """Draw documents; the last paragraph refers to each footnote."""
    blocks = draw(st.lists(BLOCKS, min_size=1, max_size=4))
    labels = draw(st.lists(st.sampled_from(["1", "2", "fn:1", "note", "A b"]), unique=True, max_size=2))
    notes = tuple(
        nodes.Footnote(label, draw(st.lists(BLOCKS, min_size=1, max_size=2).map(tuple))) for label in labels
    )
    if notes:
        references = [nodes.FootnoteRef(label) for label in labels]
        blocks.append(nodes.Paragraph((draw(TEXTS), *references, draw(TEXTS))))
    return nodes.Document(tuple(blocks), notes)
