"""The index in the output."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import searchable
from sphinx.testing.util import SphinxTestApp

from postdocs.sphinx_ext.search.output import stemmer_of

Build = Callable[..., dict[str, tuple[int, bytes]]]


def write(app: SphinxTestApp, name: str, text: str, date: str = "2024-02-01", keys: str = "") -> Path:
    """Write a post; return its file."""
    path = app.srcdir / f"posts/2024/{name}.md"
    path.write_text(f"---\ntitle: Post {name}\ndate: {date}\n{keys}\n---\n\n{text}\n", encoding="utf-8")
    return path


@pytest.fixture
def build(app: SphinxTestApp, make_app: Callable[..., SphinxTestApp]) -> Build:
    """Build as a new process would; return time and content of each file of the index."""

    def built(**options: object) -> dict[str, tuple[int, bytes]]:
        again = make_app("dirhtml", srcdir=app.srcdir, **options)
        again.build()
        files = (path for path in (again.outdir / "_search").rglob("*") if path.is_file())
        return {
            path.relative_to(again.outdir).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
            for path in files
        }

    return built


def contents(files: dict[str, tuple[int, bytes]]) -> dict[str, bytes]:
    """Return the content of each file."""
    return {name: content for name, (_, content) in files.items()}


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_an_edit_leaves_most_of_the_index(app: SphinxTestApp, build: Build) -> None:
    """A page that is written again for what is around it leaves each file untouched; a new word does not."""
    write(app, "one", "The body.")
    before = build()
    write(app, "two", "Another.", keys="draft: true")
    (app.srcdir / "posts/2024/plain.md").touch()
    assert build() == before
    write(app, "one", "The corpus.")
    after = build()
    assert "corpus" in str(searchable(app.outdir))
    changed = {name for name in before if before[name] != after[name]}
    assert {"_search/index.json"} < changed
    assert len([name for name in changed if "/pages/" in name]) == 1
    assert "_search/stemmer.js" not in changed


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("part", [24_000, 200])
def test_the_index_is_that_of_a_clean_build(
    part: int, app: SphinxTestApp, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are the same however the articles came about, and no others stay."""
    monkeypatch.setattr("postdocs.sphinx_ext.search.index.PART", part)
    one = write(app, "one", "The body.")
    write(app, "two", "Another body.")
    two = app.srcdir / "posts/2024/two.md"
    build()
    changes: list[Callable[[], object]] = [
        lambda: write(app, "two", "Something else entirely."),
        lambda: write(app, "zoo", "The newest, 日本語.", date="2026-01-01"),
        lambda: write(app, "old", "Older than all others.", date="1999-01-01"),
        lambda: (app.srcdir / "page.md").write_text("# Page\n\nSomething.\n", encoding="utf-8"),
        lambda: write(app, "two", "Unripe.", keys="draft: true"),
        one.unlink,
        two.unlink,
        lambda: (app.srcdir / "new.md").write_text("---\norphan: true\n---\n\n# New\n", encoding="utf-8"),
    ]
    for number, change in enumerate(changes):
        change()
        incremental = contents(build(parallel=2))
        clean = contents(build(builddir=tmp_path / str(number), freshenv=True))
        assert incremental == clean, number


@pytest.mark.sphinx("dirhtml", testroot="blog")
@pytest.mark.parametrize("harm", ["index.json", "stemmer.js", "pages/0.json", "terms/t-.json", ""])
def test_what_was_harmed_is_made_anew(harm: str, app: SphinxTestApp, build: Build, tmp_path: Path) -> None:
    """Files of the index, or what is kept of it, may be gone or others; the next build mends them."""
    write(app, "one", "The body.", date="2025-01-01")
    whole = contents(build())
    if harm:
        (app.outdir / "_search" / harm).unlink()
        assert contents(build()) == whole
        (app.outdir / "_search" / harm).unlink()
    else:
        for path in app.doctreedir.glob("postdocs-*/postings.json"):
            path.write_text("no JSON", encoding="utf-8")
    write(app, "one", "The corpus.", date="2025-01-01")
    mended = contents(build())
    clean = contents(build(builddir=tmp_path / "clean", freshenv=True))
    assert mended == clean


@pytest.mark.sphinx("dirhtml", testroot="blog", confoverrides={"postdocs_drafts": True})
def test_the_preview_has_an_index_with_drafts(app: SphinxTestApp) -> None:
    """Authors look for what they have not published."""
    app.build()
    assert "/posts/2024/draft/" in searchable(app.outdir)


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_the_newest_post_has_the_last_number(app: SphinxTestApp, build: Build) -> None:
    """So that a new post moves no other: pages come first, then posts as they were written."""
    write(app, "a", "Newest.", date="2026-01-01")
    app.build()
    count = json.loads((app.outdir / "_search/index.json").read_bytes())["count"]
    urls = [
        json.loads((app.outdir / f"_search/pages/{number}.json").read_bytes())["url"]
        for number in range(count)
    ]
    have_dates = ["date" in searchable(app.outdir)[f"/{url}"]["meta"] for url in urls]
    assert have_dates == sorted(have_dates)
    assert urls[-1] == "posts/2024/a/"
    assert len(urls) == len(searchable(app.outdir)) == len({*urls})


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "English"), ("pt_BR", "Portuguese"), ("de-AT", "German"), ("nb", "Norwegian"), ("el", "Greek")],
)
def test_words_are_stemmed_in_the_language_of_the_site(language: str, name: str) -> None:
    """By the rules of the Snowball project, where it has some."""
    assert f"new {name}Stemmer()" in stemmer_of(language)
    assert stemmer_of(language).startswith("var BaseStemmer;\nBaseStemmer=")


@pytest.mark.parametrize("language", ["ja", "zh_CN", "tlh", "x", "..", "../en"])
def test_a_language_without_rules_has_no_forms(language: str) -> None:
    """Words are found as they stand."""
    assert stemmer_of(language) == "export const stemOf = (word) => word;\n"
