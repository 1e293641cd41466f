"""The events over time in rows: by kind, by country or by pair of countries; the planned ones in a row of their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from dashboard.filters import Filters
from dashboard.query.archive import Archive
from dashboard.query.conditions import ORDER, among, conditions
from dashboard.query.events import GRAINS
from extract.model import KINDS

WAYS = ("kind", "country", "pair")
PLANNED = "planned"
ROWS_AT_MOST = 8
# The rows to which each event belongs.
_MEMBERS = {
    "kind": "SELECT *, kind AS lane FROM events",
    "country": "SELECT *, country AS lane FROM participants",
    "pair": "SELECT *, pair AS lane FROM pairs",
}


def span(archive: Archive, filters: Filters) -> dict[str, Any]:
    """Return `first` and `last` of the dated events' days, the days `early` and `late` between which most lie, and
    their number, `dated`; the days are None where there are no events."""
    where, params = conditions(filters)
    row = archive.one(
        f"""SELECT min(date_first), max(date_last), quantile_disc(date_first, 0.1), quantile_disc(date_last, 0.97),
                   count(date_first) FROM events WHERE {where}""",
        params,
    )
    return dict(zip(("first", "last", "early", "late", "dated"), row, strict=True))


def lanes(archive: Archive, filters: Filters, by: str) -> pd.DataFrame:
    """Count the dated events of each row, those left out that are only planned: `lane` and `events`.

    The most come first; kinds have their own order. Raises ValueError for a way of making rows not among `WAYS`.
    """
    where, params = conditions(filters)
    counts = archive.frame(
        f"""SELECT lane, count(*) AS events FROM ({_members(by)})
            WHERE {where} AND date_first IS NOT NULL AND status <> 'planned'
            GROUP BY lane ORDER BY events DESC, lane""",
        params,
    )
    if by == "kind":
        counts = counts.sort_values("lane", key=lambda lane: lane.map(list(KINDS).index), ignore_index=True)
    return counts


def marks(archive: Archive, filters: Filters, by: str, keys: tuple[str, ...], limit: int = 5000) -> pd.DataFrame:
    """Return the dated events of some rows in order of time, once for each row that an event belongs to.

    The columns are `lane`, id, kind, status, salience, date, date_first, date_last, date_precision and title. An event
    that is only planned lies in the row `PLANNED` alone, which has all of them.
    """
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT lane, id, kind, status, salience, date, date_first, date_last, date_precision, title
            FROM ({_rows(by, "event", where, keys, params)}) JOIN events USING (event)
            ORDER BY date_first, date_last, id, lane LIMIT {int(limit)}""",
        params,
    )


def bins(
    archive: Archive, filters: Filters, by: str, keys: tuple[str, ...], unit: str, start: dt.date
) -> pd.DataFrame:
    """Count the dated events of some rows by unit of time and kind: `lane`, `bin`, `kind` and `events`.

    An event counts in the unit of its first day, or of `start` where it began before that and has not ended by then.
    Rows are as in `marks`. Raises ValueError for a unit not among `GRAINS`.
    """
    if unit not in GRAINS:
        raise ValueError(f"no unit of time: {unit!r}")
    where, params = conditions(filters)
    day = "CASE WHEN date_last >= $start THEN greatest(date_first, $start) ELSE date_first END"
    return archive.frame(
        f"""SELECT lane, date_trunc('{unit}', {day})::DATE AS bin, kind, count(*) AS events
            FROM ({_rows(by, "kind, date_first, date_last", where, keys, params)}) GROUP BY ALL ORDER BY 1, 2, 3""",
        params | {"start": start},
    )


def undated(archive: Archive, filters: Filters, limit: int) -> pd.DataFrame:
    """Return the first events without a year: id, kind, status, date and title; those with a month and day first."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT id, kind, status, date, title FROM events WHERE {where} AND date_first IS NULL
            ORDER BY date = 'XXXX', date, title, id LIMIT {int(limit)}""",
        params,
    )


def newest(archive: Archive, filters: Filters) -> str:
    """Return the id of the event that comes first in the order of lists, or an empty string."""
    where, params = conditions(filters)
    row = archive.one(f"SELECT id FROM events WHERE {where} ORDER BY {ORDER} LIMIT 1", params)
    return str(row[0]) if row else ""


def _rows(by: str, columns: str, where: str, keys: tuple[str, ...], params: dict[str, Any]) -> str:
    """Return the SELECT of columns of the dated events with their rows, of which some are wanted; planned ones have
    their own."""
    wanted = among("lane", "lane", keys, params)
    return f"""SELECT lane, {columns} FROM ({_members(by)})
               WHERE {where} AND date_first IS NOT NULL AND status <> 'planned' AND {wanted}
               UNION ALL SELECT '{PLANNED}', {columns} FROM events
               WHERE {where} AND date_first IS NOT NULL AND status = 'planned'"""


def _members(by: str) -> str:
    if by not in WAYS:
        raise ValueError(f"no way to make rows: {by!r}")
    return _MEMBERS[by]
