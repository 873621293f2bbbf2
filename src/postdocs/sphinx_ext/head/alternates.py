"""The same post in other languages, as search engines are told of it.

https://html.spec.whatwg.org/multipage/links.html#rel-alternate, and
https://developers.google.com/search/docs/specialty/international/localized-versions: all versions name all,
themselves included, and `x-default` for readers of other languages.
"""

from __future__ import annotations

from urllib.parse import urljoin

from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.blog.translations import original_of
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import address_of


def alternates_of(build: Build, post: BlogPost | None) -> list[tuple[str, str]]:
    """Return tag and absolute address of each version of a post, itself included; nothing if there is one.

    The default is the version in the language of the site, else the one that the others translate. A version
    that is to be found elsewhere is none of these.
    """
    base = address_of(build.config)
    if post is None or not post.translations or not base:
        return []
    addresses = {
        other.written_in.tag: urljoin(base, build.builder.get_target_uri(other.docname))
        for other in sorted((post, *post.translations), key=lambda other: other.written_in.tag)
    }
    default = build.language.tag
    if default not in addresses:
        default = original_of(build, post).written_in.tag
    return [*addresses.items(), ("x-default", addresses[default])]
