"""Files of a site whose record is lost."""

from __future__ import annotations

from pathlib import Path

from postdocs.sphinx_ext.output.recovery import files_of_site, has_site

PAGE = '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><meta name="generator" content="Postdocs">'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><generator version="1">Postdocs</generator></feed>'
JSON = '{"version": "https://jsonfeed.org/version/1.1"}'
OURS = {
    "index.html": PAGE,
    "old.php": PAGE,
    "blog/atom.xml": ATOM,
    "blog/feed.json": JSON,
    "_images/dot.png": "",
    "_sources/posts/one.md.txt": "",
    "_search/index.json": "{}",
    "sitemap.xml": "",
    "sitemap-2.xml": "",
    "objects.inv": "",
}
OTHERS = {
    ".nojekyll": "",
    ".git/index": "",
    ".well-known/index.html": PAGE,
    "blog/.htaccess": "",
    "CNAME": "example.org",
    "README.md": "# About",
    "robots.txt": "",
    "google1.html": "google-site-verification: google1.html",
    "demo/index.html": '<html><meta name="generator" content="Hugo">',
    "demo/_static/app.js": "",
    "demo/feed.json": JSON,
    "blog/data.json": "{}",
    "podcast/feed.xml": "<rss></rss>",
    "src/sitemap.xml": "",
}


def test_only_what_a_build_writes_is_taken_for_ours(tmp_path: Path) -> None:
    """Pages, redirects and feeds by what they say of themselves, other files by Sphinx's names for them."""
    for path, text in (OURS | OTHERS).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert files_of_site(tmp_path, OURS | OTHERS) == {*OURS}


def test_a_file_that_is_gone_or_a_broken_link_is_nobodys(tmp_path: Path) -> None:
    """A folder may change while it is looked at."""
    (tmp_path / "link.html").symlink_to("nowhere")
    assert files_of_site(tmp_path, ["link.html", "gone.html"]) == set()


def test_a_folder_with_other_files_has_no_site(tmp_path: Path) -> None:
    """A first build into it finds nothing to replace."""
    (tmp_path / "index.html").write_text("Mine", encoding="utf-8")
    assert not has_site(tmp_path)
    (tmp_path / "_search").mkdir()
    (tmp_path / "_search" / "index.json").write_text("{}", encoding="utf-8")
    assert has_site(tmp_path)
