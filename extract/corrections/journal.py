"""The journal of corrections: entries are only ever added, in SQLite or PostgreSQL."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from extract.corrections.entries import (
    ACTIONS,
    AUTHOR_AT_MOST,
    REASON_AT_MOST,
    Conflict,
    Correction,
    OutOfReach,
    active,
)
from extract.model import InputError
from extract.record import Event, from_mapping

if TYPE_CHECKING:
    from extract.corrections.database import Database

T = TypeVar("T")
# An address of this form without these characters ends with the way to the file, as it is.
_PLAIN, _CODED = "sqlite:///", "?%"
# How many events an action replaces, and by how many: the fewest and the most.
_BEFORE = {"confirm": (1, 1), "reject": (1, 1), "edit": (1, 1), "merge": (2, 50), "split": (1, 1), "add": (0, 0),
           "undo": (0, 0)}
_AFTER = {"confirm": (1, 1), "reject": (0, 0), "edit": (1, 1), "merge": (1, 1), "split": (2, 50), "add": (1, 1),
          "undo": (0, 0)}


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
        self._url = url
        self._silence, self._again = "", 0.0
        self._opened: Database | None = None
        if not self._is_missing():
            self._open()

    def _is_missing(self) -> bool:
        """Tell whether the corrections are a file that is not there.

        It is made by the first correction, so that a folder that cannot be written to can be read. Until there is one,
        the library that reads it, which takes long to load, is not needed either.
        """
        if self._opened is not None:
            return self._opened.file is not None and not self._opened.file.exists()
        with suppress(OSError, ValueError):  # too long for a name, or none at all
            plain = self._url.startswith(_PLAIN) and not set(_CODED) & set(self._url)
            return plain and not Path(self._url[len(_PLAIN):]).exists()
        return False

    def _open(self) -> Database:
        from extract.corrections.database import Database

        if self._opened is None:
            self._opened = Database(self._url)
        return self._opened

    def must_exist(self) -> Journal:
        """Return this journal. Raises InputError when it is a file that is not there, as one of a mistyped name."""
        if self._is_missing():
            raise InputError(f"{self._url}: there is no such database of corrections")
        return self

    @property
    def last(self) -> int:
        """The number of the last entry that is known, 0 for none."""
        return max((one.number for one in self.known), default=0)

    def head(self) -> int:
        """Return the number of the last entry, 0 for none."""
        return 0 if self._is_missing() else self._asked(lambda database: database.head())

    def count(self) -> int:
        """Return how many entries there are; their numbers may leave gaps."""
        return 0 if self._is_missing() else self._asked(lambda database: database.count())

    def entries(self, after: int = 0) -> tuple[Correction, ...]:
        """Return the entries later than the number `after`, in order."""
        found: tuple[Correction, ...] = ()
        if not self._is_missing():
            found = tuple(map(self._entry, self._asked(lambda database: database.entries(after))))
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
        from extract.corrections.database import Overtaken, Unanswered

        identifiers = sorted({one.id for one in (*before, *after)})
        database = self._open()
        try:
            number = database.add(values, identifiers, seen)
        except Overtaken as error:
            later = [one for one in self.entries(seen) if one.events & set(identifiers)]
            raise Conflict(later) from error
        except Unanswered as error:
            raise OutOfReach(f"{database.name}: the correction cannot be written: {error}") from error
        return Correction(number, action, name, when, str(values["reason"]), before, after, undoes)

    def _asked(self, question: Callable[[Database], T]) -> T:
        """Return an answer. A server that let one reader wait in vain is left alone for three times as long."""
        from extract.corrections.database import Unanswered

        began = time.monotonic()
        if began < self._again:
            raise OutOfReach(self._silence)
        database = self._open()
        try:
            return question(database)
        except Unanswered as error:
            self._silence = f"{database.name}: the corrections cannot be read: {error}"
            now = time.monotonic()
            self._again = now + 3 * (now - began) if now - began > 1 else now
            raise OutOfReach(self._silence) from error

    def _entry(self, row: Any) -> Correction:
        place = f"{self._open().name}: correction {row['number']}"
        if row["action"] not in ACTIONS:
            raise InputError(f"{place}: cannot be read: {str(row['action'])[:80]!r} is no action")
        try:
            before, after = (
                tuple(from_mapping(one, place) for one in json.loads(row[side])) for side in ("before", "after")
            )
            made = dt.datetime.fromisoformat(row["made"])
        except InputError:
            raise
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise InputError(f"{place}: cannot be read: {error}") from error
        return Correction(row["number"], row["action"], row["author"], made, row["reason"], before, after,
                          row["undoes"])


def _written(events: Sequence[Event]) -> str:
    return json.dumps([asdict(one) for one in events], ensure_ascii=False)
