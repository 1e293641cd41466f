"""A store, opened for reading: its Parquet files as tables of DuckDB."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from extract.corrections import Correction, Reviewed, review
from extract.model import InputError
from extract.store import event_rows

FILES = ("documents", "failures", "articles", "events", "sources", "timexes", "aliases")
_AT_ONCE = 2000
# Case and accents are of no matter to a search.
FOLD = "CREATE MACRO fold(words) AS strip_accents(lower(words));"
_TABLES = """
CREATE VIEW documents AS SELECT * FROM read_parquet($documents);
CREATE VIEW failures AS SELECT * FROM read_parquet($failures);
CREATE TABLE articles AS SELECT * FROM read_parquet($articles);
CREATE TABLE sources AS SELECT * FROM read_parquet($sources);
CREATE VIEW aliases AS SELECT * FROM read_parquet($aliases);
CREATE TABLE timexes AS SELECT * FROM read_parquet($timexes);
CREATE TABLE records AS SELECT * REPLACE ($days) FROM read_parquet($events);
CREATE TABLE reviews (event VARCHAR, state VARCHAR);
"""
# What analysts have decided takes the place of what was extracted.
_DECIDED = """
DELETE FROM records WHERE id IN (SELECT id FROM taken_out);
INSERT INTO records BY NAME SELECT * REPLACE ($days) FROM decided;
DELETE FROM sources WHERE event IN (SELECT id FROM taken_out);
INSERT INTO sources BY NAME SELECT * FROM proofs;
INSERT INTO reviews SELECT * FROM decisions;
"""
_DERIVED = """
CREATE TABLE participants AS
    SELECT e.id AS event, e.country, coalesce(p.part, 'participant') AS part, p.called
    FROM (SELECT id, unnest(list_distinct(countries)) AS country FROM records) e
    LEFT JOIN ($parts) p ON p.id = e.id AND p.country = e.country;
CREATE TABLE actors AS
    SELECT id AS event, a.name AS name, a.country AS country, a.role AS role
    FROM (SELECT id, unnest(actors) AS a FROM records);
CREATE TABLE bodies AS SELECT id AS event, unnest(list_distinct(organizations)) AS organization FROM records;
CREATE TABLE events AS
    SELECT e.*, q.quote, q.sources, q.documents, coalesce(r.state, 'open') AS review,
           fold(concat_ws(chr(10), e.title, e.place, array_to_string(e.organizations, chr(10)), p.people, q.quotes))
               AS haystack
    FROM records e
    LEFT JOIN (SELECT event, arg_min(quote, rank) AS quote, count(*) AS sources,
                      count(DISTINCT document) AS documents, string_agg(quote, chr(10)) AS quotes
               FROM sources GROUP BY event) q ON q.event = e.id
    LEFT JOIN (SELECT event, string_agg(name, chr(10)) AS people FROM actors GROUP BY event) p ON p.event = e.id
    LEFT JOIN reviews r ON r.event = e.id;
DROP TABLE records;
"""
_PARTS = """
    SELECT id, p.country AS country, p.part AS part, p.name AS called
    FROM (SELECT id, unnest(parts) AS p FROM records)"""


# A text may speak of the year 1 or 9999; axes reach beyond their days, and the calendar ends there. What is shown and
# cited is the record's own date.
_DAYS = """
        CASE WHEN date_first IS NOT NULL
             THEN greatest(least(date_first, DATE '9900-12-31'), DATE '0100-01-01') END AS date_first,
        CASE WHEN date_last IS NOT NULL
             THEN least(greatest(date_last, DATE '0100-01-01'), DATE '9900-12-31') END AS date_last"""


class Archive:
    """A store, opened for reading. May be shared by threads: each question has a cursor of its own.

    `reviewed` is what analysts have decided about its events; the tables hold what stands.
    """

    def __init__(self, folder: Path, corrections: Iterable[Correction] = ()) -> None:
        """Open the store in `folder`, with corrections laid over it.

        Raises InputError when its files are missing or broken.
        """
        self._folder = folder
        self.reviewed = Reviewed({})
        self._connection = duckdb.connect()
        self._lock = threading.Lock()
        self._added: set[str] = set()
        statements = FOLD + _TABLES
        for name in FILES:
            file = str(folder / f"{name}.parquet").replace("'", "''")
            statements = statements.replace(f"${name}", f"'{file}'")
        try:
            self._connection.execute(statements.replace("$days", _DAYS))
            if entries := tuple(corrections):
                self._decide(entries)
            self._connection.execute(_DERIVED.replace("$parts", _PARTS))
        except duckdb.Error as error:
            raise InputError(f"{folder}: the store cannot be read: {str(error).splitlines()[0]}") from error

    def _decide(self, entries: tuple[Correction, ...]) -> None:
        """Put what stands after the corrections in the place of what was extracted."""
        self.reviewed, taken_out = review(self._folder, entries)
        decided, proofs = event_rows(self.reviewed.events.values())
        states = {one: decision.state for one, decision in self.reviewed.reviews.items()}
        rows = {
            "taken_out": pa.table({"id": pa.array(sorted(taken_out), pa.string())}), "decided": decided,
            "proofs": proofs, "decisions": pa.table({"event": pa.array(states.keys(), pa.string()),
                                                     "state": pa.array(states.values(), pa.string())}),
        }
        for name, table in rows.items():
            self._connection.register(name, table)
        self._connection.execute(_DECIDED.replace("$days", _DAYS))
        for name in rows:
            self._connection.unregister(name)

    def frame(self, sql: str, params: dict[str, Any] | None = None) -> pd.DataFrame:
        """Return the rows of a SELECT; parameters that it does not name are left out."""
        return self._run(sql, params).df()

    def one(self, sql: str, params: dict[str, Any] | None = None) -> tuple[Any, ...]:
        """Return the first row of a SELECT, or an empty tuple."""
        row = self._run(sql, params).fetchone()
        return row if row is not None else ()

    def rows(self, sql: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the rows of a SELECT as mappings of plain values: lists for arrays, None for what is missing."""
        frame = self.frame(sql, params)
        return [{str(key): value_of(value) for key, value in row.items()} for row in frame.to_dict("records")]

    def mappings(self, sql: str, params: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Give the rows of a SELECT as `rows` does, however deep they are nested, one after the other."""
        found = self._run(sql, params)
        names = [column[0] for column in found.description or ()]
        while some := found.fetchmany(_AT_ONCE):
            for row in some:
                yield dict(zip(names, row, strict=True))

    def add(self, table: str, make: Callable[[], pd.DataFrame]) -> None:
        """Add a table that the store does not have itself; it is made when it is first asked for, and then kept."""
        with self._lock:
            if table not in self._added:
                rows = make()
                with self._connection.cursor() as cursor:
                    cursor.register("made", rows)
                    cursor.execute(f"CREATE TABLE {table} AS SELECT * FROM made")
                    cursor.unregister("made")
                self._added.add(table)

    def _run(self, sql: str, params: dict[str, Any] | None) -> duckdb.DuckDBPyConnection:
        used = {name: value for name, value in (params or {}).items() if f"${name}" in sql}
        try:
            return self._connection.cursor().execute(sql, used)
        except duckdb.IOException as error:  # the texts of documents are read when they are asked for
            raise InputError(f"{self._folder}: the store was taken away or replaced while it was read") from error


def value_of(value: Any) -> Any:
    """Return a cell as plain Python: lists for arrays, None for what is missing."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    return None if not isinstance(value, list) and pd.isna(value) else value
