"""The text of articles for the index, collected while pages are written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import lxml.html
from docutils import nodes
from lxml import etree

from postdocs.core.files import names_in, write_text
from postdocs.core.html import APART, HEADINGS, XML_FORBIDDEN
from postdocs.sphinx_ext.blog.posts import LABELS, BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.builders import NOT_FOUND
from postdocs.sphinx_ext.math.delimited import article_of
from postdocs.sphinx_ext.math.linear import text_of
from postdocs.sphinx_ext.math.set_formulas import SetFormula, formulas_of, replace_formulas
from postdocs.sphinx_ext.reading import records
from postdocs.sphinx_ext.search.index import Page

# Not of the article: marks at headings, lists of other pages, numbers of lines, what a card links to.
_CLASSES = (
    "headerlink",
    "katex-html",
    "post-rows",
    "postlist",
    "toctree-wrapper",
    "linenos",
    "side-note-untitled",
    "sd-hide-link-text",
)
_APART = APART | {"button", "label"}  # such as those of tabs, which stand in a row
_NO_FORMULAS: Mapping[str, SetFormula] = {}
_NO_TEXT = etree.XPath(
    "//script | //style | //nav | "
    + " | ".join(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in _CLASSES)
)


def keep_article(
    build: Build, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Collect the body of a document for the search index, before Postdocs adds to it."""
    if doctree is None:
        return
    file = _folder(build) / _name(pagename)
    is_silent = {"nosearch", "no-search"} & (context["meta"] or {}).keys()  # as Sphinx has it
    if is_silent or pagename == NOT_FOUND:
        file.unlink(missing_ok=True)
        return
    post = build.blog.posts[pagename]
    title, content = parted(article_of(build, context, doctree), formulas_of(doctree))
    about = {
        "title": records.text_of(build.env.titles[pagename], build.macros) or title,
        **(_about(post) if post else {}),
    }
    page = {
        "url": build.builder.get_target_uri(pagename),
        "meta": {name: value for name, value in about.items() if value},
        "content": content,
    }
    write_text(file, json.dumps(page, ensure_ascii=False))


def _about(post: BlogPost) -> dict[str, str]:
    """Return what is known of a post: it is found by that too."""
    labels = {name: ", ".join(map(str, getattr(post, name))) for name in LABELS}
    return {"title": post.title, "date": post.date.date().isoformat() if post.date else "", **labels}


def parted(body: str, formulas: Mapping[str, SetFormula] = _NO_FORMULAS) -> tuple[str, str]:
    """Return the title of an article in HTML, and the text below; a full stop ends each heading.

    formulas: those in the body that the renderer has set, by their MathML.
    """
    if not body.strip():
        return "", ""
    body = replace_formulas(body, formulas, lambda formula: escape(formula.line))
    root = lxml.html.document_fromstring(f"<body>{body}</body>")
    left_out = {*_NO_TEXT(root)}
    title = next(root.iter("h1"), None)
    heading = "" if title is None else "".join(_pieces(title, left_out))
    return _plain(heading), _plain("".join(_pieces(root, left_out | {title})))  # each result shows the title


def _pieces(element: etree._Element, left_out: Container[object]) -> Iterator[str]:
    """Yield the text in an element, with spaces around blocks."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child not in left_out:
            text = text_of(child) if child.tag == "math" else "".join(_pieces(child, left_out))
            end = "." if child.tag in HEADINGS and text.rstrip()[-1:].isalnum() else ""
            yield f" {text}{end} " if child.tag in _APART else text
        yield child.tail or ""


def _plain(text: str) -> str:
    """Fold white space, and what XML can't hold with it."""
    return " ".join(XML_FORBIDDEN.sub(" ", text).split())


def kept(build: Build) -> dict[str, Path]:
    """Return the file of each article, by docname, pages before posts, the oldest post first.

    So a new post is the last, and no other has another number for it. Those of documents that are gone are
    removed.
    """
    dates = {post.docname: post.date for post in reversed([*build.blog.posts]) if post.date}
    order = [
        *sorted(build.env.found_docs - dates.keys()),
        *sorted(dates, key=lambda name: (dates[name], name)),
    ]
    folder = _folder(build)
    files = {docname: _name(docname) for docname in order}
    names = names_in(folder)
    for name in names - {*files.values()}:
        Path(folder, name).unlink()
    return {docname: Path(folder, name) for docname, name in files.items() if name in names}


def page_of(kept_: bytes) -> Page:
    """Read what is kept of an article."""
    return Page(**json.loads(kept_))


def _name(docname: str) -> str:
    """Return what the file of an article is called; docnames may be longer than names of files."""
    return f"{hashlib.sha256(docname.encode()).hexdigest()[:32]}.json"


def _folder(build: Build) -> Path:
    return build.state.folder / "search"
