"""The language of a site: its words from catalogs of messages, its dates and numbers by the CLDR."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, partial
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.plural import to_python
from sphinx.util.i18n import format_date as format_as

from postdocs.core import languages

DOMAIN = "postdocs"
CATALOGS = Path(__file__).parent
_ENOUGH = 200  # numbers among which each plural form of the CLDR that a count can take has an example


@dataclass(frozen=True)
class Language:
    """A language of readers.

    tag: as RFC 5646 has it. locale: that of the CLDR; English where it knows no such language. translations:
    ours, then those of Sphinx, the site and the theme. name: what its speakers call it, or its tag where that
    is not known. has_words: whether there are messages in it. day_format: of `strftime`, in which the site
    wants its dates, or "".
    """

    tag: str
    locale: Locale
    translations: NullTranslations
    name: str
    has_words: bool
    day_format: str = ""

    def gettext(self, message: str) -> str:
        """Return a message in this language, or as it is where no catalog has it."""
        return self.translations.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the form of a message that goes with a number."""
        return self.translations.ngettext(singular, plural, number)

    @cached_property
    def direction(self) -> str:
        """How it is written, as HTML's `dir` has it: `ltr` or `rtl`."""
        return languages.direction(self.tag)

    @property
    def day_locale(self) -> Locale:
        """The locale whose form days have; English without a country puts the day first."""
        return Locale("en", "GB") if str(self.locale) == "en" else self.locale

    def day(self, instant: datetime) -> str:
        """Return the day of an instant, in its own offset, as readers write it, or as the site wants it."""
        if self.day_format:
            return format_as(self.day_format, date=instant, language=str(self.locale))
        return self._long(instant.date())

    @cached_property
    def _long(self) -> Callable[[date], str]:
        """How a day is written in full, each made once: lists, cards and feeds have the same ones."""
        return cache(partial(format_date, format="long", locale=self.day_locale))

    @cached_property
    def plural_examples(self) -> Mapping[str, int]:
        """The smallest number of each plural category of the CLDR, by its name."""
        category = to_python(self.locale.plural_form)
        return {category(number): number for number in reversed(range(_ENOUGH))}


def make_language(tag: str, outer: NullTranslations, day_format: str = "") -> Language:
    """Return a language.

    tag: as `language` of the settings has it. outer: translations for what ours do not have; Sphinx shares
    them with all builds of a process. day_format: of `strftime`, in which the site wants its dates.
    """
    locale, name = _locale(tag)
    files = (CATALOGS / name / "LC_MESSAGES" / f"{DOMAIN}.po" for name in _names(locale))
    file = next(filter(Path.is_file, files), None)
    translations = outer
    if file:
        translations = _read(file)
        translations.add_fallback(outer)
    has_words = file is not None or (locale.language == "en" and bool(name))
    tag = tag.replace("_", "-")
    return Language(tag, locale, translations, name or tag, has_words, day_format)


def words_of(language: Language, site: Language) -> Language:
    """Return the language of what is written around a text: its own, or the site's if that has no words."""
    return language if language.has_words else site


def _locale(tag: str) -> tuple[Locale, str]:
    """Return the locale of a language, and what its speakers call it; English and "" if it is not known."""
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en"), ""
    name = locale.get_display_name(locale) or ""
    return locale, name[:1].title() + name[1:]


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
