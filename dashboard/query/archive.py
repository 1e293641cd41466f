"""A store, opened for reading: its Parquet files as tables of DuckDB."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from extract.model import InputError

FILES = ("documents", "articles", "events", "sources", "timexes")
# Case and accents are of no matter to a search.
FOLD = "CREATE MACRO fold(words) AS strip_accents(lower(words));"
_TABLES = """
CREATE VIEW documents AS SELECT * FROM read_parquet($documents);
CREATE TABLE articles AS SELECT * FROM read_parquet($articles);
CREATE TABLE sources AS SELECT * FROM read_parquet($sources);
CREATE TABLE timexes AS SELECT * FROM read_parquet($timexes);
CREATE TABLE records AS SELECT * REPLACE (
        CASE WHEN date_first IS NOT NULL THEN greatest(least(date_first, $end), $begin) END AS date_first,
        CASE WHEN date_last IS NOT NULL THEN least(greatest(date_last, $begin), $end) END AS date_last)
    FROM read_parquet($events);
CREATE TABLE participants AS
    SELECT e.id AS event, e.country, coalesce(p.part, 'participant') AS part
    FROM (SELECT id, unnest(list_distinct(countries)) AS country FROM records) e
    LEFT JOIN ($parts) p ON p.id = e.id AND p.country = e.country;
CREATE TABLE actors AS
    SELECT id AS event, a.name AS name, a.country AS country, a.role AS role
    FROM (SELECT id, unnest(actors) AS a FROM records);
CREATE TABLE bodies AS SELECT id AS event, unnest(list_distinct(organizations)) AS organization FROM records;
CREATE TABLE events AS
    SELECT e.*, q.quote, q.sources, q.documents,
           fold(concat_ws(chr(10), e.title, e.place, array_to_string(e.organizations, chr(10)), p.people, q.quotes))
               AS haystack
    FROM records e
    LEFT JOIN (SELECT event, arg_min(quote, rank) AS quote, count(*) AS sources,
                      count(DISTINCT document) AS documents, string_agg(quote, chr(10)) AS quotes
               FROM sources GROUP BY event) q ON q.event = e.id
    LEFT JOIN (SELECT event, string_agg(name, chr(10)) AS people FROM actors GROUP BY event) p ON p.event = e.id;
DROP TABLE records;
"""
_PARTS = "SELECT id, p.country AS country, p.part AS part FROM (SELECT id, unnest(parts) AS p FROM records)"


# A text may speak of the year 1 or 9999; axes reach beyond their days, and the calendar ends there. What is shown and
# cited is the record's own date.
_BEGIN, _END = "DATE '0100-01-01'", "DATE '9900-12-31'"


class Archive:
    """A store, opened for reading. May be shared by threads: each question has a cursor of its own."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`. Raises InputError when its files are missing or broken."""
        self._folder = folder
        self._connection = duckdb.connect()
        self._lock = threading.Lock()
        self._added: set[str] = set()
        statements = FOLD + _TABLES.replace("$parts", _PARTS).replace("$begin", _BEGIN).replace("$end", _END)
        for name in FILES:
            file = str(folder / f"{name}.parquet").replace("'", "''")
            statements = statements.replace(f"${name}", f"'{file}'")
        try:
            self._connection.execute(statements)
        except duckdb.Error as error:
            raise InputError(f"{folder}: the store cannot be read: {str(error).splitlines()[0]}") from error

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
