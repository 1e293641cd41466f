"""Widgets whose value stands in the address: set from it in each run, written back when the reader changes them.

The browser sends the state of all widgets with each request, also of those that it has not drawn anew yet, and of
those of the page before. Streamlit takes each for a change that the reader made. Taken for one, it would lead away from
where the reader goes, and put a page between those that the back button returns to.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import panel

Callback = Callable[[], None]
_REPLACED = "replaced"
# How long a browser may still tell what a widget held before it was set, in seconds.
_LATE = 2.0


def held(key: str, wanted: Any, act: Callable[[Any], None], *, everywhere: bool = False) -> Callback:
    """Set the widget of this key to what the address says; returns what its change does: `act` with its new value.

    Nothing is done where the reader changed nothing: when the address has by then left the view on which the widget was
    drawn, unless it stands `everywhere`; and when the value is the one that was replaced here a moment ago.
    """
    state = st.session_state
    if key not in state or state[key] != wanted:
        if key in state:
            state.setdefault(_REPLACED, {})[key] = state[key], time.monotonic()
        state[key] = wanted

    def changed() -> None:
        value = state[key]
        before, when = state.get(_REPLACED, {}).get(key, (None, -_LATE))
        if value != before or time.monotonic() - when >= _LATE:
            act(value)

    return changed if everywhere else of_view(changed)


def of_view(act: Callback) -> Callback:
    """Return a callback that does `act` as long as the address is at the view at hand now."""
    drawn = panel.view()

    def done() -> None:
        if panel.view() == drawn:
            act()

    return done


def unfolded(name: str, key: str) -> Callback:
    """Open or close the expander of this key as the address says of the part `name`; returns what to do on a change."""

    def turned(opened: bool) -> None:
        left = [one for one in panel.listed(panel.OPEN) if one != name]
        panel.set_parameter(panel.OPEN, ",".join([*left, name] if opened else left))

    return held(key, name in panel.listed(panel.OPEN), turned)


def selected(key: str, act: Callable[[str], None]) -> Callback:
    """Return a callback for the chart of this key that does `act` with the id that the chosen mark carries first."""

    def chosen() -> None:
        for point in st.session_state[key].selection.points:
            if custom := point.get("customdata"):
                act(str(custom[0]))
                return

    return of_view(chosen)
