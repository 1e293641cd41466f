"""Two countries: what they do together, who visits whom, who met, and what changed lately; or the pairs of all."""

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from dashboard import comparison, geography, leads, markup, panel, pickers, records, states, tables, widgets, wording
from dashboard.escaping import plain
from dashboard.filters import Filters, acting, also, of_kind
from dashboard.markup import link, node
from dashboard.query import countries, events, pairs
from dashboard.tables import Cell, Column
from extract.model import KINDS

ROWS = 50
# How two states take part together, in words; `{a}` is the first of the parts.
SAID = {
    ("visitor", "host"): "{a} visits {b}", ("speaker", "addressee"): "{a} addresses {b}",
    ("donor", "recipient"): "{a} gives to {b}", ("host", "guest"): "{a} hosts {b}",
    ("visitor", "visitor"): "Both are visitors", ("speaker", "speaker"): "Both speak",
    ("addressee", "addressee"): "Both are addressed", ("signatory", "signatory"): "Both sign",
    ("guest", "guest"): "Both are guests", ("host", "host"): "Both are hosts", ("donor", "donor"): "Both give",
    ("recipient", "recipient"): "Both receive", (states.UNTOLD, states.UNTOLD): "Their parts are not told",
}


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    asked = [panel.parameter("a"), panel.parameter("b")]
    unknown = [code for code in asked if code and not panel.is_country(code)]
    known = sorted({code for code in asked if panel.is_country(code)})
    st.title(plain(" and ".join(map(geography.name, known))) if len(known) == 2 else "Pairs of countries")
    _pickers(asked)
    if len(known) == 2:
        _two(chosen, known[0], known[1])
        return
    if unknown:
        st.warning(plain(f"{wording.listed([f'“{code}”' for code in unknown], 'and')}: not the code of a country, such "
                         "as NOR for Norway."))
    elif asked[0] and asked[0] == asked[1]:
        st.warning("A pair needs two different countries.")
    _all(chosen, known[0] if known else "")


def _pickers(asked: list[str]) -> None:
    options = sorted({*panel.counts()["countries"], *filter(panel.is_country, asked)}, key=geography.name)
    with st.container(horizontal=True, key="pair_pickers"):
        for label, key, number in (("First country", "a", 0), ("Second country", "b", 1)):
            other = {"b": asked[1]} if number == 0 else {"a": asked[0]}
            pickers.pick(label, key, options, asked[number], geography.labelled,
                           partial(_picked, key, other))


def _picked(key: str, other: dict[str, str], code: str) -> None:
    panel.go("pair", panel.link_params(**{key: code}, **other))


def _all(chosen: Filters, own: str) -> None:
    """Draw the pairs with the most common events: of all countries, or with the one that is chosen."""
    if own:
        st.caption(plain(f"{geography.name(own)} and its partners. Choose a second country above, or here."))
        states.partner_table(chosen, own, panel.ask(events.totals, also(chosen, own)))
        return
    found = panel.ask(countries.pairs, chosen, ROWS)
    if found.empty:
        widgets.nothing(chosen)
        return
    top = int(found["events"].max())
    rows = [
        [widgets.pair_link(row["a"], row["b"]),
         *widgets.counts_by_kind(row, top, pairs.both(chosen, row["a"], row["b"]))]
        for row in found.to_dict("records")
    ]
    label = "Pairs of countries with the most common events, by kind"
    markup.show(tables.table([Column("Pair"), *widgets.COUNT_COLUMNS], rows, label, style="dense"), "pairs", panel.go)
    st.caption(f"The {len(rows)} pairs with the most common events. An event of more than two countries counts once "
               "for each pair among them.")


def _two(chosen: Filters, a: str, b: str) -> None:
    names = f"{geography.name(a)} and {geography.name(b)}"
    markup.show(node(
        "p", *(node("span", link("country", panel.link_params(country=code), geography.name(code), style="link"),
                    node("span", code, style="code")) for code in (a, b)),
        link("compare", panel.link_params(compare=f"{a},{b}"), "Compare the two", style="link"), style="ways",
    ), "ways", panel.go)
    own = pairs.both(chosen, a, b)
    totals = panel.ask(events.totals, own)
    if not totals["events"]:
        widgets.nothing(chosen, names, lambda them: pairs.both(them, a, b))
        return
    widgets.kind_tiles(own, totals, "totals")
    states.change(chosen, a, b)
    _ends(own)
    if totals["dated"]:
        st.header("By kind and time")
        widgets.by_time(own, totals, "pair_timeline")
    st.header("Who does what")
    _parts(own, chosen, a, b)
    st.header("Who met whom")
    _met(chosen, a, b)
    st.header("Events and their quotes")
    _lists(own, totals)


def _ends(own: Filters) -> None:
    """Draw the last event that took place and the next one that is planned, side by side."""
    ends = panel.ask(pairs.ends, own)
    for column, key, heading, none in zip(
        st.columns(2, gap="medium"), ("last", "next"), ("Last event", "Next event planned"),
        ("None of these events is dated and took place.", "None is announced for a day after the last event."),
        strict=True,
    ):
        with column:
            st.header(heading)
            if ends[key]:
                markup.show(node("ol", records.event_row(ends[key]), style="events stacked"), f"{key}_event", panel.go)
            else:
                st.caption(none)


def _parts(own: Filters, chosen: Filters, a: str, b: str) -> None:
    """Draw which part each of the two takes, each combination with its events, and the visits by year."""
    found = panel.ask(pairs.combinations, own, a, b)
    rows: list[list[Cell]] = [
        [node("span", records.kind_mark(row["kind"]), wording.KINDS_PLURAL[row["kind"]]),
         said(a, b, row["first"], row["second"]),
         panel.to_events(f"{row['events']:,}",
                         of_kind(pairs.both(chosen, a, b, row["first"], row["second"]), row["kind"]))]
        for kind in KINDS for row in found[found["kind"] == kind].to_dict("records")
    ]
    head = [Column("Kind"), Column("Who does what"), Column("Events", numeric=True)]
    visits = of_kind(own, "visit")
    by_year = panel.ask(pairs.visits_by_year, visits, a, b)
    label = f"The parts that {geography.name(a)} and {geography.name(b)} take, with numbers of events"
    left, right = st.columns(2, gap="medium")
    with left:
        markup.show(tables.table(head, rows, label), "parts", panel.go)
        st.caption("What the text tells; planned and cancelled events are among them.")
    with right:
        if len(by_year) and states.asks_for(chosen, "visit"):
            ways = [said(a, b, *parts) for parts in (("visitor", "host"), ("host", "visitor"))]
            drawn = comparison.directions(by_year, ("visitor", ways[0]), ("host", ways[1]), "Visits")
            parts = {ways[0]: ("visitor", "host"), ways[1]: ("host", "visitor")}
            widgets.chart(
                drawn, "visit_years", numbers=by_year.replace({"visitor": ways[0], "host": ways[1]}),
                lead=leads.counted(lambda row: leads.in_year(
                    of_kind(pairs.both(chosen, a, b, *parts[row["part"]]), "visit"), row["year"])))
        else:
            st.caption("No dated visit among these events tells who visits whom.")


def said(a: str, b: str, first: str, second: str) -> str:
    """Say how two countries take part: "China visits Russia"; a part that is not among those known is named."""
    one, other = geography.name(a), geography.name(b)
    if (first, second) in SAID:
        return SAID[first, second].format(a=one, b=other)
    if (second, first) in SAID:
        return SAID[second, first].format(a=other, b=one)
    parts = ["part not told" if part == states.UNTOLD else part for part in (first, second)]
    return f"{one}: {parts[0]}; {other}: {parts[1]}"


def _met(chosen: Filters, a: str, b: str) -> None:
    """Draw which people of the two countries met or visited, and how often."""
    kinds = tuple(kind for kind in ("meeting", "visit") if states.asks_for(chosen, kind))
    own = replace(states.took_place(pairs.both(chosen, a, b)), kinds=kinds)
    found = panel.ask(pairs.met, own, a, b, ROWS + 1) if kinds else None
    if found is None or found.empty:
        st.caption("The text names no persons of both sides in meetings and visits that took place.")
        return
    top = int(found["events"].max())
    rows: list[list[Cell]] = [
        [widgets.person_link(row["one"]), widgets.person_link(row["other"]),
         tables.bar(panel.to_events(f"{row['events']:,}", acting(own, row["one"], row["other"])),
                    row["events"] / top),
         records.when(row["last"])]
        for row in found.head(ROWS).to_dict("records")
    ]
    head = [Column(f"Of {geography.name(a)}"), Column(f"Of {geography.name(b)}"),
            Column("Meetings and visits", numeric=True), Column("Last")]
    markup.show(tables.table(head, rows, "People of both countries who met", style="tall"), "met", panel.go)
    more = f"The first {ROWS}; those of each are on the pages of the people. " if len(found) > ROWS else ""
    st.caption(f"{more}Named in the same meeting or visit that took place. Whether they spoke with each other, the "
               "quote tells.")


def _lists(own: Filters, totals: dict[str, Any]) -> None:
    told = panel.ask(countries.telling, own)
    documents = int(told["found"].iloc[0]) if len(told) else 0
    opened = states.choose([
        ("events", "All", totals["events"]), ("agreements", "Agreements", totals["agreement"]),
        ("statements", "Statements", totals["statement"]), ("documents", "Documents", documents),
    ])
    kind = {"agreements": "agreement", "statements": "statement"}.get(opened, "")
    if opened == "documents":
        states.documents_table(own)
    elif not kind:
        widgets.event_list(own, "events", totals["events"])
    elif totals[kind]:
        widgets.event_list(of_kind(own, kind), opened, totals[kind])
    else:
        st.caption(f"No {opened} among these events.")
