"""Resolving calendar expressions: days, months, years, seasons and quarters, with or without their year."""

from __future__ import annotations

import datetime as dt

from extract import edtf
from extract.dating.anchor import NOTHING, RELATIVE, Anchor, Outcome, relative
from extract.mentions.timex_words import Timex, day_exists

PAST_REACH = 320
"""Days: how much nearer a coming day must be before a day told in the past tense is taken for it ("on March 7")."""
FUTURE_REACH = 200
"""Days: the same for a day told as to come."""
_A_MONTH = 31


def day_of_month(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """28 February 2024 is itself; 28 February is the nearest to the article's date that the tense allows."""
    if timex.day is not None and timex.month is None:
        return _bare_day(timex, anchor, tense)
    if timex.year is not None:
        return edtf_of(timex, timex.year), "explicit", "the text gives the full date"
    if timex.month is None:
        return NOTHING
    if anchor.year is None:
        return edtf_of(timex, None), "explicit without year", "the text gives month and day, nothing gives the year"
    if timex.unit == "year" and timex.direction:
        year = anchor.year + {"last": -1, "this": 0, "next": 1}[timex.direction]
        return edtf_of(timex, year), RELATIVE, f"{timex.direction} year, counted from the article's date {anchor.text}"
    year_found = nearest_year(timex, anchor, "past" if timex.modifier == "named" else tense)
    return edtf_of(timex, year_found), "month and day near the article's date", (
        f"the {_said(tense)} nearest to the article's date {anchor.text}"
    )


def _said(tense: str | None) -> str:
    return {"past": "past day of this name", "future": "coming day of this name"}.get(tense or "", "day of this name")


def edtf_of(timex: Timex, year: int | None) -> str:
    """Write a day, or a range of days, of which the year is given from outside (None: unknown)."""
    month, day = timex.month or 1, timex.day or 1
    if timex.end_day is None:
        if not day_exists(year, month, day):
            return edtf.UNKNOWN
        return f"{_y(year)}-{month:02d}-{day:02d}"
    end_month = timex.end_month or month
    backwards = (end_month, timex.end_day) < (month, day)
    end_year = timex.end_year if timex.year is not None and timex.end_year else None
    if year is not None and end_year is None:
        end_year = year + 1 if backwards else year
    first, last = f"{_y(year)}-{month:02d}-{day:02d}", f"{_y(end_year)}-{end_month:02d}-{timex.end_day:02d}"
    return first if first == last else f"{first}/{last}"


def _y(year: int | None) -> str:
    return edtf.UNKNOWN if year is None else f"{year:04d}"


def nearest_year(timex: Timex, anchor: Anchor, tense: str | None) -> int:
    """Choose the year of a month and day: its weekday must fit when told, then the tense and the distance decide."""
    at, best = anchor.middle, None
    assert at is not None and timex.month is not None
    for year in (at.year - 1, at.year, at.year + 1):
        if not day_exists(year, timex.month, timex.day):
            continue
        first = last = dt.date(year, timex.month, timex.day or 1)
        if timex.end_day:
            end_month = timex.end_month or timex.month
            end_year = year + (end_month < timex.month)
            if not day_exists(end_year, end_month, timex.end_day):
                continue  # "27-29 February" is of a leap year
            last = dt.date(end_year, end_month, timex.end_day)
        cost = _distance((first - at).days, (last - at).days, tense, anchor.slack)
        if timex.weekday is not None and first.weekday() != timex.weekday:
            cost += 1000.0
        if best is None or cost < best[0]:
            best = (cost, year)
    return best[1] if best else at.year


def _distance(first: int, last: int, tense: str | None, slack: int) -> float:
    """Weigh a candidate by its days from the anchor; negative is past. Against the tense it costs more."""
    if first <= slack and last >= -slack:
        return 0.0
    away = first if first > 0 else -last
    if tense == "past":
        return away if first <= 0 else away + (PAST_REACH if away > 1 + slack else 0)
    if tense == "future":
        return away if first > 0 else away + (FUTURE_REACH if away > slack else 0)
    return away * 1.2 if first > 0 else float(away)


def _bare_day(timex: Timex, anchor: Anchor, tense: str | None) -> Outcome:
    at = anchor.day
    if at is None or timex.day is None:
        return NOTHING
    options = []
    for shift in (-1, 0, 1):
        year, month = shift_month(at.year, at.month, shift)
        if day_exists(year, month, timex.day):
            options.append(dt.date(year, month, timex.day))
    if tense == "future":
        options = [day for day in options if day >= at] or options
    elif tense == "past":
        options = [day for day in options if day <= at] or options
    if not options:
        return NOTHING
    chosen = min(options, key=lambda day: abs((day - at).days))
    return chosen.isoformat(), RELATIVE, f"the {timex.day}th nearest to the article's date {anchor.text}"


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Return the year and month that lie `by` months away."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def month(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """November 2023 is itself; "in November", "last November" are the nearest that direction and tense allow."""
    assert timex.month is not None
    if timex.year is not None:
        return _months(timex, timex.year), "explicit", "the text gives month and year"
    if anchor.year is None:
        return _months(timex, None), "explicit without year", "the text gives the month, nothing gives the year"
    if timex.unit == "year" and timex.direction:
        counted = anchor.year + {"last": -1, "this": 0, "next": 1}[timex.direction]
        return relative(_months(timex, counted), anchor, f"{timex.direction} year")
    if anchor.month is None and anchor.slack <= _A_MONTH:
        # An article written somewhere between two days of neighbouring months: the later one is near enough.
        anchor = anchor.at_end
    year = anchor.year
    assert year is not None
    if anchor.month is not None:
        back = (anchor.month - timex.month) % 12
        if timex.direction in ("last", "past"):
            past, future = True, False
        else:
            past = (tense == "past" and back <= 10) or (tense in (None, "present", "past") and back <= 7)
            future = tense == "future" and back <= 10
        if timex.direction == "this":
            pass
        elif past or (not future and back == 0):
            back = back or (12 if timex.direction == "last" else 0)
            year = shift_month(year, anchor.month, -back)[0]
        else:
            ahead = (timex.month - anchor.month) % 12 or (12 if timex.direction == "next" else 0)
            year = shift_month(year, anchor.month, ahead)[0]
    return _months(timex, year), "month near the article's date", (
        f"the nearest month of this name to the article's date {anchor.text}"
    )


def _months(timex: Timex, year: int | None) -> str:
    first = f"{_y(year)}-{timex.month:02d}"
    if timex.end_month is None:
        return first
    end_year = timex.end_year if timex.year is not None and timex.end_year else year
    if timex.year is None and year is not None and timex.month is not None and timex.end_month < timex.month:
        end_year = year + 1
    return f"{first}/{_y(end_year)}-{timex.end_month:02d}"


def year_(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """2013 is itself, 2020-2021 a range."""
    assert timex.year is not None
    value = f"{timex.year:04d}" + (f"/{timex.end_year:04d}" if timex.end_year else "")
    return value, "explicit", "the text gives the year"


def decade(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """The 1990s run from 1990 to 1999."""
    assert timex.year is not None
    return f"{timex.year}/{timex.year + 9}", "explicit", "the text gives the decade"


def season(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """Spring 2015 is March to May; a season counts with its year alone where only that is known."""
    year = timex.year
    first = timex.count * 3 if timex.count else 3
    if year is None:
        if anchor.year is None:
            return NOTHING
        year = anchor.year
        at = anchor.month or 6
        if timex.unit == "year" and timex.direction:
            year += {"last": -1, "this": 0, "next": 1}.get(timex.direction, 0)
        elif timex.direction == "last" or (timex.direction is None and tense == "past"):
            year -= first >= at
        elif timex.direction == "next" or (timex.direction is None and tense == "future"):
            year += first <= at
        elif first == 12 and at <= 3:
            year -= 1
    end_year, end = shift_month(year, first, 2)
    basis = "explicit" if timex.year is not None else RELATIVE
    return f"{year:04d}-{first:02d}/{end_year:04d}-{end:02d}", basis, "seasons are taken as three months, northern"


def quarter(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """The fourth quarter of 2019 is October to December 2019; the first half is January to June."""
    year = timex.year
    if year is None and anchor.year is not None and timex.direction:
        year = anchor.year + {"last": -1, "this": 0, "next": 1}.get(timex.direction, 0)
    length = 6 if timex.unit == "half" else 3
    if year is None or timex.count is None or timex.count * length > 12:
        return NOTHING
    last = timex.count * length
    basis = "explicit" if timex.year else RELATIVE
    return f"{year:04d}-{last - length + 1:02d}/{year:04d}-{last:02d}", basis, "a part of the year that the text gives"
