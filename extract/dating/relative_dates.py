"""Resolving relative expressions: weekdays, "last week", "two days ago", "the following day", "recently"."""

from __future__ import annotations

import datetime as dt

from extract import edtf
from extract.dating.anchor import NOTHING, Anchor, Outcome, relative
from extract.mentions.timex_words import Timex

_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MANY_WEEKS = 5
_ROUND = 5
"""Years from which "more than" and "nearly" tell a round number."""


def weekday(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """On Wednesday: the last one on or before the article's day, the next one where the sentence looks ahead."""
    at = anchor.day
    assert timex.weekday is not None
    if at is None:
        return relative(anchor.month_value, anchor, "a weekday") if anchor.day_of_month is None else NOTHING
    back = (at.weekday() - timex.weekday) % 7
    monday = at - dt.timedelta(days=at.weekday())
    ahead = tense == "future"
    if timex.unit == "week" and timex.direction:
        weeks = {"last": -1, "this": 0, "next": 1}.get(timex.direction, 0)
        day = monday + dt.timedelta(days=7 * weeks + timex.weekday)
        why = f"this weekday of {timex.direction} week"
    elif timex.direction == "next" or (ahead and timex.direction != "last"):
        day = at + dt.timedelta(days=(timex.weekday - at.weekday()) % 7 or (7 if timex.direction == "next" else 0))
        why = "the coming day of this name"
    elif timex.direction == "this":
        day, why = monday + dt.timedelta(days=timex.weekday), "the day of this name in the article's week"
    else:
        day = at - dt.timedelta(days=back or (7 if timex.direction in ("last", "previous") else 0))
        why = "the last day of this name"
    basis = "weekday after the article's date" if day > at else "weekday before the article's date"
    value = day.isoformat()
    if timex.end_weekday is not None and timex.end_weekday != timex.weekday:
        last = day + dt.timedelta(days=(timex.end_weekday - timex.weekday) % 7)
        value = edtf.from_bounds(day, last)
    return value, basis, f"{why}, from the article's date {anchor.text}"


def period(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """Last week is Monday to Sunday; this week ends today when told in the past; last month is a month."""
    step = {"last": -1, "this": 0, "next": 1}.get(timex.direction or "", 0)
    words = f"{timex.direction or 'the'} {timex.unit}"
    if timex.unit == "week":
        return relative(_week(timex, anchor, tense, step), anchor, words)
    if timex.unit == "weekend":
        return relative(_weekend(timex, anchor, tense), anchor, words)
    if timex.unit == "month":
        return relative(anchor.month_away(step), anchor, words)
    if timex.unit == "year" and anchor.year is not None:
        return relative(f"{anchor.year + step:04d}", anchor, words)
    return NOTHING


def _week(timex: Timex, anchor: Anchor, tense: str | None, step: int) -> str | None:
    at = anchor.day
    if at is None:
        return anchor.month_value
    monday = at + dt.timedelta(days=7 * step - at.weekday())
    sunday = monday + dt.timedelta(days=6)
    if step == 0 and at > monday and (timex.part in ("earlier", "early") or (tense == "past" and timex.part is None)):
        return edtf.from_bounds(monday, at)
    if step == 0 and timex.part in ("later", "late") and at < sunday:
        return edtf.from_bounds(at, sunday)
    return edtf.from_bounds(monday, sunday)


def _weekend(timex: Timex, anchor: Anchor, tense: str | None) -> str | None:
    at = anchor.day
    if at is None:
        return anchor.month_value
    saturday = at - dt.timedelta(days=(at.weekday() - 5) % 7)
    last_one_over = at.weekday() < 5
    ahead = timex.direction == "next" or (timex.direction in (None, "this") and tense == "future")
    if (ahead and last_one_over) or (ahead and timex.direction == "next"):
        saturday += dt.timedelta(days=7)
    elif timex.direction == "last" and not last_one_over:
        saturday -= dt.timedelta(days=7)
    return edtf.from_bounds(saturday, saturday + dt.timedelta(days=1))


def offset(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """Two days ago is a day, a week ago a week, three months ago a month, ten years ago a year.

    "More than thirty years ago" is none that could be named.
    """
    if timex.count is None or timex.unit is None or _is_round(timex):
        return NOTHING
    sign = 1 if timex.direction == "in" else -1
    if sign > 0 and (tense == "past" or (tense != "future" and timex.unit == "year")):
        return NOTHING  # "the first visit in 20 years", "in two days they visited five cities"
    if timex.unit == "week" and timex.count >= _MANY_WEEKS and anchor.day is not None:
        # "six weeks ago" counts to no week.
        day = anchor.day + dt.timedelta(weeks=sign * timex.count)
        return relative(f"{day:%Y-%m}", anchor, f"{timex.count} weeks {'ahead' if sign > 0 else 'back'}")
    away = f"{timex.count} {timex.unit}{'' if timex.count == 1 else 's'}"
    words = f"{away} {'ahead' if sign > 0 else 'back'}" if timex.count else f"the same {timex.unit}"
    return relative(_move(anchor, timex.unit, sign * timex.count), anchor, words)


def _is_round(timex: Timex) -> bool:
    years = (timex.count or 0) * {"year": 1, "decade": 10, "century": 100}.get(timex.unit or "", 0)
    return timex.part == "about" and years >= _ROUND


def _move(anchor: Anchor, unit: str, by: int) -> str | None:
    """Return the EDTF value `by` units away from the anchor, to the precision of the unit and the anchor."""
    if unit == "hour":
        unit, by = "day", (1 if by > 0 else -1) * round(abs(by) / 24)
    if unit in _DAYS:
        return _move_days(anchor, unit, by)
    if unit == "month":
        return anchor.month_away(by)
    if unit in ("year", "decade", "century") and anchor.year is not None:
        year = anchor.year + by * {"year": 1, "decade": 10, "century": 100}[unit]
        return f"{year:04d}" if 1 <= year <= 9999 else None
    return None


def _move_days(anchor: Anchor, unit: str, by: int) -> str | None:
    at = anchor.day
    if at is None:
        return anchor.day_away(by * _DAYS[unit])
    try:
        day = at + dt.timedelta(days=by * _DAYS[unit])
    except OverflowError:
        return None
    if unit == "day" or day.year < 2 or day.year > 9998:
        return day.isoformat() if day.year >= 1 else None
    monday = day - dt.timedelta(days=day.weekday())
    return edtf.from_bounds(monday, monday + dt.timedelta(days=6))


def nearby(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """The following day, the same month, two days later: counted from what was told before, not from the article."""
    if told is None or timex.count is None or timex.unit is None:
        return NOTHING
    if timex.count == 0 and timex.unit == "day":
        value: str | None = told.text
    elif timex.count == 0 and timex.unit == "week":
        value = _week(timex, told, None, 0)
    else:
        value = _move(told.at_end if timex.count > 0 else told, timex.unit, timex.count)
    basis = {1: f"following {timex.unit}", 0: f"same {timex.unit}", -1: f"previous {timex.unit}"}.get(
        timex.count, "counted from what was told before"
    )
    return (value, basis, f"counted from {told.text}, told before it") if value else NOTHING


def vague(timex: Timex, anchor: Anchor, tense: str | None, told: Anchor | None) -> Outcome:
    """Recently, in the past few weeks: the article's year is all that it says; in January last month counts too."""
    if anchor.year is None or anchor.month is None or timex.unit in ("year", "decade"):
        return NOTHING
    if anchor.month == 1 and timex.direction != "next":
        return f"{anchor.year - 1:04d}-12/{anchor.year:04d}-01", "vague", "recently, told in January"
    return f"{anchor.year:04d}", "vague", f"not long before or after the article's date {anchor.text}"
