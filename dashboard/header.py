"""What stands above every page: the ways to the other pages, the search, the active filters, and the link to copy."""

from __future__ import annotations

import streamlit as st

from dashboard import fields, geography, markup, panel, sign_in, wording
from dashboard.escaping import reason
from dashboard.filters import Filters, also, without
from dashboard.markup import node
from dashboard.settings import Settings

TABS = {
    "overview": "Overview", "timeline": "Timeline", "map": "Map", "country": "Countries", "people": "People",
    "document": "Documents", "network": "Network", "table": "Table", "method": "Method",
}
# Pages that have no tab of their own stand under the tab of another.
UNDER = {"pair": "country", "compare": "country", "person": "people", "event": "table",
         "history": "table", "add": "document", "export": "table", "read": "document"}
# What tells one page of a view from another; a new one begins at its top.
_PAGES = ("country", "a", "b", "compare", "name", "for", "as", "alone", "event", "document", "find")
FIND = "find"


def draw(settings: Settings) -> None:
    """Draw the head of the page at hand."""
    view = panel.view()
    links = [
        markup.link(name, panel.link_params(), label, style="tab here" if name == UNDER.get(view, view) else "tab")
        | ({"current": True} if name == UNDER.get(view, view) else {})
        for name, label in TABS.items()
    ]
    at = "|".join([view, *(panel.parameter(key) for key in _PAGES)])
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        _search()
        markup.bring(node("div", {"tag": "copy", "children": ["Copy link"]}, style="tools"), "tools")
        markup.show(markup.link("export", panel.params_of(_at_hand()), "Export", style="copy"), "export", panel.go)
        sign_in.draw(settings)
    markup.show(node("nav", *links, style="tabs") | {"label": "Pages", "top": at}, "navigation", panel.go)
    filters()


def warn() -> None:
    """Say where the corrections cannot be read at the moment, or nothing can be written beside the store."""
    if not panel.archive().on_disk:
        st.warning("There is no place on the disk for what is derived from the store: it is kept in memory, and made "
                   "anew at each start.", icon=":material/disc_full:")
    if fault := panel.desk().fault:
        kept = "shows the corrections that were known before" if panel.desk().head else "is shown without corrections"
        st.warning(f"{reason(fault)}. The record {kept}, and none can be written until that has changed: each step on "
                   "this page asks again.", icon=":material/cloud_off:")


def _at_hand() -> Filters:
    """Return the filters of the events that the page at hand is about: on that of a country or a pair, theirs."""
    keys = {"country": ("country",), "pair": ("a", "b")}.get(panel.view(), ())
    codes = [panel.parameter(key) for key in keys]
    return also(panel.current(), *filter(geography.is_code, codes))


def _search() -> None:
    key = "find"
    wanted = panel.parameter(FIND) if panel.view() == "search" else ""

    def asked(words: str) -> None:
        if words.strip():
            panel.go("search", panel.link_params(**{FIND: words.strip()}))

    taken = fields.held(key, wanted, asked, everywhere=True)
    st.text_input("Search countries, people, events and documents", key=key, on_change=taken, type="search",
                  max_chars=200, placeholder="Search countries, people, events, documents",
                  label_visibility="collapsed", icon=":material/search:")


def filters() -> None:
    """Say in one sentence which filters are active, each part with a cross that takes it out."""
    chosen = panel.current()
    said = wording.phrases(chosen)
    if not said:
        return
    chips = []
    for field, words in said:
        chips.append(node("li", node("span", words), _chip(without(chosen, field), "×", f"Without: {words}"),
                          style="chip"))
    head = "Only" if said[0][0] == "kinds" else "Only events"
    tree = node("div", node("span", head), node("ul", *chips, style="chips"), _chip(Filters(), "Clear all"),
                node("span", wording.left_out(chosen).strip(), style="faint"), style="active")
    markup.show(tree, "summary", panel.go)


def _chip(chosen: Filters, words: str, label: str = "") -> markup.Node:
    link = markup.link(panel.view(), panel.with_filters(chosen), words, style="cross")
    return link | {"label": label} if label else link
