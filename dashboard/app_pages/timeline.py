"""The events by date."""

import streamlit as st

from dashboard import charts, panel, widgets, wording
from dashboard.filters import Filters
from dashboard.query import events


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    totals = panel.ask(events.totals, chosen)
    undated = totals["events"] - totals["dated"]
    st.title("Timeline")
    if not totals["events"]:
        widgets.nothing(chosen, panel.ask(events.totals, Filters())["events"])
        return
    _overview(chosen)
    if totals["dated"]:
        st.subheader(f"{wording.count(totals['dated'], 'dated event')} by kind")
        widgets.by_time(chosen, totals, "timeline")
    if undated:
        st.caption(f"{wording.count(undated, 'event')} of unknown year.")
    st.subheader(f"{wording.count(totals['events'], 'event')}, the newest first")
    widgets.event_list(chosen, "events", totals["events"])


def _overview(chosen: Filters) -> None:
    """Draw the numbers of all years, whatever dates are set, so that other dates can be chosen."""
    anytime = widgets.without_dates(chosen)
    whole = panel.ask(events.totals, anytime)
    if not whole["dated"]:
        return
    unit = events.grain(whole["first"], whole["last"], at_most=100)
    counts = panel.ask(events.bins, anytime, unit)
    if counts["bin"].nunique() > 1:
        st.caption(f"All dates, by {unit}. Choose a bar to set the dates, or several with the toolbar’s box.")
        drawn = charts.bars(counts, unit, (chosen.first, chosen.last))
        widgets.time_bars(drawn, "overview", unit, counts)
