"""The filters, all in one place, with live counts. Their widgets are set from the address and written back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import fields, geography, markup, panel, wording
from dashboard import filters as codec
from dashboard.filters import Filters, active
from dashboard.markup import node
from dashboard.query import events
from extract.model import KINDS, SALIENCES, STATUSES, SUBTYPES

_WIDGETS = {
    "first": "filter_from", "last": "filter_to", "kinds": "filter_kinds", "subtypes": "filter_subtypes",
    "countries": "filter_countries", "match": "filter_match", "people": "filter_people",
    "people_match": "filter_people_match", "organizations": "filter_organizations", "documents": "filter_documents",
    "statuses": "filter_status", "saliences": "filter_salience", "precisions": "filter_precision",
    "reviews": "filter_review",
    "confidence": "filter_confidence", "text": "filter_text",
}
_FOLDED = {"subtypes", "saliences", "precisions", "reviews", "organizations", "documents", "confidence"}
# The labels that menus have had in this session, with what they stand for; the latest of them.
_LABELS, _LABELS_AT_MOST = "filter_labels", 6000
_MATCH = {"any": "any of them", "all": "all together"}


def draw() -> None:
    """Draw the filters, set to what is chosen."""
    chosen = panel.current()
    counts = panel.counts()
    _set(chosen)
    total, everything = (panel.ask(events.totals, one)["events"] for one in (chosen, Filters()))
    with st.sidebar:
        st.markdown("## Filters")
        found = f"{total:,} of {wording.count(everything, 'event')} match"
        markup.show(node("p", panel.to_events(found, chosen, style="link")), "matching", panel.go)
        st.text_input("Words in title, names, place or quote", key=_WIDGETS["text"], on_change=_changed, args=("text",),
                      type="search", max_chars=codec.TEXT_AT_MOST, placeholder="trade “joint statement”",
                      help=wording.MATCHED)
        _dates()
        _pills("Kinds", "kinds", KINDS, wording.marked, counts)
        _several("Countries", "countries", counts, lambda code: f"{geography.name(code)} {code}")
        _match("match", chosen.countries)
        _several("People", "people", counts, str)
        _match("people_match", chosen.people)
        _pills("Status", "statuses", STATUSES, lambda status: wording.STATUSES[status].capitalize(), counts)
        with st.expander("More filters", expanded=_more(chosen)):
            forms = [subtype for kind in chosen.kinds or KINDS for subtype in SUBTYPES[kind]]
            _several("Forms", "subtypes", counts, lambda value: value.replace("_", " ").capitalize(), forms)
            _pills("Salience", "saliences", SALIENCES, lambda one: wording.SALIENCES[one].capitalize(), counts)
            _pills("Date known", "precisions", codec.PRECISIONS,
                   lambda one: wording.PRECISIONS[one].capitalize(), counts)
            if chosen.reviews or len(counts["reviews"]) > 1:
                _pills("Review", "reviews", codec.REVIEWS, str.capitalize, counts)
            _several("Organisations", "organizations", counts, str)
            _several("Documents", "documents", counts, str)
            st.slider("Confidence, per cent", 0, 100, key=_WIDGETS["confidence"], on_change=_changed,
                      args=("confidence",), step=5)
        st.button("Clear all filters", on_click=panel.clear, disabled=not chosen.any,
                  icon=":material/filter_alt_off:", width="stretch", key="clear_filters")
        _languages()


def _more(chosen: Filters) -> bool:
    return bool(_FOLDED & set(active(chosen)))


def _set(chosen: Filters) -> None:
    for field, key in _WIDGETS.items():
        value = getattr(chosen, field)
        if field == "confidence":
            value = value or (0, 100)
        wanted = list(value) if isinstance(value, tuple) and field != "confidence" else value
        if st.session_state.get(key) != wanted or key not in st.session_state:
            st.session_state[key] = wanted


def _changed(field: str) -> None:
    """Write what the widget of a field says into the address; the other fields stay as the address has them.

    The browser sends the state of all widgets with each request, that of an earlier run where it has not yet drawn the
    later one. What is no other than the page shows, or than the address asks for, was not chosen by the reader.
    """
    value = _said(field)
    asked, _ = codec.decode(panel.address())
    if value in (getattr(panel.current(), field), getattr(asked, field)):
        return
    chosen = replace(asked, **{field: value})
    if chosen.first and chosen.last and chosen.first > chosen.last:
        chosen = replace(chosen, first=chosen.last, last=chosen.first)
    panel.write(chosen)


def _said(field: str) -> Any:
    """Return what the widget of a field says, as the filters have it."""
    value = st.session_state[_WIDGETS[field]]
    if field == "confidence":
        return None if value == (0, 100) else value
    if isinstance(value, list):
        # A menu hands on a label of an earlier run as it stands: labels carry counts, which have changed since.
        labels = st.session_state.get(_LABELS, {})
        return tuple(labels.get((field, one), one) for one in value)
    return value.strip() if isinstance(value, str) else value


def _dates() -> None:
    for label, field in (("From", "first"), ("To", "last")):
        st.date_input(label, value=None, key=_WIDGETS[field], min_value=codec.EARLIEST, max_value=codec.LATEST,
                      format="YYYY-MM-DD", on_change=_changed, args=(field,))


def _pills(
    label: str, field: str, options: Sequence[str], name: Callable[[str], str], counts: dict[str, dict[str, int]]
) -> None:
    known = counts[field]
    st.pills(label, options, selection_mode="multi", key=_WIDGETS[field], on_change=_changed, args=(field,),
             format_func=lambda value: f"{name(value)} {known.get(value, 0):,}")


def _several(
    label: str, field: str, counts: dict[str, dict[str, int]], name: Callable[[str], str],
    within: Sequence[str] | None = None,
) -> None:
    """A menu of many values; those that are chosen stay in it though no event may have them now."""
    known = counts[field]
    options = [value for value in known if within is None or value in within]
    options += [value for value in getattr(panel.current(), field) if value not in options]
    labels = {value: f"{name(value)} · {known.get(value, 0):,}" for value in options}
    given = st.session_state.setdefault(_LABELS, {})
    for value, labelled in labels.items():
        given.pop((field, labelled), None)
        given[field, labelled] = value
    for old in list(given)[:-_LABELS_AT_MOST]:
        del given[old]
    st.multiselect(label, options, key=_WIDGETS[field], on_change=_changed, args=(field,), placeholder="any",
                   format_func=lambda value: labels.get(value, value))


def _match(field: str, values: Sequence[str]) -> None:
    if len(values) > 1:
        st.segmented_control("Match", codec.MATCHES, key=_WIDGETS[field], on_change=_changed, args=(field,),
                             required=True, format_func=_MATCH.__getitem__, label_visibility="collapsed")


def _languages() -> None:
    key = "language"
    spoken = fields.held(key, geography.language(), lambda taken: panel.set_parameter(
        panel.LANGUAGE, "" if taken == geography.ENGLISH else taken), everywhere=True)
    st.selectbox("Names of countries in", list(geography.LANGUAGES), key=key, on_change=spoken,
                 format_func=geography.LANGUAGES.__getitem__)
