"""The countries by number of events."""

import streamlit as st

from dashboard import panel, widgets, wording, worldmap
from dashboard.filters import Filters
from dashboard.query import countries, events


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    totals = panel.ask(events.totals, chosen)
    st.title("Map")
    if not totals["events"]:
        widgets.nothing(chosen, panel.ask(events.totals, Filters())["events"])
        return
    counts = panel.ask(countries.by_country, chosen)
    st.caption(
        f"{wording.count(totals['events'], 'event')} with {wording.count(len(counts), 'country', 'countries')}. "
        "Choose a country to open its page."
    )
    drawn = worldmap.world(counts, chosen.countries)
    widgets.chart(drawn, "world", panel.selected("world", widgets.open_country), config=worldmap.CONFIG)
    st.subheader("The same numbers")
    widgets.country_table(counts, "countries_table", chosen)
