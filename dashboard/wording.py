"""The words of the dashboard: dates, kinds, counts and the active filters in plain English."""

from __future__ import annotations

import datetime as dt

from dashboard import geography
from dashboard.filters import Filters
from extract import edtf

KINDS = {"meeting": "Meeting", "visit": "Visit", "statement": "Statement", "agreement": "Agreement"}
KINDS_PLURAL = {"meeting": "Meetings", "visit": "Visits", "statement": "Statements", "agreement": "Agreements"}
GLYPHS = {"meeting": "●", "visit": "▲", "statement": "■", "agreement": "◆"}
STATUSES = {"occurred": "took place", "planned": "planned", "cancelled": "cancelled"}
ADJECTIVES = {"occurred": "past", "planned": "planned", "cancelled": "cancelled"}
SALIENCES = {"main": "main news", "background": "background"}
PRECISIONS = {
    "day": "to the day", "range": "first to last day", "month": "to the month", "year": "to the year",
    "unknown": "not to be known",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)


def day(value: dt.date) -> str:
    """Write a day: 28 February 2024."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def date(value: str) -> str:
    """Write an EDTF date in words: 28 February 2024, February 2024, 27 February to 2 March 2024, year not known."""
    if "/" in value:
        first, last = value.split("/")
        return f"{date(first)} to {date(last)}"
    known = [int(part) for part in value.split("-")[1:]]
    year = "" if value.startswith(edtf.UNKNOWN) else f" {int(value[:4])}"
    month = _MONTHS[known[0] - 1] if known else ""
    words = (f"{known[1]} {month}" if len(known) > 1 else month) + year
    if year:
        return words.strip()
    return f"{words}, year not known" if words else "no date known"


def short_date(value: str) -> str:
    """Write an EDTF date briefly, for lists: 28 Feb 2024, Feb 2024, 27 Feb – 2 Mar 2024."""
    first, _, last = value.partition("/")
    if last and first[:4] == last[:4] and first.count("-") == last.count("-"):
        begin = _short(first).removesuffix(f" {int(first[:4])}") if first[:4].isdigit() else _short(first)
        if first[:7] == last[:7] and first.count("-") == 2:
            begin = str(int(first[8:]))
        return f"{begin}–{_short(last)}" if begin.isdigit() else f"{begin} – {_short(last)}"
    return f"{_short(first)} – {_short(last)}" if last else _short(first)


def _short(value: str) -> str:
    words = date(value).replace(", year not known", " (no year)").split()
    return " ".join(word[:3] if word in _MONTHS else word for word in words)


def subtype(kind: str, value: str) -> str:
    """Write kind and subtype: Meeting, talks; Visit, state visit; plain Visit for a visit without a form."""
    return KINDS[kind] if value == kind else f"{KINDS[kind]}, {value.replace('_', ' ')}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Write a number with its noun: 1 event, 1,204 events."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: list[str], joint: str = "or") -> str:
    """Join words as a sentence does: a, b or c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


def sentence(filters: Filters) -> str:
    """Say in one sentence which filters are active; empty when none is."""
    parts = [listed([KINDS_PLURAL[kind].lower() for kind in filters.kinds]) if filters.kinds else "events"]
    if filters.statuses:
        parts.append("that are " + listed([ADJECTIVES[status] for status in filters.statuses]))
    if filters.saliences:
        parts.append("told as " + listed([SALIENCES[salience] for salience in filters.saliences]))
    if filters.countries:
        parts.append("with " + listed([geography.name(code) for code in filters.countries]))
    if filters.people:
        parts.append("by " + listed(list(filters.people)))
    if filters.text:
        parts.append(f"mentioning “{filters.text}”")
    if filters.first and filters.last:
        parts.append(f"between {day(filters.first)} and {day(filters.last)}")
    elif filters.first:
        parts.append(f"from {day(filters.first)}")
    elif filters.last:
        parts.append(f"until {day(filters.last)}")
    left_out = " Events of unknown year are left out." if filters.first or filters.last else ""
    return f"Only {parts[0]} {', '.join(parts[1:])}".rstrip() + f".{left_out}" if filters.any else ""
