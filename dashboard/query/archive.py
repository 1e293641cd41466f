"""A store, opened for reading: a database of DuckDB that is made of its files once, with corrections laid over it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from dashboard.answers import Kept
from dashboard.query import building, derived, fulltext
from extract.corrections import Correction, Reviewed, review
from extract.manifest import verify
from extract.model import InputError
from extract.store import event_rows

MEMORY_MB = 1024
_LOG = logging.getLogger(__name__)
_AT_ONCE = 2000
_TIMES = 5
"""As often a store may be replaced while it is opened."""
_KEPT_AT_MOST = 64
# Tables of what has all the words of a search, by its number, where it is ranked with a `score`, for questions that
# name them. The parameter MATCHING holds the words.
MATCHING, RANKED, RANKED_DOCUMENTS = "matching_events", "ranked_events", "ranked_documents"
_NAME = f"events-{building.FORMAT}.duckdb"
_BROKEN = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
_SIZE = "SELECT block_size * total_blocks FROM pragma_database_size() WHERE database_name = 'base'"
_PLAIN = ("documents", "failures", "articles", "timexes", "aliases")
# What analysts have decided takes the place of what was extracted: the few events that this is about have tables of
# their own, in memory.
_DECIDED = """
CREATE TABLE gone AS SELECT event FROM base.events WHERE id IN (SELECT id FROM taken_out);
CREATE SCHEMA decided;
CREATE TEMP VIEW records AS
    SELECT d.*, coalesce(s.state, 'open') AS review FROM standing d LEFT JOIN decisions s USING (id);
"""


class Archive:
    """A store, opened for reading. May be shared by threads: each question has a cursor of its own.

    `reviewed` is what analysts have decided about its events; the tables and `words` hold what stands. What is derived
    from the store is `on_disk`, or else in memory, for want of a place; where it `is_broken`, the store is to be opened
    anew.
    """

    def __init__(self, folder: Path, corrections: Iterable[Correction] = (), memory_mb: int = MEMORY_MB) -> None:
        """Open the store in `folder`, with corrections laid over it; DuckDB takes `memory_mb` at most.

        Raises InputError when its files are missing or broken.
        """
        self._folder = folder
        self._lock = threading.Lock()
        self._added: set[str] = set()
        self._kept: Kept[Any] = Kept(_KEPT_AT_MOST)
        self._memory = f"SET memory_limit = '{int(memory_mb)}MB';"
        self.on_disk, self.is_broken = True, False
        entries = tuple(corrections)
        for _ in range(_TIMES):
            try:
                self._begin(entries)
                return
            except derived.Replaced:
                continue
        raise InputError(f"{folder}: the store is being replaced again and again")

    def _begin(self, entries: tuple[Correction, ...]) -> None:
        """Open the store as it is now. Raises Replaced when it is another before all of it was read."""
        self.reviewed = Reviewed({})
        version = derived.version(self._folder)
        self._connection = self._open(version)
        try:
            if entries:
                self._decide(entries)
            self._connection.execute("".join(
                f"CREATE VIEW {name} AS {_standing(name) if entries else f'SELECT * FROM base.{name}'};"
                for name in building.TABLES))
            self._connection.execute("".join(f"CREATE VIEW {name} AS SELECT * FROM base.{name};" for name in _PLAIN))
        except duckdb.Error as error:
            raise InputError(f"{self._folder}: the store cannot be read: {_first_line(error)}") from error
        finally:
            if entries and derived.version(self._folder) != version:
                raise derived.Replaced
        self.words = fulltext.Words(self._folder, self._connection.cursor, bool(entries), version)

    @staticmethod
    def is_prepared(folder: Path) -> bool:
        """Tell whether the database of the store in a folder is there, so that it opens at once."""
        return derived.is_made(folder, _NAME)

    def _open(self, version: str) -> duckdb.DuckDBPyConnection:
        """Return a connection to the database that is derived from the store.

        Where it finds no place on the disk it is made in memory.
        """
        try:
            self._limits = f"{self._memory} SET temp_directory = {_quoted(derived.folder(self._folder) / 'spill')};"
            return derived.opened(self._folder, _NAME, self._build, self._connect, (duckdb.Error, OSError), version)
        except (derived.NoPlace, duckdb.Error, OSError) as error:
            return self._in_memory(error)

    def _connect(self, path: Path) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        try:
            connection.execute(self._limits + building.FOLD + fulltext.MACROS)
            connection.execute(f"ATTACH {_quoted(path)} AS base (READ_ONLY);")
            [(size,)] = connection.execute(_SIZE).fetchall()
            if size > path.stat().st_size:
                raise duckdb.IOException("the file is cut off")
        except (duckdb.Error, OSError):
            connection.close()
            raise
        return connection

    def _in_memory(self, reason: Exception) -> duckdb.DuckDBPyConnection:
        """Return a connection to tables that are made of the store in memory. Raises InputError when they cannot be."""
        _LOG.warning("what is derived from the store %s is kept in memory: %s", self._folder, _first_line(reason))
        version = derived.version(self._folder)
        connection = duckdb.connect()
        try:
            verify(self._folder)
            connection.execute(f"{self._memory} {building.FOLD} {fulltext.MACROS} ATTACH ':memory:' AS base; USE base;"
                               + building.FOLD)
            building.fill(connection, self._folder)
            connection.execute("DROP VIEW records; DROP VIEW proofs; USE memory;")
        except duckdb.Error as error:
            connection.close()
            short = isinstance(error, duckdb.OutOfMemoryException)
            what = "neither disk nor memory has place for what is derived" if short else "the store cannot be read"
            raise InputError(f"{self._folder}: {what}: {_first_line(error)}") from error
        finally:
            if derived.version(self._folder) != version:
                raise derived.Replaced
        self.on_disk = False
        return connection

    def _build(self, path: Path) -> None:
        verify(self._folder)
        building.build(self._folder, path, self._limits)

    def _decide(self, entries: tuple[Correction, ...]) -> None:
        """Make the tables of what stands after the corrections."""
        self.reviewed, taken_out = review(self._folder, entries)
        decided, proofs = event_rows(self.reviewed.events.values())
        states = {one: decision.state for one, decision in self.reviewed.reviews.items()}
        rows = {
            "taken_out": pa.table({"id": pa.array(sorted(taken_out), pa.string())}), "standing": decided,
            "proofs": proofs, "decisions": pa.table({"id": pa.array(states.keys(), pa.string()),
                                                     "state": pa.array(states.values(), pa.string())}),
        }
        for name, table in rows.items():
            self._connection.register(name, table)
        self._connection.execute("CREATE VIEW documents AS SELECT * FROM base.documents")
        self._connection.execute(_DECIDED)
        [(last,)] = self._connection.execute("SELECT coalesce(max(event), 0) FROM base.events").fetchall()
        self._connection.execute(building.derived("decided.", last))
        self._connection.execute("DROP VIEW documents; DROP VIEW records")
        for name in rows:
            self._connection.unregister(name)

    def frame(self, sql: str, params: dict[str, Any] | None = None, **tables: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of a SELECT, which may name further `tables`; parameters it does not name are left out."""
        return self._run(sql, params, tables).df()

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

    def kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what `make` gives, kept for those who ask for the same later. Nobody changes it."""
        return self._kept.get(key, make)

    def _run(
        self, sql: str, params: dict[str, Any] | None, tables: Mapping[str, pd.DataFrame] | None = None
    ) -> duckdb.DuckDBPyConnection:
        given = params or {}
        used = {name: value for name, value in given.items() if f"${name}" in sql}
        cursor = self._connection.cursor()
        found = {MATCHING: self.words.events, RANKED: self.words.ranked_events, RANKED_DOCUMENTS: self.words.documents}
        for name, find in found.items():
            if MATCHING in given and name in sql:
                cursor.register(name, find(given[MATCHING]))
        for name, table in (tables or {}).items():
            cursor.register(name, table)
        try:
            return cursor.execute(sql, used)
        except _BROKEN as error:
            _LOG.warning("%s: %s", self._folder, _first_line(error))
            self.is_broken = True
            if self.on_disk:
                derived.discard(derived.folder(self._folder) / _NAME)
            raise InputError(f"{self._folder}: what is derived from the store cannot be read any more; it is made anew"
                             ) from error


def _standing(name: str) -> str:
    """Return the SELECT of a table of which some events have others in their place; the sites are those of both."""
    kept = "" if name == "sites" else " WHERE event NOT IN (SELECT event FROM gone)"
    return f"SELECT * FROM base.{name}{kept} UNION ALL BY NAME SELECT * FROM decided.{name}"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def value_of(value: Any) -> Any:
    """Return a cell as plain Python: lists for arrays, None for what is missing."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    return None if not isinstance(value, list) and pd.isna(value) else value
