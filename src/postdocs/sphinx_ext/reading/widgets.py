"""Widgets of notebooks (MyST-NB), which only a script can show: their plain text for everybody else."""

from __future__ import annotations

from html import escape

from docutils import nodes

from postdocs.sphinx_ext.build import Build

_WIDGET = "application/vnd.jupyter.widget-view+json"


def keep_text(build: Build, doctree: nodes.document) -> None:
    """Add plain text to each widget, for feeds and for readers without scripts."""
    for bundle in doctree.findall(nodes.container):
        if bundle.get("nb_element") != "mime_bundle":
            continue
        forms = {form.get("mime_type"): form for form in bundle.children if isinstance(form, nodes.Element)}
        text = forms["text/plain"].astext() if "text/plain" in forms else ""
        if _WIDGET in forms and text.strip():
            pre = f"<noscript><pre>{escape(text, quote=False)}</pre></noscript>"
            forms[_WIDGET] += nodes.raw("", pre, format="html")
