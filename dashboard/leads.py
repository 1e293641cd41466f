"""The numbers behind a chart as a table of which each number leads to its events, and each event to its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import charts, markup, panel, tables, wording
from dashboard.filters import Filters, beginning
from dashboard.markup import Node, node
from dashboard.query import timeline
from dashboard.tables import Cell
from extract.model import KINDS, STATUSES

ROWS_AT_MOST = 200
# To what a cell leads, told by its row and the name of its column: to the events of which it is the number, as filters;
# to one event, as its identifier; to nothing.
Lead = Callable[[Mapping[str, Any], str], Filters | str | None]


def table(frame: pd.DataFrame, label: str, lead: Lead | None = None) -> Node:
    """Return the first rows of a frame as a table, its cells leading where `lead` tells."""
    columns = [tables.Column(wording.column(str(name)), name != "year" and _counts(frame[name]),
                             style="wide" if name == "title" else "") for name in frame.columns]
    rows = frame.head(ROWS_AT_MOST).to_dict("records")
    targets = [[lead(row, str(name)) if lead else None for name in row] for row in rows]
    common = _common([panel.params_of(one) for row in targets for one in row if isinstance(one, Filters)])
    body = [[_cell(str(value) if name == "year" else value, target, common)
             for (name, value), target in zip(row.items(), own, strict=True)]
            for row, own in zip(rows, targets, strict=True)]
    return markup.base(tables.table(columns, body, label, style="tall"), "table", common)


def _counts(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _common(links: Sequence[panel.Params]) -> panel.Params:
    """Return the parameters that all these links have, so that each need only say what is its own."""
    if not links:
        return {}
    return {key: value for key, value in links[0].items() if all(one.get(key) == value for one in links)}


def _cell(value: Any, target: Filters | str | None, common: panel.Params) -> Cell:
    shown = wording.cell(value)
    if isinstance(target, str):
        return markup.link("event", panel.link_params(event=target), shown)
    if target is None or not value:
        return shown
    own = {key: one for key, one in panel.params_of(target).items() if key not in common}
    return markup.near(own, shown, style="count")


def counted(narrow: Callable[[Mapping[str, Any]], Filters]) -> Lead:
    """Return where the numbers of a frame lead whose columns `events` and kinds count events; `narrow` tells of a row
    which events are in `events`."""

    def lead(row: Mapping[str, Any], column: str) -> Filters | None:
        if column == "events":
            return narrow(row)
        return replace(narrow(row), kinds=(column,)) if column in KINDS else None

    return lead


def said(key: str, *parts: Cell) -> None:
    """Draw a line of small print, of which some parts may be links to events."""
    markup.show(node("p", *parts, style="faint"), key, panel.go)


def event(row: Mapping[str, Any], column: str) -> str | None:
    """Return to which event the title of a row leads that is one event."""
    return str(row["id"]) if column == "title" else None


def in_bin(chosen: Filters, start: dt.datetime, unit: str) -> Filters:
    """Return the filters, narrowed to the events of which the first day lies in a unit of time, from `start` on."""
    last = (charts.bin_end(pd.Timestamp(start), unit) - pd.Timedelta(days=1)).date()
    return beginning(chosen, start.date(), last)


def in_year(chosen: Filters, year: int) -> Filters:
    """Return the filters, narrowed to the events of which the first day lies in a year."""
    return beginning(chosen, dt.date(year, 1, 1), dt.date(year, 12, 31))


def planned(chosen: Filters) -> Filters:
    """Return the filters, narrowed to what is only planned."""
    return replace(chosen, statuses=(timeline.PLANNED,))


def told(chosen: Filters) -> Filters:
    """Return the filters, narrowed to what is not only planned."""
    return replace(chosen, statuses=tuple(one for one in chosen.statuses or STATUSES if one != timeline.PLANNED))


def by_bin(chosen: Filters, unit: str) -> Lead:
    """Return where the numbers of the archive's `bins` of events lead: by unit of time, kind, and whether planned."""
    return counted(lambda row: in_bin(
        replace(planned(chosen) if row["planned"] else told(chosen), kinds=(row["kind"],)), row["bin"], unit))
