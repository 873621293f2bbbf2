"""Dates within documents."""

from __future__ import annotations

import pytest
from helpers import read_html
from sphinx.testing.util import SphinxTestApp

TEXT = """\
---
title: Changed
date: 2024-01-01
---

First.

:::{update} 2024-05-03 09:30
More.
:::

```{postlist} 1
:date: "%d %B %Y"
:format: "{title}, {date}"
```
"""


def write(app: SphinxTestApp) -> None:
    """Write a post with an update and a list."""
    (app.srcdir / "posts/2024/changed.md").write_text(TEXT, encoding="utf-8")


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_machines_can_read_each_date(app: SphinxTestApp) -> None:
    """Notes of updates and ablog's lists show dates as readers write them, and say the instant with them."""
    write(app)
    app.build()
    times = read_html(app.outdir / "posts/2024/changed/index.html").xpath("//div[@class='body']//time")
    shown = {time.text_content(): time.get("datetime") for time in times}
    assert shown["3 May 2024"] == "2024-05-03T09:30:00+02:00"
    assert "2024-03-09T22:00:00+01:00" in shown.values()
    note = read_html(app.outdir / "posts/2024/changed/index.html").find_class("update")[0]
    assert note.find_class("admonition-title")[0].text_content() == "Updated on 3 May 2024"


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_timezone": "Europe/Berlin"})
def test_offsets_with_seconds_are_none_that_html_knows(app: SphinxTestApp) -> None:
    """Before there were time zones a day began at an odd offset; the instant is in UTC then."""
    old = "---\ntitle: Old\ndate: 1850-01-01\n---\n\nText.\n"
    (app.srcdir / "posts/2024/old.md").write_text(old, encoding="utf-8")
    app.build()
    (time,) = read_html(app.outdir / "posts/2024/old/index.html").xpath("//p[@class='post-headline']/time")
    assert (time.text_content(), time.get("datetime")) == ("1 January 1850", "1849-12-31T23:06:32+00:00")


@pytest.mark.sphinx("text", testroot="blog")
def test_other_formats_have_the_date_as_text(app: SphinxTestApp) -> None:
    """Where there is no element for it, a date is what it shows."""
    write(app)
    app.build()
    assert "Updated on 3 May 2024" in (app.outdir / "posts/2024/changed.txt").read_text(encoding="utf-8")
