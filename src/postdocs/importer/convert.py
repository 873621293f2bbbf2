"""Entries → posts in MyST, each proved, over all cores."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4.element import Tag

from postdocs.core import conf
from postdocs.core.comments import Comment
from postdocs.core.frontmatter import dump
from postdocs.core.post import IMAGE_SUFFIXES, Post
from postdocs.core.progress import Advance
from postdocs.core.urls import DOCUMENTS, is_rooted, same_request
from postdocs.importer import assets
from postdocs.importer.addresses import key_of
from postdocs.importer.ast import nodes, relink
from postdocs.importer.buildable import FormulaCheck, problems
from postdocs.importer.comments import convert_comments
from postdocs.importer.dead_links import OldSites
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.escaped_formulas import without_escapes
from postdocs.importer.html import citations
from postdocs.importer.html.inventory import END, has_end, inventory, text_shown
from postdocs.importer.html.parse import parse_body
from postdocs.importer.html.rendered import page
from postdocs.importer.html.settle import read_as_written, settle
from postdocs.importer.html.titles import drop_title
from postdocs.importer.html.visible import words_of_body
from postdocs.importer.kept_notebook import SUFFIX, KeptNotebook
from postdocs.importer.list_links import Lists
from postdocs.importer.missing import missing_end, missing_items, missing_stored, missing_text, missing_words
from postdocs.importer.myst import inline
from postdocs.importer.myst.references import by_reference
from postdocs.importer.myst.render import MystReader, reader
from postdocs.importer.myst.wrap import Wrap, wrapped
from postdocs.importer.own_text import retarget, split
from postdocs.importer.roundtrip import Counts, prove
from postdocs.importer.score import Score, score
from postdocs.importer.words import words_of

_FEW = 8  # entries that are converted sooner than other processes have started


@dataclass(frozen=True)
class Task:
    """An entry to convert.

    pictures: how it names copies, by address. hidden: see `buildable`. linked: ids
    in it that links of other posts lead to. lists: those of the site. sites: the old ones. wrap: how
    paragraphs are wrapped. scored: whether the post gets a score. works: the keys that it can cite. zone: of
    its date, where that has no offset. The rest: see `relink`.
    """

    entry: Entry
    path: str
    paths: Mapping[str, str]
    anchors: Mapping[str, Mapping[str, str]]
    pictures: Mapping[str, str]
    hidden: Mapping[str, str]
    linked: frozenset[str] = frozenset()
    lists: Lists = field(default_factory=Lists)
    sites: OldSites = field(default_factory=OldSites)
    wrap: Wrap = "none"
    scored: bool = False
    works: frozenset[str] = frozenset()
    zone: tzinfo = UTC


@dataclass(frozen=True)
class SiteReader:
    """What a build of the site makes of a post. read: of its text. check: of its formulas."""

    read: MystReader
    check: FormulaCheck


# Makes the check of formulas for the settings of a site, which are those of `conf.Settings.math`.
Checker = Callable[[Mapping[str, Any]], FormulaCheck]


@dataclass(frozen=True)
class Converted:
    """A post as it is going to be written, and what there is to report of it.

    blocks: how many blocks it has, where the source holds its author's Markdown; else 0. own, adapted: how
    many of them are that text, see `Proof`. comments: those of the file beside it. score: what of its
    Markdown looks like a machine's. cited: the keys of the works that it cites.
    """

    entry: Entry
    path: str
    text: str
    counts: Counts
    notes: tuple[Note, ...]
    blocks: int = 0
    own: int = 0
    adapted: int = 0
    comments: tuple[Comment, ...] = ()
    score: Score = field(default_factory=Score)
    cited: frozenset[str] = frozenset()


def convert_all(
    tasks: Sequence[Task], conf_file: Path, checker: Checker, advance: Advance = lambda: None
) -> list[Converted]:
    """Convert entries, over all cores when there are many.

    conf_file: the site's conf.py. Every process reads it for itself, since it may hold functions and other
    things that can't be sent from one process to another; *checker* can be.
    """
    if len(tasks) < _FEW:
        convert = partial(_convert, site=_site_of(conf_file, checker))
        return [_advanced(convert(task), advance) for task in tasks]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(partial(_convert_in_worker, conf_file, checker), tasks, chunksize=4)
        return [_advanced(converted, advance) for converted in results]


def _advanced(converted: Converted, advance: Advance) -> Converted:
    advance()
    return converted


def _site_of(conf_file: Path, checker: Checker) -> SiteReader:
    settings = conf.read(conf_file)
    return SiteReader(reader(settings.myst, settings.base), checker(settings.math))


# One for each worker, which lives for one import: to make a reader takes longer than to convert an entry.
_site_of_worker = cache(_site_of)


def _convert_in_worker(conf_file: Path, checker: Checker, task: Task) -> Converted:
    return _convert(task, _site_of_worker(conf_file, checker))


def _convert(task: Task, site: SiteReader) -> Converted:
    entry = task.entry
    base = entry.base or entry.url
    found: list[Note] = []
    body, is_whole = _read(entry.content)
    drop_title(body, entry.title, entry.url, found)
    items, shown = inventory(body), text_shown(body)
    settle(body)
    page.show(body, entry.content, base, found)
    uncited = citations.keep(body, task.works, is_page=entry.page)
    words = words_of_body(body, base)
    document, notes = parse_body(body, base, found, task.linked)
    lost = [
        *missing_end(entry.content, is_whole=is_whole),
        *missing_items(items, document, notes, base),
        *(missing_words(words, words_of(document)) or missing_text(shown, document, notes)),
    ]
    if entry.stored:
        lost += missing_stored(entry.stored, document, (*entry.notes, *notes, *lost), base)
    document, plain = without_escapes(document, site.check)
    moved = task.lists.relinked(relink.between_posts(document, task.path, task.paths, task.anchors))
    partless = relink.without_part(document, task.path, task.paths, task.anchors)
    if task.pictures:
        moved = assets.to_copies(moved, task.pictures)
    own = split(_as_text(entry.markdown, uncited), entry.written) if entry.markdown else None
    known: set[str] = set()
    own = own and retarget(own, partial(_address, task=task, known=known, site=site.read.address))
    proof = prove(moved, site.read.knowing(known), own)
    text = proof.text if own else by_reference(proof.text, site.read)  # an author's links are as they are
    image, unshown = _image(entry, task)
    front = dump(_post(entry, task, image), task.zone)
    file = f"{front}\n{wrapped(text, task.wrap, site.read)}"
    rejected = problems(document, file, task.pictures, task.hidden, site.check)
    comments = convert_comments(entry.comments, base, task.zone)
    said = (
        *entry.notes,
        *notes,
        *lost,
        *map(_to_the_whole, partless),
        *task.lists.notes(moved, file),
        *task.sites.notes(
            moved, file, task.lists, lambda key: key in task.paths or key in task.hidden, entry.content
        ),
        *plain,
        *unshown,
        *proof.notes,
        *([_uncited(uncited)] if uncited else []),
        *rejected,
        *comments.notes,
    )
    converted = Converted(
        entry,
        task.path,
        file,
        proof.counts,
        said,
        proof.blocks if own else 0,
        proof.own,
        proof.adapted,
        comments.comments,
        score(proof.text, site.read) if task.scored else Score(),
        frozenset(citations.keys_in(moved)),
    )
    wrap = partial(wrapped, wrap=task.wrap, read=site.read)
    return _as_notebook(converted, entry.notebook, front, text, wrap)


def _as_notebook(
    post: Converted, notebook: KeptNotebook | None, front: str, text: str, wrap: Callable[[str], str]
) -> Converted:
    """Return a post whose file is the notebook that it was; the words that part its cells don't count.

    front, text: of its file in Markdown. wrap: wraps the paragraphs of a cell.
    """
    if notebook is None:
        return post
    said = tuple(replace(note, line=0) for note in post.notes)  # of a file that isn't written
    size, parts = len(notebook.cells), notebook.parts(text)
    if parts is None:
        parts = notebook.without_places(text)
        what = "the places of cells in the notebook; import it with --notebooks text"
        said = (*said, Note(NoteKind.LOST, what))
    return replace(
        post,
        text=notebook.file(front, [wrap(part) for part in parts]),
        notes=said,
        counts=replace(post.counts, words=post.counts.words - size),
        blocks=max(post.blocks - size, 0),
    )


def _as_text(markdown: str, uncited: Sequence[nodes.Citation]) -> str:
    """Return an author's text with what the source has for some citations."""
    for citation in uncited:
        markdown = markdown.replace(inline.citation(citation), citation.plain)
    return markdown


def _uncited(uncited: Sequence[nodes.Citation]) -> Note:
    what = "citations came along as text: conf.py names no bibliography; --settings adds one"
    texts = dict.fromkeys(citation.plain for citation in uncited)
    return Note(NoteKind.NOTICED, what, ", ".join(texts))


def _to_the_whole(link: nodes.Link) -> Note:
    what = "a link to a part of another post, which is not there, leads to the whole post"
    return Note(NoteKind.NOTICED, what, link.url)


def _address(written: str, task: Task, known: set[str], site: str) -> str:
    """Return the address that an author's link or picture has in the new site.

    known: gets the path of each file, which MyST finds without a scheme. A notebook may be a page as well.
    site: the address of the new site; what it has at the same place of the same host stays as it is written.
    """
    if written.startswith("#"):
        return written
    try:
        url = urljoin(task.entry.base or task.entry.url or "", written)
    except ValueError:
        return written
    if (name := task.pictures.get(url)) is not None:
        known |= {name} if not name.endswith(SUFFIX) else set()
        return name
    target = relink.target_of(url, task.path, task.paths, task.anchors)
    path = target.removeprefix("project:")
    if path == written != target:
        known.add(path.partition("#")[0])
        return written
    target = task.lists.address(target) or target
    is_link = bool(site) and is_rooted(written, DOCUMENTS | assets.PICTURES)  # the build opens pictures
    return written if is_link and same_request(urljoin(site, written), target) else target


def _read(html: str) -> tuple[Tag, bool]:
    """Parse the HTML of an entry, and tell whether browsers show all of it."""
    body = read_as_written(html + END)
    return (body, True) if has_end(body) else (read_as_written(html), False)


def _image(entry: Entry, task: Task) -> tuple[str | None, list[Note]]:
    """Return the picture that stands for a post, unless it is a copy of a kind that can't."""
    copy = task.pictures.get(entry.image or "")
    if copy is None or posixpath.splitext(copy)[1].lower() in IMAGE_SUFFIXES:
        return copy or entry.image, []
    what = "the image that stands for a post must be PNG, JPEG, GIF or WebP; name such a one in `image`"
    return None, [Note(NoteKind.LEFT_OUT, what, copy)]


def _post(entry: Entry, task: Task, image: str | None) -> Post:
    parts = urlsplit(entry.url or "")
    updated = entry.updated if entry.updated != entry.published else None
    return Post(
        title=entry.title,
        date=entry.published,
        updated=updated,
        author=entry.authors,
        category=entry.category,
        tags=entry.tags,
        summary=entry.summary,
        image=image,
        draft=entry.draft,
        permalink=entry.permalink,
        aliases=entry.aliases,
        language=entry.language,
        translation_of=_docname_of(entry.original, task) if entry.original else None,
        subtitle=entry.subtitle,
        source=entry.url if parts.scheme in {"http", "https"} else None,
        id=entry.id,
        # A notebook says itself that it is a post, for `blog_post_pattern` may be of Markdown alone.
        blogpost=False if entry.page else True if entry.notebook else None,
        extra=entry.extra,
    )


def _docname_of(url: str, task: Task) -> str | None:
    """Return the docname of another post of the import, as seen from this one; None where there is none."""
    key = key_of(url) or ""
    path = task.paths.get(key) or task.hidden.get(key)
    return posixpath.splitext(relink.relative(path, task.path))[0] if path else None
