"""Settings in Python files, which are read and never run."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from postdocs.core.errors import PostdocsError
from postdocs.importer.folders.python_settings import read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A = 'x'", "x"),
        ("B = 'x'\nA = B + 'y'", "xy"),
        ("B = 'x'\nA = f'{B}/y'", "x/y"),
        ("import os\nA = os.path.join('a', 'b')", "a/b"),
        ("A = ['x']\nA += ['y']", ["x", "y"]),
        ("A = {'k': [1, -2.5, None, True]}", {"k": [1, -2.5, None, True]}),
        ("A = dict(k='v')", {"k": "v"}),
        ("A: str = 'x'", "x"),
        ("A = ('x', ('y', 1))", ("x", ("y", 1))),
        ("A = 'x'\nA = 'z'", "z"),
        ("A, B = 'x', 'y'", "x"),
        ("A = ['x']\nA.append('y')", ["x", "y"]),
        ("A = ['x']\nB = ['y']\nA.extend(B)\nB.append('z')", ["x", "y"]),
        ("A = ['x', 'y']\nA.insert(0, 'z')\nA.remove('y')", ["z", "x"]),
        ("A = {'x': 1}\nA.update({'y': 2}, z=3)\nA.setdefault('x', 4)", {"x": 1, "y": 2, "z": 3}),
        ("A = {'x': {}}\nA['x']['y'] = ['z']\nA['x']['y'] += ['w']", {"x": {"y": ["z", "w"]}}),
        ("A = {'x': 1}\nA |= {'y': 2}", {"x": 1, "y": 2}),
        ("B = {'x': ['y']}\nA = B['x'][0]", "y"),
    ],
)
def test_values_are_read(text: str, value: object) -> None:
    """Literals, and what is put together of them."""
    assert read(text, "conf.py").values["A"] == value


@pytest.mark.parametrize(
    "text",
    [
        "import os\nA = os.environ['HOME']",
        "A = open('/etc/passwd').read()",
        "A = 'x' * 10",
        "if True:\n    A = 'x'",
        "A = 'x'\nif DEBUG:\n    A = 'y'",
        "A = [x for x in 'ab']",
        "A = f'{1!r}'",
        "A = {**{}}",
    ],
)
def test_what_only_running_could_tell_is_unknown(text: str) -> None:
    """It has no value, and its file and line are known."""
    settings = read(text, "conf.py")
    assert "A" not in settings.values
    assert settings.computed["A"] == f"conf.py:{len(text.splitlines())}"


def test_texts_are_those_of_lists_and_tuples() -> None:
    """And a text alone is one."""
    settings = read("A = ['x', 1]\nB = ('x', 'y')\nC = 'x'\nD = 1", "conf.py")
    assert [settings.texts(name, ("z",)) for name in "ABCDE"] == [
        ("x",),
        ("x", "y"),
        ("x",),
        ("z",),
        ("z",),
    ]


def test_later_files_begin_with_earlier_ones() -> None:
    """Names of the first hold in the second."""
    first = read("A = 'x'\nB = 'y'", "pelicanconf.py")
    assert read("from pelicanconf import *\nB = A + 'z'", "publishconf.py", first).values == {
        "A": "x",
        "B": "xz",
    }


def test_what_is_no_python_is_told_with_its_line() -> None:
    """Settings of Python 2, too."""
    with pytest.raises(PostdocsError, match=r"conf\.py:2: it is no Python of today") as error:
        read("A = 1\nprint 'x'\n", "conf.py")
    assert error.value.line == 2


def test_texts_that_double_end() -> None:
    """A text that is put together of itself again and again is unknown, and takes no memory."""
    assert "A" not in read("A = 'xxxxxxxxxx'\n" + "A = A + A\n" * 60, "conf.py").values


def test_deep_settings_are_refused() -> None:
    """Whatever Python itself says of them."""
    with pytest.raises(PostdocsError, match="it is no Python"):
        read("A = " + "[" * 5_000 + "]" * 5_000, "conf.py")


def test_long_settings_take_linear_time() -> None:
    """A file of many names is read as fast as it is long."""
    assert_linear(lambda size: read("A = ['x', 'y']\n" * size, "conf.py"), 2_000)


@pytest.mark.parametrize(
    "change",
    [
        "A.append(name())", "A[0] = name()", "A[7] = 'z'", "A.update(x=1)", "A.pop()", "del A[0]",
        "if DEBUG:\n    A.append('y')", "if DEBUG:\n    A += ['y']", "for x in y:\n    A[0] = x",
        "A.append('z', 'w')",
    ],
)  # fmt: skip
def test_changes_that_only_running_could_tell_are_named(change: str) -> None:
    """The value before stays, and the line of the change is known."""
    settings = read(f"A = ['x']\n{change}", "conf.py")
    assert settings.values["A"] == ["x"]
    assert settings.changed == {"A": f"conf.py:{1 + len(change.splitlines())}"}
    (note,) = settings.unknown({"A"})
    assert note.what.endswith("a part of A, so that the rest of it is taken")


@pytest.mark.parametrize(
    "text",
    ["from x import *\nA.append('y')", "A = names()\nA += ['y']", "A = names()\nA.extend(['y'])"],
)
def test_what_is_added_to_an_unknown_list_is_the_part_that_is_known(text: str) -> None:
    """Settings that a star import brings are changed in the file that has it."""
    settings = read(text, "conf.py")
    assert settings.values["A"] == ["y"]
    assert settings.changed == {"A": "conf.py:2"}
    assert not settings.computed


def test_what_is_added_to_an_unknown_text_tells_nothing() -> None:
    """A part of an address is none."""
    settings = read("A = name()\nA += '/blog'", "conf.py")
    assert settings.values == {}
    assert settings.computed == {"A": "conf.py:1"}


@pytest.mark.parametrize("made", ["B = A", "B = ['y'] + A", "B = ['y']\nB += A", "B = ['y']\nB.extend(A)"])
def test_a_value_made_of_one_that_is_known_in_part_is_no_more_than_that(made: str) -> None:
    """Or a list that a loop fills would seem to be empty."""
    settings = read(f"A = []\nfor name in names():\n    A.append(name)\n{made}", "conf.py")
    assert "A" not in settings.values
    assert settings.values.get("B", ["y"]) == ["y"]
    assert {**settings.computed, **settings.changed}.keys() - {"name"} == {"A", "B"}


def test_a_list_of_which_no_item_is_known_has_its_default() -> None:
    """It isn't empty."""
    settings = read("A = []\nA += names()", "conf.py")
    assert settings.texts("A", ("z",)) == ("z",)
    assert settings.computed == {"A": "conf.py:2"}


def test_what_is_changed_of_an_earlier_file_stays_there_as_it_was() -> None:
    """A later file has a copy."""
    first = read("A = ['x']", "a.py")
    assert read("A.append('y')", "b.py", first).values["A"] == ["x", "y"]
    assert first.values["A"] == ["x"]


@pytest.mark.parametrize("text", ["A.append(A)\n", "A.extend(A)\n"])
def test_values_that_hold_themselves_end(text: str) -> None:
    """They are copied only up to a size, and named then."""
    settings = read("A = ['x']\n" + text * 60, "conf.py")
    assert settings.changed["A"].startswith("conf.py:")
