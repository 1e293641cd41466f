"""The first page: what the corpus is, when and where things happened, what changed lately, what wants a look."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts, fields, leads, markup, panel, records, tables, widgets, wording, worldmap
from dashboard.filters import Filters, also
from dashboard.markup import link, node
from dashboard.query import countries, documents, events, lately
from dashboard.tables import Cell, Column

TOP = 8
LOW_CONFIDENCE = 60
WINDOW = "window"


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    totals = panel.ask(events.totals, chosen)
    st.title("Overview")
    if not totals["events"]:
        widgets.nothing(chosen)
        return
    counts = panel.ask(countries.by_country, chosen)
    _corpus(chosen, totals, counts)
    when, where = st.columns([1, 1], gap="medium")
    with when:
        _when(chosen, totals)
    with where:
        st.header("Where")
        widgets.chart(panel.share(_map, chosen), "world", fields.selected("world", widgets.open_country),
                      config=worldmap.CONFIG, numbers=widgets.named(counts), height="stretch",
                      lead=leads.counted(lambda row: also(chosen, row["country"])))
    left, right = st.columns([1, 1], gap="medium")
    with left:
        st.header("Most active countries")
        _top("Country", counts, lambda row: (row["country"],), "top_countries")
        _more("country", len(counts), "countries")
    with right:
        st.header("Most active pairs")
        found = panel.ask(countries.pairs, chosen)
        _top("Pair", found, lambda row: (row["a"], row["b"]), "top_pairs")
        _more("network", panel.ask(countries.how_many_pairs, chosen), "pairs")
    _lately(chosen)
    _look(chosen)
    st.header("The newest events")
    _newest(chosen)


def _corpus(chosen: Filters, totals: dict[str, Any], counts: pd.DataFrame) -> None:
    """Say what the corpus is, in a sentence and in numbers."""
    held = panel.ask(documents.corpus)
    told = [f"{wording.count(held['documents'], 'document')} with {wording.count(held['articles'], 'article')} and "
            f"{wording.count(held['words'], 'word')}"]
    if totals["dated"]:
        told.append("events from " + " to ".join(map(wording.date, panel.ask(events.ends, chosen))))
    told.append(f"{wording.count(len(counts), 'country', 'countries')} taking part")
    st.text("; ".join(told)[:1].upper() + "; ".join(told)[1:] + ".")
    widgets.kind_tiles(chosen, totals, "totals")


def _when(chosen: Filters, totals: dict[str, Any]) -> None:
    st.header("When")
    if not totals["dated"]:
        st.caption("No event has a known year.")
        return
    unit = events.grain(totals["first"], totals["last"], at_most=100)
    bins = panel.ask(events.bins, chosen, unit)
    widgets.time_bars(panel.share(_bars, chosen, unit), "when", bins, leads.by_bin(chosen, unit))


def _bars(chosen: Filters, unit: str) -> charts.Chart:
    return charts.bars(panel.ask(events.bins, chosen, unit), unit, height=320)


def _map(chosen: Filters) -> charts.Chart:
    return worldmap.world(panel.ask(countries.by_country, chosen), chosen.countries, compact=True)


def _more(view: str, number: int, noun: str) -> None:
    if number > TOP:
        markup.show(node("p", link(view, panel.link_params(), f"All {number:,} {noun}", style="link")), f"more_{view}",
                    panel.go)


def _top(noun: str, counts: pd.DataFrame, codes: Callable[[dict[str, Any]], tuple[str, ...]], key: str) -> None:
    """Draw the countries or the pairs with most events."""
    if counts.empty:
        st.caption("No event has two countries." if noun == "Pair" else "No country takes part in these events.")
        return
    most = int(counts["events"].max())
    rows = [[_place(codes(row)), widgets.stacked(row, most, also(panel.current(), *codes(row)))]
            for row in counts.head(TOP).to_dict("records")]
    head: list[Column | str] = [noun, Column("Events by kind")]
    markup.show(tables.table(head, rows, f"{noun} by number of events"), key, panel.go)


def _place(codes: tuple[str, ...]) -> markup.Node:
    """Return the name of a country or a pair, leading to its page."""
    return widgets.country_link(codes[0]) if len(codes) == 1 else widgets.pair_link(*codes)


def _lately(chosen: Filters) -> None:
    """Draw what changed against the days before, and say what is compared with what."""
    st.header("What changed lately")
    asked = panel.parameter(WINDOW)
    days = next((length for length in lately.LENGTHS if str(length) == asked), 0)
    compared = panel.ask(lately.window, chosen, days)
    if compared is None:
        st.caption("No past event is known to the day.")
        return
    _choose_window(compared.days)
    one, other = compared.lately, compared.before
    sums = [panel.ask(events.totals, part)["events"] for part in (one, other)]
    said = (f" Only events that took place and are known to the day. Shown: {lately.COUNT_AT_LEAST} events or more in "
            f"either, changed by {lately.CHANGE_AT_LEAST:.0%} or more. A change may lie in the choice of documents as "
            "well as in the world.")
    leads.said(
        "compared", f"{wording.day(one.first)} to {wording.day(one.last)} (",
        panel.to_events(wording.count(sums[0], "event"), one, style="link"),
        f") against {wording.day(other.first)} to {wording.day(other.last)} (",
        panel.to_events(f"{sums[1]:,}", other, style="link") if sums[1] else "none", ").", said)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        rows = panel.ask(lately.changes, compared).head(TOP).to_dict("records")
        _changes("Country", [((row["country"],), row) for row in rows], compared)
    with right:
        rows = panel.ask(lately.pair_changes, compared).head(TOP).to_dict("records")
        _changes("Pair", [((row["a"], row["b"]), row) for row in rows], compared)


def _choose_window(days: int) -> None:
    key = "window_days"
    taken = fields.held(key, days, lambda wanted: panel.set_parameter(WINDOW, str(wanted)))
    names = {30: "30 days", 90: "90 days", 365: "A year", 1826: "Five years"}
    st.segmented_control(
        "Length of time", lately.LENGTHS, key=key, format_func=names.__getitem__, required=True,
        on_change=taken, label_visibility="collapsed",
    )


def _changes(noun: str, found: list[tuple[tuple[str, ...], dict[str, Any]]], compared: lately.Window) -> None:
    if not found:
        st.caption(f"No {noun.lower()} changed by so much.")
        return
    rows: list[list[Cell]] = []
    for codes, row in found:
        now, before = int(row["lately"]), int(row["before"])
        sign = "▲" if now > before else "▼"
        share = f" ({(now - before) / before:+.0%})" if before else " (new)"
        rows.append([
            _place(codes), panel.to_events(f"{now:,}", also(compared.lately, *codes)) if now else "0",
            panel.to_events(f"{before:,}", also(compared.before, *codes)) if before else "0",
            f"{sign} {now - before:+,}{share}".replace("-", "−"),
        ])
    head: list[Column | str] = [noun, *(Column(name, numeric=True) for name in ("Lately", "Before", "Change"))]
    markup.show(tables.table(head, rows, f"Changes by {noun.lower()}"), f"changes_{noun}", panel.go)


def _look(chosen: Filters) -> None:
    """Count the events that an analyst should check first."""
    unsure = replace(chosen, confidence=(0, LOW_CONFIDENCE))
    undated = replace(chosen, precisions=("unknown",))
    numbers = [(name, panel.ask(events.totals, one)["events"], one) for name, one in (
        (f"Confidence of {LOW_CONFIDENCE}% or less", unsure), ("Year not known", undated),
    )]
    st.header("Want a look")
    widgets.tiles(numbers, "look")
    st.caption("Machine reading is least sure of these. Each leads to its events, and each event to its quotes.")


def _newest(chosen: Filters) -> None:
    rows = panel.ask(events.page, chosen, 5)
    markup.show(node("ol", *(records.event_row(row) for row in rows.to_dict("records")), style="events"), "newest",
                panel.go)
    markup.show(node("p", link("timeline", panel.link_params(), "All events on the timeline", style="link")),
                "to_timeline", panel.go)
