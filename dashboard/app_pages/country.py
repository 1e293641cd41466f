"""One country: its events by kind and time, its partners, its people, its statements."""

from dataclasses import replace

import streamlit as st

from dashboard import geography, panel, widgets
from dashboard.escaping import plain
from dashboard.filters import Filters, also
from dashboard.query import countries, events


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    country = panel.parameter("country")
    widgets.country_picker(list(panel.counts()["countries"]), country)
    if not geography.is_code(country):
        st.title("Countries")
        if country:
            st.warning(plain(f"“{country}” is not the code of a country, such as NOR for Norway."))
        st.caption("Choose a country above, or here.")
        widgets.country_table(panel.ask(countries.by_country, chosen), "all_countries", chosen)
        return
    st.title(plain(geography.name(country)))
    own = also(chosen, country)
    totals = panel.ask(events.totals, own)
    if not totals["events"]:
        everything = panel.ask(events.totals, also(Filters(), country))["events"]
        widgets.nothing(chosen, everything, geography.name(country))
        return
    widgets.kind_tiles(own, totals, "totals")
    if totals["dated"]:
        st.subheader("By kind and time")
        widgets.by_time(own, totals, "country_timeline")
    st.subheader("Partners")
    widgets.country_table(panel.ask(countries.partners, chosen, country), "partners", own)
    st.subheader("Events and their quotes")
    everything, statements = st.tabs([f"All ({totals['events']:,})", f"Statements ({totals['statement']:,})"])
    with everything:
        widgets.event_list(own, "events", totals["events"])
    with statements:
        if totals["statement"]:
            widgets.event_list(replace(own, kinds=("statement",)), "statements", totals["statement"])
        else:
            st.caption("No statements among these events.")
