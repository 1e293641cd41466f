"""What the one search box found: countries, people, organisations, documents and events."""

from dataclasses import replace

import streamlit as st

from dashboard import geography, header, markup, panel, widgets, wording
from dashboard.escaping import plain
from dashboard.filters import Filters
from dashboard.markup import Node, link, node
from dashboard.query import events
from dashboard.query.search import near, search
from dashboard.wording import MATCHED

_COUNTRIES_AT_MOST = 8


def draw() -> None:
    """Draw the page."""
    words = panel.parameter(header.FIND).strip()
    st.title(plain(f"Search: {words}") if words else "Search")
    if not words:
        st.caption("Type a name, a place or words of a quote into the box above.")
        return
    found = panel.ask(search, words)
    groups = [
        ("Countries", [widgets.country_link(code) for code in geography.find(words)[:_COUNTRIES_AT_MOST]]),
        ("People", [_person(row) for row in found["people"]]),
        ("Organisations", [
            _counted(link("table", panel.params_of(Filters(organizations=(row["name"],))), row["name"]), row["events"],
                     Filters(organizations=(row["name"],)))
            for row in found["organizations"]
        ]),
        ("Documents", [_document(row) for row in found["documents"]]),
    ]
    known = [(name, entries) for name, entries in groups if entries]
    if known:
        sections = [
            node("section", node("h2", name), node("ul", *(node("li", entry) for entry in entries)), style="group")
            for name, entries in known
        ]
        markup.show(node("div", *sections, style="found"), "found", panel.go)
    _events(words, bool(known))


def _person(row: dict[str, object]) -> Node:
    said = [row["role"] or "", geography.name(str(row["country"])) if row["country"] else ""]
    entry = node("span", widgets.person_link(str(row["name"])),
                 node("span", ", ".join(str(one) for one in said if one), style="faint aside"))
    return _counted(entry, int(str(row["events"])), Filters(people=(str(row["name"]),)))


def _counted(entry: Node, number: int, chosen: Filters) -> Node:
    """Return an entry with the number of its events, which `chosen` fits."""
    counted = panel.to_events(wording.count(number, "event"), chosen, style="link")
    return node("span", entry, node("span", counted, style="faint aside"))


def _document(row: dict[str, object]) -> Node:
    where = "" if row["in_title"] else " · in its text"
    find = "" if row["in_title"] else panel.parameter(header.FIND)
    params = panel.link_params(document=str(row["document"]), find=find)
    return node("span", link("document", params, str(row["title"])),
                node("span", f"{row['document']}{where}", style="faint below"))


def _events(words: str, others: bool) -> None:
    """List the events that fit the words, among those that the filters choose."""
    total = _matching(panel.current(), words)
    if total:
        st.header(f"{wording.count(total, 'event')} with all these words in title, names, place or quote")
        st.caption(f"The best matches first: those with the words in their title. {MATCHED}")
        widgets.event_list(replace(panel.current(), text=words), "events", total, events.best)
        return
    inside = panel.current().any and _matching(Filters(), words)
    if inside:
        st.info(f"No event that fits the filters has these words; {wording.count(inside, 'event')} without them.")
        widgets.ways_out(panel.current(), lambda opened: _matching(opened, words))
    elif not others:
        st.info(plain(f"Nothing was found for “{words}”. Every word must occur; fewer words find more."),
                icon=":material/search_off:")
        _near(words)


def _matching(chosen: Filters, words: str) -> int:
    return int(panel.ask(events.totals, replace(chosen, text=words))["events"])


def _near(words: str) -> None:
    """Offer countries and people that are written much like the words."""
    alike = [widgets.country_link(code) for code in geography.near(words)]
    alike += [widgets.person_link(name) for name in panel.ask(near, words)]
    if alike:
        entries = node("ul", *(node("li", entry) for entry in alike))
        markup.show(node("div", node("section", node("h2", "Did you mean"), entries, style="group"), style="found"),
                    "near", panel.go)
