"""Figures and widgets that live by a script: without it nothing of them shows, so they are named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from bs4.element import Tag

from postdocs.importer.entry import Note, NoteKind
from postdocs.importer.html.dom import attribute, classes
from postdocs.importer.html.rendered.build import element, replace

# By library: what stands in the class or id of an element that it fills, and in its scripts.
_LIBRARIES: Mapping[str, tuple[str, str]] = {
    "Jupyter widget": (r"jupyter-widgets|\bwidget-(?:area|subarea)\b", r"jupyter-js-widgets|jupyter-widgets"),
    "Plotly": (r"plotly", r"\bPlotly\.(?:newPlot|react|plot)\b|plotly-graph-div|cdn\.plot\.ly"),
    "Bokeh": (r"\bbk-root\b|\bbk\b|bokeh", r"\bBokeh\.|bokeh(?:-\d[\w.]*)?(?:\.min)?\.js|\"root_ids\""),
    "Vega": (r"\bvega-|^altair-|\baltair-|\bvegalite", r"vegaEmbed\s*\(|vega\.github\.io/schema"),
    "Leaflet": (r"\bfolium-map\b|\bleaflet", r"\bL\.map\s*\("),
    "Highcharts": (r"highcharts", r"\bHighcharts\."),
    "Observable": (r"observablehq", r"@observablehq/runtime"),
    "ECharts": (r"echarts", r"\becharts\.init\b"),
    "Mapbox": (r"\bmapboxgl-map\b|mapbox", r"\bmapboxgl\.Map\b"),
    "mpld3": (r"\bmpld3", r"\bmpld3\.draw_figure\b"),
    "Google Charts": (r"google-visualization|googlechart", r"\bgoogle\.visualization\b"),
    "three.js": (r"\bthreejs\b", r"\bTHREE\.\w+Renderer\b"),
    "D3": (r"\bd3-?(?:chart|plot|graph|vis)\b", r"\bd3\.select(?:All)?\s*\("),
    "Chart.js": (r"\bchartjs\b", r"new Chart\s*\("),
    "GeoGebra": (r"\bgeogebra|\bggb", r"\bGGBApplet\b"),
    "JSXGraph": (r"\bjxgbox\b", r"\bJXG\.JSXGraph\b"),
    "vis.js": (r"\bvis-network\b|\bmynetwork\b", r"\bvis\.Network\b"),
    "p5.js": (r"\bp5-?sketch\b", r"\bnew p5\s*\("),
    "SageMath": (r"\bsagecell|\bcompute\b(?=.*\bsage\b)", r"sagecell\.makeSagecell"),
}  # fmt: skip
_NAMES = re.compile(r"""\b(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ANY_NAME = re.compile("|".join(names for names, _ in _LIBRARIES.values()), re.IGNORECASE)
_BY_NAME = {name: re.compile(names, re.IGNORECASE) for name, (names, _) in _LIBRARIES.items()}
_IN_SCRIPT = {name: re.compile(text) for name, (_, text) in _LIBRARIES.items()}
_WIDGET_VIEW = "application/vnd.jupyter.widget-view"
_QUOTED = re.compile(r"""["']#?([^"'\s#]{1,200})["']""")
_OF_ATTRIBUTE = {
    "data-root-id": "Bokeh",
    "data-bokeh-model-id": "Bokeh",
    "data-highcharts-chart": "Highcharts",
}
_R_WIDGET = "html-widget"
_PLACES = frozenset({"div", "span", "section", "figure", "p", "main", "article", "canvas"})
# What scripts fill with something that is no part of a post.
_QUIET_PLACE = re.compile(
    r"disqus|comment|giscus|utteranc|remark42|\bisso\b|\bads?\b|adsense|adsbygoogle|gpt-ad|share|addthis|captcha"
    r"|mc_embed|newsletter|subscri|\btoc\b|analytics|cookie|like|rating|related|search|login",
    re.IGNORECASE,
)
_IN_TEXT = frozenset({"span", "a", "button", "td", "th", "li", "dd"})
_QUIET = frozenset({
    "amp-ad", "amp-analytics", "amp-pixel", "amp-auto-ads", "amp-sidebar", "amp-social-share", "g-emoji",
    "clipboard-copy", "amp-install-serviceworker", "svg-icon", "ion-icon", "iconify-icon", "sl-icon",
    "fa-icon", "font-awesome-icon", "social-share",
})  # fmt: skip


def is_named_in(html: str) -> bool:
    """Tell whether HTML may have an element that a library fills."""
    names = {value for values in _NAMES.findall(html) for value in values}
    return _ANY_NAME.search(unescape(" ".join(names))) is not None


def filled_places(body: Tag) -> dict[str, str]:
    """Return by id what scripts draw into elements that they name: a library, or that it is not known."""
    places: dict[str, str] = {}
    for script in body.find_all("script"):
        text = f"{attribute(script, 'src')} {script.string or ''}"
        library = in_text(text)
        for place in _QUOTED.findall(text):
            places[place] = places.get(place, "") or library
    return places


def of(tag: Tag, places: Mapping[str, str]) -> str:
    """Return what an empty element shows with its script, or "" where it shows nothing.

    places: see `filled_places`.
    """
    if tag.name == "script":
        return "Jupyter widget" if attribute(tag, "type").startswith(_WIDGET_VIEW) else ""
    names = f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
    if _R_WIDGET in classes(tag):
        kind = next((name for name in classes(tag) if name not in {_R_WIDGET, "html-fill-item"}), "")
        return f"{kind or 'R'} widget"
    if name := next((_OF_ATTRIBUTE[key] for key in tag.attrs if key in _OF_ATTRIBUTE), ""):
        return name
    if tag.name in _PLACES and _ANY_NAME.search(names):
        return next(name for name, pattern in _BY_NAME.items() if pattern.search(names))
    place = attribute(tag, "id")
    is_drawn = tag.name == "canvas" and not _is_beside_picture(tag)
    if is_drawn or (tag.name in _PLACES and place in places and not _QUIET_PLACE.search(names)):
        return places.get(place, "") or "unknown script"
    is_quiet = tag.name in _QUIET or tag.name.startswith("mjx-")  # of MathJax, whose formulas are read
    return f"`{tag.name}`" if "-" in tag.name and not is_quiet else ""


def _is_beside_picture(tag: Tag) -> bool:
    """Tell whether a canvas only blurs the picture beside it."""
    return tag.parent is not None and tag.parent.find("img") is not None


def in_text(text: str) -> str:
    """Return the library whose script is in a text, or ""."""
    return next((name for name, pattern in _IN_SCRIPT.items() if pattern.search(text)), "")


def put(tag: Tag, what: str, notes: list[Note]) -> None:
    """Put a notice into the place of a figure, and into the report."""
    named = (attribute(tag, name) for name in ("srcdoc", "id", "class", "src"))
    place = next(filter(None, named), "")
    notes.append(Note(NoteKind.NOTICED, f"interactive content, now a notice: {what}", place))
    if tag.name not in _IN_TEXT:
        tag.name = "div"
    replace(tag, element("em", f"[Interactive content, not imported: {what}]"))
