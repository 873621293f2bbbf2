"""Template context of the theme: contents of a page, surrounding pages, styles, and scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment.adapters.toctree import document_toc

from postdocs.sphinx_ext.compat.theme import deferred, is_of_parent
from postdocs.sphinx_ext.theme.theme import SCRIPT, is_used

_LEVELS = 2  # of headings in a page's contents
_OF_SECTION = {"sidebar-nav-bs.html", "sidebar-collapse.html"}  # components with nothing in them elsewhere
# Scripts that can run after the page is parsed; none of them is needed by one that can't.
_DEFERRABLE = {
    f"_static/{name}"
    for name in ("documentation_options.js", "clipboard.min.js", "copybutton.js", SCRIPT, "search.js")
}

_CODE = "div.highlight pre"  # where sphinx-copybutton puts its buttons by default
_COPY_BUTTONS = {"_static/clipboard.min.js", "_static/copybutton.js", "_static/copybutton.css"}


def add_contents(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates the contents of the page and the pages of its section, before the theme asks."""
    if is_used(app):
        context.setdefault("default_mode", "auto")
        context["page_contents"] = cache(lambda: _contents(app, pagename))
        context["section_parts"] = [*_section(app, pagename, context["pathto"])]


def choose_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Keep the styles and scripts that are needed, after the parent has added its own."""
    if not is_used(app):
        return
    if not context["section_parts"]:
        context["sidebars"] = [name for name in context.get("sidebars") or [] if name not in _OF_SECTION]
    context["css_files"] = [style for style in context["css_files"] if _file(style) != "_static/pygments.css"]
    scripts = [script for script in context["script_files"] if not is_of_parent(script)]
    if all(_file(script) in _DEFERRABLE for script in scripts):
        # Any other script may need those before it to have run.
        context["script_files"] = [deferred(script) for script in scripts]
        _delay_copy_buttons(app, context)
    else:
        context["script_files"] = scripts


def _delay_copy_buttons(app: Sphinx, context: dict[str, Any]) -> None:
    """Load what makes copy buttons only with code, and when a reader has some on the screen."""
    if getattr(app.config, "copybutton_selector", "") != _CODE:
        return
    late: dict[str, list[Any]] = {}
    for kind in ("css_files", "script_files"):
        late[kind] = [asset for asset in context[kind] if _file(asset) in _COPY_BUTTONS]
        context[kind] = [asset for asset in context[kind] if _file(asset) not in _COPY_BUTTONS]
    has_some = "<pre" in (context.get("body") or "") and any(late.values())
    context["late_assets"] = late if has_some else {}


def _file(asset: Any) -> str:
    return str(getattr(asset, "filename", asset) or "")


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
    """Yield the tables of contents of a page's section: caption, and pages with those below on its path."""
    relations = app.builder.relations  # type: ignore[attr-defined]  # builders of HTML have them
    path = [pagename]
    while (above := (relations.get(path[-1]) or [None])[0]) and above not in path:
        path.append(above)
    if len(path) > 1 and path[-1] == app.config.root_doc:
        for toctree in app.env.tocs[path[-2]].findall(addnodes.toctree):
            if pages := [*_entries(app, toctree, {*path}, pathto, pagename)]:
                yield {"caption": toctree.get("caption") or "", "pages": pages}


def _entries(
    app: Sphinx, toctree: addnodes.toctree, path: set[str], pathto: Callable[[str], str], here: str
) -> Iterator[dict[str, Any]]:
    docname = toctree["parent"]
    for title, target in toctree["entries"]:
        is_elsewhere = "://" in target
        at = docname if target == "self" else target
        if not is_elsewhere and at not in app.env.titles:
            continue
        is_on_path = at in path and at != docname
        below = app.env.tocs[at].findall(addnodes.toctree) if is_on_path else ()
        yield {
            "title": title or (at if is_elsewhere else app.env.titles[at].astext()),
            "link": at if is_elsewhere else pathto(at),
            "is_elsewhere": is_elsewhere,
            "is_current": is_on_path,
            "is_here": at == here,
            "below": [entry for tree in below for entry in _entries(app, tree, path, pathto, here)],
        }
