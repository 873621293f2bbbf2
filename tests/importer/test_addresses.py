"""Where an imported post goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postdocs.importer.addresses import key_of, post_slug, without_tracking


@given(st.text())
def test_no_title_makes_a_path(title: str) -> None:
    """Whatever the title, the slug is one harmless name."""
    slug = post_slug(None, title)
    assert slug
    assert not set(slug) & set('/\\:*?"<>|.\n\0')


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://example.org/blog/2013/07/05/scipy2013-recap/", "scipy2013-recap"),
        ("https://example.org/2013/07/recap.html", "recap"),
        ("https://example.org/recap/index.php", "recap"),
        ("https://example.org/caf%C3%A9/", "cafe"),
        ("https://example.org/?p=12", "the-title"),
        ("https://example.org/blog/?p=12", "the-title"),
        ("https://example.org/blog/?lang=en", "blog"),
        ("https://example.org/recap/-/", "recap"),
        ("https://example.org/2013/07/05/", "the-title"),
        ("http://[broken", "the-title"),
        (None, "the-title"),
    ],
)
def test_the_address_names_the_post_before_its_title_does(url: str | None, slug: str) -> None:
    """A permalink keeps its last part; numbers and queries name nothing."""
    assert post_slug(url, "The title") == slug


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a/b/",
        "http://www.example.org/a/b",
        "//example.org/a/b#c",
        "https://EXAMPLE.org/a%2Fb/index.html",
    ],
)
def test_spellings_of_an_address_have_one_key(url: str) -> None:
    """Scheme, www, case of the host, a last slash and a fragment make no difference."""
    assert key_of(url) == "example.org/a/b"


@pytest.mark.parametrize("url", ["", "#a", "a/b", "mailto:a@example.org", "http://[broken", "/a/b"])
def test_what_is_no_web_address_has_no_key(url: str) -> None:
    """Fragments, relative links and other schemes are no posts."""
    assert key_of(url) is None


def test_a_query_tells_posts_apart() -> None:
    """`?p=1` and `?p=2` are two posts."""
    assert key_of("https://example.org/?p=1") != key_of("https://example.org/?p=2")


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("/a/?utm_source=all&utm_medium=Atom", "/a/"),
        ("/a?source=rss-0a1b2c------2", "/a"),
        ("/a?p=12&fbclid=x&c=%26", "/a?p=12&c=%26"),
        ("/a?mc_cid=1&mc_eid=2#part", "/a#part"),
        ("/a?UTM_Campaign=x#utm_term=y", "/a"),
        ("/a/#xtor=RSS-1", "/a/"),
        ("/a?pk_campaign=feed&ref=rss", "/a"),
        ("/?p=12", "/?p=12"),
        ("/a?source=code&ref=master&from=2", "/a?source=code&ref=master&from=2"),
        ("/a?", "/a?"),
        ("/a?q=utm_source=x", "/a?q=utm_source=x"),
        ("/a?rssid=4&at_home=1", "/a?rssid=4&at_home=1"),
    ],
)
def test_what_counts_clicks_is_no_part_of_an_address(url: str, clean: str) -> None:
    """Parameters of statistics go; all others stay to the letter, in their order."""
    assert without_tracking(f"https://example.org{url}") == f"https://example.org{clean}"
    assert key_of(f"https://example.org{url}") == key_of(f"https://example.org{clean}")


@pytest.mark.parametrize(
    "url",
    [
        "https://beans.blogspot.co.uk/2014/04/a.html?m=1",
        "http://beans.blogspot.de/2014/04/a.html?m=0#more",
        "https://beans.blogspot.com.br/2014/04/a.html?showComment=123&spref=tw#c123",
        "https://www.beans.blogspot.com/2014/04/a.html",
    ],
)
def test_a_blog_at_blogger_is_one_at_all_its_hosts(url: str) -> None:
    """The host of a country and the view for phones lead to the same post."""
    assert key_of(url) == "beans.blogspot.com/2014/04/a.html"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://beans.example/2014/04/a.html?m=1", "beans.example/2014/04/a.html"),
        ("https://beans.blogspot.in/?m=1", "beans.blogspot.com"),
        ("https://beans.example/?m=1", "beans.example?m=1"),
        ("https://beans.example/a.html?m=201404", "beans.example/a.html?m=201404"),
        ("https://1.bp.blogspot.com/a.html?x=1", "1.bp.blogspot.com/a.html?x=1"),
        ("https://blogspot.evil/a", "blogspot.evil/a"),
    ],
)
def test_only_parameters_of_blogger_count_for_nothing(url: str, key: str) -> None:
    """A post at Blogger ends in `.html` at a domain of its own too; elsewhere `m` may name a page."""
    assert key_of(url) == key
