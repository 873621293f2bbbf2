"""Dates: what plain ablog gets wrong, and that it is right here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from plain import OURS, PLAIN, Site, Sites, build, copy, entry, values

OFFSETS = {  # as written, and the instant
    "zulu": ('"2020-01-02T12:00:00Z"', "2020-01-02T12:00:00+00:00"),
    "offset": ('"2020-01-03T12:00:00+02:00"', "2020-01-03T12:00:00+02:00"),
    "bare": ("2020-01-04T12:00:00Z", "2020-01-04T12:00:00+00:00"),
}
# Plain ablog reads the clock: its machine is where it is about noon, so that no day ends during the tests,
# and never in UTC.
AHEAD = 12 - datetime.now(UTC).hour or 1
ZONE = timezone(timedelta(hours=AHEAD))
NOW = datetime.now(ZONE)
TODAY = NOW.date().isoformat()
ENVIRONMENT = {
    "TZ": f"NOON{-AHEAD:+d}",  # POSIX counts westwards
    "SOURCE_DATE_EPOCH": str(int(datetime.fromisoformat(f"{TODAY}T12:00:00+00:00").timestamp())),
}


def post(title: str, date: str) -> str:
    """Return the text of a post."""
    return f"---\ndate: {date}\n---\n\n# {title}\n\nText.\n"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The same dates twice; those that end a build of plain ablog are in ours only."""
    source = copy("test-plain-dates", tmp_path_factory.mktemp("dates"))
    (source / "posts/late.md").write_text(post("Late today", f"{TODAY} 23:59"), encoding="utf-8")
    plain = build(source, PLAIN, "plain", **ENVIRONMENT)
    assert (plain.status, plain.messages) == (0, "")
    for name, (written, _) in OFFSETS.items():
        (source / f"posts/{name}.md").write_text(post(f"With {name}", written), encoding="utf-8")
    ours = build(source, OURS, "ours", **ENVIRONMENT)
    assert ours.status == 0, ours.messages
    return Sites(plain, ours)


def published(site: Site, title: str) -> list[str]:
    """Return when the feed says that a post was published."""
    return values(entry(site.feed("blog/atom.xml"), title), "a:published/text()")


@pytest.mark.parametrize("name", OFFSETS)
def test_a_date_may_have_an_offset(name: str, sites: Sites, tmp_path: Path) -> None:
    """It ends a build of plain ablog, which compares it with a clock without one; here it is the instant."""
    written, instant = OFFSETS[name]
    source = copy("test-plain-dates", tmp_path, {f"posts/{name}.md": post(f"With {name}", written)})
    plain = build(source, PLAIN, "plain", **ENVIRONMENT)
    assert plain.status == 2
    assert "can't compare offset-naive and offset-aware datetimes" in plain.messages

    assert published(sites.ours, f"With {name}") == [instant]


def test_a_date_without_offset_is_not_in_the_machines_time_zone(sites: Sites) -> None:
    """Plain ablog gives it the offset of the building machine; here it has that of the site, UTC."""
    machines = datetime(2020, 1, 1, 12, tzinfo=ZONE).isoformat()
    assert published(sites.plain, "No offset") == [machines]

    assert published(sites.ours, "No offset") == ["2020-01-01T12:00:00+00:00"]


def test_a_post_dated_later_today_is_not_published_yet(sites: Sites) -> None:
    """Plain ablog looks at the day only; here now is an instant."""
    assert "late" in sites.plain.posts("blog.html")
    assert published(sites.plain, "Late today") == [
        datetime.fromisoformat(f"{TODAY} 23:59").replace(tzinfo=ZONE).isoformat()
    ]

    assert sites.ours.files_with("posts/late", "Late today") == []


@pytest.mark.parametrize(
    ("title", "guess", "first"),
    [
        ("A year only", f"2020-{NOW:%m-%d}", "2020-01-01"),
        ("A month only", f"2020-03-{NOW:%d}", "2020-03-01"),
    ],
    ids=["year", "month"],
)
def test_what_a_date_leaves_out_is_the_first(title: str, guess: str, first: str, sites: Sites) -> None:
    """Plain ablog takes what is missing from today, so that each build has another date; here it stays."""
    assert published(sites.plain, title)[0].startswith(guess)

    assert published(sites.ours, title)[0].startswith(first)
