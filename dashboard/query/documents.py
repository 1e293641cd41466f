"""Documents: the list, one with its text, its articles and the passages in it that prove events."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.filters import Filters
from dashboard.query.archive import Archive
from dashboard.query.conditions import ROW, conditions, words
from extract.store_tables import SCHEMAS

SORTS = {
    "name": "document {}", "title": "fold(title) {} NULLS LAST", "written": "written_first {} NULLS LAST",
    "words": "words {}", "articles": "articles {}", "events": "events {}", "dates": "date_first {} NULLS LAST",
}


# The first and the last date of some events, as the record has them.
_FIRST = "split_part(substring(min(begins), 11), '/', 1)"
_LAST = "split_part(substring(max(ends), 11), '/', -1)"
_OWN = ", ".join(f'"{name}"' for name in SCHEMAS["documents"].names)


def documents(
    archive: Archive, filters: Filters, title: str = "", sort: str = "name", descending: bool = False,
    limit: int = 100_000, offset: int = 0,
) -> pd.DataFrame:
    """List documents with what they hold, sorted by one of `SORTS`; `title` has words that must be in their titles.

    Columns: `document`, `title` (its own or that of its first article), `publisher`, `published`, `words`, `articles`,
    `written_first` and `written_last` (EDTF, of the articles), `events` and their `date_first` and `date_last` (EDTF;
    those that the filters choose), `everything` (how many documents the list has). Where the filters restrict
    something, only documents that tell a chosen event are listed.
    """
    where, params = conditions(filters)
    named, asked = _named(title)
    order = SORTS.get(sort, SORTS["name"]).replace("{}", "DESC" if descending else "ASC")
    earliest = f", {_FIRST} AS date_first" if sort == "dates" else ""
    return archive.frame(
        f"""WITH told AS NOT MATERIALIZED (SELECT * FROM tellings WHERE {where}),
            sums AS (SELECT document AS number, count(*) AS events{earliest} FROM told GROUP BY document),
            known AS (
              SELECT number, d.document, coalesce(d.title, first_title) AS title, publisher, published, words, articles,
                     written_first, written_last, coalesce(events, 0) AS events{", date_first" if earliest else ""}
              FROM documents d {"" if filters.any else "LEFT"} JOIN sums USING (number) WHERE {named}),
            shown AS (SELECT *{"" if earliest else ", NULL AS date_first"} FROM known ORDER BY {order}, number
                      LIMIT {int(limit)} OFFSET {int(offset)}),
            dates AS (
              SELECT document AS number, {_FIRST} AS date_first, {_LAST} AS date_last
              FROM told WHERE document IN (SELECT number FROM shown) GROUP BY document)
            SELECT shown.* EXCLUDE (number, date_first), dates.date_first, dates.date_last,
                   (SELECT count(*) FROM known) AS everything
            FROM shown LEFT JOIN dates USING (number)
            ORDER BY {order.replace("date_first", "dates.date_first")}, number""",
        params | asked,
    )


def how_many(archive: Archive, filters: Filters, title: str = "") -> int:
    """Count the documents that `documents` lists."""
    where, params = conditions(filters)
    named, asked = _named(title)
    told = f" AND number IN (SELECT document FROM tellings WHERE {where})" if filters.any else ""
    return int(archive.one(f"SELECT count(*) FROM documents WHERE {named}{told}", params | asked)[0])


def _named(title: str) -> tuple[str, dict[str, Any]]:
    """Return the condition that the names of a document have each word of a text, and its parameters."""
    params: dict[str, Any] = {f"title{number}": word for number, word in enumerate(words(title))}
    return " AND ".join(f"contains(names, fold(${key}))" for key in params) or "true", params


def corpus(archive: Archive) -> dict[str, Any]:
    """Return the size of the whole store: `documents`, `articles`, `words`."""
    row = archive.one("SELECT count(*), (SELECT count(*) FROM articles), coalesce(sum(words), 0) FROM documents")
    return dict(zip(("documents", "articles", "words"), map(int, row), strict=True))


def document(archive: Archive, name: str) -> dict[str, Any] | None:
    """Return a document with its text, or None when there is none of that name."""
    found = archive.rows(f"SELECT {_OWN} FROM documents WHERE document = $name", {"name": name})
    return found[0] if found else None


def failures(archive: Archive, limit: int) -> list[dict[str, Any]]:
    """Return what could not be read, by name: `document`, `reason`, and `everything` (how many there are in all)."""
    return archive.rows(
        f"SELECT document, reason, count(*) OVER () AS everything FROM failures ORDER BY document LIMIT {int(limit)}"
    )


def articles(archive: Archive, name: str) -> list[dict[str, Any]]:
    """Return the articles of a document in its order: `article`, `start`, `end`, `title`, `date`, `date_basis`,
    `opening` (its first words) and `events` (how many it tells)."""
    return archive.rows(
        """SELECT a.article, a.start, a."end", a.title, a.date, a.date_basis,
                  substring(d.text, a.start + 1, 90) AS opening,
                  coalesce(s.events, 0) AS events
           FROM articles a JOIN documents d ON d.document = a.document
           LEFT JOIN (SELECT article, count(DISTINCT event) AS events FROM sources WHERE document = $name GROUP BY 1) s
               ON s.article = a.article
           WHERE a.document = $name AND d.document = $name ORDER BY a.article""",
        {"name": name},
    )


def passages(archive: Archive, name: str) -> pd.DataFrame:
    """Return the passages of a document that prove events, in its order, with the event's row."""
    return archive.frame(
        f"""SELECT s.start, s."end", s.rank, e.* EXCLUDE (event)
            FROM (SELECT event, start, "end", rank FROM sources WHERE document = $name) s
            JOIN (SELECT event, {ROW} FROM events) e USING (event) ORDER BY s.start, s."end", e.id""",
        {"name": name},
    )


def dates(archive: Archive, name: str) -> list[dict[str, Any]]:
    """Return the time expressions of a document in its order: `start`, `end`, and their EDTF `value`."""
    return archive.rows(
        'SELECT start, "end", value FROM timexes WHERE document = $name ORDER BY start, "end"', {"name": name}
    )


def elsewhere(archive: Archive, name: str) -> list[dict[str, Any]]:
    """Return what other documents tell events of this one: `event`, `document` and `rank` of the best passage there."""
    return archive.rows(
        """SELECT e.id AS event, d.document, t.rank
           FROM (SELECT event, document, rank FROM tellings
                 WHERE event IN (SELECT event FROM sources WHERE document = $name)) t
           JOIN (SELECT event, id FROM events) e USING (event)
           JOIN (SELECT number, document FROM documents) d ON d.number = t.document
           WHERE d.document <> $name ORDER BY 1, t.rank, 2""",
        {"name": name},
    )
