"""What the pages of a site have in common: navigation, sidebars, bylines, share bars, the name of the site.

An author's words are never taken for that because several posts have them: only elements that Markdown does
not make, those with a class or a role of their own, can be part of a template.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from postdocs.core.html import HEADINGS, NOT_TEXT
from postdocs.importer.built import facts
from postdocs.importer.built.endings import heading_at_end, learn_endings
from postdocs.importer.built.titles import affixes, letters, without_name
from postdocs.importer.html.dom import attribute, classes
from postdocs.importer.html.select import select
from postdocs.importer.sources.model import fold
from postdocs.importer.sources.page_facts import Page

# The elements of HTML for what surrounds an article.
CHROME = frozenset({"address", "aside", "button", "dialog", "footer", "form", "header", "nav", "search"})
# What stands for itself; the words of an author may be in any other element that pages share.
_PARTS = CHROME | {"div", "section"}
# What can be part of a theme where each article has one. Headings and what is within lines can't.
_PLACED = _PARTS | {"ul", "ol", "p", "time", "abbr"}
_LINES = HEADINGS | {"p", "li", "dd", "dt", "td", "th", "figcaption"}
# What authors write: an element that holds any of these is theirs.
_CONTENT = frozenset({
    *("audio", "blockquote", "canvas", "code", "details", "dl", "embed", "figure", "iframe", "math"),
    *("object", "pre", "table", "video"),
})  # fmt: skip
_CONTENT_CLASSES = re.compile(
    r"admonition|alert|callout|code|compound|details|equation|figure|footnote|gallery|highlight|image|katex"
    r"|math|notice|output|quote|sd-|sourceCode|tabbed|table|task|theorem|toggle|warning|wp-block",
    re.IGNORECASE,
)
# Words in classes and ids of themes, for what stands above or below an article.
_FURNITURE = re.compile(
    r"(?:^|[-_])(?:meta|metadata|share|sharing|sharedaddy|social|related|jp-relatedposts|author|byline|bio|tags?"
    r"|taxonomy|category|categories|nav|navigation|pager|paginat(?:ion|or)|paginav|prev|next|nextprev|prevnext"
    r"|comments?|disqus|giscus|utterances|subscribe|newsletter|signup|breadcrumbs?|crumbs|reading|readtime|toc"
    r"|edit|feedback|dateline|postinfo|info|published|date|time|webmentions?|likes?|donate|sponsor|support"
    r"|promonav|sourceline|views|kudos|back|top|title|header|footer|sidebar|widget)(?:$|[-_\d])",
    re.IGNORECASE,
)
# The meta elements in which sites describe themselves on every page.
_DESCRIBING = frozenset({
    *("description", "og:description", "twitter:description", "keywords", "og:image", "twitter:image"),
})  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST = 0.8  # of the pages that were compared: what so many have in one place is of the template
_HALF = 0.5
_FEWEST = 4  # pages that tell it
_LONGEST = 80  # words of a part of a template that differs from page to page
_EXCERPT = 60  # characters of a part, by which its author knows it
_DEEPEST = 12  # levels below an article where parts of a template are
_MOST_OF_ARTICLE = 0.4  # of its words, unless they are few:
_FEW_WORDS = 20


@dataclass(frozen=True)
class Template:
    """What pages have in common.

    same: digests of elements that pages share. places: those in an article, as paths of their signs, that
    hold what the theme says of a post. endings: headings that articles end with. meta: names and values of
    meta elements that describe the site rather than a post. prefix, suffix: of titles. names: of the site.
    """

    same: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    meta: frozenset[tuple[str, str]] = frozenset()
    prefix: str = ""
    suffix: str = ""
    names: frozenset[str] = frozenset()

    def title(self, text: str, names: Iterable[str] = ()) -> str:
        """Return a title without the name of the site. names: those that its page states."""
        bare = text.removeprefix(self.prefix).removesuffix(self.suffix).strip()
        return (bare if bare != text else without_name(text, {*self.names, *names})) or text

    def take_meta(self, meta: dict[str, list[str]]) -> None:
        """Take out of the meta elements of a page those that describe the site."""
        for name in _DESCRIBING.intersection(meta):
            meta[name] = [value for value in meta[name] if (name, value) not in self.meta]

    def take_same(self, body: Tag) -> list[tuple[Tag, str]]:
        """Take out of a page what it shares with others; return where each part was, and what it said.

        What tells something of the post stays: several posts can have one date, or the same labels.
        """
        digests = digests_in(body)
        shared = [tag for tag in body.find_all(True) if digests.get(id(tag)) in self.same]
        shared = [tag for tag in shared if tag.name in _PARTS and _is_of_theme(tag)]
        taken: list[tuple[Tag, str]] = []
        for tag in _outermost(
            [tag for tag in shared if not (facts.is_near_article(tag) and facts.tells(tag))]
        ):
            if tag.parent is not None:
                taken.append(
                    (tag.parent, f"{sign(tag)}: {shorten(tag.get_text(' '), _EXCERPT, placeholder=' …')}")
                )
            tag.decompose()
        return taken

    def take_places(self, article: Tag, description: str) -> list[Tag]:
        """Take out of an article what the theme says of the post; return it.

        description: of the post, as its page states it, which themes also show above the text.
        """
        placed = [tag for tag, place in _placed(article) if place in self.places and _may_be_of_theme(tag)]
        frame = article.find_all(["header", "footer", "nav"], recursive=False)
        words = _words(article)
        placed += [tag for tag in frame if _is_frame(tag, words, fold(description))]
        taken = [tag.extract() for tag in _outermost([*placed, *_labels(article)])]
        ending = heading_at_end(article)
        if ending is not None and fold(ending.get_text()) in self.endings:
            taken.append(ending.extract())
        return taken


def _labels(article: Tag) -> Iterator[Tag]:
    """Yield the labels of a post that its theme lists outside of any line; take what stands between them.

    A link says by its `rel` that it is one (HTML Living Standard, "Link type `tag`").
    """
    for link in select(article, "a[rel~=tag]"):
        inner = itertools.takewhile(lambda parent: parent is not article, link.parents)
        if not any(parent.name in _LINES | _CONTENT for parent in inner):
            beside = link.next_sibling
            if isinstance(beside, NavigableString) and not re.search(r"\w", beside):
                beside.extract()
            yield link


def learn(pages: Sequence[Page]) -> Template:
    """Compare some pages of posts."""
    bodies = [page.soup.body for page in pages if page.soup.body is not None]
    fewest = max(_FEWEST - 1, _HALF * len(pages))
    digests = Counter(digest for body in bodies for digest in {*digests_in(body).values()})
    meta = Counter(
        (name, value) for page in pages for name in _DESCRIBING for value in {*page.meta.get(name, ())}
    )
    prefix, suffix = affixes(pages)
    return Template(
        same=frozenset(digest for digest, number in digests.items() if number >= fewest),
        meta=frozenset(pair for pair, number in meta.items() if number >= fewest),
        prefix=prefix,
        suffix=suffix,
    )


def with_articles(template: Template, articles: Sequence[Tag]) -> Template:
    """Compare articles: add what nearly each has that is of the theme, and take it out of them."""
    if len(articles) < _FEWEST:
        return template
    with_places = replace(template, places=learn_places(articles))
    for article in articles:
        with_places.take_places(article, "")
    return replace(with_places, endings=learn_endings(articles, _MOST * len(articles)))


def learn_places(articles: Sequence[Tag]) -> frozenset[str]:
    """Return the places in which nearly each article has one part that is of the theme."""
    once: Counter[str] = Counter()
    of_theme: Counter[str] = Counter()
    for article in articles:
        parts = [(tag, place) for tag, place in _placed(article) if _may_be_of_theme(tag)]
        numbers = Counter(place for _, place in parts)
        words = _words(article)
        for tag, place in parts:
            if numbers[place] == 1:
                once[place] += 1
                of_theme[place] += _is_furniture(tag, words)
    least = _MOST * len(articles)
    places = {place for place in once if once[place] >= least and of_theme[place] >= least}
    return frozenset(place for place in places if not any(outer in places for outer in _around(place)))


def _around(place: str) -> Iterator[str]:
    while ">" in place:
        place = place.rpartition(">")[0]
        yield place


def digests_in(body: Tag) -> dict[int, str]:
    """Return a digest of the text of each element and its tags, by `id()`; of none that shows nothing."""
    digests: dict[int, str] = {}

    def digest(tag: Tag) -> str:
        parts = [tag.name]
        for child in tag.children:
            if isinstance(child, Tag):
                if child.name not in NOT_TEXT:
                    parts.append(digest(child))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                parts.append(fold(str(child)))
        text = "\0".join(filter(None, parts))
        value = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        if len(parts) > 1:
            digests[id(tag)] = value
        return value

    digest(body)
    return digests


def _placed(article: Tag) -> Iterator[tuple[Tag, str]]:
    """Yield the elements near the top of an article, each with its place."""
    waiting = [(child, sign(child)) for child in article.find_all(True, recursive=False)]
    while waiting:
        tag, place = waiting.pop()
        yield tag, place
        if place.count(">") < _DEEPEST and tag.name not in _CONTENT:
            waiting += [(child, f"{place}>{sign(child)}") for child in tag.find_all(True, recursive=False)]


def sign(tag: Tag) -> str:
    """Return what an element is named by: its own name, and its first class, else its id, without digits."""
    names = sorted(name for name in classes(tag) if not re.search(r"\d", name))
    if names:
        return f"{tag.name}.{names[0]}"
    id_ = attribute(tag, "id")
    return f"{tag.name}#{id_}" if _is_named(tag) and not re.search(r"\d", id_) else f"{tag.name}."


def _may_be_of_theme(tag: Tag) -> bool:
    """Tell whether an element can be part of a theme: a paragraph is one only for what it says."""
    return tag.name in _PLACED and (tag.name in {"p", "time"} or _is_of_theme(tag))


def _is_of_theme(tag: Tag) -> bool:
    """Tell whether an element is one that Markdown does not make, and that holds nothing of an author's."""
    names = classes(tag)
    is_marked = tag.name in CHROME or bool(names) or tag.has_attr("role") or _is_named(tag)
    if not is_marked or tag.name in _CONTENT or _CONTENT_CLASSES.search(" ".join(names)):
        return False
    bare = {parent.name for parent in tag.parents if parent.name not in _LINES or not classes(parent)}
    return (_CONTENT | _LINES).isdisjoint(bare) and tag.find(list(_CONTENT)) is None


def _is_named(tag: Tag) -> bool:
    """Tell whether an element has an id of its own; a section of an author has that of its heading."""
    if not attribute(tag, "id") or tag.name not in {"div", "ul", "ol", "section"}:
        return False
    heading = tag.find(sorted(HEADINGS))
    return heading is None or letters(heading.get_text()) != letters(attribute(tag, "id"))


def _is_furniture(tag: Tag, total: int, description: str = "") -> bool:
    """Tell whether an element says something of a post, or leads to others.

    total: words of the article. description: of the post, whose words don't count.
    """
    is_said = description and description in fold(tag.get_text(" "))
    words = _words(tag) - (len(description.split()) if is_said else 0)
    if words > max(_FEW_WORDS, _MOST_OF_ARTICLE * total):
        return False
    if tag.name in {"nav", "footer", "form", "button", "address", "header", "dialog"}:
        return True
    if words > _LONGEST:
        return False
    if tag.name == "time" or tag.find("time") is not None:
        return True
    if tag.name == "p" and not classes(tag):
        return False
    names = _CAMEL.sub("-", " ".join([*classes(tag), attribute(tag, "id")]))
    links = (link for link in tag.find_all("a", href=True) if not attribute(link, "href").startswith("#"))
    linked = sum(map(_words, links))
    return any(map(_FURNITURE.search, names.split())) or (words > 0 and linked > _HALF * words)


def _is_frame(tag: Tag, total: int, description: str) -> bool:
    """Tell whether an element at the edge of an article says who wrote it and when, or leads to others."""
    return (
        _is_of_theme(tag)
        and _is_furniture(tag, total, description)
        and (tag.name == "nav" or facts.tells(tag))
    )


def _outermost(tags: Sequence[Tag]) -> list[Tag]:
    by_id = {id(tag): tag for tag in tags}
    return [tag for tag in by_id.values() if not any(id(parent) in by_id for parent in tag.parents)]


def _words(tag: Tag) -> int:
    return len(tag.get_text(" ").split())
