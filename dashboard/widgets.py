"""The parts that pages are made of: charts with their numbers, lists, numbers that lead on, empty states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard import (
    charts,
    export,
    fields,
    geography,
    gestures,
    leads,
    markup,
    paging,
    panel,
    records,
    tables,
    timespan,
    wording,
)
from dashboard.drawing import Finished
from dashboard.escaping import plain
from dashboard.filters import Filters, also, of_kind, without
from dashboard.markup import Node, link, node
from dashboard.pictures import offer as offer_picture
from dashboard.query import events, timeline
from extract.model import KINDS

PAGE_SIZE = 25
POINTS_AT_MOST = timespan.MARKS_AT_MOST
ROWS_AT_MOST = leads.ROWS_AT_MOST


def chart(
    drawn: charts.Chart, key: str, on_select: Callable[[], None] | None = None,
    modes: Sequence[Literal["points", "box"]] = ("points",), config: Mapping[str, Any] = charts.CONFIG,
    numbers: pd.DataFrame | None = None, on_gesture: Callable[[Mapping[str, Any]], None] | None = None,
    height: Literal["content", "stretch"] = "content", lead: leads.Lead | None = None,
) -> None:
    """Draw a chart with its line on what it does not show, and its numbers as a table and a file to take home.

    `on_select` is called when a mark is chosen, `on_gesture` with what is done to a chart of time. `numbers` are the
    frame behind the chart, `lead` tells to which events a cell of it leads. With the height "stretch" the chart fills a
    frame, to which the page gives its height.
    """
    figure = drawn.figure
    if on_gesture:
        gestures.listen(key, on_gesture)
        figure = gestures.by_finger(figure)
    with st.container(key=f"frame_{key}") if height == "stretch" else nullcontext():
        st.plotly_chart(Finished(figure), key=key, on_select=on_select or "ignore", selection_mode=modes,
                        config=dict(config), alt=drawn.alt, height=height)
    st.caption(plain(drawn.caption))
    if numbers is not None:
        numbers_of(numbers, key, drawn.alt, lead)
    elif not config.get("staticPlot"):
        offer_picture(key)


def numbers_of(frame: pd.DataFrame, key: str, label: str, lead: leads.Lead | None = None) -> None:
    """Offer the numbers behind a chart: a table of the first rows when it is opened, and all of them as CSV."""
    turned = fields.unfolded(key, f"numbers_{key}")
    opened = st.expander("Table and download", key=f"numbers_{key}", on_change=turned)
    if not opened.open:
        return
    with opened:
        markup.show(leads.table(frame, label, lead), f"rows_{key}", panel.go)
        if len(frame) > ROWS_AT_MOST:
            st.caption(f"The first {ROWS_AT_MOST} of {wording.count(len(frame), 'row')}; the file has all.")
        with st.container(horizontal=True, vertical_alignment="center", key=f"home_{key}"):
            download(frame, key)
            offer_picture(key)


def download(frame: pd.DataFrame, key: str) -> None:
    """Offer a frame as a CSV file."""
    st.download_button("Download as CSV", lambda: export.csv(frame), f"readout-{key}.csv", "text/csv",
                       key=f"download_{key}", on_click="ignore", icon=":material/download:")


def named(counts: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return numbers with the names of countries after their codes, as a file wants it. `columns` hold the codes."""
    for column in columns or ("country",):
        names = [geography.name(code) for code in counts[column]]
        counts = counts.copy()
        counts.insert(list(counts.columns).index(column) + 1, f"{column}_name", names)
    return counts


def time_bars(drawn: charts.Chart, key: str, numbers: pd.DataFrame, lead: leads.Lead) -> None:
    """Draw a chart of time with its numbers; a bar, or a drag over days, sets the dates."""
    chart(drawn, key, config=charts.TIME_CONFIG, numbers=numbers, on_gesture=timespan.done, lead=lead)


def by_time(
    chosen: Filters, totals: Mapping[str, Any], key: str, by: str = "kind", compact: bool = False, at: str = ""
) -> None:
    """Draw the dated events in rows by kind, country or pair: each one, or numbers where there are too many to tell
    apart. A drag sets the dates.

    `totals` are those of the events chosen; `compact` makes it low; `at` is the event to be marked.
    """
    if not totals["dated"]:
        return
    span = panel.ask(timeline.span, chosen)
    days = timespan.shown(chosen, span, timespan.day_of(at))
    timespan.controls(chosen, days, key)
    found = timespan.draw(chosen, by, days, compact, at)
    if not found:
        st.caption(f"None of these dated events has {'two countries' if by == 'pair' else 'a country'}.")
        return
    drawn, numbers, lead = found
    if not compact:
        timespan.outside(chosen, days, span, key)
    undated = totals["events"] - totals["dated"]
    time_bars(drawn, key, numbers, lead)
    if undated:
        own = replace(chosen, precisions=("unknown",))
        unknown = panel.to_events(wording.count(undated, "event"), own, style="link")
        leads.said(f"undated_{key}", "Not drawn: ", unknown, " of unknown year.")


def nothing(
    chosen: Filters, where: str = "the store", within: Callable[[Filters], Filters] = lambda chosen: chosen
) -> None:
    """Say why there is nothing to see, and offer the ways out.

    `where` names what the page is about, `within` narrows filters to it.
    """
    everything = panel.ask(events.totals, within(Filters()))["events"]
    if everything == 0 and where != "the store":
        st.info(f"The store holds no events of {plain(where)}.", icon=":material/inbox:")
    elif everything == 0:
        st.info("The store holds no events: none was found in its documents. The documents can still be read.",
                icon=":material/inbox:")
    elif chosen.any:
        st.info(f"None of the {wording.count(everything, 'event')} of {plain(where)} fits these filters together.",
                icon=":material/filter_alt:")
        ways_out(chosen, lambda opened: int(panel.ask(events.totals, within(opened))["events"]))
    else:
        st.info("No events.", icon=":material/inbox:")


def ways_out(chosen: Filters, remaining: Callable[[Filters], int], noun: str = "event") -> None:
    """Offer to open each filter without which something remains, with how much, and to clear them all."""
    said = wording.phrases(chosen)
    ways = []
    for field, words in said if len(said) > 1 else ():
        opened = without(chosen, field)
        if number := remaining(opened):
            leads = link(panel.view(), panel.with_filters(opened), f"Without “{words}”", style="link")
            ways.append(node("li", leads, f": {wording.count(number, noun)}"))
    if ways:
        markup.show(node("ul", *ways, style="ways_out"), "ways_out", panel.go)
    elif len(said) > 1:
        st.caption("To take out one of them is not enough.")
    st.button("Clear all filters", on_click=panel.clear, type="primary", key="clear_nothing")


def tiles(numbers: Sequence[tuple[tables.Cell, int, Filters | None]], key: str) -> None:
    """Draw numbers, each with its name and the filters of the events that it counts, to which it leads."""
    entries = []
    for name, number, chosen in numbers:
        shown = [node("span", f"{number:,}", style="value"), node("span", name, style="name")]
        inner = node("span", *shown)
        if chosen is not None and number:
            inner = link("table", panel.params_of(chosen), *shown)
        entries.append(node("li", inner, style="tile"))
    markup.show(node("ul", *entries, style="tiles"), key, panel.go)


def kind_tiles(chosen: Filters, totals: Mapping[str, Any], key: str) -> None:
    """Draw the number of events in all and by kind."""
    numbers: list[tuple[tables.Cell, int, Filters | None]] = [("Events", totals["events"], chosen)]
    for kind in KINDS:
        name = node("span", records.kind_mark(kind), f" {wording.KINDS_PLURAL[kind]}")
        numbers.append((name, totals[kind], of_kind(chosen, kind)))
    tiles(numbers, key)


def event_list(
    chosen: Filters, key: str, total: int, question: Callable[..., pd.DataFrame] = events.page, *arguments: str
) -> None:
    """List events with their first quote, the newest first, a page at a time; the page number is in the address.

    `question` is asked for each page with `chosen`, the `arguments`, how many events, and how many come before.
    """
    parameter = panel.PAGE if key == "events" else f"{panel.PAGE}_{key}"
    at = paging.page(parameter, total, PAGE_SIZE)
    rows = panel.ask(question, chosen, *arguments, PAGE_SIZE, at.before)
    with st.container(key=f"list_{key}"):
        entries = [records.event_row(row) for row in rows.to_dict("records")]
        markup.show(node("ol", *entries, style="events"), key, panel.go)
    paging.links(at)


def country_link(code: str) -> Node:
    """Return a country's name and code, leading to its page."""
    return node("span", link("country", panel.link_params(country=code), geography.name(code)),
                node("span", code, style="code"))


def pair_link(a: str, b: str) -> Node:
    """Return the names of two countries, leading to the page of the pair."""
    return link("pair", panel.link_params(a=a, b=b), f"{geography.name(a)} – {geography.name(b)}")


def country_code(code: str) -> Node:
    """Return a country's code, leading to its page; its name is what a screen reader says."""
    return link("country", panel.link_params(country=code), code) | {"label": geography.name(code), "tip": True}


def person_link(name: str) -> Node:
    """Return a person's name, leading to their page."""
    return link("person", panel.link_params(name=name), name)


def counts_by_kind(row: Mapping[str, Any], most: int, chosen: Filters) -> list[tables.Cell]:
    """Return the cells of a row for its events in all, over a bar of their share of `most`, and for each kind.

    Each number leads to its events among those that `chosen` fits.
    """
    total = tables.bar(panel.to_events(f"{row['events']:,}", chosen), row["events"] / max(most, 1))
    return [total, *(
        panel.to_events(f"{row[kind]:,}", of_kind(chosen, kind)) if row[kind] else "–" for kind in KINDS
    )]


def stacked(row: Mapping[str, Any], most: int, chosen: Filters) -> tables.Cell:
    """Return one cell for the number of events of a row, over a bar of its kinds; it leads to those `chosen` fits."""
    parts = [(wording.KINDS_PLURAL[kind], int(row[kind]), number) for number, kind in enumerate(KINDS)]
    return tables.stack(panel.to_events(f"{row['events']:,}", chosen), parts, most)


COUNT_COLUMNS = [tables.Column("Events", numeric=True),
                 *(tables.Column(wording.marked(kind), True, style="upright") for kind in KINDS)]


def country_table(counts: pd.DataFrame, key: str, chosen: Filters, most: int = 120) -> None:
    """Draw countries with their numbers of events by kind among those that `chosen` fits."""
    if counts.empty:
        st.caption("No country takes part in these events.")
        return
    top = int(counts["events"].max())
    rows = [
        [country_link(row["country"]), *counts_by_kind(row, top, also(chosen, row["country"]))]
        for row in counts.head(most).to_dict("records")
    ]
    label = f"{wording.count(len(counts), 'country', 'countries')} with their numbers of events by kind"
    markup.show(tables.table(["Country", *COUNT_COLUMNS], rows, label, style="tall"), key, panel.go)
    if len(counts) > most:
        st.caption(f"The {most} with the most events of {len(counts):,}; the file has all.")


def open_country(code: str) -> None:
    """Go to the page of a country, from a callback."""
    panel.go("country", panel.link_params(country=code))


def steps(around: Mapping[str, Any] | None) -> None:
    """Draw the way to the event before and after this one among those that fit the filters."""
    with st.container(horizontal=True, vertical_alignment="center", key="steps"):
        if around is None:
            st.caption("This event does not fit the filters.")
            return
        for label, neighbour, icon, keys in (
            ("Newer", around["before"], ":material/chevron_left:", "Left"),
            ("Older", around["after"], ":material/chevron_right:", "Right"),
        ):
            st.button(label, icon=icon, key=f"step_{label}", disabled=neighbour is None, shortcut=keys,
                      on_click=panel.open_event, args=(neighbour,))
        st.caption(f"Event {around['place']:,} of {around['all']:,}" + (" that fit the filters" * panel.current().any))
