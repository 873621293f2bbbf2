"""The settings in conf.py that commands need."""

from __future__ import annotations

import ast
import importlib.util
import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sphinx.config import eval_config_file
from sphinx.errors import ConfigError, SphinxError, SphinxParallelError
from sphinx.util.tags import Tags

from postdocs.core.errors import PostdocsError
from postdocs.core.permalink import folder_of

_QUOTED = re.compile(r"[`'\"](\w+)[`'\"]")  # names in messages
BIBTEX = "sphinxcontrib.bibtex"  # the extension by which posts cite
# What shows formulas.
_MATH = ("extensions", "html_math_renderer", "mathjax3_config", "mathjax4_config", "postdocs_math_macros")


@dataclass(frozen=True)
class Settings:
    """The settings of a site, as its conf.py has them.

    myst: those that begin with `myst_`, and the warnings that the site suppresses. base: the address of the
    site, as feeds have it, or "". patterns: of the files that are posts. authors: who may write where nothing
    else is said, with the name of the setting. blog: the path of the lists of posts. folder: of the host that
    the site is in, or "". math: those that say how formulas are shown. bibliographies: the files whose works
    posts can cite.
    """

    zone: tzinfo
    myst: Mapping[str, Any]
    base: str = ""
    patterns: tuple[str, ...] = ()
    authors: tuple[tuple[str, str], ...] = ()
    blog: str = "blog"
    folder: str = ""
    math: Mapping[str, Any] = field(default_factory=dict)
    bibliographies: tuple[str, ...] = ()


def read(conf: Path) -> Settings:
    """Read a conf.py, which is executed, as a build does.

    Raises
    ------
    PostdocsError
        It is not there, or wrong.

    """
    return settings_of(conf, evaluate(conf))


def _suppressed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the warnings that a site suppresses under the name that MyST has for them outside of Sphinx."""
    names = values.get("suppress_warnings")
    is_list = isinstance(names, list | tuple) and all(isinstance(name, str) for name in names)
    return {"myst_suppress_warnings": list(names)} if names and is_list else {}


def settings_of(conf: Path, values: Mapping[str, Any]) -> Settings:
    """Return the settings in what a conf.py sets; raises PostdocsError as `read` does."""
    name = values.get("postdocs_timezone", "UTC")
    try:
        zone = ZoneInfo(name)
    except (LookupError, ValueError, OSError, TypeError, AttributeError):
        line = line_of_setting(conf, "postdocs_timezone")
        remedy = "write a name from the IANA database, like 'Europe/Berlin'"
        raise PostdocsError(conf, line, f"postdocs_timezone: {name!r} is not a time zone", remedy) from None
    patterns = values.get("blog_post_pattern", [])
    return Settings(
        zone,
        {key: value for key, value in values.items() if key.startswith("myst_")} | _suppressed(values),
        values.get("blog_baseurl") or "",
        (patterns,) if isinstance(patterns, str) else tuple(patterns),
        tuple(_authors(values)),
        str(values.get("blog_path", "blog")).strip("/"),
        folder_of(str(values.get("html_baseurl") or values.get("blog_baseurl") or "")),
        {key: values[key] for key in _MATH if key in values},
        tuple(map(str, values.get("bibtex_bibfiles") or ())) if _cites(values) else (),
    )


def _cites(values: Mapping[str, Any]) -> bool:
    return BIBTEX in (values.get("extensions") or ())


def evaluate(conf: Path) -> dict[str, Any]:
    """Execute a conf.py, as a build does, and return its names.

    Raises
    ------
    PostdocsError
        It is not there, or it fails; the error names the line.

    """
    if not conf.is_file():
        remedy = "run this in the folder of your site's conf.py"
        raise PostdocsError(conf, None, "there is no such file", remedy)
    try:
        return eval_config_file(conf.absolute(), Tags())
    except ConfigError as error:
        problem = " ".join(str(error.__cause__ or error).split())
        raise explain(conf, error) or PostdocsError(conf, None, problem, "correct it") from error


def check(conf: Path) -> None:
    """Check what a build needs of a conf.py before extensions can check the rest.

    Raises
    ------
    PostdocsError
        As `evaluate` does; or an extension is not installed, or the language is not text.

    """
    values = evaluate(conf)
    names = values.get("extensions", [])
    if not isinstance(names, list | tuple):
        remedy = "write a list like ['myst_parser', 'ablog', 'postdocs']"
        line = line_of_setting(conf, "extensions")
        raise PostdocsError(conf, line, f"extensions: {names!r} is not a list", remedy)
    for name in names:
        if not isinstance(name, str) or not is_installed(name):
            wrong = f"extensions: {name!r} is not installed"
            remedy = "correct the name, install the package that has it, or remove it"
            raise PostdocsError(conf, line_of_setting(conf, "extensions", name), wrong, remedy)
    language = values.get("language", "")
    if not isinstance(language, str | None):
        remedy = "write a code like 'en' or 'pt_BR'"
        line = line_of_setting(conf, "language")
        raise PostdocsError(conf, line, f"language: {language!r} is not text", remedy)


def is_installed(module: str) -> bool:
    """Tell whether a module can be imported, or fails only when it is."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError as error:  # a package that it would be in
        return not module.startswith(error.name or module)
    except (ImportError, ValueError):
        return True  # it is there, and Sphinx says what is wrong with it


def line_of_setting(conf: Path, name: str, value: object = None) -> int | None:
    """Return the line of a conf.py, from 1, in which a setting is assigned last, or that of a value in it.

    None where nothing assigns it.
    """
    try:
        module = ast.parse(conf.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None
    statements = [node for node in ast.walk(module) if isinstance(node, ast.stmt) and sets(node, name)]
    values = (
        node.lineno
        for statement in reversed(statements)
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant) and node.value == value
    )
    last = max((statement.lineno for statement in statements), default=None)
    return next(values, last) if value else last


def sets(node: ast.stmt, name: str) -> bool:
    """Tell whether a statement assigns a name, or calls a method of it, such as `append`."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = node.value.func
        return isinstance(called, ast.Attribute) and _is_name(called.value, name)
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return any(
        _is_name(target.value if isinstance(target, ast.Subscript) else target, name) for target in targets
    )


def _is_name(node: ast.AST | None, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def explain(conf: Path, error: BaseException) -> PostdocsError | None:
    """Return what of a conf.py has ended a build, or None where that can't be said in a line."""
    cause = error.__cause__ or error
    if isinstance(cause, SyntaxError):
        place = conf if Path(cause.filename or conf).name == conf.name else cause.filename or conf
        text = f" in '{cause.text.strip()}'" if cause.text and cause.text.strip() else ""
        return PostdocsError(place, cause.lineno or None, f"{cause.msg}{text}", "correct the line")
    if frame := _frame_of(conf, cause):
        return _raised(conf, cause, frame)
    if isinstance(error, SphinxError) and cause is error and not isinstance(error, SphinxParallelError):
        problem = " ".join(str(error).split()).removeprefix(f"{conf.name}: ")
        wrong, _, remedy = problem.rstrip(".").partition("; ")
        names = [problem.partition(":")[0], *_QUOTED.findall(problem)]
        lines = (line_of_setting(conf, name) or _line_of_text(conf, name) for name in names)
        return PostdocsError(conf, next(filter(None, lines), None), wrong, remedy or "correct it")
    return None


def _raised(conf: Path, cause: BaseException, frame: traceback.FrameSummary) -> PostdocsError:
    """Say what a statement of conf.py has raised, itself or in what it calls."""
    if isinstance(cause, ModuleNotFoundError) and cause.name:
        remedy = "install the package that has it, or remove the import"
        return PostdocsError(conf, frame.lineno, f"the module '{cause.name}' is not installed", remedy)
    if isinstance(cause, SystemExit):
        return PostdocsError(conf, frame.lineno, "it ends the program (SystemExit)", "remove the call")
    what = " ".join(f"{type(cause).__name__}: {cause}".split())
    text = f" in '{frame.line}'" if frame.line else ""
    return PostdocsError(conf, frame.lineno, f"{what}{text}", "correct the line")


def _frame_of(conf: Path, error: BaseException) -> traceback.FrameSummary | None:
    """Return the last place in a conf.py that an error has passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).name == conf.name]
    return next((frame for frame in reversed(ours) if Path(frame.filename).resolve() == conf.resolve()), None)


def _line_of_text(conf: Path, text: str) -> int | None:
    """Return the first line of a conf.py with a string that is a text."""
    try:
        nodes = ast.walk(ast.parse(conf.read_bytes()))
    except (OSError, SyntaxError, ValueError):
        return None
    return next(
        (node.lineno for node in nodes if isinstance(node, ast.Constant) and node.value == text), None
    )


def _authors(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    default, people = values.get("blog_default_author"), values.get("blog_authors")
    if default:
        yield (default if isinstance(default, str) else ", ".join(default)), "blog_default_author"
    names = [*people] if isinstance(people, dict) else []
    if len(names) == 1:
        yield names[0], "blog_authors"
    if values.get("author") and len(names) <= 1:  # of several, `author` is the name of all
        yield values["author"], "author"
