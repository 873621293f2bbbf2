"""The name of a site in the titles of its pages."""

from __future__ import annotations

import pytest

from postdocs.importer.built import template
from postdocs.importer.sources.page_facts import Page, page_of


def pages(form: str) -> list[Page]:
    """Return pages of one form."""
    return [page_of(form.format(at)) for at in range(5)]


@pytest.mark.parametrize(
    "form", ["The Mill: {0}", "{0}: The Mill", "{0}|The Mill", "{0}—The Mill", "The Mill\uff1a{0}"]
)
def test_the_name_of_the_site_beside_a_colon(form: str) -> None:
    """The heading on each page shows what its title is; a colon in that stays."""
    for title in ("Ice", "Ice: a report", "Ice: The Mill"):
        page = f"<title>{form.format(title + ' {0}')}</title><h1>{title} {{0}}</h1>"
        assert template.learn(pages(page)).title(form.format(f"{title} 7")) == f"{title} 7"


def test_a_series_before_a_colon_stays_in_titles() -> None:
    """Though all titles begin with it, the headings on the pages do, too; and so where no heading tells."""
    for heading in ("<h1>Review: Ice {0}</h1>", ""):
        pattern = template.learn(pages(f"<title>Review: Ice {{0}}</title>{heading}"))
        assert pattern.title("Review: Ice 7") == "Review: Ice 7"
