"""The language of a site: its words from catalogs of messages, its dates and numbers by the CLDR."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.plural import to_python

DOMAIN = "postdocs"
CATALOGS = Path(__file__).parent
_ENOUGH = 200  # numbers among which each plural form of the CLDR that a count can take has an example


@dataclass(frozen=True)
class Language:
    """A language of readers.

    tag: as RFC 5646 has it. locale: that of the CLDR; English where it knows no such language. translations:
    ours, then those of Sphinx, the site and the theme.
    """

    tag: str
    locale: Locale
    translations: NullTranslations

    def gettext(self, message: str) -> str:
        """Return a message in this language, or as it is where no catalog has it."""
        return self.translations.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the form of a message that goes with a number."""
        return self.translations.ngettext(singular, plural, number)

    @property
    def direction(self) -> str:
        """How it is written, as HTML's `dir` has it: `ltr` or `rtl`."""
        return self.locale.text_direction

    @property
    def has_iso_days(self) -> bool:
        """Whether days are shown as ISO 8601 has them: readers of English differ on what goes first."""
        return self.locale.language == "en"

    def day(self, instant: datetime) -> str:
        """Return the day of an instant, in its own offset, as readers write it."""
        day = instant.date()
        return day.isoformat() if self.has_iso_days else format_date(day, "long", locale=self.locale)

    @cached_property
    def plural_examples(self) -> Mapping[str, int]:
        """The smallest number of each plural category of the CLDR, by its name."""
        category = to_python(self.locale.plural_form)
        return {category(number): number for number in reversed(range(_ENOUGH))}


def make_language(tag: str, outer: NullTranslations) -> Language:
    """Return a language.

    tag: as `language` of the settings has it. outer: translations for what ours do not have; Sphinx shares
    them with all builds of a process.
    """
    locale = _locale(tag)
    files = (CATALOGS / name / "LC_MESSAGES" / f"{DOMAIN}.po" for name in _names(locale))
    file = next(filter(Path.is_file, files), None)
    translations = outer
    if file:
        translations = _read(file)
        translations.add_fallback(outer)
    return Language(tag.replace("_", "-"), locale, translations)


def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def _names(locale: Locale) -> Iterator[str]:
    """Yield the names that a catalog may have; Chinese in traditional letters is not what `zh_CN` has."""
    yield str(locale)
    if locale.language != "zh":
        yield locale.language
    elif locale.script != "Hant":
        yield "zh_CN"


def _read(file: Path) -> GNUTranslations:
    with file.open("rb") as stream:
        catalog = read_po(stream)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
