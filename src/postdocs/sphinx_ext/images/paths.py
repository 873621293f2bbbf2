"""The source files that a document shows as images."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from docutils import nodes
from sphinx.environment import BuildEnvironment

from postdocs.sphinx_ext.images.files import suffixes
from postdocs.sphinx_ext.images.tags import replace_images

IN_HTML = "postdocs_pictures"  # of a piece of HTML: paths by the addresses in it


def is_html(node: nodes.raw) -> bool:
    """Tell whether a piece of another language is HTML."""
    return "html" in node.get("format", "").split()


def html_pieces(doctree: nodes.Node) -> Iterator[nodes.raw]:
    """Yield the pieces of HTML in a document, in order."""
    return filter(is_html, doctree.findall(nodes.raw))


def of_html(node: nodes.Node) -> dict[str, str]:
    """Return the paths of pictures in a piece of HTML, by the addresses that name them there."""
    paths: dict[str, str] = node.get(IN_HTML, {}) if isinstance(node, nodes.raw) else {}
    return paths


def sources_in_html(doctree: nodes.Node) -> Iterator[str]:
    """Yield the addresses of pictures in pieces of HTML."""
    for node in html_pieces(doctree):
        yield from sources_of(node.astext())


def sources_of(markup: str) -> list[str]:
    """Return the addresses of pictures in HTML, as they are written."""
    addresses: list[str] = []

    def note(tag: str, source: str) -> str:
        addresses.append(source)
        return tag

    replace_images(markup, note)
    return addresses


def path_of(env: BuildEnvironment, source: str) -> str:
    """Return the path of a picture from the source folder; nothing where there is no such file.

    source: the address of the picture in HTML, as `file_named` has it.
    """
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc:
        return ""
    name = file_named(env, source)
    return name if PurePosixPath(name).suffix.lower() in suffixes() else ""


def file_named(env: BuildEnvironment, address: str) -> str:
    """Return the path of the file that an address in a document means; nothing where there is none.

    Markdown and HTML write addresses percent-encoded, reStructuredText as they are, and directives without
    their white space; file systems and keyboards differ in the normal form of letters (Unicode Standard Annex
    #15). The file that is called as it is written goes first.

    address: of a file of the site, from the folder of the document, or from that of the sources where it
    begins with a slash. The path that is returned is from the folder of the sources.
    """
    decoded = unquote(address)
    without_query = unquote(address.partition("#")[0].partition("?")[0])
    for spelling in dict.fromkeys((decoded, address, without_query)):
        if "\0" in spelling or not spelling:
            continue
        path, file = env.relfn2path(spelling, env.docname)
        if Path(file).is_file():
            return path
        for form in (_composed, _without_space):
            if name := _sibling(Path(file), form):
                return PurePosixPath(path).with_name(name).as_posix()
    return ""


def _sibling(file: Path, form: Callable[[str], str]) -> str:
    """Return the name of the only file of a folder that is called like another one in some form."""
    name = form(file.name)
    try:
        names = [other.name for other in file.parent.iterdir() if form(other.name) == name]
    except OSError:
        return ""
    return names[0] if len(names) == 1 and file.with_name(names[0]).is_file() else ""


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _without_space(name: str) -> str:
    return "".join(_composed(name).split())


def paths_in(doctree: nodes.Element) -> Iterator[str]:
    """Yield the paths of pictures, from the source folder."""
    for node in doctree.findall():
        if isinstance(node, nodes.image | nodes.raw):
            yield from (node.get("candidates") or of_html(node)).values()
