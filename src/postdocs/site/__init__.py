"""What the site adds to ablog: a Sphinx extension."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

import postdocs
from postdocs.site import ablog, feeds, frontmatter, pages, rebuild

HERE = Path(__file__).parent


def _add_files(app: Sphinx) -> None:
    """Put our templates before ablog's and after the author's own; add the style sheet."""
    templates = getattr(app.builder, "templates", None)
    if templates is not None:
        from sphinx.jinja2glue import SphinxFileSystemLoader  # noqa: PLC0415 - only builders of HTML need it

        templates.loaders.insert(templates.templatepathlen, SphinxFileSystemLoader(HERE / "templates"))
        app.config.html_static_path.append(str(HERE / "static"))
        app.add_css_file("postdocs.css")


def _tidy(app: Sphinx, exception: Exception | None) -> None:
    """Take from the output what Sphinx and the theme leave there for nobody."""
    Path(app.outdir, "_static", "webpack-macros.html").unlink(missing_ok=True)
    sources = Path(app.outdir, "_sources")
    if sources.is_dir() and not any(sources.iterdir()):
        sources.rmdir()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension, and ablog with it."""
    app.setup_extension("ablog")
    ablog.adapt(app)
    app.add_config_value("postdocs_timezone", "UTC", "env", str, "Time zone of dates that name no offset.")
    app.add_config_value("postdocs_drafts", False, "env", bool, "Whether drafts and future posts are built.")
    app.add_config_value(
        "postdocs_navbar",
        [("Posts", "blog"), ("Archive", "blog/archive"), ("Tags", "blog/tag")],
        "html",
        (list, tuple),
        "Pairs of a text and a docname, or a file of the output, for the navigation bar.",
    )
    app.add_directive("recent-posts", pages.RecentPosts)
    app.add_node(pages.RecentPostsNode)
    app.add_transform(frontmatter.PostTransform)

    app.connect("config-inited", frontmatter.check_config)
    app.connect("builder-inited", _add_files, priority=900)
    app.connect("env-get-outdated", frontmatter.read_posts)
    app.connect("source-read", frontmatter.type_source)
    app.connect("doctree-read", frontmatter.type_dates, priority=400)
    app.connect("doctree-read", frontmatter.complete_record, priority=600)
    app.connect("env-updated", rebuild.stale_pages)
    app.connect("doctree-resolved", pages.list_recent)
    app.connect("html-collect-pages", pages.collect)
    app.connect("html-collect-pages", feeds.write)
    app.connect("html-page-context", pages.add_context)
    app.connect("build-finished", _tidy)
    # ablog reads one after another, and so does what adds to its records.
    return {"version": postdocs.__version__, "parallel_read_safe": False, "parallel_write_safe": True}
