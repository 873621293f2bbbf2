"""The setting that describes authors."""

from __future__ import annotations

from pathlib import Path

import pytest
from photos import photo

from postdocs.sphinx_ext.settings.authors import Author, author_faults, author_of, read_authors

ORCID = "0000-0002-1825-0097"


def faults(value: object, folder: Path) -> list[tuple[str, object]]:
    """Return messages and values at fault."""
    return [(str(error), error.value) for error in author_faults(value, folder)]


def test_an_author_is_known_by_name(tmp_path: Path) -> None:
    """Case and punctuation of a name don't matter; of an unknown author the name is known."""
    photo((40, 40)).save(tmp_path / "ann.jpg")
    value = {
        "Ann B. Example": {
            "image": "/ann.jpg",
            "biography": "Writes\n about heat.",
            "links": {"Code": "https://git.example/ann", "Mail": "mailto:ann@heat.example"},
            "orcid": f"https://orcid.org/{ORCID}",
        },
        "Bo": {},
    }
    assert faults(value, tmp_path) == []
    ann = author_of(read_authors(value), "ann b example")
    assert (ann.image, ann.biography) == ("ann.jpg", "Writes about heat.")
    assert ann.links[1] == ("Mail", "mailto:ann@heat.example")
    assert ann.orcid == f"https://orcid.org/{ORCID}"
    assert author_of({}, "Cleo") == Author("Cleo")
    assert author_of(read_authors({"Bo": {"image": ".//bo.png"}}), "Bo").image == "bo.png"


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ann B. Example", "AE"), ("Example, Ann", "EA"), ("Bo", "B"), ("李 明", "李明"), ("!!!", "!")],
)
def test_initials_stand_for_an_image(name: str, initials: str) -> None:
    """They are the first letters of the first and the last word."""
    assert Author(name).initials == initials


@pytest.mark.parametrize(
    ("about", "message", "value"),
    [
        ({"bio": "x"}, "Ann: there is no key 'bio'; write one of image, biography, links, orcid", "bio"),
        ({"biography": 5}, "Ann: biography: 5 is not text; put it in quotes", 5),
        ({"image": "no.png"}, "Ann: image: there is no image 'no.png'; ", "no.png"),
        ({"image": "a" * 300 + ".png"}, "Ann: image: there is no image 'aaa", None),
        ({"image": "conf.py"}, "Ann: image: there is no image 'conf.py'; ", "conf.py"),
        ({"image": "bad.png"}, "Ann: image: 'bad.png' can't be read; save it anew", "bad.png"),
        ({"image": "../a.png"}, "Ann: image: '../a.png' is not a file of the site; ", "../a.png"),
        ({"image": "https://x.org/a.png"}, "Ann: image: 'https://x.org/a.png' is not a file", None),
        ({"links": ["https://x.example/"]}, "Ann: links: it is not a mapping; ", "Ann"),
        ({"links": {"X": "javascript:alert(1)"}}, "Ann: links: 'javascript:alert(1)' is not ", None),
        ({"links": {"X": "x.example"}}, "Ann: links: 'x.example' is not a web address; ", "x.example"),
        *(
            ({"links": {"X": address}}, f"Ann: links: {address!r} is not a web address; ", address)
            for address in ("https://", "http:///a", "HTTPS://?a", "https://[", "mailto:", "//x.example")
        ),
        ({"orcid": ORCID[:-1] + "8"}, "Ann: orcid: '0000-0002-1825-0098' is not an ORCID iD; ", None),
    ],
)  # fmt: skip
def test_a_fault_names_author_and_remedy(
    about: dict[str, object], message: str, value: object, tmp_path: Path
) -> None:
    """Each mistake is a line that says what to write, with the text that is at fault."""
    (tmp_path / "conf.py").touch()
    (tmp_path / "bad.png").write_bytes(b"no image")
    ((told, at),) = faults({"Ann": about}, tmp_path)
    assert told.startswith(message)
    assert at == value or value is None


@pytest.mark.parametrize("value", [[], "Ann", {"Ann": "0000-0002-1825-0097"}])
def test_what_is_no_mapping_is_refused(value: object, tmp_path: Path) -> None:
    """The message shows the form of the setting."""
    ((told, _),) = faults(value, tmp_path)
    assert told.startswith("it is not a mapping of names to mappings; write one like {")


def test_each_author_is_checked(tmp_path: Path) -> None:
    """Mistakes of several authors are told in one build."""
    assert len(faults({"Ann": {"bio": ""}, "Bo": {"url": ""}, " ": {}}, tmp_path)) == 3


def test_an_author_has_one_entry(tmp_path: Path) -> None:
    """Of two names that are one, neither takes the place of the other in silence."""
    (fault,) = faults({"Ann Example": {"biography": "a"}, "ann example": {"biography": "b"}}, tmp_path)
    assert fault == ("ann example: 'Ann Example' is the same author; write one of the two", "ann example")
