"""One event with its evidence; its address is its permanent link."""

import streamlit as st

from dashboard import markup, panel, records, widgets, wording
from dashboard.escaping import plain
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
    markup.show(records.event_facts(event), "facts", panel.go)
    documents = len({source["document"] for source in sources})
    st.subheader(f"Evidence: {wording.count(len(sources), 'passage')} in {wording.count(documents, 'document')}")
    markup.show(records.evidence(identifier, sources), "evidence", panel.go)
    st.caption("Extracted by machine from the passages above; the record says no more than they do.")
