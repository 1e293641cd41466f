"""The network of countries: those with common events, the pairs, and the events of a state alone."""

from __future__ import annotations

import pandas as pd

from dashboard.filters import Filters, also
from dashboard.query.archive import Archive
from dashboard.query.conditions import ORDER, ROW, conditions
from dashboard.query.countries import every_pair


def weights(archive: Archive, filters: Filters, focus: str = "") -> dict[int, int]:
    """Return how many pairs of countries have just so many common events: number of events -> number of pairs.

    With a `focus`, only the pairs with that country count.
    """
    told = every_pair(archive, filters)
    own = told[(told["a"] == focus) | (told["b"] == focus)] if focus else told
    return {int(events): int(number) for events, number in own["events"].value_counts().sort_index().items()}


def nodes(archive: Archive, filters: Filters, least: int, focus: str = "", limit: int = 60) -> pd.DataFrame:
    """Return the most connected countries: those with most common events in pairs of at least `least` of them.

    Columns: `country`, `shared` (events summed over its pairs), `partners`, `events` (all of its own), `found` (the
    number of countries in such pairs). With a `focus`, that country and its partners.
    """
    where, params = conditions(filters)
    own = "AND $focus IN (a, b)" if focus else ""
    return archive.frame(
        f"""WITH strong AS (SELECT a, b, events FROM told WHERE events >= {int(least)} {own}),
            ends AS (SELECT a AS country, events FROM strong UNION ALL SELECT b, events FROM strong),
            ranked AS (SELECT country, sum(events)::INT AS shared, count(*) AS partners FROM ends GROUP BY country)
            SELECT r.*, count(*) OVER () AS found,
                   coalesce(t.events, 0) AS events
            FROM ranked r
            LEFT JOIN (SELECT country, count(*) AS events FROM participants WHERE {where} GROUP BY country) t
                USING (country)
            ORDER BY country = $focus DESC, shared DESC, country LIMIT {int(limit)}""",
        params | {"focus": focus}, told=every_pair(archive, filters),
    )


def edges(
    archive: Archive, filters: Filters, least: int, among: tuple[str, ...] | None, focus: str = "",
    limit: int = 400, offset: int = 0,
) -> pd.DataFrame:
    """Return the pairs of countries with at least `least` common events, most first: `a`, `b`, `events`, one a kind.

    `among` are the countries of which both must be, all if None; with a `focus` one of them must be that country.
    `found` is the number of pairs on all pages.
    """
    parts = [f"events >= {int(least)}"]
    parts += ["a = ANY($among) AND b = ANY($among)"] if among is not None else []
    parts += ["$focus IN (a, b)"] if focus else []
    return archive.frame(
        f"""SELECT *, count(*) OVER () AS found FROM told WHERE {" AND ".join(parts)}
            ORDER BY events DESC, a, b LIMIT {int(limit)} OFFSET {int(offset)}""",
        {"among": list(among or ()), "focus": focus}, told=every_pair(archive, filters),
    )


def alone(archive: Archive, filters: Filters) -> pd.DataFrame:
    """Count the events in which a state acts alone: `country`, `events`, `shared` (its events with others)."""
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT country, count(*) FILTER (states = 1) AS events, count(*) FILTER (states > 1) AS shared
            FROM participants WHERE {where} GROUP BY country HAVING count(*) FILTER (states = 1) > 0
            ORDER BY events DESC, country""",
        params,
    )


def alone_events(archive: Archive, filters: Filters, country: str, limit: int, offset: int = 0) -> pd.DataFrame:
    """Return a page of the events in which `country` acts alone, the newest first; `found` counts all."""
    where, params = conditions(also(filters, country))
    chosen = f"events WHERE {where} AND states = 1"
    return archive.frame(
        f"""SELECT {ROW}, (SELECT count(*) FROM {chosen}) AS found FROM {chosen}
            ORDER BY {ORDER} LIMIT {int(limit)} OFFSET {int(offset)}""",
        params,
    )
