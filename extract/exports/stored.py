"""A whole store as rows to export, with what analysts have decided laid over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract import edtf
from extract.corrections import Correction, review
from extract.exports.about import About, data_version
from extract.exports.records import Row, rows_of
from extract.manifest import MANIFEST
from extract.record import Event
from extract.store import read_store

_NO_YEAR = dt.date.max


def of_store(folder: Path, entries: Sequence[Correction] = ()) -> tuple[list[Row], About]:
    """Return the events of the store in `folder`, in order of time, those of unknown year last, and what they are.

    `entries` are those of a journal of corrections. Raises InputError when the store cannot be read.
    """
    store, states = read_store(folder), dict[str, str]()
    version = store.fingerprint
    if entries:
        reviewed, taken_out = review(folder, entries)
        left = [event for event in store.events if event.id not in taken_out]
        store = replace(store, events=(*left, *reviewed.events.values()))
        states = {name: decision.state for name, decision in reviewed.reviews.items()}
        version += f"#{max(entry.number for entry in entries)}"
    store = replace(store, events=tuple(sorted(store.events, key=_order)))
    moment = dt.datetime.fromtimestamp(int((folder / MANIFEST).stat().st_mtime), dt.UTC)
    number = len(store.events)
    about = About("Diplomatic events", "All events of the store.", data_version(version), number, number, moment)
    return rows_of(store, states), about


def _order(event: Event) -> tuple[dt.date, dt.date, str]:
    first, last = edtf.bounds(event.date) or (_NO_YEAR, _NO_YEAR)
    return first, last, event.id
