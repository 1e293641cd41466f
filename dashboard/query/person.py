"""One person: for which states, in which capacities, with whom, where to, and who is called alike."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.filters import Filters, acting
from dashboard.query.archive import Archive
from dashboard.query.conditions import ORDER, ROW, conditions
from dashboard.query.people import FIRST, LAST, TOGETHER

UNSTATED = "-"
_ALIKE = 0.9
_NEAR = 0.7


def capacities(archive: Archive, filters: Filters, name: str) -> pd.DataFrame:
    """Return the capacities in which a person acts, the latest first: `role` as written and `country`, either None
    where the text does not tell; `events`; `first` and `last`, dates."""
    where, params = conditions(acting(filters, name))
    return archive.frame(
        f"""SELECT role, country, count(*) AS events, {FIRST} AS first,
                   {LAST} AS last
            FROM (SELECT DISTINCT event, role, country, date_first, begins FROM actors WHERE name = $name AND {where})
            GROUP BY role, country ORDER BY max(date_first) DESC NULLS LAST, events DESC, role, country""",
        params | {"name": name},
    )


def states(archive: Archive, filters: Filters, name: str) -> list[tuple[str, int]]:
    """Return the states for which a person acts, each with its number of events, most first; "" where none is told."""
    where, params = conditions(acting(filters, name))
    found = archive.rows(
        f"""SELECT coalesce(country, '') AS country, count(DISTINCT event) AS n FROM actors
            WHERE name = $name AND {where} GROUP BY 1 ORDER BY n DESC, 1""",
        params | {"name": name},
    )
    return [(row["country"], int(row["n"])) for row in found]


def acts(
    archive: Archive, filters: Filters, name: str, country: str, role: str, limit: int, offset: int = 0
) -> pd.DataFrame:
    """Return a page of the events in which a person acts for a state and in a capacity; the newest first.

    An empty `country` or `role` is any, `UNSTATED` that none is told. The column `found` counts those on all pages.
    """
    where, params = conditions(acting(filters, name))
    parts = ["name = $name"]
    for column, value in (("country", country), ("role", role)):
        if value:
            parts.append(f"{column} IS NULL" if value == UNSTATED else f"{column} = $of_{column}")
    chosen = f"events WHERE {where} AND event IN (SELECT event FROM actors WHERE {' AND '.join(parts)})"
    return archive.frame(
        f"""SELECT {ROW}, (SELECT count(*) FROM {chosen}) AS found FROM {chosen}
            ORDER BY {ORDER} LIMIT {int(limit)} OFFSET {int(offset)}""",
        params | {"name": name, "of_country": country, "of_role": role},
    )


def travels(archive: Archive, filters: Filters, name: str) -> pd.DataFrame:
    """Count the meetings and visits that took place by the part of the person's state and the other state.

    Columns: `way` ("went": the other state is the host; "received": this one is), `own` (the person's state), `part`
    and `other_part` as the record has them, `country`, `events`, `last` (a date), `places`.
    """
    where, params = conditions(acting(filters, name))
    return archive.frame(
        f"""WITH own AS (SELECT DISTINCT country FROM actors WHERE name = $name AND country IS NOT NULL)
            SELECT CASE WHEN q.part = 'host' THEN 'went' ELSE 'received' END AS way, p.country AS own, p.part,
                   q.part AS other_part, q.country, count(*) AS events, {LAST} AS last,
                   list_sort(list(DISTINCT place) FILTER (place IS NOT NULL)) AS places
            FROM (SELECT event, date_first, begins, place FROM events
                  WHERE {where} AND kind IN {TOGETHER} AND status = 'occurred') e
            JOIN (SELECT event, country, part FROM participants) p
                ON p.event = e.event AND p.country IN (SELECT country FROM own)
            JOIN (SELECT event, country, part FROM participants) q ON q.event = e.event AND q.country <> p.country
            WHERE ((p.part IN ('visitor', 'guest') AND q.part = 'host')
                   OR (p.part = 'host' AND q.part IN ('visitor', 'guest')))
            GROUP BY ALL ORDER BY way DESC, events DESC, q.country, p.country, p.part""",
        params | {"name": name},
    )


def alike(archive: Archive, name: str, limit: int = 5, known: bool = False) -> list[dict[str, Any]]:
    """Return the people whose names are nearest to `name`, the nearest first: `name`, `events`, `country`.

    For a name that the record has (`known`), only those that may be another writing of it: nearly the same letters, or
    all the words of the shorter name among those of the longer.
    """
    least = _ALIKE if known else _NEAR
    return archive.rows(
        f"""WITH near AS (
                SELECT name, jaro_winkler_similarity(fold(name), fold($name)) AS nearness,
                       string_split(fold(name), ' ') AS own, string_split(fold($name), ' ') AS asked,
                       list_has_all(own, asked) OR list_has_all(asked, own) AS within
                FROM (SELECT DISTINCT name FROM actors WHERE name <> $name)
                WHERE nearness >= {least} OR within ORDER BY within DESC, nearness DESC, name LIMIT {int(limit)})
            SELECT name, count(*) FILTER (once) AS events, mode(country) AS country
            FROM near JOIN actors USING (name) GROUP BY name, within, nearness
            ORDER BY within DESC, nearness DESC, name""",
        {"name": name},
    )
