"""The setting of comments by giscus."""

from __future__ import annotations

from typing import Any

import pytest

from postdocs.sphinx_ext.settings.comments import Giscus, read_comments
from postdocs.sphinx_ext.settings.errors import SettingError

VALUE = {"repo": "ann/heat", "repo_id": "R_1", "category": "Comments", "category_id": "DIC_1"}


def test_values_are_those_of_giscus() -> None:
    """The names are those that giscus.app shows; without them there are no comments."""
    giscus = read_comments(VALUE)
    assert giscus == Giscus("ann/heat", "R_1", "Comments", "DIC_1")
    address = "https://github.com/ann/heat/discussions?discussions_q=%22a%2Fb%22%20in%3Atitle"
    assert giscus.url("a/b") == address
    assert read_comments({}) is None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({**VALUE, "theme": "dark"}, "there is no key 'theme'; write repo, repo_id, category, category_id"),
        ({"repo": "ann/heat"}, "repo_id: it is missing; copy the value from https://giscus.app/"),
        ({**VALUE, "category_id": " "}, "category_id: it is missing; "),
        (
            {**VALUE, "repo": "https://github.com/ann/heat"},
            "repo: 'https://github.com/ann/heat' is not ",
        ),
        ({**VALUE, "repo": "../heat"}, "repo: '../heat' is not a repository at GitHub; "),
        (["ann/heat"], "it is not a mapping; write one like {'repo': 'ann/blog'"),
    ],
)
def test_what_giscus_could_not_use_is_refused(value: Any, message: str) -> None:
    """Each mistake is a line that says what to write."""
    with pytest.raises(SettingError) as error:
        read_comments(value)
    assert str(error.value).startswith(message)
