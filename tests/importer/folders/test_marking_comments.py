"""Comments in code that mark lines of it."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from postdocs.importer.folders.marking_comments import to_info


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```js\na\n// highlight-next-line\nb\nc\n```", "```js {2}\na\nb\nc\n```"),
        ("```py\n# highlight-start\na\nb\n# highlight-end\nc\n```", "```py {1,2}\na\nb\nc\n```"),
        ("~~~html title=x\n<!-- highlight-next-line -->\n<p>\n~~~", "~~~html title=x {1}\n<p>\n~~~"),
        ("```jsx\n  {/* highlight-next-line */}\n  <A/>\n```", "```jsx {1}\n  <A/>\n```"),
        ("```css\n/* highlight-next-line */\na {}\n```", "```css {1}\na {}\n```"),
        ("```js\na // [!code highlight]\nb\n```", "```js {1}\na\nb\n```"),
        ("```js\n// [!code hl:2]\na\nb\nc\n```", "```js {1,2}\na\nb\nc\n```"),
        ("```js\na // [!code hl:2]\nb\nc\n```", "```js {1,2}\na\nb\nc\n```"),
        ("```\na # [!code hl]\n```", "``` {1}\na\n```"),
        ("```js\na\nb // [!code focus]\nc // [!code error]\n```", "```js {2,3}\na\nb\nc\n```"),
        ("- ```js\n  // highlight-next-line\n  a\n  ```", "- ```js {1}\n  a\n  ```"),
    ],
)
def test_comments_become_marks(text: str, expected: str) -> None:
    """They go; the lines that they mark are named behind the language."""
    assert to_info(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```js {1}\na\n// highlight-next-line\nb\n```",  # as in Docusaurus
        "```{code-block} js\n// highlight-next-line\na\n```",
        "```js\na // highlight-next-line\nb\n```",
        "```js\n// highlight-end\na\n```",
        "```js\na // [!code ++]\n```",
        "```js\nconst a = '// highlight-next-line';\n```",
        "// highlight-next-line\na",
        "```js\n// highlight-next-line\na",
    ],
)
def test_other_comments_stay(text: str) -> None:
    """What says nothing of a line stays as the author wrote it."""
    assert to_info(text) == text


@pytest.mark.parametrize("part", ["//", "% ", "# [!code hl"])
def test_time_is_in_proportion(part: str) -> None:
    """Lines of signs that begin comments take no longer than others."""
    assert_linear(lambda size: to_info(f"```js\n{part * 20 * size}[!code h\n```"), 2_000)
