"""Settings that a site needs for notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from postdocs.core.errors import PostdocsError
from postdocs.importer import conf_patch, notebook_settings
from postdocs.importer.sources.model import SiteSettings


def patched(text: str) -> conf_patch.Patch:
    """Return a conf.py that is changed for notebooks."""
    return notebook_settings.added_to(conf_patch.patch(text, SiteSettings()))


def test_myst_nb_takes_the_place_of_its_reader_of_markdown() -> None:
    """It runs no code unless the author has said that it should."""
    before = 'project = "T"\nextensions = ["myst_parser", "ablog"]  # café\n'
    patch = patched(before)
    assert patch.text == (
        'project = "T"\nnb_execution_mode = "off"\nextensions = ["myst_nb", "ablog"]  # café\n'
    )
    assert patch.values == {"extensions": ["myst_nb", "ablog"], "nb_execution_mode": "off"}
    assert patched(f'{before}nb_execution_mode = "auto"\n').values == {"extensions": ["myst_nb", "ablog"]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('extensions = ["myst_nb"]\n', False),
        ("extensions = [*COMMON]\n", True),
        ('extensions = [*COMMON, "myst_parser"]\n', True),
        ("", True),
    ],
)
def test_other_settings_stay(text: str, *, says: bool) -> None:
    """A line says what to do where the list is not written in full."""
    patch = patched(text)
    assert (patch.text, bool(patch.kept)) == (text, says)


def test_what_a_site_lacks_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A setting, or a package."""
    conf = tmp_path / "conf.py"
    conf.write_text('\nextensions = ["ablog"]\n', encoding="utf-8")
    with pytest.raises(PostdocsError, match=r":2: extensions has no 'myst_nb'.*; add --settings"):
        notebook_settings.check(conf, {"extensions": ["ablog"]})
    notebook_settings.check(conf, {"extensions": ["myst_nb"]})
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(PostdocsError, match=r"not installed.*; install postdocs\[notebooks\]"):
        notebook_settings.check(conf, {"extensions": ["myst_nb"]})


def test_citations_and_notebooks_of_one_site_both_get_their_extension() -> None:
    """What the settings are after the changes is what the changed file says."""
    before = 'extensions = ["myst_parser", "ablog"]\n'
    said = SiteSettings(bibliography="posts/references.bib")
    patch = notebook_settings.added_to(conf_patch.patch(before, said))
    values: dict[str, object] = {}
    exec(patch.text, values)  # noqa: S102 - our own
    assert values["extensions"] == ["myst_nb", "ablog", "sphinxcontrib.bibtex"]
    after = patch.applied({"extensions": ["myst_parser", "ablog"]})
    assert {name: after[name] for name in ("extensions", "bibtex_bibfiles", "nb_execution_mode")} == {
        name: values[name] for name in ("extensions", "bibtex_bibfiles", "nb_execution_mode")
    }
