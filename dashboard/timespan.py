"""The events over time as a page asks for them: which days the axis shows, in which form, and how to move along it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import geography, lanes, leads, panel, timelines, wording
from dashboard.charts import KIND_COLOURS, Chart
from dashboard.filters import EARLIEST, LATEST, PRECISIONS, Filters, also, beginning, without
from dashboard.query import events, timeline

MARKS_AT_MOST = 1200
BARS_ACROSS = 125
_OF_A_BAR = 3
_DAY = dt.timedelta(days=1)
_KNOWN = tuple(precision for precision in PRECISIONS if precision != "unknown")
_NOUNS = {"country": ("country", "countries"), "pair": ("pair", "pairs")}
Days = tuple[dt.date, dt.date]


def shown(chosen: Filters, span: Mapping[str, Any], at: dt.date | None = None) -> Days:
    """Return the days that the axis shows: those chosen, else the busy part of all; `at` is always among them."""
    first, last = lanes.window(span)
    if at and span["first"] <= at <= span["last"]:
        first, last = min(first, at), max(last, at)
    if chosen.first or chosen.last:
        first, last = span["first"], span["last"]
    first, last = chosen.first or first, chosen.last or last
    return (first, last) if first <= last else (last, first)


def draw(
    chosen: Filters, by: str, days: Days, compact: bool, at: str
) -> tuple[Chart, pd.DataFrame, leads.Lead] | None:
    """Return the chart, its numbers and where they lead: a mark for each event, or bars where they are too many.
    None where no row has an event.
    """
    if not (found := panel.share(_drawn, chosen, by, days, compact, at)):
        return None
    drawn, numbers, unit = found
    return drawn, numbers, leads.counted(partial(_bar, chosen, by, unit)) if unit else leads.event


def _drawn(
    chosen: Filters, by: str, days: Days, compact: bool, at: str
) -> tuple[Chart, pd.DataFrame, str] | None:
    """Return the chart, its numbers, and the unit of time where they are bars. None where no row has an event."""
    counts = panel.ask(timeline.lanes, chosen, by)
    top = counts.head(timeline.ROWS_AT_MOST)
    keys = tuple(top["lane"])
    planned = panel.ask(events.totals, _planned(chosen))["dated"] if _asks_planned(chosen) else 0
    names = {lane: _name(chosen, by, lane, number) for lane, number in top.itertuples(index=False)}
    if planned:
        names[timeline.PLANNED] = f"○ Planned {_number(planned, _planned(chosen))}"
    if not names:
        return None
    drawn = numbers = None
    unit = ""
    if int(top["events"].sum()) + planned <= MARKS_AT_MOST:
        numbers = panel.ask(timeline.marks, chosen, by, keys)
        lines = max(2, 12 // len(names)) if compact else max(5, min(14, 36 // len(names)))
        placed = lanes.place(numbers, days, list(names), lines, at)
        if placed.hidden * 2 <= len(placed.frame):
            drawn = timelines.marks(placed, names, days, at, by != "kind")
            numbers = numbers[["date", "title", "lane", "kind", "status", "salience", "id"]]
    if drawn is None:
        unit = events.grain(*days, at_most=BARS_ACROSS)
        # What began before the days chosen counts in the first of them; where none are, it counts where it began.
        numbers = panel.ask(timeline.bins, chosen, by, keys, unit, chosen.first or dt.date.min)
        drawn = timelines.bars(numbers, unit, names, days, compact, day_of(at))
    return replace(drawn, caption=_caption(drawn.caption, by, len(counts))), numbers, unit


def _bar(chosen: Filters, by: str, unit: str, row: Mapping[str, Any]) -> Filters:
    """Return the filters of the events that a bar counts: those of a row, a kind and a unit of time."""
    own = replace(_row(chosen, by, row["lane"]), kinds=(row["kind"],))
    held = leads.in_bin(own, row["bin"], unit)
    if chosen.first and row["bin"].date() <= chosen.first:
        return beginning(own, None, held.begins[1])
    return held


def _row(chosen: Filters, by: str, lane: str) -> Filters:
    """Return the filters of the events in a row: those planned have one of their own."""
    if lane == timeline.PLANNED:
        return _planned(chosen)
    own = _dated(leads.told(chosen) if _asks_planned(chosen) else chosen)
    return replace(own, kinds=(lane,)) if by == "kind" else also(own, *lane.split("-"))


def _caption(said: str, by: str, rows: int) -> str:
    if by == "kind" or rows <= timeline.ROWS_AT_MOST:
        return said
    return (f"The {timeline.ROWS_AT_MOST} most active of {wording.count(rows, *_NOUNS[by])}: "
            f"{rows - timeline.ROWS_AT_MOST:,} more have no row. An event stands in the row of each. {said}")


def day_of(event: str) -> dt.date | None:
    """Return the first day of an event, or None where there is none."""
    found = panel.ask(events.event, event) if event else None
    return found["date_first"].date() if found and found["date_first"] is not None else None


def _asks_planned(chosen: Filters) -> bool:
    return not chosen.statuses or timeline.PLANNED in chosen.statuses


def _planned(chosen: Filters) -> Filters:
    return _dated(leads.planned(chosen))


def _dated(chosen: Filters) -> Filters:
    """Return the filters without the events that have no place on an axis."""
    if chosen.first or chosen.last:
        return chosen
    return replace(chosen, precisions=tuple(one for one in chosen.precisions or _KNOWN if one != "unknown"))


def _name(chosen: Filters, by: str, lane: str, number: int) -> str:
    """Return the words above a row, for Plotly: its name, which leads to its page, and its number, to its events."""
    own = _row(chosen, by, lane)
    if by == "kind":
        sign = f"<span style='color:{KIND_COLOURS[lane]}'>{wording.GLYPHS[lane]}</span>"
        return f"{sign} {wording.KINDS_PLURAL[lane]} {_number(number, own)}"
    codes = lane.split("-")
    words = " – ".join(map(geography.name, codes))
    page = {"view": "country", "country": lane} if by == "country" else {
        "view": "pair", "a": codes[0], "b": codes[1]}
    return f"{_link(words, page, chosen)} {_number(number, own)}"


def _number(number: int, chosen: Filters) -> str:
    return _link(f"{number:,}", {"view": "table"}, chosen)


def _link(words: str, page: Mapping[str, str], chosen: Filters) -> str:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    address = urlencode({**page, **panel.params_of(chosen)}, doseq=True).replace("'", "%27")
    return f"<a href='?{address}' target='_self'>{escaped}</a>"


def done(gesture: Mapping[str, Any]) -> None:
    """Do what a gesture on a chart of time asks for, from its callback.

    A drag sets the dates, a bar or a number of marks comes closer, a mark opens its event, a double click shows all
    dates.
    """
    if gesture.get("what") == "reset":
        all_dates()
    elif gesture.get("what") == "range":
        if found := _within(gesture):
            choose(*found)
    elif mark := gesture.get("mark"):
        if mark[0] == timelines.MORE:
            choose(*map(dt.date.fromisoformat, mark[1:3]))
        elif len(mark) == _OF_A_BAR:
            choose(dt.date.fromisoformat(mark[0]), dt.date.fromisoformat(mark[2]))
        else:
            panel.open_event(str(mark[0]))


def _within(gesture: Mapping[str, Any]) -> Days | None:
    """Return the days of a drag: those of the bars in it, whose middle it holds, else from its first to its last day.

    The days of the marks in it belong to it, since a mark may stand up to half its width beside its day. None when the
    browser tells something else.
    """
    try:
        bars, days = ([dt.date.fromisoformat(day) for day in gesture.get(name, ())] for name in ("bars", "days"))
        ends = [dt.datetime.fromisoformat(edge[:16]) for edge in sorted(gesture["edges"])]
    except (ValueError, TypeError, KeyError):
        return None
    if bars:
        return min(bars), max(bars)
    return min([ends[0].date(), *days]), max([(ends[1] - dt.timedelta(minutes=1)).date(), *days])


def choose(first: dt.date, last: dt.date) -> None:
    """Set the dates, from a callback, within what the filters know."""
    panel.change(first=max(first, EARLIEST), last=min(last, LATEST))


def all_dates() -> None:
    """Take the dates out of the filters, from a callback."""
    panel.write(without(panel.current(), "first", "last", "begins"))


def moved(days: Days, whole: Days, by: float = 0, factor: int = 1) -> Days | None:
    """Return the days moved by a share of their range, or the range made wider around its middle.

    None stands for all dates: the wider range would hold all of them.
    """
    length = (days[1] - days[0]).days + 1
    wider = length * (factor - 1)
    first = max(days[0].toordinal() + round(length * by) - wider // 2, EARLIEST.toordinal())
    last = min(first + length + wider - 1, LATEST.toordinal())
    if factor > 1 and first <= whole[0].toordinal() and last >= whole[1].toordinal():
        return None
    return dt.date.fromordinal(first), dt.date.fromordinal(last)


def _move(days: Days | None) -> None:
    if days:
        choose(*days)
    else:
        all_dates()


def controls(chosen: Filters, days: Days, key: str) -> None:
    """Draw the ways from chosen dates, where there are any: to all dates, a wider range, the days before and after."""
    if not (chosen.first or chosen.last):
        return
    every = panel.ask(timeline.span, without(chosen, "first", "last"))
    whole = every["first"], every["last"]
    with st.container(horizontal=True, vertical_alignment="center", key=f"range_{key}", gap="small"):
        st.button("All dates", key=f"all_{key}", on_click=all_dates, icon=":material/zoom_out_map:")
        st.button("Zoom out", key=f"out_{key}", on_click=_move, args=(moved(days, whole, factor=2),),
                  icon=":material/zoom_out:")
        st.button("Earlier", key=f"earlier_{key}", on_click=_move, args=(moved(days, whole, -1.0),),
                  icon=":material/arrow_back:", disabled=days[0] <= whole[0])
        st.button("Later", key=f"later_{key}", on_click=_move, args=(moved(days, whole, 1.0),),
                  icon=":material/arrow_forward:", disabled=days[1] >= whole[1])
        st.caption(wording.day(days[0]) if days[0] == days[1] else f"{wording.day(days[0])} to {wording.day(days[1])}")


def outside(chosen: Filters, days: Days, span: Mapping[str, Any], key: str) -> None:
    """Offer the events that lie before and after what the axis shows, where old or far ones would squeeze the rest."""
    if chosen.first or chosen.last:
        return
    ends = (("earlier", span["first"], days[0] - _DAY), ("later", days[1] + _DAY, span["last"]))
    found = []
    for word, first, last in ends:
        if first <= last:
            number = panel.ask(events.totals, replace(chosen, first=first, last=last))["events"]
            found += [(word, number, first, last)] if number else []
    if not found:
        return
    with st.container(horizontal=True, key=f"outside_{key}", gap="small"):
        for word, number, first, last in found:
            years = f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
            st.button(f"{number:,} {word}: {years}", key=f"{word}_{key}_outside", on_click=choose, args=(first, last),
                      type="tertiary", icon=f":material/arrow_{'back' if word == 'earlier' else 'forward'}:")
