"""What stands beside the language of fenced code, in the forms of all generators."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from importer.folders import hugo_sites, jekyll_sites, quarto_sites, test_hexo, test_plain
from postdocs.importer.entry import Entry
from postdocs.importer.folders import fences
from postdocs.importer.folders.fences import Fence

CODE = "\na\nb\nc\nd\n"


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ('go {linenos=true hl_lines=["2-3"] title="x.go"}', Fence("go", "x.go", '["2-3"]', 1)),
        ("go {linenos=table,hl_lines=[2,4],linenostart=199}", Fence("go", "", "[2,4]", 199)),
        ("go {linenos=false}", Fence("go")),
        ('js title="a \\"b\\".js" {1,3-5} showLineNumbers', Fence("js", 'a "b".js', "1,3-5", 1)),
        ("js{1,4}", Fence("js", "", "1,4")),
        ("js {1, 4}", Fence("js", "", "1, 4")),
        ("js:title=x_y.js {2}", Fence("js", "x_y.js", "2")),
        ("ts:line-numbers=2 {1}", Fence("ts", "", "1", 2)),
        ("ts:line-numbers", Fence("ts", first=1)),
        ("js [config.js]", Fence("js", "config.js")),
        ("js {numberLines: 5}", Fence("js", first=5)),
        ("js {1}{numberLines: true}", Fence("js", "", "1", 1)),
        ('{.python filename="*x*.py"}', Fence("python", "\\*x\\*.py")),
        ('python {lst-cap="The *x*"}', Fence("python", "The *x*")),
        ("ruby linenos mark_lines='1 2'", Fence("ruby", "", "1 2", 1)),
        ("js", None),
        ("js /useState/ ins={1} {.wide}", None),
        ("ts:no-line-numbers", None),
        ("{code-block} python", None),
        ("{r, title='a', echo=FALSE}", None),
        ("{=html}", None),
        ("", None),
    ],
)
def test_each_form_is_read(info: str, expected: Fence | None) -> None:
    """Titles, numbers, and marked lines; what says only a language, and what is no fence of code, is none."""
    assert fences.read(info) == expected


def test_what_is_written_reads_the_same() -> None:
    """Whatever is in a title."""
    fence = Fence("c++", 'A "b" {c} \\*d\\* `e`', "1 3-4", 7)
    text = fences.code("\nx\n```\n", fence)
    assert text.startswith("~~~")
    assert fences.read(text.split("\n")[0].lstrip("~")) == fence


def test_code_in_lists_and_quotations_keeps_its_indentation() -> None:
    """Options stand as far in as the code."""
    text = "- ```js {1}\n  a\n  ```\n\n> ```js {1}\n> a\n> ```"
    written = "- ```{code-block} js\n  :emphasize-lines: 1\n\n  a\n  ```\n\n"
    assert fences.to_myst(text, fences.read) == (
        f"{written}> ```{{code-block}} js\n> :emphasize-lines: 1\n>\n> a\n> ```"
    )


def _jekyll(tag: str) -> Entry:
    name = tag.split(maxsplit=1)[0]
    return jekyll_sites.post("title: A", f"{{% {tag} %}}{CODE}{{% end{name} %}}")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            hugo_sites.post("title: A", f'```go {{linenos=true hl_lines=["2-3"] title="x.go"}}{CODE}```'),
            ":caption: x.go\n:linenos:\n:emphasize-lines: 2-3",
        ),
        (
            hugo_sites.post(
                "title: A",
                f'{{{{< highlight go "linenos=table,hl_lines=1 3-4,linenostart=9" >}}}}{CODE}'
                "{{< /highlight >}}",
            ),
            ":lineno-start: 9\n:emphasize-lines: 1,3-4",
        ),
        (
            hugo_sites.post(
                "title: A", f'{{{{< code language="go" title="x.go" >}}}}{CODE}{{{{< /code >}}}}'
            ),
            ":caption: x.go",
        ),
        (
            test_plain.entry("a.md", f'---\ntitle: A\n---\n```go title="x.go" {{1,3}}{CODE}```\n'),
            ":caption: x.go\n:emphasize-lines: 1,3",
        ),
        (
            test_hexo.post(
                f"{test_hexo.HEAD}---\n{{% codeblock x.go lang:go mark:1,3 %}}{CODE}{{% endcodeblock %}}\n"
            ),
            ":caption: x.go\n:emphasize-lines: 1,3",
        ),
        (
            test_hexo.post(f"{test_hexo.HEAD}---\n```go x y.go https://a.example/y.go All{CODE}```\n"),
            ":caption: [x y.go](https://a.example/y.go)",
        ),
        (
            quarto_sites.post(f'{quarto_sites.HEAD}```{{.go filename="x.go"}}{CODE}```\n'),
            ":caption: x.go",
        ),
        (
            quarto_sites.post(
                f'{quarto_sites.HEAD}See @lst-a.\n\n```{{#lst-a .go lst-cap="The *x*"}}{CODE}```\n'
            ),
            ":caption: Listing\u00a01: The *x*",
        ),
        (_jekyll('highlight go linenos mark_lines="1 2"'), ":linenos:\n:emphasize-lines: 1,2"),
        (_jekyll('codeblock "x.go" lang:go start:3'), ":caption: x.go\n:lineno-start: 3"),
    ],
)
def test_every_system_keeps_what_is_said_of_code(entry: Entry, expected: str) -> None:
    """As options of MyST; the content has titles as captions, so that the proof compares them."""
    assert f"```{{code-block}} go\n{expected}\n\n{CODE.strip()}\n```" in (entry.markdown or "")
    assert ("<figcaption>" in entry.content) is (":caption:" in expected)
    assert '<pre><code class="language-go">a\nb\nc\nd\n</code></pre>' in entry.content


@pytest.mark.parametrize(
    "part",
    ['a="', "{a", '{"', "[a", "a ", "a=b ", "{1}", "'", '"', "\\", "a=[", 'a="\\', "- ", "> ", ":", "a:"],
)
def test_a_fence_is_read_in_linear_time(part: str) -> None:
    """What is never closed is not looked for again and again."""
    assert_linear(lambda size: fences.read(f"js {part * size}"), 8_000)
    assert_linear(lambda size: fences.to_myst(f"```js {part}\na\n```\n" * size, fences.read), 2_000)
