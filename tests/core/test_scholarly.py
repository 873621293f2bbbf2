"""What scholars name works, people and terms of use by is read in each form, and checked."""

from __future__ import annotations

import pytest

from postdocs.core import scholarly


@pytest.mark.parametrize(
    "written",
    [
        "10.5281/zenodo.1234567",
        "doi:10.5281/zenodo.1234567",
        "https://doi.org/10.5281/zenodo.1234567",
        "http://dx.doi.org/10.5281/zenodo.1234567",
    ],
)
def test_a_doi_has_one_name(written: str) -> None:
    """A DOI may be written by itself, after `doi:`, or as an address."""
    assert scholarly.doi(written) == "10.5281/zenodo.1234567"


def test_a_doi_has_an_address() -> None:
    """What no address may hold is percent-encoded in it."""
    assert scholarly.doi_url("10.1002/(SICI)1<2::AID>3") == "https://doi.org/10.1002/(SICI)1%3C2::AID%3E3"


@pytest.mark.parametrize(
    "written", ["10.5281", "11.5281/x", "https://example.org/10.5281/x", "10.5281/a b", ""]
)
def test_what_is_no_doi_is_refused(written: str) -> None:
    """A registrant without a work, another site, and a space are no DOI."""
    with pytest.raises(ValueError, match="^" if written else "^$"):
        scholarly.doi(written)


@pytest.mark.parametrize("written", ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"])
def test_an_orcid_id_is_an_address(written: str) -> None:
    """An iD may be written with its site or without."""
    assert scholarly.orcid(written) == "https://orcid.org/0000-0002-1825-0097"


def test_the_last_character_may_be_x() -> None:
    """Ten is written as X."""
    assert scholarly.orcid("0000-0002-1694-233X") == "https://orcid.org/0000-0002-1694-233X"


@pytest.mark.parametrize(
    "written", ["0000-0002-1825-0098", "٠٠٠٠-0002-1825-0097", "0000-0002-1694-2330", "0000-0002-1825", "x"]
)
def test_a_mistyped_orcid_id_is_refused(written: str) -> None:
    """One wrong digit does not agree with the last character."""
    with pytest.raises(ValueError, match=r".*"):
        scholarly.orcid(written)


@pytest.mark.parametrize(
    ("written", "name", "url"),
    [
        ("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-sa-3.0", "CC BY-NC-SA 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("mit", "MIT", "https://spdx.org/licenses/MIT.html"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0", ""),
        (
            "http://creativecommons.org/licenses/by-sa/2.0/de/",
            "CC BY-SA 2.0",
            "https://creativecommons.org/licenses/by-sa/2.0/de/",
        ),
        (
            "https://creativecommons.org/publicdomain/zero/1.0/deed.en",
            "CC0 1.0",
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
    ],
)
def test_a_license_has_a_name_and_a_text(written: str, name: str, url: str) -> None:
    """Identifiers of SPDX and addresses at Creative Commons lead to the text of the license."""
    assert scholarly.license_of(written) == scholarly.License(name, url)


@pytest.mark.parametrize(
    "written",
    [
        "CC BY 4.0",
        "free",
        "https://example.org/licenses/by/4.0/",
        "https://creativecommons.org/about/",
        "//[",
    ],
)
def test_an_unknown_license_is_refused(written: str) -> None:
    """Names that are in no list, and addresses elsewhere, are no license."""
    with pytest.raises(ValueError, match=r".*"):
        scholarly.license_of(written)
