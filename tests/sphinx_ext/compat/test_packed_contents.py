"""Tables of contents that stay packed until a page needs them."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest
from docutils import nodes
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.compat.packed_contents import PackedContents


def _contents(text: str) -> nodes.bullet_list:
    return nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", text)))


def _reloaded(contents: PackedContents) -> PackedContents:
    loaded: PackedContents = pickle.loads(pickle.dumps(contents))  # noqa: S301 - our own
    return loaded


def test_contents_are_read_when_they_are_asked_for() -> None:
    """What nobody asks for goes from file to file as it is."""
    first = PackedContents({"a": _contents("one"), "b": _contents("two")})
    second = _reloaded(first)
    assert second["a"].astext() == "one"
    assert {name: type(found) for name, found in second.data.items()} == {
        "a": nodes.bullet_list,
        "b": bytes,
    }
    assert second.packed()["b"] == first.packed()["b"]


def test_a_change_of_what_was_asked_for_is_kept() -> None:
    """Sphinx numbers sections in the contents themselves."""
    before = _reloaded(PackedContents({"a": _contents("one")}))
    before["a"]["secnumber"] = 7
    after = _reloaded(before)
    assert after["a"]["secnumber"] == 7
    assert after.get("gone") is None


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_an_environment_has_packed_contents(
    app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]
) -> None:
    """Loading the environment of the build before reads none of them."""
    app.build()
    expected = {name: contents.pformat() for name, contents in app.env.tocs.items()}
    again = make_app("dirhtml", srcdir=app.srcdir)
    contents: Any = again.env.tocs
    assert {type(found) for found in contents.data.values()} == {bytes}
    assert {name: found.pformat() for name, found in contents.items()} == expected


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_processes_send_contents_packed(app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]) -> None:
    """The process that collects them unpacks none."""
    parallel = make_app("dirhtml", srcdir=app.srcdir, parallel=2, freshenv=True)
    kinds: list[set[type]] = []

    def note(app: SphinxTestApp, env: Any) -> None:
        kinds.append({type(found) for found in env.tocs.data.values()})

    parallel.connect("env-updated", note, 0)
    parallel.build()
    assert kinds == [{bytes}]
