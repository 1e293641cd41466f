"""What a reader does with a chart of time by mouse or finger: a mark chosen, days dragged over, a double click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.drawing import Drawing

_component = st.components.v2.component(
    "readout_gestures", js=(Path(__file__).parent / "gestures.js").read_text(encoding="utf-8")
)


def listen(chart: str, done: Callable[[Mapping[str, Any]], None]) -> None:
    """Call `done` with each gesture on the chart of that key: `what` is "mark", "range" or "reset".

    A mark has `mark`, the data that it carries; a range has its `edges` as times, and the first and last of the `days`
    and of the `bars` (first to last day) that lie within it, where there are any.
    """
    key = f"gestures_{chart}"

    def told() -> None:
        gesture = st.session_state[key].gesture
        if isinstance(gesture, Mapping):
            done(gesture)

    _component(key=key, data={"chart": chart}, on_gesture_change=told)


def by_finger(figure: Drawing) -> Drawing:
    """Return the figure as it is, or on a phone without drags: a finger that moves over it shall scroll the page."""
    if "Mobi" not in (st.context.headers.get("User-Agent") or ""):
        return figure
    return figure.having(dragmode=False)
