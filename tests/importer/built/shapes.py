"""Small built sites in the shapes of several generators; names and text are invented."""
# ruff: noqa: E501 - lines of HTML, as generators write them

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from postdocs.importer.sources.archive import Files

BASE = "https://tarn.example.org"
SITE = "Tarn Notes"
# Two posts share a paragraph, all share a block of code and a last line: each is the author's all the same.
SHARED = "<p>This one belongs to the series on the upper tarn.</p>"
CODE = '<div class="highlight"><pre><code>pip install tarn</code></pre></div>'
LAST = "<p>Thank you for walking this far.</p>"


@dataclass(frozen=True)
class Post:
    """A post. number: from 1; it is in its address, its words and its date."""

    number: int

    @property
    def title(self) -> str:
        """Its title."""
        return ("Low water", "Reed beds", "Slow rain", "Wide skies", "Old jetties")[self.number - 1]

    @property
    def slug(self) -> str:
        """The folder of its page."""
        return self.title.lower().replace(" ", "-")

    @property
    def day(self) -> str:
        """Its day, as ISO 8601 has it."""
        return f"2021-0{self.number}-1{self.number}"

    @property
    def instant(self) -> str:
        """Its time of publication."""
        return f"{self.day}T09:30:00+02:00"

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags, of which the first is that of all."""
        return ("water", "walks")[: 1 + self.number % 2]

    @property
    def says(self) -> str:
        """What its page says of it in more words than it has, if it says anything."""
        return ("What one sees, reading " + f"{self.title}, in as many words as it takes. " * 12).strip()

    @property
    def text(self) -> str:
        """The HTML of the article alone."""
        words = f"word{self.number} " * 30
        shared = SHARED if self.number in {2, 3} else ""
        link = f'<a href="/{self.slug}/notes.pdf">Notes {self.number}</a>'
        return f"<p>{words}</p>{shared}<h2>Part {self.number}</h2>{CODE}<p>See {link}.</p>{LAST}"


POSTS = tuple(map(Post, range(1, 6)))
Render = Callable[[Post], str]


def _labels(post: Post, form: str) -> str:
    return "".join(form.format(tag) for tag in post.tags)


def _next(post: Post, form: str) -> str:
    return "".join(
        form.format(f"/{other.slug}/", other.title) for other in POSTS if abs(other.number - post.number) == 1
    )


def minima(post: Post) -> str:
    """A post of Jekyll's theme minima, with the metadata of jekyll-seo-tag."""
    return f"""<html><head><title>{post.title} | {SITE}</title>
<link rel="canonical" href="{BASE}/{post.slug}/"><meta property="og:type" content="article">
<meta name="description" content="All about the tarn">
<meta property="article:published_time" content="{post.instant}"></head><body>
<header class="site-header" role="banner"><a class="site-title" rel="author" href="/">{SITE}</a>
<nav class="site-nav"><a class="page-link" href="/about/">About</a></nav></header>
<main class="page-content"><div class="wrapper">
<article class="post h-entry" itemscope itemtype="http://schema.org/BlogPosting">
<header class="post-header"><h1 class="post-title p-name" itemprop="name headline">{post.title}</h1>
<p class="post-meta"><time class="dt-published" datetime="{post.instant}">{post.day}</time>
<span class="p-author h-card">Ida Brook</span></p></header>
<div class="post-content e-content" itemprop="articleBody">{post.text}</div>
<p class="tagged">{_labels(post, '<a rel="tag" href="/tags/{0}/">{0}</a>')}</p></article></div></main>
<footer class="site-footer"><p>Notes from the water</p></footer></body></html>"""


def papermod(post: Post) -> str:
    """A post of a theme for Hugo, with JSON-LD, a table of contents and a share bar."""
    linked = {
        "@context": "https://schema.org", "@type": "BlogPosting", "headline": post.title,
        "datePublished": post.instant, "author": {"@type": "Person", "name": "Ida Brook"},
    }  # fmt: skip
    return f"""<html><head><title>{post.title} | {SITE}</title>
<link rel="canonical" href="{BASE}/{post.slug}/"><meta property="og:title" content="{post.title}">
<meta property="article:section" content="posts">
<script type="application/ld+json">{json.dumps(linked)}</script></head><body class="list">
<header class="header"><nav class="nav"><a href="/">{SITE}</a><ul><li><a href="/about/">About</a></li></ul></nav>
</header><main class="main"><article class="post-single"><header class="post-header">
<div class="breadcrumbs"><a href="/">Home</a>&nbsp;»&nbsp;<a href="/posts/">Posts</a></div>
<h1 class="post-title">{post.title}</h1><div class="post-meta"><span title="{post.instant}">{post.day}</span>
&nbsp;·&nbsp;{post.number} min&nbsp;·&nbsp;Ida Brook</div></header>
<div class="toc"><details><summary>Table of Contents</summary><ul><li><a href="#p">Part {post.number}</a></li></ul>
</details></div><div class="post-content">{post.text}</div><footer class="post-footer"><ul class="post-tags">
{_labels(post, '<li><a href="/tags/{0}/">{0}</a></li>')}</ul><nav class="paginav">
{_next(post, '<a href="{0}"><span>{1}</span></a>')}</nav><div class="share-buttons"><a href="https://x.example/?t">
Share</a></div></footer></article></main><footer class="footer">Powered by stones</footer></body></html>"""


def notmyidea(post: Post) -> str:
    """A post of Pelican's first theme, which puts a footer above the text."""
    return f"""<html><head><title>{post.title}</title></head><body id="index" class="home">
<header id="banner" class="body"><h1><a href="{BASE}/">{SITE}</a></h1><nav><ul>
<li{' class="active"' if post.number % 2 else ""}><a href="/category/walks.html">walks</a></li></ul></nav></header>
<section id="content" class="body"><article><header><h1 class="entry-title">
<a href="{BASE}/{post.slug}/" rel="bookmark">{post.title}</a></h1></header><div class="entry-content">
<footer class="post-info"><abbr class="published" title="{post.instant}">Published: {post.day}</abbr>
<address class="vcard author">By <a class="url fn" href="/author/ida.html">Ida Brook</a></address>
<p>In <a href="/category/walks.html">walks</a>.</p><p>tags:
{_labels(post, '<a href="/tag/{0}.html">{0}</a> ')}</p></footer>{post.text}</div></article></section>
<section id="extras" class="body"><div class="social"><h2>social</h2><ul><li><a href="https://m.example">mast</a>
</li></ul></div></section><footer id="contentinfo"><p>The theme is by Slate Press</p></footer></body></html>"""


def simple(post: Post) -> str:
    """A post of a theme whose only `h1` is the name of the site."""
    return f"""<html><head><title>{SITE} - {post.title}</title><meta name="tags" content="water"></head><body>
<header><h1><a href="{BASE}/">{SITE}</a></h1><nav><ul><li><a href="/about/">About</a></li></ul></nav></header>
<main><article><header><h2><a href="{BASE}/{post.slug}/" rel="bookmark">{post.title}</a></h2></header>
{post.text}<footer><p>Published: <time datetime="{post.instant}">{post.day}</time></p>
<address>By <a href="/author/ida.html">Ida Brook</a></address>
<p>Tags: {_labels(post, '<a href="/tag/{0}.html">{0}</a> ')}</p></footer></article></main>
<footer><address>Proudly powered by ducks</address></footer></body></html>"""


def nikola(post: Post) -> str:
    """A post of Nikola, with microformats and microdata."""
    return f"""<html><head><title>{post.title} | {SITE}</title>
<link rel="canonical" href="{BASE}/{post.slug}/"></head><body><div id="container"><header>
<h1 id="brand"><a href="/">{SITE}</a></h1><nav><ul><li><a href="/about/">About</a></li></ul></nav></header>
<main id="content"><article class="post-text h-entry hentry postpage" itemtype="http://schema.org/Article">
<header><h1 class="p-name entry-title" itemprop="headline name"><a href="." class="u-url">{post.title}</a></h1>
<div class="metadata"><p class="byline p-author h-card">Ida Brook</p><p class="dateline">
<time class="published dt-published" datetime="{post.instant}" itemprop="datePublished">{post.day}</time></p></div>
</header><div class="e-content entry-content" itemprop="articleBody text">{post.text}</div>
<aside class="postpromonav"><nav><ul class="tags">
{_labels(post, '<li><a class="tag p-category" rel="tag" href="/categories/{0}/">{0}</a></li>')}</ul>
<ul class="pager">{_next(post, '<li><a href="{0}">Go to {1}</a></li>')}</ul></nav></aside></article></main>
<footer>Contents © Ida</footer></div></body></html>"""


def material(post: Post) -> str:
    """A post of MkDocs's theme Material, whose metadata stands beside the article."""
    return f"""<html><head><title>{post.title} - {SITE}</title><meta name="author" content="Ida Brook">
<link rel="canonical" href="{BASE}/{post.slug}/"></head><body dir="ltr"><header class="md-header"><nav>
<a href=".." title="{SITE}">{SITE}</a></nav><form class="md-search__form"><input type="text"></form></header>
<div class="md-container"><main class="md-main"><div class="md-main__inner"><div class="md-content md-content--post">
<div class="md-sidebar md-sidebar--post"><nav class="md-nav"><div class="md-post__meta md-post__back"><a href="../">
Back to index</a></div><ul class="md-post__meta md-nav__list"><li class="md-nav__item"><div class="md-nav__link">
<time datetime="{post.instant}">{post.day}</time></div></li><li>{post.number} min read</li></ul></nav></div>
<article class="md-content__inner md-typeset"><nav class="md-tags">
{_labels(post, '<a href="../tags/#{0}" class="md-tag">{0}</a>')}</nav>
<h1 id="t">{post.title}<a class="headerlink" href="#t">&para;</a></h1>{post.text}</article></div></div></main>
<footer class="md-footer"><div class="md-copyright">Made with clay</div></footer></div></body></html>"""


def ablog(post: Post) -> str:
    """A post of Sphinx and ablog in the theme of PyData."""
    return f"""<html><head><title>{post.title} \u2014 {SITE}</title>
<link rel="canonical" href="{BASE}/{post.slug}/"></head><body><div class="bd-header"><a href="/">{SITE}</a></div>
<div class="bd-container"><div class="bd-sidebar-primary"><div class="ablog-sidebar-item ablog__postcard"><h2>
<i class="fa fa-calendar"></i> {post.day}</h2><ul>
<li><span>Author</span> <a href="/blog/author/ida/">Ida Brook</a></li>
<li>{_labels(post, '<a href="/blog/tag/{0}/">{0}</a>')}</li></ul></div></div>
<main id="main-content"><div class="bd-content"><div class="bd-article-container">
<div class="bd-header-article"><nav aria-label="Breadcrumb"><ul><li>{post.title}</li></ul></nav></div>
<article class="bd-article"><section id="t"><h1>{post.title}<a class="headerlink" href="#t">#</a></h1>{post.text}
</section><div class="section ablog__blog_comments"><div class="section ablog__prev-next">
{_next(post, '<span><a href="{0}">{1}</a></span>')}</div></div></article>
<footer class="prev-next-footer">{_next(post, '<a href="{0}">next {1}</a>')}</footer></div></div></main></div>
<footer class="bd-footer"><p>Created using a lathe</p></footer></body></html>"""


def eleventy(post: Post) -> str:
    """A post of Eleventy's starter: the text stands bare between parts of the theme."""
    return f"""<html><head><title>{post.title} / {SITE}</title></head><body><a href="#skip">Skip to main content</a>
<header><a href="/">{SITE}</a><nav><h2>Top level navigation menu</h2><ul><li><a href="/">Home</a></li></ul></nav>
</header><main id="skip"><heading-anchors><h1>{post.title}</h1><ul class="post-metadata">
<li><time datetime="{post.instant}">{post.day}</time></li>
{_labels(post, '<li><a href="/tags/{0}/" class="post-tag">{0}</a></li>')}</ul>{post.text}
<ul class="links-nextprev">{_next(post, '<li><a href="{0}">{1}</a></li>')}</ul></heading-anchors></main>
<footer><p><em>Built with stones</em></p></footer></body></html>"""


def wordpress(post: Post) -> str:
    """A post of WordPress's block theme, as a plugin writes it to files."""
    return f"""<html><head><title>{post.title} &#8211; {SITE}</title>
<link rel="canonical" href="{BASE}/{post.slug}/"></head><body class="single postid-{post.number}">
<div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title">
<a href="/">{SITE}</a></p></header><main class="wp-block-group"><div class="wp-block-group">
<h1 class="wp-block-post-title">{post.title}</h1><div class="wp-block-post-date">
<time datetime="{post.instant}">{post.day}</time></div></div>
<div class="entry-content wp-block-post-content">{post.text}<div class="sharedaddy sd-sharing-enabled">
<h3 class="sd-title">Share this:</h3><ul><li><a href="https://s.example">Post</a></li></ul></div></div>
<div class="taxonomy-category wp-block-post-terms"><a href="/category/walks/" rel="tag">Walks</a></div>
<div class="taxonomy-post_tag wp-block-post-terms">{_labels(post, '<a href="/tag/{0}/" rel="tag">{0}</a>, ')}</div>
<div class="wp-block-post-author-name">Ida Brook</div><nav class="wp-block-group">
{_next(post, '<div class="post-navigation-link"><a href="{0}">{1}</a></div>')}</nav>
<div class="wp-block-comments"><h2>{post.number} responses</h2><ol class="commentlist"><li><p>Nice {post.number}</p>
</li></ol></div></main><footer class="wp-block-template-part"><p>Designed with felt</p></footer></div></body></html>"""


def docusaurus(post: Post) -> str:
    """A post of Docusaurus, beside lists of posts and of its headings."""
    others = "".join(f'<li><a href="/{other.slug}/">{other.title}</a></li>' for other in POSTS)
    return f"""<html><head><title>{post.title} | {SITE}</title>
<link rel="canonical" href="{BASE}/{post.slug}/"></head><body><div id="__docusaurus"><nav class="navbar">
<a href="/">{SITE}</a></nav><div class="container"><div class="row"><aside class="col col--3"><nav><div>Recent posts
</div><ul>{others}</ul></nav></aside><main class="col col--7"><article itemprop="blogPost" itemscope>
<header><h1 class="title_a1" itemprop="headline">{post.title}</h1><div class="margin-vert--md">
<time datetime="{post.instant}">{post.day}</time> · {post.number} min read</div><div class="avatar">
<span itemprop="name">Ida Brook</span></div></header><div id="__blog-post-container" class="markdown">{post.text}
</div><footer class="row docusaurus-mt-lg"><div class="col"><b>Tags:</b><ul class="tags_b2">
{_labels(post, '<li><a rel="tag" class="tag_c3" href="/tags/{0}">{0}</a></li>')}</ul></div></footer></article>
<nav class="pagination-nav">{_next(post, '<a href="{0}">Newer post {1}</a>')}</nav></main>
<div class="col col--2"><div class="tableOfContents"><ul><li><a href="#p">Part {post.number}</a></li></ul></div>
</div></div></div><footer class="footer">Built with dust</footer></div></body></html>"""


def quarto(post: Post) -> str:
    """A post of Quarto, with a block of metadata above the text."""
    return f"""<html><head><title>{SITE} \u2013 {post.title}</title><meta name="author" content="Ida Brook">
<meta name="dcterms.date" content="{post.instant}"></head><body class="nav-fixed"><header id="quarto-header">
<nav class="navbar"><a href="../index.html">{SITE}</a></nav></header><div id="quarto-content" class="page-columns">
<div id="quarto-margin-sidebar" class="sidebar"><nav id="TOC" role="doc-toc"><h2 id="toc-title">On this page</h2>
<ul><li><a href="#p">Part {post.number}</a></li></ul></nav></div>
<main class="content page-columns" id="quarto-document-content"><header id="title-block-header"
class="quarto-title-block default"><div class="quarto-title"><h1 class="title">{post.title}</h1>
<div class="quarto-categories">{_labels(post, '<div class="quarto-category">{0}</div>')}</div></div>
<div class="quarto-title-meta"><div><div class="quarto-title-meta-heading">Published</div>
<div class="quarto-title-meta-contents"><p class="date">{post.day}</p></div></div></div></header>{post.text}</main></div>
<footer class="footer"><div class="nav-footer">Made of chalk</div></footer></body></html>"""


def quarto_banner(post: Post) -> str:
    """A post of Quarto whose title stands above the text in a banner, with more words than that."""
    return f"""<html><head><title>{SITE} \u2013 {post.title}</title><meta name="author" content="Ida Brook">
<meta name="dcterms.date" content="{post.instant}"><meta name="description" content="{post.says}"></head>
<body class="nav-fixed"><header id="quarto-header"><nav class="navbar"><a href="../index.html">{SITE}</a></nav></header>
<div id="title-block-header" class="quarto-title-block default"><div class="quarto-title-banner"><h1 class="title">
{post.title}</h1><div class="description">{post.says}</div><div class="quarto-categories">
{_labels(post, '<div class="quarto-category">{0}</div>')}</div></div><p class="date">{post.day}</p></div>
<div id="quarto-content"><main class="content quarto-banner-title-block" id="quarto-document-content">
{post.text}</main></div><footer class="footer">Made of chalk</footer></body></html>"""


def distill(post: Post) -> str:
    """A post of Distill for R Markdown, which has its parts beside each other; its site comes first in its title."""
    return f"""<html><head><title>{SITE}: {post.title}</title><meta name="article:author" content="Ida Brook"/>
<meta property="article:published" itemprop="datePublished" content="{post.instant}"/>
<meta property="og:title" content="{SITE}: {post.title}"/><meta property="og:site_name" content="{SITE}"/>
<meta property="description" itemprop="description" content="{post.says}"/></head><body>
<header class="header header--fixed"><nav class="distill-site-nav"><a href="../index.html">{SITE}</a></nav></header>
<div class="d-title"><h1>{post.title}</h1><div class="dt-tags">
{_labels(post, '<div class="dt-tag">{0}</div>')}</div><p>{post.says}</p></div>
<div class="d-byline">Ida Brook <br />{post.day}</div><div class="d-article">{post.text}</div>
<div class="d-appendix"><h3>Reuse</h3><p>Text is available under a licence, unless otherwise noted here.</p></div>
<div class="distill-site-nav distill-site-footer"><p>Made of chalk</p></div></body></html>"""


def by_hand(post: Post) -> str:
    """A post of somebody's own template, which marks nothing and is laid out in a table."""
    labels = _labels(post, '<a href="/tags/{0}.html">{0}</a> ')
    return f"""<html><head><title>{post.title} :: {SITE}</title></head><body><div class="banner">
<a href="/">{SITE}</a> <a href="/about/">About</a></div><div class="box"><h1>{post.title}</h1>
<div class="meta">{post.day} by Ida Brook, {labels}</div>{post.text}<div class="nextlinks">
{_next(post, '<a href="{0}">{1}</a> ')}</div></div><div class="ending">Hosted on a shelf</div></body></html>"""


def unnamed(post: Post) -> str:
    """A post of somebody's theme, whose text is in a `div` of a name that no other theme has."""
    return f"""<html><head><title>{post.title}</title></head><body><nav><a href="/">{SITE}</a></nav><article>
<header><h1>{post.title}</h1><time datetime="{post.instant}" pubdate>{post.day}</time></header>
<div class="prosa">{post.text}</div><div class="meta"><div>
{_labels(post, '<a href="/tag/{0}.html" class="tag">{0}</a>')}</div></div></article>
<section><h1>Comments</h1><div id="disqus_thread"></div></section><footer>Made of reeds</footer></body></html>"""


SHAPES: Mapping[str, Render] = {
    shape.__name__: shape
    for shape in (
        minima, papermod, notmyidea, simple, nikola, material, ablog, eleventy, wordpress, docusaurus,
        quarto, quarto_banner, distill, by_hand, unnamed,
    )
}  # fmt: skip


def _other(render: Render, title: str, path: str, text: str) -> str:
    """Return a page that is no post, in the template of posts and without what only posts have."""
    first = POSTS[0]
    page = render(first).replace(first.text, text).replace(first.title, title)
    page = page.replace(f"{BASE}/{first.slug}/", f"{BASE}/{path}")
    return page.replace(first.instant, "").replace(first.day, "").replace('rel="tag"', "")


def site(render: Render) -> dict[str, str]:
    """Return the files of a site: posts, a page, the home page, a list of a tag, an error, and a sitemap."""
    teasers = "".join(
        f'<article class="teaser"><h2><a href="/{post.slug}/">{post.title}</a></h2><p>word{post.number} of it</p>'
        f"</article>"
        for post in POSTS
    )
    about = f"<p>{'I live by the water. ' * 12}</p><p>Write to me.</p>"
    urls = [f"{BASE}/", f"{BASE}/about/", *(f"{BASE}/{post.slug}/" for post in POSTS)]
    locs = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return {
        **{f"{post.slug}/index.html": render(post) for post in POSTS},
        "index.html": _other(render, "Home", "", teasers),
        "about/index.html": _other(render, "About the walker", "about/", about),
        "tags/water/index.html": _other(render, "Tagged water", "tags/water/", teasers),
        "404.html": _other(render, "Page not found", "404.html", "<p>There is nothing here.</p>"),
        "sitemap.xml": f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locs}</urlset>',
        "low-water/notes.pdf": "%PDF-",
    }


def files(content: Mapping[str, str], name: str = "public") -> Files:
    """Return files that are in memory."""
    return Files(name, tuple(sorted(content)), lambda path: content[path].encode())
