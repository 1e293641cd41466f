"""Which events and documents have all the words of a text, the best first: an index of SQLite's FTS5 beside the store.

A word is found in whatever begins with it, case and accents aside; what stands between quotation marks is found where
its words follow each other. Scripts that put no spaces between words, and signs such as emoji, are indexed sign by
sign: there any part of a word is found. Nothing that is asked for is ever read as the syntax of a query.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.answers import Kept
from dashboard.query import building, derived
from extract.model import InputError

# In the names of the files: a change of what is indexed, or how, needs another number.
FORMAT = 1
# What has all the words in its title stands before all else.
IN_TITLE = 1_000_000.0
# The answers that are kept take no more than this together.
KEPT_BYTES = 64 * 2**20
_CHARACTERS_AT_ONCE = 2_000_000
_KINDS = "L* M* N* Co So"
# Between two quotes of an event stands a word that nobody can ask for: no phrase begins in one and ends in the other.
_BREAK = "\ue000"
_ALONE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{So}]"
# `told` gives a text as it is indexed and asked for, `joined` several with a break between them.
MACROS = rf"""
CREATE MACRO told(words) AS
    regexp_replace(strip_accents(lower(replace(words, '{_BREAK}', ' '))), '({_ALONE})', ' \1 ', 'g');
CREATE MACRO joined(texts) AS array_to_string(list_transform(texts, lambda x: told(x)), ' {_BREAK} ');
"""
_EVENTS = """
SELECT event, told(title), quotes,
       joined(list_concat([coalesce(place, '')], organizations, list_transform(actors, lambda a: a.name)))
FROM $schema.events LEFT JOIN (
    SELECT event, joined(list(quote ORDER BY rank)) AS quotes FROM $schema.sources GROUP BY event) USING (event)
ORDER BY event"""
_DOCUMENTS = """
SELECT number, joined(list_concat([document, coalesce(title, ''), coalesce(publisher, '')], coalesce(titles, []))),
       told(text)
FROM $schema.documents LEFT JOIN (
    SELECT document, list(title ORDER BY article) AS titles FROM $schema.articles WHERE title IS NOT NULL
    GROUP BY document) USING (document)
ORDER BY number"""
_LOG = logging.getLogger(__name__)
Row = tuple[int | str | None, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is indexed of a store: the name of its number, the columns with their weights, and the SELECT of its rows,
    the number first."""

    name: str
    number: str
    columns: dict[str, float]
    rows: str

    @property
    def file(self) -> str:
        """The name of the file that holds the index; the numbers in it are those of the store's tables."""
        return f"{self.name}-words-{building.FORMAT}-{FORMAT}.sqlite"


# A word in a title counts for more than one in a quote, and that for more than one in a name.
_OF_EVENTS = _Kind("events", "event", {"title": 8.0, "quotes": 3.0, "names": 1.0}, _EVENTS)
_OF_DOCUMENTS = _Kind("documents", "number", {"title": 8.0, "body": 1.0}, _DOCUMENTS)


class _Index:
    """An index that is open. May be shared by threads."""

    def __init__(self, connection: sqlite3.Connection, kind: _Kind) -> None:
        self._connection, self._kind = connection, kind
        self._lock = threading.Lock()

    def scored(self, query: str) -> pa.Table:
        """Return what fits a query of FTS5: its number and its `score`.

        SQLite gives all rows as one text: for each row of its own it would wait for the other threads of Python.
        """
        weights = ", ".join(map(str, self._kind.columns.values()))
        rows, scores = self._ask(
            f"""SELECT group_concat(row || ' ' || round(score, 6), ' ') FROM (
                SELECT rowid AS row, -bm25(words, {weights}) AS score FROM words WHERE words MATCH ? LIMIT -1)""",
            query, 2)
        scores = scores + IN_TITLE * np.isin(rows, self._rows(f"{{title}} : ({query})"))
        return pa.table({self._kind.number: pa.array(rows.astype(np.int32)), "score": pa.array(scores)})

    def numbers(self, query: str) -> pa.Table:
        """Return the numbers of what fits a query; to score them takes several times as long."""
        return pa.table({self._kind.number: pa.array(self._rows(query).astype(np.int32))})

    def _rows(self, query: str) -> np.ndarray:
        (rows,) = self._ask("SELECT group_concat(rowid, ' ') FROM words WHERE words MATCH ?", query, 1)
        return np.asarray(rows)

    def _ask(self, sql: str, query: str, columns: int) -> np.ndarray:
        with self._lock:
            found = self._connection.execute(sql, (query,)).fetchone()[0]
        return np.fromstring(found or "", sep=" ").reshape(-1, columns).T


class Words:
    """The words of a store, of its events with the corrections that lie over them. May be shared by threads.

    The files of the indexes are made when they are first asked for.
    """

    def __init__(
        self, folder: Path, cursor: Callable[[], duckdb.DuckDBPyConnection], corrected: bool, version: str
    ) -> None:
        """Of the store in `folder`, as it was at this `version`, of whose tables `cursor` can be asked: those of
        `base`, and where it is corrected the numbers of the events that are `gone`, and those of `decided`, which
        stand."""
        self._folder, self._cursor, self._corrected, self._version = folder, cursor, corrected, version
        self._lock = threading.Lock()
        self._indexes: dict[str, _Index] = {}
        self._kept: Kept[pa.Table] = Kept(KEPT_BYTES, lambda found: int(found.nbytes))

    def events(self, asked: Iterable[str]) -> pa.Table:
        """Return the numbers of the events that have all of some words and phrases: `event`.

        Raises InputError when the index cannot be made or read.
        """
        return self._kept_or(_OF_EVENTS, False, self._query(asked))

    def ranked_events(self, asked: Iterable[str]) -> pa.Table:
        """Return the same events with their `score`, the higher the better.

        Those that have them all in their title have `IN_TITLE` or more. Raises InputError when the index cannot be
        made or read.
        """
        return self._kept_or(_OF_EVENTS, True, self._query(asked))

    def documents(self, asked: Iterable[str]) -> pa.Table:
        """Return the documents that have all of some words and phrases, as `ranked_events` does: `number` and `score`.

        Their title is here their name, title, publisher and the titles of their articles.
        """
        return self._kept_or(_OF_DOCUMENTS, True, self._query(asked))

    def ready(self) -> None:
        """Make the indexes where there are none. Raises InputError as `events` does."""
        self.events(())
        self.documents(())

    def _kept_or(self, kind: _Kind, scored: bool, query: str) -> pa.Table:
        return self._kept.get((kind.name, scored, query), lambda: self._search(kind, scored, query))

    def _search(self, kind: _Kind, scored: bool, query: str) -> pa.Table:
        search = _Index.scored if scored else _Index.numbers
        try:
            try:
                found = search(self._index(kind, "base"), query)
            except sqlite3.Error:  # the file was broken after it was opened
                self._discard(kind)
                found = search(self._index(kind, "base"), query)
            if kind is _OF_EVENTS and self._corrected:
                gone = [row[0] for row in self._cursor().execute("SELECT event FROM gone").fetchall()]
                stands = pc.invert(pc.is_in(found["event"], pa.array(gone, pa.int32())))
                found = pa.concat_tables([found.filter(stands), search(self._index(kind, "decided"), query)])
        except (sqlite3.Error, duckdb.Error) as error:
            reason = str(error).partition("\n")[0]
            raise InputError(f"{self._folder}: the index of its words cannot be made or read: {reason}") from error
        return found

    def _query(self, asked: Iterable[str]) -> str:
        """Return the words and phrases as a query of FTS5 in which each is a string, and so no syntax."""
        terms = set()
        for word in asked:
            found = self._cursor().execute("SELECT told($word)", {"word": word.replace(chr(0), " ")}).fetchall()
            told = str(found[0][0]).strip()
            # A single letter begins too many words to be asked for as a beginning.
            terms.add('"' + told.replace('"', '""') + ('"*' if len(told) > 1 else '"'))
        return " ".join(sorted(terms)) or '""'

    def _index(self, kind: _Kind, schema: str) -> _Index:
        """Return the index of a schema's rows: that of `base` is a file, made where there is none or a broken one."""
        key = f"{schema}.{kind.name}"
        with self._lock:
            if key not in self._indexes:
                rows = kind.rows.replace("$schema", schema)
                connection = self._opened(kind, rows) if schema == "base" else self._in_memory(kind, rows)
                self._indexes[key] = _Index(connection, kind)
            return self._indexes[key]

    def _opened(self, kind: _Kind, rows: str) -> sqlite3.Connection:
        """Open the file of an index; without a place for it, or with another store there by now, it is in memory."""
        try:
            return derived.opened(self._folder, kind.file, lambda at: _write(at, kind, self._rows(rows)), _connect,
                                  sqlite3.Error, self._version)
        except (derived.NoPlace, derived.Replaced, sqlite3.Error) as error:
            _LOG.warning("the index of %s is kept in memory: %s", kind.name, error)
            return self._in_memory(kind, rows)

    def _discard(self, kind: _Kind) -> None:
        with self._lock:
            self._indexes.pop(f"base.{kind.name}", None)
        derived.discard(derived.folder(self._folder) / kind.file)

    def _in_memory(self, kind: _Kind, rows: str) -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(connection, kind, self._rows(rows))
        return connection

    def _rows(self, sql: str) -> Iterator[Row]:
        found = self._cursor().execute(sql)
        while some := found.fetchmany(100):
            yield from some


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        connection.execute("SELECT rowid FROM words WHERE words MATCH 'a' LIMIT 1").fetchall()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _write(path: Path, kind: _Kind, rows: Iterable[Row]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        _fill(connection, kind, rows)


def _fill(connection: sqlite3.Connection, kind: _Kind, rows: Iterable[Row]) -> None:
    """Index rows.

    Many go in at once, since SQLite waits for the other threads of Python at each step.
    """
    names = ", ".join(kind.columns)
    connection.execute(f"""CREATE VIRTUAL TABLE words USING fts5({names}, content = '',
                           tokenize = "unicode61 remove_diacritics 2 categories '{_KINDS}'")""")
    values = ", ".join(f"json_extract(value, '$[{number}]')" for number in range(len(kind.columns) + 1))
    for some in _batches(rows):
        connection.execute(f"INSERT INTO words(rowid, {names}) SELECT {values} FROM json_each(?)", (json.dumps(some),))
    connection.execute("INSERT INTO words(words) VALUES ('optimize')")
    connection.commit()


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Give the rows in lists of not too many characters."""
    some: list[Row] = []
    held = 0
    for row in rows:
        # A text of SQLite ends at its first zero.
        some.append(tuple(value.replace(chr(0), " ") if isinstance(value, str) else value for value in row))
        held += sum(len(str(value)) for value in row)
        if held > _CHARACTERS_AT_ONCE:
            yield some
            some, held = [], 0
    if some:
        yield some
