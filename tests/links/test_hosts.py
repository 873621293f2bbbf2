"""What hosts answer, and the redirects that a site has for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.links.hosts import Hosting, hosting_of, read_redirects
from postdocs.links.internal import Site, check
from postdocs.links.model import Page

FILES = ["index.html", "about.html", "blog/index.html", "404.html"]


def hosting(folder: Path, name: str | None = None, **files: str) -> Hosting:
    """Return the hosting of a site with files of a host; `_` at the end of a name is none of it."""
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    return hosting_of(folder, [*FILES, *files], folder / "sources", name)


def broken(hosting: Hosting, *urls: str) -> list[str]:
    """Return which of some links lead nowhere."""
    page = Page("index.html", urls, frozenset())
    result = check([page, *hosting.pages], Site(FILES, "https://example.org/", hosting))
    return [link.url for link in result.broken]


@pytest.mark.parametrize("start", ["/*/b/*", "/:year/:year"])
def test_a_name_that_is_there_twice_is_named_with_its_line(start: str) -> None:
    """The message is about what is written, not about the expression that is made of it."""
    with pytest.raises(ValueError, match=r"line 2: .* has `\*` or a name twice"):
        [*read_redirects(f"/a /b\n{start} /c", "_redirects")]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        (None, ["/about/"]),
        ("github", ["/about/"]),
        ("netlify", []),
        ("cloudflare", []),
        ("plain", ["/about", "/about/"]),
        ("vercel", ["/about", "/about/"]),
    ],
)
def test_a_page_without_its_suffix_is_a_matter_of_the_host(
    name: str | None, wrong: list[str], tmp_path: Path
) -> None:
    """Some serve it, with a slash at the end or not; a folder is served by all."""
    assert broken(hosting(tmp_path, name), "/about.html", "/about", "/about/", "/blog", "/blog/") == wrong


def test_the_files_of_a_site_tell_its_host(tmp_path: Path) -> None:
    """Each is read by one kind of host only; some stand beside the sources."""
    assert hosting(tmp_path, _headers="").host.name == "netlify"
    assert hosting(tmp_path, **{".htaccess": ""}).host.name == "plain"
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/vercel.json").write_text('{"cleanUrls": true}', encoding="utf-8")
    assert broken(hosting(tmp_path), "/about", "/gone") == ["/gone"]
    assert hosting(tmp_path, "github").host.name == "github"


REDIRECTS = """\
# from to
/old /about.html
/posts/:year/:slug  /blog/  301
/wiki/*  /:splat  302!
/shop/*  https://shop.example/:splat
/lost  /nowhere.html
/away  /404.html  404
https://www.example.org/*  https://example.org/:splat  301!
/round /round-2
/round-2 /round
"""


def test_redirects_are_followed_to_their_end(tmp_path: Path) -> None:
    """Names and the rest of a path are put in; a target that is not there is a fault, in the file too."""
    rules = hosting(tmp_path, _redirects=REDIRECTS)
    fine = ["/old", "/old/", "/posts/2024/x", "/wiki/about.html", "/shop/a/b", "/wiki"]
    wrong = ["/wiki/gone", "/posts/2024", "/away", "/round", "/lost"]
    assert broken(rules, *fine, *wrong) == [*wrong, "/nowhere.html", "/round-2", "/round"]
    (page,) = rules.pages
    assert (page.path, page.links[0], page.lines[0]) == ("_redirects", "/about.html", 2)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (
            "vercel.json",
            json.dumps(
                {
                    "redirects": [
                        {"source": "/old", "destination": "/about.html"},
                        {"source": "/wiki/:path*", "destination": "/:path*"},
                        {"source": "/n/:id(\\d+)", "destination": "/blog/"},
                    ],
                    "rewrites": [{"source": "/r/(.*)", "destination": "/$1.html"}],
                }
            ),
        ),
        (
            "netlify.toml",
            '[[redirects]]\nfrom = "/old"\nto = "/about.html"\n'
            '[[redirects]]\nfrom = "/wiki/*"\nto = "/:splat"\n'
            '[[redirects]]\nfrom = "/n/1"\nto = "/blog/"\n'
            '[[redirects]]\nfrom = "/r/:a"\nto = "/:a.html"\n',
        ),
        (
            ".htaccess",
            "# Redirect /gone /\nRedirect 301 /old /about.html\nRedirectMatch ^/wiki/(.*)$ /$1\n"
            'RewriteEngine On\nRewriteRule "^n/[0-9]+$" /blog/ [R=301,L]\nRewriteRule ^r/(.+)$ $1.html [L]\n'
            "RewriteCond %{HTTPS} off\nRewriteRule ^(.*)$ https://www.example.org/$1 [R=301,L]\n"
            "Redirect gone /wiki/lost\n",
        ),
    ],
)
def test_each_host_has_its_own_file(file: str, text: str, tmp_path: Path) -> None:
    """Vercel, Netlify and Apache; a rule that only changes the name of the host says nothing."""
    rules = hosting(tmp_path, **{file: text})
    wrong = ["/gone", "/wiki/gone.html", "/r/gone", "/n/x"]
    assert broken(rules, "/old", "/wiki/about.html", "/n/1", "/r/about", *wrong) == wrong


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("vercel.json", "{"),
        ("vercel.json", '{"rewrites": [{"source": "/(", "destination": "/"}]}'),
        (".htaccess", "RewriteRule ^a$ /$1"),
        (".htaccess", "RedirectMatch ( /x"),
        ("netlify.toml", "[["),
        ("_redirects", "\xff"),
    ],
)
def test_redirects_that_cannot_be_read_are_named(file: str, text: str, tmp_path: Path) -> None:
    """In one line, with the file."""
    (tmp_path / file).write_text(text, encoding="latin-1")
    with pytest.raises(PostdocsError, match=rf"{file}: its redirects can't be read \(.+\); correct it"):
        hosting_of(tmp_path, [file], tmp_path, None)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("vercel.json", "[1]"),
        ("vercel.json", '{"redirects": null, "rewrites": ["x"]}'),
        ("netlify.toml", "redirects = 1"),
    ],
)
def test_settings_of_another_shape_have_no_redirects(file: str, text: str, tmp_path: Path) -> None:
    """They are the host's to judge."""
    assert hosting(tmp_path, **{file: text}).rules == ()
