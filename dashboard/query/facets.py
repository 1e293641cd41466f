"""Facets: how many events each value of a filter would leave, given all the other filters."""

from __future__ import annotations

from dashboard.filters import Filters, without
from dashboard.query.archive import Archive
from dashboard.query.conditions import conditions

Counts = dict[str, int]
_COLUMNS = {"kinds": "kind", "subtypes": "subtype", "statuses": "status", "saliences": "salience",
            "precisions": "date_precision", "reviews": "review"}
_TABLES = {"countries": ("participants", "country"), "people": ("actors", "name"),
           "organizations": ("bodies", "organization"), "documents": ("sources", "document")}


def facets(archive: Archive, filters: Filters, names_at_most: int = 400) -> dict[str, Counts]:
    """Return, for each field of the filters that has values to choose from, value -> number of events, most first.

    A field's own choice does not count against its values, but where all the values chosen must hold together: then a
    value's number is that of the events that would remain with it. Of names no more than `names_at_most` are returned.
    """
    found = {}
    for field, column in _COLUMNS.items():
        where, params = conditions(without(filters, field))
        found[field] = _counts(
            archive, f"SELECT {column} AS value, count(*) AS n FROM events WHERE {where} GROUP BY 1 ORDER BY n DESC, 1",
            params)
    for field, (table, column) in _TABLES.items():
        together = (field, "all") in {("countries", filters.match), ("people", filters.people_match)}
        where, params = conditions(filters if together else without(filters, field))
        found[field] = _counts(
            archive,
            f"""SELECT t.{column} AS value, count(DISTINCT t.event) AS n FROM {table} t
                WHERE t.event IN (SELECT id FROM events WHERE {where})
                GROUP BY 1 ORDER BY n DESC, 1 LIMIT {int(names_at_most)}""",
            params)
    return found


def _counts(archive: Archive, sql: str, params: dict[str, object]) -> Counts:
    return {str(row["value"]): int(row["n"]) for row in archive.rows(sql, params)}
