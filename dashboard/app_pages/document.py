"""The reader: a document's full text with the passages that prove events."""

import streamlit as st

from dashboard import markup, panel, records, widgets, wording
from dashboard.escaping import plain
from dashboard.query import Archive


def draw() -> None:
    """Draw the page."""
    documents = panel.ask(Archive.documents)
    name = panel.parameter("document")
    widgets.document_picker(list(documents["document"]), name)
    if not name:
        st.title("Documents")
        if documents.empty:
            st.info("The store holds no documents.", icon=":material/inbox:")
        else:
            st.caption(f"{wording.count(len(documents), 'document')}. Choose one above, or here.")
            widgets.document_table(documents)
        return
    document = panel.ask(Archive.document, name)
    if document is None:
        st.title("Documents")
        st.warning(plain(f"The store has no document “{name}”."))
        return

    passages = panel.ask(Archive.passages, name)
    event, rank = panel.parameter("event"), panel.parameter("passage")
    st.title(plain(document["title"] or document["document"]))
    about = [document["publisher"], document["published"], wording.count(int(document["words"]), "word"),
             wording.count(int(passages["id"].nunique()), "event")]
    st.caption(plain(" · ".join(filter(None, about))))
    text_column, list_column = st.columns([3, 2], gap="medium")
    with text_column:
        markup.show(records.reader(document, passages, event, rank), "reader", panel.go)
        st.caption("Marked: what proves an event. Choose a passage to single out its event.")
    with list_column:
        markup.show(records.passage_list(passages, name, event), "passages", panel.go)
