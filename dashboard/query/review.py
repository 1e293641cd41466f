"""What stands by the decisions of analysts: one event as a record, what became of it, what may tell the same act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.query.archive import Archive
from dashboard.query.conditions import among
from extract.corrections import Review
from extract.record import Event
from extract.store import events_of
from extract.store_tables import SCHEMAS

# How far from each other two tellings of one act may be dated.
_DAYS = 31


def record(archive: Archive, identifier: str) -> Event | None:
    """Return an event as the record has it now, with all its sources; None where there is none of this id."""
    columns = ", ".join(f'"{name}"' for name in SCHEMAS["events"].names)
    rows = archive.rows(f"SELECT {columns} FROM events WHERE id = $id", {"id": identifier})
    sources = archive.rows(
        """SELECT * REPLACE ($id AS event) FROM sources WHERE event = (SELECT event FROM events WHERE id = $id)""",
        {"id": identifier})
    return events_of(rows, sources, "the store")[0] if rows else None


def decision(archive: Archive, identifier: str) -> Review | None:
    """Return what was decided about an event that stands."""
    return archive.reviewed.reviews.get(identifier)


def fate(archive: Archive, identifier: str) -> tuple[tuple[Event, Review] | None, tuple[str, ...]]:
    """Return what became of an event that the record has no more: what it was and its rejection, or the ids of the
    events in its place."""
    return archive.reviewed.rejected.get(identifier), archive.reviewed.replaced.get(identifier, ())


def same_perhaps(archive: Archive, identifier: str, limit: int = 40) -> pd.DataFrame:
    """Return the events that may tell of the same act: with a country in common and dated near; the nearest first.

    Columns: `id`, `date`, `title`.
    """
    return archive.frame(
        f"""WITH own AS (SELECT * FROM events WHERE id = $id)
            SELECT e.id, e.date, e.title FROM events e, own
            WHERE e.id <> own.id AND list_has_any(e.countries, own.countries)
              AND (own.date_first IS NULL OR e.date_first IS NULL
                   OR abs(date_diff('day', e.date_first, own.date_first)) <= {_DAYS})
            ORDER BY e.kind <> own.kind, abs(date_diff('day', e.date_first, own.date_first)) NULLS LAST,
                     e.newest, e.id LIMIT {int(limit)}""",
        {"id": identifier},
    )


def titles(archive: Archive, identifiers: Sequence[str]) -> dict[str, str]:
    """Return the titles of events that stand, by id."""
    params: dict[str, Any] = {}
    rows: list[dict[str, Any]] = archive.rows(
        f"SELECT id, title FROM events WHERE {among('id', 'id', identifiers, params)}", params)
    return {row["id"]: row["title"] for row in rows}

