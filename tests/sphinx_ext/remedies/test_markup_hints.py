"""Warnings about directives, tables, headings, and lists say what to write instead, in one line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.remedies.markup_hints import markup_hint, without_source

MARKDOWN = """\
---
title: New
date: 2024-05-01
---

#### Deep

Tea[^pot] and cake[^cup],
then tea[^pot].

Milk[^pot].

[^cake]: Unused.
[^sugar]: One.
[^sugar]: Two.

Sweet[^sugar].

```{figure} ../nothere.png
:widht: 3
```

```{list-table}
* - a
  - b
* - c
```

```{csv-table}
:file: gone.csv
```

```{figure}
```

```{note}
```

```{code-block} python
:emphasize-lines: second
x = 1
```
"""
RESTRUCTURED = """\
:orphan:

Old
===

Tea [#pot]_ and [#pot]_, cake [7]_, milk [Cow2001]_, and |sugar|.

.. note::
   :colour: red

   Text.

=== ===
a   b
tea cup
milkjug
=== ===

* item
text
"""


def test_each_mistake_is_one_line_with_what_to_write(
    make_app: Callable[..., SphinxTestApp], rootdir: Path, tmp_path: Path
) -> None:
    """One build tells each mistake once, in its own line, without a piece of the source."""
    source = tmp_path / "blog"
    shutil.copytree(rootdir / "test-blog", source)
    (source / "posts/new.md").write_text(MARKDOWN, encoding="utf-8")
    (source / "posts/old.rst").write_text(RESTRUCTURED, encoding="utf-8")
    warning = StringIO()
    app = make_app("dirhtml", srcdir=source, warning=warning)
    app.build()
    plain = re.sub(r"\x1b\[[\d;]*m", "", warning.getvalue()).replace(f"{source}/posts/", "")
    lines = [
        re.sub(r": (?:WARNING|ERROR|CRITICAL): ", ": ", line).rpartition(" [")[0]
        for line in plain.splitlines()
    ]
    assert sorted(lines) == sorted(
        [
            "new.md:6: the heading is of level 4, below one of level 1; begin it with `##`",
            "new.md:8: the footnote `[^cup]` has no definition; add a line `[^cup]: …`",
            "new.md:8: the footnote `[^pot]` has no definition; add a line `[^pot]: …`",
            "new.md:13: the footnote `[^cake]` is not used; refer to it by `[^cake]`, or remove it",
            "new.md:15: the footnote `[^sugar]` is defined twice; rename one",
            "new.md:19: the picture 'nothere.png' is not there; put it there, or correct its name",
            "new.md:20: `{figure}` has no option `widht`; write `width`",
            "new.md:23: row 2 of the table has 1 cell, row 1 has 2; make them equal",
            "new.md:29: the file 'posts/gone.csv' is not there; put it there, or correct its name",
            "new.md:33: `{figure}` needs an argument; write it after the name, in the same line",
            "new.md:36: `{note}` is empty; write its content below its first line",
            "new.md:39: 'second' doesn't name lines; write numbers and ranges, like `1,3-5`",
            "old.rst:6: there is no citation 'Cow2001'; correct it, or add a line `.. [Cow2001] …`",
            "old.rst:6: there is no footnote '7'; correct it, or add a line `.. [7] …`",
            "old.rst:6: there is no footnote 'pot'; correct it, or add a line `.. [#pot] …`",
            "old.rst:6: there is no substitution `|sugar|`; add a line `.. |sugar| replace:: …`, "
            "or a backslash before it",
            "old.rst:8: `.. note::` has no option `colour`; correct its name, or remove it",
            "old.rst:16: the table can't be read (Text in column margin in table line 4); "
            "align its columns with its borders",
            "old.rst:20: the bullet list ends without a blank line; add one after it, "
            "or indent what belongs to it",
        ]
    )
    (source / "posts/new.md").write_text(f"{MARKDOWN}\nMore.\n", encoding="utf-8")
    warning.truncate(0)
    app.build()  # as the preview does, with the same application
    assert warning.getvalue().count("the footnote `[^pot]` has no definition") == 1


@pytest.mark.parametrize(
    ("message", "hint"),
    [
        (
            "Document or section may not begin with a transition.",
            "a rule can't be the first thing in a section; remove it, or write text above it",
        ),
        (
            "Document may not end with a transition.",
            "a rule can't be the last thing on a page; remove it, or write text below it",
        ),
        (
            "At least one body element must separate transitions; adjacent transitions are not allowed.",
            "a rule follows another one; remove it, or write text between them",
        ),
        (
            "Directive 'hint': maximum 0 argument(s) allowed, 2 supplied",
            "`{hint}` takes no argument; move the text after its name to the next line",
        ),
        (
            "'toctree': Invalid option value for 'maxdepth': two: no number",
            "the option `maxdepth` of `{toctree}` can't be 'two' (no number); correct it",
        ),
        (
            "'tip': Invalid options format (bad YAML)",
            "the options of `{tip}` can't be read; write each in a line of its own, like `:name: value`",
        ),
        (
            '"list-table" widths do not match the number of columns in table (3).\n\nsource',
            "`widths` of `{list-table}` doesn't fit the table; write 3 numbers",
        ),
        (
            'Error parsing content block for the "list-table" directive: exactly one bullet list expected.',
            "`{list-table}` is not a list of rows; begin each row with `* -`, and its other cells with `  -`",
        ),
        (
            "Malformed table.\nText in column margin in table line 2.\n\n== ==\na  b",
            "the table can't be read (Text in column margin in table line 2); "
            "align its columns with its borders",
        ),
        ("Something of an extension", None),
    ],
)
def test_messages_of_other_forms_are_rewritten_too(message: str, hint: str | None) -> None:
    """What follows a blank line in a message is a piece of the source, and left out."""
    assert markup_hint(without_source(message), Path("post.md")) == hint
