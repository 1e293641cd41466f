"""The first page: what the corpus holds."""

import streamlit as st

from dashboard import panel, widgets
from dashboard.filters import Filters
from dashboard.query import events


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    totals = panel.ask(events.totals, chosen)
    st.title("Overview")
    if not totals["events"]:
        widgets.nothing(chosen, panel.ask(events.totals, Filters())["events"])
        return
    widgets.kind_tiles(chosen, totals, "totals")
    if totals["dated"]:
        widgets.by_time(chosen, totals, "timeline")
    widgets.event_list(chosen, "events", totals["events"])
