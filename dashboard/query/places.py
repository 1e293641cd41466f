"""Places: where events took place, as points; and the events that no map can show."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.filters import Filters
from dashboard.query.archive import Archive
from dashboard.query.conditions import ORDER, ROW, among, conditions
from dashboard.query.events import BY_KIND
from extract import coordinates

# Beside the keys of places, what can be said of an event's place; words, so that no key is one of them.
NOT_STATED, STATE, UNKNOWN, STATELESS = "not-stated", "state", "unknown", "no-country"
WITHOUT_POINT = (NOT_STATED, STATE, UNKNOWN)
_COLUMNS = ("site", "spot", "name", "country", "lat", "lon")


def by_place(archive: Archive, filters: Filters) -> pd.DataFrame:
    """Count the events by the point where they took place, most first.

    Columns: `spot` (the key of the place), `name`, `country`, `lat`, `lon`, `events` and one a kind.
    """
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT spot, any_value(name) AS name, any_value(country) AS country, any_value(lat) AS lat,
                   any_value(lon) AS lon, count(*) AS events, {BY_KIND}
            FROM {_located(archive)} WHERE {where} AND lat IS NOT NULL
            GROUP BY spot ORDER BY events DESC, name, spot""",
        params,
    )


def without_point(archive: Archive, filters: Filters) -> dict[str, int]:
    """Count the events that have no point: whose place is `not-stated`, a whole `state`, or `unknown`."""
    where, params = conditions(filters)
    rows = archive.rows(
        f"SELECT {_SPOT} AS spot, count(*) AS events FROM {_located(archive)} WHERE {where} AND lat IS NULL GROUP BY 1",
        params,
    )
    return {row["spot"]: int(row["events"]) for row in rows}


def off_the_map(archive: Archive, filters: Filters, drawn: tuple[str, ...]) -> dict[str, int]:
    """Count the `events` of which no country is drawn, and among them those without any country (`stateless`)."""
    where, params = conditions(filters)
    [stateless] = archive.one(f"SELECT count(*) FROM events WHERE {where} AND states = 0", params)
    [others] = archive.one(
        f"""SELECT count(*) FROM (SELECT event FROM participants
                                  WHERE {where} AND NOT ({among("country", "drawn", drawn, params)})
                                  GROUP BY event HAVING count(*) = any_value(states))""",
        params,
    )
    return {"events": stateless + others, "stateless": stateless}


def page_at(archive: Archive, filters: Filters, spot: str, limit: int, offset: int = 0) -> pd.DataFrame:
    """Return a page of the events at a place, the newest first, or of those of which `spot` says why they have none."""
    where, params = conditions(filters)
    tables, which = _which(archive, spot)
    return archive.frame(
        f"""SELECT {ROW} FROM {tables} WHERE {where} AND {which} ORDER BY {ORDER}
            LIMIT {int(limit)} OFFSET {int(offset)}""",
        params | {"spot": spot},
    )


def count_at(archive: Archive, filters: Filters, spot: str) -> int:
    """Count the events at a place, or those of which `spot` says why they have none."""
    where, params = conditions(filters)
    tables, which = _which(archive, spot)
    return int(archive.one(f"SELECT count(*) FROM {tables} WHERE {where} AND {which}", params | {"spot": spot})[0])


def place_of(archive: Archive, event: str) -> dict[str, Any] | None:
    """Return the point where an event took place (`spot`, `name`, `country`, `lat`, `lon`), or None."""
    rows = archive.rows(
        f"SELECT spot, name, country, lat, lon FROM {_located(archive)} WHERE id = $id AND lat IS NOT NULL",
        {"id": event},
    )
    return rows[0] if rows else None


_SPOT = f"coalesce(spot, '{NOT_STATED}')"


def _which(archive: Archive, spot: str) -> tuple[str, str]:
    if spot == STATELESS:
        return "events", "states = 0"
    return _located(archive), f"{_SPOT} = $spot"


def _located(archive: Archive) -> str:
    """Return the events joined with the points of their places; these are looked up once a store, when first asked for.

    Where the record tells no state of the place, the states that take part say which city of that name is meant.
    """
    def look_up() -> pd.DataFrame:
        told = archive.mappings("SELECT site, place, home, takers FROM sites")
        return pd.DataFrame([_spot(**row) for row in told], columns=_COLUMNS).astype({"lat": float, "lon": float})

    archive.add("spots", look_up)
    return "(SELECT e.*, s.spot, s.name, s.country, s.lat, s.lon FROM events e LEFT JOIN spots s USING (site))"


def _spot(site: int, place: str, home: str, takers: str) -> tuple[Any, ...]:
    """Return a row of the table of points: what the record says of a place, and where that is."""
    found = coordinates.find(place, home or None, tuple(filter(None, takers.split(","))))
    if found:
        return site, found.key, found.name, found.country, found.lat, found.lon
    return site, STATE if coordinates.is_state(place) else UNKNOWN, None, None, None, None
