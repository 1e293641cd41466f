"""One person: for which states and in which capacities, when, with whom, where to; the events, quotes and documents."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import encounters, geography, markup, paging, panel, records, states, tables, widgets, wording
from dashboard.escaping import plain
from dashboard.filters import Filters, acting, also, of_kind, told_in
from dashboard.markup import Node, link, node
from dashboard.query import documents as library
from dashboard.query import events, people
from dashboard.query import person as questions
from dashboard.query.people import unknown_names
from dashboard.query.person import UNSTATED
from dashboard.tables import Cell, Column

NAME, FOR, AS = "name", "for", "as"
PAGE_MET = "page_met"
MET_ROWS = 20
_DOCUMENTS_AT_MOST = 100


def draw() -> None:
    """Draw the page."""
    name = panel.parameter(NAME)
    if not name or panel.ask(unknown_names, "people", (name,)):
        _unknown(name)
        return
    chosen = panel.current()
    st.title(plain(name))
    own = acting(chosen, name)
    totals = panel.ask(events.totals, own)
    if not totals["events"]:
        widgets.nothing(chosen, name, lambda them: acting(them, name))
        return
    markup.show(_who(own, name), "who", panel.go)
    if panel.parameter(FOR) or panel.parameter(AS):
        _narrowed(own, name)
        return
    widgets.kind_tiles(own, totals, "totals")
    if totals["dated"]:
        st.header("Over time")
        widgets.by_time(own, totals, "person_timeline")
    _capacities(own, name)
    _met(own, name)
    _travels(own, name)
    _events(own, totals)
    _documents(own)


def _unknown(name: str) -> None:
    st.title("Person")
    if name:
        st.warning(plain(f"The record has no person “{name}”."), icon=":material/person_off:")
        near = panel.ask(questions.alike, name, 8)
        if near:
            entries = [node("li", _counted(row)) for row in near]
            markup.show(node("section", node("h2", "The nearest names"), node("ul", *entries), style="group"), "near",
                        panel.go)
    markup.show(node("p", link("people", panel.link_params(), "All people", style="link")), "all_people", panel.go)


def _counted(row: dict[str, Any]) -> Node:
    said = wording.count(int(row["events"]), "event")
    state = f"{geography.name(row['country'])}, " if row["country"] else ""
    name = link("person", panel.link_params(name=row["name"]), row["name"], style="link")
    return node("span", name, node("span", f"{state}{said}", style="faint aside"))


def _here(name: str, **narrowed: str) -> panel.Params:
    return panel.link_params(name=name, **narrowed)


def _who(own: Filters, name: str) -> Node:
    """Say for which states the person acts, and which other names may be theirs."""
    parts: list[Node | str] = ["Acts for: "]
    found = panel.ask(questions.states, own, name)
    for number, (code, n) in enumerate(found):
        state: Node | str = "no state stated"
        if code:
            state = link("country", panel.link_params(country=code), geography.name(code), style="link")
        count = link("person", _here(name, **{FOR: code or UNSTATED}), f"{n:,}", style="link")
        parts += [", " if number else "", state, " ", count | {"label": f"events for {geography.name(code)}: {n:,}"}]
    lines = [node("p", *parts)]
    if sum(bool(code) for code, _ in found) > 1:
        lines.append(node("p", "The record knows people by their name alone: behind one name may stand several people, "
                               "or one who acted for several states.", style="faint"))
    alike = panel.ask(questions.alike, name, 5, True)
    if alike:
        others: list[Node | str] = []
        for row in alike:
            others += [_counted(row)]
        lines.append(node("p", node("span", "Written alike, perhaps the same person: ", style="faint"), *others))
    return node("section", *lines, style="group")


def _narrowed(own: Filters, name: str) -> None:
    """List the events in which the person acts for a state or in a capacity, as the address asks."""
    country, role = panel.parameter(FOR), panel.parameter(AS)
    found = panel.ask(questions.acts, own, name, country, role, 1)
    said = []
    if role:
        said.append("with no capacity stated" if role == UNSTATED else f"as “{role}”")
    if country:
        said.append("for no state that is told" if country == UNSTATED else f"for {geography.name(country)}")
    total = int(found["found"].iloc[0]) if len(found) else 0
    st.header(plain(f"{wording.count(total, 'event')} {' '.join(said)}"))
    markup.show(node("p", link("person", _here(name), f"All of {name}", style="link")), "whole", panel.go)
    if total:
        widgets.event_list(own, "events", total, questions.acts, name, country, role)


def _capacities(own: Filters, name: str) -> None:
    frame = panel.ask(questions.capacities, own, name)
    st.header("Capacities, the latest first")
    most = int(frame["events"].max())
    rows: list[list[Cell]] = []
    for row in frame.to_dict("records"):
        role, country = (row[key] if isinstance(row[key], str) else "" for key in ("role", "country"))
        to = link("person", _here(name, **{AS: role or UNSTATED, FOR: country or UNSTATED}), f"{row['events']:,}")
        rows.append([role or node("span", "no capacity stated", style="faint"),
                     widgets.country_link(country) if country else "–", tables.bar(to, row["events"] / most),
                     records.when(row["first"]), records.when(row["last"])])
    columns: list[Column | str] = [Column("As written", style="wide"), "For", Column("Events", numeric=True),
                                   Column("First", style="spare"), "Last"]
    markup.show(tables.table(columns, rows, f"Capacities of {name}"), "capacities", panel.go)


def _met(own: Filters, name: str) -> None:
    st.header("Whom they met")
    same = encounters.compatriots()
    arguments = (own, "", MET_ROWS)
    found = panel.ask(people.pairs, *arguments, 0, "met", True, same, name)
    if len(found):
        total = int(found["found"].iloc[0])
        at = paging.page(PAGE_MET, total, MET_ROWS)
        rows = panel.ask(people.pairs, *arguments, at.before, "met", True, same, name)
        most = int(found["met"].iloc[0])
        columns: list[Column | str] = [Column("Person, capacity", style="mid"), "For",
                   *encounters.met_columns(lambda _, words, numeric: Column(words, numeric))]
        body = [_other(row, name, most, own) for row in rows.to_dict("records")]
        label = f"{wording.count(total, 'person', 'people')} whom {name} met, and how often"
        markup.show(tables.table(columns, body, label), "met", panel.go)
        paging.links(at)
    else:
        st.caption("Nobody else is named in a meeting, visit or call among these events.")
    markup.show(encounters.compatriots_link(), "compatriots", panel.go)


def _other(row: dict[str, Any], name: str, most: int, own: Filters) -> list[Cell]:
    end = "b" if row["a"] == name else "a"
    return [encounters.person(row[end], row[f"roles_{end}"]), encounters.states(row[f"countries_{end}"]),
            *encounters.met(row, most, acting(own, row[end]))]


def _travels(own: Filters, name: str) -> None:
    st.header("Where they went, whom they received")
    frame = panel.ask(questions.travels, own, name)
    if frame.empty:
        st.caption("No visit or meeting that took place among these events tells which state was the host.")
        return
    for way, column, heading in (("went", st.container(), "Went to"), ("received", st.container(), "Received from")):
        rows = frame[frame["way"] == way]
        if len(rows):
            label = f"Countries that {name} {'visited' if way == 'went' else 'received'}"
            with column:
                markup.show(_journeys(rows, heading, label, own), way, panel.go)
    st.caption("By the part of the person’s state in the event: the person themself may have stayed at home where the "
               "document does not say who travelled. Places as the documents name them.")


def _journeys(rows: pd.DataFrame, heading: str, label: str, own: Filters) -> Node:
    body: list[list[Cell]] = []
    for row in rows.to_dict("records"):
        kind = "visit" if "visitor" in (row["part"], row["other_part"]) else "meeting"
        chosen = people.meeting(also(also(own, row["own"], part=row["part"]), row["country"], part=row["other_part"]),
                                kind)
        number = panel.to_events(f"{row['events']:,}", chosen) if chosen else f"{row['events']:,}"
        body.append([widgets.country_link(row["country"]), node("span", wording.marked(kind), style="nowrap"),
                     tables.bar(number, row["events"] / max(rows["events"])),
                     ", ".join(encounters.listed(row["places"])) or "–", records.when(row["last"])])
    columns: list[Column | str] = [heading, "Kind", Column("Times", numeric=True),
                                   Column("Places", style="wide spare"), "Last"]
    return tables.table(columns, body, label)


def _events(own: Filters, totals: dict[str, Any]) -> None:
    st.header("Events and their quotes")
    opened = states.choose([("events", "All", totals["events"]), ("statements", "Statements", totals["statement"])])
    if opened == "events":
        widgets.event_list(own, "events", totals["events"])
    elif totals["statement"]:
        widgets.event_list(of_kind(own, "statement"), "statements", totals["statement"])
    else:
        st.caption("No statements among these events.")


def _documents(own: Filters) -> None:
    frame = panel.ask(library.documents, own)
    told = frame[frame["events"] > 0].sort_values(["events", "document"], ascending=[False, True])
    st.header(f"Told in {wording.count(len(told), 'document')}")
    rows: list[list[Cell]] = []
    for row in told.head(_DOCUMENTS_AT_MOST).to_dict("records"):
        title = row["title"] if isinstance(row["title"], str) else row["document"]
        number = f"{row['events']:,}"
        rows.append([
            link("document", panel.link_params(document=row["document"]), title),
            row["publisher"] if isinstance(row["publisher"], str) else "–",
            panel.to_events(number, told_in(own, row["document"])),
        ])
    columns: list[Column | str] = [Column("Document", style="wide"), "Publisher",
                                   Column("Events", numeric=True)]
    markup.show(tables.table(columns, rows, "Documents that tell of these events"), "documents", panel.go)
    if len(told) > _DOCUMENTS_AT_MOST:
        st.caption(f"The first {_DOCUMENTS_AT_MOST}, those with the most events.")
