"""Names by which posts are referred to, as ablog has them: that of the file, where it is the only one."""

from __future__ import annotations

from collections import defaultdict

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from postdocs.site.domain import domain_of
from postdocs.site.feeds import slug_of

logger = logging.getLogger(__name__)


def name_posts(app: Sphinx, env: BuildEnvironment) -> None:
    """Give each post the name of its file as a label, unless another post or the author has it."""
    names: dict[str, list[str]] = defaultdict(list)
    domain = domain_of(env)
    for docname, entries in domain.entries.items():
        if not entries[0].section:
            names[slug_of(docname).lower()].append(docname)
    labels, anonymous = env.domaindata["std"]["labels"], env.domaindata["std"]["anonlabels"]
    for name in domain.data["names"]:
        labels.pop(name, None)
        anonymous.pop(name, None)
    own = {
        name: docnames[0] for name, docnames in names.items() if len(docnames) == 1 and name not in anonymous
    }
    for name, docname in own.items():
        labels[name] = (docname, "", domain.entries[docname][0].title)
        anonymous[name] = (docname, "")
    domain.data["names"] = sorted(own)
    domain.data["shared"] = {name: sorted(docnames) for name, docnames in names.items() if len(docnames) > 1}


def warn_of_shared(app: Sphinx, domain: object, node: addnodes.pending_xref) -> bool | None:
    """Say which posts a name could mean, where it means several."""
    shared = domain_of(app.env).data["shared"].get(node.get("reftarget", "").lower())
    if not shared or node.get("reftype") not in {"ref", "myst", "any"}:
        return None
    files = " and ".join(str(app.env.doc2path(docname, base=False)) for docname in shared)
    message = f"'{node['reftarget']}' names {files}; refer to the file"
    logger.warning(message, location=node, type="ref", subtype="ref")
    return True
