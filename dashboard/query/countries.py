"""Countries and pairs of countries: how many events, of which kinds, with whom, over time."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filters, also
from dashboard.query.archive import Archive
from dashboard.query.conditions import conditions
from dashboard.query.events import BY_KIND, GRAINS


def by_country(archive: Archive, filters: Filters) -> pd.DataFrame:
    """Count the events by participating country: `country`, `events` and one column a kind, most first."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT country, count(*) AS events, {BY_KIND} FROM participants JOIN events ON id = event WHERE {where}
            GROUP BY country ORDER BY events DESC, country""",
        params,
    )


def partners(archive: Archive, filters: Filters, country: str) -> pd.DataFrame:
    """Count the other countries in the events of `country`, as `by_country` does."""
    counts = by_country(archive, also(filters, country))
    return counts[counts["country"] != country].reset_index(drop=True)


def pairs(archive: Archive, filters: Filters, limit: int = 500) -> pd.DataFrame:
    """Count the events by pair of participating countries: `a`, `b` (a before b), `events`, a column a kind."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT p.country AS a, q.country AS b, count(*) AS events, {BY_KIND}
            FROM participants p JOIN participants q ON p.event = q.event AND p.country < q.country
            JOIN events ON id = p.event WHERE {where}
            GROUP BY a, b ORDER BY events DESC, a, b LIMIT {int(limit)}""",
        params,
    )


def trend(archive: Archive, filters: Filters, unit: str = "year") -> pd.DataFrame:
    """Count the dated events by participating country and unit of time: `country`, `bin`, `events`, in order of time.

    Raises ValueError for a unit that is not among `GRAINS`.
    """
    if unit not in GRAINS:
        raise ValueError(f"no unit of time: {unit!r}")
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT country, date_trunc('{unit}', date_first)::DATE AS bin, count(*) AS events
            FROM participants JOIN events ON id = event WHERE {where} AND date_first IS NOT NULL
            GROUP BY ALL ORDER BY country, bin""",
        params,
    )
