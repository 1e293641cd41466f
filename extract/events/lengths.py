"""How long an act lasts by the words of the text: "a three-day visit", "the two-day talks"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.mentions.timex_words import NUMBERS
from extract.model import Span

_LENGTH = re.compile(
    r"\b(?P<number>\w+)-\s?day\b[^.;]{0,40}?"
    r"\b(?P<act>visit|trip|tour|stay|talks?|meeting|session|round|summit|forum|conference)\b",
    re.IGNORECASE,
)
_JOURNEYS = ("visit", "trip", "tour", "stay")
_LONGEST = 21


@dataclass(frozen=True, slots=True)
class Length:
    """How many days (2 to 21) a passage says that an act lasts, where in the document, and whether it is a journey."""

    days: int
    span: Span
    is_journey: bool


def length_told(text: str, start: int, end: int) -> Length | None:
    """Return the first length of an act told in `text` from offset `start` to `end`, or None."""
    match = _LENGTH.search(text, start, end)
    if match is None:
        return None
    number = match["number"].lower()
    days = int(number) if number.isdecimal() else NUMBERS.get(number, 0)
    if not 2 <= days <= _LONGEST:
        return None
    return Length(days, Span(match.start(), match.end()), match["act"].lower() in _JOURNEYS)


def lasting(text: str) -> int | None:
    """Return how many days a passage says that a visit lasts: 3 for "arrived for a three-day official visit"."""
    told = length_told(text, 0, len(text))
    return told.days if told is not None and told.is_journey else None
