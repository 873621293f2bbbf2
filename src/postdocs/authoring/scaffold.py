"""The files of a new site: those of `template/`, filled in.

A template is called as the file that it makes, with `.txt` after it, and `_` for a dot at the beginning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from string import Template

from postdocs.authoring.hosts import belongs_to
from postdocs.authoring.licences import LICENCES
from postdocs.core.frontmatter import dump
from postdocs.core.post import Post
from postdocs.core.slugs import slugify

_NAME = "postdocs[preview]"  # and what the preview needs
_TEMPLATES = Path(__file__).parent / "template"
_FIRST_POST = """
This is `$path`. Change it, or remove it and begin another: `nox -s new -- "Title"`.

## A section

Posts are Markdown, with code,

```python
print("Hello")
```

formulas, $$E = mc^2$$, and much more.
"""
_LICENCE = """
The texts of this site are under [{0.title}]({0.url}).
"""


@dataclass(frozen=True)
class Site:
    """What a new site is called, who writes it, and its address, or "".

    timezone: a name of the IANA database. licence: of its texts, one of `LICENCES`, or "none". host: what
    publishes it, one of `HOSTS`.
    """

    title: str
    author: str
    url: str = ""
    timezone: str = "UTC"
    licence: str = "none"
    host: str = "github"


def files_of(site: Site, now: datetime, requirement: str) -> dict[str, str]:
    """Return the files of a new site, by their paths from its folder.

    now: when its first post is written. requirement: what pip is to install as Postdocs.
    """
    licence = LICENCES.get(site.licence)
    values = {
        "title": _literal(site.title),
        "author": _literal(site.author),
        "copyright": f'f"{{author}}, {licence.title}"' if licence else "author",
        "licence": _LICENCE.format(licence) if licence else "",
        "url": _literal(site.url),
        "timezone": _literal(site.timezone),
        "slug": _project(site.title),
        "feed": '    ("Feed", "blog/atom.xml"),\n' if site.url else "",
        "requirement": requirement,
        "path": f"posts/{now.year:04}/a-first-post.md",
    }
    post = Post(title="A first post", date=now, author=(site.author,), tags=("Notes",))
    templates = {_path(file): file.read_text(encoding="utf-8") for file in _templates()}
    files = {path: _fill(text, values) for path, text in templates.items() if belongs_to(path, site.host)}
    return {**files, values["path"]: dump(post) + _fill(_FIRST_POST, values)}


def requirement() -> str:
    """Return what pip has to be told to install the Postdocs that runs now (PEP 610)."""
    try:
        installed = distribution("postdocs")
    except PackageNotFoundError:  # it is there without its metadata
        return _NAME
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if not origin:
        return f"{_NAME}=={installed.version}"
    vcs = origin.get("vcs_info", {})
    url = f"{vcs['vcs']}+{origin['url']}@{vcs['commit_id']}" if vcs else origin["url"]
    return f"{_NAME} @ {url}"


def _templates() -> list[Path]:
    return sorted(path for path in _TEMPLATES.rglob("*.txt") if path.is_file())


def _path(template: Path) -> str:
    name = template.relative_to(_TEMPLATES).as_posix().removesuffix(".txt")
    return f".{name[1:]}" if name.startswith("_") else name


def _fill(text: str, values: Mapping[str, str]) -> str:
    """Fill in a template; what `$` begins and is none of the values stays."""
    return Template(text).safe_substitute(values)


def _project(title: str) -> str:
    """Name a site as hosts name projects: in at most 58 letters, digits and hyphens of ASCII."""
    return re.sub(r"[^a-z0-9-]", "", slugify(title)).strip("-")[:58].rstrip("-") or "blog"


def _literal(text: str) -> str:
    """Write text in Python: JSON's strings are also Python's."""
    return json.dumps(text, ensure_ascii=False)
