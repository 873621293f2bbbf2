"""Videos, sounds, and gists that texts show by an id, and the directives of generators for them.

https://getnikola.com/handbook.html#restructuredtext-extensions; plugins of Pelican have the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives

from postdocs.importer.folders.unknown_directives import AnyOption

_ID = re.compile(r"[\w-]{1,64}")
_GIST = re.compile(r"(?:https?://gist\.github\.com/)?(?P<id>(?:[\w-]+/)?[0-9a-f]{5,40})/?")


def youtube(name: str) -> str | None:
    """Return a video of YouTube, by its id; None for what is no id."""
    return f'<iframe src="https://www.youtube.com/embed/{name}"></iframe>' if _ID.fullmatch(name) else None


def vimeo(number: str) -> str | None:
    """Return a video of Vimeo, by its number; None for what is none."""
    frame = f'<iframe src="https://player.vimeo.com/video/{number}"></iframe>'
    return frame if number.isascii() and number.isdecimal() else None


def soundcloud(number: str, kind: str) -> str | None:
    """Return a player of SoundCloud, by the number of what it plays. kind: `tracks` or `playlists`."""
    source = f"https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/{kind}/{number}"
    is_number = number.isascii() and number.isdecimal()
    return f'<iframe src="{source}"></iframe>' if is_number else None


def gist(name: str, file: str = "") -> str | None:
    """Return a gist, by its id or address, or one file of it; None for what is no id."""
    match = _GIST.fullmatch(name)
    part = f"?file={escape(file)}" if file else ""
    return f'<script src="https://gist.github.com/{match["id"]}.js{part}"></script>' if match else None


def media(address: str) -> str | None:
    """Return what is at an address, as a host says it by oEmbed; a link where the import doesn't know it."""
    is_address = re.fullmatch(r"https?://\S+", address)
    return f'<oembed url="{escape(address)}"></oembed>' if is_address else None


class _Player(Directive):
    """One with any options, which change its looks."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = AnyOption(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        shown = self.shown(self.arguments[0].split())
        if shown is None:
            raise self.error(f"{' '.join(self.arguments[0].split())} is nothing that {self.name} shows")
        return [nodes.raw("", shown, format="html")]

    def shown(self, words: list[str]) -> str | None:
        """Return the HTML of what the argument names; None where it names nothing."""
        raise NotImplementedError


class _Youtube(_Player):
    def shown(self, words: list[str]) -> str | None:
        return youtube(words[0])


class _Vimeo(_Player):
    def shown(self, words: list[str]) -> str | None:
        return vimeo(words[0])


class _Sound(_Player):
    def shown(self, words: list[str]) -> str | None:
        return soundcloud(words[0], "playlists" if self.name.endswith("playlist") else "tracks")


class _Gist(_Player):
    def shown(self, words: list[str]) -> str | None:
        return gist(words[0], self.options.get("file") or "".join(words[1:2]))


class _Media(_Player):
    def shown(self, words: list[str]) -> str | None:
        return media(words[0])


DIRECTIVES: Mapping[str, type[Directive]] = {
    "youtube": _Youtube,
    "vimeo": _Vimeo,
    "gist": _Gist,
    "media": _Media,
    **dict.fromkeys(("soundcloud", "soundcloud_playlist"), _Sound),
}
"""By their names."""
