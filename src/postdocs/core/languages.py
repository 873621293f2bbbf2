"""Tags of languages (BCP 47, RFC 5646).

The tables of `langcodes` are imported when a tag is asked for: they take a tenth of the start of a build,
and most builds ask for none.
"""

from __future__ import annotations

# https://www.unicode.org/reports/tr9/: the scripts, by ISO 15924, whose letters are written from the right.
_FROM_THE_RIGHT = {
    *("Adlm", "Arab", "Aran", "Armi", "Avst", "Chrs", "Cprt", "Elym", "Gara", "Hatr", "Hebr", "Hung"),
    *("Khar", "Lydi", "Mand", "Mani", "Mend", "Merc", "Mero", "Narb", "Nbat", "Nkoo", "Orkh", "Ougr"),
    *("Palm", "Phli", "Phlp", "Phnx", "Prti", "Rohg", "Samr", "Sarb", "Sogd", "Sogo", "Syrc", "Thaa", "Yezi"),
}


def canonical(tag: str) -> str:
    """Return a tag in its usual form: `pt-BR` for `PT-br` and `pt_BR`, `he` for `iw`.

    Raises
    ------
    ValueError
        It is no tag, or one of a language, script or country that isn't registered.

    """
    from langcodes import standardize_tag, tag_is_valid  # noqa: PLC0415 - slow, see above

    if not tag_is_valid(tag):
        raise ValueError(f"'{tag}' is not a language tag")
    return standardize_tag(tag)


def direction(tag: str) -> str:
    """Return how a language is written, as HTML's `dir` has it: `ltr` or `rtl`; `ltr` if it is no tag."""
    from langcodes import Language  # noqa: PLC0415 - see above

    try:
        script = Language.get(tag).maximize().script
    except ValueError:
        return "ltr"
    return "rtl" if script in _FROM_THE_RIGHT else "ltr"
