"""Data frames to Plotly figures, each with a text that says the same and a line on what it does not show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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
_MILLISECONDS = 86_400_000
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
    few = counts["bin"].nunique() <= 80
    for kind in KINDS:
        _add_stack(figure, counts[(counts["kind"] == kind) & ~counts["planned"]], unit, few)
    for kind in KINDS:
        _add_stack(figure, counts[(counts["kind"] == kind) & counts["planned"]], unit, few)
    figure.update(
        height=height, margin={"l": 8, "r": 8, "t": 26, "b": 8}, barmode="stack", hovermode="closest",
        clickmode="event", dragmode="select", selectdirection="h",
        legend=_LEGEND | {"y": 1.02, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False},
        xaxis={"type": "date", "fixedrange": True},
        yaxis={"fixedrange": True, "rangemode": "tozero", "tickformat": ",d", "nticks": 4},
    )
    if chosen != (None, None) and not counts.empty:
        last = chosen[1] + dt.timedelta(days=1) if chosen[1] else bin_end(counts["bin"].max(), unit).date()
        ends = ((chosen[0] or counts["bin"].min().date()).isoformat(), last.isoformat())
        figure.band(ends, fillcolor="gray", opacity=0.18, line={"width": 0})
        figure.band(ends, fillcolor="rgba(0,0,0,0)", line={"width": 1.5, "color": "gray"})
    by_bin = counts.groupby("bin")["events"].sum()
    busiest = f" The most in {bin_name(by_bin.idxmax(), unit)}: {by_bin.max():,}." if len(by_bin) else ""
    return Chart(
        figure,
        f"Number of events by {unit} and kind: {wording.count(int(by_bin.sum()), 'event')} in all.{busiest}",
        f"Each event counts in the {unit} of its first day. Events of unknown year are left out."
        + (" Hollow bars: planned." if counts["planned"].any() else ""),
    )


def _add_stack(figure: Drawing, rows: pd.DataFrame, unit: str, few: bool) -> None:
    """Add the bars of one kind, past or planned."""
    if rows.empty:
        return
    kind, hollow = rows["kind"].iloc[0], bool(rows["planned"].iloc[0])
    words = ("Planned: " if hollow else "") + wording.KINDS_PLURAL[kind]
    ends = rows["bin"].map(lambda day: bin_end(day, unit))
    line = {"width": 1, "color": KIND_COLOURS[kind]} if hollow else {"width": 0.5 if few else 0, "color": BACKGROUND}
    figure.add(
        "bar", name=f"{wording.GLYPHS[kind]} {wording.KINDS_PLURAL[kind]}", showlegend=not hollow,
        x=[day.isoformat(" ")[:13] for day in rows["bin"] + (ends - rows["bin"]) / 2],
        width=int((ends - rows["bin"]).mean() / pd.Timedelta(milliseconds=1) * 0.92),
        y=rows["events"].tolist(), marker={"color": "rgba(0,0,0,0)" if hollow else KIND_COLOURS[kind], "line": line},
        customdata=[[day.date().isoformat(), bin_name(day, unit), _last_day(day, unit)] for day in rows["bin"]],
        hovertemplate="%{customdata[1]}: %{y}<extra>" + words + "</extra>",
        unselected={"marker": {"opacity": 1}},
    )


def _last_day(day: pd.Timestamp, unit: str) -> str:
    last: dt.date = (bin_end(day, unit) - pd.Timedelta(days=1)).date()
    return last.isoformat()


def bin_start(day: str) -> pd.Timestamp:
    """Return the first day of a bin, from what its bar carries."""
    return pd.Timestamp(day)


def bin_end(day: pd.Timestamp, unit: str) -> pd.Timestamp:
    """Return the first day after the bin that begins on `day`."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
    if unit in months:
        return day + pd.DateOffset(months=months[unit])
    return day + pd.Timedelta(days=7 if unit == "week" else 1)


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
