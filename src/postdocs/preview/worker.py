"""The process that builds: one Sphinx application, kept in memory from save to save.

It is told on standard input which files have changed, a line of JSON each time, and answers with a report.
Before that, when the page of a saved document is written and the rest is not yet, it says where that page is.
Whatever else would be printed goes to standard error.
"""

from __future__ import annotations

import gc
import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.console import strip_escape_sequences  # type: ignore[attr-defined]  # it is documented
from sphinx.util.docutils import docutils_namespace, patch_docutils

from postdocs.core import conf
from postdocs.preview.diagnostics import Report
from postdocs.preview.early_page import EarlyPage, write_early
from postdocs.sphinx_ext.builders import html_of
from postdocs.sphinx_ext.compat.process_caches import PageAssets, forget_doctrees
from postdocs.sphinx_ext.config import address_of

PACKAGE = Path(__file__).parents[1]
_FOLDERS = ("templates_path", "html_static_path", "html_extra_path", "html_theme_path", "locale_dirs")


class _Messages(io.StringIO):
    """The stream of warnings, as a list."""

    def __init__(self, source: Path) -> None:
        super().__init__()
        self._prefix = f"{source}{os.sep}"
        self._messages: list[str] = []

    def write(self, text: str) -> int:
        """Keep a message; Sphinx writes each at once."""
        message = strip_escape_sequences(text).strip().replace(self._prefix, "")
        if message:
            self._messages.append(message)
        return len(text)

    def take(self) -> tuple[str, ...]:
        """Return what was written since the last time, each message once."""
        messages, self._messages = self._messages, []
        return tuple(dict.fromkeys(messages))


class BuildSession:
    """A site and its application, for any number of builds.

    Between them nothing is left over: the files of each page are those of the page alone, and the extension
    begins each build anew. What is made once in the life of an application asks for a new process.
    """

    def __init__(self, source: Path, out: Path, tell: Callable[[str], None]) -> None:
        self._messages = _Messages(source)
        self._tell = tell
        self._app = Sphinx(
            source,
            source,
            out / "html",
            out / "doctrees",
            "dirhtml",
            confoverrides={"postdocs_drafts": True},
            status=None,
            warning=self._messages,
            parallel=os.cpu_count() or 1,
        )
        folder = unquote(urlsplit(address_of(self._app.config)).path).strip("/")
        self._base = f"/{folder}/" if folder else "/"
        self._looked_at: set[str] = set()
        self._app.connect("env-purge-doc", self._note)
        self._assets = PageAssets.of(self._app)

    def _note(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        self._looked_at.add(self._file_of(docname))

    def _file_of(self, docname: str) -> str:
        return self._app.env.doc2path(docname, base=False).as_posix()

    def needs_another(self, changed: Iterable[str]) -> bool:
        """Tell whether a file is one that the application has read for good: code, settings, templates."""
        given = [*map(Path, changed)]
        paths = [path.resolve() for path in given]
        app = self._app
        named = {path.name for path in (*given, *paths)}
        modules = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
        files = {Path(name).resolve() for name in modules if os.path.basename(name) in named}  # noqa: PTH119 - of thousands
        files |= {Path(app.confdir, name).resolve() for name in ("conf.py", "docutils.conf")}
        folders = {PACKAGE} | {
            Path(app.confdir, folder).resolve() for name in _FOLDERS for folder in app.config[name]
        }
        return any(path in files or folders & {path, *path.parents} for path in paths)

    def build(self, changed: Sequence[str] = ()) -> Report:
        """Build what has changed. changed: the files that have, if that is known."""
        early = self._write_early(changed)
        self._looked_at.clear()
        self._forget()
        builder = html_of(self._app)
        error = ""
        try:
            self._app.build()
        except Exception as failure:  # noqa: BLE001 - whatever an extension may raise
            error = describe(failure)
        self._app.parallel = 1  # which is faster for a page or two
        written = builder.written if builder else set()
        looked_at = self._looked_at | {self._file_of(docname) for docname in written}
        return Report(
            tuple(sorted(written)),
            tuple(sorted(looked_at)),
            self._messages.take(),
            error,
            base="" if error else self._base,
            early_stands=early is None or early.stands(),
        )

    def _write_early(self, changed: Sequence[str]) -> EarlyPage | None:
        """Write the page of a document that was saved, and tell of it; the build says what is wrong."""
        self._forget()
        early = write_early(self._app, changed)
        self._messages.take()
        if early:
            self._tell(f"{self._base}{unquote(early.uri)}")
        return early

    def _forget(self) -> None:
        """Take from memory what a new process would not have."""
        forget_doctrees(self._app.env)
        self._assets.restore(self._app)


def describe(failure: Exception) -> str:
    """Return what ended a build: in the words of Sphinx, or what was raised and where."""
    if isinstance(failure, SphinxError):
        return f"{failure.category}: {failure}"
    last = traceback.extract_tb(failure.__traceback__)[-1:]
    where = "".join(f" ({frame.filename}:{frame.lineno})" for frame in last)
    return f"{type(failure).__name__}: {failure}{where}"


def main(source: Path, out: Path) -> None:
    """Build when asked to, until there is nobody who asks or a build has failed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that serves
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

        def answer(data: object) -> None:
            print(json.dumps(data), file=answers, flush=True)

        with patch_docutils(source), docutils_namespace():
            session: BuildSession | None = None
            for line in sys.stdin:
                changed = json.loads(line)
                if session and session.needs_another(changed):
                    report = Report(is_stale=True)
                else:
                    try:
                        session = session or BuildSession(source, out, answer)
                        report = session.build(changed)
                    except Exception as failure:  # noqa: BLE001 - conf.py and extensions are anybody's code
                        mistake = conf.explain(source / "conf.py", failure)
                        text = str(mistake).removeprefix(f"{source}{os.sep}")
                        report = Report(error=text if mistake else describe(failure))
                answer(asdict(report))
                if report.is_stale or report.error:
                    return
                gc.freeze()  # the site in memory is no garbage; to look through it takes as long as a build


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
