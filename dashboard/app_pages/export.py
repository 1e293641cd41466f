"""The events that fit the filters, to take home: as tables, records, calendar, map, briefing or one page."""

from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from dashboard import files, markup, panel, widgets, wording
from dashboard.filters import Filters
from dashboard.markup import link, node
from dashboard.query import events, places, whole
from extract.exports import has_days


def draw() -> None:
    """Draw the page."""
    chosen = panel.current()
    total = panel.ask(events.totals, chosen)["events"]
    st.title("Export")
    if not total:
        widgets.nothing(chosen)
        return
    name = files.title(chosen)
    leads = link("table", panel.params_of(chosen), wording.count(total, "event"), style="link")
    said = "the whole store" if not chosen.any else "chosen by the filters above"
    markup.show(node("p", leads, f", {said}. Data version {panel.data_version()}."), "exported", panel.go)
    st.caption("Each file names its sources (document, characters, quote), the version of the data, the address of "
               "this choice, and what analysts have decided about each event. It is made when you choose it.")
    about = files.Asked(chosen, total, panel.data_version(), _address(chosen))
    for heading, formats in files.FORMATS.items():
        st.header(heading)
        for one in formats:
            _offer(one, about, name)


def _offer(one: files.Format, asked: files.Asked, name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"offer_{one.key}"):
        st.download_button(one.label, panel.afterwards(one.make, asked), files.file_name(asked.chosen, one), one.mime,
                           on_click="ignore", icon=":material/download:", key=f"export_{one.key}", width=190)
        st.caption(" ".join(filter(None, [one.what, _LEFT_OUT.get(one.key, _nothing)(asked.chosen),
                                          files.limited(one, asked.total)])))


def _nothing(chosen: Filters) -> str:
    return ""


def _undated(chosen: Filters) -> str:
    left = sum(number for date, number in panel.ask(whole.dates, chosen).items() if not has_days(date))
    return f"Left out, since no month of theirs is known: {wording.count(left, 'event')}." if left else ""


def _unplaced(chosen: Filters) -> str:
    left = sum(panel.ask(places.without_point, chosen).values())
    return f"Left out, since no place with known coordinates is told: {wording.count(left, 'event')}." if left else ""


_LEFT_OUT: dict[str, Callable[[Filters], str]] = {"calendar": _undated, "places": _unplaced}


def _address(chosen: Filters) -> str:
    """Return the whole address of the table of these events, as the browser knows the dashboard's."""
    base = (st.context.url or "").partition("?")[0]
    params = {panel.VIEW: "table"} | panel.params_of(chosen)
    return f"{base.rstrip('/')}/?{urlencode(params, doseq=True)}" if base else ""
