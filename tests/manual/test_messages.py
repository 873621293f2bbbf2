"""The messages of the program, as the manual gets them out of its code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import REPOSITORY, read_html
from manual import PACKAGE, module_files
from manual.messages import Message, messages_of

PAGE = REPOSITORY / "docs/errors.md"
UNSEEN = {
    "links/wayback.py",  # of the answers of an archive; without a right one there is no copy
    "links/inventory.py",  # of a file of Sphinx; without it all sources are searched
    "core/http/client.py",  # of an address; what asked for it says so
    "core/dates.py",  # of a date; what asked for it says so
    "core/languages.py",  # of a tag; what asked for it says so
    "sphinx_ext/feeds/model.py",  # of a call that no site can bring about
}


@pytest.mark.parametrize(
    ("code", "messages"),
    [
        ('PostdocsError(path, 1, "a", "b")', [("a", "b")]),
        ('raise PostdocsError(path, 1, f"{name}: a", "b" if x else "c")', [("…: a", "b"), ("…: a", "c")]),
        ('wrong = f"{x} a"\nremedy = "b"\nPostdocsError(path, 1, wrong, remedy)', [("… a", "b")]),
        ('a, b = "1", "2"\nif x:\n a, b = "3", "4"\nPostdocsError(p, 1, a, b)', [("3", "4"), ("1", "2")]),
        ('try:\n f()\nexcept A:\n a = "1"\n refuse(p, a)\nexcept B:\n a = "2"\n f(a)', [("1", "")]),
        ('def f():\n return "a"\ndef g():\n x = y and f()\n Problem(p, 1, x)', [("a", "")]),
        ('logger.warning("%s: a; b", x)', [("…: a", "b")]),
        ('mistakes.append((name, "a; b"))', [("a", "b")]),
        ('raise ConfigError(str(error))\nother("x")\nfound.append("x")', []),
    ],
)  # fmt: skip
def test_messages_are_found_in_code(code: str, messages: list[tuple[str, str]]) -> None:
    """What is wrong and the remedy are read from calls, through names, conditions and functions."""
    assert messages_of(code) == [Message(*pair) for pair in messages]


def test_the_manual_lists_all_messages() -> None:
    """Each module that tells of mistakes is on the page, once."""
    lists = re.findall(r"^```\{postdocs-messages\} (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = {path for path in PACKAGE.rglob("*.py") if messages_of(path.read_text(encoding="utf-8"))}
    listed = [
        path for names in lists for name in names.split() for path in module_files(name) if path in wanted
    ]
    assert sorted(listed) == sorted(wanted - {PACKAGE / path for path in UNSEEN})


def test_readers_find_a_message(built_site: Path) -> None:
    """A message of each kind, with its remedy, is on the built page."""
    page = " ".join(read_html(built_site / "docs/errors/index.html").text_content().split())
    assert "the front matter is not closed" in page
    assert "Add a line of three dashes after it." in page
    assert "there is no such page or file" in page
