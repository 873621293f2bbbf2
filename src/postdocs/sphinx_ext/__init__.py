"""What the site adds to ablog: a Sphinx extension."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

import postdocs
from postdocs.sphinx_ext import builders, config, search, theme
from postdocs.sphinx_ext.blog import blog, xrefs
from postdocs.sphinx_ext.builders import html_of
from postdocs.sphinx_ext.compat import ablog, gc_tuning, sphinx_patches
from postdocs.sphinx_ext.feeds import writer
from postdocs.sphinx_ext.feeds.model import rfc3339
from postdocs.sphinx_ext.head import meta, sitemap, social
from postdocs.sphinx_ext.images.writing import add as add_pictures
from postdocs.sphinx_ext.pages import context, directives, titles
from postdocs.sphinx_ext.planning import rebuild
from postdocs.sphinx_ext.reading import dates, frontmatter, records
from postdocs.sphinx_ext.reading.domain import PostdocsDomain
from postdocs.sphinx_ext.urls import redirects, registry

HERE = Path(__file__).parent


def _add_files(app: Sphinx) -> None:
    """Put our templates before ablog's and after the author's own; add the style sheet."""
    templates = getattr(app.builder, "templates", None)
    if templates is not None:
        from jinja2 import FileSystemBytecodeCache  # noqa: PLC0415 - only builders of HTML need them
        from sphinx.jinja2glue import SphinxFileSystemLoader  # noqa: PLC0415

        templates.environment.filters["rfc3339"] = rfc3339
        compiled = Path(app.doctreedir, "postdocs-templates")
        compiled.mkdir(parents=True, exist_ok=True)
        templates.environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        templates.loaders.insert(templates.templatepathlen, SphinxFileSystemLoader(HERE / "templates"))
        app.config.html_static_path.append(str(HERE / "static"))
        app.add_css_file("postdocs.css")


def _tidy(app: Sphinx, exception: Exception | None) -> None:
    """Take from the output what Sphinx and the theme leave there for nobody."""
    for name in ("_static/webpack-macros.html", ".buildinfo.bak"):
        Path(app.outdir, name).unlink(missing_ok=True)
    if builder := html_of(app):
        Path(app.outdir, ".buildinfo").unlink(missing_ok=True)  # the state of the site knows more
        for folder in (Path(folder, "static") for folder in builder.theme.get_theme_dirs()):
            for path in folder.rglob("*.map"):  # of scripts and styles, which readers do not write
                Path(app.outdir, "_static", path.relative_to(folder)).unlink(missing_ok=True)
    sources = Path(app.outdir, "_sources")
    if sources.is_dir() and not any(sources.iterdir()):
        sources.rmdir()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension, and ablog with it."""
    gc_tuning.begin(app)
    app.setup_extension("ablog")
    ablog.adapt(app)
    config.add(app)
    builders.add(app)
    app.add_domain(PostdocsDomain)
    add_pictures(app)
    app.setup_extension("postdocs.sphinx_ext.math.mathml")
    app.add_directive("recent-posts", directives.RecentPosts)
    app.add_directive("postlist", directives.CheckedPostList, override=True)
    app.add_node(directives.RecentPostsNode)
    app.add_node(dates.DateNode, html=(dates.visit, dates.depart))
    app.add_transform(records.PostTransform)

    app.connect("builder-inited", _add_files, priority=900)
    app.connect("builder-inited", sphinx_patches.install)
    app.connect("builder-inited", rebuild.begin, priority=950)

    app.connect("env-get-outdated", rebuild.begin_again, priority=100)
    app.connect("env-get-outdated", blog.forget, priority=100)
    app.connect("env-get-outdated", frontmatter.read_posts, priority=500)
    app.connect("env-get-outdated", registry.set_permalinks, priority=600)
    app.connect("source-read", frontmatter.type_source)
    app.connect("doctree-read", records.record)
    app.connect("doctree-read", directives.note_lists)
    app.connect("doctree-read", titles.record)

    app.connect("env-updated", frontmatter.leave_out_hidden, priority=400)
    app.connect("env-updated", rebuild.forget_numbers)
    app.connect("env-updated", xrefs.name_posts)
    app.connect("env-updated", frontmatter.note_stamps)
    app.connect("env-updated", writer.check_ids)
    app.connect("env-get-updated", rebuild.stale_documents, priority=900)

    app.connect("missing-reference", xrefs.resolve)
    app.connect("doctree-resolved", directives.resolve)
    app.connect("html-page-context", context.add_context)
    app.connect("html-page-context", redirects.add_script)
    app.connect("html-page-context", social.draw)
    app.connect("html-page-context", meta.add_context, priority=600)  # when all others have said their part
    for collect in (context.collect, redirects.write_redirects, writer.write, social.write, sitemap.write):
        app.connect("html-collect-pages", rebuild.unless_kept(collect))
    app.connect("build-finished", _tidy, priority=600)
    theme.setup(app)
    search.setup(app)
    app.connect("build-finished", rebuild.finish, priority=900)
    return {
        "version": postdocs.__version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
