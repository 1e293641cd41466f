"""Data frames to Plotly figures, each with a text that says the same and a line on what it does not show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import pandas as pd

from dashboard import geography, wording
from dashboard.drawing import Drawing
from dashboard.escaping import hover
from extract.model import KINDS

# Streamlit replaces these placeholders by the colours of the reader's theme, light or dark, in the browser.
KIND_COLOURS = dict(zip(KINDS, ("#000001", "#000002", "#000003", "#000004"), strict=True))
SYMBOLS = {"meeting": "circle", "visit": "triangle-up", "statement": "square", "agreement": "diamond"}
BACKGROUND = "#000038"
INK = "#000037"
_LEGEND = {"orientation": "h", "x": 0, "traceorder": "normal", "font": {"size": 11}}
_COUNTED = ("bin", "kind", "planned", "events")
CONFIG = {"displaylogo": False, "scrollZoom": False, "modeBarButtonsToRemove": ["lasso2d"]}
TIME_CONFIG = CONFIG | {"modeBarButtons": [["toImage"]]}


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure, its content in words for those who cannot see it, and a line on what it does not show."""

    figure: Drawing
    alt: str
    caption: str


def bars(
    counts: pd.DataFrame, unit: str, chosen: tuple[dt.date | None, dt.date | None] = (None, None), height: int = 200
) -> Chart:
    """Draw the number of events by unit of time and kind, the kinds stacked, those only planned hollow above them.

    `counts` has `bin`, `kind`, `planned` and `events`; the days `chosen` are shaded.
    """
    figure = Drawing()
    stacks: dict[tuple[bool, str], list[tuple[pd.Timestamp, int]]] = {}
    by_bin: dict[pd.Timestamp, int] = {}
    for day, kind, hollow, events in zip(*(counts[name].tolist() for name in _COUNTED), strict=True):
        stacks.setdefault((hollow, kind), []).append((day, events))
        by_bin[day] = by_bin.get(day, 0) + events
    for hollow, kind in product((False, True), KINDS):
        if found := stacks.get((hollow, kind)):
            _add_stack(figure, kind, hollow, found, unit, few=len(by_bin) <= 80)
    figure.update(
        height=height, margin={"l": 8, "r": 8, "t": 26, "b": 8}, barmode="stack", hovermode="closest",
        clickmode="event", dragmode="select", selectdirection="h",
        legend=_LEGEND | {"y": 1.02, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False},
        xaxis={"type": "date", "fixedrange": True},
        yaxis={"fixedrange": True, "rangemode": "tozero", "tickformat": ",d", "nticks": 4},
    )
    if chosen != (None, None) and by_bin:
        last = chosen[1] + dt.timedelta(days=1) if chosen[1] else bin_end(max(by_bin), unit).date()
        ends = ((chosen[0] or min(by_bin).date()).isoformat(), last.isoformat())
        figure.band(ends, fillcolor="gray", opacity=0.18, line={"width": 0})
        figure.band(ends, fillcolor="rgba(0,0,0,0)", line={"width": 1.5, "color": "gray"})
    return Chart(
        figure,
        f"Number of events by {unit} and kind: {wording.count(sum(by_bin.values()), 'event')} in all."
        f"{busiest(by_bin, unit)}",
        f"Each event counts in the {unit} of its first day. Events of unknown year are left out."
        + (" Hollow bars: planned." if any(hollow for hollow, _ in stacks) else ""),
    )


def busiest(by_bin: Mapping[pd.Timestamp, int], unit: str) -> str:
    """Say in which unit of time most events are, the first of several; nothing where there are none."""
    if not by_bin:
        return ""
    day, most = min(by_bin.items(), key=lambda item: (-item[1], item[0]))
    return f" The most in {bin_name(day, unit)}: {most:,}."


def _add_stack(
    figure: Drawing, kind: str, hollow: bool, rows: Sequence[tuple[pd.Timestamp, int]], unit: str, few: bool
) -> None:
    """Add the bars of one kind, past or planned: their first days and their heights."""
    words = ("Planned: " if hollow else "") + wording.KINDS_PLURAL[kind]
    middles, width = across([day for day, _ in rows], unit)
    line = {"width": 1, "color": KIND_COLOURS[kind]} if hollow else {"width": 0.5 if few else 0, "color": BACKGROUND}
    figure.add(
        "bar", name=f"{wording.GLYPHS[kind]} {wording.KINDS_PLURAL[kind]}", showlegend=not hollow,
        x=middles, width=width, y=[events for _, events in rows],
        marker={"color": "rgba(0,0,0,0)" if hollow else KIND_COLOURS[kind], "line": line},
        customdata=[said_of(day, unit) for day, _ in rows],
        hovertemplate="%{customdata[1]}: %{y}<extra>" + words + "</extra>",
        unselected={"marker": {"opacity": 1}},
    )


def across(days: Sequence[pd.Timestamp], unit: str) -> tuple[list[str], int]:
    """Return where on the axis the bars stand that begin on these days, and how wide they are.

    The hour is enough, and one width for months of 28 to 31 days: there may be thousands of bars.
    """
    ends = [bin_end(day, unit) for day in days]
    middles = [(day + (end - day) / 2).isoformat(" ")[:13] for day, end in zip(days, ends, strict=True)]
    length = sum((end - day for day, end in zip(days, ends, strict=True)), pd.Timedelta(0)) / len(days)
    return middles, int(length / pd.Timedelta(milliseconds=1) * 0.92)


@lru_cache(8192)
def said_of(day: pd.Timestamp, unit: str) -> list[str]:
    """Return what the bar tells that begins on `day`: its first day, its name, its last day. Nobody changes it."""
    last: dt.date = (bin_end(day, unit) - pd.Timedelta(days=1)).date()
    return [day.date().isoformat(), bin_name(day, unit), last.isoformat()]


def bin_start(day: str) -> pd.Timestamp:
    """Return the first day of a bin, from what its bar carries."""
    return pd.Timestamp(day)


@lru_cache(8192)
def bin_end(day: pd.Timestamp, unit: str) -> pd.Timestamp:
    """Return the first day after the bin that begins on `day`."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
    if unit in months:
        return day + pd.DateOffset(months=months[unit])
    return day + pd.Timedelta(days=7 if unit == "week" else 1)


@lru_cache(8192)
def bin_name(day: pd.Timestamp, unit: str) -> str:
    """Write a bin in words: 2024, January 2024, 1st quarter of 2024, week of 26 February 2024."""
    if unit == "quarter":
        return f"quarter {day.quarter} of {day.year}"
    letters = {"day": 10, "week": 10, "month": 7, "year": 4, "decade": 4}
    text = wording.date(day.date().isoformat()[: letters[unit]])
    return {"week": f"week of {text}", "decade": f"{text}s"}.get(unit, text)


def partners(counts: pd.DataFrame, country: str, most: int = 15) -> Chart:
    """Draw the countries that share most events with `country`, by kind. `counts` is the archive's `partners`."""
    rows = counts.head(most).iloc[::-1]
    names = [hover(geography.name(code), 22, 1) for code in rows["country"]]
    figure = Drawing()
    for kind in KINDS:
        figure.add(
            "bar", orientation="h", name=f"{wording.GLYPHS[kind]} {wording.KINDS_PLURAL[kind]}",
            y=names, x=rows[kind].tolist(),
            marker={"color": KIND_COLOURS[kind], "line": {"width": 0.5, "color": BACKGROUND}},
            customdata=[[code] for code in rows["country"]],
            hovertemplate="%{y}: %{x}<extra>" + wording.KINDS_PLURAL[kind] + "</extra>",
            unselected={"marker": {"opacity": 1}},
        )
    figure.update(
        barmode="stack", height=110 + 24 * len(rows), margin={"l": 8, "r": 8, "t": 8, "b": 8}, dragmode=False,
        clickmode="event+select", legend=_LEGEND | {"y": 1.02, "yanchor": "bottom"},
        xaxis={"tickformat": ",d", "nticks": 5, "fixedrange": True, "rangemode": "tozero"},
        yaxis={"automargin": True, "fixedrange": True, "type": "category"},
    )
    first = [f"{geography.name(row.country)} {row.events}" for row in counts.head(3).itertuples()]
    rest = len(counts) - len(rows)
    return Chart(
        figure,
        f"Partners of {geography.name(country)} by number of common events: {wording.listed(first, 'and')}.",
        "An event with several partners counts once for each." + (f" {rest} more are in the table." if rest else ""),
    )
