"""Posts as the HTML of feeds has them, in the shapes that tempt an import into needless Markdown.

Each shape is a function of a source of chance, which the same seed makes the same.
"""

# ruff: noqa: E501 - HTML on one line is easier to compare than HTML on several

from __future__ import annotations

import html
import random
from collections.abc import Callable, Iterator, Mapping

from blogs import corpus

BASE = "https://old.example"


def _words(chance: random.Random, number: int) -> str:
    return corpus.words(chance, number)


def _sentence(chance: random.Random, number: int = 12) -> str:
    return f"{_words(chance, number).capitalize()}."


def _paragraphs(chance: random.Random, number: int = 2) -> str:
    return "".join(f"<p>{_sentence(chance, 14)} {_sentence(chance, 9)}</p>" for _ in range(number))


def headings(chance: random.Random) -> str:
    """Write outlines that begin too low, too high, or have gaps; headings in quotations, lists, and sections."""
    top = chance.choice([1, 3, 3, 4, 2])
    parts = []
    for level in [top, top + 1, top + chance.choice([1, 2, 3]), top, min(6, top + 2)]:
        title = chance.choice([
            _words(chance, 3).capitalize(),
            f"<strong>{_words(chance, 2).capitalize()}</strong>",
            f"{_words(chance, 2)} <code>{_words(chance, 1)}</code>",
            f"<a href='{BASE}/x/'>{_words(chance, 2)}</a>",
        ])  # fmt: skip
        parts.append(f"<h{min(level, 6)}>{title}</h{min(level, 6)}>{_paragraphs(chance)}")
    place = chance.choice(
        ["<blockquote>{}</blockquote>", "<ul><li>{}</li></ul>", "<section>{}</section>", "{}"]
    )
    inner = f"<h{min(top + 1, 6)}>{_words(chance, 3)}</h{min(top + 1, 6)}>{_paragraphs(chance, 1)}"
    return "".join([*parts, place.format(inner)])


def dollars(chance: random.Random) -> str:
    """Write sums of money: one, several, with letters, beside formulas and in links."""
    a, b = chance.randrange(2, 90), chance.randrange(100, 900)
    return "".join(f"<p>{text} {_sentence(chance)}</p>" for text in (
        f"It costs ${a} a month, not ${b}.",
        f"A grant of ${a}K became ${b}K+, US${a + 1} each.",
        f"Pay ${a}.50.",
        f"<em>${a}</em> or <a href='{BASE}/price/'>${b} at most</a>.",
        f"Set $HOME and ${{PATH}} before $({_words(chance, 1)}) runs.",
        f"Where \\(x_{a}\\) costs ${b} and ${a}.",
    ))  # fmt: skip


def anchors(chance: random.Random) -> str:
    """Write contents at the start, anchors of all kinds, links back, and marks beside headings."""
    names = [f"part-{number}" for number in range(3)]
    contents = "".join(f"<li><a href='#{name}'>{_words(chance, 2)}</a></li>" for name in names)
    link = chance.choice([
        "<a class='headerlink' href='#{0}' title='Permalink'>¶</a>", "<a href='#{0}'>#</a>", "",
        "<a class='anchor' aria-hidden='true' href='#{0}'></a>",
    ])  # fmt: skip
    parts = [f"<ul>{contents}</ul>"]
    parts += [
        f"<h2 id='{name}'>{_words(chance, 3)}{link.format(name)}</h2>{_paragraphs(chance)}" for name in names
    ]
    spot = chance.choice([
        "<div id='spot'></div><p>{0}</p>", "<p id='spot'>{0}</p>", "<p><a name='spot'></a>{0}</p>",
        "<p><span id='spot'>{0}</span></p>", "<ul><li id='spot'>{0}</li></ul>", "<blockquote id='spot'><p>{0}</p></blockquote>",
        "<p>Before. <a id='spot'></a>{0}</p>", "<div id='spot'><p>{0}</p></div>", "<h6 id='spot'>{0}</h6>",
        "<table id='spot'><tr><th>a</th></tr><tr><td>{0}</td></tr></table>", "<pre id='spot'>{0}</pre>",
    ])  # fmt: skip
    return "".join([*parts, spot.format(_words(chance, 6)), "<p>See <a href='#spot'>that place</a>.</p>"])


def figures(chance: random.Random) -> str:
    """Write pictures with captions, sizes, titles, colons and quotation marks in their texts."""
    alt = chance.choice(
        ["A plot", "Error: low", "2 axes", "Say &quot;no&quot;", "yes", "[a] #1", "- dash", "It's it"]
    )
    size = chance.choice(["width='546'", "width='50%'", "width='300' height='200'", ""])
    title = chance.choice(["", "title='Another title'", f"title='{alt.replace(chr(39), '')}'"])
    picture = f"<img src='/pictures/{_words(chance, 1)}.png' alt=\"{alt}\" {size} {title}>"
    caption = f"<figcaption>{_sentence(chance, 6)}</figcaption>"
    linked = f"<a href='/pictures/large.png'>{picture}</a>"
    inner = chance.choice([picture, linked])
    return f"{_paragraphs(chance)}<figure>{inner}{caption}</figure>{_paragraphs(chance)}"


def fences(chance: random.Random) -> str:
    """Write code in languages by all their names, with text that does not lex, and with ticks."""
    language = chance.choice([
        "ipython3", "py", "sh-session", "language-text", "language-none", "c++", "unknownlang", "js{1,3}", "Python",
        "plain", "language-jinja2", "shell", "console", "language-csharp", "output", "python3", "yml",
    ])  # fmt: skip
    code = chance.choice([
        "x = 1\nprint(x)", "%matplotlib inline\nx = ?", "!pip install this\nx$", "a `b` ``c``\n```\nd\n```",
        "{% for x in y %}", "$ ls -l\ntotal 0", "select * from `t`;", "\tindented\n  more\n\nend",
    ])  # fmt: skip
    class_ = language if language.startswith("language-") else f"language-{language}"
    block = chance.choice([
        f"<pre><code class='{class_}'>{html.escape(code)}</code></pre>",
        f"<div class='highlight-{language} notranslate'><div class='highlight'><pre>{html.escape(code)}</pre></div></div>",
        f"<pre class='{language}'>{html.escape(code)}</pre>",
        f"<figure><pre><code class='{class_}'>{html.escape(code)}</code></pre><figcaption>{_words(chance, 3)}</figcaption></figure>",
    ])  # fmt: skip
    return f"{_paragraphs(chance)}{block}{_paragraphs(chance)}"


def spaces(chance: random.Random) -> str:
    """Write no-break, zero-width, and other spaces, as editors leave them, and as French and numbers need them."""
    first, second = _words(chance, 4).split()[:2], _words(chance, 3)
    return "".join(f"<p>{text}</p>" for text in (
        f"{first[0]}&nbsp;{second}&nbsp; {second}. &nbsp;{_sentence(chance)}",
        f"{first[-1]}\u200b {_sentence(chance)}\ufeff",
        f"Vraiment&nbsp;? Oui&nbsp;! «&nbsp;{second}&nbsp;»&nbsp;: 20&nbsp;%",
        f"Up to 30&nbsp;GB in 5&nbsp;s, {second}&nbsp;",
        f"Mr.&nbsp;{second.capitalize()} and\u2009{second}\u200a.",
        f"<b>{second}&nbsp;</b>{_sentence(chance)}&nbsp;<a href='/x/'>&nbsp;{second}</a>",
        "&nbsp;",
    ))  # fmt: skip


_NEEDLESS = (
    "2. Second", "10.", "[55]: a note", "Wow!", "first. Do not", "a * b * c", "snake_case_name and __init__",
    "f(x)[0] and [1]", "5 > 3 < 7", "A & B &c; R&D;", "#hashtag and C#", "- dash", "+ plus", "1) one",
    "~20 ~~ 30", "x^2 and {curly}", "back\\slash \\* and C:\\dir", "pipe | here", "tick ` here", "a_b and _c",
    "*", "**", "_x", "http://old.example/a_b_c*d", "<tag> like", "a <b> c", "!", "![no", "[x]", "[ ] todo",
    "foo](bar", "(a)=", "%comment", "100%", "=== equals", "--- dashes", "::: colons", "a:b:c", "{note} role",
    "`a", "&amp; entity", "&copy; sign", "email@old.example", "\\", "end\\", "x_1, x_2", "*args, **kwargs",
    "a*b*c", "[link](not)", "a|b|c", "#", "# one", "3.14", "~", "{.class}", "[^1]", "[1]: https://x.example",
)  # fmt: skip


def escapes(chance: random.Random) -> str:
    """Write punctuation that looks like syntax, everywhere that it could be some."""

    def piece() -> str:
        return html.escape(chance.choice(_NEEDLESS))

    def line() -> str:
        return f"{piece()} {_words(chance, 3)} {piece()} {_words(chance, 2)} {piece()}"

    items = "".join(f"<li>{line()}</li>" for _ in range(3))
    rows = "".join(f"<tr><td>{piece()}</td><td>{piece()} {_words(chance, 1)}</td></tr>" for _ in range(2))
    return "".join([
        f"<h2>{line()}</h2>", *(f"<p>{line()}. {_sentence(chance)} <em>{piece()}</em> {line()}</p>" for _ in range(3)),
        f"<ul>{items}</ul>", f"<p><a href='{BASE}/{chance.choice(['a_(b)', 'a&b', 'x*y'])}'>{line()}</a></p>",
        f"<table><tr><th>{_words(chance, 1)}</th><th>{piece()}</th></tr>{rows}</table>",
        f"<blockquote><p>{line()}</p></blockquote>",
    ])  # fmt: skip


def tables(chance: random.Random) -> str:
    """Write tables with headings at the side, without any, with captions, breaks, paragraphs, lists, and spans."""

    def row(cells: int, name: str = "td", first: str = "td") -> str:
        return f"<tr><{first}>{_words(chance, 1)}</{first}>{''.join(f'<{name}>{_words(chance, 2)}</{name}>' for _ in range(cells - 1))}</tr>"

    body = "".join(row(3) for _ in range(2))
    return chance.choice([
        f"<table>{body}</table>",
        f"<table>{row(3, first='th')}{row(3, first='th')}</table>",
        f"<table><thead><tr><th></th><th></th><th></th></tr></thead><tbody>{body}</tbody></table>",
        f"<table><caption>{_sentence(chance, 5)}</caption><tbody>{body}</tbody></table>",
        f"<table><thead>{row(3, 'th', 'th')}</thead><tr><td>a<br>b</td><td><p>c</p><p>d</p></td><td>e</td></tr></table>",
        f"<table><thead>{row(3, 'th', 'th')}</thead><tr><td><ul><li>a</li><li>b</li></ul></td><td>c</td><td>d</td></tr></table>",
        f"<table><thead>{row(2, 'th', 'th')}</thead><tr><td><pre>x = 1\ny</pre></td><td>c</td></tr></table>",
        f"<table>{row(3, 'th', 'th')}{row(2)}{row(3)}</table>",
        f"<table>{row(3, 'th', 'th')}{body}<tr><th colspan='3'>{_words(chance, 2)}</th></tr></table>",
        f"<table><thead>{row(3, 'th', 'th')}{row(3, 'th', 'th')}</thead>{body}</table>",
        f"<table border='1' width='100%'><tbody>{row(3, 'th', 'th')}{body}{row(3, 'th', 'th')}</tbody></table>",
        f"<table><thead>{row(3, 'th', 'th')}</thead>{body}<tfoot>{row(3, 'th', 'th')}</tfoot></table>",
        f"<table><tr><th>{_words(chance, 1)}</th><td rowspan='2'>{_words(chance, 2)}</td></tr><tr><th>b</th></tr></table>",
        f"<table><tr><td><b>{_words(chance, 1)}</b></td><td><b>x</b></td></tr>{row(2)}</table>",
    ]) + _paragraphs(chance)  # fmt: skip


def lists(chance: random.Random) -> str:
    """Write lists: tight, of paragraphs, docutils' simple ones, nested, numbered from elsewhere, one after another."""

    def items(pattern: str) -> str:
        return "".join(f"<li>{pattern.format(_sentence(chance, 5))}</li>" for _ in range(3))

    return "".join(chance.sample([
        f"<ul>{items('{}')}</ul>", f"<ul>{items('<p>{}</p>')}</ul>", f"<ul class='simple'>{items('<p>{}</p>')}</ul>",
        f"<ol class='arabic simple' start='3'>{items('<p>{}</p>')}</ol>", f"<ol start='7'>{items('{}')}</ol>",
        f"<ul>{items('{}<ul><li>in</li></ul>')}</ul>", f"<ul>{items('<p>{}</p><ul><li><p>in</p></li></ul>')}</ul>",
        f"<ol>{items('{}<ol><li>in</li></ol>')}</ol>", f"<ul>{items('<span>{}</span>')}</ul>",
        f"<ul>{items('{}')}</ul><ul>{items('{}')}</ul>", "<ul><li><p>one</p></li><li>two</li><li>three</li></ul>",
        f"<ul>{items('{}<br>&nbsp;')}</ul>", f"<ul>{items('{}<p></p>')}</ul>", f"<ul>{items('<div>{}</div>')}</ul>",
        f"<ul>{items('{}<pre>x</pre>')}</ul>", f"<ol>{items('<p>{}</p><pre>x</pre>')}</ol>",
    ], 4))  # fmt: skip


def notes(chance: random.Random) -> str:
    """Write footnotes under the names that generators give them, inline code, pictures within the page."""
    names = chance.choice(
        [
            ("fn1", "fnref1"),
            ("fn:one", "fnref:one"),
            ("fn-1", "fnref-1"),
            ("user-content-fn-a", "user-content-fnref-a"),
            ("easy-footnote-bottom-1-23", "easy-footnote-1-23"),
        ]
    )
    reference = f"<sup id='{names[1]}'><a class='footnote-ref' href='#{names[0]}'>1</a></sup>"
    note = f"<div class='footnotes'><ol><li id='{names[0]}'><p>{_sentence(chance)} <a class='footnote-backref' href='#{names[1]}'>↩</a></p></li></ol></div>"
    code = chance.choice([
        "<code>git</code> <code>commit</code> <code>-m</code>", "<code><span class='pre'>a</span> <span class='pre'>b</span></code>",
        "<code>a</code>&nbsp;<code>b</code>", "<tt>x y</tt>", "<code>a<br>b</code>", "<code><b>a</b> b</code>", "<code><a href='/x/'>f</a>(x)</code>",
    ])  # fmt: skip
    return f"<p>{_sentence(chance)}{reference} {code} {_sentence(chance)}</p>{_paragraphs(chance)}{note}"


def plain(chance: random.Random) -> str:
    """Write prose with emphasis, links that come again, breaks, rules, and what editors leave around it."""
    address = f"{BASE}/{'long-' * chance.randrange(1, 9)}address/"
    link = f"<a href='{address}'>{_words(chance, 2)}</a>"
    return "".join([
        f"<p>{_sentence(chance)} {link} {_sentence(chance)} {link}</p>" * 3, "<hr>",
        f"<p style='x'><span style='color:red'>{_sentence(chance)}</span><br>{_sentence(chance)}<br /></p>",
        f"<div><div>{_sentence(chance)}</div><div><br></div><div>{_sentence(chance)}</div></div>",
        f"<p><b>{_words(chance, 2)}:</b>{_words(chance, 2)} <i>{_words(chance, 1)}</i>s <u>{_words(chance, 1)}</u></p>",
        f"<p><a href='{address}'>{address}</a>, <a href='mailto:a@old.example'>a@old.example</a></p>",
    ])  # fmt: skip


SHAPES: Mapping[str, Callable[[random.Random], str]] = {
    shape.__name__: shape
    for shape in (headings, dollars, anchors, figures, fences, spaces, escapes, tables, lists, notes, plain)
}
_TITLES = (
    "{}",
    "{}: a review",
    "Why {}?",
    "'{}' and more",
    "# {}",
    "{} & co.",
    "[{}]",
    "2024",
    "yes",
    "{} - part 2",
)


def feed(posts: int) -> str:
    """Write an Atom feed of posts of all shapes, a third of them mixed."""
    return "".join([
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><id>urn:x</id><link href='{BASE}/'/>",
        *_entries(posts), "</feed>",
    ])  # fmt: skip


def _entries(posts: int) -> Iterator[str]:
    shapes = list(SHAPES.values())
    for number in range(posts):
        chance = random.Random(number)  # noqa: S311 - the same post each time
        chosen = [shapes[number % len(shapes)], *(chance.sample(shapes, 2) if number % 3 == 0 else ())]
        body = "".join(shape(chance) for shape in chosen)
        title = html.escape(chance.choice(_TITLES).format(_words(chance, 3).capitalize()))
        day = f"{2005 + number % 19}-{1 + number % 12:02}-{1 + number % 28:02}"
        time = chance.choice(["00:00:00", "12:30:00", "08:15:42", "23:59:59.5"])
        tags = "".join(
            f"<category term='{tag}'/>"
            for tag in chance.sample(["Python", "C++", "yes", "a: b", "2.0", "Data"], 2)
        )
        yield (
            f"<entry><title>{title}</title><id>tag:old.example,2013:{number}</id><published>{day}T{time}Z</published>"
            f"<updated>{day}T{time}Z</updated><link href='{BASE}/{day[:4]}/post-{number}/'/>{tags}"
            f"<author><name>Ann Example</name></author><content type='html'>{html.escape(body)}</content></entry>"
        )
