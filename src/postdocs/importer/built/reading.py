"""One page of a built site: what it is, and its entry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4 import Tag

from postdocs.core.errors import PostdocsError
from postdocs.core.word_count import count_words
from postdocs.importer.built import facts
from postdocs.importer.built.addresses import Addresses
from postdocs.importer.built.kinds import Kind, is_named_list, is_of_site, target_of
from postdocs.importer.built.languages import spoken
from postdocs.importer.built.model import BuiltPage, PageFile, Signs
from postdocs.importer.built.subject import Subject, subject_of
from postdocs.importer.built.template import Template
from postdocs.importer.entry import Entry, Note, NoteKind
from postdocs.importer.html.dom import attribute
from postdocs.importer.sources.article import content_of, is_article, is_no_error
from postdocs.importer.sources.model import absolute, fold, settle
from postdocs.importer.sources.page import refuse_depth, visibility_fields
from postdocs.importer.sources.page_facts import Page, authors_of, page_of, tags_of, url_of
from postdocs.importer.sources.text import whole_summary
from postdocs.importer.sources.visibility import visibility_of
from postdocs.importer.sources.xml import refuse_entities

_FEWEST = 30  # words of a page that has no date
_DRAFT = "it is in a folder of drafts and in no feed, so it is a draft, and its address answers nobody"


def read(file: PageFile, template: Template, addresses: Addresses, name: str) -> BuiltPage:
    """Read a page of a site. name: of the site, as the user named it."""
    try:
        page = parse(file)
    except PostdocsError as error:
        return BuiltPage(file.path, "", Kind.UNREADABLE, reason=error.wrong)
    canonical = url_of(page, "", None, [])
    url = addresses.url_of(file.path, (*file.stated, canonical))
    if (target := target_of(page.soup, url)) is not None:
        return BuiltPage(file.path, url, Kind.REDIRECT, target=addresses.moved(target))
    subject = subject_of(page, file, url, template, addresses)
    kind = _kind_of(subject, template) if subject else Kind.EMPTY
    if subject is None or kind is not Kind.ARTICLE:
        return BuiltPage(file.path, url, kind)
    original = addresses.file_of(canonical)
    entry = settle(_with_feed(_entry(subject, authors_of(page), addresses, name), file), has_id=False)
    copied = original if original != file.path else None
    return BuiltPage(
        file.path,
        url,
        kind,
        entry,
        target=copied,
        taken=subject.taken,
        spoken=spoken(page.soup, url),
        signs=_signs(subject),
    )


def _signs(subject: Subject) -> Signs:
    return Signs(
        is_post=subject.file.feed is not None or facts.date_of_address(subject.url) is not None,
        says_article=subject.page.says_article,
        says_other=subject.page.says_other,
        shows_date=subject.shows_date,
    )


def parse(file: PageFile) -> Page:
    """Parse a page.

    Raises
    ------
    PostdocsError
        It declares entities, or is nested too deeply.

    """
    refuse_entities(file.text, file.place)
    refuse_depth(file.text, file.place)
    return page_of(file.text)


def _kind_of(subject: Subject, template: Template) -> Kind:
    file, page, article = subject.file, subject.page, subject.article
    kinds = {
        Kind.OF_SITE: file.feed is None and is_of_site(file.path),
        Kind.LIST: subject.lists_posts,
        Kind.FOREIGN: not subject.is_post and bool(template.same) and not subject.is_of_template,
        Kind.EMPTY: (file.feed is None and not is_article(article, page.head_title or subject.title))
        or (not subject.is_post and count_words(article.get_text(" ")) < _FEWEST)
        if not _is_short_page(subject)
        else False,
    }
    return next((kind for kind, applies in kinds.items() if applies), Kind.ARTICLE)


def _is_short_page(subject: Subject) -> bool:
    """Tell whether a page of few words says something in the template of the site, as an imprint does."""
    own = (fold(tag.get_text(" ")) for tag in subject.article.find_all(["p", "li"]))
    says = subject.is_of_template and bool(subject.title) and any(len(text.split()) > 1 for text in own)
    return says and not is_named_list(subject.file.path) and is_no_error(subject.article, subject.title)


def _entry(subject: Subject, authors: tuple[str, ...], addresses: Addresses, name: str) -> Entry:
    page, article, url = subject.page, subject.article, subject.url
    notes = [*subject.notes]
    _move(article, addresses)
    visibility = visibility_of(visibility_fields(article))
    content = content_of(article, subject.heading, subject.title, url, notes)
    categories, labels = facts.labels_in(subject.shown)
    tags = tags_of(page) or page.meta.get("tags", ())
    is_draft = _is_draft(subject.file)
    drafted = [Note(NoteKind.NOTICED, _DRAFT, before=url)] if is_draft else []
    return Entry(
        source=name,
        position=1,
        title=subject.title,
        url=url,
        published=subject.published,
        updated=subject.updated,
        authors=authors or facts.authors_in(subject.shown),
        category=tuple(categories[:1]) or _section(page, subject.file.path),
        tags=tuple(dict.fromkeys([*tags, *labels])),
        summary=whole_summary(page.said("description", "og:description"), content),
        subtitle=facts.subtitle_in(subject.shown) or None,
        content=content,
        image=_image(page, url),
        base=_base(page, url, subject.file.path),
        draft=visibility.draft or bool(visibility.discarded) or is_draft,
        page=not subject.is_post,
        notes=(*visibility.notes, *notes, *drafted),
    )


def _is_draft(file: PageFile) -> bool:
    """Tell whether a page is in a folder of drafts, as Pelican has it, and in no feed."""
    return file.feed is None and "drafts" in PurePosixPath(file.path.lower()).parts[:-1]


def _with_feed(entry: Entry, file: PageFile) -> Entry:
    """Complete an entry with what its feed and the sitemap say of it."""
    feed = file.feed
    if feed is None:
        return entry
    return replace(
        entry,
        id=feed.id,
        title=entry.title or feed.title,
        updated=entry.updated or feed.updated,
        authors=entry.authors or feed.authors,
        category=entry.category or feed.category,
        tags=entry.tags or feed.tags,
        summary=entry.summary or feed.summary,
        draft=entry.draft or feed.draft,
    )


def _section(page: Page, path: str) -> tuple[str, ...]:
    """Return the section of an article, unless it is only the folder that its page is in, as Hugo has it."""
    folders = PurePosixPath(path.lower()).parts
    return tuple(name for name in page.meta.get("article:section", ())[:1] if name.lower() not in folders)


def _image(page: Page, url: str) -> str | None:
    given = page.said("og:image", "twitter:image")
    return absolute(given, url, "its image", []) if given else None


def _base(page: Page, url: str, path: str) -> str:
    """Return what addresses on a page are relative to. path: of its file; an index is that of its folder."""
    folder = PurePosixPath(path).parent.name if PurePosixPath(path).stem.lower() == "index" else ""
    if folder and unquote(urlsplit(url).path).endswith(f"/{folder}"):
        url = f"{url}/"
    tag = page.soup.find("base", href=True)
    return (
        isinstance(tag, Tag) and absolute(attribute(tag, "href"), url, "the base of its links", [])
    ) or url


def _move(article: Tag, addresses: Addresses) -> None:
    """Make links to the address that the site states lead to the one that the user gave."""
    for tag in article.find_all(True):
        for name in ("href", "src"):
            if value := attribute(tag, name):
                tag[name] = addresses.moved(value)
