"""Two countries: the parts that they take in each other's events, who met, what comes next, and the change lately."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.filters import Filters, also
from dashboard.query.archive import Archive
from dashboard.query.conditions import ORDER, ROW, conditions
from dashboard.query.countries import LAST

# A year is too coarse to lie in one of two periods: such an event would count in both.
EXACT = ("day", "range", "month")
MONTHS = 12


def combinations(archive: Archive, filters: Filters, a: str, b: str) -> pd.DataFrame:
    """Count the events of two countries by the parts that they take: `kind`, `first`, `second` (parts), `events`."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT kind, p.part AS first, q.part AS second, count(*) AS events
            FROM participants p JOIN participants q ON p.event = q.event AND q.country = $other
            JOIN events ON id = p.event WHERE {where} AND p.country = $own
            GROUP BY ALL ORDER BY kind, events DESC, first, second""",
        params | {"own": a, "other": b},
    )


def visits_by_year(archive: Archive, filters: Filters, a: str, b: str) -> pd.DataFrame:
    """Count the dated visits between two countries by year of their first day: `year`, `part` (of `a`: visitor or
    host), `events`."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT year(date_first) AS year, p.part, count(*) AS events
            FROM participants p JOIN participants q ON p.event = q.event AND q.country = $other
            JOIN events ON id = p.event
            WHERE {where} AND kind = 'visit' AND date_first IS NOT NULL AND p.country = $own
                  AND ((p.part = 'visitor' AND q.part = 'host') OR (p.part = 'host' AND q.part = 'visitor'))
            GROUP BY ALL ORDER BY year, p.part""",
        params | {"own": a, "other": b},
    )


def met(archive: Archive, filters: Filters, a: str, b: str, limit: int = 50) -> pd.DataFrame:
    """Return who of `a` acts together with whom of `b`: `one`, `other`, `events`, `last` (EDTF), most events first."""
    where, params = conditions(filters)
    return archive.frame(
        f"""WITH chosen AS (SELECT * FROM events WHERE {where}),
                 told AS (SELECT DISTINCT x.name AS one, y.name AS other FROM actors x
                          JOIN actors y ON x.event = y.event JOIN chosen ON id = x.event
                          WHERE x.country = $own AND y.country = $opposite AND x.name <> y.name),
                 acts AS (SELECT DISTINCT event, name FROM actors)
            SELECT one, other, count(*) AS events, {LAST}
            FROM told JOIN acts x ON x.name = one JOIN acts y ON y.name = other AND y.event = x.event
            JOIN chosen ON id = x.event GROUP BY one, other ORDER BY events DESC, one, other LIMIT {int(limit)}""",
        params | {"own": a, "opposite": b},
    )


def ends(archive: Archive, filters: Filters) -> dict[str, dict[str, Any] | None]:
    """Return the `last` event that took place and the `next` one that is planned, as rows of a list, or None.

    The next one is the earliest that is not over by the time of the last: nothing here knows today's date.
    """
    where, params = conditions(filters)
    took_place = archive.rows(
        f"""SELECT {ROW} FROM events WHERE {where} AND status = 'occurred' AND date_first IS NOT NULL
            ORDER BY {ORDER} LIMIT 1""", params)
    last = took_place[0] if took_place else None
    to_come = archive.rows(
        f"""SELECT {ROW} FROM events WHERE {where} AND status = 'planned' AND date_last >= $since
            ORDER BY date_first, date_last, id LIMIT 1""",
        params | {"since": last["date_first"] if last else dt.date.min})
    return {"last": last, "next": to_come[0] if to_come else None}


def last_day(archive: Archive, filters: Filters) -> dt.date | None:
    """Return the last day on which an event took place, of those whose day is known."""
    where, params = conditions(filters)
    row = archive.one(
        f"""SELECT max(date_last) FROM events
            WHERE {where} AND status = 'occurred' AND date_precision IN ('day', 'range')""", params)
    return row[0] if row else None


def periods(archive: Archive, filters: Filters) -> tuple[Filters, Filters] | None:
    """Return the filters of the latest period and of the one before it, of the same length, or None without a date.

    The period is the range of dates chosen, where both its ends are, and else the twelve months up to the last day on
    which an event among all that fit took place. Events known only to the year are left out of both.
    """
    exact = tuple(one for one in filters.precisions or EXACT if one in EXACT)
    if not exact:
        return None
    if filters.first and filters.last:
        first, last = filters.first, filters.last
        before = first - (last - first) - dt.timedelta(days=1)
    else:
        end = filters.last or last_day(archive, filters)
        if end is None:
            return None
        last = end
        first, before = (_months_before(last, months) + dt.timedelta(days=1) for months in (MONTHS, 2 * MONTHS))
    lately = replace(filters, precisions=exact, first=first, last=last)
    return lately, replace(lately, first=before, last=first - dt.timedelta(days=1))


def _months_before(day: dt.date, months: int) -> dt.date:
    moved: dt.date = (pd.Timestamp(day) - pd.DateOffset(months=months)).date()
    return moved


def both(filters: Filters, a: str, b: str, first: str = "any", second: str = "any") -> Filters:
    """Return the filters, narrowed to the events of two countries in these parts."""
    return also(also(filters, a, part=first), b, part=second)
