"""Facets: how many events each value of a filter would leave, given all the other filters."""

from __future__ import annotations

from collections import Counter

from dashboard.filters import Filters, without
from dashboard.query.archive import Archive
from dashboard.query.conditions import COLUMNS, conditions
from dashboard.query.tally import tallies

Counts = dict[str, int]
# The rows of an actor that count an event once for a name.
_TABLES = {"countries": ("participants", "country", ""), "people": ("actors", "name", " AND once"),
           "organizations": ("bodies", "organization", ""), "documents": ("tellings", "document", "")}


def facets(archive: Archive, filters: Filters, names_at_most: int = 400) -> dict[str, Counts]:
    """Return, for each field of the filters that has values to choose from, value -> number of events, most first.

    A field's own choice does not count against its values, but where all the values chosen must hold together: then a
    value's number is that of the events that would remain with it. Of names no more than `names_at_most` are returned.
    """
    return _words(archive, filters) | {
        field: _names(archive, filters, field, names_at_most) for field in _TABLES
    }


def _words(archive: Archive, filters: Filters) -> dict[str, Counts]:
    """Count the values of the fields that have few."""
    found: dict[str, Counter[str]] = {field: Counter() for field in COLUMNS.values()}
    for one in tallies(archive, filters):
        missed = one.missed(filters)
        for field, value in one.values.items():
            if not missed or missed == [field]:
                found[field][value] += one.events
    return {field: dict(sorted(counts.items(), key=lambda one: (-one[1], one[0]))) for field, counts in found.items()}


def _names(archive: Archive, filters: Filters, field: str, at_most: int) -> Counts:
    """Count the values of a field that may have very many: those with the most events."""
    table, column, rows = _TABLES[field]
    together = (field, "all") in {("countries", filters.match), ("people", filters.people_match)}
    where, params = conditions(filters if together else without(filters, field))
    counted = f"""SELECT {column} AS value, count(*) AS n FROM {table} WHERE {where}{rows}
                  GROUP BY 1 ORDER BY n DESC, 1 LIMIT {int(at_most)}"""
    if field == "documents":
        counted = f"""SELECT d.document AS value, n FROM ({counted}) JOIN documents d ON number = value
                      ORDER BY n DESC, number"""
    return {str(row["value"]): int(row["n"]) for row in archive.mappings(counted, params)}
