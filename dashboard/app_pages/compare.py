"""Up to five countries side by side: activity over time, numbers, visits, partners, people."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import comparison, fields, geography, leads, markup, panel, states, tables, widgets, wording
from dashboard.comparison import AT_MOST
from dashboard.filters import TOGETHER, Filters, acting, also, of_kind
from dashboard.markup import Node, link, node
from dashboard.query import countries, events
from dashboard.query.pairs import both
from dashboard.tables import Cell, Column
from extract.model import KINDS

COMPARE = "compare"
TOP = 3
COMMON = 15
_BINS = 60
_YEARS_AT_MOST = 150


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    asked = panel.listed(COMPARE)
    known = [code for code in asked if panel.is_country(code)]
    codes = tuple(known[:AT_MOST])
    st.title("Compare countries")
    _picker(codes)
    panel.complain(_faults(asked, known))
    if not codes:
        found = panel.ask(countries.listing, chosen)
        if found.empty:
            widgets.nothing(chosen)
            return
        st.caption("Choose up to five countries above, or begin with these.")
        _suggest(codes, list(found["country"].head(AT_MOST)))
        return
    shared = panel.ask(countries.partnerships, chosen, codes)
    if len(codes) < AT_MOST:
        sums = shared[~shared["partner"].isin(codes)].groupby("partner")["events"].sum()
        _suggest(codes, list(sums.sort_values(ascending=False, kind="stable").index[:AT_MOST]))
    _over_time(chosen, codes)
    st.header("Side by side")
    _side_by_side(chosen, codes, shared)
    if len(codes) > 1:
        st.header("Between them")
        _between(chosen, codes, shared)
        st.header("Partners in common")
        _common(chosen, codes, shared)


def _faults(asked: list[str], known: list[str]) -> list[str]:
    unknown = [code for code in asked if code not in known]
    faults = [f"“{COMPARE}” knows no {', '.join(unknown)}; it was ignored."] if unknown else []
    if len(known) > AT_MOST:
        faults.append(f"No more than five can be compared; {', '.join(known[AT_MOST:])} was left out.")
    return faults


def _picker(codes: tuple[str, ...]) -> None:
    """Offer the countries; those chosen are in the address, in the order chosen."""
    key = "compare_picker"
    picked = fields.held(key, list(codes), lambda taken: panel.set_parameter(
        COMPARE, ",".join(filter(geography.is_code, taken))))
    options = sorted({*panel.counts()["countries"], *codes}, key=geography.name)
    st.multiselect("Countries to compare", options, key=key, on_change=picked, max_selections=AT_MOST,
                   format_func=geography.labelled, placeholder="Choose up to five")


def _suggest(codes: tuple[str, ...], more: list[str]) -> None:
    """Offer countries to add, each as a link."""
    if more:
        links = [
            link(COMPARE, panel.link_params(compare=",".join([*codes, code])), geography.name(code), style="link")
            for code in more
        ]
        head = [node("span", "Add", style="faint")] if codes else []
        markup.show(node("p", *head, *links, style="ways"), "suggest", panel.go)


def _over_time(chosen: Filters, codes: tuple[str, ...]) -> None:
    each = [panel.ask(events.totals, also(chosen, code)) for code in codes]
    days = [total[end] for total in each if total["dated"] for end in ("first", "last")]
    if not days:
        st.info("None of these countries has a dated event that fits the filters.", icon=":material/filter_alt:")
        return
    first, last = min(days), max(days)
    early = comparison.busy(panel.ask(countries.activity, chosen, codes, "year"), first)
    unit = events.grain(early, last, _BINS)
    if unit == "decade" and last.year - early.year <= _YEARS_AT_MOST:
        unit = "year"
    counts = panel.ask(countries.activity, chosen, codes, unit)
    st.header("Over time")
    widgets.chart(comparison.lines(counts, codes, unit, (early, last)), "compare_lines",
                  numbers=widgets.named(counts.groupby(["country", "bin"], as_index=False)["events"].sum()),
                  lead=leads.counted(partial(_bar, chosen, unit)))
    st.header("By kind")
    widgets.chart(comparison.panels(counts, codes, unit, (early, last)), "compare_panels",
                  numbers=widgets.named(counts),
                  lead=leads.counted(lambda row: of_kind(_bar(chosen, unit, row), row["kind"])))


def _bar(chosen: Filters, unit: str, row: Mapping[str, Any]) -> Filters:
    """Return the filters of the events of a country that begin in a unit of time."""
    return leads.in_bin(also(chosen, row["country"]), row["bin"], unit)


def _side_by_side(chosen: Filters, codes: tuple[str, ...], shared: pd.DataFrame) -> None:
    """Draw the table: a row for each measure, a column for each country."""
    columns = [_column(chosen, code, shared) for code in codes]
    busy = panel.ask(countries.busiest, chosen, codes)
    for column, code in zip(columns, codes, strict=True):
        column["Busiest year"] = _busiest(chosen, code, busy.get(code))
    rows: list[list[Cell]] = [[measure, *(column[measure] for column in columns)] for measure in columns[0]]
    head = [Column("Measure", style="nowrap"), *(Column(widgets.country_link(code), style="each") for code in codes)]
    label = f"{wording.listed([geography.name(code) for code in codes], 'and')} side by side"
    markup.show(tables.table(head, rows, label), "side_by_side", panel.go)
    st.caption("Visits paid and received are those that took place and of which the text tells who visits whom. An "
               "event that lasts over the turn of a year counts in both years.")


def _column(chosen: Filters, code: str, shared: pd.DataFrame) -> dict[str, Cell]:
    """Return the cells of a country, by the name of the measure."""
    own = also(chosen, code)
    totals = panel.ask(events.totals, own)
    cells: dict[str, Cell] = {"Events": _number(totals["events"], own)}
    cells |= {wording.marked(kind): _number(totals[kind], of_kind(own, kind)) for kind in KINDS}
    if states.asks_for(chosen, "visit"):
        visited = of_kind(states.took_place(chosen), "visit")
        parts = panel.ask(countries.parts, visited, code).get("visit", {})
        for name, part in (("Visits paid", "visitor"), ("Visits received", "host"), ("Part not told", states.UNTOLD)):
            cells[name] = _number(parts.get(part, 0), also(visited, code, part=part))
    partners = shared[shared["country"] == code]
    together = also(chosen, code, part=TOGETHER)
    cells["With other countries"] = _number(panel.ask(events.totals, together)["events"], together)
    cells["Top partners"] = _several([
        (states.partner_link(code, row["partner"]), row["events"], also(own, row["partner"]))
        for row in partners.head(TOP).to_dict("records")
    ])
    if len(partners) > TOP:
        every = link("country", panel.link_params(country=code), "All partners") | {
            "label": f"All partners of {geography.name(code)}"}
        cells["Top partners"] = node("div", cells["Top partners"], node("div", every))
    people = panel.ask(countries.people, own, code)
    cells["Most active people"] = _several([
        (widgets.person_link(row["name"]), row["events"], acting(own, row["name"]))
        for row in people.head(TOP).to_dict("records")
    ])
    return cells


def _number(number: int, chosen: Filters) -> Cell:
    return panel.to_events(f"{number:,}", chosen) if number else "–"


def _several(entries: list[tuple[Node, int, Filters]]) -> Cell:
    if not entries:
        return "–"
    return node("div", *(
        node("div", name, " (", panel.to_events(f"{number:,}", found), ")") for name, number, found in entries
    ))


def _busiest(chosen: Filters, code: str, found: tuple[int, int] | None) -> Cell:
    """Return the busiest year with the number of its events, within the dates chosen."""
    if found is None:
        return "–"
    year, number = found
    return node("div", f"{year}: ", panel.to_events(f"{number:,}", states.within(also(chosen, code), year)))


def _between(chosen: Filters, codes: tuple[str, ...], shared: pd.DataFrame) -> None:
    """Draw how many events each two of them share."""
    known = {(row["country"], row["partner"]): int(row["events"]) for row in shared.to_dict("records")}
    rows: list[list[Cell]] = [
        [widgets.country_link(one),
         *("" if one == other else _number(known.get((one, other), 0), both(chosen, one, other)) for other in codes)]
        for one in codes
    ]
    head: list[Any] = [Column("Common events"), *(Column(code, style="each") for code in codes)]
    markup.show(tables.table(head, rows, "Common events of each two of them"), "between", panel.go)
    ways = [
        widgets.pair_link(one, other) | {"style": "link"}
        for number, one in enumerate(codes) for other in codes[number + 1 :]
    ]
    markup.show(node("p", node("span", "The pages of two", style="faint"), *ways, style="ways"), "pair_ways", panel.go)


def _common(chosen: Filters, codes: tuple[str, ...], shared: pd.DataFrame) -> None:
    """Draw the partners that several of them have, those first that most of them have, and then most often."""
    table = shared[~shared["partner"].isin(codes)].pivot_table(
        index="partner", columns="country", values="events", aggfunc="sum").reindex(columns=list(codes))
    table = table[table.notna().sum(axis=1) > 1]
    if table.empty:
        st.caption("They have no partner in common among these events.")
        return
    order = pd.DataFrame({"of": table.notna().sum(axis=1), "least": table.min(axis=1), "sum": table.sum(axis=1)})
    order = order.sort_values(["of", "least", "sum"], ascending=False, kind="stable").index
    table = table.fillna(0).astype(int)
    rows: list[list[Cell]] = [
        [widgets.country_link(partner),
         *(_number(int(table.loc[partner, code]), both(chosen, code, partner)) for code in codes)]
        for partner in order[:COMMON]
    ]
    head = [Column("Partner"), *(Column(f"With {geography.name(code)}", style="each") for code in codes)]
    label = f"{wording.count(len(table), 'partner')} in common, with the numbers of events with each"
    markup.show(tables.table(head, rows, label), "common", panel.go)
    more = f"The first {COMMON} of {len(table):,}. " if len(table) > COMMON else ""
    st.caption(f"{more}Countries that share events with at least two of them; a number leads to those events.")
