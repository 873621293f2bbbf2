"""Citations of sphinxcontrib-bibtex, resolved within one document.

Private: the domain `cite` with its tables and the node of a bibliography, the class of its roles, and the
styles of references. Why:
the extension knows one bibliography for the whole site. Posts that cite the same work get the same key twice,
each citation is searched for among those of all documents, and the text of a citation is known only when
everything has been read, too late for summaries. Seen with sphinxcontrib-bibtex 2.7 and pybtex 0.26.
`tests/sphinx_ext/reading/test_references.py` has the tests.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from postdocs.core import scholarly
from postdocs.core.html import LINK_SCHEMES
from postdocs.core.scholarly import Work
from postdocs.core.urls import scheme_of

_EXTENSION = "sphinxcontrib.bibtex"
_UNLABELLED = {"author_year"}  # styles of references that print no label
_BY_DEFAULT = ast.dump(ast.parse("cited"))
_LOCAL = ast.dump(ast.parse("docname in docnames"))  # of what the document cites that has the directive


@dataclass(frozen=True)
class Unusable:
    """An entry of a bibliography that the style can't print: its key, and why."""

    key: str
    problem: str


@dataclass(frozen=True)
class Listed:
    """A work in a list of references: its key, its label or "", its text as a paragraph, and its facts."""

    key: str
    label: str
    paragraph: nodes.paragraph
    work: Work
    formatted: Any


def is_used(app: Sphinx) -> bool:
    """Tell whether a site has the extension."""
    return _EXTENSION in app.extensions


def check_roles(app: Sphinx, tell: Callable[[str, str], None]) -> None:
    """Let citations that can't be read be as their authors wrote them, where the extension fails.

    tell: is called with the text of each, and where that is.
    """

    class Cite(_module("roles").CiteRole):  # type: ignore[misc]  # it ships no types
        """A citation."""

        def result_nodes(
            self, document: nodes.document, env: BuildEnvironment, node: nodes.Element, is_ref: bool
        ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
            """Return what stands for a citation until it is resolved."""
            try:
                result: tuple[list[nodes.Node], list[nodes.system_message]] = super().result_nodes(
                    document, env, node, is_ref
                )
            except ValueError:
                tell(self.target, self.get_location())
                return [nodes.inline("", f"[{self.target}]")], []
            return result

    app.add_role("cite", Cite(), override=True)
    domain = _domain(app.env)
    domain.roles = {name: Cite() for name in domain.roles}


def files_of(env: BuildEnvironment) -> list[Path]:
    """Return the bibliographies of a site."""
    return [*_domain(env).bibdata.bibfiles]


def keys_of(env: BuildEnvironment) -> list[str]:
    """Return the keys of all entries."""
    return [*_domain(env).bibdata.data.entries]


def has_entry(env: BuildEnvironment, key: str) -> bool:
    """Tell whether a bibliography has a key; BibTeX doesn't tell upper case from lower case in them."""
    return key in _domain(env).bibdata.data.entries


def citations_in(section: nodes.Element) -> list[nodes.Element]:
    """Return the citations in a part of a document that are not resolved yet."""
    return [node for node in section.findall(nodes.Element) if node.get("refdomain") == "cite"]


def cited_by(citation: nodes.Element) -> list[tuple[str, str, str]]:
    """Return the works that a citation names: key, and what is written before and after it."""
    return [*_module("citation_target").parse_citation_targets(citation["reftarget"])]


def bibliographies_in(doctree: nodes.document) -> list[nodes.Element]:
    """Return the places of the directive `bibliography`."""
    return [*doctree.findall(_module("nodes").bibliography)]


def is_plain(env: BuildEnvironment, bibliography: nodes.Element, *, of_page: bool) -> bool:
    """Tell whether a directive asks for what its document cites and for nothing else.

    of_page: whether that is no post; then it has to say so, or it asks for what the whole site cites.
    """
    value = _domain(env).bibliographies[_key(bibliography)]
    chosen = [value.keyprefix, value.labelprefix, value.keys]
    filters = {_LOCAL} if of_page else {_LOCAL, _BY_DEFAULT}
    return value.list_ == "citation" and not any(chosen) and ast.dump(value.filter_) in filters


def take_out(env: BuildEnvironment, bibliography: nodes.Element) -> None:
    """Let the extension forget a directive, whose list is made here."""
    del _domain(env).bibliographies[_key(bibliography)]


def listed(app: Sphinx, keys: Iterable[str]) -> Iterator[Listed | Unusable]:
    """Yield the works of some keys as the style of the site sorts and prints them."""
    domain = _domain(app.env)
    entries = {entry.key: _cleaned(entry) for entry in map(domain.bibdata.data.entries.__getitem__, keys)}
    has_labels = app.config.bibtex_reference_style not in _UNLABELLED
    style = _pybtex("style.formatting", app.config.bibtex_default_style)
    works = style.sort(entries.values())
    for label, entry in zip(style.format_labels(works), works, strict=True):
        if not (entry.persons or "title" in entry.fields):  # no style of citations has anything to show
            yield Unusable(entry.key, f"missing author and title in {entry.key}")
            continue
        try:
            formatted = style.format_entry(label, entry)
            work = _work(entry, formatted)
        except _errors() as error:
            yield Unusable(entry.key, str(error))
            continue
        paragraph = domain.backend.paragraph(formatted)
        _module("transforms").node_text_transform(paragraph)
        _drop_scripts(paragraph)
        yield Listed(entry.key, label if has_labels else "", paragraph, work, formatted)


def resolved(
    app: Sphinx, citation: nodes.Element, works: Mapping[str, Listed], ids: Mapping[str, str]
) -> nodes.inline:
    """Return what readers see of a citation. works: by key, in lower case. ids: of these in their list."""
    domain, template = _domain(app.env), _module("style.template")
    references = []
    for key, before, after in cited_by(citation):
        if item := works.get(key.lower()):
            info = template.SphinxReferenceInfo(
                builder=SimpleNamespace(name="html"),  # none is asked for the way within one document
                fromdocname=app.env.docname,
                todocname=app.env.docname,
                citation_id=ids[item.key],
                title=item.work.text if app.config.bibtex_tooltips else None,
                pre_text=before,
                post_text=after,
            )
            entry = domain.bibdata.data.entries[item.key]
            references.append((entry, item.formatted, info))
    formatted = _module("style.referencing").format_references(
        domain.reference_style, citation["reftype"], references
    )
    return nodes.inline("", "", *formatted.render(domain.backend), classes=["bibtex-citation"])


def _domain(env: BuildEnvironment) -> Any:
    return env.get_domain("cite")


def _module(name: str) -> Any:
    return sys.modules[f"{_EXTENSION}.{name}"]


def _errors() -> type[Exception]:
    exceptions: Any = sys.modules["pybtex.exceptions"]
    error: type[Exception] = exceptions.PybtexError
    return error


def _pybtex(kind: str, name: str) -> Any:
    plugin: Any = sys.modules["pybtex.plugin"]
    return plugin.find_plugin(f"pybtex.{kind}", name)()


def _key(bibliography: nodes.Element) -> Any:
    return _module("directives").BibliographyKey(bibliography["docname"], bibliography["ids"][0])


def _cleaned(entry: Any) -> Any:
    """Return an entry whose DOI is a name, as styles expect it, and whose address runs nothing."""
    entry = deepcopy(entry)
    with suppress(KeyError, ValueError):
        entry.fields["doi"] = scholarly.doi(entry.fields["doi"])
    if scheme_of(entry.fields.get("url", "")) not in LINK_SCHEMES:
        del entry.fields["url"]
    return entry


def _drop_scripts(paragraph: nodes.Element) -> None:
    """Leave the words of links that would run something."""
    for link in [*paragraph.findall(nodes.reference)]:
        if scheme_of(link.get("refuri", "")) not in LINK_SCHEMES:
            link.replace_self(link.children)


def _work(entry: Any, formatted: Any) -> Work:
    text = formatted.text.render(_pybtex("backends", "plaintext")).replace("\\url ", "")
    fields = {name: str(_rich(entry.fields[name])) for name in ("title", "year") if name in entry.fields}
    people = [*entry.persons.get("author", ()), *entry.persons.get("editor", ())]
    url = entry.fields.get("url", "").strip()
    try:
        doi = scholarly.doi(entry.fields.get("doi", ""))
    except ValueError:
        doi = ""
    return Work(
        text=" ".join(text.split()),
        kind=entry.original_type.lower(),
        title=" ".join(fields.get("title", "").split()),
        authors=tuple(name for name in map(_name, people) if name != "others"),
        year=fields.get("year", ""),
        doi=doi,
        url=url if scheme_of(url) in {"http", "https"} else "",
    )


def _rich(latex: str) -> Any:
    richtext: Any = sys.modules["pybtex.richtext"]
    return richtext.Text.from_latex(latex)


def _name(person: Any) -> str:
    parts = ("first", "middle", "prelast", "last", "lineage")
    return " ".join(str(part) for name in parts for part in getattr(person, f"rich_{name}_names"))
