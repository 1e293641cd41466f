"""An event that the extraction has missed, added from a passage of a document."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import correcting, markup, panel, review
from dashboard.escaping import plain
from dashboard.markup import link, node
from dashboard.query import documents as library
from extract.corrections import REASON_AT_MOST
from extract.model import InputError
from extract.record import Source


def draw() -> None:
    """Draw the page."""
    st.title("Add an event")
    name = panel.parameter("document")
    document = panel.ask(library.document, name) if name else None
    if panel.desk().editor is None:
        st.info("Only editors can add events here.", icon=":material/lock:")
        return
    if document is None:
        st.warning(plain(f"The store has no document “{name}”." if name else "Choose a document first."))
        return
    review.said()
    back = link("document", panel.link_params(document=name), name, style="link")
    markup.show(node("p", node("span", "From "), back), "from", panel.go)
    source = _source(document)
    if source is None:
        _paste(document)
        return
    markup.show(node("blockquote", source.quote), "quote")
    review.reviewer()
    key = f"add_{source.start}_{source.end}"
    with st.form(key, enter_to_submit=False):
        review.fields(correcting.blank(source), key)
        st.text_input("Why", key=f"{key}_why", max_chars=REASON_AT_MOST, placeholder="for the history")
        st.form_submit_button("Add this event", type="primary", on_click=_submitted, args=(source, key))


def _source(document: dict[str, Any]) -> Source | None:
    """Return the passage that the address names, or None where it names none."""
    start, end = panel.parameter("start"), panel.parameter("end")
    if not (start.isdecimal() and end.isdecimal() and len(start) < 12 and len(end) < 12):
        return None
    articles = panel.ask(library.articles, document["document"])
    inside = [row["article"] for row in articles if row["start"] <= int(start)]
    try:
        return correcting.passage(document["document"], document["text"], int(start), int(end), max(inside, default=0))
    except InputError as error:
        st.warning(plain(f"{str(error).capitalize()}."))
        return None


def _paste(document: dict[str, Any]) -> None:
    """Ask for the sentence."""
    def found() -> None:
        try:
            start, end = correcting.where(document["text"], st.session_state["pasted"])
        except InputError as error:
            st.session_state[review.SAID] = False, f"{str(error).capitalize()}."
        else:
            panel.go("add", panel.link_params(document=document["document"], start=str(start), end=str(end)))

    with st.form("paste", enter_to_submit=False):
        st.text_area("The sentence that proves it, as it stands in the document", key="pasted",
                     max_chars=correcting.QUOTE_AT_MOST)
        st.form_submit_button("Find it", on_click=found)


def _submitted(source: Source, key: str) -> None:
    made = []

    def make() -> tuple[list[Any], list[Any]]:
        made.append(correcting.added(source, review.read(correcting.blank(source), key), review.name()))
        return [], made

    review.write("add", make, str(st.session_state.get(f"{key}_why", "")), "The event is added.",
                 lambda: panel.open_event(made[0].id))
