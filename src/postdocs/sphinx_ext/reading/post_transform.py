"""Marks posts in a document when it is parsed, by front matter or by ablog's directive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from postdocs.sphinx_ext.compat.ablog import PostNode, post_node
from postdocs.sphinx_ext.reading.domain import domain_of
from postdocs.sphinx_ext.reading.notices import note_undated, note_unusual
from postdocs.sphinx_ext.reading.source_kinds import is_markdown, is_notebook, is_restructured, markup_of

logger = logging.getLogger(__name__)


class PostTransform(SphinxTransform):
    """Mark what front matter makes a post, with lists as lists; ablog's own reading of it sees text only."""

    default_priority = 799

    def apply(self, **kwargs: object) -> None:
        """Put ablog's node for the post where ablog would have put it."""
        self._add_title()
        values, date = self._values()
        if values is None:
            return
        marked = [*self.document.findall(PostNode)]
        if marked and self._takes_directives():
            self._fill(marked, values, date)
            return
        for directive in marked:
            message = "the front matter makes this a post; remove the directive"
            logger.warning(message, location=directive, type="postdocs", subtype="post")
            directive.parent.remove(directive)
        section = next(iter(self.document.findall(nodes.section)), None)
        if section is None:
            self._refuse("title: it is missing that can be shown; write it in the front matter")
            return
        if self._is_undated() and not self.config.postdocs_strict:
            note_undated(self.config, (self.env.docname, 1))
            return
        if self._is_undated():
            line = markup_of(self.config, self.env.doc2path(self.env.docname)).line
            date_line, draft_line = line("date", "YYYY-MM-DD"), line("draft", "true")
            self._refuse(f"date: it is missing; add a line `{date_line}`, or `{draft_line}`")
        node = post_node(values, date)
        node.document = self.document
        section.append(node)

    def _add_title(self) -> None:
        """Show the title of a post in reStructuredText that is in its fields only."""
        docname, document = self.env.docname, self.document
        post = domain_of(self.env).posts.get(docname)
        if not (post and post.title) or not is_restructured(self.config, self.env.doc2path(docname)):
            return
        titles = (title.astext() for title in document.findall(nodes.title))
        unseen = nodes.PreBibliographic
        first = document.first_child_not_matching_class(unseen)  # type: ignore[arg-type]  # a mixin of nodes
        begins = first is not None and isinstance(document[first], nodes.section)
        if begins or any(title.casefold() == post.title.casefold() for title in titles):
            return
        kept = 0 if first is None else first + isinstance(document[first], nodes.docinfo)
        section = nodes.section("", nodes.title(post.title, post.title), *document[kept:])
        section["names"].append(nodes.fully_normalize_name(post.title))
        document[kept:] = [section]
        document.note_implicit_target(section, section)

    def _takes_directives(self) -> bool:
        """Tell whether directives say what is a post, and the front matter only what they leave out."""
        return not self.config.postdocs_strict or self._is_undated()

    def _is_undated(self) -> bool:
        """Tell whether the front matter of a post leaves it to a directive to say when it was published."""
        post = domain_of(self.env).posts.get(self.env.docname)
        return bool(post and not post.date and not post.draft)

    def _fill(self, marked: Sequence[PostNode], values: Mapping[str, object], date: str | None) -> None:
        """Give the one directive of a document what only the front matter says; of several, each is whole."""
        post = domain_of(self.env).posts.get(self.env.docname)
        if date or (post and post.date):
            message = "the front matter makes this a post, and so does the directive, which goes first"
            message = f"{message}; remove one of the two"
            note_unusual(self.config, message, marked[0])
        if len(marked) == 1:
            (directive,) = marked
            for name, value in post_node(values, date).attributes.items():
                if not directive.get(name):
                    directive[name] = value

    def _refuse(self, message: str) -> None:
        """Tell of a post that can't be one; `leave_out_hidden` lets the build fail."""
        domain_of(self.env).faults[self.env.docname] = True
        logger.warning(message, location=(self.env.docname, 1), type="postdocs", subtype="post")

    def _values(self) -> tuple[dict[str, object] | None, str | None]:
        """Return what the front matter says of a post, and its date as text; None where it makes none."""
        docname = self.env.docname
        post = domain_of(self.env).posts.get(docname)
        if post and post.is_page:
            return None, None
        if post:
            options = {name: getattr(post, name) for name in ("title", "tags", "category", "author")}
            options |= {"image": post.image} if isinstance(post.image, int) else {}
            options |= {"language": post.language} if post.language else {}
            return {**post.extra, **options}, None  # its date is in the front matter, which is kept
        docinfo = next(iter(self.document.findall(nodes.docinfo)), None)
        matched = docname in self.config.matched_blog_posts
        if docinfo is None and matched and next(iter(self.document.findall(PostNode)), None) is None:
            message = (
                "post: `blog_post_pattern` makes it one, but it has no field `date` and no `post` directive"
            )
            note_unusual(self.config, f"{message}; add one", (docname, 1))
        if docinfo is None:
            return None, None
        fields = {
            field[0].astext(): field[1].astext() for field in docinfo.findall(nodes.field) if len(field) > 1
        }
        special = docinfo.findall(lambda node: isinstance(node, nodes.author | nodes.date))
        # docutils makes nodes of their own of these fields.
        fields |= {node.__class__.__name__: node.astext() for node in special}
        # Markdown has fields too: those of a page's front matter, or of an `eval-rst` block at the beginning.
        path = self.env.doc2path(docname)
        has_front_matter = is_markdown(self.config, path) or is_notebook(path)
        is_page = has_front_matter and fields.get("blogpost") == "False"
        if is_page or ("blogpost" not in fields and not matched):
            return None, None
        return dict(fields), fields.get("date")


def setup(app: Sphinx) -> None:
    """Mark posts when a document is parsed."""
    app.add_transform(PostTransform)
