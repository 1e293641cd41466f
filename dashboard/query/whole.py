"""Whole records: each event with all that the record holds of it, its sources and what is known of their documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboard.filters import Filters
from dashboard.query.archive import Archive
from dashboard.query.conditions import ORDER, conditions


def records(archive: Archive, filters: Filters, limit: int) -> Iterator[dict[str, Any]]:
    """Give the newest events as rows of `extract.exports`, the oldest first, those of unknown year at the end."""
    where, params = conditions(filters)
    return archive.mappings(
        f"""WITH chosen AS (SELECT *, row_number() OVER (ORDER BY {ORDER}) AS spot FROM events WHERE {where}
                            ORDER BY {ORDER} LIMIT {int(limit)}),
            proofs AS (
              SELECT s.event, list(struct_pack(document := s.document, start := s.start, "end" := s."end",
                                               quote := s.quote, article := s.article, rule := s.rule, title := d.title,
                                               publisher := d.publisher, published := d.published, url := d.url)
                                   ORDER BY s.rank) AS proofs
              FROM sources s LEFT JOIN documents d ON d.document = s.document
              WHERE s.event IN (SELECT id FROM chosen) GROUP BY s.event)
            SELECT id, kind, subtype, status, salience, date, date_basis, countries, parts, organizations, actors,
                   place, place_country, title, confidence, review, p.proofs AS sources
            FROM chosen JOIN proofs p ON p.event = id
            ORDER BY date_first IS NULL, spot DESC""",
        params,
    )


def dates(archive: Archive, filters: Filters) -> dict[str, int]:
    """Count the events by their date as the record has it."""
    where, params = conditions(filters)
    return {row["date"]: row["events"] for row in archive.mappings(
        f"SELECT date, count(*) AS events FROM events WHERE {where} GROUP BY date", params)}


def passages(archive: Archive, filters: Filters, limit: int) -> Iterator[dict[str, Any]]:
    """Give the passages of the newest events, one a row: the `event` that it proves, where, and the quote."""
    where, params = conditions(filters)
    return archive.mappings(
        f"""WITH chosen AS (SELECT *, row_number() OVER (ORDER BY {ORDER}) AS spot FROM events WHERE {where}
                            ORDER BY {ORDER} LIMIT {int(limit)})
            SELECT c.id AS event, c.date, c.title, s.rank, s.document, s.start, s."end", s.quote, s.article, s.rule,
                   d.title AS document_title, d.publisher, d.published, d.url
            FROM chosen c JOIN sources s ON s.event = c.id LEFT JOIN documents d ON d.document = s.document
            ORDER BY c.spot, s.rank""",
        params,
    )
