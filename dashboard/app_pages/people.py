"""The people: each with state, capacity, events over time; and who met whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import charts, encounters, export, fields, markup, paging, panel, records, tables, widgets, wording
from dashboard.escaping import plain
from dashboard.filters import Filters, acting
from dashboard.markup import link
from dashboard.query import events, people
from dashboard.tables import Cell, Column
from extract.model import KINDS

WHO, SORT, SORT_PAIRS = "who", "sort", "sort_pairs"
PAGE, PAGE_PAIRS = "page", "page_pairs"
ROWS = 20
_UNITS_AT_MOST = 40
# The oldest events, so large a share of all, do not squeeze the small lines of the rest.
_OLD = 0.05
_EXPORTED = 100_000
# What a phone has no room for stands in the file, and on the page of the person.
_STYLES = {"name": "mid", "a": "mid", "b": "mid", "first": "spare"}


@dataclass(frozen=True, slots=True)
class Order:
    """How a table is sorted, as a parameter of the address has it: a column, with "-" before it from the most down."""

    parameter: str
    page: str
    known: Mapping[str, str]
    default: str

    @property
    def asked(self) -> str:
        """Return what the address asks for, or the default."""
        value = panel.parameter(self.parameter)
        return value if value.removeprefix("-") in self.known else self.default

    @property
    def by(self) -> tuple[str, bool]:
        """Return the column, and whether it begins with the most."""
        return self.asked.removeprefix("-"), self.asked.startswith("-")

    def heading(self, name: str, words: str, numeric: bool, label: str = "") -> Column:
        """Return the heading that sorts by a column, or the other way round where it does already."""
        column, down = self.by
        now = column == name
        downwards = not down if now else numeric or name in ("first", "last")
        wanted = f"-{name}" if downwards else name
        shown = words + ((" ↓" if down else " ↑") if now else "")
        params = panel.here(**{self.parameter: "" if wanted == self.default else wanted, self.page: ""})
        cell = link(panel.view(), params, shown) | ({"label": label, "tip": True} if label else {})
        way = ("descending" if down else "ascending") if now else ""
        return Column(cell, numeric, way, _STYLES.get(name, ""))


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    st.title("People")
    totals = panel.ask(events.totals, chosen)
    if not totals["events"]:
        widgets.nothing(chosen)
        return
    find = _find()
    _persons(chosen, find, totals)
    st.header("Who met whom")
    if not people.meeting(chosen) and not people.unmet(chosen):
        st.caption("The filters leave out all meetings and visits.")
        return
    _pairs(chosen, find)


def _find() -> str:
    """Offer the box that finds people by their name; its words are in the address."""
    key, wanted = "find_person", panel.parameter(WHO)[:100]
    asked = fields.held(key, wanted, lambda words: panel.go(
        panel.view(), panel.here(**{WHO: words.strip(), PAGE: "", PAGE_PAIRS: ""})))
    st.text_input("Find a person", key=key, on_change=asked, max_chars=100, width=420, icon=":material/person_search:",
                  placeholder="Any part of the name, with or without accents")
    return wanted


def _persons(chosen: Filters, find: str, totals: Mapping[str, Any]) -> None:
    order = Order(SORT, PAGE, people.SORTS, "-events")
    found = panel.ask(people.persons, chosen, find, ROWS, 0, "events", True)
    total = int(found["found"].iloc[0]) if len(found) else 0
    if not total:
        said = f"No person among these events is called “{find}”." if find else "No person is named in these events."
        st.info(plain(said), icon=":material/person_off:")
        return
    at = paging.page(PAGE, total, ROWS)
    rows = panel.ask(people.persons, chosen, find, ROWS, at.before, *order.by)
    lines = _lines(chosen, tuple(rows["name"]), totals)
    kinds = ", ".join(wording.marked(kind).lower() for kind in KINDS)
    with st.container(horizontal=True, vertical_alignment="center", key="people_head"):
        st.caption(f"{wording.count(total, 'person', 'people')} in these events; "
                   f"{kinds}. Choose a heading to sort.")
        st.download_button("Download as CSV", panel.afterwards(_file, chosen, find, order),
                           "readout-people.csv", "text/csv", on_click="ignore",
                           icon=":material/download:", key="download_people")
    columns = [
        order.heading("name", "Person, capacity", False), order.heading("country", "For", False),
        order.heading("events", "Events", True),
        *(order.heading(kind, wording.GLYPHS[kind], True, wording.KINDS_PLURAL[kind]) for kind in KINDS),
        *([Column("Over time", style="spare")] if lines else []),
        order.heading("first", "First", False), order.heading("last", "Last", False),
    ]
    most = int(found["events"].iloc[0])
    body = [_person(row, most, acting(chosen, row["name"]), lines) for row in rows.to_dict("records")]
    label = f"People {at.before + 1} to {at.last} of {total}, with their numbers of events"
    markup.show(tables.table(columns, body, label), "people", panel.go)
    paging.links(at)
    st.caption("Names and capacities stand as the documents write them: one person in two writings is listed twice, "
               "two people of one name once. An event with several people counts for each.")


def _person(row: dict[str, Any], most: int, own: Filters, lines: dict[str, markup.Node]) -> list[Cell]:
    return [
        encounters.person(row["name"], row["roles"]),
        encounters.states(row["countries"], row["acts"], encounters.whole(row["unstated"]), row["name"]),
        *widgets.counts_by_kind(row, most, own),
        *([lines.get(row["name"], "–")] if lines else []),
        records.when(row["first"]), records.when(row["last"]),
    ]


def _lines(chosen: Filters, names: tuple[str, ...], totals: Mapping[str, Any]) -> dict[str, markup.Node]:
    """Return a small line of the events over time for each name, all over the same span; none where it is too short.

    The span leaves out the oldest events where they are few; a line says in words from when to when it goes."""
    if not totals["dated"]:
        return {}
    years = panel.ask(events.bins, chosen, "year").groupby("bin")["events"].sum().cumsum()
    start = max(years.index[years > years.iloc[-1] * _OLD][0].date(), totals["first"])
    unit = events.grain(start, totals["last"], _UNITS_AT_MOST)
    whole = panel.ask(events.bins, chosen, unit)["bin"]
    bins, day = [], pd.Timestamp(whole[whole.dt.date >= start].min())
    while day <= whole.max():
        bins.append(day)
        day = charts.bin_end(day, unit)
    if len(bins) < 3:
        return {}
    counts = {(row.name, pd.Timestamp(row.bin)): int(row.events)
              for row in panel.ask(people.trend, chosen, names, unit).itertuples(index=False)}
    lines = {}
    for name in names:
        values = [counts.get((name, one), 0) for one in bins]
        if any(values):
            top = charts.bin_name(bins[values.index(max(values))], unit)
            lines[name] = tables.line(values, f"Events by {unit} from {charts.bin_name(bins[0], unit)} to "
                                              f"{charts.bin_name(bins[-1], unit)}, most in {top}: {max(values)}")
    return lines


def _pairs(chosen: Filters, find: str) -> None:
    order = Order(SORT_PAIRS, PAGE_PAIRS, people.PAIR_SORTS, "-met")
    same = encounters.compatriots()
    found = panel.ask(people.pairs, chosen, find, ROWS, 0, "met", True, same)
    total = int(found["found"].iloc[0]) if len(found) else 0
    if total:
        at = paging.page(PAGE_PAIRS, total, ROWS)
        rows = panel.ask(people.pairs, chosen, find, ROWS, at.before, *order.by, same)
        with st.container(horizontal=True, vertical_alignment="center", key="pairs_head"):
            st.caption(f"{wording.count(total, 'pair')} of people in the same meeting, visit or call.")
            st.download_button("Download as CSV", panel.afterwards(_pairs_file, chosen, find, order, same),
                               "readout-who-met.csv", "text/csv", on_click="ignore",
                               icon=":material/download:", key="download_pairs")
        columns = [order.heading("a", "Person", False), Column("For"), order.heading("b", "With", False), Column("For"),
                   *encounters.met_columns(order.heading)]
        most = int(found["met"].iloc[0])
        body = [_pair(row, most, acting(chosen, row["a"], row["b"])) for row in rows.to_dict("records")]
        markup.show(tables.table(columns, body, f"{total} pairs of people and how often they met"), "pairs", panel.go)
        paging.links(at)
    else:
        st.caption("No two people are named in one meeting, visit or call among these events.")
    markup.show(encounters.compatriots_link(), "compatriots", panel.go)
    st.caption("“Planned, off”: announced, and nothing tells that it took place, or called off. Counted is who is "
               "named in the same event. That does not tell who spoke to whom in a large one, and a document that "
               "names one side only counts for no pair.")


def _pair(row: dict[str, Any], most: int, both: Filters) -> list[Cell]:
    return [
        encounters.person(row["a"], row["roles_a"]), encounters.states(row["countries_a"]),
        encounters.person(row["b"], row["roles_b"]), encounters.states(row["countries_b"]),
        *encounters.met(row, most, both),
    ]


def _file(chosen: Filters, find: str, order: Order) -> bytes:
    frame = panel.ask(people.persons, chosen, find, _EXPORTED, 0, *order.by)
    frame = frame[["name", "countries", "acts", "unstated", "roles", "events", *KINDS, "first", "last"]]
    return export.csv(frame.rename(columns={"acts": "events_by_country", "unstated": "events_without_country"}))


def _pairs_file(chosen: Filters, find: str, order: Order, same: bool) -> bytes:
    frame = panel.ask(people.pairs, chosen, find, _EXPORTED, 0, *order.by, same)
    return export.csv(frame.drop(columns=["last_day", "found"]).rename(columns={"other": "planned_or_cancelled"}))
