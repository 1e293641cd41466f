"""One country: events by kind and time, partners, visits, people, statements and documents; or all countries."""

from typing import Any

import streamlit as st

from dashboard import geography, markup, paging, panel, pickers, records, states, tables, widgets, wording
from dashboard.comparison import AT_MOST
from dashboard.escaping import plain
from dashboard.filters import Filters, also, of_kind
from dashboard.markup import link, node
from dashboard.query import countries, events
from dashboard.tables import Cell, Column
from extract.model import KINDS

ROWS = 50
SORT = "sort"
HEADINGS = {"country": "Country", "events": "Events"} | {kind: wording.marked(kind) for kind in KINDS} | {
    "last": "Last"}


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    country = panel.parameter("country")
    known = panel.is_country(country)
    st.title(plain(geography.name(country)) if known else "Countries")
    pickers.country(list(panel.counts()["countries"]), country)
    if known:
        _one(chosen, country)
        return
    if country:
        st.warning(plain(f"“{country}” is not the code of a country, such as NOR for Norway."))
    totals = panel.ask(events.totals, chosen)
    found = panel.ask(countries.listing, chosen)
    if found.empty:
        widgets.nothing(chosen)
    else:
        _all(chosen, totals, found)


def _one(chosen: Filters, country: str) -> None:
    own = also(chosen, country)
    totals = panel.ask(events.totals, own)
    if not totals["events"]:
        widgets.nothing(chosen, geography.name(country), lambda them: also(them, country))
        return
    markup.show(states.names(country), "names")
    widgets.kind_tiles(own, totals, "totals")
    states.change(chosen, country)
    markup.show(node(
        "p", link("compare", panel.link_params(compare=country), "Compare with other countries", style="link"),
        link("timeline", panel.params_of(own), "Timeline", style="link"), style="ways",
    ), "ways", panel.go)
    if totals["dated"]:
        st.header("By kind and time")
        widgets.by_time(own, totals, "country_timeline")
    st.header("Partners")
    states.partner_table(chosen, country, totals)
    if totals["visit"]:
        st.header("Visits")
        states.visits(chosen, country)
    st.header("People")
    states.people_table(own, country)
    st.header("Events and their quotes")
    _lists(chosen, country, totals)


def _lists(chosen: Filters, country: str, totals: dict[str, Any]) -> None:
    own = also(chosen, country)
    telling = panel.ask(countries.telling, own)
    documents = int(telling["found"].iloc[0]) if len(telling) else 0
    opened = states.choose([("events", "All", totals["events"]), ("statements", "Statements", totals["statement"]),
                            ("documents", "Documents", documents)])
    if opened == "documents":
        states.documents_table(own)
        return
    if opened == "events":
        widgets.event_list(own, "events", totals["events"])
        return
    if not totals["statement"]:
        st.caption("No statements among these events.")
        return
    stated = of_kind(chosen, "statement")
    told = panel.ask(countries.parts, stated, country).get("statement", {})
    name = geography.name(country)
    widgets.tiles([
        (words, told.get(part, 0), also(stated, country, part=part))
        for words, part in ((f"Made by {name}", "speaker"), (f"Addressed to {name}", "addressee"),
                            ("Part not told", states.UNTOLD))
    ], "statement_parts")
    widgets.event_list(also(stated, country), "statements", totals["statement"])


def _all(chosen: Filters, totals: dict[str, Any], found: Any) -> None:
    """Draw the table of all countries, sorted by the heading that the address names."""
    asked = panel.parameter(SORT)
    name = asked.removeprefix("-") if asked.removeprefix("-") in HEADINGS else "events"
    descending = asked.startswith("-") or name not in (asked, "country")
    key = (lambda column: column.map(lambda code: geography.fold(geography.name(code)))) if name == "country" else None
    found = found.sort_values(name, ascending=not descending, key=key, kind="stable", na_position="last")
    at = paging.page(panel.PAGE, len(found), ROWS)
    shown = states.years(totals)
    listed = found.iloc[at.before : at.last]
    small = states.lines(panel.ask(countries.trend, chosen, "year", tuple(listed["country"])), shown)
    most = int(found["events"].max())
    rows: list[list[Cell]] = [
        [widgets.country_link(row["country"]), *widgets.counts_by_kind(row, most, also(chosen, row["country"])),
         records.when(row["last"]), small.get(row["country"], ""),
         link("compare", panel.link_params(compare=row["country"]), "Compare")
         | {"label": f"Compare {geography.name(row['country'])} with others"}]
        for row in listed.to_dict("records")
    ]
    head = [*(_heading(column, name, descending) for column in HEADINGS),
            Column(f"By year, {states.span(shown)}" if shown else "By year", style="spare"),
            Column("Compare", style="spare")]
    top = list(found.sort_values("events", ascending=False, kind="stable")["country"].head(AT_MOST))
    leaders = wording.listed([geography.name(code) for code in top], "and")
    markup.show(node(
        "p", node("span", f"{wording.count(len(found), 'country', 'countries')} in ",
                  panel.to_events(wording.count(totals["events"], "event"), chosen, style="link"), "."),
        link("compare", panel.link_params(compare=",".join(top)), f"Compare {leaders}", style="link"),
        link("pair", panel.link_params(), "Pairs of countries", style="link"), style="ways",
    ), "countries_head", panel.go)
    label = f"{wording.count(len(found), 'country', 'countries')} with their numbers of events by kind"
    markup.show(tables.table(head, rows, label, style="dense"), "all_countries", panel.go)
    paging.links(at)
    st.caption("An event with several countries counts once for each. “Last” is the latest that took place. Each line "
               "has its own scale. A number leads to its events.")
    widgets.download(widgets.named(found), "countries")


def _heading(column: str, name: str, descending: bool) -> Column:
    down = not descending if column == name else column != "country"
    arrow = (" ↓" if descending else " ↑") if column == name else ""
    wanted = f"-{column}" if down else column
    shown = link("country", panel.here(**{SORT: "" if wanted == "-events" else wanted, panel.PAGE: ""}),
                 HEADINGS[column] + arrow)
    sorted_by = ("descending" if descending else "ascending") if column == name else ""
    return Column(shown, column not in ("country", "last"), sorted_by, "upright" if column in KINDS else "")
