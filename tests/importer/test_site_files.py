"""The files of a site that its posts may take along."""

from __future__ import annotations

from dataclasses import replace

import pytest

from importer.folders.trees import NOW, files
from postdocs.importer.folders.registry import system_of
from postdocs.importer.images import from_export
from postdocs.importer.site_files import may_be_taken, served

FRONT = "---\ntitle: Ebb\ndate: 2021-03-04\n---\nText.\n"


@pytest.mark.parametrize(
    "path",
    ["data/a.csv", "a.JSON", "talk/slides.pdf", "Makefile", "x/model.stan", "x/conf.py", "secretary.txt",
     "x/notes.txt", "a b.zip", "data.xml", "env.csv"],
)  # fmt: skip
def test_files_of_any_kind_may_be_taken(path: str) -> None:
    """Data, code, and documents, also without a suffix, and in a folder what would be settings at the top."""
    assert may_be_taken(path)


@pytest.mark.parametrize(
    "path",
    [".env", "x/.env.local", "prod.env", ".git/config", "x/.ssh/known_hosts", ".htpasswd", "id_rsa",
     "keys/server.pem", "secrets.json", "x/aws-credentials", "client_secret.json", "passwords.txt",
     "client_secret_1-a.apps.example.json", "x/index.php.bak", "x/login.php~", "_config.yml.orig", ".env.old",
     "conf.py", "_config.yml", "pelicanconf.py", "astro.config.mjs", "package.json", "Gemfile",
     "demo.html", "x/index.PHP", "notes.md", "notes.rst"],
)  # fmt: skip
def test_what_is_private_a_setting_or_a_page_may_not(path: str) -> None:
    """By its name alone; a page would be one of the new site, or the code of a program."""
    assert not may_be_taken(path)


@pytest.mark.parametrize(
    ("path", "data", "is_taken"),
    [
        ("feed.xml", b"<?xml version='1.0'?>\n<!-- made -->\n<feed xmlns='x'/>", False),
        ("index.xml", b"\xef\xbb\xbf<rss version='2.0'/>", False),
        ("sitemap.xml", b"<urlset>", False),
        ("a.atom", b"<atom:feed/>", False),
        ("data.xml", b"<tides><feed/></tides>", True),
        ("feed.txt", b"<feed/>", True),
    ],
)
def test_feeds_and_sitemaps_are_told_from_data(path: str, data: bytes, is_taken: bool) -> None:
    """By the element that they begin with, whatever their names are; the new site has its own."""
    site = replace(files({path: data}), root="https://tides.example")
    assert served([site])(f"https://tides.example/{path}") is is_taken


@pytest.mark.parametrize("kind", ["", "RSA ", "OPENSSH ", "EC ", "ENCRYPTED "])
def test_a_private_key_is_known_by_what_it_holds(kind: str) -> None:
    """Its name may be that of a presentation."""
    site = replace(
        files({"a/talk.key": f"-----BEGIN {kind}PRIVATE KEY-----\nMII"}), root="https://tides.example"
    )
    find = from_export(site, None)
    assert find is not None
    picture = find("https://tides.example/a/talk.key")
    assert (picture.data, picture.reason) == (b"", "it holds a private key")


@pytest.mark.parametrize("end", ["", "/"])
def test_files_are_meant_by_their_address_or_by_a_name_that_only_one_has(end: str) -> None:
    """On the host of the site, with any spelling of it."""
    site = replace(files(dict.fromkeys(["a/x.csv", "b/x.csv", "b/größe 1.dat", "Makefile", ".env"], "")))
    is_served = served([replace(site, root=f"https://www.tides.example/log{end}")])
    for name in ("a/x.csv", "a/x.csv?v=2#top", "b/gr%C3%B6%C3%9Fe%201.dat", "2021/größe 1.dat", "Makefile"):
        assert is_served(f"http://tides.example/log/{name}"), name
    for url in ("https://tides.example/log/x.csv", "https://tides.example/x/Makefile", "#a", "http://["):
        assert not is_served(url), url
    assert not is_served("https://other.example/log/a/x.csv")
    assert not is_served("https://tides.example/log/.env")
    assert not served([site])("https://tides.example/log/a/x.csv")


@pytest.mark.parametrize(
    ("texts", "taken", "left"),
    [
        (
            {"_config.yml": "url: https://tides.example\nexclude: [raw]\n", "_posts/2021-03-04-ebb.md": FRONT,
             "data/x.csv": "1", "_posts/own.csv": "1", "_data/y.csv": "1", "raw/z.csv": "1",
             "data/made.json": "---\n---\n{{ site.title }}\n", "data/list.yml": "---\na: 1\n"},
            ["data/x.csv", "2021/own.csv", "data/list.yml"],
            ["data/y.csv", "_data/y.csv", "raw/z.csv", "data/made.json", "_config.yml"],
        ),
        (
            {"hugo.toml": "baseURL = 'https://tides.example/'\n", "content/posts/ebb/index.md": FRONT,
             "static/x.csv": "1", "content/posts/ebb/own.json": "1", "layouts/z.csv": "1"},
            ["x.csv", "posts/ebb/own.json"],
            ["layouts/z.csv", "hugo.toml"],
        ),
        (
            {"_config.yml": "url: https://tides.example\n", "package.json": '{"hexo": "^8"}',
             "source/_posts/ebb.md": FRONT, "source/data/x.csv": "1", "source/_data/y.csv": "1",
             "themes/a/z.csv": "1"},
            ["data/x.csv"],
            ["_data/y.csv", "themes/a/z.csv", "_config.yml"],
        ),
        (
            {"pelicanconf.py": "SITEURL = 'https://tides.example'\nPATH = 'content'\n",
             "content/ebb.md": "Title: Ebb\nDate: 2021-03-04\n\nText.\n", "content/files/x.csv": "1",
             "theme/z.csv": "1"},
            ["files/x.csv"],
            ["theme/z.csv", "pelicanconf.py"],
        ),
        (
            {"conf.py": "BLOG_TITLE = 'T'\nSITE_URL = 'https://tides.example/'\n"
             "POSTS = (('posts/*.md', 'posts', 'p'),)\n",
             "posts/ebb.md": "<!--\n.. title: Ebb\n.. slug: ebb\n.. date: 2021-03-04\n-->\nText.\n",
             "files/x.csv": "1", "posts/own.dat": "1", "themes/z.csv": "1"},
            ["x.csv", "posts/own.dat"],
            ["themes/z.csv", "conf.py"],
        ),
        (
            {"conf.py": "extensions = ['ablog']\nblog_baseurl = 'https://tides.example/'\n"
             "templates_path = ['looks']\n", "posts/ebb.md": FRONT, "_static/x.csv": "1", "looks/z.csv": "1"},
            ["_static/x.csv"],
            ["looks/z.csv", "conf.py"],
        ),
        (
            {"mkdocs.yml": "site_url: https://tides.example/\n", "docs/index.md": "# Ebb\n",
             "docs/data/x.csv": "1", "overrides/z.csv": "1"},
            ["data/x.csv"],
            ["overrides/z.csv", "mkdocs.yml"],
        ),
        (
            {"astro.config.mjs": "export default { site: 'https://tides.example' }",
             "src/content/ebb.md": FRONT,
             "public/data/x.csv": "1", "src/content/own.csv": "1", "src/components/z.csv": "1"},
            ["data/x.csv", "src/content/own.csv"],
            ["src/components/z.csv", "astro.config.mjs"],
        ),
    ],
    ids=["Jekyll", "Hugo", "Hexo", "Pelican", "Nikola", "Sphinx", "MkDocs", "Astro"],
)  # fmt: skip
def test_each_system_gives_what_it_serves(texts: dict[str, str], taken: list[str], left: list[str]) -> None:
    """And what is beside posts; no settings, data of templates, and files that are excluded."""
    folder = files(texts)
    system = system_of(folder)
    assert system is not None
    source = system.read(folder, None, NOW)
    assert source.files is not None
    is_served, find = served([source.files]), from_export(source.files, None)
    assert find is not None

    def is_taken(path: str) -> bool:
        url = f"https://tides.example/{path}"
        return is_served(url) and not find(url).reason

    assert {path: is_taken(path) for path in (*taken, *left)} == dict.fromkeys(taken, True) | dict.fromkeys(
        left, False
    )
