"""Parts of the pages on countries: names, tables of partners, visits, people and documents, lists to choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import comparison, geography, leads, markup, paging, panel, records, tables, widgets, wording
from dashboard.filters import NO_COUNTRY, Filters, acting, also, of_kind, told_in
from dashboard.markup import Node, link, node
from dashboard.query import countries, events, lately
from dashboard.tables import Cell, Column

ROWS = 15
LIST = "list"
UNTOLD = "participant"
_YEARS_AT_MOST = 25
_ROLES_AT_MOST = 2
_BARS_FROM = 3
_DAYS = 365
_FEW = 5


def names(code: str) -> Node:
    """Return the code of a country and its names: the long one, those in its own languages, and the English one."""
    shown = geography.name(code)
    said: list[tuple[str, Node | str]] = [("Code", node("span", code, style="code first"))]
    if shown != geography.english(code):
        said.append(("English", geography.english(code)))
    if (long := geography.official(code)) and long not in (shown, geography.english(code)):
        said.append(("In full", long))
    own = [
        node("span", node("span", name, style="isolate", lang=language), node("span", called, style="faint near"))
        for language, called, name in geography.own_names(code) if name != shown
    ]
    if own:
        said.append(("In its languages", node("span", *own, style="ways")))
    rows = [part for name, value in said for part in (node("dt", name), node("dd", value))]
    return node("dl", *rows, style="facts")


def years(totals: Mapping[str, Any]) -> list[int]:
    """Return the years that small lines show: those of the events, the last 25 where there are more."""
    if not totals["dated"]:
        return []
    last = totals["last"].year
    return list(range(max(totals["first"].year, last - _YEARS_AT_MOST + 1), last + 1))


def span(shown: Sequence[int]) -> str:
    """Write the years of small lines as a heading."""
    return f"{shown[0]}–{shown[-1]}" if len(shown) > 1 else "".join(map(str, shown))


def lines(counts: pd.DataFrame, shown: Sequence[int]) -> dict[str, Node]:
    """Return the small line of each country; `counts` is what `countries.trend` returns for years."""
    found = {}
    for code, rows in counts.groupby("country"):
        told = dict(zip(rows["bin"].dt.year, rows["events"], strict=True))
        values = [int(told.get(year, 0)) for year in shown]
        words = ", ".join(f"{year}: {value}" for year, value in zip(shown, values, strict=True) if value)
        found[str(code)] = tables.line(values, f"{geography.name(str(code))} by year. {words or 'none'}")
    return found


def partner_link(own: str, other: str) -> Node:
    """Return the name of a country, leading to the page of it and `own`."""
    return link("pair", panel.link_params(a=own, b=other), geography.name(other))


def partner_table(chosen: Filters, country: str, totals: Mapping[str, Any]) -> None:
    """Draw the partners of a country, most common events first, each leading to the page of the two."""
    own = also(chosen, country)
    found = panel.ask(countries.listing, own)
    found = found[found["country"] != country]
    if found.empty:
        st.caption("No other country takes part in these events.")
        return
    at = paging.page("page_partners", len(found), ROWS)
    most, shown = int(found["events"].max()), years(totals)
    listed = found.iloc[at.before : at.last]
    small = lines(panel.ask(countries.trend, own, "year", tuple(listed["country"])), shown)
    rows = [
        [node("span", partner_link(country, row["country"]), node("span", row["country"], style="code")),
         *widgets.counts_by_kind(row, most, also(own, row["country"])), small.get(row["country"], ""),
         records.when(row["last"])]
        for row in listed.to_dict("records")
    ]
    by_year = Column(f"By year, {span(shown)}" if shown else "By year", style="spare")
    head = [Column("Partner"), *widgets.COUNT_COLUMNS, by_year, Column("Last")]
    name = geography.name(country)
    label = f"{wording.count(len(found), 'partner')} of {name}, with the numbers of their common events by kind"
    markup.show(tables.table(head, rows, label, style="dense"), "partners", panel.go)
    paging.links(at)
    st.caption("An event with several partners counts once for each. A partner’s name leads to the page of the two, a "
               "number to its events. Each line has its own scale.")


def took_place(chosen: Filters) -> Filters:
    """Return the filters, narrowed to events that took place unless they ask for certain statuses themselves."""
    return chosen if chosen.statuses else replace(chosen, statuses=("occurred",))


def asks_for(chosen: Filters, kind: str) -> bool:
    """Tell whether the filters leave room for a kind."""
    return not chosen.kinds or kind in chosen.kinds


def visits(chosen: Filters, country: str) -> None:
    """Draw the visits that a country pays and receives, and with whom; those that do not tell stand apart."""
    visited = of_kind(took_place(chosen), "visit")
    told = panel.ask(countries.parts, visited, country).get("visit", {})
    numbers: list[tuple[str, int, Filters | None]] = [
        (name, told.get(part, 0), also(visited, country, part=part))
        for name, part in (("Visits paid", "visitor"), ("Visits received", "host"), ("Part not told", UNTOLD))
    ]
    if not chosen.statuses:
        planned = also(replace(visited, statuses=("planned",)), country)
        numbers.append(("Planned", panel.ask(events.totals, planned)["events"], planned))
    widgets.tiles(numbers, "visits")
    name = geography.name(country)
    by_year = panel.ask(countries.parts_by_year, visited, country)
    by_year = by_year[by_year["part"].isin(["visitor", "host"])]
    if by_year["events"].sum() >= _BARS_FROM and by_year["year"].nunique() > 1:
        drawn = comparison.directions(by_year, ("visitor", "Paid"), ("host", "Received"), f"Visits of {name}")
        widgets.chart(drawn, "visit_years", numbers=by_year, lead=leads.counted(
            lambda row: leads.in_year(also(visited, country, part=row["part"]), row["year"])))
    left, right = st.columns(2, gap="medium")
    with left:
        _counterparts(visited, country, "visitor", "host", f"{name} visits")
    with right:
        _counterparts(visited, country, "host", "visitor", f"Visitors of {name}")
    st.caption(("Visits that took place. " if not chosen.statuses else "")
               + "Who visits whom is what the text tells; where it leaves that open, the visit counts under “Part not "
               "told” alone.")


def _counterparts(visited: Filters, country: str, part: str, theirs: str, heading: str) -> None:
    own = also(visited, country, part=part)
    found = panel.ask(countries.counterparts, visited, country, part, theirs)
    if not found.empty:
        rows: list[list[Cell]] = [
            [partner_link(country, row["country"]),
             panel.to_events(f"{row['events']:,}", also(own, row["country"], part=theirs)), records.when(row["last"])]
            for row in found.head(ROWS).to_dict("records")
        ]
        head = [Column(heading), Column("Visits", numeric=True), Column("Last")]
        markup.show(tables.table(head, rows, f"{heading}, with the number of visits"), f"visits_{part}", panel.go)
        if len(found) > ROWS:
            st.caption(f"The first {ROWS} of {wording.count(len(found), 'country', 'countries')}.")
    if untold := panel.ask(countries.alone, visited, country, part, theirs):
        number = panel.to_events(wording.count(untold, "visit"), also(own, NO_COUNTRY, part=theirs), style="link")
        told = "The text" if not found.empty else f"{heading}: the text"
        leads.said(f"untold_{part}", f"{told} names no {theirs} for ", number, ".")


def people_table(chosen: Filters, country: str, key: str = "people", most: int = ROWS) -> None:
    """Draw the people who act for a country in the events that `chosen` fits: capacity, numbers by kind, last seen."""
    first = panel.ask(countries.people, chosen, country, most, 0)
    if first.empty:
        st.caption(f"The text names nobody who acts for {geography.name(country)} in these events.")
        return
    total, top = int(first["found"].iloc[0]), int(first["events"].iloc[0])
    at = paging.page(f"page_{key}", total, most)
    found = panel.ask(countries.people, chosen, country, most, at.before)
    rows = [
        [widgets.person_link(row["name"]), roles(row["roles"]),
         *widgets.counts_by_kind(row, top, acting(chosen, row["name"])), records.when(row["last"])]
        for row in found.to_dict("records")
    ]
    head = [Column("Person", style="person"), Column("Capacity, as written", style="role"), *widgets.COUNT_COLUMNS,
            Column("Last seen")]
    label = f"People who act for {geography.name(country)}, with what they did"
    if at.pages > 1:
        st.caption(f"{at.before + 1:,} to {at.last:,} of {wording.count(total, 'person', 'people')}, those with "
                   "the most events first.")
    markup.show(tables.table(head, rows, label, style="dense capacities"), key, panel.go)
    paging.links(at)


def roles(told: Any) -> str:
    """Write the capacities of a person, the commonest first; two that differ in capitals alone are one."""
    distinct: dict[str, str] = {}
    for role in told if isinstance(told, list) or hasattr(told, "tolist") else []:
        distinct.setdefault(role.casefold(), role)
    shown = list(distinct.values())
    return "; ".join(shown[:_ROLES_AT_MOST]) + (" …" if len(shown) > _ROLES_AT_MOST else "")


def within(chosen: Filters, year: int) -> Filters:
    """Return the filters, narrowed to a year."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return replace(chosen, first=max(chosen.first or first, first), last=min(chosen.last or last, last))


def change(chosen: Filters, *codes: str) -> None:
    """Say how many events with all of these countries took place lately, and in as many days before.

    The later days end with the last of all events that fit; they are as many as the dates chosen hold, or a year.
    """
    days = (chosen.last - chosen.first).days + 1 if chosen.first and chosen.last else _DAYS
    found = panel.ask(lately.window, chosen, days)
    if found is None:
        return
    now, then = (also(one, *codes) for one in (found.lately, found.before))
    more, fewer = (panel.ask(events.totals, one)["events"] for one in (now, then))
    if not more and not fewer:
        return
    compared = f"{more - fewer} more than" if more > fewer else f"{fewer - more} fewer than" if more < fewer else (
        "as many as")
    few = " Numbers this small say little." if max(more, fewer) < _FEW else ""
    told = ("Only what took place and is known to the day; the documents may cover the two periods unevenly." + few)
    markup.show(node("div", node(
        "p", node("span", f"In the {days:,} days up to {wording.day(now.last or dt.date.max)}: ", style="strong"),
        panel.to_events(wording.count(more, "event"), now, style="link") if more else "no event",
        f", {compared} in the {days:,} days before (",
        panel.to_events(f"{fewer:,}", then, style="link") if fewer else "0", "). ", node("span", told, style="faint"),
    )), "change", panel.go)


def documents_table(chosen: Filters) -> None:
    """Draw the documents that tell the events that `chosen` fits, with how many of them each tells."""
    found = panel.ask(countries.telling, chosen)
    rows: list[list[Cell]] = [
        [link("document", panel.link_params(document=row["document"]), row["document"]),
         row["title"] if isinstance(row["title"], str) else "",
         ", ".join(str(row[name]) for name in ("publisher", "published") if isinstance(row[name], str)),
         panel.to_events(f"{row['events']:,}", told_in(chosen, row["document"]))]
        for row in found.to_dict("records")
    ]
    head = [Column("Document"), Column("Title or first headline", style="wide"), Column("Published"),
            Column("Events", numeric=True)]
    label = f"{wording.count(len(rows), 'document')} that tell these events"
    markup.show(tables.table(head, rows, label, style="tall"), "telling", panel.go)
    if len(found) and int(found["found"].iloc[0]) > len(found):
        st.caption(f"The {len(found)} that tell the most of {int(found['found'].iloc[0]):,}.")


def choose(options: Sequence[tuple[str, str, int]]) -> str:
    """Draw links to the lists of a page, each a name in the address, its words and its number; returns the open one."""
    asked = panel.parameter(LIST)
    known = [name for name, _, _ in options]
    opened = asked if asked in known else known[0]
    links = [
        link(panel.view(), panel.here(**{LIST: "" if name == known[0] else name}), f"{words} ({number:,})",
             style="tab here" if name == opened else "tab") | ({"current": True} if name == opened else {})
        for name, words, number in options
    ]
    markup.show(node("nav", *links, style="tabs") | {"label": "Lists"}, "lists", panel.go)
    return opened
