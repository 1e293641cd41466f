"""Places the events of a timeline: one lane a row, lines of marks within it, so that no mark hides another.

A lane holds a bounded number of lines. Where one moment has more marks than that, those left over become a number.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

ACROSS = 48
LABEL = 1.7
_LINES_AT_LEAST = 2
_FEW = 20
_MERGED = 3.5
_TOUCH = 0.499
_COVERING = 2
# The days before and after an axis must be in the calendar too.
_BEGIN, _END = dt.date(2, 1, 1), dt.date(9998, 12, 31)
_Left = tuple[float, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Lane:
    """The band of one row: its key, the height at which it begins, and its number of lines."""

    key: str
    base: float
    lines: int

    @property
    def top(self) -> float:
        """Return the height at which the lane's lines end and its label begins."""
        return self.base + self.lines


@dataclass(frozen=True, slots=True)
class More:
    """Events of a lane that found no place: how many, where their number stands, and their first and last day."""

    lane: str
    events: int
    x: float
    y: float
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Placed:
    """The events that have a place, in columns `x` (days, as ordinals) and `y`; the lanes from the bottom; the rest.

    `covering` counts those left out since their month, year or range holds all the days shown.
    """

    frame: pd.DataFrame
    lanes: list[Lane]
    more: list[More]
    covering: int = 0

    @property
    def hidden(self) -> int:
        """Return how many events found no place."""
        return sum(more.events for more in self.more)


def window(span: Mapping[str, Any]) -> tuple[dt.date, dt.date]:
    """Return the first and last day that a timeline opens on: all, or the busy part where outliers would squeeze it.

    `span` has the days `first` and `last`, `early` and `late` between which most events lie, and the number `dated`.
    An end is cut off when that at least halves the range; a handful of events is always shown whole.
    """
    first, last = span["first"], span["last"]
    if span["dated"] >= _FEW:
        if (last - span["early"]).days * 2 < (last - first).days:
            first = span["early"]
        if (span["late"] - first).days * 2 < (last - first).days:
            last = span["late"]
    margin = dt.timedelta(days=max((last - first).days // 50, 1))
    return max(first, _BEGIN + margin) - margin, min(last, _END - margin) + margin


def place(
    frame: pd.DataFrame, shown: tuple[dt.date, dt.date], keys: Sequence[str], lines: int, keep: str = ""
) -> Placed:
    """Give the events that lie within `shown` a place in the lanes `keys` (from the top) of at most `lines` lines each.

    The event `keep` always gets a place. Points of one moment stand above one another, or side by side within their
    day where it is wide enough; what has length lies below them, the longest at the bottom. Of what covers all the days
    shown, and so tells nothing of them, a lane holds no more than two.
    """
    start, end = shown[0].toordinal(), shown[1].toordinal() + 1
    cell = (end - start) / ACROSS
    taken: list[tuple[Any, float, float]] = []
    lanes: list[Lane] = []
    more: list[More] = []
    base, covering = 0.0, 0
    for key in reversed(keys):
        filling = _Filling(cell, lines, (start, end))
        spots, left = filling.fill(_inside(frame[frame["lane"] == key], start, end), keep)
        covering += filling.covering
        used = max((line + 1 for _, _, line in spots), default=0) + bool(left)
        lane = Lane(key, base, max(used, _LINES_AT_LEAST))
        taken += [(index, x, base + line + 0.5) for index, x, line in spots]
        for group in _gathered(left, cell):
            if len(group) == 1:
                taken.append((group[0][1]["index"], group[0][0], base + used - 0.5))
            else:
                more.append(_more(key, group, base + used - 0.5))
        lanes.append(lane)
        base = lane.top + LABEL
    placed = pd.DataFrame(taken, columns=["index", "x", "y"]).set_index("index")
    return Placed(frame.loc[placed.index].assign(x=placed["x"], y=placed["y"]), lanes, more, covering)


def _inside(events: pd.DataFrame, start: int, end: int) -> list[dict[str, Any]]:
    """Return the events that touch the days from `start` up to `end`, each with its part of them as `a` and `b`."""
    found = []
    columns = (events[name].tolist() for name in ("id", "kind", "salience", "date_first", "date_last"))
    for index, own, kind, salience, begins, ends in zip(events.index.tolist(), *columns, strict=True):
        first, last = begins.toordinal(), ends.toordinal() + 1
        if first < end and last > start:
            found.append({"index": index, "id": own, "kind": kind, "minor": salience != "main",
                          "day": last - first == 1, "a": max(first, start), "b": min(last, end)})
    return found


class _Filling:
    """One lane as it fills: the spans taken on each line, kept in order."""

    def __init__(self, cell: float, lines: int, ends: tuple[int, int]) -> None:
        self.cell, self.lines, self.ends = cell, lines, ends
        self.covering = 0
        self.taken: list[list[tuple[float, float]]] = [[] for _ in range(lines)]
        self.columns: dict[int, float] = {}

    def fill(
        self, events: list[dict[str, Any]], keep: str
    ) -> tuple[list[tuple[Any, float, int]], list[_Left]]:
        """Return the places as (index, x, line), and the events left over with the x where they belong."""
        spots, left = [], []
        self.columns = _columns([event["a"] for event in events if event["day"]], self.cell)
        for event in sorted(events, key=lambda one: self._order(one, keep)):
            covers = not event["day"] and (event["a"], event["b"]) == self.ends
            lines = min(_COVERING, self.lines) if covers else self.lines
            spot = next(
                ((x, number) for number in range(lines) for x, span in self._choices(event)
                 if _is_free(self.taken[number], span)), None)
            if spot is None and covers:
                self.covering += 1
                continue
            if spot is None:
                left.append((self._choices(event)[0][0], event))
                continue
            x, number = spot
            insort(self.taken[number], next(span for at, span in self._choices(event) if at == x))
            spots.append((event["index"], x, number))
        return spots, left

    def _order(self, event: dict[str, Any], keep: str) -> tuple[Any, ...]:
        length = 0 if event["day"] else event["b"] - event["a"]
        moment = self.columns[event["a"]] if event["day"] else event["a"]
        return event["id"] != keep, -length, moment, event["kind"], event["minor"], event["a"], event["id"]

    def _choices(self, event: dict[str, Any]) -> list[tuple[float, tuple[float, float]]]:
        """Return where on a line the event may stand, the best first: x, and the span that it takes."""
        half = self.cell * _TOUCH
        if not event["day"]:
            middle = (event["a"] + event["b"]) / 2
            return [(middle, (min(event["a"], middle - half), max(event["b"], middle + half)))]
        beside = max(int(1 / self.cell), 1)
        offsets = sorted((number - (beside - 1) / 2 for number in range(beside)), key=abs)
        places = [self.columns[event["a"]] + offset * self.cell for offset in offsets]
        return [(x, (x - half, x + half)) for x in places]


def _columns(days: list[int], cell: float) -> dict[int, float]:
    """Return where the marks of each day stand: days within one mark's width share the mean of theirs, so that the
    marks of one moment form a tower and a mark that stands alone stands at its date."""
    groups: list[list[int]] = []
    for day in sorted(days):
        if groups and day - groups[-1][0] < cell:
            groups[-1].append(day)
        else:
            groups.append([day])
    return {day: sum(group) / len(group) + 0.5 for group in groups for day in group}


def _is_free(taken: list[tuple[float, float]], span: tuple[float, float]) -> bool:
    """Tell whether a span overlaps none of those taken, which are in order and do not overlap one another."""
    at = bisect(taken, span)
    return (at == 0 or taken[at - 1][1] <= span[0]) and (at == len(taken) or span[1] <= taken[at][0])


def _gathered(left: list[_Left], cell: float) -> list[list[_Left]]:
    """Gather the events left over into groups that stand so far apart that their numbers can be read."""
    groups: list[list[_Left]] = []
    for one in sorted(left, key=lambda pair: (pair[0], pair[1]["id"])):
        if groups and one[0] - groups[-1][0][0] < _MERGED * cell:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _more(lane: str, group: list[_Left], y: float) -> More:
    first, last = min(event["a"] for _, event in group), max(event["b"] for _, event in group) - 1
    return More(lane, len(group), sum(x for x, _ in group) / len(group), y,
                dt.date.fromordinal(first), dt.date.fromordinal(last))
