"""EDTF level 0/1 dates as Readout writes them: `2024-02-28`, `2024-02`, `2024`, `XXXX-12-30`, `XXXX`, `a/b`.

Source of the notation: Extended Date/Time Format, Library of Congress, 2019 (ISO 8601-2:2019, annex A).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

UNKNOWN = "XXXX"
_KEPT = 20_000
"""Dates of which the days are remembered: the same ones are asked for again and again."""
_ONE = re.compile(r"(?:([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?|XXXX(?:-([0-9]{2})(?:-([0-9]{2}))?)?)\Z")


def is_valid(value: str) -> bool:
    """Tell whether `value` is a date or a range in Readout's subset of EDTF, with days that exist in the calendar."""
    first, slash, last = value.partition("/")
    if not slash:
        return _is_valid_date(first)
    if not (_is_valid_date(first) and _is_valid_date(last)):
        return False
    pair = bounds(value)
    return pair is None or pair[0] <= pair[1]


@lru_cache(maxsize=_KEPT)
def _is_valid_date(value: str) -> bool:
    match = _ONE.match(value)
    if not match:
        return False
    year, month, day, month_only, day_only = match.groups()
    if year == "0000":
        return False
    month, day = month or month_only, day or day_only
    if month and not 1 <= int(month) <= 12:
        return False
    return not day or 1 <= int(day) <= calendar.monthrange(int(year or 2000), int(month))[1]


@lru_cache(maxsize=_KEPT)
def bounds(value: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day that `value` covers, or None when its year is not known.

    Raises ValueError when `value` is not a date of this notation.
    """
    first, _, last = value.partition("/")
    begin, end = _edge(first, last=False), _edge(last or first, last=True)
    return None if begin is None or end is None else (begin, end)


def _edge(value: str, *, last: bool) -> dt.date | None:
    if not _is_valid_date(value):
        raise ValueError(f"not an EDTF date of level 0 or 1: {value!r}")
    if value.startswith(UNKNOWN):
        return None
    parts = [int(part) for part in value.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    day = parts[2] if len(parts) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    return dt.date(year, month, day)


def precision(value: str) -> str:
    """Return `day`, `month`, `year`, `range` or `unknown`; `unknown` also where only the year is missing."""
    if "/" in value:
        return "range"
    if value.startswith(UNKNOWN):
        return "unknown"
    return ("year", "month", "day")[value.count("-")]


def in_ascii(value: str) -> str:
    """Return a date whose digits may be those of another script with the digits of the notation."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in value)


def compatible(one: str, other: str) -> bool:
    """Tell whether the two dates can be the same: equal, or with days in common."""
    if one == other:
        return True
    a, b = bounds(one), bounds(other)
    return a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1]


def lasting(first: str, days: int) -> str:
    """Return the range of `days` days that begins on the day `first`. Raises ValueError when that is no day."""
    return f"{first}/{dt.date.fromisoformat(first) + dt.timedelta(days=days - 1)}"


def until(last: str, days: int) -> str:
    """Return the range of `days` days that ends on the day `last`. Raises ValueError when that is no day."""
    return f"{dt.date.fromisoformat(last) - dt.timedelta(days=days - 1)}/{last}"


def from_bounds(first: dt.date, last: dt.date) -> str:
    """Write the shortest EDTF value that covers exactly `first` to `last`."""
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04d}"
    month_end = calendar.monthrange(last.year, last.month)[1]
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day == month_end:
        return f"{first.year:04d}-{first.month:02d}"
    return f"{first.isoformat()}/{last.isoformat()}"
