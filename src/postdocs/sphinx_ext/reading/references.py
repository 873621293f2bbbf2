"""What a post cites: its citations are resolved when it is read, and its references are listed in it."""

from __future__ import annotations

import difflib

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.compat import bibtex, bibtex_files
from postdocs.sphinx_ext.compat.ablog import PostNode
from postdocs.sphinx_ext.compat.bibtex import Listed
from postdocs.sphinx_ext.locale.language import words_of
from postdocs.sphinx_ext.reading.doctrees import language_of, section_of
from postdocs.sphinx_ext.reading.records import WORK

logger = logging.getLogger(__name__)


def read_files(build: Build) -> None:
    """Read the bibliographies before the extension does, which tells less of what is wrong in them."""
    if bibtex.is_used(build.app):
        bibtex_files.read_files(build.app, _tell)


def check_roles(build: Build) -> None:
    """Tell of citations that can't be read."""
    if bibtex.is_used(build.app):
        bibtex.check_roles(build.app, _tell_citation)


def _tell_citation(citation: str, place: str) -> None:
    _tell(f"cite: '{citation}' is no list of keys; separate keys with commas", place)


def _tell(message: str, place: str) -> None:
    logger.warning(message, location=place or None, type="postdocs", subtype="post")


def read_files_again(
    build: Build, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Read changed bibliographies again, in a process that builds again and again."""
    read_files(build)
    return []


def add_references(build: Build, doctree: nodes.document) -> None:
    """Resolve the citations of each post of a document, and list what it cites.

    The list stands where the author put a `bibliography` without options, else at the end of the post with a
    title. So does that of a page with a `bibliography` for itself alone, `:filter: docname in docnames`. Any
    other document is left to the extension.
    """
    if not bibtex.is_used(build.app):
        return
    env = build.env
    posts = [section_of(post) for post in doctree.findall(PostNode)]
    places = bibtex.bibliographies_in(doctree)
    if not (posts or places) or not all(bibtex.is_plain(env, place, of_page=not posts) for place in places):
        return
    sections = {id(section): section for section in posts or [doctree]}
    if any(_citations(doctree, section) for section in sections.values()):
        for file in bibtex.files_of(env):
            env.note_dependency(str(file))
    for section in sections.values():
        _resolve(build, doctree, section)
    for place in places:
        bibtex.take_out(env, place)
    for place in bibtex.bibliographies_in(doctree):  # nothing is cited that would stand there
        place.parent.remove(place)


def _citations(doctree: nodes.document, section: nodes.Element) -> list[nodes.Element]:
    """Return the citations of a post, with those of its footnotes, which MyST puts behind all sections."""
    notes = {
        name: note
        for note in doctree.findall(nodes.footnote)
        if section not in _above(note)
        for name in note["backrefs"]
    }
    parts = {id(section): section}
    waiting: list[nodes.Element] = [section]
    while waiting:  # footnotes refer to others
        marks = waiting.pop(0).findall(nodes.footnote_reference)
        named = (notes[name] for mark in marks for name in mark["ids"] if name in notes)
        new = {id(note): note for note in named if id(note) not in parts}
        parts |= new
        waiting += new.values()
    return [citation for part in parts.values() for citation in bibtex.citations_in(part)]


def _resolve(build: Build, doctree: nodes.document, section: nodes.Element) -> None:
    citations = _citations(doctree, section)
    keys = dict.fromkeys(key for citation in citations for key in _keys(build, citation))
    works = []
    for item in bibtex.listed(build.app, keys):
        if isinstance(item, Listed):
            works.append(item)
        else:
            key = item.key.lower()
            citation = next(node for node in citations if key in map(str.lower, _keys_in(node)))
            _warn(f"cite: {item.problem}; complete the entry in {_files(build)}", citation)
    references = nodes.bullet_list("", classes=["references"])
    ids = {item.key: _add(doctree, references, item) for item in works}
    by_key = {item.key.lower(): item for item in works}
    for citation in citations:
        citation["ids"] = []  # nothing leads back to it
        if any(key.lower() in by_key for key in _keys_in(citation)):
            citation.replace_self(bibtex.resolved(build.app, citation, by_key, ids))
        else:
            citation.replace_self(nodes.inline("", f"[{citation['reftarget']}]"))
    if works:
        _place(build, doctree, section, references)


def _keys(build: Build, citation: nodes.Element) -> list[str]:
    """Return the keys that a citation names and a bibliography has; tell of others."""
    env = build.env
    for key in _keys_in(citation):
        if not bibtex.has_entry(env, key):
            near = difflib.get_close_matches(key, bibtex.keys_of(env), 1)
            remedy = f"did you mean {near[0]}?" if near else "add it, or correct the key"
            _warn(f"cite: {key} is not in {_files(build)}; {remedy}", citation)
    return [key for key in _keys_in(citation) if bibtex.has_entry(env, key)]


def _keys_in(citation: nodes.Element) -> list[str]:
    return [key for key, _, _ in bibtex.cited_by(citation)]


def _warn(message: str, citation: nodes.Element) -> None:
    logger.warning(message, location=citation, type="postdocs", subtype="post")


def _files(build: Build) -> str:
    return ", ".join(build.config.bibtex_bibfiles) or "the files of bibtex_bibfiles, which names none"


def tell_documents_apart(build: Build, doctree: nodes.document, docname: str) -> None:
    """Give each document of a book ids of its own for what it cites: others may cite the same works."""
    done = set[int]()
    for file in reversed([*doctree.findall(addnodes.start_of_file)]):  # one in another before that
        entries = [node for node in file.findall(nodes.list_item) if WORK in node and id(node) not in done]
        ids = {entry["ids"][0]: f"document-{file['docname']}-{entry['ids'][0]}" for entry in entries}
        for entry in entries:
            entry["ids"] = [ids[entry["ids"][0]]]
        for link in file.findall(nodes.reference) if ids else ():
            if name := ids.get(link.get("refid", "")):
                link["refid"] = name
        done.update(map(id, entries))


def _add(doctree: nodes.document, references: nodes.bullet_list, item: Listed) -> str:
    """Add a work to a list; return its id."""
    line = item.paragraph
    if item.label:
        line.insert(0, [nodes.inline("", f"[{item.label}]", classes=["label"]), nodes.Text(" ")])
    entry = nodes.list_item("", line, names=[f"ref-{item.key}"])
    doctree.set_id(entry)
    entry["names"] = []  # no other document refers to it by that
    entry[WORK] = item.work
    references += entry
    return str(entry["ids"][0])


def _place(
    build: Build, doctree: nodes.document, section: nodes.Element, references: nodes.bullet_list
) -> None:
    """Put a list of references where the author wants it, else at the end of a post."""
    places = [place for place in bibtex.bibliographies_in(doctree) if section in _above(place)]
    if places:
        places[0].replace_self(references)
        return
    title = words_of(language_of(build, doctree), build.language).gettext("References")
    ending = nodes.section("", nodes.title("", title), references, names=["references"])
    doctree.set_id(ending)
    section += ending


def _above(node: nodes.Node) -> list[nodes.Node]:
    above = []
    while node.parent is not None:
        node = node.parent
        above.append(node)
    return above
