"""The phases of a build: the events of Sphinx in order, with their steps.

To add a step, write a function that takes the `Build` and what the event passes on, and list it here. Steps
of one event run in the order of their priorities; those with the same one, in the order of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from sphinx.application import Sphinx

from postdocs.sphinx_ext import config
from postdocs.sphinx_ext.blog import xrefs
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat import (
    document_settings,
    gc_tuning,
    heading_attributes,
    heading_ids,
    heads,
    html_ids,
    image_names,
    log_level,
    opengraph,
    packed_contents,
    process_scope,
)
from postdocs.sphinx_ext.feeds import articles as feed_articles
from postdocs.sphinx_ext.feeds import writer
from postdocs.sphinx_ext.fonts import steps as fonts
from postdocs.sphinx_ext.head import bibliography, meta, sitemap, social
from postdocs.sphinx_ext.images import steps as images
from postdocs.sphinx_ext.math import ahead, labels, renderer, set_formulas
from postdocs.sphinx_ext.math import html as math_html
from postdocs.sphinx_ext.pages import books, context, directives, intro, settings_targets, templates
from postdocs.sphinx_ext.planning import rebuild
from postdocs.sphinx_ext.reading import (
    code_blocks,
    comments,
    descriptions,
    doctrees,
    embeds,
    entry_ids,
    figures,
    frontmatter,
    heading_links,
    includes,
    markup,
    nested_headings,
    references,
    shown_image,
    side_notes,
    stamps,
    widgets,
)
from postdocs.sphinx_ext.remedies import log_filter, setting_filter
from postdocs.sphinx_ext.search import articles, output
from postdocs.sphinx_ext.search import page as search_page
from postdocs.sphinx_ext.theme import context as theme_context
from postdocs.sphinx_ext.theme import steps as theme
from postdocs.sphinx_ext.theme import translator
from postdocs.sphinx_ext.urls import redirects, registry


@dataclass(frozen=True)
class Step:
    """A function that runs in an event.

    run: takes the build, or the application, and what the event passes on. priority: as Sphinx has it, the
    lowest first. html_only: whether it is left out where no site of HTML is made. takes_app: whether it takes
    the application and needs nothing that a build finds out.
    """

    run: Callable[..., Any]
    priority: int = 500
    html_only: bool = False
    takes_app: bool = False


@dataclass(frozen=True)
class Phase:
    """An event of Sphinx: what it means for us, and the steps in it."""

    event: str
    about: str
    steps: tuple[Step, ...]


def _html(run: Callable[..., Any], priority: int = 500) -> Step:
    return Step(run, priority, html_only=True)


def _app(run: Callable[..., Any], priority: int = 500) -> Step:
    return Step(run, priority, takes_app=True)


PHASES = (
    Phase(
        "config-inited",
        "The settings are known.",
        (
            _app(setting_filter.install, 390),
            _app(config.check_settings, 400),
            _app(renderer.add_renderer),
            _app(theme.refuse_whole_theme),
            _app(theme.add_components),
        ),
    ),
    Phase(
        "builder-inited",
        "The builder and the environment of the build before are loaded.",
        (
            _app(packed_contents.pack, 0),
            _html(ahead.start, 0),  # all that follows gives it time
            _app(image_names.use_path_names),
            Step(log_filter.install, 100),
            Step(references.read_files, 110),
            Step(references.check_roles, 110),
            Step(side_notes.add_directive, 120),
            Step(search_page.add_script),
            Step(templates.add_templates, 900),
            Step(heads.complete, 900),
            Step(translator.install, 900),
            _app(theme.add_files, 910),
            _html(rebuild.load_state, 950),
            Step(Build.keep_icons_apart, 999),
        ),
    ),
    Phase(
        "env-get-outdated",
        "Sphinx knows which documents are new or changed.",
        (
            Step(rebuild.on_rebuild, 100),
            Step(references.read_files_again, 150),
            Step(entry_ids.read_ids, 200),
            Step(heading_ids.withdraw_labels),
            Step(frontmatter.read_posts),
            Step(registry.assign_permalinks, 600),
        ),
    ),
    Phase(
        "env-before-read-docs",
        "It is decided which documents are read.",
        (Step(frontmatter.note_documents),),
    ),
    Phase(
        "source-read",
        "Sphinx reads the text of a document.",
        (Step(Build.begin_document, 0), Step(markup.check, 400), Step(frontmatter.type_source)),
    ),
    Phase(
        "include-read",
        "A document includes the text of a file.",
        (Step(includes.leave_out_circles),),
    ),
    Phase(
        "doctree-read",
        "A document is parsed.",
        (
            Step(references.add_references, 290),  # before what looks at links and sections
            Step(shown_image.show_image, 295),
            Step(widgets.keep_text, 300),
            Step(code_blocks.accept_invalid, 300),
            Step(nested_headings.keep_levels, 300),
            Step(embeds.keep_proportions, 380),
            Step(math_html.read_formulas, 390),  # before what looks at HTML or formulas
            Step(images.name_files, 400),  # before Sphinx looks for them
            Step(images.collect_html_images),
            Step(labels.name_equations),
            Step(side_notes.title_notes),
            Step(figures.note_figures),
            Step(heading_links.unlink_titles, 600),  # after Sphinx has listed the headings
            _app(html_ids.note_ids),
            Step(doctrees.record_posts),
            Step(comments.read_comments),
            Step(directives.note_lists),
            Step(descriptions.record_beginning),
        ),
    ),
    Phase(
        "env-merge-info",
        "What another process has read is known here as well.",
        (_app(packed_contents.merge, 0),),
    ),
    Phase(
        "env-updated",
        "All documents have been read.",
        (
            Step(frontmatter.leave_out_hidden, 400),
            Step(heading_ids.make_labels),
            _html(images.collect_images),
            Step(rebuild.strip_section_numbers),
            Step(rebuild.connect_posts),
            Step(stamps.note_stamps),
            Step(entry_ids.check_use),
            Step(Build.freeze_heap, 999),
        ),
    ),
    Phase(
        "env-get-updated",
        "It is decided which pages are written.",
        (Step(figures.number_figures, 700), Step(rebuild.stale_documents, 900)),
    ),
    Phase(
        "missing-reference",
        "A reference of a document leads nowhere that Sphinx knows.",
        (Step(xrefs.resolve_xref),),
    ),
    Phase(
        "doctree-resolved",
        "The references of a document are resolved.",
        (
            _html(ahead.take),
            _html(renderer.start_engine),
            _html(images.copy_from_html),
            Step(directives.fill_lists),
            Step(intro.place_intro),
            Step(books.add_posts),
            Step(references.tell_documents_apart),
        ),
    ),
    Phase(
        "html-page-context",
        "A page is about to be written.",
        (
            Step(Build.begin_page, 0),
            _app(theme_context.add_contents, 100),
            _html(opengraph.prefer_summary, 400),
            _html(articles.keep_article, 400),
            _html(search_page.add_page, 400),
            _html(feed_articles.keep_articles, 400),
            Step(fonts.keep_letters, 400),
            Step(context.add_page_context),
            _html(redirects.add_script),
            _html(social.draw_card),
            _html(meta.add_metadata, 600),
            _app(theme_context.choose_assets, 900),
            _app(heads.escape_titles, 900),
            _app(set_formulas.forget_formulas, 999),
        ),
    ),
    Phase(
        "html-collect-pages",
        "All documents are written; pages without one, and other files, follow.",
        (
            _html(rebuild.note_late_assets),
            _html(context.write_lists),
            _html(redirects.write_redirects),
            _html(writer.write_feeds),
            _html(social.write_cards),
            _html(bibliography.write_bibliography),
            _html(images.publish_portraits_and_covers),
            _html(sitemap.write_sitemap),
            _html(fonts.write_fonts),  # by another process, beside the index
            _html(output.write_index),
        ),
    ),
    Phase(
        "build-finished",
        "The output is whole.",
        (
            Step(fonts.write_fonts_of_others, 600),
            _html(settings_targets.check, 550),
            Step(templates.remove_unused_assets, 600),
            _html(search_page.remove_scripts, 600),
            _app(theme.remove_pygments_css, 700),
            _html(images.publish_copies, 800),
            _html(rebuild.finish, 900),
        ),
    ),
)


class _Session:
    """Hands the build of an application to each step; from `builder-inited` on there is one."""

    build: Build

    def __init__(self) -> None:
        self.heap = gc_tuning.FrozenHeap()

    def begin(self, app: Sphinx) -> None:
        """Make the build."""
        self.build = Build(app, self.heap)

    def handler(self, phase: Phase, step: Step) -> Callable[..., Any]:
        """Return what Sphinx calls for a step."""

        def handle(app: Sphinx, *args: Any) -> Any:
            return step.run(self.build, *args) if self.build.html or not step.html_only else None

        def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
            """Yield the pages of a step once those before are written, unless the site is as it was."""
            if self.build.html and not self.build.state.is_up_to_date:
                yield from step.run(self.build) or ()

        if step.takes_app:
            return step.run
        return pages if phase.event == "html-collect-pages" else handle


def setup(app: Sphinx) -> None:
    """Connect all steps to the events of Sphinx."""
    session = _Session()
    gc_tuning.setup(app)
    process_scope.build_within(
        app,
        document_settings.cached_settings,
        heading_attributes.with_heading_ids,
        lambda: session.heap,
        lambda: session.build.formulas_ahead or nullcontext(),
        partial(log_level.shown_only, app),
    )
    app.connect("builder-inited", session.begin, priority=0)
    for phase in PHASES:
        for step in phase.steps:
            app.connect(phase.event, session.handler(phase, step), priority=step.priority)
