"""A fingerprint of everything that pages can show of documents and posts."""

from __future__ import annotations

from pathlib import Path

from postdocs.core.files import files_below
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.output.state import fingerprint


def site_fingerprint(build: Build) -> str:
    """Return what any page may show: tables of contents, and the blog where side bars or templates do so."""
    env = build.env
    listed = {docname for docnames in env.toctree_includes.values() for docname in docnames}
    contents = [
        (name, build.builder.get_target_uri(name), env.titles[name].astext(), env.tocs[name].pformat())
        for name in sorted(listed | {env.config.root_doc})
        if name in env.titles
    ]
    posts = [post.fingerprint for post in build.blog.posts] if _is_blog_everywhere(build) else []
    has_index = build.builder.get_builder_config("use_index", "html")
    return fingerprint(env.toctree_includes, contents, posts, has_index)


def _is_blog_everywhere(build: Build) -> bool:
    """Tell whether side bars or an author's templates may show posts on any page."""
    config, theme = build.config, build.builder.theme
    texts = [str(config.html_sidebars), str(config.html_theme_options), str(theme.sidebar_templates)]
    folders = (
        Path(build.app.confdir, folder) for folder in (*config.templates_path, *config.html_theme_path)
    )
    files = (path for folder in folders for path in files_below(folder) if path.suffix in {".html", ".jinja"})
    texts += (path.read_text(encoding="utf-8", errors="replace") for path in files)
    return any("ablog" in text for text in texts)
