"""What pages show of others, as data: when it is the same, they need not be written again."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from postdocs.sphinx_ext.blog.blog import blog_of
from postdocs.sphinx_ext.compat.ablog import CATALOGS, BlogPost, Collection
from postdocs.sphinx_ext.output.files import files_below
from postdocs.sphinx_ext.output.state import fingerprint


def of_post(app: Sphinx, post: BlogPost) -> list[object]:
    """Return what lists, neighbours and its own page show of a post, and where they link for it."""
    labels = [[of_collection(app, found) for found in getattr(post, name)] for name in CATALOGS]
    return [app.builder.get_target_uri(post.docname), post.draft, labels, str(post.entry)]


def of_collection(app: Sphinx, collection: Collection) -> list[str]:
    """Return the name of a collection, and where links to it lead."""
    return [str(collection), app.builder.get_target_uri(collection.docname)]


def of_site(app: Sphinx) -> str:
    """Return what any page may show: tables of contents, and the blog where side bars or templates do so."""
    env = app.env
    listed = {docname for found in env.toctree_includes.values() for docname in found}
    contents = [
        (name, app.builder.get_target_uri(name), env.titles[name].astext(), env.tocs[name].pformat())
        for name in sorted(listed | {env.config.root_doc})
        if name in env.titles
    ]
    posts = [post.fingerprint for post in blog_of(app).posts] if _is_blog_everywhere(app) else []
    has_index = app.builder.get_builder_config("use_index", "html")
    return fingerprint(env.toctree_includes, contents, posts, has_index)


def _is_blog_everywhere(app: Sphinx) -> bool:
    """Tell whether side bars or an author's templates may show posts on any page."""
    config, theme = app.config, app.builder.theme  # type: ignore[attr-defined]  # builders of HTML have one
    texts = [str(config.html_sidebars), str(config.html_theme_options), str(theme.sidebar_templates)]
    own = (Path(app.confdir, folder) for folder in (*config.templates_path, *config.html_theme_path))
    files = (path for folder in own for path in files_below(folder) if path.suffix in {".html", ".jinja"})
    texts += (path.read_text(encoding="utf-8", errors="replace") for path in files)
    return any("ablog" in text for text in texts)
