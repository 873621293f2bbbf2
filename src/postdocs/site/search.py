"""The search: an index in pieces, which Pagefind makes of the articles, and the page that asks it.

The articles are kept as Sphinx writes them, without the page around them, in a folder beside the doctrees.
Pagefind reads that folder when all pages are written, and only if something in it changed; the same articles
make the same pieces, whatever was written before. Written for Pagefind 1.5 (https://pagefind.app/docs/).
"""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from postdocs.site.ablog import CATALOGS, Listed
from postdocs.site.blog import blog_of
from postdocs.site.builders import NOT_FOUND, SEARCH_SCRIPTS, html_of
from postdocs.site.config import base_of
from postdocs.site.files import files_below, write_bytes, write_text
from postdocs.site.state import fingerprint, state_of
from postdocs.site.urls import INDEX_FOLDER, file_of

try:
    from pagefind.service import get_executable
except ImportError:  # there are machines that it is not made for

    def get_executable() -> Path | None:
        """Return nothing: there is no Pagefind."""
        return None


logger = logging.getLogger(__name__)

_ENTRY = f"{INDEX_FOLDER}/pagefind-entry.json"  # what the script reads first
_PREVIEWED = 500  # pages of a preview that can be searched; more would hold each save up
_NO_ARTICLE = ".headerlink, .post-rows, .postlist, .toctree-wrapper, nav.contents, .linenos"
_TITLE = re.compile(r"<h1\b.*?</h1>", re.DOTALL)
_PICTURE = re.compile(r"<img\b[^>]*>")  # of which Pagefind would make metadata
_TAG, _WORD = re.compile(r"<[^>]*>"), re.compile(r"\w")
_PIECES = {".pf_meta", ".pf_index", ".pf_fragment"}
_LETTERS = "+#"  # parts of words: C, C++ and C# are three
_running: WeakKeyDictionary[Sphinx, Pagefind] = WeakKeyDictionary()
_SCRIPT_TAG = re.compile(r"\s*<script\b[^>]*\b(?:searchtools|language_data|searchindex)\.js[^>]*></script>")


def install(app: Sphinx) -> None:
    """Add our script to all pages, and let the layout of any page leave the theme's search out."""
    if theme := getattr(app.builder, "theme", None):
        environment = app.builder.templates.environment
        environment.filters["without_index"] = lambda text: _SCRIPT_TAG.sub("", text)
        folders = (Path(folder) for folder in theme.get_theme_dirs())
        layouts = (f"{folder.name}/layout.html" for folder in folders if (folder / "layout.html").is_file())
        environment.globals["theme_layout"] = next(layouts, "")  # the theme's own, which ours extends
    if builder := html_of(app):
        attributes: dict[str, Any] = {"data-page": builder.get_target_uri("search"), "defer": "defer"}
        app.add_js_file("search.js", **attributes)


def add_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Make the body of the page that asks the index."""
    if pagename == "search" and (builder := html_of(app)):
        blog = blog_of(app)
        base = app.config.html_baseurl or base_of(app.config)
        context["search_links"] = [("archive", blog.archive.docname), ("tags", blog.catalogs["tags"].docname)]
        context["search_site"] = base.partition("://")[2].rstrip("/")
        context["title"] = "Search"
        context["body"] = builder.templates.render("postdocs/search.html", context)
        app.add_css_file("search.css")  # at once, for this page; others load it with the dialog


def keep_article(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Keep what the index is to hold of a document: its body, before anything of ours is in it."""
    if doctree is None or not html_of(app):
        return
    file = _article_file(app, pagename)
    is_silent = {"nosearch", "no-search"} & (context["meta"] or {}).keys()  # as Sphinx has it
    if is_silent or pagename == NOT_FOUND:
        file.unlink(missing_ok=True)
        return
    post = blog_of(app).posts[pagename]
    about = {"title": app.env.titles[pagename].astext(), **(_about(post) if post else {})}
    head = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(value)}">'
        for name, value in about.items()
        if value
    )
    whole = _PICTURE.sub("", context["body"])
    article = _TITLE.sub("", whole, count=1)  # each result shows it anyway
    if not _WORD.search(_TAG.sub("", article)):
        article = whole  # Pagefind passes by what has no words
    text = f"<!DOCTYPE html><html><head>{head}</head><body data-pagefind-body>{article}</body></html>"
    write_text(file, text)


def _about(post: Listed) -> dict[str, str]:
    """Return what is known of a post: it is found by that too."""
    labels = {name: ", ".join(map(str, getattr(post, name))) for name in CATALOGS}
    return {"title": post.title, "date": post.date.date().isoformat() if post.date else "", **labels}


def _article_file(app: Sphinx, docname: str) -> Path:
    """Return where an article is kept; from the root of the folder, as its page from that of the output."""
    return _articles(app) / file_of(app, docname)


def _articles(app: Sphinx) -> Path:
    return state_of(app).folder / "search"


def begin(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """Let Pagefind begin, if what the index is made of has changed; lists and feeds are written meanwhile.

    It yields no pages; the event wants a generator.
    """
    yield from ()
    if not html_of(app) or not (articles := _kept(app)):
        return
    if app.config.postdocs_drafts and len(articles) > _PREVIEWED:
        logger.info("search: the preview of more than %d pages has no index", _PREVIEWED)
        return
    executable = get_executable()
    if executable is None:
        _refuse("Pagefind is not installed; run `pip install 'pagefind[bin]'`")
        return
    state, language = state_of(app), (app.config.language or "en").replace("_", "-").lower()
    options = options_for(articles, language)
    if state.is_stale(_ENTRY, fingerprint(options, [_times(path) for path in (executable, *articles)])):
        _running[app] = Pagefind(executable, _articles(app), state.folder, options)
    else:
        folder = Path(app.outdir, INDEX_FOLDER)
        state.owned |= {path.relative_to(app.outdir).as_posix() for path in files_below(folder)}


def write(app: Sphinx) -> Iterator[tuple[str, dict[str, object], str]]:
    """Write the index, when Pagefind has made it. It yields no pages."""
    yield from ()
    if running := _running.pop(app, None):
        with running:
            if problem := running.wait():
                del state_of(app).files[_ENTRY]
                _refuse(problem)
            else:
                state_of(app).owned |= {*_publish(app, running.made)}


def _kept(app: Sphinx) -> list[Path]:
    """Return the files of all articles, in order; remove those of articles that are gone."""
    wanted = {_article_file(app, docname) for docname in app.env.found_docs}
    found = {*files_below(_articles(app))}
    for file in found - wanted:
        file.unlink()
    return sorted(found & wanted)


def _times(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    return str(path), status.st_mtime_ns, status.st_size


def options_for(articles: Iterable[Path], language: str) -> list[str]:
    """Return what Pagefind is told. language: as the head of pages has it, in lower case."""
    suffixes = sorted({path.suffix[1:] for path in articles})
    return [
        *("--force-language", language, "--glob", f"**/*.{{{','.join(suffixes)}}}"),
        *("--exclude-selectors", _NO_ARTICLE, "--include-characters", _LETTERS, "--silent"),
    ]


class Pagefind:
    """A run of Pagefind, where no settings of its own are.

    articles: folder that it reads. folder: where it gets one of its own, `made`, until the run is closed.
    """

    def __init__(self, executable: Path, articles: Path, folder: Path, options: list[str]) -> None:
        self._folder = TemporaryDirectory(dir=folder)
        self.made = Path(self._folder.name)
        self._process: subprocess.Popen[str] | None = None
        self._problem = ""
        command = [str(executable), "--site", ".", "--output-path", str(self.made), *options]
        silent: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        try:
            self._process = subprocess.Popen(command, cwd=articles, **silent)  # noqa: S603 - our own command
        except OSError as error:
            self._problem = f"Pagefind does not run: {error}"

    def __enter__(self) -> Pagefind:
        """Use it until it is closed."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it, and remove what it has made."""
        if self._process and self._process.stderr and not self._process.stderr.closed:
            self._process.kill()
            self._process.communicate()
        self._folder.cleanup()

    def wait(self) -> str:
        """Wait until it ends; return what went wrong, or ""."""
        if self._process:
            _, said = self._process.communicate()
            self._problem = f"Pagefind failed: {said.strip()}" if self._process.returncode else ""
        return self._problem


def _publish(app: Sphinx, made: Path) -> Iterator[str]:
    """Put what our script asks for into the output, and none of Pagefind's own; yield the paths there."""
    engines = sorted(made.glob("wasm.*.pagefind"), key=lambda file: ".unknown." in file.name)
    pieces = (file for file in files_below(made) if file.suffix in _PIECES)
    for file in [made / "pagefind.js", made / "pagefind-entry.json", engines[0], *pieces]:
        path = f"{INDEX_FOLDER}/{file.relative_to(made).as_posix()}"
        write_bytes(Path(app.outdir, path), file.read_bytes())
        yield path


def _refuse(message: str) -> None:
    logger.warning("search: %s. The site can't be searched", message, type="postdocs", subtype="search")


def tidy(app: Sphinx, exception: Exception | None) -> None:
    """End Pagefind after a failure; take Sphinx's own scripts for searching from the output."""
    if running := _running.pop(app, None):
        running.__exit__()
    if html_of(app):
        for name in SEARCH_SCRIPTS:
            Path(app.outdir, "_static", name).unlink(missing_ok=True)
