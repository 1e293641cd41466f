"""Two countries: the parts that they take in each other's events, who met, and what comes next."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from dashboard.filters import Filters, also
from dashboard.query.archive import Archive
from dashboard.query.conditions import ORDER, ROW, conditions
from dashboard.query.countries import LAST


def combinations(archive: Archive, filters: Filters, a: str, b: str) -> pd.DataFrame:
    """Count the events of two countries by the parts that they take: `kind`, `first`, `second` (parts), `events`."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT kind, p.part AS first, q.part AS second, count(*) AS events
            FROM (SELECT event, kind, part FROM participants WHERE {where} AND country = $own) p
            JOIN (SELECT event, part FROM participants WHERE country = $other) q USING (event)
            GROUP BY ALL ORDER BY kind, events DESC, first, second""",
        params | {"own": a, "other": b},
    )


def visits_by_year(archive: Archive, filters: Filters, a: str, b: str) -> pd.DataFrame:
    """Count the dated visits between two countries by year of their first day: `year`, `part` (of `a`: visitor or
    host), `events`."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT year(date_first) AS year, p.part, count(*) AS events
            FROM (SELECT event, date_first, part FROM participants
                  WHERE {where} AND kind = 'visit' AND date_first IS NOT NULL AND country = $own) p
            JOIN (SELECT event, part FROM participants WHERE country = $other) q USING (event)
            WHERE ((p.part = 'visitor' AND q.part = 'host') OR (p.part = 'host' AND q.part = 'visitor'))
            GROUP BY ALL ORDER BY year, p.part""",
        params | {"own": a, "other": b},
    )


def met(archive: Archive, filters: Filters, a: str, b: str, limit: int = 50) -> pd.DataFrame:
    """Return who of `a` acts together with whom of `b`: `one`, `other`, `events`, `last` (EDTF), most events first."""
    where, params = conditions(filters)
    return archive.frame(
        f"""WITH chosen AS MATERIALIZED (
                     SELECT event, name, country, once, status, date, date_first, newest FROM actors WHERE {where}),
                 told AS (SELECT DISTINCT x.name AS one, y.name AS other
                          FROM chosen x JOIN chosen y ON x.event = y.event
                          WHERE x.country = $own AND y.country = $opposite AND x.name <> y.name),
                 acts AS (SELECT x.*, x.name AS one, y.name AS other FROM chosen x JOIN chosen y ON y.event = x.event
                          WHERE x.once AND y.once AND x.name <> y.name)
            SELECT one, other, count(*) AS events, {LAST}
            FROM acts SEMI JOIN told USING (one, other)
            GROUP BY one, other ORDER BY events DESC, one, other LIMIT {int(limit)}""",
        params | {"own": a, "opposite": b},
    )


def ends(archive: Archive, filters: Filters) -> dict[str, dict[str, Any] | None]:
    """Return the `last` event that took place and the `next` one that is planned, as rows of a list, or None.

    The next one is the earliest that is not over by the time of the last: nothing here knows today's date.
    """
    where, params = conditions(filters)
    last = _first(archive, f"{where} AND status = 'occurred' AND date_first IS NOT NULL", ORDER, params)
    since = last["date_first"] if last else dt.date.min
    to_come = _first(archive, f"{where} AND status = 'planned' AND date_last >= $since", "date_first, date_last, id",
                     params | {"since": since})
    return {"last": last, "next": to_come}


def _first(archive: Archive, where: str, order: str, params: dict[str, Any]) -> dict[str, Any] | None:
    """Return the first of some events as a row of a list, or None."""
    found = archive.one(f"SELECT event FROM events WHERE {where} ORDER BY {order} LIMIT 1", params)
    return archive.rows(f"SELECT {ROW} FROM events WHERE event = $event", {"event": found[0]})[0] if found else None


def both(filters: Filters, a: str, b: str, first: str = "any", second: str = "any") -> Filters:
    """Return the filters, narrowed to the events of two countries in these parts."""
    return also(also(filters, a, part=first), b, part=second)
