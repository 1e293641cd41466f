"""Documents: the list, one with its text, its articles and the passages in it that prove events."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.filters import Filters
from dashboard.query.archive import Archive
from dashboard.query.conditions import ROW, conditions, words

# The ends of an EDTF date or range, with the precision that each has.
_FIRST, _LAST = "split_part(date, '/', 1)", "split_part(date, '/', -1)"
_YEAR = f"{_FIRST} NOT LIKE 'X%'"
SORTS = {
    "name": "document {}", "title": "fold(title) {} NULLS LAST", "written": "written_first {} NULLS LAST",
    "words": "words {}", "articles": "articles {}", "events": "events {}", "dates": "date_first {} NULLS LAST",
}


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
    asked = words(title)
    params |= {f"title{number}": word for number, word in enumerate(asked)}
    named = " AND ".join(f"contains(names, fold($title{number}))" for number in range(len(asked))) or "true"
    order = SORTS.get(sort, SORTS["name"]).replace("{}", "DESC" if descending else "ASC")
    return archive.frame(
        f"""WITH told AS (
              SELECT s.document, count(DISTINCT e.id) AS events, arg_min({_FIRST}, date_first) AS date_first,
                     arg_max({_LAST}, date_last) AS date_last
              FROM sources s JOIN (SELECT id, date, date_first, date_last FROM events WHERE {where}) e ON e.id = s.event
              GROUP BY s.document),
            held AS (
              SELECT document, count(*) AS articles, arg_min(title, article) FILTER (title IS NOT NULL) AS first_title,
                     string_agg(title, ' ') AS titles,
                     min({_FIRST}) FILTER ({_YEAR}) AS written_first, max({_LAST}) FILTER ({_YEAR}) AS written_last
              FROM articles GROUP BY document),
            known AS (
              SELECT d.document, coalesce(d.title, first_title) AS title, publisher, published, words,
                     coalesce(articles, 0) AS articles, written_first, written_last, coalesce(events, 0) AS events,
                     date_first, date_last,
                     fold(concat_ws(' ', d.document, d.title, publisher, titles)) AS names
              FROM documents d LEFT JOIN told ON told.document = d.document LEFT JOIN held ON held.document = d.document
              WHERE {"events > 0" if filters.any else "true"})
            SELECT * EXCLUDE (names), count(*) OVER () AS everything FROM known WHERE {named} ORDER BY {order}, document
            LIMIT {int(limit)} OFFSET {int(offset)}""",
        params,
    )


def how_many(archive: Archive, filters: Filters, title: str = "") -> int:
    """Count the documents that `documents` lists."""
    first = documents(archive, filters, title, limit=1)
    return 0 if first.empty else int(first["everything"].iloc[0])


def corpus(archive: Archive) -> dict[str, Any]:
    """Return the size of the whole store: `documents`, `articles`, `words`."""
    row = archive.one("SELECT count(*), (SELECT count(*) FROM articles), coalesce(sum(words), 0) FROM documents")
    return dict(zip(("documents", "articles", "words"), map(int, row), strict=True))


def document(archive: Archive, name: str) -> dict[str, Any] | None:
    """Return a document with its text, or None when there is none of that name."""
    found = archive.rows("SELECT * FROM documents WHERE document = $name", {"name": name})
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
                  (SELECT count(DISTINCT s.event) FROM sources s
                   WHERE s.document = a.document AND s.article = a.article) AS events
           FROM articles a JOIN documents d ON d.document = a.document WHERE a.document = $name ORDER BY a.article""",
        {"name": name},
    )


def passages(archive: Archive, name: str) -> pd.DataFrame:
    """Return the passages of a document that prove events, in its order, with the event's row."""
    return archive.frame(
        f"""SELECT s.start, s."end", s.rank, e.* FROM sources s JOIN (SELECT {ROW} FROM events) e ON e.id = s.event
            WHERE s.document = $name ORDER BY s.start, s."end", e.id""",
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
        """SELECT s.event, s.document, min(s.rank) AS rank FROM sources s
           WHERE s.document <> $name AND s.event IN (SELECT event FROM sources WHERE document = $name)
           GROUP BY s.event, s.document ORDER BY s.event, rank""",
        {"name": name},
    )
