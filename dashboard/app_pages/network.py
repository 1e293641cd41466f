"""The countries as a network: who has events in common with whom, and who acts alone."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts, export, fields, geography, leads, markup, paging, panel, pickers, tables, widgets, wording
from dashboard import network as figure
from dashboard.escaping import plain
from dashboard.filters import ALONE as ALONE_IN
from dashboard.filters import SOME_COUNTRY, TOGETHER, Filters, also
from dashboard.markup import Node, link, node
from dashboard.query import events
from dashboard.query import network as questions

FOCUS, LEAST, ALONE, PAGE = "focus", "least", "alone", "page"
NODES_AT_MOST = 60
LINES_AT_MOST = 300
LINES_WANTED = 110
ROWS = 25
_EXPORTED = 100_000


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    st.title("Network")
    totals = panel.ask(events.totals, chosen)
    if not totals["events"]:
        widgets.nothing(chosen)
        return
    alone = panel.parameter(ALONE)
    if alone:
        _alone_events(chosen, alone)
        return
    weights = panel.ask(questions.weights, chosen)
    if weights:
        focus = _focus(chosen)
        own = panel.ask(questions.weights, chosen, focus) if focus else weights
        least = _least(own)
        _graph(chosen, focus, least, weights)
        _pairs(chosen, focus, least)
    else:
        st.info("No two countries take part in one of these events.", icon=":material/hub:")
    _alone(chosen)


def _focus(chosen: Filters) -> str:
    """Offer the countries to look around; the one chosen is in the address. Returns its code, or nothing."""
    known = [row.country for row in panel.ask(questions.nodes, chosen, 1, "", 400).itertuples()]
    asked = panel.parameter(FOCUS)
    if asked and asked not in known:
        said = (f"{geography.name(asked)} has no event in common with another country among these."
                if panel.is_country(asked) else f"“{asked}” is not the code of a country, such as NOR for Norway.")
        st.warning(plain(f"{said} All countries are shown."), icon=":material/link_off:")
        asked = ""

    def taken(code: str) -> None:
        panel.go(panel.view(), panel.here(**{FOCUS: code, PAGE: "", LEAST: ""}))

    pickers.pick("Look around one country", FOCUS, sorted(known, key=geography.name), asked,
                   geography.labelled, taken)
    return asked


def _least(weights: dict[int, int]) -> int:
    """Offer the least number of common events of a pair; returns it. Unless asked, so many that the lines stay few."""
    top = max(weights)
    usual = next((n for n in sorted(weights) if sum(weights[m] for m in weights if m >= n) <= LINES_WANTED), top)
    asked = panel.parameter(LEAST)
    least = min(max(int(asked), 1), top) if asked.isdecimal() and len(asked) < 9 else usual
    options = sorted({1, *weights, least})
    key = "least_choice"

    def moved(value: int) -> None:
        panel.go(panel.view(), panel.here(**{LEAST: "" if value == usual else str(value), PAGE: ""}))

    taken = fields.held(key, least, moved)
    if len(options) > 1:
        st.select_slider("Least number of common events of a pair", options, key=key, on_change=taken, width=420)
    return least


def _graph(chosen: Filters, focus: str, least: int, weights: dict[int, int]) -> None:
    countries = panel.ask(questions.nodes, chosen, least, focus, NODES_AT_MOST)
    among = tuple(sorted(countries["country"]))
    pairs = panel.ask(questions.edges, chosen, least, among, "", LINES_AT_MOST)
    st.caption(plain(_left_out(chosen, focus, least, weights, countries, pairs)))
    drawn = panel.share(_figure, chosen, focus, least)
    widgets.chart(drawn, "network", fields.selected("network", _open), config=figure.CONFIG)


def _figure(chosen: Filters, focus: str, least: int) -> charts.Chart:
    countries = panel.ask(questions.nodes, chosen, least, focus, NODES_AT_MOST)
    among = tuple(sorted(countries["country"]))
    return figure.draw(countries, panel.ask(questions.edges, chosen, least, among, "", LINES_AT_MOST), focus)


def _left_out(
    chosen: Filters, focus: str, least: int, weights: dict[int, int], countries: pd.DataFrame, pairs: pd.DataFrame
) -> str:
    """Say what is drawn, and what is not."""
    every = int(panel.ask(questions.nodes, chosen, 1, "", 1)["found"].iloc[0])
    said = [f"{geography.name(focus)} and its partners: " if focus else "",
            f"{len(countries):,} of {wording.count(every, 'country', 'countries')} with common events and "
            f"{len(pairs):,} of {wording.count(sum(weights.values()), 'pair')}"]
    said.append(f", those with at least {least:,} common events." if least > 1 else ".")
    said.append(" Lines between its partners are drawn too." if focus and len(countries) > 2 else "")
    if int(countries["found"].iloc[0]) > len(countries):
        said.append(f" Drawn are the {len(countries)} most connected.")
    if int(pairs["found"].iloc[0]) > len(pairs):
        said.append(f" Drawn are the {len(pairs)} strongest pairs among them.")
    said.append(" Organisations are not drawn: only states take part in an event as such. "
                "An event of several countries counts for each pair of them.")
    return "".join(said)


def _open(chosen: str) -> None:
    """Open the country or the pair that was chosen in the figure, from a callback."""
    a, joint, b = chosen.partition(figure.JOINT)
    if joint:
        panel.go("pair", panel.link_params(a=a, b=b))
    else:
        widgets.open_country(a)


def _pairs(chosen: Filters, focus: str, least: int) -> None:
    """Draw the table of pairs: the same numbers, each leading to its events."""
    ask = partial(panel.ask, questions.edges, chosen, least, None, focus)
    first = ask(1)
    total, most = int(first["found"].iloc[0]), int(first["events"].iloc[0])
    at = paging.page(PAGE, total, ROWS)
    st.header("Pairs of countries")
    with st.container(horizontal=True, vertical_alignment="center", key="pairs_head"):
        st.caption(f"{wording.count(total, 'pair')} with at least {wording.count(least, 'common event')}"
                   + (plain(f", {geography.name(focus)} in each") if focus else "") + ", most first.")
        st.download_button("Download as CSV", panel.afterwards(_file, chosen, focus, least),
                           "readout-network.csv", "text/csv", on_click="ignore",
                           icon=":material/download:", key="download_network")
    rows = [[_pair(row, focus), *widgets.counts_by_kind(row, most, also(chosen, row["a"], row["b"]))]
            for row in ask(ROWS, at.before).to_dict("records")]
    label = f"{total} pairs of countries by number of common events"
    markup.show(tables.table(["Pair", *widgets.COUNT_COLUMNS], rows, label), "pairs", panel.go)
    paging.links(at)


def _pair(row: dict[str, Any], focus: str) -> Node:
    a, b = (row["b"], row["a"]) if row["b"] == focus else (row["a"], row["b"])
    return node("span", link("pair", panel.link_params(a=a, b=b), f"{geography.name(a)} – {geography.name(b)}"),
                node("span", f"{a} {b}", style="code"))


def _alone(chosen: Filters) -> None:
    """Count the states that act alone."""
    frame = panel.ask(questions.alone, chosen)
    if frame.empty:
        return
    only = int((frame["shared"] == 0).sum())
    st.header("Alone")
    single = int(frame["events"].sum())
    told = panel.to_events(wording.count(single, "event"), also(chosen, SOME_COUNTRY, part=ALONE_IN), style="link")
    leads.said("single", "Not in the network: ", told, " in which one state alone takes part. "
               f"{wording.count(only, 'country has', 'countries have')} no events with others.")
    top = int(frame["events"].max())
    rows: list[list[tables.Cell]] = []
    for row in frame.head(widgets.ROWS_AT_MOST // 2).to_dict("records"):
        own, shared = (also(chosen, row["country"], part=part) for part in (ALONE_IN, TOGETHER))
        rows.append([
            widgets.country_link(row["country"]),
            tables.bar(panel.to_events(f"{row['events']:,}", own), row["events"] / top),
            panel.to_events(f"{row['shared']:,}", shared) if row["shared"] else "–",
        ])
    columns: list[tables.Column | str] = ["Country", tables.Column("Events alone", numeric=True),
                                          tables.Column("With others", numeric=True)]
    markup.show(tables.table(columns, rows, "Countries by number of events alone", style="tall"), "alone", panel.go)
    if len(frame) > len(rows):
        st.caption(f"The {len(rows)} with the most events of {len(frame):,}; the file has all.")
    widgets.download(widgets.named(frame), "alone")


def _alone_events(chosen: Filters, country: str) -> None:
    if not panel.is_country(country):
        st.warning(plain(f"“{country}” is not the code of a country, such as NOR for Norway."))
        total = 0
    else:
        found = panel.ask(questions.alone_events, chosen, country, 1)
        total = int(found["found"].iloc[0]) if len(found) else 0
        st.header(plain(f"{wording.count(total, 'event')} of {geography.name(country)} alone"))
    markup.show(node("p", link("network", panel.link_params(), "The whole network", style="link")), "whole", panel.go)
    if total:
        widgets.event_list(chosen, "events", total, questions.alone_events, country)


def _file(chosen: Filters, focus: str, least: int) -> bytes:
    frame = panel.ask(questions.edges, chosen, least, None, focus, _EXPORTED)
    return export.csv(widgets.named(frame.drop(columns="found"), "a", "b"))
