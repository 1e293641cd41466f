"""One event with its evidence; its address is its permanent link."""

from typing import Any

import streamlit as st

from dashboard import coordinates, evidence, facts, markup, panel, widgets, wording, worldmap
from dashboard.escaping import plain
from dashboard.filters import Filters
from dashboard.query import events


def draw() -> None:
    """Draw the page."""
    identifier = panel.parameter("event")
    event = panel.ask(events.event, identifier) if identifier else None
    if event is None:
        st.title("Event")
        if identifier:
            st.warning(plain(f"The store has no event “{identifier}”. It may stem from other documents."))
        st.markdown("Choose an event on the timeline, or from the list on any page.")
        return

    widgets.steps(panel.ask(events.neighbours, panel.current(), identifier))
    sources = panel.ask(events.evidence, identifier)
    markup.show(facts.facts(event), "facts", panel.go)
    _place_map(event)
    documents = len({source["document"] for source in sources})
    st.header(f"Evidence: {wording.count(len(sources), 'passage')} in {wording.count(documents, 'document')}")
    if documents > 1:
        st.caption("How each document tells it, side by side.")
    markup.show(evidence.evidence(identifier, sources), "evidence", panel.go)
    st.caption("Extracted by machine from the passages above; the record says no more than they do. Dotted lines mark "
               "dates: rest on one to see how it was read.")
    _surroundings(event)
    st.header("Cite this event")
    markup.show(facts.citation(event, sources), "citation")


def _place_map(event: dict[str, Any]) -> None:
    """Draw the place within its surroundings, where its coordinates are known."""
    countries = tuple(event["countries"])
    found = coordinates.find(event["place"], event["place_country"], countries) if event["place"] else None
    if found:
        drawn = worldmap.place_map(found.lat, found.lon, event["place"], countries)
        widgets.chart(drawn, "place_map", config=worldmap.STILL)


def _surroundings(event: dict[str, Any]) -> None:
    """List what happened before and after between the same countries, whatever the filters."""
    countries = tuple(event["countries"])
    if not countries:
        return
    chosen = Filters(countries=countries, match="all" if len(countries) > 1 else "any")
    around = panel.ask(events.around, chosen, event["id"])
    st.header(plain(f"Before and after: events {facts.common(chosen)}"))
    if around.empty:
        st.caption("The year of this event is not known, so nothing stands before or after it.")
        return
    if panel.current().any:
        st.caption("All such events, not only those that fit the filters.")
    markup.show(facts.surroundings(around, event["id"], chosen), "around", panel.go)
