"""The landing page: the events by date."""

import streamlit as st

from dashboard import charts, panel, query, widgets, wording
from dashboard.filters import Filters
from dashboard.query import Archive


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    totals = panel.ask(Archive.totals, chosen)
    undated = totals["events"] - totals["dated"]
    st.title("Timeline")
    panel.summary(chosen)
    if not totals["events"]:
        widgets.nothing(chosen, panel.ask(Archive.totals, Filters())["events"])
        return
    _overview(chosen)
    if totals["dated"]:
        st.subheader(f"{wording.count(totals['dated'], 'dated event')} by kind")
        widgets.by_time(chosen, totals, "timeline")
    if undated:
        with st.expander(f"{wording.count(undated, 'event')} of unknown year, not on the timeline"):
            widgets.event_list(chosen, "undated", undated, undated=True)
    st.subheader(f"{wording.count(totals['events'], 'event')}, the newest first")
    widgets.event_list(chosen, "events", totals["events"])


def _overview(chosen: Filters) -> None:
    """Draw the numbers of all years, whatever dates are set, so that other dates can be chosen."""
    anytime = panel.without_dates(chosen)
    whole = panel.ask(Archive.totals, anytime)
    if not whole["dated"]:
        return
    unit = query.grain(whole["first"], whole["last"], at_most=100)
    counts = panel.ask(Archive.bins, anytime, unit)
    if counts["bin"].nunique() > 1:
        st.caption(f"All dates, by {unit}. Choose a bar to set the dates, or several with the toolbar’s box.")
        drawn = charts.bars(counts, unit, (chosen.first, chosen.last))
        widgets.time_bars(drawn, "overview", unit)
