"""People: who acts, for which country, in which capacity, with whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.filters import Filters
from dashboard.query.archive import Archive
from dashboard.query.conditions import among, conditions, words
from dashboard.query.events import BY_KIND, GRAINS
from extract.model import KINDS

TOGETHER = ("meeting", "visit")
# The dates of the first and the last event, as the record writes them; those without a year are neither.
FIRST = "substring(min(begins), 11)"
LAST = "substring(max(begins), 11)"
SORTS = {
    "name": "fold(name) {}", "country": "country {} NULLS LAST", "role": "fold(roles[1]) {} NULLS LAST",
    "events": "events {}", "meeting": "meeting {}", "visit": "visit {}", "statement": "statement {}",
    "agreement": "agreement {}", "first": "first_day {} NULLS LAST", "last": "last_day {} NULLS LAST",
}
_SORTED = {
    **{kind: f", count(*) FILTER (kind = '{kind}') AS {kind}" for kind in KINDS},
    "first": ", min(date_first) AS first_day", "last": ", max(date_first) AS last_day",
}
PAIR_SORTS = {
    "a": "fold(a) {}, fold(b) {}", "b": "fold(b) {}, fold(a) {}", "met": "met {}", "meeting": "meeting {}",
    "visit": "visit {}", "other": "other {}", "last": "last_day {} NULLS LAST",
}
_MET = ", ".join(f"count(*) FILTER (status = 'occurred' AND kind = '{kind}') AS {kind}" for kind in TOGETHER)

# What the events of a pair say of each of the two; asked for the pairs that are shown, not for all.
_SIDES = ", ".join(
    f"list_sort(list(DISTINCT {side}.{column}) FILTER ({side}.{column} IS NOT NULL)) AS {name}_{end}"
    for end, side in (("a", "p"), ("b", "q")) for column, name in (("country", "countries"), ("role", "roles"))
)


def people(archive: Archive, filters: Filters, country: str = "", limit: int = 50) -> pd.DataFrame:
    """Return the people who act, for `country` if one is given, most events first.

    Columns: `name`, `country` and `role` (the commonest), `events`.
    """
    where, params = conditions(filters)
    own = " AND a.country = $own" if country else ""
    return archive.frame(
        f"""SELECT a.name, mode(a.country) AS country, mode(a.role) AS role, count(DISTINCT a.event) AS events
            FROM actors a WHERE {where}{own}
            GROUP BY a.name ORDER BY events DESC, a.name LIMIT {int(limit)}""",
        params | {"own": country},
    )


def unknown_names(archive: Archive, field: str, names: tuple[str, ...]) -> list[str]:
    """Return those of the names of a field of the filters (people, organizations, documents) that no event has."""
    table, column = {
        "people": ("actors", "name"), "with_people": ("actors", "name"), "organizations": ("bodies", "organization"),
        "documents": ("documents", "document"), "with_documents": ("documents", "document"),
    }[field]
    params: dict[str, Any] = {}
    found = archive.frame(
        f"SELECT DISTINCT {column} AS name FROM {table} WHERE {among(column, 'named', names, params)}", params)
    return [name for name in names if name not in set(found["name"])]


def meeting(filters: Filters, *kinds: str) -> Filters | None:
    """Return the filters, narrowed to meetings and visits that took place, or None when they leave all of those out."""
    wanted = tuple(kind for kind in kinds or TOGETHER if not filters.kinds or kind in filters.kinds)
    if not wanted or (filters.statuses and "occurred" not in filters.statuses):
        return None
    return replace(filters, kinds=wanted, statuses=("occurred",))


def unmet(filters: Filters) -> Filters | None:
    """Return the filters, narrowed to meetings and visits planned or called off, or None when they leave all out."""
    kinds = tuple(kind for kind in TOGETHER if not filters.kinds or kind in filters.kinds)
    statuses = tuple(one for one in ("planned", "cancelled") if not filters.statuses or one in filters.statuses)
    return replace(filters, kinds=kinds, statuses=statuses) if kinds and statuses else None


def _asked(find: str, columns: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """Return the condition that one of the columns holds each word looked for."""
    params: dict[str, Any] = {f"find{number}": word for number, word in enumerate(words(find))}
    each = " AND ".join(f"contains(fold(%), fold(${key}))" for key in params) or "true"
    clause = " OR ".join(f"({each.replace('%', column)})" for column in columns)
    return f"({clause})", params


def persons(
    archive: Archive, filters: Filters, find: str, limit: int, offset: int = 0, sort: str = "events",
    descending: bool = True,
) -> pd.DataFrame:
    """Return a page of the people whose name has each word of `find`, sorted by one of `SORTS` (else by events).

    Columns: `name`; `events` and one a kind; `countries` with `acts` (how many of the events for each, most first) and
    `unstated` (events for no state that is told); `roles`, the commonest first; `first` and `last`, dates; `found`, the
    number of people on all pages.
    """
    where, params = conditions(filters)
    named, asked = _asked(find, ("a.name",))
    order = SORTS.get(sort, SORTS["events"]).replace("{}", "DESC" if descending else "ASC") + ", events DESC, name"
    # What is only shown is asked for those who are; by state or capacity they are sorted when that is known of all.
    early, cut = sort not in ("country", "role"), f" LIMIT {int(limit)} OFFSET {int(offset)}"
    return archive.frame(
        f"""WITH named AS NOT MATERIALIZED (SELECT * FROM actors a WHERE {where} AND {named}),
            sums AS (SELECT name, count(*) AS events{_SORTED.get(sort, "")} FROM named WHERE once GROUP BY name),
            shown AS (SELECT name FROM sums{f" ORDER BY {order} {cut}" if early else ""}),
            acts AS (SELECT * FROM named WHERE name IN (SELECT name FROM shown)),
            counted AS (
                SELECT name, count(*) AS events, {BY_KIND}, {FIRST} AS first, {LAST} AS last,
                       min(date_first) AS first_day, max(date_first) AS last_day
                FROM acts WHERE once GROUP BY name),
            states AS (
                SELECT name, list(country ORDER BY n DESC, country) FILTER (country IS NOT NULL) AS countries,
                       list(n ORDER BY n DESC, country) FILTER (country IS NOT NULL) AS acts,
                       coalesce(sum(n) FILTER (country IS NULL), 0)::INT AS unstated
                FROM (SELECT name, country, count(DISTINCT event)::INT AS n FROM acts GROUP BY ALL) GROUP BY name),
            capacities AS (
                SELECT name, list(role ORDER BY n DESC, role) AS roles
                FROM (SELECT name, role, count(DISTINCT event) AS n FROM acts WHERE role IS NOT NULL GROUP BY ALL)
                GROUP BY name)
            SELECT *, countries[1] AS country, (SELECT count(*) FROM sums) AS found
            FROM counted JOIN states USING (name) LEFT JOIN capacities USING (name)
            ORDER BY {order}{"" if early else cut}""",
        params | asked,
    )


def trend(archive: Archive, filters: Filters, names: tuple[str, ...], unit: str = "year") -> pd.DataFrame:
    """Count the dated events of these people by unit of time: `name`, `bin`, `events`, in order of time.

    Raises ValueError for a unit that is not among `GRAINS`.
    """
    if unit not in GRAINS:
        raise ValueError(f"no unit of time: {unit!r}")
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT name, date_trunc('{unit}', date_first)::DATE AS bin, count(DISTINCT event) AS events
            FROM actors
            WHERE {where} AND date_first IS NOT NULL AND {among("name", "named", names, params)}
            GROUP BY ALL ORDER BY name, bin""",
        params,
    )


def pairs(
    archive: Archive, filters: Filters, find: str, limit: int, offset: int = 0, sort: str = "met",
    descending: bool = True, compatriots: bool = False, person: str = "",
) -> pd.DataFrame:
    """Return a page of the pairs of people in the same meeting, visit or call, sorted by one of `PAIR_SORTS`.

    Columns: `a`, `b`; `met` in all and `meeting`, `visit` (that took place), `other` (planned or called off); `last`,
    the date of the last of those that took place; `countries_a`, `roles_a`, `countries_b`, `roles_b` as stated in
    these events; `found`, the number of pairs on all pages. `find` looks at either name, `person`
    is one of the two. Pairs that act for one and the same state in all their events are left out unless `compatriots`.
    """
    where, params = conditions(filters)
    named, asked = _asked(find, ("a", "b"))
    if person:
        named, asked = f"{named} AND (a = $person OR b = $person)", asked | {"person": person}
    order = PAIR_SORTS.get(sort, PAIR_SORTS["met"]).replace("{}", "DESC" if descending else "ASC")
    apart = "true" if compatriots else "apart"
    return archive.frame(
        f"""WITH chosen AS NOT MATERIALIZED (SELECT * FROM actors WHERE {where} AND kind IN {TOGETHER}),
            counted AS (
                SELECT a, b, count(*) FILTER (status = 'occurred') AS met, {_MET},
                       count(*) FILTER (status <> 'occurred') AS other,
                       max(date_first) FILTER (status = 'occurred') AS last_day
                FROM encounters WHERE {where} AND {named} GROUP BY a, b HAVING bool_or({apart})),
            shown AS (
                SELECT *, (SELECT count(*) FROM counted) AS found FROM counted
                ORDER BY {order}, met DESC, other DESC, last_day DESC NULLS LAST, a, b
                LIMIT {int(limit)} OFFSET {int(offset)}),
            told AS (
                SELECT a, b, substring(max(p.begins) FILTER (p.status = 'occurred'), 11) AS last, {_SIDES}
                FROM shown JOIN chosen p ON p.name = a JOIN chosen q ON q.name = b AND q.event = p.event GROUP BY a, b)
            SELECT shown.*, told.* EXCLUDE (a, b) FROM shown JOIN told USING (a, b)
            ORDER BY {order}, met DESC, other DESC, last_day DESC NULLS LAST, a, b""",
        params | asked,
    )
