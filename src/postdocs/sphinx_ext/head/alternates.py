"""Links to translations of a post, for search engines.

https://html.spec.whatwg.org/multipage/links.html#rel-alternate, and
https://developers.google.com/search/docs/specialty/international/localized-versions: all versions name all,
themselves included, and `x-default` for readers of other languages.
"""

from __future__ import annotations

from urllib.parse import urljoin

from postdocs.sphinx_ext.blog.posts import BlogPost
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import address_of


def alternates_of(build: Build, post: BlogPost | None) -> list[tuple[str, str]]:
    """Return tag and absolute address of each version of a post, itself included; nothing if there is one.

    The default is the version in the language of the site, else the one that the others translate. A version
    that is to be found elsewhere is none of these.
    """
    if post is None or not post.translations or not address_of(build.config):
        return []
    here = [other for other in (post, *post.translations) if _is_here(build, other)]
    if post not in here or len(here) == 1:
        return []
    addresses = {other.written_in.tag: _address(build, other) for other in here}
    original = post.original.written_in.tag
    default = next((tag for tag in (build.language.tag, original) if tag in addresses), min(addresses))
    return [*sorted(addresses.items()), ("x-default", addresses[default])]


def _address(build: Build, post: BlogPost) -> str:
    return urljoin(address_of(build.config), build.builder.get_target_uri(post.docname))


def _is_here(build: Build, post: BlogPost) -> bool:
    """Tell whether search engines are to find a post on this site, at its own address."""
    return not post.external_link and post.canonical_link in {None, _address(build, post)}
