"""Cities and venues named in text, with the state in which they lie: for the places of events.

The knowledge is in `data/places.tsv`, and the capitals are those of `data/countries.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extract.gazetteer import Matcher, Row, phrase_fault, raise_faults, read_table
from extract.mentions.countries import find_countries, is_country, names_in_tables


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in text: offsets, usual name, alpha-3 code of its state, and whether the name is unambiguous."""

    start: int
    end: int
    name: str
    country: str
    strong: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """What a phrase of the tables means; the country of a phrase that is no place is empty."""

    name: str
    country: str
    strong: bool


def find_places(text: str, start: int = 0, end: int | None = None) -> tuple[PlaceMention, ...]:
    """Return the cities and venues named within `text[start:end]`, in order, no two overlapping.

    Names inside "Paris Agreement" or "Washington Post" are none; a longer name wins ("Mexico City", "Camp David").
    Capitalised words and words in capitals are found, in texts without any capitals nothing is. A weak name is strong
    where a preposition leads to it, or its state or a larger place of the state follows.
    """
    found = [
        PlaceMention(m.start, m.end, m.value.name, m.value.country, m.value.strong)
        for m in _matcher().find(text, start, end)
        if m.value.country
    ]
    return tuple(m if m.strong else replace(m, strong=_is_located(text, m) or _is_led_to(text, m)) for m in found)


_LED = re.compile(r"\b(?:[Ii]n|[Tt]o|[Aa]t|[Nn]ear|from|arrived in|visited)\s$")
_FOLLOWED = re.compile(r"\s[^\W\da-z_]")


def _is_led_to(text: str, place: PlaceMention) -> bool:
    """A preposition of place leads to the name alone: "in Houston on Friday", but not "to Houston Smith"."""
    before = _LED.search(text, max(0, place.start - 12), place.start)
    return bool(before) and not _FOLLOWED.match(text, place.end)


def _is_located(text: str, place: PlaceMention) -> bool:
    """The state follows, or a place of it: "Brest, France", "Cambridge, Massachusetts"."""
    if not text.startswith(", ", place.end):
        return False
    begin = place.end + 2
    rest = text[begin : begin + 40]
    states = [m.code for m in find_countries(rest, lower=False) if m.start == 0 and m.form == "name"]
    larger = [m.value.country for m in _matcher().find(rest) if m.start == 0 and m.value.strong]
    return place.country in states + larger


def country_of_place(name: str) -> str | None:
    """Return the state in which a city or venue of exactly this name lies, or None where it is unknown or ambiguous."""
    place = _meanings().get(name)
    return place.country or None if place and place.strong else None


def _check(row: Row) -> Iterator[str]:
    if not is_country(row["country"]):
        yield f"country: {row['country']!r} is not a code of countries.tsv"
    for place in row.values("places"):
        for form in place.split("="):
            if fault := phrase_fault(form.removesuffix("?")):
                yield f"places: {fault}"


@cache
def _meanings() -> dict[str, _Place]:
    """Return what each phrase means. Raises InputError where a table is faulty or one name lies in two states."""
    meanings: dict[str, _Place] = {}
    for phrase, code, form, strong, _ in names_in_tables():
        # Other names block the shorter ones inside them: no Papua in "Papua New Guinea".
        place = _Place(phrase, code, strong) if form == "capital" else _Place(phrase, "", True)
        if place.country or phrase not in meanings:
            meanings[phrase] = place
    faults: list[str] = []
    for row in read_table("places.tsv", ("country", "places"), _check):
        for written in row.values("places"):
            forms = [(form.removesuffix("?"), not form.endswith("?")) for form in written.split("=")]
            for form, strong in forms:
                place = _Place(forms[0][0], row["country"], strong)
                known = meanings.get(form)
                if known and known.country and known.country != place.country and known.strong == strong:
                    faults.append(f"{row.where}: {form!r} is in {place.country}, but also in {known.country}")
                elif known is None or not known.country or (strong and not known.strong):
                    meanings[form] = place
    raise_faults(faults)
    return meanings


@cache
def _matcher() -> Matcher[_Place]:
    return Matcher(_meanings().items())
