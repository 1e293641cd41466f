"""Days that are known by a name: feasts, commemorations and national days that diplomacy refers to.

Read from `data/observances.tsv`; every fault in the file is reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from extract.gazetteer import Row, read_table
from extract.mentions.timex_calendar import Fields, Rule
from extract.mentions.timex_words import YEAR, S, day_exists

FILE = "observances.tsv"


@dataclass(frozen=True, slots=True)
class ObservanceDay:
    """A named day: the month and day on which it falls every year, as figures."""

    name: str
    month: int
    day: int


@cache
def load_observances() -> dict[str, ObservanceDay]:
    """Return the observances by their name in lower case; raises InputError naming every faulty line."""
    observances: dict[str, ObservanceDay] = {}
    for row in read_table(FILE, ("name", "day", "note"), _faults):
        month, day = row["day"].split("-")
        observances[row["name"].lower()] = ObservanceDay(row["name"], int(month), int(day))
    return observances


def _faults(row: Row) -> Iterator[str]:
    figures = re.fullmatch(r"(\d\d)-(\d\d)", row["day"])
    if figures is None or not day_exists(None, int(figures[1]), int(figures[2])):
        yield f"day: {row['day']!r} is not a month and day such as 05-09"
    if not re.match(r"[A-Za-z]", row["name"]):
        yield f"name: {row['name']!r} does not begin with a letter"


def observance_words() -> list[tuple[str, Rule]]:
    """Return, for each observance, the word that opens it and its rule, which takes a year that follows."""
    return [
        (re.findall(r"[a-z]+", name)[0], (_pattern(name), _build(day)))
        for name, day in sorted(load_observances().items(), key=lambda item: -len(item[0]))
    ]


def _pattern(name: str) -> re.Pattern[str]:
    words = S.join(re.escape(word) for word in name.split())
    return re.compile(rf"{words}\b(?:,?{S}(?P<year>{YEAR}))?", re.IGNORECASE)


def _build(day: ObservanceDay) -> Callable[[re.Match[str]], Fields]:
    def build(match: re.Match[str]) -> Fields:
        fields: Fields = {"kind": "observance", "month": day.month, "day": day.day, "name": day.name}
        if match["year"]:
            fields["year"] = int(match["year"])
        return fields

    return build
