"""What changed lately: the last days of the record against as many days before them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.filters import EARLIEST, LATEST, Filters
from dashboard.query.archive import Archive
from dashboard.query.countries import by_country, pairs
from dashboard.query.events import totals

LENGTHS = (30, 90, 365, 1826)
# Fewer events say nothing of a trend, and a small difference is chance.
EVENTS_AT_LEAST = 20
COUNT_AT_LEAST = 3
CHANGE_AT_LEAST = 0.25


@dataclass(frozen=True, slots=True)
class Window:
    """The last days and the same number of days before them, as filters of the events that count in each."""

    days: int
    lately: Filters
    before: Filters


def window(archive: Archive, filters: Filters, days: int = 0) -> Window | None:
    """Return the two windows, or None where no past event is known to the day, or none in days that filters know.

    The later one ends with the last event that took place. Without `days` they are the shortest of `LENGTHS` that hold
    at least `EVENTS_AT_LEAST` events each, or else a year. Only events known to the day count: one of some month or
    year may lie in either.
    """
    known = replace(filters, precisions=("day", "range"), statuses=("occurred",))
    last = totals(archive, known)["last"]
    if last is None or last < EARLIEST + dt.timedelta(days=2 * max(days, *LENGTHS)):
        return None
    last = min(last, LATEST)
    for length in [days] if days else LENGTHS:
        found = _windows(known, last, length)
        if days or all(totals(archive, one)["events"] >= EVENTS_AT_LEAST for one in (found.lately, found.before)):
            return found
    return _windows(known, last, 365)


def _windows(known: Filters, last: dt.date, days: int) -> Window:
    middle = last - dt.timedelta(days=days)
    first = middle - dt.timedelta(days=days)
    return Window(days, replace(known, first=middle + dt.timedelta(days=1), last=last),
                  replace(known, first=first + dt.timedelta(days=1), last=middle))


def changes(archive: Archive, compared: Window) -> pd.DataFrame:
    """Return the countries whose number of events changed, the greatest change first: `country`, `lately`, `before`.

    Left out are those with fewer than `COUNT_AT_LEAST` events in both windows, and those that changed by less than
    `CHANGE_AT_LEAST` of the greater number.
    """
    return _changed(*(by_country(archive, one).set_index(["country"]) for one in (compared.lately, compared.before)))


def pair_changes(archive: Archive, compared: Window) -> pd.DataFrame:
    """Return the pairs of countries whose number of events changed, as `changes` does: `a`, `b`, `lately`, `before`."""
    return _changed(*(pairs(archive, one, 5000).set_index(["a", "b"]) for one in (compared.lately, compared.before)))


def _changed(lately: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    both = pd.concat([lately["events"].rename("lately"), before["events"].rename("before")], axis=1)
    both = both.fillna(0).astype(int)
    most = both.max(axis=1)
    difference = (both["lately"] - both["before"]).abs()
    kept = both[(most >= COUNT_AT_LEAST) & (difference >= CHANGE_AT_LEAST * most)]
    order = difference[kept.index].sort_index().sort_values(ascending=False, kind="stable").index
    return kept.loc[order].reset_index()
