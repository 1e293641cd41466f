"""The events by date: all dates in brief, the dates chosen in full, one event after the other."""

import datetime as dt

import streamlit as st

from dashboard import charts, fields, leads, panel, stepper, widgets, wording
from dashboard.filters import Filters, without_dates
from dashboard.query import events, timeline

_NAMES = {"kind": "By kind", "country": "By country", "pair": "By pair of countries"}


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    totals = panel.ask(events.totals, chosen)
    st.title("Timeline")
    if not totals["events"]:
        widgets.nothing(chosen)
        return
    _overview(chosen)
    by = _rows()
    anytime = without_dates(chosen)
    every = panel.ask(events.totals, anytime)
    undated = every["events"] - every["dated"]
    with st.container(key="timeline_wide"):
        if totals["dated"]:
            with st.container(key="timeline_chart"):
                widgets.by_time(chosen, totals, "timeline", by, at=panel.parameter(stepper.AT))
        if undated:
            with st.container(key="timeline_tray"):
                stepper.tray(anytime, undated)
    stepper.draw(chosen, totals["events"])
    st.header(f"{wording.count(totals['events'], 'event')}, the newest first")
    widgets.event_list(chosen, "events", totals["events"])


def _rows() -> str:
    """Draw the choice of rows; it is in the address."""
    key = "timeline_by"
    by = panel.parameter("by")
    if by not in timeline.WAYS:
        if by:
            panel.complain([f"“by” knows no {by}; the rows are kinds."])
        by = timeline.WAYS[0]
    picked = fields.held(key, by, lambda taken: panel.set_parameter("by", "" if taken == timeline.WAYS[0] else taken))
    st.segmented_control("Rows", timeline.WAYS, key=key, format_func=_NAMES.__getitem__, on_change=picked,
                         required=True, label_visibility="collapsed")
    return by


def _overview(chosen: Filters) -> None:
    """Draw the numbers of all years, whatever dates are set, so that other dates can be chosen."""
    anytime = without_dates(chosen)
    whole = panel.ask(events.totals, anytime)
    if not whole["dated"]:
        return
    unit = events.grain(whole["first"], whole["last"], at_most=100)
    counts = panel.ask(events.bins, anytime, unit)
    if counts["bin"].nunique() > 1:
        st.caption(f"All dates, by {unit}: choose a bar, or drag over several, to set the dates.")
        drawn = panel.share(_brief, anytime, unit, (chosen.first, chosen.last))
        widgets.time_bars(drawn, "overview", counts, leads.by_bin(anytime, unit))


def _brief(anytime: Filters, unit: str, days: tuple[dt.date | None, dt.date | None]) -> charts.Chart:
    return charts.bars(panel.ask(events.bins, anytime, unit), unit, days, height=150)
