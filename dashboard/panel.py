"""What all pages share: the address as the one truth about the view, the filters beside it, and the way between pages.

The filters' widgets are set from the address at the start of each run and written back to it when they change, so that
a copied link, the back button and a page switch all show what the address says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import filters as codec
from dashboard import geography, markup, wording
from dashboard.charts import bin_end, bin_start
from dashboard.escaping import plain
from dashboard.filters import Filters
from dashboard.query import Archive
from extract.model import KINDS, SALIENCES, STATUSES

Params = dict[str, str | list[str]]
VIEW = "view"
HOME = "timeline"
PAGE = "page"
_WIDGETS = {
    "first": "filter_from", "last": "filter_to", "kinds": "filter_kinds", "countries": "filter_countries",
    "people": "filter_people", "text": "filter_text", "statuses": "filter_status", "saliences": "filter_salience",
}


@st.cache_resource(max_entries=2, show_spinner=False)
def _archive(version: str, folder: str) -> Archive:
    return Archive(Path(folder))


def open_archive(folder: str, version: str) -> None:
    """Open the store for this run of the script; one archive is shared by all sessions until the store changes."""
    st.session_state["archive"] = (version, _archive(version, folder))


def version() -> str:
    """Return what identifies the store that this run reads."""
    return str(st.session_state["archive"][0])


def ask(question: Callable[..., Any], *arguments: Any) -> Any:
    """Return the answer of the archive to a question (a method of `Archive`), kept for as long as the store stays."""
    version, archive = st.session_state["archive"]
    return _answer(version, question.__name__, arguments, archive)


@st.cache_data(max_entries=256, show_spinner=False)
def _answer(version: str, question: str, arguments: tuple[Any, ...], _archive: Archive) -> Any:
    return getattr(_archive, question)(*arguments)


def address() -> dict[str, list[str]]:
    """Return the parameters of the address, each with all its values."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def parameter(key: str) -> str:
    """Return one parameter of the address, or an empty string."""
    return st.query_params.get(key, "")


def read() -> tuple[Filters, list[str]]:
    """Return the filters of the address, and what in it could not be understood, one sentence each."""
    found, faults = codec.decode(address())
    if found.people and (unknown := ask(Archive.unknown_people, found.people)):
        faults.append(f"“person” knows no {', '.join(unknown)}; it was ignored.")
        found = codec.without_people(found, unknown)
    st.session_state["filters"] = found
    return found, faults


def complain(faults: Sequence[str]) -> None:
    """Say what in the address was ignored."""
    if faults:
        st.warning(plain(" ".join(faults)), icon=":material/link_off:")


def current() -> Filters:
    """Return the filters of this run."""
    chosen: Filters = st.session_state["filters"]
    return chosen


def link_params(**extra: str) -> Params:
    """Return the parameters of a link that keeps the filters; `extra` are those of the page it leads to."""
    return {key: value for key, value in extra.items() if value} | codec.encode(current())


def go(view: str, params: Mapping[str, Any]) -> None:
    """Write another page and its parameters into the address, from a callback; the run that follows draws it."""
    st.query_params.from_dict(({VIEW: view} if view != HOME else {}) | dict(params))


def open_event(identifier: str) -> None:
    """Open an event, from a callback."""
    go("event", link_params(event=identifier))


def change(**values: Any) -> None:
    """Write other filters into the address, from a callback; what else stands there stays, but for the page number."""
    _write(replace(current(), **values))


def without_dates(filters: Filters) -> Filters:
    """Return the filters without their dates."""
    return replace(filters, first=None, last=None)


def clear() -> None:
    """Take all filters out of the address, from a callback."""
    _write(Filters())


def set_parameter(key: str, value: str) -> None:
    """Write one parameter of the page into the address, from a callback; an empty value removes it."""
    if value:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]


def _write(filters: Filters) -> None:
    gone = [key for key in address() if key in codec.KEYS or key.startswith(PAGE)]
    kept: Params = {key: values for key, values in address().items() if key not in gone}
    st.query_params.from_dict(kept | codec.encode(filters))


def _changed() -> None:
    state = {field: st.session_state.get(key) for field, key in _WIDGETS.items()}
    first, last = state["first"], state["last"]
    if first and last and first > last:
        first, last = last, first
    several = {field: tuple(state[field] or ()) for field in ("kinds", "countries", "people", "statuses", "saliences")}
    _write(Filters(first=first, last=last, text=(state["text"] or "").strip()[: codec.TEXT_AT_MOST], **several))


def navigation(chosen: Filters, view: str) -> None:
    """Draw the links between the pages; each keeps the filters. `view` is the page at hand."""
    names = {"timeline": "Timeline", "map": "Map", "country": "Countries", "document": "Documents"}
    links = [
        markup.link(name, codec.encode(chosen), label, style="tab here" if name == view else "tab")
        for name, label in names.items()
    ]
    at = "|".join([view, *(parameter(key) for key in ("country", "event", "document"))])
    markup.show(markup.node("div", *links, style="tabs") | {"top": at}, "navigation", go)


def sidebar(chosen: Filters) -> None:
    """Draw the filters, set to what is chosen."""
    choices = ask(Archive.choices)
    totals, everything = ask(Archive.totals, chosen), ask(Archive.totals, Filters())
    for field, key in _WIDGETS.items():
        value = getattr(chosen, field)
        wanted = list(value) if isinstance(value, tuple) else value
        if st.session_state.get(key) != wanted or key not in st.session_state:
            st.session_state[key] = wanted
    with st.sidebar:
        st.markdown("### Readout")
        st.caption(f"{totals['events']:,} of {wording.count(everything['events'], 'event')} match")
        st.text_input(
            "Search", key=_WIDGETS["text"], on_change=_changed, type="search", max_chars=codec.TEXT_AT_MOST,
            placeholder="title, person, place, quote",
        )
        _dates()
        _pills("Kinds", "kinds", KINDS, lambda kind: f"{wording.GLYPHS[kind]} {wording.KINDS_PLURAL[kind]}")
        _several("Countries", "countries", choices["countries"], chosen.countries, _country_label)
        _several("People", "people", choices["people"], chosen.people, str)
        _pills("Status", "statuses", STATUSES, lambda status: wording.STATUSES[status].capitalize())
        _pills("Salience", "saliences", SALIENCES, lambda salience: wording.SALIENCES[salience].capitalize())
        st.button("Clear all filters", on_click=clear, disabled=not chosen.any, icon=":material/filter_alt_off:",
                  width="stretch", key="clear_filters")


def _dates() -> None:
    for label, field in (("From", "first"), ("To", "last")):
        st.date_input(
            label, value=None, key=_WIDGETS[field], min_value=codec.EARLIEST, max_value=codec.LATEST,
            format="YYYY-MM-DD", on_change=_changed,
        )


def _pills(label: str, field: str, options: Sequence[str], name: Callable[[str], str]) -> None:
    st.pills(label, options, selection_mode="multi", key=_WIDGETS[field], on_change=_changed, format_func=name)


def _several(
    label: str, field: str, options: Sequence[str], chosen: Sequence[str], name: Callable[[str], str]
) -> None:
    """A menu of many values; those that are chosen stay in it though the store may not have them."""
    st.multiselect(
        label, [*options, *(value for value in chosen if value not in options)], key=_WIDGETS[field],
        on_change=_changed, format_func=name, placeholder="any",
    )


def _country_label(code: str) -> str:
    return f"{geography.name(code)} ({code})"


def summary(chosen: Filters) -> None:
    """Say in one sentence which filters are active."""
    if chosen.any:
        with st.container(horizontal=True, vertical_alignment="center", key="summary"):
            st.text(wording.sentence(chosen), width="stretch")
            st.button("Clear", on_click=clear, type="tertiary", icon=":material/close:", key="clear_summary")


def brush(unit: str, state_key: str) -> None:
    """Set the dates to what was marked in a bar chart, from its callback: a bar, or a box over several."""
    selection = st.session_state[state_key].selection
    days = [bin_start(point["customdata"][0]) for point in selection.points if point.get("customdata")]
    if selection.box:
        edges = [str(edge)[:10] for edge in selection.box[0]["x"]]
        inside = [day for day in days if min(edges) <= day.date().isoformat() <= max(edges)] or days
        days = inside
    if days:
        last = bin_end(max(days), unit).date() - dt.timedelta(days=1)
        change(first=min(days).date(), last=last)


def selected(state_key: str, act: Callable[[str], None]) -> Callable[[], None]:
    """Return a callback for a chart that does `act` with the id that the chosen mark carries first."""
    return partial(_selected, state_key, act)


def _selected(state_key: str, act: Callable[[str], None]) -> None:
    for point in st.session_state[state_key].selection.points:
        if custom := point.get("customdata"):
            act(str(custom[0]))
            return
