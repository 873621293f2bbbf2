"""Tags of languages: their usual form, and which way a language is written."""

from __future__ import annotations

import pytest

from postdocs.core.languages import canonical, direction


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("de", "de"),
        ("PT-br", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("iw", "he"),
        ("es-419", "es-419"),
        ("de-ch-1996", "de-CH-1996"),
        ("tlh", "tlh"),
    ],
)
def test_a_tag_has_one_form(written: str, tag: str) -> None:
    """Case, underscores and names of old are those that BCP 47 prefers."""
    assert canonical(written) == tag


@pytest.mark.parametrize("text", ["", "xx", "jp", "german", "Deutsch", "de-", "de DE", "de-DE-DE", "de;q=1"])
def test_what_is_no_tag_is_refused(text: str) -> None:
    """A name, a country in the place of a language, and what isn't registered are no tags."""
    with pytest.raises(ValueError, match="is not a language tag"):
        canonical(text)


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        *((tag, "rtl") for tag in ("ar", "he", "fa", "ur", "yi", "dv", "ckb", "az-Arab", "pa-PK", "ug-CN")),
        *((tag, "ltr") for tag in ("en", "ja", "ku", "az", "ar-Latn", "x-own", "no tag")),
    ],
)
def test_the_script_decides_which_way_a_language_is_written(tag: str, way: str) -> None:
    """It is the one that the tag names, or the one that most use for the language."""
    assert direction(tag) == way
