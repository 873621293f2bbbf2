"""Records of posts in the environment, exact after every change and safe in parallel builds."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from postdocs.core.post import Post
from postdocs.sphinx_ext.images.paths import sources_in_html
from postdocs.sphinx_ext.reading.archived_comment import ArchivedComment
from postdocs.sphinx_ext.reading.records import PostRecord


class PostdocsDomain(Domain):
    """The records of Postdocs, each by the docname that it was made from."""

    name = "postdocs"
    label = "Postdocs"
    data_version = 14
    initial_data: ClassVar[dict[str, Any]] = {
        "posts": {},  # docname: the checked front matter of a Markdown post
        "records": {},  # docname: the posts that were read from it
        "targets": {},  # docname: what its cross-references name
        "beginnings": {},  # docname: its first paragraph, as it describes the document
        "refers": {},  # docname: whether words of that are those of what it refers to
        "unlisted": {},  # docname: whether its author keeps it out of search engines
        "formulas": {},  # docname: whether it has any
        "stubs": {},  # docname: whether it has nothing but a title
        "faults": {},  # docname: whether a post of it can't be read
        "lists": {},  # docname: whether the lists of posts that it shows have excerpts
        "comments": {},  # docname: those of the old site, in threads
        "heading_ids": {},  # docname: the place and the text of headings, by ids that their author gave them
        "figures": {},  # docname: the ids of what can be numbered in it, by the kind of Sphinx
        "stamps": {},  # docname: time and size of its files
        "toolchain": "",  # what read all this
        "names": {},  # label that a post has from its file: its docname
        "shared": {},  # name: the docnames of the posts whose files are called so
    }
    _read_from_documents = (
        "records",
        "targets",
        "beginnings",
        "refers",
        "unlisted",
        "formulas",
        "stubs",
        "faults",
        "lists",
        "comments",
        "heading_ids",
        "figures",
    )

    @property
    def posts(self) -> dict[str, Post]:
        """The checked front matter of each post, drafts included."""
        posts: dict[str, Post] = self.data["posts"]
        return posts

    @property
    def records(self) -> dict[str, tuple[PostRecord, ...]]:
        """The posts of each document."""
        records: dict[str, tuple[PostRecord, ...]] = self.data["records"]
        return records

    @property
    def figures(self) -> dict[str, dict[str, list[str]]]:
        """The ids of what can be numbered in each document, by the kind of Sphinx, such as `figure`."""
        figures: dict[str, dict[str, list[str]]] = self.data["figures"]
        return figures

    @property
    def heading_ids(self) -> dict[str, dict[str, tuple[str, str]]]:
        """The ids that authors gave to headings of each document: the HTML id and the text of each."""
        ids: dict[str, dict[str, tuple[str, str]]] = self.data["heading_ids"]
        return ids

    @property
    def comments(self) -> dict[str, tuple[ArchivedComment, ...]]:
        """The comments of each document that has some from its old site, in threads."""
        comments: dict[str, tuple[ArchivedComment, ...]] = self.data["comments"]
        return comments

    @property
    def targets(self) -> dict[str, tuple[str, ...]]:
        """What the cross-references of each document name, as they are written."""
        targets: dict[str, tuple[str, ...]] = self.data["targets"]
        return targets

    @property
    def beginnings(self) -> dict[str, str]:
        """How each document begins."""
        beginnings: dict[str, str] = self.data["beginnings"]
        return beginnings

    @property
    def refers(self) -> dict[str, bool]:
        """The documents whose beginnings lack words, which are those of what they refer to."""
        refers: dict[str, bool] = self.data["refers"]
        return refers

    @property
    def unlisted(self) -> dict[str, bool]:
        """The documents whose authors keep them out of search engines."""
        unlisted: dict[str, bool] = self.data["unlisted"]
        return unlisted

    @property
    def formulas(self) -> dict[str, bool]:
        """The documents with formulas."""
        formulas: dict[str, bool] = self.data["formulas"]
        return formulas

    @property
    def stubs(self) -> dict[str, bool]:
        """The documents with nothing but a title."""
        stubs: dict[str, bool] = self.data["stubs"]
        return stubs

    @property
    def faults(self) -> dict[str, bool]:
        """The documents of which a post can't be read."""
        faults: dict[str, bool] = self.data["faults"]
        return faults

    @property
    def lists(self) -> dict[str, bool]:
        """The documents that show lists of posts: whether with excerpts, and what these refer to."""
        lists: dict[str, bool] = self.data["lists"]
        return lists

    def clear_doc(self, docname: str) -> None:
        """Forget what was read from a document."""
        for kind in (*self._read_from_documents, "stamps"):
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        for kind in self._read_from_documents:
            self.data[kind] |= {name: value for name, value in otherdata[kind].items() if name in docnames}

    def resolve_any_xref(self, *args: object) -> list[tuple[str, nodes.reference]]:
        """Return nothing: posts are referred to as documents, and by labels of the standard domain."""
        return []

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note what the cross-references of a document name."""
        named = {str(node.get("reftarget", "")) for node in document.findall(addnodes.pending_xref)}
        linked = {str(node.get("refuri", "")) for node in document.findall(nodes.reference)}
        linked |= {*sources_in_html(document)}
        if targets := named | {uri for uri in linked if "://" not in uri}:
            self.targets[docname] = tuple(sorted(targets))


def domain_of(env: BuildEnvironment) -> PostdocsDomain:
    """Return the domain of an environment."""
    domain = env.domains["postdocs"]
    assert isinstance(domain, PostdocsDomain)  # noqa: S101 - tells mypy what `setup` has added
    return domain


def setup(app: Sphinx) -> None:
    """Add the domain."""
    app.add_domain(PostdocsDomain)
