"""The questions that the pages ask of a store, in SQL over its Parquet files. Knows nothing of Streamlit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dashboard.filters import Filters
from extract.model import KINDS, InputError

# The newest first; events without a year last. The id makes the order total.
ORDER = "date_first DESC NULLS LAST, date_last DESC, id"
GRAINS = ("day", "week", "month", "quarter", "year", "decade")
_BINS_AT_MOST = 200
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3652}
_CONTEXT = 260
_ROW = """id, kind, subtype, status, salience, date, date_first, date_last, date_precision, title, place, countries,
          quote, sources"""
_TABLES = """
CREATE VIEW documents AS SELECT * FROM read_parquet($documents);
CREATE TABLE articles AS SELECT * FROM read_parquet($articles);
CREATE TABLE sources AS SELECT * FROM read_parquet($sources);
CREATE TABLE participants AS
    SELECT id AS event, unnest(list_distinct(countries)) AS country FROM read_parquet($events);
CREATE TABLE actors AS
    SELECT id AS event, a.name AS name, a.country AS country, a.role AS role
    FROM (SELECT id, unnest(actors) AS a FROM read_parquet($events));
CREATE TABLE events AS
    SELECT e.*, q.quote, q.sources,
           lower(concat_ws(chr(10), e.title, e.place, array_to_string(e.organizations, chr(10)), p.people, q.quotes))
               AS haystack
    FROM read_parquet($events) e
    LEFT JOIN (SELECT event, arg_min(quote, rank) AS quote, count(*) AS sources, string_agg(quote, chr(10)) AS quotes
               FROM sources GROUP BY event) q ON q.event = e.id
    LEFT JOIN (SELECT event, string_agg(name, chr(10)) AS people FROM actors GROUP BY event) p ON p.event = e.id;
"""


def grain(first: dt.date, last: dt.date, at_most: int = _BINS_AT_MOST) -> str:
    """Return the finest unit of time of which `first` to `last` holds no more than `at_most`."""
    days = (last - first).days + 1
    return next((unit for unit in GRAINS if days / _DAYS[unit] <= at_most), GRAINS[-1])


class Archive:
    """A store, opened for reading. May be shared by threads: each question has a cursor of its own."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`. Raises InputError when its files are missing or broken."""
        self._connection = duckdb.connect()
        files = {name: str(folder / f"{name}.parquet") for name in ("documents", "articles", "events", "sources")}
        statements = _TABLES
        for name, file in files.items():
            statements = statements.replace(f"${name}", "'" + file.replace("'", "''") + "'")
        try:
            self._connection.execute(statements)
        except duckdb.Error as error:
            raise InputError(f"{folder}: the store cannot be read: {str(error).splitlines()[0]}") from error

    def _ask(self, sql: str, params: dict[str, Any] | None = None) -> pd.DataFrame:
        used = {name: value for name, value in (params or {}).items() if f"${name}" in sql}
        return self._connection.cursor().execute(sql, used).df()

    def _one(self, sql: str, params: dict[str, Any] | None = None) -> tuple[Any, ...]:
        used = {name: value for name, value in (params or {}).items() if f"${name}" in sql}
        row = self._connection.cursor().execute(sql, used).fetchone()
        return row if row is not None else ()

    def totals(self, filters: Filters, present: Sequence[str] = ()) -> dict[str, Any]:
        """Return `events`, `dated`, `first`, `last` (days or None), and one count a kind."""
        where, params = conditions(filters, present)
        kinds = ", ".join(f"count(*) FILTER (kind = '{kind}')" for kind in KINDS)
        row = self._one(
            f"SELECT count(*), count(date_first), min(date_first), max(date_last), {kinds} FROM events WHERE {where}",
            params,
        )
        return dict(zip(("events", "dated", "first", "last", *KINDS), row, strict=True))

    def bins(self, filters: Filters, unit: str, present: Sequence[str] = ()) -> pd.DataFrame:
        """Count the dated events by unit of time (of their first day) and kind: `bin`, `kind`, `events`."""
        if unit not in GRAINS:
            raise ValueError(f"no unit of time: {unit!r}")
        where, params = conditions(filters, present)
        return self._ask(
            f"""SELECT date_trunc('{unit}', date_first)::DATE AS bin, kind, count(*) AS events FROM events
                WHERE {where} AND date_first IS NOT NULL GROUP BY ALL ORDER BY bin, kind""",
            params,
        )

    def marks(self, filters: Filters, present: Sequence[str] = (), limit: int = 5000) -> pd.DataFrame:
        """Return the dated events for drawing, in order of time: id, kind, status, salience, date and title."""
        where, params = conditions(filters, present)
        return self._ask(
            f"""SELECT id, kind, status, salience, date, date_first, date_last, date_precision, title FROM events
                WHERE {where} AND date_first IS NOT NULL ORDER BY date_first, date_last, id LIMIT {int(limit)}""",
            params,
        )

    def page(
        self, filters: Filters, limit: int, offset: int = 0, present: Sequence[str] = (), undated: bool = False
    ) -> pd.DataFrame:
        """Return a page of events, the newest first, with first quote and number of sources.

        With `undated` only those whose year is not known.
        """
        where, params = conditions(filters, present)
        only = " AND date_first IS NULL" if undated else ""
        return self._ask(
            f"SELECT {_ROW} FROM events WHERE {where}{only} ORDER BY {ORDER} LIMIT {int(limit)} OFFSET {int(offset)}",
            params,
        )

    def by_country(self, filters: Filters) -> pd.DataFrame:
        """Count the events by participating country: `country`, `events` and one column a kind, most first."""
        return self._by_country(*conditions(filters))

    def partners(self, filters: Filters, country: str) -> pd.DataFrame:
        """Count the other countries in the events of `country`, as `by_country` does."""
        where, params = conditions(filters, (country,))
        return self._by_country(where, params | {"self": country}, "AND country <> $self")

    def _by_country(self, where: str, params: dict[str, Any], other: str = "") -> pd.DataFrame:
        kinds = ", ".join(f"count(*) FILTER (kind = '{kind}') AS {kind}" for kind in KINDS)
        return self._ask(
            f"""SELECT country, count(*) AS events, {kinds}
                FROM participants JOIN events ON id = event WHERE {where} {other}
                GROUP BY country ORDER BY events DESC, country""",
            params,
        )

    def people(self, filters: Filters, country: str, limit: int = 50) -> pd.DataFrame:
        """Return the people who act for `country`: `name`, `role` (the commonest) and `events`, most first."""
        where, params = conditions(filters, (country,))
        return self._ask(
            f"""SELECT a.name, mode(a.role) AS role, count(DISTINCT a.event) AS events
                FROM actors a JOIN events ON id = a.event WHERE {where} AND a.country = $self
                GROUP BY a.name ORDER BY events DESC, a.name LIMIT {int(limit)}""",
            params | {"self": country},
        )

    def choices(self, people_at_most: int = 1000) -> dict[str, list[str]]:
        """Return what can be chosen in the filters: `countries` and `people`, those with most events first."""
        countries = self._ask("SELECT country, count(*) n FROM participants GROUP BY 1 ORDER BY n DESC, 1")
        people = self._ask(
            "SELECT name, count(DISTINCT event) n FROM actors GROUP BY 1 ORDER BY n DESC, 1 LIMIT $most",
            {"most": people_at_most},
        )
        return {"countries": list(countries["country"]), "people": list(people["name"])}

    def unknown_people(self, names: Sequence[str]) -> list[str]:
        """Return those of the names that no event has."""
        found = self._ask("SELECT DISTINCT name FROM actors WHERE name = ANY($names)", {"names": list(names)})
        return [name for name in names if name not in set(found["name"])]

    def event(self, identifier: str) -> dict[str, Any] | None:
        """Return one event as a mapping with its `actors` (name, country, role), or None when there is none."""
        rows = self._ask(
            f"SELECT {_ROW}, date_basis, organizations, confidence FROM events WHERE id = $id", {"id": identifier}
        )
        if rows.empty:
            return None
        actors = self._ask("SELECT name, country, role FROM actors WHERE event = $id", {"id": identifier})
        return {str(key): _value(value) for key, value in rows.iloc[0].items()} | {"actors": _records(actors)}

    def evidence(self, identifier: str) -> list[dict[str, Any]]:
        """Return the sources of an event, best first, each with the text before and after it in its document."""
        return _records(self._ask(
            f"""SELECT s.rank, s.document, s.start, s."end", s.quote, d.title AS document_title, d.publisher,
                       d.published, a.title AS article_title, a.date AS article_date,
                       substring(d.text, greatest(s.start - {_CONTEXT}, 0) + 1, least(s.start, {_CONTEXT})) AS before,
                       substring(d.text, s."end" + 1, {_CONTEXT}) AS after,
                       s.start <= {_CONTEXT} AS at_start, s."end" + {_CONTEXT} >= length(d.text) AS at_end
                FROM sources s LEFT JOIN documents d ON d.document = s.document
                LEFT JOIN articles a ON a.document = s.document AND a.article = s.article
                WHERE s.event = $id ORDER BY s.rank""",
            {"id": identifier},
        ))

    def neighbours(self, filters: Filters, identifier: str) -> dict[str, Any] | None:
        """Return `before`, `after` (ids or None), `place` (from 1) and `all` of an event among the chosen, or None."""
        where, params = conditions(filters)
        row = self._one(
            f"""SELECT * FROM (SELECT id, lag(id) OVER w, lead(id) OVER w, row_number() OVER w, count(*) OVER ()
                FROM events WHERE {where} WINDOW w AS (ORDER BY {ORDER})) WHERE id = $id""",
            params | {"id": identifier},
        )
        return dict(zip(("before", "after", "place", "all"), row[1:], strict=True)) if row else None

    def documents(self) -> pd.DataFrame:
        """List the documents by name: `document`, `title`, `publisher`, `published`, `words`, `articles`, `events`.

        A document without a title of its own has that of its first article.
        """
        return self._ask(
            """SELECT document, coalesce(title, (SELECT arg_min(a.title, a.article) FROM articles a
                                                 WHERE a.document = d.document AND a.title IS NOT NULL)) AS title,
                      publisher, published, words,
                      (SELECT count(*) FROM articles a WHERE a.document = d.document) AS articles,
                      (SELECT count(DISTINCT event) FROM sources s WHERE s.document = d.document) AS events
               FROM documents d ORDER BY document"""
        )

    def document(self, name: str) -> dict[str, Any] | None:
        """Return a document with its text, or None when there is none of that name."""
        rows = _records(self._ask("SELECT * FROM documents WHERE document = $name", {"name": name}))
        return rows[0] if rows else None

    def passages(self, name: str) -> pd.DataFrame:
        """Return the passages of a document that prove events, in its order, with the event's row."""
        return self._ask(
            f"""SELECT s.start, s."end", s.rank, e.* FROM sources s JOIN (SELECT {_ROW} FROM events) e ON e.id = s.event
                WHERE s.document = $name ORDER BY s.start, s."end", e.id""",
            {"name": name},
        )


def conditions(filters: Filters, present: Sequence[str] = ()) -> tuple[str, dict[str, Any]]:
    """Return a WHERE clause over `events` and its parameters; every country of `present` must take part.

    An event lies in a range of dates when its own dates overlap it; one without a year lies in none.
    """
    parts, params = ["true"], dict[str, Any]()
    for column, values in (
        ("kind", filters.kinds), ("status", filters.statuses), ("salience", filters.saliences),
    ):
        if values:
            parts.append(f"{column} = ANY(${column})")
            params[column] = list(values)
    if filters.first:
        parts.append("date_last >= $first")
        params["first"] = filters.first
    if filters.last:
        parts.append("date_first <= $last")
        params["last"] = filters.last
    if filters.countries:
        parts.append("id IN (SELECT event FROM participants WHERE country = ANY($countries))")
        params["countries"] = list(filters.countries)
    if filters.people:
        parts.append("id IN (SELECT event FROM actors WHERE name = ANY($people))")
        params["people"] = list(filters.people)
    if filters.text:
        parts.append("contains(haystack, lower($text))")
        params["text"] = filters.text
    for number, code in enumerate(present):
        parts.append(f"id IN (SELECT event FROM participants WHERE country = $present{number})")
        params[f"present{number}"] = code
    return " AND ".join(parts), params


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): _value(value) for key, value in row.items()} for row in frame.to_dict("records")]


def _value(value: Any) -> Any:
    """Return a cell as plain Python: lists for arrays, None for what is missing."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    return None if not isinstance(value, list) and pd.isna(value) else value
