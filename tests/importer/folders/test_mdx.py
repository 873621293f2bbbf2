"""MDX as Markdown."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from postdocs.importer.folders.mdx import translate

TEXT = """\
import Chart from '../chart';
import {
  Tabs,
} from 'tabs';

export const depth = 3

Low *water* {/* not shown */}at <Depth of={depth} /> metres.

<Tabs onChange={(x) => x}>
<TabItem label="North">

At the `<Bridge>`.

</TabItem>
</Tabs>

```jsx
import a from 'b'
<Chart />
```

important things export well, and 1 < 2.
"""


def test_text_stays_and_components_are_named() -> None:
    """Tags go, labels and components without text stay visible, and code is not touched."""
    text, notes = translate(TEXT, "blog/a.mdx", 5)
    for kept in (
        "Low *water* at &lt;Depth of={depth} /&gt; metres.", "**North**", "At the `<Bridge>`.",
        "```jsx\nimport a from 'b'\n<Chart />\n```", "important things export well, and 1 < 2.",
    ):  # fmt: skip
        assert kept in text
    assert "Tab" not in text
    assert "not shown" not in text
    assert [note.before for note in notes] == [
        "blog/a.mdx:5: import Chart from '../chart';",
        "blog/a.mdx:10: export const depth = 3",
        "blog/a.mdx:12: <Depth of={depth} />",
        "blog/a.mdx:14: <Tabs onChange={(x) => x}>",
        'blog/a.mdx:15: <TabItem label="North">',
    ]


@pytest.mark.parametrize(
    ("tags", "box"),
    [
        ('<Admonition type="tip" icon="💡" title="Did you know">|</Admonition>', ":::tip Did you know"),
        ("<Aside kind='caution'>|</Aside>", ":::caution"),
        ("<Callout>|</Callout>", ":::note"),
        ("<Warning>|</Warning>", ":::warning"),
    ],
)
def test_boxes_stay_boxes(tags: str, box: str) -> None:
    """Their kind is that of an attribute, or their name; no note names them."""
    start, end = tags.split("|")
    assert translate(f"{start}\n\nLow *water*.\n\n{end}", "a.mdx", 1) == (
        f"\n\n{box}\n\n\n\nLow *water*.\n\n\n\n:::\n\n",
        (),
    )


def test_a_box_without_an_end_is_any_other_component() -> None:
    """So is one without text."""
    shown, notes = translate("</Tip><Note> a <Tip />", "a.mdx", 1)
    assert shown == " a &lt;Tip /&gt;"
    assert len(notes) == 2


def test_a_tag_that_never_ends_stays() -> None:
    """It is text."""
    assert translate("A <Box title='x", "a.mdx", 1) == ("A <Box title='x", ())


def test_hostile_text_is_read_in_linear_time() -> None:
    """Tags, braces, and comments that never end."""
    assert_linear(lambda count: translate("<A {" * count + "{/*" * count, "a.mdx", 1), 2_000)
    assert_linear(lambda count: translate("<Note>" * count, "a.mdx", 1), 20_000)


def test_a_file_that_javascript_names_is_one_of_the_text() -> None:
    """Docusaurus documents `require`; what elements look like goes, and code stays."""
    text = """<img src={require('./a.png').default} alt="A" /> <span style={{color: "red"}}>red</span>"""
    shown, notes = translate(f"{text} `{text}`\n\n```jsx\n{text}\n```\n", "a.md", 1)
    assert shown.startswith('<img src="./a.png" alt="A" /> <span>red</span> `' + text)
    assert shown.endswith(f"```jsx\n{text}\n```\n")
    assert notes == ()
