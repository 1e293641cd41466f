"""A chart as a picture to take home, PNG or SVG: made in the browser, without a server that draws."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

FORMATS = ("png", "svg")
_STYLE = """
.pictures { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; }
.pictures button { font: inherit; font-size: .875rem; color: var(--st-text-color); background: none; cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); padding: .3rem .7rem; }
.pictures button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
.pictures button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""
_component = st.components.v2.component(
    "readout_pictures", html='<p class="pictures"></p>', css=_STYLE,
    js=(Path(__file__).parent / "pictures.js").read_text(encoding="utf-8")
)


def offer(chart: str) -> None:
    """Offer the chart of this key as a picture in each of `FORMATS`."""
    _component(key=f"pictures_{chart}", data={"chart": chart, "formats": FORMATS})
