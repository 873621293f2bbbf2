"""Links of the whole site: those of the navigation bar, and to where the author can be found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from postdocs.core.urls import scheme_of
from postdocs.sphinx_ext.build import Build
from postdocs.sphinx_ext.config import base_of
from postdocs.sphinx_ext.feeds.writer import feed_names

_ICONS = (  # by what an address looks like; the first that fits counts
    ("mail", re.compile(r"mailto:")),
    ("feed", re.compile(r"(.*/)?(atom|rss|feed|index)\.(xml|json)")),
    ("orcid", re.compile(r"https?://(www\.)?orcid\.org/")),
    ("code", re.compile(r"https?://([\w-]+\.)*(github|gitlab|codeberg|bitbucket|gitea|forgejo|sr)\.")),
    ("profile", re.compile(r"https?://[^/]+/(@|profile/|in/|users/)[^/]+/?$")),  # as of Mastodon, Bluesky
)


@dataclass(frozen=True)
class SiteLink:
    """A link that `conf.py` names: a docname, a file of the output, or an address.

    icon: what stands for it, one of those that `postdocs/links.html` draws.
    """

    text: str
    target: str

    @property
    def is_elsewhere(self) -> bool:
        """Whether the target is an address, and no place on the site."""
        return bool(scheme_of(self.target))

    @property
    def is_file(self) -> bool:
        """Whether the target is a file of the output, and no docname."""
        return not self.is_elsewhere and "." in self.target.rpartition("/")[2]

    @property
    def icon(self) -> str:
        """What the target is."""
        return next((name for name, pattern in _ICONS if pattern.match(self.target)), "link")


def site_links(build: Build) -> list[SiteLink]:
    """Return the links of the setting, after that to the feed of all posts if there is one."""
    links = [SiteLink(text, target) for text, target in build.config.postdocs_links]
    if base_of(build.config) and all(link.icon != "feed" for link in links):
        feed = f"{build.blog.posts.path}/{feed_names(build.config)[0]}"
        links.insert(0, SiteLink(build.language.gettext("Feed"), feed))
    return links
