"""Blogs as ablog has them, which are built with what others have made."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

CONF = """\
project = "Tea & Notes"
copyright = author = "Ann"
version = release = "1"
extensions = ["myst_parser", "postdocs"]
blog_post_pattern = "posts/**/*.md"
blog_baseurl = html_baseurl = "https://tea.example/"
html_sidebars = {"**": ["ablog/recentposts.html", "ablog/tagcloud.html", "ablog/categories.html",
                        "ablog/authors.html", "ablog/archives.html", "ablog/postcard.html"]}
myst_enable_extensions = ["colon_fence", "dollarmath"]
exclude_patterns = ["_build"]
linkcheck_ignore = [".*"]
suppress_warnings = ["epub.unknown_project_files"]
"""
INDEX = """\
# Home

Write to [Ann](mailto:ann@tea.example).

```{toctree}
blog
posts/one
```

```{postlist}
```
"""
ONE = """\
---
title: One
date: 2024/01/02
author: Ann
category: Notes
tags: [2024, "<b>bold</b>"]
---

Text of one, by <ann@tea.example>. See [the other](two.md).

## A section

```python
print("x")
```
"""
TWO = """\
# A \\<script>alert(1)\\</script> title

```{post} Feb 3, 2024
:author: Ann
:tags: green
```

Text of two.
"""
_INVENTORY = """\
# Sphinx inventory version 2
# Project: {project}
# Version: 1
# The remainder of this file is compressed using zlib.
"""


def is_installed(package: str) -> bool:
    """Tell whether a package can be imported."""
    try:
        return importlib.util.find_spec(package) is not None
    except ModuleNotFoundError:  # not even what it is in
        return False


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files of text."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def blog(folder: Path) -> Path:
    """Write a blog of two posts; return its folder."""
    files = {"conf.py": CONF, "index.md": INDEX, "blog.md": "# Blog\n"}
    write(folder, {**files, "posts/one.md": ONE, "posts/two.md": TWO})
    return folder


def prepare(site: Path, name: str, entry: Mapping[str, Any]) -> list[str]:
    """Write what an extension is tried with; return lines of `conf.py`. Skip the test if it isn't there."""
    if not is_installed(name):
        pytest.skip(f"{name} is not installed")
    if "program" in entry and not shutil.which(entry["program"]):
        pytest.skip(f"the program {entry['program']} is not installed")
    front = f"title: Tried\ndate: 2024-03-04\n{entry.get('front', '')}\n"
    post = f"---\n{front}---\n\n{entry.get('post', 'Text.')}\n"
    write(site, {**entry.get("files", {}), "posts/tried.md": post})
    if inventory := entry.get("inventory"):
        lines = "".join(f"{line}\n" for line in inventory["entries"]).encode()
        (site / "objects.inv").write_bytes(_INVENTORY.format_map(inventory).encode() + zlib.compress(lines))
    if entry.get("git"):
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@tea.example")
        for command in (("init", "-q"), ("add", "--all"), (*who, "commit", "-q", "-m", "Write a blog")):
            subprocess.run(["git", *command], cwd=site, check=True)  # noqa: S603, S607 - our own
    removed = [f"extensions.remove({entry['replaces']!r})"] if "replaces" in entry else []
    return [*removed, f"extensions.append({name!r})", entry.get("settings", "")]


def build(site: Path, builder: str, *settings: str) -> Path:
    """Build a site; warnings fail it."""
    conf = site / "conf.py"
    conf.write_text("\n".join([conf.read_text(encoding="utf-8"), *settings, ""]), encoding="utf-8")
    out = site / "_build" / builder
    options = ("-W", "--keep-going", "-q", "-b", builder, "-d", f"{out}-trees")
    command = [sys.executable, "-m", "sphinx", *options, str(site), str(out)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert (result.returncode, result.stderr) == (0, "")
    return out
