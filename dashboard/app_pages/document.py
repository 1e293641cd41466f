"""The reader: a document's full text with the passages that prove events."""

import pandas as pd
import streamlit as st

from dashboard import markup, panel, records, tables, widgets, wording
from dashboard.escaping import plain
from dashboard.filters import Filters
from dashboard.markup import link
from dashboard.query import documents as library


def draw() -> None:
    """Draw the page."""
    documents = panel.ask(library.documents, panel.current())
    name = panel.parameter("document")
    widgets.picker("Choose a document", "document", list(documents["document"]), name, str)
    if not name:
        st.title("Documents")
        if documents.empty:
            st.info("The store holds no documents.", icon=":material/inbox:")
        else:
            st.caption(f"{wording.count(len(documents), 'document')}. Choose one above, or here.")
            _list(documents)
        return
    document = panel.ask(library.document, name)
    if document is None:
        st.title("Documents")
        st.warning(plain(f"The store has no document “{name}”."))
        return

    passages = panel.ask(library.passages, name)
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


def _list(documents: pd.DataFrame) -> None:
    """List the documents with their sizes and the numbers of their events that fit the filters."""
    rows: list[list[tables.Cell]] = []
    for row in documents.to_dict("records"):
        own = Filters(documents=(row["document"],))
        said = [str(row[name]) for name in ("publisher", "published") if isinstance(row[name], str)]
        rows.append([
            link("document", panel.link_params(document=row["document"]), row["document"]),
            row["title"] if isinstance(row["title"], str) else "", ", ".join(said), f"{row['words']:,}",
            f"{row['articles']:,}", panel.to_events(f"{row['events']:,}", own) if row["events"] else "0",
        ])
    head: list[tables.Column | str] = ["Document", tables.Column("Title or first headline", style="wide"), "Published",
            *(tables.Column(name, numeric=True) for name in ("Words", "Articles", "Events"))]
    label = f"{wording.count(len(rows), 'document')} with their sizes"
    markup.show(tables.table(head, rows, label, style="tall"), "documents_table", panel.go)
