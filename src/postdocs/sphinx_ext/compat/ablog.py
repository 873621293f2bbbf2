"""Removal of the parts of ablog that Postdocs replaces.

Nothing else in Postdocs reaches into ablog. Its directives, settings, templates and addresses stay; reading
posts, pages, feeds and all that it keeps in the process or the environment go.

Private: `ablog.post._update_post_node`, and where Sphinx keeps event handlers, transforms and the flags of
extensions. Why: ablog has no setting that turns its own pages off. Written for ablog 0.11.
`tests/sphinx_ext/defects/` shows with ablog alone what is wrong with each part; when one of them fails, that
part of ablog may serve again.
"""

from __future__ import annotations

from collections.abc import Mapping
from glob import glob
from pathlib import Path, PurePath
from typing import Any

import ablog
import ablog.blog
import ablog.post
from ablog.blog import Blog, Catalog, Collection, Post, slugify
from ablog.post import PostDirective, PostList, PostListDirective, PostNode, UpdateNode
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

__all__ = [
    "CATALOGS",
    "TEMPLATES",
    "Blog",
    "Catalog",
    "Collection",
    "Post",
    "PostList",
    "PostListDirective",
    "PostNode",
    "UpdateNode",
    "let_theme_lay_out_pages",
    "matched_posts",
    "post_node",
    "renders_templates",
    "setup",
    "slugify",
]

_MOST = 1000  # paragraphs, or pictures, of one post

CATALOGS = ("tags", "category", "author", "location", "language")

_TEMPLATES = Path(ablog.__file__).parent / "templates"
# Those that ablog includes in pages, by each of their names; `page.html` is a layout, which gets HTML.
TEMPLATES = frozenset(file.relative_to(_TEMPLATES).as_posix() for file in _TEMPLATES.rglob("*.html")) - {
    "page.html"
}


def setup(app: Sphinx) -> None:
    """Drop ablog's reading of posts, its pages, its feeds and its state; keep directives and settings."""
    kept = {"config-inited", "builder-inited"}
    for name, listeners in app.events.listeners.items():
        for listener in [*listeners]:
            if name not in kept and getattr(listener.handler, "__module__", "").partition(".")[0] == "ablog":
                app.disconnect(listener.id)
    app.registry.transforms.remove(ablog.post.CheckFrontMatter)
    # What made it unsafe is gone with the handlers.
    app.extensions["ablog"].parallel_read_safe = True


def post_node(values: Mapping[str, object], date: str | None) -> PostNode:
    """Return the node that marks a post, as ablog's directive makes it.

    values: by option of the directive; text as in its options, or what it stands for. date: as it is written.
    """
    options: dict[str, object] = {}
    for key, value in values.items():
        convert = PostDirective.option_spec.get(key)
        if convert is directives.flag:
            options |= {} if value in (False, "false", "False") else {key: None}
        elif convert is int:
            options |= {key: min(int(str(value)), _MOST)} if str(value).isdecimal() else {}
        elif convert is str or key == "title":
            options |= {key: str(value).strip()} if value else {}
        elif convert is not None:
            options[key] = [str(v) for v in value] if isinstance(value, list | tuple) else convert(str(value))
    node = PostNode()
    node.update_basic_atts({})
    return ablog.post._update_post_node(node, options, [date] if date else [])  # noqa: SLF001 - its own form


def let_theme_lay_out_pages(app: Sphinx) -> None:
    """Look for ablog's templates after those of a theme that lays out its pages itself, as Furo does.

    ablog puts its own `page.html` before any theme's; it extends `layout.html`, which such a theme has for
    nothing but a warning that it has another one. Only themes that are written for ablog can say so.
    """
    builder: Any = app.builder
    templates, theme = builder.templates, getattr(builder, "theme", None)  # catalogs of messages have none
    folders = (Path(folder) for folder in (theme.get_theme_dirs() if theme else ()))
    if any(folder.name != "basic" and (folder / "page.html").is_file() for folder in folders):
        for loader in [*templates.loaders]:
            if [*map(Path, getattr(loader, "searchpath", []))] == [_TEMPLATES]:
                templates.loaders.remove(loader)
                templates.loaders.append(loader)


def matched_posts(app: Sphinx) -> set[str]:
    """Return the docnames that `blog_post_pattern` makes posts, as ablog understands it."""
    patterns = app.config.blog_post_pattern
    # Not Path.glob: it takes `**` for something else on each Python, and does not enter linked folders.
    paths = (path for pattern in patterns for path in glob(pattern, root_dir=app.srcdir, recursive=True))  # noqa: PTH207
    return {PurePath(path).with_suffix("").as_posix() for path in paths}


def renders_templates(app: Sphinx) -> bool:
    """Tell whether pages are made from templates, of which ablog replaces one; some write their context."""
    return bool(ablog.builder_support(app))
