"""Places the events of a timeline: one lane a kind, rows within it, so that no mark hides another."""

from __future__ import annotations

import datetime as dt
from bisect import bisect, insort
from dataclasses import dataclass

import pandas as pd

from extract.model import KINDS

ROWS_AT_MOST = 16
_MARKS_ACROSS = 75
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class Lane:
    """The band of one kind: the height at which it begins, its number of rows, and how far apart they are."""

    kind: str
    base: float
    rows: int
    pitch: float

    @property
    def height(self) -> float:
        """Return the lane's height in rows."""
        return max(self.rows * self.pitch, 1.0)


def window(frame: pd.DataFrame) -> tuple[dt.date, dt.date]:
    """Return the days that a timeline opens on: all of them, or the busy end when old outliers would squeeze it.

    `frame` has `date_first` and `date_last` and is not empty. The early twentieth of the events is left outside when
    that at least halves the range.
    """
    first, last = frame["date_first"].min(), frame["date_last"].max()
    core = frame["date_first"].sort_values().iloc[int(len(frame) * 0.12)]
    if len(frame) >= 20 and (last - core).days * 2 < (last - first).days:
        first = core
    margin = max((last - first).days // 40, 2)
    return (first - pd.Timedelta(days=margin)).date(), (last + pd.Timedelta(days=margin)).date()


def place(frame: pd.DataFrame, shown: tuple[dt.date, dt.date]) -> tuple[pd.DataFrame, list[Lane]]:
    """Give each event a height: returns the frame with a column `y`, and the lanes from bottom to top.

    The long ones lie at the bottom of their lane, the points above them. Marks that would touch at the width of
    `shown` get different rows; a lane with more than `ROWS_AT_MOST` rows is pressed together.
    """
    reach = max((shown[1] - shown[0]).days / _MARKS_ACROSS, 1.0)
    heights = pd.Series(0.0, index=frame.index)
    lanes: list[Lane] = []
    base = 0.0
    for kind in reversed(KINDS):
        rows = _rows(frame[frame["kind"] == kind], reach)
        count = int(rows.max()) + 1 if len(rows) else 1
        lane = Lane(kind, base, count, min(1.0, ROWS_AT_MOST / count))
        heights.loc[rows.index] = base + (rows + 0.5) * lane.pitch
        lanes.append(lane)
        base += lane.height + _GAP
    return frame.assign(y=heights), lanes


def _rows(events: pd.DataFrame, reach: float) -> pd.Series:
    """Return the row of each event: the lowest that is free over its days and half a mark to either side.

    The longest come first, so that they lie at the bottom and the points above them.
    """
    days = (events["date_last"] - events["date_first"]).dt.days
    order = events.assign(days=days).sort_values(["days", "date_first", "id"], ascending=[False, True, True])
    taken: list[list[tuple[int, float]]] = []
    rows = pd.Series(0, index=events.index, dtype=int)
    for index, first, length in zip(order.index, order["date_first"], order["days"], strict=True):
        span = (first.toordinal(), first.toordinal() + max(float(length), reach))
        number = next((row for row, spans in enumerate(taken) if _is_free(spans, span)), len(taken))
        if number == len(taken):
            taken.append([])
        insort(taken[number], span)
        rows.loc[index] = number
    return rows


def _is_free(taken: list[tuple[int, float]], span: tuple[int, float]) -> bool:
    """Tell whether a span overlaps none of those taken, which are in order and do not overlap one another."""
    place = bisect(taken, span)
    return (place == 0 or taken[place - 1][1] <= span[0]) and (place == len(taken) or span[1] <= taken[place][0])
