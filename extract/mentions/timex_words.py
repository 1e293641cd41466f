"""The vocabulary of English time expressions, and the regular-expression pieces that the grammars share.

Every piece has bounded repetition only, so that matching at one position takes constant time.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass

S = r"(?: {1,3}\n? {0,3}|\n {0,3})"
"""Blank space inside an expression: at most one line break, so that paragraphs are never joined."""

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
WEEKDAY_SHORT = r"(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
ORDINAL_END = r"(?:(?:st|nd|rd|th)\b)?"
YEAR = r"(?:1[89]\d\d|20\d\d)(?![\d%°])(?!,\d{3})(?!\.\d)"
DASH = r"(?: {0,2}-{1,2} {0,2})"
PART = r"(?:early|mid|late|(?:the )?(?:start|beginning|middle|end) of)"
UNIT = r"(?:hour|day|week|fortnight|month|year|decade|weekend|quarter|century)"
CLOCK = (
    r"(?:[,T]? {0,2}(?:at )?\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?: ?(?:[ap]\.?m\.?))?"
    r"(?: ?(?:z\b|[+-]\d{2}:?\d{2}\b|gmt\b|utc\b|est\b|edt\b))?)?"
)

MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}
WEEKDAYS = {name.lower()[:3]: number for number, name in enumerate(calendar.day_name)}
NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
        start=1,
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ORDINALS = {
    word: number
    for number, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
         "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
         "twentieth"),
        start=1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80,
     "ninetieth": 90, "hundredth": 100}
for _tens, _value in (("twenty", 20), ("thirty", 30)):
    for _word, _number in list(ORDINALS.items())[:9]:
        if _value + _number <= 31:
            ORDINALS[f"{_tens} {_word}"] = _value + _number
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")\b"
ORDINAL = r"(?:" + "|".join(w.replace(" ", "[ -]") for w in sorted(ORDINALS, key=len, reverse=True)) + r")\b"


@dataclass(frozen=True, slots=True)
class Timex:
    """One time expression: `text[start:end]`, and what its words say, unresolved.

    `kind` is one of: `day` (a calendar date, any of year, month, day may be missing), `month`, `year`, `decade`,
    `season` and `quarter` (both in `count`: 1-4), `weekday`, `period` (a unit with a direction: "last week", "this
    year"), `offset` (count and unit from a point: "two days ago"), `nearby` (told from another event: "the following
    day"), `vague` ("recently"), `observance` and `anniversary` (their words in `name`).

    `weekday` counts from Monday 0. `direction` is last, this, next, ago, in, later, earlier, same, after or before;
    with a `month` or `day` and unit `year` it belongs to the year ("in January this year"). `part` is early, mid,
    late, earlier, later, morning, ... ; `modifier` the preposition in front when it changes the meaning: since, until,
    by, before, after; it is "named" for a day that names a past event ("the May 3 attacks").
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    end_weekday: int | None = None
    unit: str | None = None
    count: int | None = None
    direction: str | None = None
    part: str | None = None
    modifier: str | None = None
    name: str | None = None

    @property
    def is_full_day(self) -> bool:
        """Tell whether the expression names one day or a range of days with its year."""
        return self.kind == "day" and None not in (self.year, self.month, self.day)


def month_number(word: str) -> int:
    """Return 1-12 for a month's name or abbreviation."""
    return MONTHS[word.lower()[:3]]


def weekday_number(word: str) -> int:
    """Return 0-6, Monday first, for a weekday's name or abbreviation."""
    return WEEKDAYS[word.lower()[:3]]


def number(word: str) -> int:
    """Return the value of a cardinal in figures or words; raise KeyError for other words."""
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def ordinal(word: str) -> int:
    """Return the value of an ordinal in words ("twenty-fifth") or figures ("25th"); raise KeyError for other words."""
    digits = word[:-2]
    if digits.isdigit():
        return int(digits)
    return ORDINALS[word.lower().replace("-", " ").replace("\n", " ")]


def day_exists(year: int | None, month: int | None, day: int | None) -> bool:
    """Tell whether the day can exist: 29 February is possible while the year is not known."""
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= calendar.monthrange(year or 2000, month or 1)[1]
