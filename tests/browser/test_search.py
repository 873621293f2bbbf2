"""The search in a real browser: what is found, what a reader sees and hears of it, and what it costs."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers import REPOSITORY, read_html
from playwright.sync_api import Browser, Page, Request, Route
from sphinx.testing.util import SphinxTestApp

from browser.articles import write_articles
from browser.serve import served
from postdocs.core.frontmatter import load
from postdocs.sphinx_ext.search.output import WrittenIndex, stemmer_of
from postdocs.sphinx_ext.search.terms import terms_of

SHOWN = 8
DONE = """([words, shown]) => {
  const text = document.querySelector(".search-status").textContent; // English, or German
  const found = text.match(/^(No|Keine|\\d+) (?:results? for|Treffer für) [“„](.*)[”“]$/);
  const count = document.querySelectorAll(".search-results li").length;
  return found && found[2] === words && count >= Math.min(shown, Number(found[1]) || 0);
}"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a reader who was never there; nothing that it says to the console is an error."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    context.close()
    assert problems == []


@pytest.fixture(scope="module")
def site(built_site: Path) -> Iterator[str]:
    """The address of this repository's site, in a folder of its host."""
    folder = built_site.parent / "host"
    folder.mkdir()
    (folder / "a b").symlink_to(built_site, target_is_directory=True)
    with served(folder) as address:
        yield f"{address}a%20b/"


@pytest.fixture
def blog(app: SphinxTestApp) -> Iterator[str]:
    """The address of a small site, of pages that try to be more than text."""
    title = "<img src=x onerror=document.title=1> &lt;i&gt; \"'"
    body = "Zebra &lt;script>document.title=2&lt;/script> & `<mark>okapi</mark>` &amp;lt; quagga."
    front = f"title: {json.dumps(title)}\ndate: 2024-05-06\ntags: [C++]"
    (app.srcdir / "posts/2024/hostile.md").write_text(f"---\n{front}\n---\n\n{body}\n", encoding="utf-8")
    app.build()
    with served(app.outdir) as address:
        yield address


def ask(page: Page, words: str) -> list[str]:
    """Ask the search that is open; return the paths of all results."""
    field = page.locator(".search-form input").last
    field.fill(words)
    page.wait_for_function(DONE, arg=[words, SHOWN])
    more = page.locator(".search-more")
    while more.is_visible():
        count = page.locator(".search-results li").count()
        more.click()
        page.wait_for_function("n => document.querySelectorAll('.search-results li').length > n", arg=count)
    return [str(link.get_attribute("href")) for link in page.locator(".search-results a").all()]


def test_each_post_is_found(page: Page, site: str, built_site: Path) -> None:
    """By its title, by a word of its body that is in few others, by each tag and by its author."""
    page.goto(f"{site}search/")
    posts = {}
    for path in sorted(REPOSITORY.glob("posts/*/*.md")):
        where = path.relative_to(REPOSITORY).with_suffix("").as_posix() + "/"
        if (built_site / where / "index.html").is_file():
            posts[where] = load(path.read_text(encoding="utf-8"), path, UTC)
    assert len(posts) >= 21
    words = {}
    for where in posts:
        text = " ".join(read_html(built_site / where / "index.html").xpath("//section//p//text()"))
        words[where] = {*re.findall(r"\b[a-z]{6,}\b", text)}
    uses = Counter(itertools.chain.from_iterable(words.values()))
    for where, post in posts.items():
        rare: str = min(words[where], key=lambda word: (uses[word], word))
        asked = [str(post.title), rare, *post.tags, *post.author]
        missed = [query for query in asked if f"{site}{where}" not in ask(page, query)]
        assert missed == [], where
        assert ask(page, str(post.title))[0] == f"{site}{where}", post.title


def test_a_result_has_title_date_and_snippet(page: Page, site: str) -> None:
    """The words are marked in a piece of the article; the number of results is said to those who listen."""
    page.goto(f"{site}search/?q=sprints")
    page.wait_for_function(DONE, arg=["sprints", SHOWN])
    first = page.locator(".search-results li").first
    assert first.locator("a").inner_text()
    day = datetime.strptime(first.locator("time").inner_text(), "%d %B %Y")  # noqa: DTZ007 - a day has no zone
    assert first.locator("time").get_attribute("datetime") == day.date().isoformat()
    assert "sprint" in first.locator("p mark").first.inner_text().lower()
    assert page.get_by_role("status").last.inner_text().endswith("for “sprints”")


def test_all_works_by_keyboard(page: Page, site: str) -> None:
    """Open, ask, walk, close and open again, and go; the focus returns to where it was."""
    page.goto(f"{site}about/")
    page.locator("main p a").first.focus()
    before = page.evaluate("document.activeElement.outerHTML")
    for keys in ("Control+k", "Meta+k"):
        page.keyboard.press(keys)
        page.locator("dialog.post-search[open]").wait_for()
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.type("numpy")
        page.wait_for_function(DONE, arg=["numpy", SHOWN])
        titles = page.locator(".search-results a").all_inner_texts()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent") == titles[1]
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.press("Escape")
        assert page.locator("dialog.post-search[open]").count() == 0
        assert page.evaluate("document.activeElement.outerHTML") == before
    page.keyboard.press("Control+k")
    page.wait_for_function("document.activeElement.name === 'q'")
    page.keyboard.press("ArrowDown")
    address = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    page.keyboard.press("Control+k")
    page.wait_for_function("document.activeElement.name === 'q'")
    page.keyboard.type("c/d")
    assert page.locator("dialog input").input_value() == "c/d"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}search/?q=c%2Fd")


def test_the_button_opens_the_dialog(page: Page, site: str) -> None:
    """A click beside it closes it."""
    page.goto(f"{site}about/")
    page.locator(".search-button-field:visible").click()
    page.locator("dialog.post-search[open]").wait_for()
    page.mouse.click(5, 5)
    assert page.locator("dialog.post-search[open]").count() == 0


def test_nothing_is_fetched_before_first_use(page: Page, site: str) -> None:
    """A page loads a short script; the rest, style and index come when asked, none of Sphinx's ever."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{site}about/", wait_until="networkidle")
    assert [url for url in requests if "search" in url] == [
        url for url in requests if "_static/search.js" in url
    ]
    page.keyboard.press("Control+k")
    page.locator("dialog.post-search[open]").wait_for()
    assert [url for url in requests if "_search/" in url or "engine" in url] == []
    ask(page, "numpy")
    assert any(url.endswith("_search/index.json") for url in requests)
    own = ("searchindex", "searchtools", "language_data", "doctools", "sphinx_highlight", "worker")
    assert [url for url in requests if any(name in url for name in own)] == []


def test_a_dialog_that_does_not_come_is_replaced_by_the_page(page: Page, site: str) -> None:
    """Where the rest of the script can't be loaded, the search leads to its page, and stays there."""
    page.route("**/search-dialog.js", lambda route: route.fulfill(status=404, body=""))
    page.goto(f"{site}about/")
    page.keyboard.press("Control+k")
    page.wait_for_url(f"{site}search/")
    page.wait_for_load_state("networkidle")
    assert page.url == f"{site}search/"


def test_a_search_has_an_address(page: Page, site: str) -> None:
    """It can be shared; the back button leads to the search before, of which what is typed is one step."""
    page.goto(f"{site}search/?q=numpy")
    page.wait_for_function(DONE, arg=["numpy", SHOWN])
    assert page.locator(".search-form input").input_value() == "numpy"
    ask(page, "scip")
    ask(page, "scipy")
    assert page.url == f"{site}search/?q=scipy"
    page.locator(".search-form input").press("Enter")
    ask(page, "c++ & d")
    assert page.url == f"{site}search/?q=c%2B%2B+%26+d"
    for words in ("scipy", "numpy"):
        page.go_back()
        page.wait_for_function(DONE, arg=[words, SHOWN])
        assert page.locator(".search-form input").input_value() == words
    page.locator(".search-results a").first.click()
    page.go_back()
    page.wait_for_function(DONE, arg=["numpy", SHOWN])


def test_without_javascript_the_page_says_what_it_needs(chromium: Browser, site: str) -> None:
    """It offers other ways."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}search/")
    assert "JavaScript" in page.locator(".post-search").inner_text()
    page.locator(".post-search a", has_text="archive").click()
    assert page.url == f"{site}blog/archive/"
    context.close()


def test_from_a_file_it_says_what_it_needs(page: Page, built_site: Path) -> None:
    """Browsers let no file read others."""
    page.goto((built_site / "search/index.html").as_uri() + "?q=numpy")
    page.get_by_text("needs a web server").wait_for()


@pytest.mark.sphinx("html", testroot="blog")
def test_a_missing_index_is_told(chromium: Browser, blog: str) -> None:
    """Whatever is not there, and the next try may succeed."""
    page = chromium.new_page()
    for name in ("search-engine.js", "index.json", "stemmer.js", "terms/t-.json", "pages/"):
        page.route(f"**/{name}*", lambda route: route.fulfill(status=404, body=""))
        page.goto(f"{blog}search.html?q=zebra")
        page.get_by_text("could not be loaded").wait_for()
        page.unroute_all()
    page.goto(f"{blog}search.html?q=zebra")
    page.wait_for_function(DONE, arg=["zebra", SHOWN])
    page.close()


@pytest.mark.sphinx("html", testroot="blog")
def test_what_is_found_stays_text(page: Page, blog: str) -> None:
    """Titles and texts that look like HTML are shown as they are, and nothing in them runs."""
    page.goto(f"{blog}search.html")
    title = page.title()
    (address,) = ask(page, "zebra")
    assert address == f"{blog}posts/2024/hostile.html"
    item = page.locator(".search-results li")
    assert item.locator("a").inner_text() == "<img src=x onerror=document.title=1> &lt;i&gt; \"'"
    assert "<script>document.title=2</script> & <mark>okapi</mark>" in item.locator("p").inner_text()
    assert item.locator("img, script, i").count() == 0
    assert item.locator("mark").all_inner_texts() == ["Zebra"]
    assert page.title() == title
    assert ask(page, "<b>nothing</b>") == []
    assert page.locator(".search-status").inner_text() == "No results for “<b>nothing</b>”"


@pytest.mark.sphinx("html", testroot="blog")
def test_common_words_are_passed_by(page: Page, blog: str) -> None:
    """They are in every page, and their part of the index is the heaviest; in quotes they count."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{blog}search.html?q=The+of")
    page.get_by_text("“The of” is in nearly every page").wait_for()
    assert [url for url in requests if "_search/" in url or "engine" in url] == []
    field = page.locator(".search-form input")
    for typed in ("thi", "of thi"):
        field.fill(typed)
        page.get_by_text(f"press Enter to search for “{typed}”").wait_for()
    assert [url for url in requests if "_search/" in url or "engine" in url] == []
    assert len(ask(page, "the Zebra of")) == 1
    field.fill("abov")
    field.press("Enter")
    page.wait_for_function(DONE, arg=["abov", SHOWN])
    assert ask(page, '"zebra the"') == []


@pytest.mark.sphinx("html", testroot="blog")
def test_a_strict_policy_lets_it_run(page: Page, blog: str) -> None:
    """Scripts of the site itself are all that it needs."""
    sources = "script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'"
    policy = f"default-src 'none'; {sources}"

    def strict(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    page.route("**/*.html*", strict)
    page.goto(f"{blog}page.html")
    page.keyboard.press("Control+k")
    page.locator("dialog.post-search[open]").wait_for()
    assert len(ask(page, "zebra")) == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_any_screen(width: int, page: Page, site: str) -> None:
    """Neither dialog nor page is wider than the screen."""
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(f"{site}search/?q=numpy")
    page.wait_for_function(DONE, arg=["numpy", SHOWN])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{site}about/")
    page.keyboard.press("Control+k")
    page.locator("dialog.post-search[open]").wait_for()
    ask(page, "numpy")
    box = page.locator("dialog.post-search").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.locator("dialog.post-search").evaluate("it => it.scrollWidth - it.clientWidth") == 0


@pytest.mark.sphinx("html", testroot="blog")
def test_terms_are_those_of_the_index(page: Page, blog: str) -> None:
    """The script reads words as the index has them, in any script."""
    texts = [
        "The sparse-matrix solver's 2nd run: to_html(x) C++ C# c++11 1+1 #12",
        "ÉCOLE naïve Übergröße Ångström ﬁne λόγος Ёж İstanbul ǅ ½ ℡",
        "検索エンジン3日 ﾃﾞｰﾀ ไทย हिन्दी עִבְרִית 한국어 \U00020000\U00020001",
        f"{'b' * 40} {'c' * 41} \u00a0\u200b — …",
    ]
    page.goto(f"{blog}search.html")
    terms = page.evaluate(
        """async texts => {
          const { spansOf } = await import(new URL("_static/search-engine.js", location));
          return texts.map(text => spansOf(text).map(({ term }) => term));
        }""",
        texts,
    )
    assert terms == [terms_of(text) for text in texts]


@pytest.mark.sphinx("html", testroot="blog", confoverrides={"language": "de"})
def test_forms_of_words_are_found(page: Page, app: SphinxTestApp, blog: str) -> None:
    """In the language of the site, the word itself first; also by how they begin, without accents."""
    for name, text in {
        "a": "Die Häuser am See.",
        "b": "Das Haus am See, und Haushaltsgeräte.",
        "c": "日本語の検索エンジン",
        "d": "Programme in Q++ und Q#, nicht in Q.",
        "e": "Programme in Q.",
    }.items():
        front = f"---\ntitle: Beitrag {name}\ndate: 2024-01-01\n---"
        (app.srcdir / f"posts/2024/{name}.md").write_text(f"{front}\n\n{text}\n", encoding="utf-8")
    app.build()
    a, b, c, d, e = (f"{blog}posts/2024/{name}.html" for name in "abcde")
    page.goto(f"{blog}search.html")
    assert ask(page, "haus") == [b, a]
    assert ask(page, "hauser") == [a, b]
    assert page.locator(".search-results li mark").first.inner_text() == "Häuser"
    assert ask(page, "haushaltsg") == [b]
    assert ask(page, '"haus am see"') == [b]
    assert ask(page, '"see am haus"') == []
    assert ask(page, "検索") == [c]
    assert ask(page, "検") == [c]
    assert page.locator(".search-results li mark").first.inner_text() == "検索"
    assert ask(page, "検語") == []
    assert ask(page, "q++") == [d]
    assert ask(page, "Q#") == [d]
    assert {*ask(page, "q")} == {d, e}


@pytest.mark.sphinx("dirhtml", testroot="blog")
def test_a_search_of_5000_posts_is_light(page: Page, app: SphinxTestApp, tmp_path: Path) -> None:
    """The first search of a reader transfers less than 300 kB, the next ones less than 100."""
    app.build()
    words, files = write_articles(tmp_path, 5000)
    WrittenIndex(app.outdir, tmp_path).update(files, stemmer_of("en"))
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - gets an attribute
    with served(app.outdir) as address:
        for first, second in ((100, 3000), (1000, 50), (20_000, 300)):
            page.goto(f"{address}page/", wait_until="networkidle")
            page.keyboard.press("Control+k")
            page.locator("dialog.post-search[open]").wait_for()
            for rank, limit in ((first, 300_000), (second, 100_000)):
                requests.clear()
                page.locator("dialog input").fill(words[rank])
                page.wait_for_function(DONE, arg=[words[rank], SHOWN])
                page.wait_for_load_state("networkidle")
                size = sum(request.sizes()["responseBodySize"] for request in requests)
                print(f"\nword {rank}: {size} bytes in {len(requests)} files")  # noqa: T201 - for `-s`
                assert 0 < size < limit
