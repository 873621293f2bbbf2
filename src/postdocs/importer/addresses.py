"""Where an imported post goes, and how its old address finds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from postdocs.core.slugs import slugify
from postdocs.core.urls import request

# Parameters that feeds, newsletters and advertisements add to addresses, and no blog reads.
_TRACKING = re.compile(
    r"(?:(?:utm|pk|mtm|matomo|piwik|hsa|itm|oly|vero)_\w+|at_(?:medium|campaign)|wt_z?mc\w*|wt\.mc_\w+"
    r"|ns_(?:source|mchannel|campaign|linkname|fee)|mc_[ce]id|mkt_tok|_hs(?:enc|mi|fp)|hsctatracking"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|srsltid"
    r"|_openstat|_g[al]|s_cid|ocid|ncid|cmpid|trk(?:campaign)?|xtor|ml_subscriber(?:_hash)?|ck_subscriber_id)"
    r"(?:=|$)"
    # These count clicks only with such a value: elsewhere they may be what the page is made from.
    r"|(?:source|src|ref|from|cmp|via)=(?:rss|feed|atom|newsletter|email|medium|twitter|facebook)(?:$|[\W_])",
    re.IGNORECASE,
)
# Blogger answers at a host of the reader's country as well, in another view for phones, and at a comment.
_BLOGGER_COUNTRY = re.compile(r"(?<=\.blogspot\.)(?:com?\.)?[a-z]{2}$")
_BLOGGER_VIEW = re.compile(r"(?:m=[01]|showComment=\d*|spref=\w*)", re.ASCII)
_NUMBER = re.compile(r"(?:^|&)(?:p|page_id|post)=\d+")  # of a post, by which WordPress finds it
# Keys of front matter by which templates and plugins name the thread of a post at Disqus.
_THREAD_KEYS = frozenset({"disqus_identifier", "disqus_id", "disqus_url", "dsq_thread_id"})


def post_slug(url: str | None, title: str) -> str:
    """Return the slug of a post: from the last part of its address that names it, else from its title.

    `/2013/07/05/scipy-recap/`, `/scipy-recap.html` and `/scipy-recap/index.php` all say `scipy-recap`;
    `/blog/?p=12` and `/2013/07/05/` say nothing.
    """
    try:
        parts = urlsplit(url or "")
        path = "" if _NUMBER.search(parts.query) else unquote(parts.path)
    except ValueError:
        path = ""
    for part in reversed([part for part in path.split("/") if part]):
        name = re.sub(r"\.(?:x?html?|php|aspx?|md)$", "", part, flags=re.IGNORECASE)
        if name.lower() not in {"index", "default"} and not re.fullmatch(r"\d{1,4}|[\W_]*", name):
            return slugify(name)
    return slugify(title) or "untitled"


def without_tracking(url: str) -> str:
    """Return an address without the parameters by which statistics tell where a click came from.

    They are in its query, or in its fragment where that is nothing else; all else stays to the letter.
    """
    address, hash_, fragment = url.partition("#")
    path, mark, query = address.partition("?")
    kept = "&".join(part for part in query.split("&") if not _TRACKING.match(part))
    if fragment and all(_TRACKING.match(part) for part in fragment.split("&")):
        hash_ = fragment = ""
    return f"{path}{mark if kept or not query else ''}{kept}{hash_}{fragment}"


def key_of(url: str) -> str | None:
    """Return what makes two spellings of an address the same: host and path, without scheme and `www.`.

    A query counts (`/?p=12`) but for what tells where a click came from, or what view of a page Blogger
    shows; a fragment does not. The hosts that a blog has at Blogger are one. None for what is no web
    address.
    """
    try:
        parts = urlsplit(request(without_tracking(re.sub(r"^\s*//", "https://", url))))
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    host = _BLOGGER_COUNTRY.sub("com", host.removeprefix("www."))
    path, query = unquote(parts.path).rstrip("/").removesuffix("/index.html"), parts.query
    if query and (path.endswith(".html") or host.endswith(".blogspot.com")):
        query = "&".join(part for part in query.split("&") if not _BLOGGER_VIEW.fullmatch(part))
    return f"{host}{path}{'?' if query else ''}{query}"


def thread_names(values: Mapping[str, object]) -> frozenset[str]:
    """Return the names that front matter gives the thread of comments on its post."""
    named = (value for key, value in values.items() if names_thread(key))
    return frozenset(text for value in named for text in one_or_more(value))


def names_thread(key: str) -> bool:
    """Tell whether a key of front matter names the thread of comments on its post."""
    return key.lower() in _THREAD_KEYS


def one_or_more(value: object) -> tuple[str, ...]:
    """Return the texts and numbers of a value of front matter, which may be a list of them."""
    items = value if isinstance(value, list) else [value]
    texts = (str(item).strip() for item in items if isinstance(item, str | int))
    return tuple(text for text in texts if text)
