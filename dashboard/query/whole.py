"""Whole records: each event with all that the record holds of it, its sources and what is known of their documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboard.filters import Filters
from dashboard.query.archive import Archive
from dashboard.query.conditions import ORDER, conditions
from dashboard.query.events import ordered


def records(
    archive: Archive, filters: Filters, limit: int, sort: str = "", descending: bool = True
) -> Iterator[dict[str, Any]]:
    """Give the newest events as rows of `extract.exports`, the oldest first, those of unknown year at the end.

    With a `sort` they are chosen and stand as `events.page` has them.
    """
    where, params = conditions(filters)
    table, by = ordered(filters, sort, descending) if sort else ("events", ORDER)
    return archive.mappings(
        f"""WITH chosen AS (SELECT *, row_number() OVER (ORDER BY {by}) AS spot FROM {table}
                            WHERE {where} ORDER BY {by} LIMIT {int(limit)}),
            proofs AS (
              SELECT s.event, list(struct_pack(document := s.document, start := s.start, "end" := s."end",
                                               quote := s.quote, article := s.article, rule := s.rule, title := d.title,
                                               publisher := d.publisher, published := d.published, url := d.url)
                                   ORDER BY s.rank) AS proofs
              FROM sources s
              LEFT JOIN (SELECT document, title, publisher, published, url FROM documents) d ON d.document = s.document
              WHERE s.event IN (SELECT event FROM chosen) GROUP BY s.event)
            SELECT id, kind, subtype, status, salience, date, date_basis, countries, parts, organizations, actors,
                   place, place_country, title, confidence, review, p.proofs AS sources
            FROM chosen JOIN proofs p USING (event)
            ORDER BY {"spot" if sort else "date_first IS NULL, spot DESC"}""",
        params,
    )


def dates(archive: Archive, filters: Filters) -> dict[str, int]:
    """Count the events by their date as the record has it."""
    where, params = conditions(filters)
    return {row["date"]: row["events"] for row in archive.mappings(
        f"SELECT date, count(*) AS events FROM events WHERE {where} GROUP BY date", params)}
