"""Names for references, as ablog has them: of posts, that of the file, and of the lists of posts."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from postdocs.core.identity import name_of
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import base_of

logger = logging.getLogger(__name__)


def name_posts(build: Build, env: BuildEnvironment) -> None:
    """Give each post the name of its file as a label, unless another post or the author has it."""
    names: dict[str, list[str]] = defaultdict(list)
    domain = build.domain
    records_by_docname = build.records()
    for docname, records in records_by_docname.items():
        if not records[0].section:
            names[name_of(docname).lower()].append(docname)
    labels, anonymous = env.domains.standard_domain.labels, env.domains.standard_domain.anonlabels
    for name, docname in domain.data["names"].items():
        if anonymous.get(name) == (docname, ""):  # and not the author's by now
            labels.pop(name, None)
            anonymous.pop(name, None)
    unique = {
        name: docnames[0] for name, docnames in names.items() if len(docnames) == 1 and name not in anonymous
    }
    for name, docname in unique.items():
        labels[name] = (docname, "", records_by_docname[docname][0].title)
        anonymous[name] = (docname, "")
    domain.data["names"] = unique
    domain.data["shared"] = {name: sorted(docnames) for name, docnames in names.items() if len(docnames) > 1}


def resolve_xref(
    build: Build, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.Node | None:
    """Resolve the names of lists, such as `blog-posts` and `tag-python`, as ablog has them.

    Where a name could mean several posts, say which.
    """
    name = node.get("reftarget", "")
    shared = build.domain.data["shared"].get(name.lower())
    if shared and node.get("reftype") in {"ref", "myst", "any"}:
        files = " and ".join(env.doc2path(docname, base=False).as_posix() for docname in shared)
        message = f"'{name}' names {files}; refer to the file"
        logger.warning(message, location=node, type="ref", subtype="ref")
        return content
    target, title = build.blog.references.get(name, ("", ""))
    builder = build.html
    if builder and target:
        to = target if target.endswith(".xml") else builder.get_target_uri(target)
        uri = relative_uri(builder.get_target_uri(node["refdoc"]), to)
    elif target and (base := base_of(build.config)):  # other builders make no such pages
        uri = base + quote(target)
    else:
        return None
    inner = content if node.get("refexplicit") else nodes.inline("", title)
    return nodes.reference("", "", inner, internal=bool(builder), refuri=uri, reftitle=title)
