"""One rule above the footnotes of a post, where its author has written one and MyST adds another."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.transforms.misc import Transitions
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

_CLASS = "footnotes"  # of the rule that MyST adds


class OneFootnoteRule(SphinxTransform):
    """Take out the rule of MyST behind one of the author's, which docutils would warn of without a line."""

    default_priority = Transitions.default_priority - 1

    def apply(self, **kwargs: Any) -> None:
        """Look at what stands before the rule, at the end of the last section."""
        for rule in [*self.document.findall(nodes.transition)]:
            before = rule.previous_sibling() if _CLASS in rule["classes"] else None
            while isinstance(before, nodes.section) and before.children:
                before = before.children[-1]
            if isinstance(before, nodes.transition):
                rule.parent.remove(rule)


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_transform(OneFootnoteRule)
