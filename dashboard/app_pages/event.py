"""One event with its evidence; its address is its permanent link."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import evidence, facts, geography, markup, panel, review, widgets, wording, worldmap
from dashboard.escaping import plain
from dashboard.filters import Filters
from dashboard.markup import link, node
from dashboard.query import events
from dashboard.query import review as decisions
from extract import coordinates


def draw() -> None:
    """Draw the page."""
    asked = panel.parameter("event")
    identifier = panel.ask(events.known_as, asked) if asked else ""
    event = panel.ask(events.event, identifier) if identifier else None
    if event is None:
        st.title("Event")
        review.said()
        if identifier and _fate(identifier):
            return
        if identifier:
            st.warning(plain(f"The store has no event “{identifier}”. It may stem from other documents."))
        st.markdown("Choose an event on the timeline, or from the list on any page.")
        return

    widgets.steps(panel.ask(events.neighbours, panel.current(), identifier))
    sources = panel.ask(events.evidence, identifier)
    decision = panel.ask(decisions.decision, identifier)
    decided = f"{decision.state.capitalize()} by {decision.entry.author}" if decision else ""
    markup.show(facts.facts(event, decided), "facts", panel.go)
    _place_map(event)
    documents = len({source["document"] for source in sources})
    st.header(f"Evidence: {wording.count(len(sources), 'passage')} in {wording.count(documents, 'document')}")
    if documents > 1:
        st.caption("How each document tells it, side by side.")
    markup.show(evidence.evidence(identifier, sources), "evidence", panel.go)
    who = "Extracted by machine from" if not decided else f"{decided}; the extraction read"
    st.caption(plain(f"{who} the passages above; the record says no more than they do. Dotted lines mark dates: rest "
                     "on one to see how it was read."))
    review.draw(identifier)
    _surroundings(event)
    st.header("Cite this event")
    markup.show(facts.citation(event, sources), "citation")


def _fate(identifier: str) -> bool:
    """Say what became of an event that analysts have taken out or replaced; tell whether there is anything to say."""
    rejection, others = panel.ask(decisions.fate, identifier)
    titles = panel.ask(decisions.titles, others) if others else {}
    if rejection:
        event, entry = rejection[0], rejection[1].entry
        st.warning(plain(f"{entry.author} has rejected this event, {review.moment(entry.made)}"
                         f"{f': “{entry.reason}”' if entry.reason else ''}. It is counted nowhere."))
        quotes = [node("blockquote", wording.excerpt(one.quote), dir="auto") for one in event.sources]
        markup.show(node("div", node("h2", event.title), *quotes), "rejected")
    elif titles:
        st.info("This event was merged with another, or split; this is what stands in its place.")
    ways = [node("li", link("event", panel.link_params(event=one), title, style="link"))
            for one, title in titles.items()]
    ways += [node("li", link("history", panel.link_params(of=identifier), "Its history", style="link"))]
    if rejection or titles:
        markup.show(node("ul", *ways, style="ways_out"), "fate", panel.go)
    return bool(rejection or titles)


def _place_map(event: dict[str, Any]) -> None:
    """Draw the place within its surroundings, where its coordinates are known."""
    countries = tuple(event["countries"])
    found = coordinates.find(event["place"], event["place_country"], countries) if event["place"] else None
    if found:
        drawn = worldmap.place_map(found.lat, found.lon, event["place"], countries)
        known = pd.DataFrame([{
            "place": event["place"], "country": found.country, "country_name": geography.name(found.country),
            "latitude": found.lat, "longitude": found.lon, "coordinates_from": coordinates.source(found),
        }])
        widgets.chart(drawn, "place_map", config=worldmap.STILL, numbers=known)


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
