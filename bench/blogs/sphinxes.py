"""The same blog for Sphinx with ablog and the PyData theme, as it comes and with Postdocs."""

from __future__ import annotations

import sys
from pathlib import Path

from blogs.corpora import PLAIN, Corpus
from blogs.corpus import AUTHORS, Post, write_posts

ROOT = Path(__file__).parents[2]

# As the manuals of ablog and of pydata-sphinx-theme have it, the sidebars as in the blog of the theme.
_STOCK = f"""\
project = author = blog_title = "Bench"
extensions = ["myst_parser", "ablog"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4
blog_post_pattern = "posts/**/*.md"
blog_path = "blog"
html_baseurl = blog_baseurl = "https://bench.example/"
blog_authors = {{name: (name, None) for name in {AUTHORS!r}}}
blog_feed_archives = True  # a feed of each label
blog_feed_fulltext = True
fontawesome_included = True  # the theme sets it; where conf.py does not, each build reads everything
html_theme = "pydata_sphinx_theme"
_sidebar = ["postcard", "recentposts", "tagcloud", "categories", "authors", "archives"]
html_sidebars = {{place: [f"ablog/{{name}}.html" for name in _sidebar] for place in ("blog/**", "posts/**")}}
"""

# All that this repository's site has on.
_OURS = f"""
blog_authors = {{name: (name, None) for name in {AUTHORS!r}}}
postdocs_navbar = [("Posts", "blog"), ("Archive", "blog/archive"), ("Tags", "blog/tag"), ("About", "about")]
"""

_HOME = {"stock": "```{postlist} 10\n:excerpts:\n```", "ours": "```{recent-posts} 10\n```"}


def write_sphinx(root: Path, number: int, kind: str, corpus: Corpus = PLAIN) -> list[Post]:
    """Write a blog of a number of posts for Sphinx. kind: "stock" or "ours"."""
    made = corpus.posts(number)
    write_posts(root / "posts", made, _head, lambda post: f"/posts/{post.path}", "/images/{}")
    corpus.write_pictures(root / "images")
    conf = _STOCK if kind == "stock" else _site_settings() + _OURS
    (root / "conf.py").write_text(conf, encoding="utf-8")
    (root / "index.md").write_text(f"# Bench\n\n{_HOME[kind]}\n", encoding="utf-8")
    (root / "about.md").write_text("---\norphan: true\n---\n\n# About\n\nA made blog.\n", encoding="utf-8")
    return made


def _site_settings() -> str:
    """Return the settings of this repository's site, without those of its manual."""
    return (ROOT / "conf.py").read_text(encoding="utf-8").partition("# -- The manual")[0]


def _head(post: Post) -> str:
    tags = ", ".join(post.tags)
    return (
        f"---\ndate: {post.date:%Y-%m-%d %H:%M}\nauthor: {post.author}\ncategory: {post.category}\n"
        f"tags: {tags}\n---\n\n# {post.title}\n"
    )


def command(jobs: str = "auto") -> list[str]:
    """Return the command that builds either, in its folder."""
    return [sys.executable, "-m", "sphinx", *arguments(jobs)]


def arguments(jobs: str) -> list[str]:
    """Return what sphinx-build is told; stock reads in one process, whatever jobs says."""
    return ["-q", "-b", "dirhtml", "-d", "_build/doctrees", "-j", jobs, ".", "_build/html"]
