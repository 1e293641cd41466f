"""The map: countries by number of events, the partners of one of them, or places; and what no map can show."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import (
    borders,
    charts,
    fields,
    geography,
    leads,
    markup,
    paging,
    panel,
    pickers,
    records,
    tables,
    widgets,
    wording,
    worldmap,
)
from dashboard.escaping import plain
from dashboard.filters import Filters, also
from dashboard.markup import Node, link, node
from dashboard.query import countries, events, places
from extract import coordinates
from extract.model import KINDS

LAYERS = {"countries": "Countries", "places": "Places"}
BESIDE = {
    places.NOT_STATED: "Events whose place the text does not state",
    places.STATE: "Events of which only the country is known where they took place",
    places.UNKNOWN: "Events whose place was not found, or could be several",
    places.STATELESS: "Events without any country",
}


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    totals = panel.ask(events.totals, chosen)
    st.title("Map")
    if not totals["events"]:
        widgets.nothing(chosen)
        return
    layer, partners_of, joined = _asked()
    with st.container(horizontal=True, vertical_alignment="center", key="map_controls"):
        _layer(layer)
        if layer == "countries":
            _partners_picker(partners_of)
            _borders(joined)
    if layer == "places":
        _places(chosen, totals["events"])
    elif partners_of:
        _partners(chosen, partners_of, joined)
    else:
        _countries(chosen, totals["events"], joined)


def _asked() -> tuple[str, str, borders.Joined]:
    """Return what the address asks for: layer, country whose partners are shown, borders; says what is unknown."""
    joined, unknown = borders.decode(panel.parameter("borders"))
    layer, partners_of = panel.parameter("layer") or "countries", panel.parameter("partners")
    faults = [f"“borders” knows no {', '.join(unknown)}; it was ignored."] if unknown else []
    if layer not in LAYERS:
        faults.append(f"“layer” knows no {layer}; these are the countries.")
        layer = "countries"
    if partners_of and not panel.is_country(partners_of):
        faults.append(f"“partners” knows no {partners_of}; these are all countries.")
        partners_of = ""
    panel.complain(faults)
    return layer, partners_of, joined


def _set(**changed: str) -> None:
    """Write parameters of this page into the address, from a callback; a list that was open below closes."""
    panel.go("map", panel.here(**({"list": "", "page_list": ""} | changed)))


def _layer(layer: str) -> None:
    key = "map_layer"
    picked = fields.held(key, layer, lambda wanted: _set(layer="" if wanted in (None, "countries") else wanted))
    st.segmented_control("Show", list(LAYERS), key=key, format_func=LAYERS.__getitem__, on_change=picked, required=True,
                         label_visibility="collapsed")


def _partners_picker(partners_of: str) -> None:
    known = {*panel.counts()["countries"], *([partners_of] if partners_of else [])}
    with st.container(width=300):
        pickers.pick("Partners of one country", "partners", sorted(known, key=geography.name), partners_of,
                       geography.labelled, lambda code: _set(partners=code))


def _borders(joined: borders.Joined) -> None:
    key = "map_borders"
    lands = sorted(borders.WITHIN, key=borders.land)
    taken = fields.held(key, [land for land in lands if land in joined],
                        lambda wanted: _set(borders=borders.encode(wanted)))
    with st.popover("Borders", icon=":material/border_outer:"):
        st.pills("Draw as one", lands, key=key, selection_mode="multi", format_func=borders.choice,
                 on_change=taken, help="What is not chosen is drawn by itself. The numbers stay the same.")


def _countries(chosen: Filters, total: int, joined: borders.Joined) -> None:
    counts = panel.ask(countries.by_country, chosen)
    leads.said("map_total", panel.to_events(wording.count(total, "event"), chosen, style="link"),
               f" with {wording.count(len(counts), 'country', 'countries')}. Choose a country to open its page.")
    drawn = panel.share(_world, chosen, frozenset(joined))
    widgets.chart(drawn, "world", fields.selected("world", _open_country), config=worldmap.CONFIG,
                  height="stretch")
    _beside(chosen, counts, joined, chosen)
    st.caption(plain(borders.policy(joined)))
    if not _list(chosen):
        st.header("The same numbers")
        widgets.country_table(counts, "countries_table", chosen)
        widgets.download(widgets.named(counts), "countries")


def _world(chosen: Filters, joined: borders.Joined) -> charts.Chart:
    return worldmap.world(panel.ask(countries.by_country, chosen), chosen.countries, joined)


def _partners(chosen: Filters, country: str, joined: borders.Joined) -> None:
    name = geography.name(country)
    own = also(chosen, country)
    counts = panel.ask(countries.partners, chosen, country)
    total = panel.ask(events.totals, own)["events"]
    if counts.empty:
        st.info(plain(f"No event of {name} that fits the filters has another country in it."), icon=":material/inbox:")
        return
    leads.said("map_total", f"{name} takes part in ", panel.to_events(wording.count(total, "event"), own, style="link"),
               f"; {wording.count(len(counts), 'partner')}. Choose a partner to see what {name} and it have in common.")
    drawn = worldmap.partners(counts, country, joined)
    widgets.chart(drawn, "world", fields.selected("world", lambda code: _open_pair(country, code)),
                  config=worldmap.CONFIG, height="stretch")
    _beside(own, counts, joined, own)
    st.caption(plain(borders.policy(joined)))
    if not _list(own):
        st.header("The same numbers")
        widgets.country_table(counts, "partners_table", own)
        widgets.download(widgets.named(counts), f"partners-{country}")


def _places(chosen: Filters, total: int) -> None:
    counts = panel.ask(places.by_place, chosen)
    leads.said("map_total", f"{wording.count(len(counts), 'place')}, where some of ",
               panel.to_events(wording.count(total, "event"), chosen, style="link"),
               " took place. Choose a mark to list its events.")
    drawn = worldmap.places(counts, panel.parameter("list"))
    widgets.chart(drawn, "world", fields.selected("world", lambda spot: _set(list=spot)), config=worldmap.CONFIG,
                  height="stretch")
    missing = panel.ask(places.without_point, chosen)
    said = {places.NOT_STATED: "whose place is not stated", places.STATE: "of which only the country is known",
            places.UNKNOWN: "whose place was not found or could be several"}
    _not_drawn([_to_list(spot, missing[spot], said[spot]) for spot in places.WITHOUT_POINT if spot in missing])
    if not _list(chosen):
        st.header("The same numbers")
        _place_table(counts)
        widgets.download(widgets.named(counts.drop(columns="spot")), "places")


def _open_country(code: str) -> None:
    if code:
        widgets.open_country(code)


def _open_pair(country: str, partner: str) -> None:
    if partner == country:
        widgets.open_country(country)
    elif partner:
        panel.go("pair", panel.link_params(a=country, b=partner))


def _beside(chosen: Filters, counts: pd.DataFrame, joined: borders.Joined, own: Filters) -> None:
    """Count what the map of countries does not show, each number leading to its events."""
    drawn = borders.drawn(joined).keys() | borders.small(joined).keys()
    missing = panel.ask(places.off_the_map, chosen, tuple(sorted(drawn)))
    entries = [_to_list(places.STATELESS, missing["stateless"], "without any country")] if missing["stateless"] else []
    for row in counts[~counts["country"].isin(drawn)].itertuples():
        number = panel.to_events(wording.count(row.events, "event"), also(own, row.country), style="link")
        entries.append(node("span", number, " with ", widgets.country_link(row.country), ", which has no shape here"))
    _not_drawn(entries)


def _to_list(spot: str, number: int, said: str) -> Node:
    """Return a number of events with the link that lists them below the map."""
    words = wording.count(number, "event")
    shown = link("map", panel.here(list=spot, page_list=""), words, style="link")
    return node("span", shown | {"label": f"{words} {said}"}, f" {said}")


def _not_drawn(entries: list[Node]) -> None:
    if entries:
        parts: list[Node | str] = ["Not on the map: "]
        for number, entry in enumerate(entries):
            parts += ["; ", entry] if number else [entry]
        markup.show(node("p", *parts, "."), "not_drawn", panel.go)


def _list(chosen: Filters) -> bool:
    """List the events of the place, or of the reason for having none, that the address names; tells whether it did."""
    spot = panel.parameter("list")
    place = coordinates.place(spot) if spot and spot not in BESIDE else None
    if not spot:
        return False
    if place is None and spot not in BESIDE:
        panel.complain([f"“list” knows no place {spot}; it was ignored."])
        return False
    title = f"Events in {place.name}, {geography.name(place.country)}" if place else BESIDE[spot]
    total = panel.ask(places.count_at, chosen, spot)
    with st.container(horizontal=True, vertical_alignment="center", key="list_head"):
        st.header(plain(f"{title} ({total:,})"), width="content")
        st.button("Back to the numbers", on_click=_set, type="tertiary", icon=":material/close:", key="close_list")
    at = paging.page("page_list", total, widgets.PAGE_SIZE)
    rows = panel.ask(places.page_at, chosen, spot, at.size, at.before)
    if total:
        entries = [records.event_row(row) for row in rows.to_dict("records")]
        markup.show(node("ol", *entries, style="events"), "map_events", panel.go)
    else:
        st.caption("None of the events that fit the filters.")
    paging.links(at)
    return True


def _place_table(counts: pd.DataFrame) -> None:
    if counts.empty:
        st.caption("No place of these events has a point on the map.")
        return
    top = int(counts["events"].max())
    rows = [_place_row(row, top) for row in counts.head(widgets.ROWS_AT_MOST).to_dict("records")]
    label = f"{wording.count(len(counts), 'place')} with their numbers of events by kind"
    markup.show(tables.table(["Place", "Country", *widgets.COUNT_COLUMNS], rows, label, style="tall"), "place_table",
                panel.go)


def _place_row(row: dict[str, Any], top: int) -> list[tables.Cell]:
    here = panel.here(list=row["spot"], page_list="")
    total = tables.bar(link("map", here, f"{row['events']:,}", style="count"), row["events"] / top)
    kinds = [
        link("map", here | {"kinds": kind}, f"{row[kind]:,}", style="count") if row[kind] else "–" for kind in KINDS
    ]
    return [link("map", here, row["name"]), widgets.country_link(row["country"]), total, *kinds]
