"""Years from anniversaries and numbered sessions: "the 80th anniversary of the victory", "the 74th session".

Knowledge stands in `data/dating_anchors.tsv`, `dating_relations.tsv` and `dating_sessions.tsv`; each file is checked
as a whole when first read, and all its faults are reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract import edtf
from extract.gazetteer import Row, read_table

_RELATIONS = re.compile(r"\b(?:diplomatic|bilateral|relations|relationship|ties)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Founding:
    """An event whose anniversaries are marked: its EDTF date, its name, and the sets of words that tell of it."""

    date: str
    event: str
    words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An anniversary placed in time: its EDTF value (a day where the day itself is marked), the event, its date."""

    value: str
    event: str
    founded: str

    @property
    def year(self) -> int:
        """The year in which the anniversary falls."""
        return int(self.value[:4])


@dataclass(frozen=True, slots=True)
class SessionSeries:
    """A numbered series: sessions `first` to `last`, the first in `year`, `per_year` of them a year."""

    first: int
    last: int
    year: int
    per_year: int
    month: int | None
    name: str
    words: tuple[tuple[str, ...], ...]


def _word_sets(cell: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.lower().split()) for part in cell.split("|"))


@cache
def load_foundings() -> tuple[Founding, ...]:
    """Read the events with anniversaries; raises InputError naming every faulty line."""
    rows = read_table("dating_anchors.tsv", ("date", "event", "words"), _date_faults)
    return tuple(Founding(row["date"], row["event"], _word_sets(row["words"])) for row in rows)


@cache
def load_relations() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Read the pairs of states with the date of their relations; raises InputError naming every faulty line."""
    rows = read_table("dating_relations.tsv", ("date", "one", "other"), _date_faults)
    return tuple((row["date"], _any_of(row["one"]), _any_of(row["other"])) for row in rows)


def _any_of(cell: str) -> re.Pattern[str]:
    names = "|".join(re.escape(name.strip()) for name in sorted(cell.split("|"), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)")


@cache
def load_sessions() -> tuple[SessionSeries, ...]:
    """Read the numbered series; raises InputError naming every faulty line."""
    return tuple(
        SessionSeries(
            int(row["first"]), int(row["last"]), int(row["year"]), int(row["per_year"]),
            None if row["month"] == "-" else int(row["month"]), row["name"], _word_sets(row["words"]),
        )
        for row in read_table(
            "dating_sessions.tsv", ("first", "last", "year", "per_year", "month", "name", "words"), _session_faults
        )
    )


def _session_faults(row: Row) -> Iterator[str]:
    for column in ("first", "last", "year", "per_year"):
        if not row[column].isdigit() or not int(row[column]):
            yield f"{column}: {row[column]!r} is not a whole number above 0"
    if row["month"] != "-" and row["month"] not in {f"{number:02d}" for number in range(1, 13)}:
        yield f"month: {row['month']!r} is not a month such as 09, or -"


def _date_faults(row: Row) -> Iterator[str]:
    date = row["date"]
    if not edtf.is_valid(date) or "/" in date or date.startswith(edtf.UNKNOWN):
        yield f"date: {date!r} is not a day, month or year"


def _words(phrase: str) -> list[str]:
    return re.findall(r"[\w'.-]{0,40}\w", phrase.lower().replace("’", "'"))


def _fits(sets: tuple[tuple[str, ...], ...], words: Sequence[str]) -> bool:
    return any(
        all(any(w == want or (want[-1] == "*" and w.startswith(want[:-1])) for w in words) for want in alternative)
        for alternative in sets
    )


def anniversary_date(count: int | None, phrase: str | None, context: str = "") -> Anniversary | None:
    """Return when the `count`th anniversary of what `phrase` names falls, or None where the event is not known.

    Relations of two states count when `phrase` names both, or when it names none and exactly one pair of the table
    stands in `context` (the sentence or paragraph around).
    """
    if not count or not phrase:
        return None
    words = _words(phrase)
    for founding in load_foundings():
        if _fits(founding.words, words):
            return _add(count, founding.date, founding.event)
    if not _RELATIONS.search(phrase):
        return None
    for place in (phrase, f"{context} {phrase}"):
        pairs = [(date, a, b) for date, a, b in load_relations() if a.search(place) and b.search(place)]
        if len(pairs) == 1:
            return _add(count, pairs[0][0], "the establishment of diplomatic relations")
    return None


def _add(count: int, date: str, event: str) -> Anniversary | None:
    year = int(date[:4]) + count
    value = f"{year:04d}{date[4:]}"
    if not edtf.is_valid(value):
        value = f"{year:04d}"
    return Anniversary(value, event, date)


_SESSION = re.compile(
    r"\b(\d{1,3})(?:st|nd|rd|th)[ \n-](?=((?:[^\s.;:]{1,30}[ \n]){0,9}[^\s.;:]{1,30}))|\bCOP-?(\d\d)\b"
)


def session_years(text: str) -> list[tuple[int, int, int | None, str, int]]:
    """Return the numbered sessions told in `text`: offsets, month of opening if fixed, name, year."""
    found = []
    for match in _SESSION.finditer(text):
        number = int(match[1] or match[3])
        phrase = match[2] or "conference parties climate"
        for series in load_sessions():
            if series.first <= number <= series.last and _fits(series.words, _words(phrase)):
                year = series.year + (number - series.first) // series.per_year
                found.append((match.start(), match.end(), series.month, series.name, year))
                break
    return found
