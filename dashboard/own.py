"""Tables of what a reader has given to be read: the documents, and their events with a file of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import files, geography, markup, panel, records, tables, wording
from dashboard.filters import Filters
from dashboard.markup import Node, link, node
from dashboard.query import Archive, events

ROWS = 200


def documents(rows: Sequence[Mapping[str, Any]]) -> None:
    """Draw documents, each leading to its text on the page."""
    total = int(rows[0]["everything"])
    head: list[tables.Column | str] = [
        "Document", tables.Column("Words", True, style="spare"), tables.Column("Events", True)]
    body: list[list[tables.Cell]] = [
        [link(panel.READ, panel.link_params(document=row["document"]), row["document"]), f"{row['words']:,}",
         f"{row['events']:,}"] for row in rows
    ]
    markup.show(tables.table(head, body, wording.count(total, "document")), "own_documents", panel.go)
    if total > len(rows):
        st.caption(f"and {total - len(rows):,} more; their events are in the table below.")


def events_of(archive: Archive) -> None:
    """Draw the events of all documents as a table, with a file of them."""
    total = events.totals(archive, Filters())["events"]
    if not total:
        return
    st.header("All events", anchor=False)
    rows = events.page(archive, Filters(), ROWS, 0, "date", False).to_dict("records")
    told = events.details(archive, tuple(row["id"] for row in rows))
    with st.container(horizontal=True, vertical_alignment="center", key="own_events_head"):
        more = f", the first {len(rows)} of them here" if total > len(rows) else ""
        st.caption(f"{wording.count(total, 'event')}{more}, by date. Choose a title to see it in its text.")
        st.download_button("Download as CSV", panel.afterwards(files.table, archive, Filters(), "date", False),
                           "readout-events.csv", "text/csv",
                           on_click="ignore", icon=":material/download:", key="download_own")
    head: list[tables.Column | str] = [
        "Date", tables.Column("Title", style="wide"), "Kind", "Countries", tables.Column("Place", style="spare"),
        tables.Column("Status", style="spare"), tables.Column("Document", style="spare")]
    body = [_event(row, told[row["id"]]["documents"][0]) for row in rows]
    markup.show(tables.table(head, body, f"Events: {total}", "dense"), "own_events", panel.go)


def _event(row: Mapping[str, Any], document: str) -> list[tables.Cell]:
    kind: Node = node("span", records.kind_mark(row["kind"]), f" {wording.KINDS[row['kind']]}", style="nowrap")
    return [
        records.when(row["date"]),
        link(panel.READ, panel.link_params(document=document, event=row["id"]), row["title"]), kind,
        ", ".join(geography.name(code) for code in row["countries"]) or "–",
        "–" if pd.isna(row["place"]) else row["place"], wording.STATUSES[row["status"]], document,
    ]
