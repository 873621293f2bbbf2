"""A post that moves keeps the address that it had, and the id of its feed entry."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from urllib.parse import quote

from postdocs.authoring.placement import matches
from postdocs.authoring.source_links import MARKDOWN, docname
from postdocs.core import frontmatter, markdown_source, notebook, restructured_source
from postdocs.core.conf import Settings
from postdocs.core.errors import PostdocsError
from postdocs.core.identity import entry_id, name_of
from postdocs.core.markdown_source import Item, has_post_directive, read_yaml, split
from postdocs.core.post import Post


def with_old_address(
    text: str, old: str, new: str, settings: Settings, *, is_flat: bool = False, has_id: bool = False
) -> tuple[str, str]:
    """Return a source whose old address leads to it, and what its author should know, or "".

    old, new: its paths. is_flat: whether pages are files and not folders. has_id: whether the file of
    entry ids has that of the post.

    Raises
    ------
    PostdocsError
        Its front matter can't be edited line by line.

    """
    before = _address(docname(old), is_flat=is_flat)
    post = _read(text, old, settings)
    is_post = any(matches(old, pattern) for pattern in settings.patterns) or has_post_directive(text)
    if post is None or not (is_post or post.blogpost):
        return text, f"it is no post, so {before} leads nowhere; redirect that address at your host"
    if post.draft or post.permalink:
        return text, ""
    kept = replace(post, aliases=tuple(dict.fromkeys((*post.aliases, before))))
    is_renamed = name_of(docname(old)) != name_of(docname(new))
    if is_renamed and not has_id and settings.base and post.date and not post.is_page and post.id is None:
        kept = replace(kept, id=entry_id(settings.base, docname(old), post.date))
    if new.endswith(".ipynb"):
        values = {"aliases": [*kept.aliases]} | ({"id": kept.id} if kept.id else {})
        with suppress(notebook.LayoutError):
            edited = notebook.with_keys(text, values, old)
            if _read(edited, old, settings) == kept:
                return edited, ""
        return text, f"add `aliases: [{before}]` to the metadata of the notebook to keep its old address"
    if new.endswith(MARKDOWN):
        edited = _edited(text, post, kept)
    else:
        fields = {"aliases": ", ".join(kept.aliases)} | ({"id": kept.id} if kept.id else {})
        edited = restructured_source.with_fields(text, fields)
    if _read(edited, old, settings) != kept:
        wrong = "its front matter can't be edited line by line"
        raise PostdocsError(old, 1, wrong, f"add `aliases: [{before}]` to it yourself, and move it again")
    return edited, ""


def _read(text: str, path: str, settings: Settings) -> Post | None:
    """Return the front matter of a source in any markup; None if it has errors."""
    if path.endswith(".ipynb"):
        text = notebook.as_markdown(text, path)
    is_markdown = path.endswith((*MARKDOWN, ".ipynb"))
    markup = markdown_source if is_markdown else restructured_source
    return frontmatter.read(text, path, settings.zone, markup=markup).post


def _address(name: str, *, is_flat: bool) -> str:
    quoted = quote(name, safe="/" + "".join(sorted({*name} - {*" %#?"})))
    if is_flat:
        return f"/{quoted}.html"
    return f"/{quoted.removesuffix('index')}" if name.endswith("/index") else f"/{quoted}/"


def _edited(text: str, post: Post, kept: Post) -> str:
    """Return a text in Markdown with the aliases and the id that a post is to keep."""
    source = split(text)
    if source.yaml_lines is None:
        return frontmatter.dump(Post(aliases=kept.aliases, id=kept.id)) + "\n" + text
    lines = text.split("\n")
    items = {item.key: item for item in read_yaml(source.yaml, "")}
    margin = re.match(r" *", lines[1])
    new = []
    if "aliases" in items and items["aliases"].value is not None:
        _add(lines, items["aliases"], kept.aliases)
    elif post.aliases != kept.aliases:
        new.append(_line(Post(aliases=kept.aliases)))
    if kept.id != post.id:
        new.append(_line(Post(id=kept.id)))
    end = next(number for number, line in enumerate(lines[1:], 1) if line.startswith(("---", "...")))
    lines[end:end] = [(margin[0] if margin and source.yaml_lines else "") + line for line in new]
    return "\n".join(lines)


def _line(post: Post) -> str:
    return frontmatter.dump(post).split("\n")[1]


def _add(lines: list[str], item: Item, aliases: tuple[str, ...]) -> None:
    """Add the last of the aliases to those that a file has: in brackets, one a line, or a single one."""
    number = item.line - 1
    if not isinstance(item.value, list):
        key = lines[number].partition(":")[0]
        lines[number] = f"{key}: {_line(Post(aliases=aliases)).removeprefix('aliases: ')}"
    elif item.value_lines and item.value_lines[-1] > item.line and "[" not in lines[number]:
        last = item.value_lines[-1] - 1
        dash = re.match(r"\s*-\s+", lines[last])
        lines.insert(last + 1, f"{dash[0] if dash else '- '}{aliases[-1]}")
    elif "]" in lines[number]:
        before, _, rest = lines[number].rpartition("]")
        lines[number] = f"{before}{', ' if item.value else ''}{aliases[-1]}]{rest}"
