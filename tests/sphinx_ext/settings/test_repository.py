"""Addresses at code hosts that open the editor of a file."""

from __future__ import annotations

import pytest

from postdocs.sphinx_ext.settings.errors import SettingError
from postdocs.sphinx_ext.settings.repository import read_repository

FILE = "posts/2024/a b ü.md"
PATH = "posts/2024/a%20b%20%C3%BC.md"


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("https://github.com/ann/heat", "https://github.com/ann/heat/edit/main/", ""),
        ("https://github.com/ann/heat.git", "https://github.com/ann/heat/edit/main/", ""),
        ("https://github.com/ann/src/tree/dev/site/", "https://github.com/ann/src/edit/dev/site/", ""),
        ("https://github.com/ann/x/tree/a%2Fb", "https://github.com/ann/x/edit/a%2Fb/", ""),
        ("https://gitlab.com/lab/group/heat", "https://gitlab.com/lab/group/heat/-/edit/main/", ""),
        ("https://gitlab.inria.example/a/b", "https://gitlab.inria.example/a/b/-/edit/main/", ""),
        ("https://git.lab.example/a/b/-/tree/trunk/d", "https://git.lab.example/a/b/-/edit/trunk/d/", ""),
        ("https://codeberg.org/ann/heat/", "https://codeberg.org/ann/heat/_edit/main/", ""),
        ("https://codeberg.org/ann/heat/src/branch/pages", "https://codeberg.org/ann/heat/_edit/pages/", ""),
        (
            "https://git.a.example:3000/a/b/src/branch/m/d",
            "https://git.a.example:3000/a/b/_edit/m/d/",
            "",
        ),
        ("https://bitbucket.org/ann/heat", "https://bitbucket.org/ann/heat/src/main/", "?mode=edit&at=main"),
        ("https://bitbucket.org/a/b/src/dev/d", "https://bitbucket.org/a/b/src/dev/d/", "?mode=edit&at=dev"),
    ],
)
def test_a_file_can_be_edited_at_its_host(address: str, before: str, after: str) -> None:
    """The address of a repository, a branch or a folder tells where the host edits a file."""
    repository = read_repository(address)
    assert repository is not None
    assert repository.edit_url(FILE) == before + PATH + after


@pytest.mark.parametrize(
    "address",
    [
        "https://git.ann.example/ann/heat",
        "https://github.com/ann",
        "https://codeberg.org/ann/heat/src/tag/v1",
        "https://gitlab.com/lab/heat/-/blob/main/conf.py",
        "git@github.com:ann/heat.git",
        "ftp://github.com/ann/heat",
        "http://[",
        5,
    ],
)
def test_an_address_of_no_known_kind_is_refused(address: str) -> None:
    """The message shows an address that works."""
    with pytest.raises(SettingError, match=r"github\.com/ann/blog/tree/main"):
        read_repository(address)


def test_a_password_is_not_repeated() -> None:
    """A message of an address with a user name does not show it."""
    with pytest.raises(SettingError) as error:
        read_repository("https://ann:secret@github.com/ann/heat")
    assert "secret" not in str(error.value)
    assert error.value.value is None


def test_no_address_means_no_links() -> None:
    """Without the setting there is no repository."""
    assert read_repository("") is None
