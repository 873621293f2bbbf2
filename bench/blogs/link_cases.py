"""Faults and good links, each in a file of its own, as parsers of HTML, feeds, styles and JSON see them."""

# ruff: noqa: E501 - a case is read as one line

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

BASE = "https://planted.example/"
_PAGE = "<!DOCTYPE html><title>x</title>{}"
_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
_RSS = '<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel>{}</channel></rss>'
_SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><url>{}</url></urlset>'
)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
_JSON_FEED = '{{"version": "https://jsonfeed.org/version/1.1", {}}}'
_LINKED = '<script type="application/ld+json">{}</script>'


@dataclass(frozen=True)
class Case:
    """A file of a site, and the address in it that leads nowhere, if one does."""

    path: str
    text: str
    fault: str | None = None
    encoding: str = "utf-8"


# What the cases may link to.
SITE = {
    "index.html": '<link rel=canonical href="https://planted.example/"><a href="/about.html">a</a>',
    "about.html": '<p id=team><p id="é"><p id="a b"><p id="c%20d"><a name=old></a><a href="/">h</a>',
    "dir/index.html": '<p id=in><a href="/">h</a>',
    "page.html": '<a href="/">h</a>',
    "a.png": "",
    "ü ä.png": "",
    "b+c.png": "",
    "ok.css": "p { color: red }",
    "sprite.svg": '<svg xmlns="http://www.w3.org/2000/svg"><g id="icon"/></svg>',
    "x.pdf": "",
}

_FAULTY_HTML = {
    "a": ('<a href="/gone/">', "/gone/"),
    "unquoted": ("<a href=gone.html>", "gone.html"),
    "case": ('<a href="/About.html">', "/About.html"),
    "space": ('<a href=" /gone ">', "/gone"),
    "entity": ('<a href="/g&#111;ne?a=1&amp;b">', "/gone?a=1&b"),
    "no-suffix": ('<a href="/abou">', "/abou"),
    "folder": ('<a href="/dir/gone">', "/dir/gone"),
    "slash-file": ('<a href="/about.html/">', "/about.html/"),
    "up": ('<a href="../gone.html">', "../gone.html"),
    "dots": ('<a href="/dir/%2e%2e/gone">', "/dir/%2e%2e/gone"),
    "backslash": ('<a href="\\gone\\x">', "\\gone\\x"),
    "full": ('<a href="https://planted.example/gone">', "https://planted.example/gone"),
    "full-http": ('<a href="HTTP://Planted.EXAMPLE:80/gone">', "HTTP://Planted.EXAMPLE:80/gone"),
    "protocol": ('<a href="//planted.example/gone">', "//planted.example/gone"),
    "fragment": ('<a href="#gone">', "#gone"),
    "fragment-else": ('<a href="/about.html#gone">', "/about.html#gone"),
    "fragment-case": ('<a href="/about.html#Team">', "/about.html#Team"),
    "fragment-full": ('<a href="https://planted.example/dir/#gone">', "https://planted.example/dir/#gone"),
    "fragment-comment": ('<!-- <p id="c"> --><a href="#c">', "#c"),
    "fragment-script": ('<script>\'<p id="s">\'</script><a href="#s">', "#s"),
    "fragment-plus": ('<a href="/about.html#a+b">', "/about.html#a+b"),
    "area": ('<map name=m><area href="/gone"></map>', "/gone"),
    "img": ('<img src="gone.png">', "gone.png"),
    "img-latin": ('<img src="/%FC%20%E4.png">', "/%FC%20%E4.png"),
    "img-nfd": ('<img src="/u\u0308 a\u0308.png">', "/u\u0308 a\u0308.png"),
    "srcset": ('<img src="/a.png" srcset="/a.png 1x, gone.png 2x">', "gone.png"),
    "source": ('<picture><source srcset="gone.webp"><img src="/a.png"></picture>', "gone.webp"),
    "imagesrcset": ('<link rel=preload as=image href="/a.png" imagesrcset="gone.png 1x">', "gone.png"),
    "css": ('<link rel=stylesheet href="/gone.css">', "/gone.css"),
    "icon": ('<link rel="icon" href="/gone.ico">', "/gone.ico"),
    "canonical": (
        '<link rel=canonical href="https://planted.example/gone/">',
        "https://planted.example/gone/",
    ),
    "hreflang": ('<link rel=alternate hreflang=de href="/de/">', "/de/"),
    "feed": ('<link rel=alternate type="application/rss+xml" href="/gone.xml">', "/gone.xml"),
    "next": ('<link rel=next href="/page/2/">', "/page/2/"),
    "script": ('<script src="/gone.js"></script>', "/gone.js"),
    "module": ("<link rel=modulepreload href=/gone.mjs>", "/gone.mjs"),
    "iframe": ('<iframe src="/gone"></iframe>', "/gone"),
    "srcdoc": ("<iframe srcdoc=\"<a href='/gone'>\"></iframe>", "/gone"),
    "video": ('<video poster="gone.jpg"></video>', "gone.jpg"),
    "track": ('<video><track src="gone.vtt"></video>', "gone.vtt"),
    "audio": ('<audio src="gone.mp3"></audio>', "gone.mp3"),
    "object": ('<object data="gone.pdf"></object>', "gone.pdf"),
    "embed": ('<embed src="gone.swf">', "gone.swf"),
    "form": ('<form action="/gone"></form>', "/gone"),
    "button": ('<form action="/"><button formaction="/gone"></button></form>', "/gone"),
    "input": ('<input type=image src="gone.png">', "gone.png"),
    "cite": ('<q cite="/gone">x</q>', "/gone"),
    "refresh": ('<meta http-equiv=refresh content="0; url=/gone">', "/gone"),
    "og": (
        '<meta property="og:image" content="https://planted.example/gone.png">',
        "https://planted.example/gone.png",
    ),
    "twitter": ('<meta name="twitter:image" content="/gone.png">', "/gone.png"),
    "microdata": ('<meta itemprop="image" content="/gone.png">', "/gone.png"),
    "linked": (_LINKED.format('{"@type": "Article", "image": {"url": "/gone.png"}}'), "/gone.png"),
    "style": ("<style>@import 'gone.css';</style>", "gone.css"),
    "style-attribute": ('<p style="background:url(gone.png)">', "gone.png"),
    "svg-use": ('<svg><use href="/sprite.svg#gone"/></svg>', "/sprite.svg#gone"),
    "svg-image": ('<svg><image xlink:href="gone.png"/></svg>', "gone.png"),
    "svg-style": ("<svg><style>p{fill:url(gone.svg#a)}</style></svg>", "gone.svg#a"),
    "noscript": ("<noscript><img src=gone.png></noscript>", "gone.png"),
    "shadow": ('<div><template shadowrootmode=open><a href="/gone"></a></template></div>', "/gone"),
    "after-body": ("</body></html><a href='/gone'>", "/gone"),
    "upper": ("<A HREF='/gone'>", "/gone"),
    "no-text": ('<a href="/gone"></a>', "/gone"),
    "table": ("<table><a href=/gone>x</a><tr><td></table>", "/gone"),
    "base": ('<base href="/dir/"><a href="about.html">', "about.html"),
    "base-fragment": ('<base href="/"><p id=x><a href="#x">', "#x"),
    "slip": ('<a href="htps://other.example/">', "htps://other.example/"),
    "mail": ('<a href="mailto:nobody">', "mailto:nobody"),
    "file": ('<a href="file:///home/ann/a.html">', "file:///home/ann/a.html"),
    "host": ('<a href="https://exa mple/">', "https://exa mple/"),
}
_GOOD_HTML = {
    "page": '<a href="/about.html#team"><a href="../../about.html"><a href="/">',
    "folder": '<a href="/dir/"><a href="/dir"><a href="/dir#in">',
    "suffix": '<a href="/page">',
    "query": '<a href="/about.html?a=b#team"><a href="?x"><a href="">',
    "encoded": '<img src="/%C3%BC%20%C3%A4.png"><img src="/ü ä.png"><img src="/b+c.png"><img src="/b%2Bc.png">',
    "fragments": '<a href="/about.html#é"><a href="/about.html#%C3%A9"><a href="/about.html#a%20b"><a href="/about.html#a b">',
    "raw-fragment": '<a href="/about.html#c%20d"><a href="/about.html#c%2520d"><a href="/about.html#old">',
    "top": '<a href="#"><a href="#top"><a href="#TOP">',
    "text-fragment": '<a href="/about.html#:~:text=x"><a href="/about.html#team:~:text=x">',
    "dots": '<a href="/dir/../about.html"><a href="/dir/%2e%2e/about.html"><a href="/./about.html">',
    "backslash": '<a href="\\about.html"><a href="/dir\\..\\about.html">',
    "full": '<a href="HTTPS://planted.EXAMPLE:443/about.html"><a href="//planted.example/dir/">',
    "clamp": '<a href="/../../about.html">',
    "newline": '<a href="/ab\nout.html">',
    "comment": '<!-- <a href="/gone"> -->',
    "script": "<script>x = '<a href=\"/gone\">'</script>",
    "textarea": '<textarea><a href="/gone"></textarea><title><a href="/gone"></title>',
    "template": '<template><img src="{{ gone }}"></template>',
    "data": '<p data="gone"><p data-src="gone.png"><img src="data:image/png;base64,AA==">',
    "outside": '<a href="https://other.example/gone"><a href="//other.example/"><a href="https://planted.example:8443/x">',
    "schemes": '<a href="mailto:ann@example.org?subject=x"><a href="tel:+49-30-1"><a href="javascript:void(0)"><a href="sms:+1">',
    "preconnect": '<link rel="preconnect dns-prefetch" href="//fonts.example">',
    "srcset": '<img srcset="/a.png?w=1,2 1x, /a.png 2x" src="/a.png">',
    "duplicate": '<a href="/" href="/gone">',
    "base": '<base href="/dir/"><a href="../about.html"><a href="./"><base href="/gone/">',
    "svg": '<svg><defs><g id=g /></defs><use href="#g"/><use xlink:href="/sprite.svg#icon"/><path fill="url(#no)"/></svg>',
    "pdf": '<a href="/x.pdf#page=3"><a href="/a.png#xywh=1,2,3,4">',
    "meta": '<meta name=description content="/gone"><meta property="og:title" content="/gone"><meta property="og:image" content="/a.png">',
    "linked": _LINKED.format('{"@context": "https://schema.org", "@id": "#x", "license": "CC BY", "image": "/a.png"}'),
    "style": "<style>/* url(gone) */ p { content: 'url(gone)'; mask: url(#m); background: url('/a.png') }</style>",
    "refresh": '<meta http-equiv=refresh content="30"><meta http-equiv=refresh content="0;URL=\'/about.html\'">',
}  # fmt: skip
_FAULTY_FILES = {
    "atom-link/feed.atom": (_ATOM.format('<link href="/gone"/>'), "/gone"),
    "atom-html/a.xml": (_ATOM.format('<entry><content type="html">&lt;a href="/gone">x&lt;/a></content></entry>'), "/gone"),
    "atom-xhtml/a.xml": (_ATOM.format('<entry><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><img src="/gone.png"/></div></content></entry>'), "/gone.png"),
    "atom-base/a.xml": (_ATOM.format('<entry xml:base="/dir/"><link href="about.html"/></entry>'), "/dir/about.html"),
    "rss-link/rss.xml": (_RSS.format("<item><link>https://planted.example/gone</link></item>"), "https://planted.example/gone"),
    "rss-guid/rss.xml": (_RSS.format("<item><guid>https://planted.example/gone</guid></item>"), "https://planted.example/gone"),
    "rss-html/rss.xml": (_RSS.format('<item><c:encoded><![CDATA[<img src="/gone.png">]]></c:encoded></item>'), "/gone.png"),
    "rss-enclosure/rss.xml": (_RSS.format('<item><enclosure url="/gone.mp3"/></item>'), "/gone.mp3"),
    "sitemap/sitemap.xml": (_SITEMAP.format("<loc>https://planted.example/gone</loc>"), "https://planted.example/gone"),
    "sitemap-image/sitemap.xml": (_SITEMAP.format("<loc>https://planted.example/</loc><i:image><i:loc>/gone.png</i:loc></i:image>"), "/gone.png"),
    "sitemap-language/sitemap.xml": (_SITEMAP.format('<loc>https://planted.example/</loc><h:link rel="alternate" hreflang="de" href="/de/"/>'), "/de/"),
    "json-feed/feed.json": (_JSON_FEED.format('"items": [{"id": "1", "url": "/gone"}]'), "/gone"),
    "json-html/feed.json": (_JSON_FEED.format('"items": [{"content_html": "<a href=\\"/gone\\">"}]'), "/gone"),
    "manifest/site.webmanifest": (json.dumps({"icons": [{"src": "gone.png"}]}), "gone.png"),
    "css-url/a.css": ("p { background: url( 'gone.png' ) }", "gone.png"),
    "css-import/a.css": ('@import "gone.css" screen;', "gone.css"),
    "css-font/a.css": ("@font-face { src: url(gone.woff2) format('woff2') }", "gone.woff2"),
    "css-set/a.css": ("p { background: image-set('gone.png' 1x) }", "gone.png"),
    "svg/a.svg": (_SVG.format('<image href="gone.png"/>'), "gone.png"),
    "svg-link/a.svg": (_SVG.format('<a xlink:href="/gone"/>'), "/gone"),
    "htm/a.htm": ('<a href="/gone">', "/gone"),
    "redirects/page.xhtml": ('<a href="/gone"></a>', "/gone"),
}  # fmt: skip
_GOOD_FILES = {
    "good-atom/a.xml": _ATOM.format('<id>tag:gone</id><link rel="self" href="a.xml"/><entry><summary>&lt;a href="/gone"></summary></entry>'),
    "good-rss/rss.xml": _RSS.format('<link>/</link><item><link>/dir/</link><guid isPermaLink="false">https://planted.example/gone</guid><description><![CDATA[<a href="../about.html">]]></description></item>'),
    "good-sitemap/sitemap.xml": _SITEMAP.format("<loc>\n https://planted.example/dir/ \n</loc>"),
    "good-feed/feed.json": _JSON_FEED.format('"title": "/gone", "items": [{"id": "/gone", "url": "/dir/"}]'),
    "good-json/data.json": '{"url": "/gone"}',
    "good-manifest/manifest.json": json.dumps({"name": "/gone", "start_url": "/", "icons": [{"src": "../a.png"}]}),
    "good-css/a.css": "/* url(gone) */ @charset 'utf-8'; p::after { content: \"url(gone)\"; mask: url(#m) } a { b: url(../a.png) }",
    "good-svg/a.svg": _SVG.format('<g id="g"/><use xlink:href="#g"/><rect fill="url(#g)"/>'),
    "good-text/a.txt": '<a href="/gone">',
}  # fmt: skip

CASES = [
    *(
        Case(f"fault/{name}/index.html", _PAGE.format(html), url)
        for name, (html, url) in _FAULTY_HTML.items()
    ),
    *(Case(path, text, url) for path, (text, url) in _FAULTY_FILES.items()),
    *(Case(f"good/{name}/index.html", _PAGE.format(html)) for name, html in _GOOD_HTML.items()),
    *(Case(path, text) for path, text in _GOOD_FILES.items()),
    Case("fault/latin/index.html", '<meta charset=latin1><p id=é><a href="#è">', "#è", "latin-1"),
    Case(
        "good/latin/index.html",
        '<meta charset=latin1><p id=é><a href="#é"><img src="/ü ä.png">',
        None,
        "latin-1",
    ),
    Case("good/undeclared/index.html", '<p id=é><a href="#é">', None, "cp1252"),
]


def plant(root: Path) -> None:
    """Write the site, with all cases, into a folder."""
    for case in [*(Case(path, text) for path, text in SITE.items()), *CASES]:
        path = root / case.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case.text, encoding=case.encoding)
