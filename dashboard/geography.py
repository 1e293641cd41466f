"""Countries as the dashboard shows them: names by ISO 3166-1 alpha-3, shapes, and points for small states."""

from __future__ import annotations

import difflib
import unicodedata
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import pycountry
from babel import Locale, UnknownLocaleError
from babel.core import get_global

from extract.gazetteer import read_table

DATA = Path(__file__).parent / "data"
_SPOKEN_BY_MANY = 5
_OWN_NAMES_AT_MOST = 6


@cache
def names() -> dict[str, str]:
    """Return the short English name of every country and territory by its code."""
    table = {country.alpha_3: country.name for country in pycountry.countries}
    table |= {entry.alpha_3: entry.common_name for entry in pycountry.countries if hasattr(entry, "common_name")}
    return table | {code: fields[0] for code, *fields in rows("names.tsv")}


def english(code: str) -> str:
    """Return the short English name of a country, whatever the language of this run, or the code itself."""
    return names().get(code, code)


def official(code: str) -> str:
    """Return the long English name that ISO 3166-1 gives a country, or an empty string where it has none.

    Of two names the official one; a name turned round for the alphabet is turned back: "Congo, the … Republic of the".
    """
    entry = pycountry.countries.get(alpha_3=code)
    if entry is None:
        return ""
    long = str(getattr(entry, "official_name", entry.name)).removeprefix("the ")
    head, _, tail = long.partition(", ")
    return f"{tail} {head}".removeprefix("The ") if tail.endswith((" of", " the")) else long


@cache
def own_names(code: str) -> tuple[tuple[str, str, str], ...]:
    """Return the names of a country in its own languages: language (a code), its own name for itself, the name.

    The languages are those that the Unicode CLDR calls official, and regional ones that many speak, most spoken first;
    a name that several share is told once.
    """
    two = _two_letters().get(code, "")
    found: dict[str, tuple[str, str, str]] = {}
    spoken = get_global("territory_languages").get(two, {})
    for language, facts in sorted(spoken.items(), key=lambda item: -item[1]["population_percent"]):
        status = facts["official_status"] or ""
        if status not in ("official", "de_facto_official") and not (
            status == "official_regional" and facts["population_percent"] >= _SPOKEN_BY_MANY
        ):
            continue
        try:
            locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            continue
        name, called = locale.territories.get(two), locale.get_display_name(language)
        if name and called:
            found.setdefault(name, (language.replace("_", "-"), called, name))
    return tuple(found.values())[:_OWN_NAMES_AT_MOST]


@cache
def _two_letters() -> dict[str, str]:
    return {country.alpha_3: country.alpha_2 for country in pycountry.countries} | {"XKX": "XK"}


_NEAR_AT_MOST = 3
_ALIKE = 0.75
# Other names of so few letters (UAE, Dane) are like too many words.
_SHORT = 4
# Languages, each with its name in itself, as the Unicode CLDR has it: Babel would read all there is on twenty languages
# for these words, a quarter of a second of the first page.
LANGUAGES = {
    "en": "English", "ar": "العربية", "de": "Deutsch", "es": "Español", "fa": "فارسی", "fr": "Français", "hi": "हिन्दी",
    "id": "Indonesia", "it": "Italiano", "ja": "日本語", "ko": "한국어", "nl": "Nederlands", "pl": "Polski",
    "pt": "Português", "ru": "Русский", "sw": "Kiswahili", "tr": "Türkçe", "uk": "Українська", "vi": "Tiếng Việt",
    "zh": "中文",
}
ENGLISH = "en"
# The language in which this run of the script names countries: each session's runs have a context of their own.
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def speak(language: str) -> str:
    """Name countries in this language from here on; returns the language taken, English for one that is not offered."""
    _language.set(language if language in LANGUAGES else ENGLISH)
    return _language.get()


def language() -> str:
    """Return the language in which countries are named (ISO 639-1)."""
    return _language.get()


@cache
def _names_in(language: str) -> dict[str, str]:
    """Return the names of the Unicode CLDR, as Babel has them; what it lacks is named in English."""
    territories = Locale(language).territories
    two = _two_letters()
    return {code: territories.get(two.get(code, ""), english) for code, english in names().items()}


@cache
def _other_names() -> dict[str, tuple[str, ...]]:
    """Return the countries by each other name that the extraction reads for them, in small letters: uk, dprk, dutch."""
    found: dict[str, list[str]] = {}
    for row in read_table("countries.tsv", ("code", "name", "names", "demonyms", "capitals")):
        for written in (row["name"], *(row.values("names") + row.values("demonyms"))):
            found.setdefault(fold(written.removesuffix("?")).replace(".", ""), []).append(row["code"])
    return {written: tuple(dict.fromkeys(codes)) for written, codes in found.items()}


def find(words: str) -> list[str]:
    """Return the codes of the countries that one has in mind by `words`: a code, or the beginning of a word of a name.

    Names are those in English and in the language of this run, and whole other names: UK, Britain, DPRK, Burma,
    Norwegian. Case and accents are of no matter.
    """
    asked = fold(words)
    if not asked:
        return []
    tables = [names()] if language() == ENGLISH else [names(), _names_in(language())]
    found = {
        code: min(fold(table[code]).find(asked) for table in tables if asked in fold(table[code]))
        for code in names()
        if any(f" {asked}" in f" {fold(table[code])}" for table in tables)
    }
    exact = [words.strip().upper()] if is_code(words.strip().upper()) else []
    whole = [code for code in found if any(fold(table[code]) == asked for table in tables)]
    others = [code for code in _other_names().get(asked.replace(".", ""), ()) if is_code(code)]
    return list(dict.fromkeys(
        [*exact, *whole, *others, *sorted(found, key=lambda code: (found[code], names()[code]))]
    ))


def near(words: str) -> list[str]:
    """Return the codes of the countries whose name is written much like `words`, the likeliest first: Chna, Rusia."""
    tables = [names()] if language() == ENGLISH else [names(), _names_in(language())]
    written = {name: codes[0] for name, codes in _other_names().items() if len(name) > _SHORT and is_code(codes[0])}
    written |= {fold(called): code for table in tables for code, called in table.items()}
    alike = difflib.get_close_matches(fold(words), written, n=_NEAR_AT_MOST, cutoff=_ALIKE)
    return list(dict.fromkeys(written[name] for name in alike))


def fold(words: str) -> str:
    """Return words in small letters without accents."""
    apart = unicodedata.normalize("NFKD", words.strip().casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def is_code(code: str) -> bool:
    """Tell whether `code` is the code of a country or territory."""
    return code in names()


def name(code: str) -> str:
    """Return the name of a country in the language of this run, or the code itself where it has none."""
    table = names() if language() == ENGLISH else _names_in(language())
    return table.get(code, code)


def labelled(code: str) -> str:
    """Return the name of a country with its code, as menus show it: Norway (NOR)."""
    return f"{name(code)} ({code})"


def rows(file: str) -> list[list[str]]:
    """Return the rows of a table of `data/`, comments left out."""
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
