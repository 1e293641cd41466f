"""All events that fit the filters as a table, with the columns that the reader chooses."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import fields, files, geography, markup, paging, panel, records, tables, widgets, wording
from dashboard.filters import Filters
from dashboard.markup import Node, link, node
from dashboard.query import events
from dashboard.tables import Cell, Column
from extract.model import TAKES_PART

ROWS = 50
SORT, COLUMNS = "sort", "columns"
FIELDS = {
    "date": "Date", "title": "Title", "kind": "Kind", "subtype": "Form", "countries": "Countries", "people": "People",
    "parts": "Who does what", "actors": "People, capacities", "place": "Place", "place_country": "State of the place",
    "status": "Status", "salience": "Salience", "confidence": "Confidence", "sources": "Passages",
    "documents": "Documents", "told_in": "Told in", "organizations": "Organisations",
    "precision": "Date known", "basis": "Date rests on",
    "quote": "First quote", "id": "Identifier",
}
DEFAULT = ("date", "title", "kind", "countries", "place", "status", "sources")
# Where the filters ask for a confidence, it stands where it is seen.
UNSURE = ("date", "confidence", *DEFAULT[1:])
_WIDTHS = {"title": "wide", "quote": "wide", "basis": "wide", "countries": "codes", "actors": "wide",
           "told_in": "mid"}
BEST = "how well they match"
NUMBERS = ("confidence", "sources", "documents")


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    total = panel.ask(events.totals, chosen)["events"]
    st.title("Table")
    if not total:
        widgets.nothing(chosen)
        return
    shown = _columns(UNSURE if chosen.confidence else DEFAULT)
    sort, descending = _order(chosen)
    at = paging.page(panel.PAGE, total, ROWS)
    rows = panel.ask(events.page, chosen, ROWS, at.before, sort, descending)
    with st.container(horizontal=True, vertical_alignment="center", key="table_head"):
        st.caption(f"{at.before + 1:,} to {at.last:,} of {wording.count(total, 'event')}, by "
                   f"{FIELDS[sort].lower() if sort in FIELDS else BEST}. Choose a heading to sort, a title for its "
                   "evidence.")
        st.download_button(
            "Download as CSV", panel.afterwards(files.table, panel.archive(), chosen, sort, descending),
            "readout-events.csv", "text/csv",
            on_click="ignore", icon=":material/download:", key="download_events",
        )
    head = [Column(_heading(name, sort, descending), name in NUMBERS,
                   ("descending" if descending else "ascending") if name == sort else "",
                   _WIDTHS.get(name, "")) for name in shown]
    body = [[_cell(name, row) for name in shown] for row in _records(rows, shown)]
    markup.show(tables.table(head, body, f"Events {at.before + 1} to {at.last} of {total}", "dense"), "events",
                panel.go)
    paging.links(at)


def _records(rows: pd.DataFrame, shown: Sequence[str]) -> list[dict[str, Any]]:
    """Return the events of a page, with what only some columns show."""
    found: list[dict[str, Any]] = rows.to_dict("records")
    if {"parts", "told_in"} & set(shown):
        more = panel.ask(events.details, tuple(row["id"] for row in found))
        found = [row | {"parts": more[row["id"]]["parts"], "told_in": more[row["id"]]["documents"]} for row in found]
    return found


def _columns(usual: tuple[str, ...]) -> list[str]:
    """Offer the columns; those chosen are in the address, unless they are the usual ones."""
    known = [name for name in panel.listed(COLUMNS) if name in FIELDS] or list(usual)
    key = "table_columns"
    taken = fields.held(key, known, lambda wanted: panel.set_parameter(
        COLUMNS, "" if wanted == list(usual) else ",".join(wanted)))
    with st.expander("Columns", key="columns_open", on_change=fields.unfolded("columns", "columns_open")):
        st.multiselect("Columns", list(FIELDS), key=key, format_func=FIELDS.__getitem__, on_change=taken,
                       label_visibility="collapsed")
    return known


def _order(chosen: Filters) -> tuple[str, bool]:
    """Return the sort that the address asks for; without one the best matches of a text come first, else the newest."""
    asked = panel.parameter(SORT)
    name = asked.removeprefix("-")
    if name not in events.SORTS or name not in FIELDS:
        return "relevance" if chosen.text else "date", True
    return name, asked.startswith("-")


def _heading(name: str, sort: str, descending: bool) -> Cell:
    if name not in events.SORTS:
        return FIELDS[name]
    down = not descending if name == sort else name in (*NUMBERS, "date")
    asked = f"-{name}" if down else name
    usual = "" if panel.current().text else "-date"
    arrow = (" ↓" if descending else " ↑") if name == sort else ""
    return link("table", panel.here(**{SORT: "" if asked == usual else asked, panel.PAGE: ""}), FIELDS[name] + arrow)


def _cell(name: str, row: dict[str, Any]) -> Cell:
    if name == "title":
        return link("event", panel.link_params(event=row["id"]), row["title"])
    if name == "kind":
        return node("span", records.kind_mark(row["kind"]), f" {wording.KINDS[row['kind']]}", style="nowrap")
    if name == "status":
        return node("span", wording.STATUSES[row["status"]], style="nowrap")
    if name == "date":
        return node("span", wording.short_date(row["date"]), style="nowrap")
    if name == "countries":
        return _spaced([widgets.country_code(code) for code in row["countries"]])
    if name == "people":
        return _spaced([widgets.person_link(one["name"]) for one in row["actors"]], ", ")
    if name == "confidence":
        return "–" if pd.isna(row["confidence"]) else f"{row['confidence']:.0%}"
    if name == "parts":
        return _lines([_part(one) for one in row["parts"]])
    if name == "actors":
        return _lines([_actor(one) for one in row["actors"]])
    if name == "told_in":
        return _lines([link("document", panel.link_params(document=one, event=row["id"]), one)
                       for one in row["told_in"]])
    if name == "place_country" and isinstance(row[name], str):
        return widgets.country_link(row[name])
    if name in ("sources", "documents"):
        return link("event", panel.link_params(event=row["id"]), f"{row[name]:,}", style="count")
    plain: dict[str, Any] = {
        "subtype": row["subtype"].replace("_", " "),
        "salience": wording.SALIENCES[row["salience"]], "precision": wording.PRECISIONS[row["date_precision"]],
        "basis": row["date_basis"], "organizations": ", ".join(row["organizations"]), "place": row["place"],
    }
    value = plain.get(name, row.get(name))
    return wording.cell(value)


def _part(one: dict[str, str]) -> Node:
    """Return a country of an event with the part that it takes, as far as the text tells it."""
    part = "part not told" if one["part"] == TAKES_PART else one["part"]
    name = link("country", panel.link_params(country=one["country"]), geography.name(one["country"]))
    return node("span", name, node("span", part, style="faint aside"), style="nowrap")


def _actor(one: dict[str, Any]) -> Node:
    """Return a person of an event with the capacity as written and the state."""
    said = [one["role"] or "", geography.name(one["country"]) if one["country"] else ""]
    return node("span", widgets.person_link(one["name"]),
                node("span", ", ".join(filter(None, said)), style="faint aside"))


def _lines(parts: Sequence[Node]) -> Node:
    return node("div", *(node("div", part) for part in parts))


def _spaced(parts: list[Node], joint: str = " ") -> Node:
    cells: list[Cell] = []
    for part in parts:
        cells += [joint, part] if cells else [part]
    return node("span", *cells)
