"""The entries of the journal of corrections.

Every correction replaces some events (those before) by others (those after): to confirm one leaves it as it is, to
reject one replaces it by nothing, to merge two replaces them by one, to add one replaces nothing. To undo is an entry,
too, so that the journal tells who decided what, when and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.model import InputError
from extract.record import Event

ACTIONS = ("confirm", "reject", "edit", "merge", "split", "add", "undo")
AUTHOR_AT_MOST, REASON_AT_MOST = 200, 2000


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
