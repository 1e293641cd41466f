"""One country: its events by kind and time, its partners, its people, its statements."""

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import charts, geography, panel, widgets, wording
from dashboard.escaping import plain
from dashboard.filters import Filters
from dashboard.query import Archive
from extract.model import KINDS

PARTNERS_DRAWN = 15


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    country = panel.parameter("country")
    widgets.country_picker(panel.ask(Archive.choices)["countries"], country)
    if not geography.is_code(country):
        st.title("Countries")
        if country:
            st.warning(plain(f"“{country}” is not the code of a country, such as NOR for Norway."))
        panel.summary(chosen)
        st.caption("Choose a country above, or here.")
        widgets.country_table(panel.ask(Archive.by_country, chosen), "all_countries", widgets.open_country)
        return
    st.title(plain(geography.name(country)))
    panel.summary(chosen)
    partner = panel.parameter("with")
    if partner == country or not geography.is_code(partner):
        partner = ""
    totals = panel.ask(Archive.totals, chosen, (country,))
    if not totals["events"]:
        widgets.nothing(chosen, panel.ask(Archive.totals, Filters(), (country,))["events"], geography.name(country))
        return
    _numbers(totals)
    if totals["dated"]:
        st.subheader("By kind and time")
        widgets.by_time(chosen, totals, "country_timeline", (country,))
    left, right = st.columns([4, 3], gap="medium")
    with left:
        _partners(chosen, country, partner)
    with right:
        people = panel.ask(Archive.people, chosen, country)
        st.subheader("People")
        widgets.people_table(people)
    _events(chosen, country, partner)


def _numbers(totals: dict[str, Any]) -> None:
    with st.container(horizontal=True, key="metrics"):
        st.metric("Events", f"{totals['events']:,}", width=100)
        for kind in KINDS:
            st.metric(f"{wording.GLYPHS[kind]} {wording.KINDS_PLURAL[kind]}", f"{totals[kind]:,}", width=120)


def _partners(chosen: Filters, country: str, partner: str) -> None:
    partners = panel.ask(Archive.partners, chosen, country)
    st.subheader(f"Partners ({len(partners)})")
    if partners.empty:
        st.caption("No other country takes part in these events.")
        return
    if partner:
        widgets.partner_chosen(partner)
    else:
        st.caption("Choose a partner to list only the events with it.")
    drawn = charts.partners(partners, country, PARTNERS_DRAWN)
    widgets.chart(drawn, "partners", panel.selected("partners", widgets.choose_partner))
    with st.expander("All partners as a table"):
        widgets.country_table(partners, "partners_table", widgets.choose_partner)


def _events(chosen: Filters, country: str, partner: str) -> None:
    """List the events and the statements; with a partner chosen, only those in which both take part."""
    present = (country, partner) if partner else (country,)
    shown = panel.ask(Archive.totals, chosen, present)
    st.subheader(f"Events with {plain(geography.name(partner))}" if partner else "Events and their quotes")
    events, statements = st.tabs([f"All ({shown['events']:,})", f"Statements ({shown['statement']:,})"])
    with events:
        widgets.event_list(chosen, "events", shown["events"], present)
    with statements:
        if shown["statement"]:
            only = replace(chosen, kinds=("statement",))
            widgets.event_list(only, "statements", shown["statement"], present)
        else:
            st.caption("No statements among these events.")
