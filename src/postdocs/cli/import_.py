"""The command `postdocs import`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postdocs.cli.arguments import FAULTS, OK, add_wrap, address_of, file_of, given, path_of
from postdocs.core.errors import PostdocsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from postdocs.core.http.client import BlockingClient
    from postdocs.importer.images import Picture
    from postdocs.importer.sources.model import Source


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "import",
        help="import an existing blog",
        description="Import an existing blog and verify that nothing is lost: the import renders each post "
        "and compares it with its source. Run it in the folder of conf.py.",
        epilog="The import doesn't overwrite a post that you changed, unless you add --replace. "
        "Exit status: 0 nothing was lost, and all posts build; 1 something was lost, or doesn't build; "
        "2 a source couldn't be read, and nothing was written.",
    )
    parser.add_argument(
        "sources",
        nargs="+",
        type=given,
        metavar="SOURCE",
        help="a file, folder, or address: the source folder of Jekyll, Hugo, Hexo, Pelican, Nikola, "
        "MkDocs, Quarto, MyST, or Sphinx, or of Markdown files with front matter; a built site; an Atom, "
        "RSS, or JSON feed; an export of WordPress, Blogger, Ghost, Substack, Medium, or Movable Type, also "
        "as a ZIP archive; comments of Disqus, Isso, Remark42, or Commento; a saved page; text copied from a "
        "Sphinx page",
    )
    parser.add_argument(
        "--into",
        type=path_of,
        default=Path("posts"),
        metavar="DIR",
        help="the folder of posts (default: posts)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show the action for each file without writing"
    )
    parser.add_argument(
        "--update", action="store_true", help="import changes of the source since the last import"
    )
    parser.add_argument("--replace", action="store_true", help="overwrite posts that you wrote or changed")
    parser.add_argument(
        "--author",
        action="append",
        default=[],
        metavar="NAME",
        help="the author of entries without one; repeatable",
    )
    parser.add_argument("--date", metavar="DATE", help="the date of entries without one")
    parser.add_argument(
        "--url",
        metavar="URL",
        help="the address of a page, or of the blog of a feed or export, if missing there",
    )
    parser.add_argument(
        "--built",
        type=path_of,
        metavar="DIR",
        help="the pages that were built from a source folder; the import compares with them "
        "(default: _site, public, output, site, _website, or _build/html in it)",
    )
    parser.add_argument(
        "--settings",
        action="store_true",
        help="write what a source folder says of its site into conf.py: title, address, description, "
        "authors, language, time zone, links, and bibliography; without it, the import shows the changes",
    )
    parser.add_argument(
        "--notebooks",
        choices=("text", "keep"),
        default="text",
        help="what posts that are Jupyter notebooks become: Markdown with their outputs as images and "
        "text, or notebooks with clean outputs, which MyST-NB shows (postdocs[notebooks]) and --settings "
        "sets up (default: text)",
    )
    parser.add_argument(
        "--keep-files",
        action="store_true",
        help="serve the files of the old site, and pages of its own that posts link to, at their old "
        "addresses: copy them to old-site, and add that to html_extra_path in conf.py",
    )
    parser.add_argument(
        "--allow-dead",
        action="store_true",
        help="list the links of imported posts that were dead before in links.toml, each with a reason: the "
        "link check leaves them out",
    )
    parser.add_argument("--no-comments", action="store_true", help="leave out the comments of readers")
    pictures = parser.add_mutually_exclusive_group()
    pictures.add_argument(
        "--assets", type=path_of, metavar="DIR", help="copy images and files from this folder"
    )
    pictures.add_argument("--fetch-assets", action="store_true", help="download images and files")
    parser.add_argument(
        "--report",
        type=file_of,
        metavar="FILE",
        help="write the full report as JSON, with losses first",
    )
    add_wrap(parser, "none, a line for each paragraph")
    parser.add_argument("--quiet", action="store_true", help="print only losses")
    parser.set_defaults(command=_run)


def _run(arguments: argparse.Namespace) -> int:
    from postdocs.cli import site_changes
    from postdocs.cli.console import console_for, progress, say
    from postdocs.cli.values import date_of, refuse_no_post
    from postdocs.core import conf, files
    from postdocs.core.http.client import blocking
    from postdocs.core.http.network import Proxies
    from postdocs.core.source_text import encode
    from postdocs.importer import fetch, images, report, site_files
    from postdocs.importer.options import Options
    from postdocs.importer.pipeline import plan_import
    from postdocs.importer.sources import merge
    from postdocs.sphinx_ext.math.check import checker

    root, now = Path.cwd(), datetime.now(UTC)
    site = conf.read(root / "conf.py")
    if arguments.url is not None:
        address_of(arguments.url, "--url")
    if arguments.built is not None and not arguments.built.is_dir():
        raise PostdocsError(
            arguments.built, None, "there is no such folder", "name the folder of built pages"
        )
    date = date_of(arguments.date, site.zone)
    refuse_no_post(arguments.into, site)
    console = console_for(quiet=arguments.quiet)
    with blocking(fetch.client_for(arguments.sources, Proxies.from_environment())) as client:
        find = _finder(arguments, client)
        sources = _read(arguments, client, now, console, site.base)
        say(console, map(report.source_line, sources))
        exports = [source.files for source in sources if source.files]
        for export in exports:
            find = images.from_export(export, find)
        entries, notes = merge.merge(sources)
        patch, said = site_changes.of_settings(arguments, sources, entries)
        options = Options(
            site=root,
            folder=arguments.into,
            checker=partial(checker, added=site_changes.macros_after(arguments, patch)),
            update=arguments.update,
            replace=arguments.replace,
            authors=tuple(arguments.author),
            date=date,
            find=find,
            is_served=site_files.served(exports),
            sites=tuple(export for export in exports if export.root),
            addresses=tuple(address for source in sources for address in source.addresses),
            lists={url: one for source in reversed(sources) for url, one in source.lists.items()},
            wrap=arguments.wrap,
            keep_files=arguments.keep_files,
            scored=arguments.report is not None,
            comments=not arguments.no_comments,
            works={key: work for source in reversed(sources) for key, work in source.works.items()},
        )
        threads = [thread for source in sources for thread in source.threads]
        site = site_changes.settings_after(arguments, patch) or site
        planned = plan_import(entries, options, site, now, partial(progress, console), threads=threads)
    whole = report.Report(
        sources,
        planned.posts,
        (*notes, *planned.notes),
        planned.actions,
        comments=planned.comments,
        copies=planned.pictures,
        bibliography=planned.bibliography,
        files=planned.files,
        dead=planned.dead,
        has_diffs=arguments.dry_run,
    )
    say(console, report.note_lines(whole))
    say(console, report.plan_lines(whole))
    say(console, said)
    changed, said = site_changes.texts(arguments, patch, planned)
    say(console, said)
    if arguments.dry_run:
        say(console, (action.diff().rstrip("\n") for action in whole.changes if action.text is not None))
    else:
        planned.apply(arguments.into, root)
        for path, text in changed.items():
            before = (root / path).read_bytes() if (root / path).is_file() else b""
            files.write(root, path, encode(text, before))
    if arguments.report:
        text = report.as_json(whole)
        files.write(arguments.report.parent, arguments.report.name, text.encode())
    say(console_for(), report.loss_lines(whole))
    say(console, [report.summary(whole)])
    return FAULTS if whole.lost else OK


def _read(
    arguments: argparse.Namespace, client: BlockingClient, now: datetime, console: Console, base: str
) -> list[Source]:
    """Read the sources, of which one alone may be a blog without an address, which `--url` says.

    base: the address of the new site, which stands for that of a blog whose sources say none; "" for none.
    """
    from postdocs.cli.console import progress
    from postdocs.importer import fetch
    from postdocs.importer.entry import Note, NoteKind
    from postdocs.importer.sources import registry

    sources: list[Source] = []
    how: dict[str, Any] = {
        "now": now,
        "progress": partial(progress, console),
        "keeps_notebooks": arguments.notebooks == "keep",
    }

    def read(name: str, url: str | None) -> Source:
        if Path(name).is_dir():
            return registry.read_folder(Path(name), url, arguments.built, **how)
        return registry.read(*fetch.load(name, client), url, **how)

    for name in arguments.sources:
        source = read(name, arguments.url)
        if registry.is_placeless(source):
            if not base:
                remedy = "give it with --url, or set html_baseurl in conf.py"
                raise PostdocsError(name, None, "nothing says the address of the blog", remedy)
            what = "the address of this site stands for that of the blog; --url says another"
            source = read(name, base)
            source = replace(source, notes=(*source.notes, Note(NoteKind.NOTICED, what, before=base)))
        sources.append(source)
    blogs = sum(bool(source.entries) for source in sources)
    if arguments.url is not None and blogs > 1:
        wrong = f"it is one address, and there are {blogs} sources"
        raise PostdocsError("--url", None, wrong, "import them one by one")
    return sources


def _finder(arguments: argparse.Namespace, client: BlockingClient) -> Callable[[str], Picture] | None:
    from postdocs.importer import images

    if arguments.assets:
        if not arguments.assets.is_dir():
            raise PostdocsError(
                arguments.assets, None, "there is no such folder", "name the folder of the images"
            )
        return images.from_folder(arguments.assets)
    return images.from_network(client) if arguments.fetch_assets else None
