"""Sites of six generators, each with what only that generator knows: `bench/moving.py` moves them."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import generators
from generators import PIXEL, URL, WORDS, Post, put

from blogs import corpus, dialects
from blogs.formulas import without_formulas

POSTS = 30


@dataclass(frozen=True)
class Mover:
    """A generator. kinds: pieces that only it knows. add: writes what else a site of it has."""

    kinds: Sequence[str]
    add: Callable[[Path, list[Post]], None]


def filled(piece: str, other: Post, at: int, chance: random.Random) -> str:
    """Return a piece with words, and with the names of another post."""
    name = f"{other.date:%Y-%m-%d}-{other.slug}"
    piece = piece.replace("@FILE", f"{other.slug}.md").replace("@SLUG", other.slug).replace("@NAME", name)
    piece = piece.replace("@N2", f"{at:02}").replace("@N", str(at))
    return re.sub("@W", lambda _: " ".join(chance.choices(WORDS, k=3)).capitalize(), piece)


def own_posts(kinds: Sequence[str]) -> list[Post]:
    """Return posts of prose with the pieces of a generator, and those of all, in turn.

    Of the blocks of a post, a sixth to a fourth are such pieces; in five blogs of strangers, 3 to 21 % are.
    """
    chance = random.Random(POSTS)  # noqa: S311 - the same posts each time
    blog = generators.posts(POSTS)
    posts = []
    for at, post in enumerate(blog):
        other = blog[(at + 7) % POSTS]
        own = [kinds[(2 * at + place) % len(kinds)] for place in range(2)]
        common = dialects.COMMON[1 + at % (len(dialects.COMMON) - 1)]
        pieces = [filled(piece, other, at, chance) for piece in (dialects.COMMON[0], *own, common)]
        prose = _prose(at)
        paragraphs = [place for place, block in enumerate(prose) if block[:1].isalpha() and block[-1] == "."]
        for place, piece in zip(sorted(chance.sample(paragraphs, 3)), pieces[1:], strict=True):
            prose[place] += f"\n\n{piece}"
        posts.append(replace(post, text="\n\n".join([*prose, pieces[0]]) + "\n"))
    return posts


def _prose(number: int) -> list[str]:
    """Return the blocks of a post of the made blog, with addresses that any generator leaves alone."""
    body = without_formulas(corpus.posts(number + 1)[number]).body
    body = re.sub(r"\]\(post:(\d+)\)", r"](https://docs.example.net/\1)", body)
    body = re.sub(r"\]\(picture:\d+\)", "](/images/pixel.gif)", body)
    return [block for block in body.strip().split("\n\n") if block.strip()]


def static(folder: Path) -> None:
    """Write the files that all sites serve."""
    for name in ("pixel", "second", "large", "poster", "unused"):
        put(folder / f"images/{name}.gif", PIXEL + name.encode())
    put(folder / "files/data.csv", "a,b\n1,2\n")
    put(folder / "files/other.csv", "a,b\n3,4\n")
    put(folder / "files/notes.pdf", b"%PDF-1.4\n%%EOF\n")
    put(folder / "files/wave.mp4", b"\x00\x00\x00\x18ftypmp42")
    put(folder / "files/secret.pem", "-----BEGIN PRIVATE KEY-----\n")
    script = '<script src="wave.js"></script><link rel="stylesheet" href="wave.css">'
    head = f"<!DOCTYPE html><title>Wave</title>{script}"
    put(folder / "demos/wave.html", f'{head}<p id="part">A wave.</p><img src="../images/second.gif" alt="">')
    put(folder / "demos/letters.htm", "<!DOCTYPE html><title>Letters</title><p>Letters of a wave.</p>")
    put(folder / "demos/wave.js", 'document.title += "s";\n')
    put(folder / "demos/wave.css", "p { color: teal }\n")


def pelican(folder: Path, blog: list[Post]) -> None:
    """Write posts of reST, a page, a draft and settings."""
    static(folder / "content")
    for at, post in enumerate(blog[:3]):
        head = f"{post.title} in reST\n{'#' * 40}\n\n:date: {post.date.isoformat()}\n:slug: rest-{at}\n\n"
        text = filled(dialects.PELICAN_REST, blog[at + 4], at, random.Random(at))  # noqa: S311
        put(folder / f"content/rest-{at}.rst", head + text)
    put(folder / "content/pages/about.md", "Title: About\nSlug: about\n\nA page of the tarn.\n")
    put(folder / "content/draft.md", "Title: Draft\nDate: 2020-01-01\nStatus: draft\n\nA draft.\n")
    settings = folder / "pelicanconf.py"
    more = (
        "STATIC_PATHS = ['images', 'files', 'demos']\nREADERS = {'html': None}\n"
        "PAGE_URL = '{slug}/'\nPAGE_SAVE_AS = '{slug}/index.html'\nARTICLE_URL = '{date:%Y}/{slug}/'\n"
        "ARTICLE_SAVE_AS = '{date:%Y}/{slug}/index.html'\nTAG_URL = 'tags/{slug}/'\n"
        "TAG_SAVE_AS = 'tags/{slug}/index.html'\nFEED_ALL_ATOM = 'feed.xml'\nDEFAULT_PAGINATION = 10\n"
        "MARKDOWN = {'extension_configs': {f'markdown.extensions.{one}': {} for one in"
        " ('extra', 'admonition', 'codehilite', 'toc', 'meta')}, 'output_format': 'html5'}\n"
    )
    put(settings, settings.read_text() + more)


def nikola(folder: Path, blog: list[Post]) -> None:
    """Write posts of reST, a page, a draft, a redirection and settings."""
    static(folder / "files")
    shutil.copytree(folder / "files/images", folder / "images", dirs_exist_ok=True)
    shutil.rmtree(folder / "files/images")
    for at, post in enumerate(blog[:3]):
        head = f".. title: {post.title} in reST\n.. slug: rest-{at}\n.. date: {post.date.isoformat(' ')}\n\n"
        text = filled(dialects.NIKOLA_REST, blog[at + 4], at, random.Random(at))  # noqa: S311
        put(folder / f"posts/rest-{at}.rst", head + text)
    put(folder / "pages/about.md", "<!--\n.. title: About\n.. slug: about\n-->\n\nA page of the tarn.\n")
    head = "<!--\n.. title: Draft\n.. slug: draft\n.. date: 2020-01-01 10:00\n.. status: draft\n-->"
    put(folder / "posts/draft.md", f"{head}\n\nA draft.\n")
    settings = folder / "conf.py"
    more = (
        'POSTS = (("posts/*.md", "posts", "post.tmpl"), ("posts/*.rst", "posts", "post.tmpl"))\n'
        'PAGES = (("pages/*.md", "", "page.tmpl"),)\nTAG_PATH = "tags"\n'
        'IMAGE_FOLDERS = {"images": "images"}\nCOMPILERS = {"markdown": (".md",), "rest": (".rst",)}\n'
        f'REDIRECTIONS = [("old/first.html", "/posts/{blog[0].slug}/")]\n'
        'MARKDOWN_EXTENSIONS = ["markdown.extensions.fenced_code", "markdown.extensions.extra"]\n'
    )
    put(settings, settings.read_text() + more)


def mkdocs(folder: Path, blog: list[Post]) -> None:
    """Write a guide, a draft, a redirect and settings."""
    docs = folder / "docs"
    static(docs)
    for post in blog:
        file = docs / f"blog/posts/{post.slug}.md"
        put(file, file.read_text().replace("date:", "authors: [ida]\ndate:", 1))
    put(docs / "guide.md", "# Guide\n\nA guide of the tarn.\n\n## Part\n\nA part of it.\n")
    put(docs / "about.md", "# About\n\nA page of the tarn.\n")
    put(docs / "tags.md", "# Tags\n\n<!-- material/tags -->\n")
    put(docs / "blog/posts/draft.md", "---\ndate: 2020-01-01\ndraft: true\n---\n\n# Draft\n\nA draft.\n")
    author = "authors:\n  ida:\n    name: Ida\n    description: of the tarn\n    avatar: /images/pixel.gif\n"
    put(docs / "blog/.authors.yml", author)
    put(folder / "snippets/shared.md", "A paragraph that *many* posts share.\n")
    options = {"superfences": "{custom_fences: []}", "tabbed": "{alternate_style: true}"}
    names = ["caret", "critic", "details", "highlight", "inlinehilite", "keys", "mark", "smartsymbols"]
    lines = [f"  - pymdownx.{name}: {option}" for name, option in options.items()]
    lines += [f"  - pymdownx.{name}" for name in (*names, "tasklist", "tilde")]
    redirects = f"{{redirect_maps: {{old/first.md: blog/posts/{blog[0].slug}.md}}}}"
    put(
        folder / "mkdocs.yml",
        f"site_name: Tarn Notes\nsite_url: {URL}/\ntheme: {{name: material, font: false}}\n"
        f"plugins: [blog, tags, redirects: {redirects}]\n"
        "markdown_extensions:\n  - abbr\n  - admonition\n  - attr_list\n  - def_list\n  - footnotes\n"
        "  - md_in_html\n  - tables\n  - toc: {permalink: true}\n  - pymdownx.arithmatex: {generic: true}\n"
        "  - pymdownx.snippets: {base_path: snippets}\n"
        "  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
        "      emoji_generator: !!python/name:material.extensions.emoji.to_svg\n"
        f"{chr(10).join(lines)}\n",
    )


def hugo(folder: Path, blog: list[Post]) -> None:
    """Write bundles, shortcodes, a draft, an alias and settings."""
    static(folder / "static")
    for at, post in enumerate(blog[:6]):
        text = filled(dialects.HUGO_BUNDLE[at % 2], blog[at + 7], at, random.Random(at))  # noqa: S311
        head = f'+++\ntitle = "{post.title} bundle"\ndate = {post.date.isoformat()}\n'
        bundle = folder / f"content/posts/bundle-{at}"
        put(bundle / "index.md", f'{head}aliases = ["/old/bundle-{at}/"]\n+++\n\n{text}\n')
        put(bundle / "beside.gif", PIXEL + bytes([at]))
        put(bundle / "beside.csv", f"a\n{at}\n")
    put(folder / "content/about.md", "---\ntitle: About\n---\n\nA page of the tarn.\n")
    draft = "---\ntitle: Draft\ndate: 2020-01-01\ndraft: true\n---\n\nA draft.\n"
    put(folder / "content/posts/draft.md", draft)
    notice = '<div class="notice {{ .Get 0 }}">{{ .Inner }}</div>'
    put(folder / "layouts/shortcodes/notice.html", notice)
    settings = folder / "config.toml"
    extra = '[params]\nseries = "the tarn"\n[markup.goldmark.extensions.extras.insert]\nenable = true\n'
    put(settings, settings.read_text() + extra)
    single = folder / "layouts/_default/baseof.html"
    embedded = '{{ template "_internal/opengraph.html" . }}'
    put(single, single.read_text().replace(embedded, '{{ partial "opengraph.html" . }}'))


def jekyll(folder: Path, blog: list[Post]) -> None:
    """Write includes, a page, a draft, a redirect and settings."""
    static(folder)
    for at, post in enumerate(blog):
        file = folder / f"_posts/{post.date:%Y-%m-%d}-{post.slug}.md"
        other = blog[(at + 7) % POSTS]
        file.write_text(
            file.read_text().replace(f"_posts/{other.slug}", f"_posts/{other.date:%Y-%m-%d}-{other.slug}")
        )
    put(
        folder / "about.md",
        "---\nlayout: page\ntitle: About\npermalink: /about/\n---\n\nA page of the tarn.\n",
    )
    put(folder / "_drafts/draft.md", "---\ntitle: Draft\n---\n\nA draft.\n")
    figure = (
        '<figure><img src="{{ include.src }}" alt=""><figcaption>{{ include.caption }}</figcaption></figure>'
    )
    put(folder / "_includes/figure.html", figure)
    first = blog[0]
    target = f"{URL}/{first.date:%Y/%m/%d}/{first.slug}.html"
    refresh = f'<!DOCTYPE html><title>Moved</title><link rel="canonical" href="{target}">'
    put(folder / "old/first.html", f'{refresh}<meta http-equiv="refresh" content="0; url={target}">\n')


def eleventy(folder: Path, blog: list[Post]) -> None:
    """Write a blog for Eleventy."""
    for post in blog:
        head = (
            f"title: {post.title}\ndate: {post.date.isoformat()}\ntags: {json.dumps(['posts', *post.tags])}"
        )
        put(folder / f"posts/{post.slug}.md", f"---\n{head}\n---\n\n{post.text}")
    static(folder)
    put(folder / "posts/posts.json", '{"layout": "post.html", "permalink": "/posts/{{ page.fileSlug }}/"}\n')
    head = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ title }} | Tarn Notes</title>'
    )
    head += f'<link rel="canonical" href="{URL}{{{{ page.url }}}}">'
    head += '<link rel="alternate" type="application/atom+xml" href="/feed.xml"></head>'
    menu = '<header><a href="/">Tarn Notes</a> <a href="/about/">About</a></header>'
    base = f"{head}<body>{menu}<main>{{{{ content }}}}</main><footer>Made of reeds</footer></body></html>"
    put(folder / "_includes/base.html", base)
    when = "{{ page.date | date: '%Y-%m-%dT%H:%M:%SZ' }}"
    byline = f"<time datetime=\"{when}\">{{{{ page.date | date: '%Y-%m-%d' }}}}</time>"
    rel = '<a rel="tag" href="/tags/{{ tag }}/">{{ tag }}</a>'
    tags = f"{{% for tag in tags %}}{rel}{{% endfor %}}"
    article = f"<article><h1>{{{{ title }}}}</h1>{byline}{tags}<div>{{{{ content }}}}</div></article>"
    put(folder / "_includes/post.html", f"---\nlayout: base.html\n---\n{article}")
    put(folder / "_includes/note.html", '<p class="note">A note of the tarn.</p>')
    put(folder / "_data/site.json", json.dumps({"name": "Tarn Notes", "url": URL}))
    link = "<p><a href='{{ post.url }}'>{{ post.data.title }}</a></p>"
    listed = f"{{% for post in collections.posts %}}{link}{{% endfor %}}"
    put(folder / "index.html", f"---\nlayout: base.html\ntitle: Home\n---\n{listed}\n")
    put(folder / "about.md", "---\nlayout: base.html\ntitle: About\n---\n\nA page of the tarn.\n")
    tags = "---\npagination: {data: collections, size: 1, alias: tag}\npermalink: '/tags/{{ tag }}/'\n"
    tagged = f"{{% for post in collections[tag] %}}{link}{{% endfor %}}"
    put(folder / "tags.html", f"{tags}layout: base.html\ntitle: Tags\n---\n{tagged}\n")
    entry = "<entry><id>{{ site.url }}{{ post.url }}</id><title>{{ post.data.title }}</title>"
    entry += '<updated>{{ post.date | date: "%Y-%m-%dT%H:%M:%SZ" }}</updated>'
    entry += '<link href="{{ site.url }}{{ post.url }}"/></entry>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Tarn Notes</title><id>{URL}/</id>'
    loop = f"{{% for post in collections.posts %}}{entry}{{% endfor %}}"
    put(folder / "feed.liquid", f"---\npermalink: /feed.xml\n---\n{feed}{loop}</feed>\n")
    note = 'text => `<aside class="note">${text}</aside>`'
    copied = "".join(f'  config.addPassthroughCopy("{name}");\n' for name in ("images", "files", "demos"))
    config = f"  config.addShortcode('note', {note});\n  config.ignores.add('demos');\n{copied}"
    notes = "md => { md.set({html: true}); md.use(require('markdown-it-footnote')); }"
    config += f"  config.amendLibrary('md', {notes});\n"
    put(folder / "eleventy.config.js", f"module.exports = config => {{\n{config}}};\n")


MOVERS = {
    "pelican": Mover(dialects.PELICAN, pelican),
    "nikola": Mover(dialects.NIKOLA, nikola),
    "mkdocs": Mover(dialects.MKDOCS, mkdocs),
    "hugo": Mover(dialects.HUGO, hugo),
    "jekyll": Mover(dialects.JEKYLL, jekyll),
    "eleventy": Mover(dialects.ELEVENTY, eleventy),
}
