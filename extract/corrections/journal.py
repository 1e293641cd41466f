"""The journal of corrections: entries are only ever added, in SQLite or PostgreSQL, through SQLAlchemy.

Every correction replaces some events (those before) by others (those after): to confirm one leaves it as it is, to
reject one replaces it by nothing, to merge two replaces them by one, to add one replaces nothing. To undo is an entry,
too, so that the journal tells who decided what, when and why.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError, InterfaceError, SQLAlchemyError
from sqlalchemy.schema import CreateTable

from extract.model import InputError
from extract.record import Event, from_mapping

ACTIONS = ("confirm", "reject", "edit", "merge", "split", "add", "undo")
_PATIENCE = 10
"""Seconds within which a server must answer."""
AUTHOR_AT_MOST, REASON_AT_MOST = 200, 2000
# How many events an action replaces, and by how many: the fewest and the most.
_BEFORE = {"confirm": (1, 1), "reject": (1, 1), "edit": (1, 1), "merge": (2, 50), "split": (1, 1), "add": (0, 0),
           "undo": (0, 0)}
_AFTER = {"confirm": (1, 1), "reject": (0, 0), "edit": (1, 1), "merge": (1, 1), "split": (2, 50), "add": (1, 1),
          "undo": (0, 0)}

_TABLES = sql.MetaData()
_ENTRIES = sql.Table(
    "corrections", _TABLES,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("action", sql.String(20), nullable=False),
    sql.Column("author", sql.String(AUTHOR_AT_MOST), nullable=False),
    sql.Column("made", sql.String(40), nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
    sql.Column("before", sql.Text, nullable=False),
    sql.Column("after", sql.Text, nullable=False),
    sql.Column("undoes", sql.Integer, sql.ForeignKey("corrections.number"), nullable=True),
    sqlite_autoincrement=True,
)
# The last entry on each event: what lets the second of two people who correct one event be told.
_HEADS = sql.Table(
    "heads", _TABLES,
    sql.Column("event", sql.String(80), primary_key=True),
    sql.Column("number", sql.Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry of the journal. `made` is in UTC; `undoes` is the number of the entry that an "undo" takes back."""

    number: int
    action: str
    author: str
    made: dt.datetime
    reason: str
    before: tuple[Event, ...]
    after: tuple[Event, ...]
    undoes: int | None = None

    @property
    def events(self) -> frozenset[str]:
        """The ids of the events that it is about."""
        return frozenset(one.id for one in (*self.before, *self.after))


class Conflict(Exception):
    """Somebody else has corrected one of the events meanwhile; `entries` are what the writer had not seen."""

    def __init__(self, entries: Sequence[Correction]) -> None:
        """Remember the entries that the writer had not seen."""
        super().__init__(f"corrected meanwhile by {', '.join(sorted({one.author for one in entries}))}")
        self.entries = tuple(entries)


class OutOfReach(InputError):
    """The database of the corrections does not answer, or cannot be read or written."""


class Journal:
    """The corrections at one database. May be shared by threads.

    The database may go and come back: each question is asked of it anew, and raises OutOfReach naming the address
    (without its password) and the reason as long as there is no answer. `known` are the entries as they were last read.
    """

    def __init__(self, url: str) -> None:
        """Open the journal at a SQLAlchemy URL, such as sqlite:///FILE or postgresql://USER@HOST/NAME.

        Raises InputError when that is no address, or of a database for which a package is missing.
        """
        self.known: tuple[Correction, ...] = ()
        self._ready = False
        self._silence, self._again = "", 0.0
        try:
            address = sql.make_url(url)
            if address.drivername == "postgresql":
                # The driver whose licence binds nobody; it comes with the extra `postgresql`.
                address = address.set(drivername="postgresql+pg8000")
            self._name = address.render_as_string(hide_password=True)
            file = address.database if address.drivername.startswith("sqlite") else None
            # A file is made by the first correction, so that a folder that cannot be written to can be read.
            self._file = Path(file) if file and file != ":memory:" else None
            # A connection that stayed open would write on into a file that was removed or replaced.
            options: dict[str, Any] = {"poolclass": sql.NullPool} if self._file else {"pool_pre_ping": True}
            if address.drivername == "postgresql+pg8000":
                options["connect_args"] = {"timeout": _PATIENCE}
            self._engine = sql.create_engine(address, **options)
        except (SQLAlchemyError, ImportError) as error:
            name = getattr(self, "_name", "the address of the corrections")
            raise InputError(f"{name}: the corrections cannot be opened: {_reason(error)}") from error

    def _exists(self) -> bool:
        return self._file is None or self._file.exists()

    def _prepare(self) -> None:
        """Make the tables where they are not there yet. Who comes second while another makes them tries once more."""
        for last in (False, True):
            try:
                with self._engine.begin() as connection:
                    for table in _TABLES.sorted_tables:
                        connection.execute(CreateTable(table, if_not_exists=True))
                self._ready = True
                return
            except SQLAlchemyError as error:
                if last or isinstance(error, InterfaceError):  # nobody there
                    raise

    def head(self) -> int:
        """Return the number of the last entry, 0 for none."""
        return self._figure(sql.func.max(_ENTRIES.c.number))

    def count(self) -> int:
        """Return how many entries there are; their numbers may leave gaps."""
        return self._figure(sql.func.count(_ENTRIES.c.number))

    def _figure(self, what: sql.Function[int]) -> int:
        if not self._exists():
            return 0
        with self._read() as connection:
            return int(connection.execute(sql.select(what)).scalar() or 0)

    def entries(self, after: int = 0) -> tuple[Correction, ...]:
        """Return the entries later than the number `after`, in order."""
        found: tuple[Correction, ...] = ()
        if self._exists():
            with self._read() as connection:
                query = sql.select(_ENTRIES).where(_ENTRIES.c.number > after).order_by(_ENTRIES.c.number)
                found = tuple(self._entry(row) for row in connection.execute(query).mappings())
        if not after:
            self.known = found
        return found

    def write(
        self, action: str, before: Sequence[Event], after: Sequence[Event], *, author: str, reason: str = "", seen: int,
        made: dt.datetime | None = None,
    ) -> Correction:
        """Add a correction. `seen` is the number of the last entry that its author knew of; `made` is now by default.

        Raises Conflict, with nothing written, when a later entry is about one of these events; OutOfReach when it
        cannot be written; InputError when the action does not fit the events, or no author is named.
        """
        if action not in ACTIONS or action == "undo":
            raise InputError(f"corrections: {action!r} is no correction of events")
        for words, events, (fewest, most) in (("before", before, _BEFORE[action]), ("after", after, _AFTER[action])):
            if not fewest <= len(events) <= most:
                raise InputError(f"corrections: {action}: {len(events)} events {words}, not {fewest} to {most}")
        if action in ("confirm", "edit") and before[0].id != after[0].id:
            raise InputError(f"corrections: {action}: an event keeps its id")
        return self._add(action, tuple(before), tuple(after), author, reason, seen, made, None)

    def undo(
        self, entry: Correction, *, author: str, reason: str = "", seen: int, made: dt.datetime | None = None
    ) -> Correction:
        """Take back an entry; to undo an undo brings it back. `seen` and the errors are those of `write`."""
        if any(one.undoes == entry.number for one in active(self.entries())):
            raise InputError(f"corrections: number {entry.number} was undone already")
        return self._add("undo", entry.before, entry.after, author, reason, seen, made, entry.number)

    def _add(
        self, action: str, before: tuple[Event, ...], after: tuple[Event, ...], author: str, reason: str, seen: int,
        made: dt.datetime | None, undoes: int | None,
    ) -> Correction:
        name = " ".join(author.split())[:AUTHOR_AT_MOST]
        if not name:
            raise InputError("corrections: say who corrects")
        when = (made or dt.datetime.now(dt.UTC)).astimezone(dt.UTC)
        values = {
            "action": action, "author": name, "made": when.isoformat(), "reason": reason.strip()[:REASON_AT_MOST],
            "before": _written(before), "after": _written(after), "undoes": undoes,
        }
        identifiers = sorted({one.id for one in (*before, *after)})
        try:
            self._prepare()
            with self._engine.begin() as connection:
                query = _ENTRIES.insert().values(values).returning(_ENTRIES.c.number)
                number = int(connection.execute(query).scalar_one())
                for identifier in identifiers:
                    self._advance(connection, identifier, number, seen)
        except IntegrityError as error:
            later = [one for one in self.entries(seen) if one.events & set(identifiers)]
            raise Conflict(later) from error
        except (SQLAlchemyError, OSError) as error:
            raise OutOfReach(f"{self._name}: the correction cannot be written: {_reason(error)}") from error
        return Correction(number, action, name, when, str(values["reason"]), before, after, undoes)

    @staticmethod
    def _advance(connection: sql.Connection, identifier: str, number: int, seen: int) -> None:
        """Make an entry the last on an event; an IntegrityError tells that another came in between."""
        here = _HEADS.c.event == identifier
        moved = connection.execute(_HEADS.update().where(here, _HEADS.c.number <= seen).values(number=number))
        if not moved.rowcount:
            connection.execute(_HEADS.insert().values(event=identifier, number=number))

    @contextmanager
    def _read(self) -> Iterator[sql.Connection]:
        """Give a connection. A server that let one reader wait in vain is left alone for three times as long."""
        began = time.monotonic()
        if began < self._again:
            raise OutOfReach(self._silence)
        try:
            if not self._ready:
                self._prepare()
            with self._engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            self._silence = f"{self._name}: the corrections cannot be read: {_reason(error)}"
            self._ready, now = False, time.monotonic()
            self._again = now + 3 * (now - began) if now - began > 1 else now
            raise OutOfReach(self._silence) from error

    def _entry(self, row: Any) -> Correction:
        place = f"{self._name}: correction {row['number']}"
        try:
            before, after = (
                tuple(from_mapping(one, place) for one in json.loads(row[side])) for side in ("before", "after")
            )
            made = dt.datetime.fromisoformat(row["made"])
        except InputError:
            raise
        except (ValueError, TypeError, AttributeError) as error:
            raise InputError(f"{place}: cannot be read: {error}") from error
        return Correction(row["number"], row["action"], row["author"], made, row["reason"], before, after,
                          row["undoes"])


def active(entries: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the entries that stand: not undone, or undone by one that was undone itself; in order."""
    undone: set[int] = set()
    standing = []
    for entry in sorted(entries, key=lambda one: one.number, reverse=True):
        if entry.number in undone:
            continue
        standing.append(entry)
        if entry.undoes is not None:
            undone.add(entry.undoes)
    return tuple(reversed(standing))


def _written(events: Sequence[Event]) -> str:
    return json.dumps([asdict(one) for one in events], ensure_ascii=False)


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())
