"""Where an element says which video, post or chart a script is to show in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from bs4.element import Tag

from postdocs.importer.html.dom import attribute, classes
from postdocs.importer.html.rendered.build import Embed, json_object

_YOUTUBE = "https://www.youtube.com/watch?v={}"
_VIMEO = "https://vimeo.com/{}"
_TWEET = "https://twitter.com/i/status/{}"
_GIST = "https://gist.github.com/{}"
_INSTAGRAM = "https://www.instagram.com/p/{}/"

# By element: the attribute with an identifier, and the address that it stands for.
_ELEMENTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "lite-youtube": (("videoid", _YOUTUBE),),
    "youtube-video": (("videoid", _YOUTUBE), ("src", "{}")),
    "lite-vimeo": (("videoid", _VIMEO),),
    "vimeo-video": (("src", "{}"),),
    "amp-youtube": (("data-videoid", _YOUTUBE), ("data-live-channelid", "https://www.youtube.com/channel/{}")),
    "amp-vimeo": (("data-videoid", _VIMEO),),
    "amp-twitter": (("data-tweetid", _TWEET),),
    "amp-instagram": (("data-shortcode", _INSTAGRAM),),
    "amp-gist": (("data-gistid", _GIST),),
    "amp-dailymotion": (("data-videoid", "https://www.dailymotion.com/video/{}"),),
    "amp-soundcloud": (("data-trackid", "https://api.soundcloud.com/tracks/{}"),),
    "amp-facebook": (("data-href", "{}"),),
    "amp-video": (("src", "{}"),),
    "amp-audio": (("src", "{}"),),
    "amp-pinterest": (("data-url", "{}"),),
    "amp-reddit": (("data-src", "{}"),),
    "amp-tiktok": (("data-src", "{}"),),
    "oembed": (("url", "{}"),),
    "model-viewer": (("src", "{}"),),
    "asciinema-player": (("src", "{}"),),
    "gradio-app": (("src", "{}"), ("space", "https://huggingface.co/spaces/{}")),
    "github-gist": (("src", "{}"),),
    "bsky-embed": (("username", "https://bsky.app/profile/{}"),),
}  # fmt: skip
# By attribute: the address that its value stands for. The first that an element has counts.
_ATTRIBUTES: Mapping[str, str] = {
    "data-youtube-id": _YOUTUBE,
    "data-youtube": _YOUTUBE,
    "data-ytid": _YOUTUBE,
    "data-youtube-video-id": _YOUTUBE,
    "data-vimeo-id": _VIMEO,
    "data-tweet-id": _TWEET,
    "data-tweetid": _TWEET,
    "data-tweet": _TWEET,
    "data-gist": _GIST,
    "data-gist-id": _GIST,
    "data-instgrm-permalink": "{}",
    "data-mastodon-url": "{}",
    "data-embed-url": "{}",
    "data-oembed-url": "{}",
    "data-oembed": "{}",
    "data-iframe-src": "{}",
    "data-iframe-url": "{}",
    "data-embed-src": "{}",
    "data-pym-src": "{}",
    "data-youtube-url": "{}",
    "data-vimeo-url": "{}",
    "data-video-url": "{}",
    "data-media-url": "{}",
    "data-infogram-id": "https://infogram.com/{}",
    "data-tf-widget": "https://form.typeform.com/to/{}",
    "data-tf-live": "https://form.typeform.com/to/{}",
    "data-spotify-uri": "{}",
}
# By class: the attribute with an identifier, and the address that it stands for.
_CLASSES: Mapping[str, tuple[str, str]] = {
    "youtube-player": ("data-id", _YOUTUBE),
    "youtube": ("data-embed", _YOUTUBE),
    "rll-youtube-player": ("data-id", _YOUTUBE),
    "lazy-youtube": ("data-id", _YOUTUBE),
    "vimeo-player": ("data-id", _VIMEO),
    "infogram-embed": ("data-id", "https://infogram.com/{}"),
    "fb-post": ("data-href", "{}"),
    "fb-video": ("data-href", "{}"),
    "tiktok-embed": ("cite", "{}"),
    "flourish-embed": ("data-src", "https://public.flourish.studio/{}/"),
    "flourish-chart": ("data-src", "https://public.flourish.studio/{}/"),
    "strava-embed-placeholder": ("data-embed-id", "https://www.strava.com/activities/{}"),
    "typeform-widget": ("data-url", "{}"),
    "calendly-inline-widget": ("data-url", "{}"),
    "reddit-embed": ("data-embed-media", "{}"),
    "imgur-embed-pub": ("data-id", "https://imgur.com/{}"),
    "scribd_iframe_embed": ("src", "{}"),
    "wistia_embed": ("data-video-url", "{}"),
    "twitch-embed": ("data-channel", "https://www.twitch.tv/{}"),
    "pinterest-embed": ("data-url", "{}"),
    "datawrapper-vis": ("data-src", "{}"),
    "tmblr-embed": ("data-url", "{}"),
}
# A script that shows one thing, by its address.
_SCRIPTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:https?:)?//{pattern}", re.IGNORECASE), url)
    for pattern, url in (
        (r"gist\.github\.com/([\w./\-]+?)\.js(?:on)?(?:\?.*)?", _GIST),
        (r"gist\.github\.com/([\w./\-]+?)\.js\?file=.*", _GIST),
        (r"asciinema\.org/a/([\w\-]+)\.js.*", "https://asciinema.org/a/{}"),
        (r"(?:www\.)?jsfiddle\.net/((?:[\w\-]+/){1,3})embed/.*", "https://jsfiddle.net/{}"),
        (r"datawrapper\.dwcdn\.net/([\w\-]+)/embed\.js.*", "https://datawrapper.dwcdn.net/{}/"),
        (r"api\.observablehq\.com/((?:@[\w\-]+|d)/[\w\-]+(?:/\d+)?)\.js.*", "https://observablehq.com/{}"),
        (r"(?:secure\.)?polldaddy\.com/p/(\d+)\.js.*", "https://poll.fm/{}"),
        (r"(?:static\.)?polldaddy\.com/p/(\d+)\.js.*", "https://poll.fm/{}"),
        (r"www\.buzzsprout\.com/([\w\-/]+)\.js.*", "https://www.buzzsprout.com/{}"),
        (r"emgithub\.com/embed(?:-v\d)?\.js\?.*?target=([^&]+).*", "{}"),
        (r"www\.scribd\.com/doc/([\w\-/]+).*", "https://www.scribd.com/doc/{}"),
        (r"snapwidget\.com/embed/(\w+).*", "https://snapwidget.com/embed/{}"),
        (r"bitbucket\.org/([\w\-./]+)\?embed=t", "https://bitbucket.org/{}"),
        (r"gitlab\.com/([\w\-./]*snippets/\d+)\.js.*", "https://gitlab.com/{}"),
        (r"replit\.com/(@[\w\-]+/[\w\-]+)\.js.*", "https://replit.com/{}"),
    )
)
_IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["'](https?://[^"']+)["']""")
_ENCODED = re.compile(r"https?%3A%2F%2F", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[\w@.:/?=&%+~#,\-]+")
_WIDGET = re.compile(r"embed|player|widget|video|oembed|chart|iframe|card|tweet|media", re.IGNORECASE)
_ADDRESSES = ("data-src", "data-url", "data-href", "data-link", "src", "url", "href")


def address_of(tag: Tag) -> Embed | None:
    """Return what a script shows in an element, or in its own place; None where the element doesn't say."""
    if tag.name == "script":
        return _of_script(tag)
    for reading in (
        _of_element,
        _of_attribute,
        _of_class,
        _of_pen,
        _of_bluesky,
        _of_tableau,
        _of_tumblr,
        _of_any,
    ):
        if embed := reading(tag):
            return embed
    return None


def _of_script(tag: Tag) -> Embed | None:
    source = attribute(tag, "src").strip()
    if "speakerdeck" in source and attribute(tag, "data-id"):
        return Embed(f"https://speakerdeck.com/player/{attribute(tag, 'data-id')}")
    imported = _IMPORTED.search(tag.string or "")
    for address in (source, imported[1] if imported else ""):
        for pattern, url in _SCRIPTS:
            if match := pattern.fullmatch(address):
                return Embed(url.format(match[1]))
    return None


def _of_element(tag: Tag) -> Embed | None:
    return next(
        (embed for name, url in _ELEMENTS.get(tag.name, ()) if (embed := _embed(tag, name, url))), None
    )


def _of_attribute(tag: Tag) -> Embed | None:
    pairs = ((name, _ATTRIBUTES[name]) for name in tag.attrs if name in _ATTRIBUTES)
    return next((embed for name, url in pairs if (embed := _embed(tag, name, url))), None)


def _of_class(tag: Tag) -> Embed | None:
    pairs = (_CLASSES[name] for name in classes(tag) if name in _CLASSES)
    return next((embed for name, url in pairs if (embed := _embed(tag, name, url))), None)


def _of_pen(tag: Tag) -> Embed | None:
    pen = attribute(tag, "data-slug-hash")
    user = attribute(tag, "data-user") or "pen"
    return Embed(f"https://codepen.io/{user}/pen/{pen}", _title(tag)) if _IDENTIFIER.fullmatch(pen) else None


def _of_bluesky(tag: Tag) -> Embed | None:
    match = re.fullmatch(r"at://([\w.:\-]+)/app\.bsky\.feed\.post/(\w+)", attribute(tag, "data-bluesky-uri"))
    return Embed(f"https://bsky.app/profile/{match[1]}/post/{match[2]}") if match else None


def _of_tableau(tag: Tag) -> Embed | None:
    if "tableauPlaceholder" not in classes(tag):
        return None
    name = tag.find("param", attrs={"name": "name"})
    view = attribute(name, "value") if isinstance(name, Tag) else ""
    return Embed(f"https://public.tableau.com/views/{view.replace('&#47;', '/')}") if view else None


def _of_any(tag: Tag) -> Embed | None:
    """Read an address of an empty element of a page's own, or of one that is called a player or the like."""
    if "-" not in tag.name and not _WIDGET.search(f"{attribute(tag, 'class')} {attribute(tag, 'id')}"):
        return None
    for name in _ADDRESSES:
        value = _plain(attribute(tag, name))
        if re.match(r"(?:https?:)?//\S+$|/[^/\s]\S*$", value) and tag.name not in _NOT_EMBEDS:
            return Embed(value, _title(tag))
    return None


_NOT_EMBEDS = frozenset({
    "a", "area", "audio", "img", "input", "link", "script", "source", "track", "video", "button", "form",
    "amp-ad", "amp-analytics", "amp-pixel", "use", "image",
})  # fmt: skip


def _embed(tag: Tag, name: str, url: str) -> Embed | None:
    value = _plain(attribute(tag, name))
    if not _IDENTIFIER.fullmatch(value):
        return None
    if re.match(r"(?:https?:)?//", value):
        return Embed(value, _title(tag))
    if url == "{}" and not value.startswith("/"):
        return None
    return Embed(url.format(value.strip("/") if "{}/" in url else value), _title(tag))


def _plain(value: str) -> str:
    """Return a value; an address whose percent signs hide even its scheme, as Tumblr writes them, in full."""
    return unquote(value.strip()) if _ENCODED.match(value.strip()) else value.strip()


def _of_tumblr(tag: Tag) -> Embed | None:
    """Read a block of Tumblr's editor (Neue Post Format)."""
    block = json_object(attribute(tag, "data-npf"))
    url, title = (block.get(key) for key in ("url", "title"))
    if not isinstance(url, str) or not re.match(r"https?://\S+$", url):
        return None
    return Embed(url, title if isinstance(title, str) else "")


def _title(tag: Tag) -> str:
    names: tuple[str, ...] = (
        "playlabel",
        "data-title",
        "title",
        "aria-label",
        "data-caption",
        "videotitle",
        "alt",
    )
    return next((" ".join(value.split()) for name in names if (value := attribute(tag, name)).strip()), "")
