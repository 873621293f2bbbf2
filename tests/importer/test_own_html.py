"""The author's own HTML, and what of it stays."""

from __future__ import annotations

import pytest

from importer.proofs import proof


@pytest.mark.parametrize(
    "html",
    [
        '<iframe width="560" height="315" src="https://www.youtube.com/embed/x" title="Tides" frameborder="0"'
        ' allow="autoplay; encrypted-media" referrerpolicy="no-referrer" allowfullscreen></iframe>',
        "<details>\n<summary>More</summary>\n<p>Words of <em>tides</em></p>\n</details>",
    ],
)
def test_html_that_a_page_may_have_stays_to_the_letter(html: str) -> None:
    """Markdown has no form for it, so that it would be HTML in another order."""
    result = proof(f"<p>a</p>{html}", f"a\n\n{html}")
    assert (result.text, result.own) == (f"a\n\n{html}\n", 2)


@pytest.mark.parametrize(
    ("page", "html"),
    [
        ("<p><b>a</b></p>", "<p><b>a</b></p>"),
        ("<details><p>a</p></details>", '<details onclick="run()"><p>a</p></details>'),
        ("<details><p>a</p></details>", "<details><p>a</p><script>run()</script></details>"),
        ("<details><p>a</p></details>", "<details><p>b</p></details>"),
        ("<details><p>a</p></details>", "<details><!-- a secret --><p>a</p></details>"),
        (
            "<details><p><a href='/b'>a</a></p></details>",
            "<details><p><a href='/b'>a</a></p></details>",
        ),
        (
            "<iframe src='https://vimeo.com/1'></iframe>",
            "<iframe src='https://vimeo.com/1' onload='run()'></iframe>",
        ),
    ],
)
def test_html_is_written_anew_where_it_differs_or_runs(page: str, html: str) -> None:
    """What Markdown can say, an address without a host, a script, and a comment don't stay as they are."""
    assert html not in proof(f"<p>a</p>{page}", f"a\n\n{html}").text


@pytest.mark.parametrize(("start", "end"), [("<div>", ""), ("", "</div>")])
def test_html_that_ends_no_element_is_written_anew(start: str, end: str) -> None:
    """Else it is around all that follows on the page, or ends what is around it."""
    frame = '<iframe src="https://www.youtube.com/embed/x"></iframe>'
    text = proof(f"<p>a</p>{frame}<p>b</p>", f"a\n\n{start}\n{frame}\n{end}\n\nb").text
    assert "iframe" in text
    assert text.count("<div") == text.count("</div")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<center><p>b <em>c</em></p></center><p>d <em>e</em></p>",
            "<center>\n\nb _c_\n\n</center>\n\nd _e_",
        ),
        (
            "<p>x</p><center><center><p>b <em>c</em></p></center></center><p>d <em>e</em></p>",
            "x\n\n<center>\n\n<center>\n\nb _c_\n\n</center>\n\n</center>\n\nd _e_",
        ),
    ],
)
def test_an_element_around_blocks_costs_none_of_them(html: str, markdown: str) -> None:
    """Neither those in it nor those behind it are written anew for it."""
    proved = proof(html, markdown)
    assert "b _c_" in proved.text
    assert "d _e_" in proved.text
