"""The way through the events one by one, and the tray of those that have no place on an axis of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import geography, markup, panel, records, wording
from dashboard.filters import Filters
from dashboard.markup import Node, link, node
from dashboard.query import events, timeline

AT = "at"
_UNKNOWN = "unknown"
_IN_TRAY = 6


def draw(chosen: Filters, total: int) -> None:
    """Draw the event that the address is at, with the steps to its neighbours in the order of the list."""
    at = panel.parameter(AT)
    around = panel.ask(events.neighbours, chosen, at) if at else None
    before, after = (around["before"], around["after"]) if around else (None, panel.ask(timeline.newest, chosen))
    with st.container(horizontal=True, vertical_alignment="center", key="stepper", gap="small"):
        for label, target, icon, keys in (("Newer", before, ":material/chevron_left:", "Left"),
                                          ("Older", after or None, ":material/chevron_right:", "Right")):
            st.button(label, icon=icon, key=f"at_{label}", disabled=target is None, shortcut=keys,
                      on_click=panel.set_parameter, args=(AT, target))
        if around:
            st.caption(f"Event {around['place']:,} of {around['all']:,}, the newest first")
            st.button("Stop stepping", key="at_none", type="tertiary", on_click=panel.set_parameter, args=(AT, ""))
        elif at:
            st.caption("The event of this link does not fit the filters, or is not in the store.")
        else:
            st.caption(f"Step through {wording.count(total, 'event')}, the newest first, with these or the arrow keys")
    event = panel.ask(events.event, at) if around else None
    if event:
        markup.show(_strip(event), "strip", panel.go)


def _strip(event: Mapping[str, Any]) -> Node:
    """Return an event in brief: its title, its date and what that rests on, its countries, its first quote."""
    basis = f" (from: {event['date_basis']})" if event["date_basis"] else ""
    known = f"{wording.date(event['date'])}: known {wording.PRECISIONS[event['date_precision']]}{basis}"
    if event["date_precision"] == _UNKNOWN:
        known = f"{wording.date(event['date'])}{basis}; it has no place on the axis"
    facts = [wording.subtype(event["kind"], event["subtype"]), wording.STATUSES[event["status"]],
             ", ".join(geography.name(code) for code in event["countries"])]
    return node(
        "section",
        node("div", link("event", panel.link_params(event=event["id"]), records.kind_mark(event["kind"]),
                         event["title"], style="title")),
        node("div", known), node("div", " · ".join(filter(None, facts)), style="faint"),
        *([node("blockquote", " ".join(event["quote"].split()), style="quote")] if event["quote"] else []),
        link("event", panel.link_params(event=event["id"]), "Open the event and all its passages", style="link"),
        style="stepped",
    )


def tray(chosen: Filters, undated: int) -> None:
    """Draw the events of unknown year, which no axis can show: their number and the first of them."""
    own = replace(chosen, precisions=(_UNKNOWN,))
    rows = panel.ask(timeline.undated, chosen, _IN_TRAY)
    entries = [
        node("li", link("event", panel.link_params(event=row["id"]), records.kind_mark(row["kind"]), row["title"],
                        node("span", _when(row), style="meta")))
        for row in rows.to_dict("records")
    ]
    more = undated - len(entries)
    tree = node(
        "aside",
        node("h2", panel.to_events(f"{undated:,}", own), " of unknown year"),
        node("ul", *entries),
        *([node("div", panel.to_events(f"{more:,} more", own, style="link"))] if more else []),
        style="tray",
    ) | {"label": "Events of unknown year"}
    markup.show(tree, "tray", panel.go)


def _when(row: Mapping[str, Any]) -> str:
    said = [wording.date(row["date"])]
    return ", ".join(said + ([wording.STATUSES[row["status"]]] if row["status"] != "occurred" else []))
