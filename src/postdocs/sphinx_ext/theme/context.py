"""What the templates of the look know of a page: its contents, the pages around it, styles and scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html._assets import _JavaScript
from sphinx.environment.adapters.toctree import document_toc

from postdocs.sphinx_ext.theme.theme import STYLE, applies

_LEVELS = 2  # of headings in a page's contents
_REPLACED = {"_static/pygments.css", "_static/styles/pydata-sphinx-theme.css", "_static/postdocs.css"}
_KNOWN = {
    *("_static/documentation_options.js", "_static/clipboard.min.js", "_static/copybutton.js"),
    *("_static/look.js", "_static/search.js"),
}
_ANY = ""  # what the names of all templates end in
_OPTIONS = re.compile(r"DOCUMENTATION_OPTIONS\.(pagename|search_as_you_type) = [^\n]*;")


def add_contents(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates the contents of the page and the pages of its section, before the theme asks."""
    if applies(app):
        context.setdefault("default_mode", "auto")
        # The theme would render each part to see if it is empty, and then once more; our layout sees to that.
        context["theme_templates_skip_empty_check"] = [_ANY]
        context["page_contents"] = cache(lambda: _contents(app, pagename))
        context["section_pages"] = [*_section(app, pagename, context["pathto"])]


def choose_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Leave of the styles and scripts those that are needed, after the theme has added its own."""
    if not applies(app):
        return
    if not context["section_pages"]:
        emptied = {"sidebar-nav-bs.html", "sidebar-collapse.html"}
        context["sidebars"] = [name for name in context.get("sidebars") or [] if name not in emptied]
    styles = [style for style in context["css_files"] if _file(style) not in _REPLACED]
    context["css_files"] = sorted(styles, key=lambda style: _file(style) != f"_static/{STYLE}")
    scripts = [script for script in context["script_files"] if not _is_of_theme(script)]
    if all(_file(script) in _KNOWN for script in scripts):
        # Nobody else's script may ask for being run at once. Pages share the objects.
        scripts = [_deferred(script) for script in scripts]
    context["script_files"] = scripts


def _file(asset: Any) -> str:
    return str(getattr(asset, "filename", asset) or "")


def _is_of_theme(script: Any) -> bool:
    return bool(_OPTIONS.fullmatch(getattr(script, "attributes", {}).get("body") or ""))


def _deferred(script: Any) -> _JavaScript:
    return _JavaScript(script.filename, priority=script.priority, **{**script.attributes, "defer": "defer"})


def _contents(app: Sphinx, pagename: str) -> str:
    """Return a page's headings below its title, as lists of HTML; "" where there are none."""
    if pagename not in app.env.tocs:
        return ""
    contents = document_toc(app.env, pagename, app.tags)
    titles = [*contents.children]
    lists = [*titles[0].findall(nodes.bullet_list)][:1] if len(titles) == 1 else [contents]
    for inner in lists:
        for deeper in [*inner.findall(nodes.bullet_list)]:
            if _depth(deeper, inner) >= _LEVELS:
                deeper.parent.remove(deeper)
    return "".join(app.builder.render_partial(inner)["fragment"] for inner in lists)  # type: ignore[attr-defined]  # builders of HTML can


def _depth(inner: nodes.Node, outer: nodes.Node) -> int:
    depth = 0
    while inner is not outer and inner is not None:
        inner = inner.parent
        depth += isinstance(inner, nodes.bullet_list)
    return depth


def _section(app: Sphinx, pagename: str, pathto: Callable[[str], str]) -> Iterator[dict[str, Any]]:
    """Yield the pages of a page's part of the site; those on the way to it have what is below them."""
    relations = app.builder.relations  # type: ignore[attr-defined]  # builders of HTML have them
    path = [pagename]
    while (above := (relations.get(path[-1]) or [None])[0]) and above not in path:
        path.append(above)
    if len(path) > 1 and path[-1] == app.config.root_doc:
        yield from _below(app, path[-2], {*path}, pathto, pagename)


def _below(
    app: Sphinx, docname: str, path: set[str], pathto: Callable[[str], str], here: str
) -> Iterator[dict[str, Any]]:
    for toctree in app.env.tocs[docname].findall(addnodes.toctree):
        for title, target in toctree["entries"]:
            is_elsewhere = "://" in target
            at = docname if target == "self" else target
            if not is_elsewhere and at not in app.env.titles:
                continue
            is_on_path = at in path and at != docname
            yield {
                "title": title or (at if is_elsewhere else app.env.titles[at].astext()),
                "link": at if is_elsewhere else pathto(at),
                "is_elsewhere": is_elsewhere,
                "is_current": is_on_path,
                "is_here": at == here,
                "below": [*_below(app, at, path, pathto, here)] if is_on_path else [],
            }
