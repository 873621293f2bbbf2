"""What is kept of built files changes how fast they are read, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postdocs.links import cache, extract
from postdocs.links.extract import collect, list_files
from postdocs.links.model import Page

_PARTS = st.sampled_from(
    [
        *(
            "<a href='/owls/'>x</a>",
            "<a href=#barn id=barn>",
            "<base href='/nest/'>",
            "<p>\u00fc \ud800",
            "\n",
        ),
        *(
            "<link rel=canonical href=https://owls.example/>",
            "<img srcset='a.png 1x, b.png 2x'>",
            "<a name=b>",
        ),
        *(
            "<script type='application/ld+json'>{</script>",
            "<style>@import 'x.css'; p { a: url(y.png) }</style>",
        ),
        *(
            "<rss><channel><link>https://owls.example/</link><item><link>/a/</link>",
            "</item></channel></rss>",
        ),
        *(
            "<pubDate>Mon, 06 May 2024 10:00:00 GMT</pubDate>",
            "<svg xmlns='http://www.w3.org/2000/svg' id='o'/>",
        ),
        *(
            '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/owl/"}]}',
            '{"src": "a.png"}',
            "{",
        ),
    ]
)
_CONTENTS = st.lists(_PARTS, max_size=6).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))
_NAMES = st.sampled_from(
    [
        "index.html",
        "a/index.html",
        "feed.xml",
        "b.xml",
        "feed.json",
        "site.webmanifest",
        "o.svg",
        "a.css",
        "x.txt",
    ]
)
_SITES = st.dictionaries(_NAMES, st.one_of(_CONTENTS, st.binary(max_size=40)), max_size=6)


def write(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files, and remove all others."""
    for name in list_files(root):
        (root / name).unlink()
    for name, data in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)


@given(before=_SITES, after=_SITES)
@settings(max_examples=60)
def test_pages_are_the_same_with_and_without_a_cache(
    before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> None:
    """Whatever changed since it was written, and whatever was wrong in the files."""
    with tempfile.TemporaryDirectory() as folder:
        root, kept = Path(folder, "site"), Path(folder, "kept")
        root.mkdir()
        write(root, before)
        cache.save(kept, collect(root, list_files(root)))
        write(root, after)
        again = collect(root, list_files(root), cache.load(kept))
        assert again == collect(root, list_files(root))
        assert [*again] == [*collect(root, list_files(root))]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of three pages and a file without links."""
    root = tmp_path / "site"
    root.mkdir()
    texts = {f"{name}.html": f"<a href=/{name}/ id={name}>".encode() for name in ("barn", "eagle", "tawny")}
    write(root, texts | {"search.json": b"{}"})
    return root


def read_now(root: Path, folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    """Read a site with a cache, keep what was read, and return which files were parsed."""
    parsed = []

    def counted(read: extract.Reader) -> extract.Reader:
        def reader(data: bytes, name: str) -> Page | None:
            parsed.append(name)
            return read(data, name)

        return reader

    with patch.context() as patched:
        readers = {suffix: counted(read) for suffix, read in extract.READERS.items()}
        patched.setattr(extract, "READERS", readers)
        pages = collect(root, list_files(root), cache.load(folder))
    assert pages == collect(root, list_files(root))
    cache.save(folder, pages)
    return parsed


def test_a_second_run_parses_what_changed(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the bytes of a file, whatever its time; one with another name may be another page."""
    assert len(read_now(site, tmp_path / "kept", monkeypatch)) == 4
    (site / "barn.html").touch()
    assert read_now(site, tmp_path / "kept", monkeypatch) == []
    (site / "barn.html").write_text("<a href=/owl/>", encoding="utf-8")
    (site / "eagle.html").rename(site / "ural.html")
    assert read_now(site, tmp_path / "kept", monkeypatch) == ["barn.html", "ural.html"]


def test_a_damaged_cache_counts_for_nothing(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is damaged; what is read then repairs it."""
    folder = tmp_path / "kept"
    read_now(site, folder, monkeypatch)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    flipped = whole.replace(b"/barn/", b"/bern/")
    for damaged in (b"", whole[:-1], whole[:90], flipped, b"{}", b"\xff\x00" * 99, whole + b"x"):
        file.write_bytes(damaged)
        assert len(read_now(site, folder, monkeypatch)) == 4
        assert file.read_bytes() == whole


def test_another_version_of_the_reader_reads_all(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of ours, or of a library that parses."""
    read_now(site, tmp_path / "kept", monkeypatch)
    monkeypatch.setattr("selectolax.__version__", "99")
    assert len(read_now(site, tmp_path / "kept", monkeypatch)) == 4


def test_several_processes_read_the_same(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same order, where there is much to read."""
    (site / "broken.html").write_text("<script type=application/ld+json>{</script>", encoding="utf-8")
    alone = collect(site, list_files(site))
    monkeypatch.setattr(extract, "_MUCH", 1)
    assert [*collect(site, list_files(site)).items()] == [*alone.items()]


def test_a_file_that_changes_meanwhile_is_kept_as_it_was_parsed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not under the key of what it was when the check looked first."""
    read_all = extract._read_all  # noqa: SLF001 - between the first look and the second

    def later(root: Path, names: list[str], size: int) -> object:
        (site / "barn.html").write_text("<a href=/owl/>", encoding="utf-8")
        return read_all(root, names, size)

    with monkeypatch.context() as patched:
        patched.setattr(extract, "_read_all", later)
        pages = collect(site, list_files(site))
    assert pages == collect(site, list_files(site))
