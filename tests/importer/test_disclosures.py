"""Text that a page shows when something is clicked."""

from __future__ import annotations

import pytest
from helpers import assert_linear

from postdocs.importer.html.dom import is_hidden
from postdocs.importer.html.settle import read

FOLDED = "<details><summary>Show</summary>Ebb.</details>"


@pytest.mark.parametrize(
    "control",
    [
        """<a href="#" onclick="toggle('x'); return false">Show</a>""",
        """<a href="javascript:toggle('x')">Show</a>""",
        """<p><a href="#x" data-toggle="collapse">Show</a></p>""",
        """<button aria-controls="x">Show</button>""",
        """<button data-bs-target="#x">Show</button>""",
        """<span onclick="document.getElementById('x').style.display='block'">Show</span>""",
        """<input type="button" value="Show" onclick="$('#x').toggle()">""",
        """<div onclick="this.nextElementSibling.hidden = false">Show</div>""",
        """<div onclick="$(this).next('div').slideToggle()">Show</div>""",
        """<div class="answer" onclick="showAnswer(event)">Show</div>""",
        """<p><button>Show</button></p>""",
        """<a href="#">Show</a>""",
    ],
)
@pytest.mark.parametrize("hiding", ["hidden", 'style="display:none"', 'style="color: red; display: none"'])
def test_what_a_click_shows_can_be_opened(control: str, hiding: str) -> None:
    """Below the words that are clicked, whichever way the page hides it."""
    assert read(f"{control}\n<div id=x {hiding}>Ebb.</div>").decode_contents().replace("\n", "") in {
        FOLDED,
        FOLDED.replace("Ebb.", '<div id="x">Ebb.</div>'),
    }


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<h2>Low <button onclick=\"show('x')\"></button></h2><div id=x hidden>Ebb.</div>", "Low Ebb."),
        ("<h2 onclick=\"show('x')\">Low</h2><div id=x hidden>Ebb.</div>", "Low Ebb."),
        ('<p>Low: <a href="#" onclick="show(\'x\')">more</a></p><p id=x hidden>Ebb.</p>', "Low: more Ebb."),
        ('<p>Low <a href="#">more</a> <span hidden>ebb</span></p>', "Low more ebb"),
        ('<p><img src="a.png"><button aria-controls="x">Low</button></p><p id=x hidden>Ebb.</p>', "Low Ebb."),
        ("<p id=x hidden>Ebb.</p><p onclick=\"show('x')\">Low</p>", "Ebb. Low"),
        ("<ul><li onclick=\"show('x')\">Low</li><li id=x hidden>Ebb.</li></ul>", "Low Ebb."),
        ("<p id=x hidden>Ebb.</p><script>$('.b').click(function() { $('#x').show() })</script>", "Ebb."),
    ],
)
def test_what_is_clicked_elsewhere_shows_it_where_it_stands(html: str, shown: str) -> None:
    """Nothing is taken away from a heading, a sentence or a list."""
    body = read(html)
    for script in body.find_all("script"):
        script.extract()
    assert body.find("details") is None
    assert body.find(hidden=True) is None
    assert len(body.find_all("img")) == html.count("<img")
    assert " ".join(body.get_text(" ").split()) == shown


@pytest.mark.parametrize(
    "html",
    [
        "<p>Low</p><p hidden>Ebb.</p>",
        '<a href="/high">High</a><p style="display:none">Ebb.</p>',
        "<button onclick=\"copy('x')\">Copy</button><textarea id=x hidden>Ebb.</textarea>",
        "<button>Low</button> water <p hidden>Ebb.</p>",
        "<p onclick=\"go('x')\">Low</p><p hidden>Ebb.</p><p id=x>High</p>",
        "<p id=x hidden>Ebb.</p><script>track('y')</script>",
        '<p><a href="#x">Low</a></p><p id=x hidden>Ebb.</p>',
        "<form>Name <button>Send</button></form><p hidden>Ebb.</p>",
    ],
)
def test_what_nothing_shows_stays_hidden(html: str) -> None:
    """Such as notes to an editor, and fields that a script copies."""
    body = read(html)
    assert body.find("details") is None
    assert len(body.find_all(is_hidden)) == 1


@pytest.mark.parametrize(
    "html",
    ["<a href=#>x</a><p hidden>y</p>", "<p hidden>y</p>", "<p id=x hidden>y", "<p><a href=#>x</a><b hidden>"],
)
def test_it_takes_time_in_proportion_to_the_page(html: str) -> None:
    """However many parts are hidden."""
    assert_linear(lambda size: read(html * size), 200)
