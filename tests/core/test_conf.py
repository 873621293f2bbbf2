"""What commands read of a conf.py, and what they say of one that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from postdocs.core import conf
from postdocs.core.errors import PostdocsError


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The path of a conf.py, which is not there yet."""
    return tmp_path / "conf.py"


@pytest.mark.parametrize(
    ("text", "line", "wrong", "remedy"),
    [
        ("a = 1\nb = (", 2, "'(' was never closed in 'b = ('", "correct the line"),
        ("a = 1\n  b = 2", 2, "unexpected indent in 'b = 2'", "correct the line"),
        ("a = 1\nb = a / 0", 2, "ZeroDivisionError: division by zero in 'b = a / 0'", "correct the line"),
        ("a = b", 1, "NameError: name 'b' is not defined in 'a = b'", "correct the line"),
        (
            "def f():\n    return {}['x']\n\na = f()",
            2,
            "KeyError: 'x' in 'return {}['x']'",
            "correct the line",
        ),
        (
            "import no_such_module",
            1,
            "the module 'no_such_module' is not installed",
            "install the package that has it, or remove the import",
        ),
        ("import sys\nsys.exit('no')", 2, "it ends the program (SystemExit)", "remove the call"),
        (
            "from sphinx.errors import ConfigError\nraise ConfigError('a\\n b')",
            2,
            "ConfigError: a b in 'raise ConfigError('a\\n b')'",
            "correct the line",
        ),
    ],
)
def test_where_a_conf_fails_is_told(settings: Path, text: str, line: int, wrong: str, remedy: str) -> None:
    """The line of conf.py, what is wrong in it, and what to do are one line of text."""
    settings.write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(PostdocsError) as caught:
        conf.read(settings)
    error = caught.value
    assert (error.path, error.line, error.wrong, error.remedy) == (str(settings), line, wrong, remedy)


def test_another_file_that_a_conf_reads_is_named(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in the grammar of an imported module has the place of that module."""
    monkeypatch.syspath_prepend(settings.parent)
    (settings.parent / "pond_helpers.py").write_text("x =\n", encoding="utf-8")
    settings.write_text("import pond_helpers\n", encoding="utf-8")
    with pytest.raises(PostdocsError) as caught:
        conf.read(settings)
    assert (Path(caught.value.path).name, caught.value.line) == ("pond_helpers.py", 1)


def test_bytes_that_are_no_text_are_refused(settings: Path) -> None:
    """A conf.py in another encoding, or with a null byte, is told as others that fail."""
    for data in (b"a = 1\nb = '\xff'\n", b"a = 1\n\0\n"):
        settings.write_bytes(data)
        with pytest.raises(PostdocsError, match=r"conf\.py.*; correct"):
            conf.read(settings)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1\nextensions = ['json', 'no_such']\n", "2: extensions: 'no_such' is not installed"),
        ("extensions = [\n  'json',\n  'no.such',\n]\n", "3: extensions: 'no.such' is not installed"),
        ("extensions = []\nextensions.append('no_such')\n", "2: extensions: 'no_such' is not installed"),
        ("extensions = 'json'\n", "1: extensions: 'json' is not a list"),
        ("extensions = [5]\n", "1: extensions: 5 is not installed"),
        ("language = ['en']\n", "1: language: ['en'] is not text"),
    ],
)
def test_what_a_build_can_not_begin_with_is_told(settings: Path, text: str, message: str) -> None:
    """Extensions that are not installed, and settings that Sphinx reads before any extension."""
    settings.write_text(text, encoding="utf-8")
    with pytest.raises(PostdocsError) as caught:
        conf.check(settings)
    assert str(caught.value).startswith(f"{settings}:{message}; ")


def test_a_sound_conf_passes(settings: Path) -> None:
    """Extensions of Sphinx and modules beside conf.py are installed."""
    settings.write_text("extensions = ['sphinx.ext.autodoc', 'json']\nlanguage = None\n", encoding="utf-8")
    conf.check(settings)
    assert conf.evaluate(settings)["extensions"] == ["sphinx.ext.autodoc", "json"]


def test_the_line_of_a_setting_is_that_of_its_last_assignment(settings: Path) -> None:
    """Items that are added later count, also in blocks; a value has the line in which it is."""
    text = "a = []\nif True:\n    a += ['x']\nb = {\n  'k': 'v',\n}\nb['n'] = 1\n'c'\n"
    settings.write_text(text, encoding="utf-8")
    lines = [conf.line_of_setting(settings, *given) for given in (("a",), ("b",), ("b", "v"), ("c",))]
    assert lines == [3, 7, 5, None]


def test_only_mistakes_of_settings_are_explained(settings: Path) -> None:
    """An error that no line of conf.py has raised, and that says nothing by itself, stays a report."""
    settings.write_text("a = 1\n", encoding="utf-8")
    assert conf.explain(settings, ValueError("x")) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("suppress_warnings = ['myst.strikethrough']", ["myst.strikethrough"]),
        ("suppress_warnings = []", None),
        ("suppress_warnings = 'myst'", None),
    ],
)
def test_warnings_that_the_site_suppresses_are_none_for_myst(
    settings: Path, line: str, names: list[str] | None
) -> None:
    """MyST has its own name for them outside of Sphinx; the build reports a value that is no list."""
    settings.write_text(f"{line}\n", encoding="utf-8")
    assert conf.read(settings).myst.get("myst_suppress_warnings") == names
