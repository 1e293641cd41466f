"""Where the journal of corrections lies: SQLite or PostgreSQL, through SQLAlchemy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError, InterfaceError, SQLAlchemyError
from sqlalchemy.schema import CreateTable

from extract.corrections.entries import AUTHOR_AT_MOST
from extract.model import InputError

_PATIENCE = 10
"""Seconds within which a server must answer."""
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


class Unanswered(Exception):
    """The database does not answer, or cannot be read or written: the reason."""


class Overtaken(Exception):
    """Somebody else has written of one of the events meanwhile."""


class Database:
    """The tables of the journal. `name` is the address without its password; `file` that of SQLite, or None.

    All methods raise Unanswered.
    """

    def __init__(self, url: str) -> None:
        """Take a SQLAlchemy URL. Raises InputError when it is none, or of a database for which a package is missing."""
        self._ready = False
        self.name = "the address of the corrections"
        try:
            address = sql.make_url(url)
            if address.drivername == "postgresql":
                # The driver whose licence binds nobody; it comes with the extra `postgresql`.
                address = address.set(drivername="postgresql+pg8000")
            self.name = address.render_as_string(hide_password=True)
            file = address.database if address.drivername.startswith("sqlite") else None
            self.file = Path(file) if file and file != ":memory:" else None
            # A connection that stayed open would write on into a file that was removed or replaced.
            options: dict[str, Any] = {"poolclass": sql.NullPool} if self.file else {"pool_pre_ping": True}
            if address.drivername == "postgresql+pg8000":
                options["connect_args"] = {"timeout": _PATIENCE}
            self._engine = sql.create_engine(address, **options)
        except (SQLAlchemyError, ImportError, ValueError) as error:  # a port that is no number
            raise InputError(f"{self.name}: the corrections cannot be opened: {_reason(error)}") from error

    def head(self) -> int:
        """Return the number of the last entry, 0 for none."""
        return self._figure(sql.func.max(_ENTRIES.c.number))

    def count(self) -> int:
        """Return how many entries there are."""
        return self._figure(sql.func.count(_ENTRIES.c.number))

    def _figure(self, what: sql.Function[int]) -> int:
        [row] = self._rows(sql.select(what.label("figure")))
        return int(row["figure"] or 0)

    def entries(self, after: int) -> Sequence[Mapping[str, Any]]:
        """Return the entries later than a number, in order, each field by its name."""
        return self._rows(sql.select(_ENTRIES).where(_ENTRIES.c.number > after).order_by(_ENTRIES.c.number))

    def _rows(self, query: sql.Select[Any]) -> Sequence[Mapping[str, Any]]:
        try:
            if not self._ready:
                self._prepare()
            with self._engine.connect() as connection:
                return [dict(row) for row in connection.execute(query).mappings()]
        except (SQLAlchemyError, OSError) as error:
            self._ready = False
            raise Unanswered(_reason(error)) from error

    def add(self, values: Mapping[str, Any], events: Sequence[str], seen: int) -> int:
        """Add an entry on events of which its author knew the entries up to the number `seen`; returns its number.

        Raises Overtaken, with nothing written, when there is a later entry on one of them.
        """
        try:
            self._prepare()
            with self._engine.begin() as connection:
                query = _ENTRIES.insert().values(values).returning(_ENTRIES.c.number)
                number = int(connection.execute(query).scalar_one())
                for event in events:
                    self._advance(connection, event, number, seen)
        except IntegrityError as error:
            raise Overtaken from error
        except (SQLAlchemyError, OSError) as error:
            raise Unanswered(_reason(error)) from error
        return number

    @staticmethod
    def _advance(connection: sql.Connection, event: str, number: int, seen: int) -> None:
        """Make an entry the last on an event; an IntegrityError tells that another came in between."""
        here = _HEADS.c.event == event
        moved = connection.execute(_HEADS.update().where(here, _HEADS.c.number <= seen).values(number=number))
        if not moved.rowcount:
            connection.execute(_HEADS.insert().values(event=event, number=number))

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


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())
