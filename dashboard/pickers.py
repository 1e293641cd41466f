"""Menus whose choice is a parameter of the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import fields, geography, panel


def pick(
    label: str, parameter: str, options: Sequence[str], chosen: str, name: Callable[[str], str],
    act: Callable[[str], None] | None = None,
) -> None:
    """A menu whose choice is a parameter of the address; `act` is done with it, or the page of that name opened."""
    key = f"{parameter}_picker"

    def picked(taken: str | None) -> None:
        value = taken or ""
        if value and value not in options:
            # The label of a run in another language, which the browser had not yet drawn anew.
            return
        if act:
            act(value)
        else:
            panel.go(parameter, panel.link_params(**{parameter: value}))

    taken = fields.held(key, chosen if chosen in options else None, picked)
    st.selectbox(label, options, key=key, index=None, on_change=taken, format_func=name, placeholder=f"{label} …",
                 label_visibility="collapsed")


def country(known: Sequence[str], chosen: str) -> None:
    """Draw the menu of the countries that have events."""
    ordered = sorted({*known, *([chosen] if panel.is_country(chosen) else [])}, key=geography.name)
    pick("Choose a country", "country", ordered, chosen, geography.labelled)
