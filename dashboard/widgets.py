"""The parts that pages are made of: charts, lists and tables, pickers, steps between events, empty states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from dashboard import charts, geography, markup, panel, query, records, wording
from dashboard.escaping import plain
from dashboard.filters import Filters
from dashboard.markup import node
from dashboard.query import Archive
from extract.model import KINDS

PAGE_SIZE = 25
POINTS_AT_MOST = 1200


def chart(
    drawn: charts.Chart, key: str, on_select: Callable[[], None],
    modes: Sequence[Literal["points", "box"]] = ("points",), config: Mapping[str, Any] = charts.CONFIG,
) -> None:
    """Draw a chart with its line on what it does not show; `on_select` is called when a mark is chosen."""
    st.plotly_chart(
        drawn.figure, key=key, on_select=on_select, selection_mode=modes, config=dict(config), alt=drawn.alt
    )
    st.caption(plain(drawn.caption))


def time_bars(drawn: charts.Chart, key: str, unit: str) -> None:
    """Draw numbers of events by unit of time; a bar, or a box over several, sets the dates."""
    chart(drawn, key, lambda: panel.brush(unit, key), ("points", "box"), charts.BARS_CONFIG)


def by_time(chosen: Filters, totals: Mapping[str, Any], key: str, present: tuple[str, ...] = ()) -> None:
    """Draw the dated events: each one, or their numbers where there are too many to tell apart."""
    if totals["dated"] > POINTS_AT_MOST:
        unit = query.grain(totals["first"], totals["last"])
        st.caption(f"{totals['dated']:,} events by {unit}: narrow the dates or other filters to see each one "
                   f"(from {POINTS_AT_MOST:,} downwards).")
        counts = panel.ask(Archive.bins, chosen, unit, present)
        time_bars(charts.bars(counts, unit, height=320), f"{key}_bins", unit)
    elif totals["dated"]:
        drawn = _timeline(panel.version(), chosen, present, totals["events"] - totals["dated"])
        chart(drawn, key, panel.selected(key, panel.open_event))


@st.cache_resource(max_entries=32, show_spinner=False)
def _timeline(version: str, chosen: Filters, present: tuple[str, ...], undated: int) -> charts.Chart:
    """Return the timeline, kept since a thousand marks take longer to lay out than to ask for; nobody changes it."""
    return charts.timeline(panel.ask(Archive.marks, chosen, present), undated)


def nothing(chosen: Filters, everything: int, where: str = "the store") -> None:
    """Say why there is nothing to see, and offer the way out. `everything` counts the events without the filters."""
    if everything == 0 and where != "the store":
        st.info(f"The store holds no events of {plain(where)}.", icon=":material/inbox:")
    elif everything == 0:
        st.info("The store holds no events: none was found in its documents. The documents can still be read.",
                icon=":material/inbox:")
    elif chosen.any:
        st.info(f"None of the {wording.count(everything, 'event')} of {plain(where)} fits these filters together.",
                icon=":material/filter_alt:")
        st.button("Clear all filters", on_click=panel.clear, type="primary", key="clear_nothing")
    else:
        st.info("No events.", icon=":material/inbox:")


def event_list(
    chosen: Filters, key: str, total: int, present: Sequence[str] = (), undated: bool = False
) -> None:
    """List events with their first quote, the newest first, a page at a time; the page number is in the address."""
    parameter = panel.PAGE if key == "events" else f"{panel.PAGE}_{key}"
    pages = max(-(-total // PAGE_SIZE), 1)
    number = _page_number(parameter, pages)
    rows = panel.ask(Archive.page, chosen, PAGE_SIZE, (number - 1) * PAGE_SIZE, tuple(present), undated)
    with st.container(key=f"list_{key}"):
        entries = [records.event_row(row) for row in rows.to_dict("records")]
        markup.show(node("ol", *entries, style="events"), key, panel.go)
    if pages > 1:
        _pagination(parameter, pages, number)


def _page_number(parameter: str, pages: int) -> int:
    value = panel.parameter(parameter)
    return min(max(int(value), 1), pages) if value.isdecimal() and len(value) < 9 else 1


def _pagination(parameter: str, pages: int, number: int) -> None:
    key = f"pagination_{parameter}_{pages}_{number}"

    def turned() -> None:
        wanted = st.session_state[key]
        panel.set_parameter(parameter, str(wanted) if wanted > 1 else "")

    st.pagination(pages, default=number, key=key, on_change=turned)


def _table(
    frame: pd.DataFrame, key: str, *, columns: Mapping[str, Any], ids: Sequence[str], act: Callable[[str], None],
    alt: str,
) -> None:
    """Draw a table; a click on a cell does `act` with the id of its row, `ids` being in the order of the rows."""

    def clicked() -> None:
        for row, _ in st.session_state[key].selection.cells:
            act(ids[row])

    st.dataframe(
        frame, key=key, column_config=dict(columns), hide_index=True, on_select=clicked, selection_mode="single-cell",
        alt=alt, height=min(38 + 35 * len(frame), 430), placeholder="",
    )


def country_table(counts: pd.DataFrame, key: str, act: Callable[[str], None]) -> None:
    """Draw the countries with their numbers of events; a click does `act` with the code of the country."""
    if counts.empty:
        st.caption("No country takes part in these events.")
        return
    codes = counts["country"].tolist()
    frame = counts[["country", "events", *KINDS]].assign(name=[geography.name(code) for code in codes])
    columns = {
        "name": st.column_config.TextColumn("Country", width="medium"),
        "country": st.column_config.TextColumn("Code", width=60),
        "events": st.column_config.ProgressColumn(
            "Events", format="%d", min_value=0, max_value=int(counts["events"].max()), width=110),
    } | {kind: st.column_config.NumberColumn(wording.KINDS_PLURAL[kind], width=85) for kind in KINDS}
    _table(frame[["name", "country", "events", *KINDS]], key, columns=columns, ids=codes, act=act,
           alt=f"Table of {wording.count(len(frame), 'country', 'countries')} with their numbers of events by kind.")


def people_table(people: pd.DataFrame) -> None:
    """Draw the people with their roles and numbers of events; a click filters by the person."""
    if people.empty:
        st.caption("No person acts for this country in these events.")
        return
    columns = {
        "name": st.column_config.TextColumn("Name", width=125),
        "role": st.column_config.TextColumn("Role", width=105),
        "events": st.column_config.NumberColumn("Events", width=45),
    }
    shown = people if people["role"].notna().any() else people[["name", "events"]]
    _table(shown, "people_table", columns=columns, ids=people["name"].tolist(),
           act=lambda name: panel.change(people=(name,)),
           alt=f"Table of {wording.count(len(people), 'person', 'people')}.")
    st.caption("Choose a person to see only their events.")


def open_country(code: str) -> None:
    """Go to the page of a country, from a callback."""
    panel.go("country", panel.link_params(country=code))


def choose_partner(code: str) -> None:
    """Show only the events with a partner, from a callback; with the partner chosen already, all again."""
    partner = "" if panel.parameter("with") == code else code
    panel.go("country", panel.link_params(**{"country": panel.parameter("country"), "with": partner}))


def partner_chosen(partner: str) -> None:
    """Say that only the events with a partner are listed below, and offer the way out and the way to its page."""
    with st.container(horizontal=True, vertical_alignment="center", key="partner_chosen"):
        st.text(f"Below: only events with {geography.name(partner)}.", width="content")
        st.button("All", on_click=choose_partner, args=(partner,), type="tertiary", icon=":material/close:")
        st.button("Its page", on_click=open_country, args=(partner,), type="tertiary",
                  icon=":material/arrow_forward:")


def _picker(
    label: str, parameter: str, options: Sequence[str], chosen: str, name: Callable[[str], str]
) -> None:
    """A menu whose choice is a parameter of the address; the rest of the page's own parameters goes."""
    key = f"{parameter}_picker"
    wanted = chosen if chosen in options else None
    if st.session_state.get(key) != wanted or key not in st.session_state:
        st.session_state[key] = wanted

    def picked() -> None:
        value = st.session_state[key]
        panel.go(parameter, panel.link_params(**{parameter: value or ""}))

    st.selectbox(label, options, key=key, index=None, on_change=picked, format_func=name, placeholder=f"{label} …",
                 label_visibility="collapsed")


def country_picker(known: Sequence[str], chosen: str) -> None:
    """Draw the menu of the countries that have events."""
    ordered = sorted({*known, *([chosen] if geography.is_code(chosen) else [])}, key=geography.name)
    _picker("Choose a country", "country", ordered, chosen,
            lambda code: f"{geography.name(code)} ({code})")


def document_picker(names: Sequence[str], chosen: str) -> None:
    """Draw the menu of the documents."""
    _picker("Choose a document", "document", names, chosen, str)


def document_table(documents: pd.DataFrame) -> None:
    """Draw the documents with their sizes; a click opens the reader."""
    known = [column for column in ("title", "publisher", "published") if documents[column].notna().any()]
    columns = {
        "document": st.column_config.TextColumn("Document", width="medium"),
        "title": st.column_config.TextColumn("Title or first headline", width="large"),
        "publisher": "Publisher", "published": "Published",
        "words": st.column_config.NumberColumn("Words", format="localized"),
        "articles": st.column_config.NumberColumn("Articles"), "events": st.column_config.NumberColumn("Events"),
    }
    _table(documents[["document", *known, "words", "articles", "events"]], "documents_table", columns=columns,
           ids=documents["document"].tolist(),
           act=lambda name: panel.go("document", panel.link_params(document=name)),
           alt=f"Table of {wording.count(len(documents), 'document')} with their sizes.")


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
