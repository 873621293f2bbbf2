"""Metadata of a page as JSON-LD with the vocabulary of https://schema.org/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from jinja2.filters import do_striptags

from postdocs.core.dates import rfc3339
from postdocs.core.scholarly import Work, doi_url, license_of
from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import address_of, orcid_of
from postdocs.sphinx_ext.head.social import SocialImage

_CONTEXT = "https://schema.org"
# What https://schema.org/ calls the types of BibTeX and biblatex; the rest are CreativeWork.
_KINDS = {
    **dict.fromkeys(("article", "conference", "inproceedings"), "ScholarlyArticle"),
    **dict.fromkeys(("book", "collection", "mvbook", "proceedings"), "Book"),
    **dict.fromkeys(("inbook", "incollection"), "Chapter"),
    **dict.fromkeys(("mastersthesis", "phdthesis", "thesis"), "Thesis"),
    **dict.fromkeys(("report", "techreport"), "Report"),
    **dict.fromkeys(("electronic", "online", "www"), "WebPage"),
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",
}


@dataclass(frozen=True)
class About:
    """What there is to say of a page, as text. url: its address, or "" where the site has none."""

    pagename: str
    title: str
    description: str
    url: str
    post: BlogPost | None
    picture: SocialImage | None


def data_of(build: Build, page: About, parents: Sequence[dict[str, str]]) -> Iterator[dict[str, Any]]:
    """Yield what a page is, with what says nothing left out.

    parents: the breadcrumbs as templates have them, title in HTML and link from the page.
    """
    is_home = page.pagename == build.config.root_doc
    if is_home:
        yield from map(_filled, _home(build, page))
    if page.post:
        yield _filled(_post(build, page, page.post))
    if page.url and not is_home:
        yield _breadcrumbs(build, page, parents)


def _post(build: Build, page: About, post: BlogPost) -> dict[str, Any]:
    """Return a post as https://schema.org/BlogPosting."""
    people = (
        {
            "@type": "Person",
            "@id": orcid_of(build.config, str(author)),
            "name": str(author),
            "url": author.href,
        }
        for author in post.author
    )
    front_matter = build.domain.posts.get(post.docname)
    doi, license_ = post.record.doi, post.record.license
    return {
        "@context": _CONTEXT,
        "@type": "BlogPosting",
        "headline": post.title,
        "alternativeHeadline": front_matter.subtitle if front_matter else None,
        "description": page.description,
        "datePublished": rfc3339(post.date) if post.date else None,
        "dateModified": rfc3339(post.update) if post.update else None,
        "author": [*map(_filled, people)],
        "publisher": {"@type": "Organization", "name": build.blog.blog_title},
        "keywords": [*map(str, post.tags)],
        "articleSection": [*map(str, post.category)],
        "timeRequired": f"PT{post.record.minutes}M",  # ISO 8601
        "inLanguage": post.written_in.tag,
        "isBasedOn": post.record.source,
        "isPartOf": _series(build, post),
        "position": post.place.number if post.place else None,
        "identifier": doi_url(doi) if doi else None,
        "license": license_of(license_).url or license_ if license_ else None,
        "citation": [_filled(_work(work)) for work in post.record.references],
        "url": page.url,
        "mainEntityOfPage": page.url,
        "image": page.picture.url if page.picture else None,
    }


def _work(work: Work) -> dict[str, Any]:
    """Return a work that a post cites as https://schema.org/CreativeWork, or as what it is more exactly."""
    return {
        "@type": _KINDS.get(work.kind, "CreativeWork"),
        "name": work.title or work.text,
        "author": [{"@type": "Person", "name": name} for name in work.authors],
        "datePublished": work.year,
        "identifier": doi_url(work.doi) if work.doi else None,
        "url": work.url,
    }


def _series(build: Build, post: BlogPost) -> dict[str, Any] | None:
    """Return the series of a post as https://schema.org/CreativeWorkSeries."""
    if post.place is None:
        return None
    series, base = post.place.series, address_of(build.config)
    url = urljoin(base, build.builder.get_target_uri(series.docname)) if base else None
    return _filled({"@type": "CreativeWorkSeries", "name": str(series), "url": url})


def _home(build: Build, page: About) -> Iterator[dict[str, Any]]:
    """Yield the site as https://schema.org/WebSite, and its blog as https://schema.org/Blog."""
    blog = build.blog
    site = {
        "@context": _CONTEXT,
        "name": blog.blog_title,
        "description": blog.blog_feed_subtitle or page.description,
        "inLanguage": build.language.tag,
        "image": page.picture.url if page.picture else None,
    }
    place = build.builder.get_target_uri(blog.posts.docname)
    yield {**site, "@type": "WebSite", "url": page.url}
    yield {**site, "@type": "Blog", "url": urljoin(page.url, place) if page.url else None}


def _breadcrumbs(build: Build, page: About, parents: Sequence[dict[str, str]]) -> dict[str, Any]:
    """Return the way to a page as https://schema.org/BreadcrumbList."""
    home = urljoin(address_of(build.config), build.builder.get_target_uri(build.config.root_doc))
    above = [(do_striptags(parent["title"]), urljoin(page.url, parent["link"])) for parent in parents]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": item}
        for place, (name, item) in enumerate(
            [(build.language.gettext("Home"), home), *above, (page.title, page.url)], 1
        )
    ]
    return {"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}
