"""The posts of the made blog with formulas, and the same posts without any."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from blogs.corpus import Post

PER_POST = 10
_IN_CORPUS = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
_LETTERS = ("x", "n", "k", "t", "\\lambda", "\\theta", "A", "f", "\\mathbb{R}", "\\varepsilon")
# What posts write in a line, and on a line of its own. {a}, {b} and {c} are letters, {i} and {j} numbers, so
# that hardly any two are the same.
_INLINE = (
    r"{a}_{i}",
    r"O({a}^{i} \log {b})",
    r"{a} \in \mathbb{{R}}^{{{i} \times {j}}}",
    r"\|{a} - {b}_{j}\|_2 \le {i}\varepsilon",
    r"f({a}) = {i}{a}^2 - {j}{b}",
    r"\frac{{{a}}}{{{i}{b}}}",
    r"{a}_{{k+{i}}} = {a}_k - \alpha \nabla f({a}_k)",
)
_DISPLAY = (
    r"\int_0^{{{i}}} e^{{-{a}^2/{j}}} \, d{a} = \frac{{\sqrt{{{i}\pi}}}}{{{j}}} \operatorname{{erf}}({b})",
    r"\sum_{{k=1}}^{{{a}}} k^{i} = \frac{{{a}({a}+1)(2{a}+{j})}}{{{i}}} + O({a}^{j})",
    r"{a}({b}) = \begin{{pmatrix}} {a}_{i} & {b} \\ {c} & {j} \end{{pmatrix}} "
    r"\begin{{pmatrix}} {b} \\ {i} \end{{pmatrix}}",
    r"\begin{{aligned}} \frac{{\partial {a}}}{{\partial t}} &= {i} \nabla^2 {a} + {b} \\ "
    r"{a}(0, x) &= {c}_{j}(x) \end{{aligned}}",
    r"{a}_{{{i}}} = \begin{{cases}} {b} & \text{{if }} {c} > {j} \\ 0 & \text{{otherwise}} \end{{cases}}",
    r"p({a} \mid {b}) = \frac{{p({b} \mid {a}) \, p({a})}}"
    r"{{\sum_{{{c}={i}}}^{{{j}}} p({b} \mid {c}) \, p({c})}}",
    r"\min_{{{a} \in \mathbb{{R}}^{{{i}}}}} \frac{{1}}{{{j}}} \|A{a} - {b}\|_2^2 + \lambda \|{a}\|_1",
)


def with_formulas(post: Post) -> Post:
    """Return a post with ten formulas: four letters and three short ones in lines, three on their own."""
    chance = random.Random(post.number)  # noqa: S311 - the same post each time

    def written(pattern: str) -> str:
        a, b, c = chance.sample(_LETTERS[:8], 3)
        return pattern.format(a=a, b=b, c=c, i=chance.randint(2, 9), j=chance.randint(2, 99))

    inline = [chance.choice(_LETTERS) for _ in range(4)]
    inline += [written(pattern) for pattern in chance.sample(_INLINE, 3)]
    display = [written(pattern) for pattern in chance.sample(_DISPLAY, PER_POST - len(inline))]
    blocks = without_formulas(post).body.split("\n\n")
    prose = [place for place, block in enumerate(blocks) if block[:1].isalpha()]
    for number, latex in enumerate(inline):
        place = prose[number % len(prose)]
        before, _, after = blocks[place].partition(" ")
        blocks[place] = f"{before} ${latex}$ {after}"
    for place, latex in zip(sorted(chance.sample(prose, len(display)), reverse=True), display, strict=True):
        blocks.insert(place + 1, f"$$\n{latex}\n$$")
    return replace(post, body="\n\n".join(blocks))


def without_formulas(post: Post) -> Post:
    """Return a post without its formulas."""
    return replace(post, body=_IN_CORPUS.sub("", post.body))
