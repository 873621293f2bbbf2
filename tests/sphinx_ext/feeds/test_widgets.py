"""Tabs, cards and folds, for readers without scripts and style sheets."""

from __future__ import annotations

import pytest
from articles import all_of, stand, tree

ARIA = """<div><div role="tablist">
<button role="tab" id="t1" aria-controls="p1" aria-selected="true">Bread</button>
<button role="tab" id="t2" aria-controls="p2" aria-selected="false">Rice <em>or</em> corn</button></div>
<div role="tabpanel" id="p1" aria-labelledby="t1"><p>Knead.</p></div>
<div role="tabpanel" id="p2" aria-labelledby="t2" hidden="true">Boil.<pre>water</pre></div></div>"""
RADIO = """<div class="{set}"><input type="radio" id="i1" name="s" checked>
<label class="{label}" for="i1">
Bread</label><div class="{content}"><p>Knead.</p></div>
<input type="radio" id="i2" name="s"><label class="{label}" for="i2">Rice <em>or</em> corn</label>
<div class="{content}">Boil.<pre>water</pre></div></div>"""


@pytest.mark.parametrize(
    "body",
    [
        ARIA,
        RADIO.format(set="sd-tab-set", label="sd-tab-label", content="sd-tab-content"),
        RADIO.format(set="tab-set", label="tab-label", content="tab-content"),
    ],
    ids=["aria", "design", "inline"],
)
def test_all_tabs_are_shown_each_under_its_label(body: str) -> None:
    """Whichever was chosen; a label keeps its formatting, and no control is left."""
    left = stand(body)
    words = " ".join(tree(left).itertext()).split()
    assert words == ["Bread", "Knead.", "Rice", "or", "corn", "Boil.", "water"]
    assert all_of(left, "//p/strong") == ["Bread", "Rice or corn"]
    assert all_of(left, "//strong/em") == ["or"]
    assert all_of(left, "//button | //input | //label | //*[@hidden] | //@role") == []
    assert stand(left) == left


def test_tabs_within_tabs_are_shown() -> None:
    """Each level has its labels."""
    inner = ARIA
    for old, new in {"t1": "u1", "t2": "u2", "p1": "q1", "p2": "q2"}.items():
        inner = inner.replace(f'"{old}"', f'"{new}"')
    left = stand(ARIA.replace("<p>Knead.</p>", inner))
    assert all_of(left, "//strong") == ["Bread", "Bread", "Rice or corn", "Rice or corn"]


def test_tabs_that_belong_to_nothing_keep_their_words() -> None:
    """Panels without a label are shown, and so are labels without a panel, even one that holds it."""
    body = """<div role="tablist"><button role="tab" id="a">One</button><button role="tab">Two</button></div>
        <div role="tab" id="c">Three<div role="tabpanel" aria-labelledby="c b" hidden>Four</div></div>"""
    assert "".join(tree(stand(body)).itertext()).split() == ["OneTwo", "ThreeFour"]


def test_what_is_hidden_and_no_tab_stays_hidden() -> None:
    """Only the panels of tabs are shown."""
    assert stand('<p>a</p><p hidden>b</p><div role="tabpanel" hidden><p hidden>c</p>d</div>') == (
        "<p>a</p><div>d</div>"
    )


CARD = '<div class="sd-card"><div class="sd-card-body">{}</div>{}</div>'
LINK = '<a class="sd-stretched-link sd-hide-link-text" href="/tea/"><span>Other page</span></a>'


def test_cards_are_framed_and_their_titles_links() -> None:
    """The words of the link over a card don't show where it has a title."""
    title = '<div class="sd-card-title">\nGreen <em>tea</em></div><p>Steep.</p>'
    left = stand(CARD.format(title, LINK))
    assert all_of(left, "//blockquote/div/p") == ["Green tea", "Steep."]
    assert all_of(left, "//a/@href") == ["https://example.org/tea/"]
    assert all_of(left, "//strong/a") == ["Green tea"]
    assert all_of(stand(CARD.format(title, "")), "//strong") == ["Green tea"]


def test_the_link_of_a_card_that_cant_be_its_title_has_words() -> None:
    """A card may have no title, or one that links elsewhere."""
    assert all_of(stand(CARD.format("<p>Steep.</p>", LINK)), "//blockquote/p/a") == ["Other page"]
    title = '<div class="sd-card-title"><a href="/x">Green tea</a></div>'
    assert all_of(stand(CARD.format(title, LINK)), "//a") == ["Green tea", "Other page"]


def test_folds_are_details_without_marks() -> None:
    """Drawings beside what a reader clicks go; one without words has the browser's own."""
    marker = '<span class="sd-summary-state-marker"><svg><path d="M0 0h9"/></svg></span>'
    left = stand(f"<details><summary><span>Open <em>me</em></span>{marker}</summary>Tea.</details>")
    assert left == "<details><summary>Open <em>me</em></summary>Tea.</details>"
    drawing = '<svg class="no-title"><path d="M0 0h9"/></svg>'
    assert stand(f"<details><summary>{drawing}{marker}</summary>Tea.</details>") == "<details>Tea.</details>"
    cell = '<span class="collapsed">Show code</span><span class="expanded">Hide code</span>'
    assert all_of(stand(f"<details><summary>{cell}</summary>Tea.</details>"), "//summary") == ["Show code"]


def test_folds_of_togglebutton_are_details() -> None:
    """What it unfolds at once is shown, the title of a note that it folds is what a reader clicks."""
    assert stand('<div class="toggle docutils container"><p>a</p></div>') == "<details><p>a</p></details>"
    assert stand('<div class="toggle toggle-shown docutils"><p>a</p></div>') == "<div><p>a</p></div>"
    note = '<div class="dropdown admonition"><p class="admonition-title">Tea</p><p>a</p></div>'
    assert stand(note) == "<details><summary>Tea</summary><p>a</p></details>"
