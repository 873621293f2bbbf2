"""The file of a new draft, and of a draft that is published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from postdocs.authoring import restructured
from postdocs.core.conf import Settings
from postdocs.core.dates import rfc3339
from postdocs.core.errors import PostdocsError
from postdocs.core.frontmatter import dump, line_of, load, read
from postdocs.core.identity import entry_id
from postdocs.core.markdown_source import Item, has_post_directive, read_yaml, split
from postdocs.core.post import FIELDS, Post
from postdocs.core.slugs import RESERVED_FILES, slugify, unique
from postdocs.core.source_text import decode

_AUTHOR = re.compile(r"^author:.*(?:\n[ \t-].*)*", re.MULTILINE)
_BEGINNING = """
Begin here. Lists and feeds show this first paragraph, where the front matter has no `summary`.

## A section

Headings begin with two hashes. A picture stands in the folder of this file: `![What it shows](figure.png)`.
"""


@dataclass(frozen=True)
class Draft:
    """A post that is begun. path: of its file, from the folder of posts, with slashes."""

    path: str
    text: str


def begin(post: Post) -> Draft:
    """Return the draft of a post, which has a title and a date.

    Raises
    ------
    ExceptionGroup
        Of a PostdocsError for each value that is wrong.

    """
    post = replace(post, draft=True)
    text = dump(post) + _BEGINNING
    assert post.title is not None is not post.date  # noqa: S101 - tells mypy
    path = f"{post.date.year:04}/{unique(slugify(post.title), RESERVED_FILES)}.md"
    load(text, path, post.date.tzinfo or UTC)
    return Draft(path, text)


def labels_of(text: str, key: str, zone: tzinfo) -> tuple[str, ...]:
    """Read labels as they are given to a command, with a comma between each two."""
    labels: tuple[str, ...] = FIELDS[key].metadata["read"](text, zone)
    return labels


def author_of(folder: Path, site: Settings, git_name: Callable[[], str]) -> tuple[str, str]:
    """Return who writes where nobody says it, or "", and how that is known.

    It is the author that the settings name, else who wrote most of the posts in the folder, else who commits.
    git_name: returns the name in the settings of Git, or "".
    """
    if site.authors:
        name, setting = site.authors[0]
        return name, f"`{setting}` of conf.py"
    uses = Counter(name for file in sorted(folder.rglob("*.md")) for name in _authors(file, site.zone))
    if uses:
        return uses.most_common(1)[0][0], f"who wrote most of the posts in {folder.as_posix()}"
    return git_name(), "`user.name` of Git"


def _authors(file: Path, zone: tzinfo) -> Iterator[str]:
    """Yield the authors of a post; of its YAML only their lines are read, for there may be many posts."""
    try:
        match = _AUTHOR.search(split(decode(file.read_bytes(), file)).yaml)
        yield from (
            FIELDS["author"].metadata["read"](read_yaml(match[0], file)[0].value, zone) if match else ()
        )
    except (ValueError, OSError):  # the build will complain of it
        return


def publish(data: bytes, path: str, date: datetime, site: Settings) -> bytes | None:
    """Return a draft's file as it is when it is published; None where it is published already.

    path: of the file, from the folder of the site. Of the file only the lines of `date` and `draft` change,
    and `id` is added: what the site's feeds would have as the id of the entry (RFC 4287 §4.2.6). Of a page it
    is `draft` only.

    Raises
    ------
    ExceptionGroup
        Of a PostdocsError for each mistake in the front matter.
    PostdocsError
        It is no file that can be edited line by line.

    """
    text = decode(data, path)
    is_markdown = path.endswith((".md", ".markdown"))
    if not is_markdown or (split(text).yaml_lines is None and has_post_directive(text)):
        new_id = entry_id(site.base, path.rpartition(".")[0], date) if site.base else None
        dated = restructured.set_date(text, date, is_markdown=is_markdown, entry_id=new_id)
        return None if dated is None else _with_newlines(dated, data)
    if split(text).yaml_lines is None and not text.lstrip().startswith("---"):
        data = b"---\n---\n\n" + data
        text = decode(data, path)
    before = _draft_of(text, path, site)
    if not before.draft:
        dated = None if before.date else restructured.set_date(text, date, is_markdown=True)
        return None if dated is None else _with_newlines(dated, data)
    id_ = before.id or (entry_id(site.base, path.rpartition(".")[0], date) if site.base else None)
    published = (
        replace(before, draft=False) if before.is_page else replace(before, date=date, draft=False, id=id_)
    )
    raw = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", data.decode("utf-8"))
    items = {item.key: item for item in read_yaml(split(text).yaml, path)}
    values: dict[str, str | None] = {"draft": None}
    values |= {} if before.is_page else {"date": rfc3339(date)}
    if id_ and published.id != before.id:
        values["id"] = dump(Post(id=id_)).split("\n")[1].removeprefix("id: ")
    end = (split(text).yaml_lines or 0) + 1
    for key, value in values.items():
        if key in items:
            number = items[key].line - 1
            raw[number] = _set(raw[number], items[key], value, path)
        elif value:
            newline = raw[0].removeprefix(raw[0].rstrip("\r\n"))
            margin = re.match(r" *", raw[1])
            raw.insert(end, f"{margin[0] if margin else ''}{key}: {value}{newline}")
            end += 1
    edited = "".join(raw).encode()
    if not _says(decode(edited, path), published, path, site.zone):
        wrong, remedy = "its front matter can't be edited line by line", "write each key on a line of its own"
        raise PostdocsError(path, 1, wrong, remedy)
    return edited


def _says(text: str, published: Post, path: str, zone: tzinfo) -> bool:
    return read(text, path, zone).post == published  # an alias of YAML may have lost its anchor


def _draft_of(text: str, path: str, site: Settings) -> Post:
    """Read a post that may be unusual; without a date it is a draft, as in ablog."""
    reading = read(text, path, site.zone)
    if reading.post is None:
        first, _, rest = text.partition("\n")
        dated = read(f"{first}\ndraft: true\n{rest}", path, site.zone)
        if dated.post is None:
            errors = [*reading.errors, *(mistake.error for mistake in reading.unusual)]
            raise ExceptionGroup(f"{path}: front matter", sorted(errors, key=line_of))
        return dated.post
    return reading.post


def _with_newlines(text: str, data: bytes) -> bytes:
    """Encode a text with the ends of lines that a file has."""
    return text.replace("\n", "\r\n" if b"\r\n" in data else "\n").encode()


def _set(line: str, item: Item, value: str | None, path: str) -> str:
    """Return a line with another value, or without the key; comments stay."""
    if item.columns is None or line[: item.columns[0]].strip():
        wrong = f"{item.key}: its key and value are not one line"
        raise PostdocsError(path, item.line, wrong, f"write `{item.key}: …` on a line of its own")
    start, begin, end = item.columns
    if value is not None:
        return f"{line[:begin]}{'' if line[begin - 1].isspace() else ' '}{value}{line[end:]}"
    rest = line[end:].lstrip(" \t")
    return line[:start] + rest if rest.strip() else ""
