"""Data frames to Plotly figures, each with a text that says the same and a line on what it does not show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import geography, lanes, wording
from dashboard.escaping import hover
from extract.model import KINDS

# Streamlit replaces these placeholders by the colours of the reader's theme, light or dark, in the browser.
KIND_COLOURS = dict(zip(KINDS, ("#000001", "#000002", "#000003", "#000004"), strict=True))
BACKGROUND = "#000038"
SYMBOLS = {"meeting": "circle", "visit": "triangle-up", "statement": "square", "agreement": "diamond"}
_FAINT = "rgba(128,128,128,0.28)"
_CLEAR = "rgba(0,0,0,0)"
_LEGEND = {"orientation": "h", "x": 0, "traceorder": "normal"}
_LEGEND_OF_MARKS = (
    "Choose a mark to open its event. Hatched bars: some day within that month or year. Solid bars: first to last day. "
    "Hollow marks: planned; crosses: cancelled; small marks: background."
)
_MILLISECONDS = 86_400_000
CONFIG = {"displaylogo": False, "scrollZoom": False, "modeBarButtonsToRemove": ["lasso2d"]}
BARS_CONFIG = CONFIG | {"displayModeBar": True, "modeBarButtons": [["select2d", "toImage"]]}


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure, its content in words for those who cannot see it, and a line on what it does not show."""

    figure: go.Figure
    alt: str
    caption: str


def timeline(frame: pd.DataFrame, undated: int = 0) -> Chart:
    """Draw each event at its date: a point for a day, a bar for a range, a month or a year. Needs at least one row."""
    shown = lanes.window(frame)
    placed, bands = lanes.place(frame, shown)
    figure = go.Figure()
    for kind in KINDS:
        events = placed[placed["kind"] == kind]
        if not events.empty:
            _add_bars(figure, kind, events)
            _add_points(figure, kind, events)
    top = bands[-1].base + bands[-1].height
    figure.update_layout(
        height=int(114 + 11.5 * (top + 1)), margin={"l": 8, "r": 8, "t": 32, "b": 8}, barmode="overlay",
        showlegend=False, dragmode="zoom", clickmode="event+select", hoverdistance=12, hoverlabel={"align": "left"},
        xaxis={"range": [day.isoformat() for day in shown], "type": "date", "showgrid": True},
        yaxis={"range": [-0.6, top + 1.2], "visible": False, "fixedrange": True},
        annotations=[_lane_label(lane, int((placed["kind"] == lane.kind).sum())) for lane in bands],
        shapes=[_lane_rule(lane) for lane in bands[1:]],
    )
    outside = int((frame["date_last"] < pd.Timestamp(shown[0])).sum())
    notes = []
    if outside:
        notes.append(f"{wording.count(outside, 'earlier event')} to the left: drag the axis or double-click to see.")
    if undated:
        notes.append(f"Not drawn: {wording.count(undated, 'event')} of unknown year.")
    counts = frame["kind"].value_counts()
    told = ", ".join(wording.count(int(counts.get(kind, 0)), wording.KINDS[kind].lower()) for kind in KINDS)
    return Chart(
        figure,
        f"Timeline of {wording.count(len(frame), 'event')} from {wording.day(frame['date_first'].min())} to "
        f"{wording.day(frame['date_last'].max())}: {told}.",
        " ".join([_LEGEND_OF_MARKS, *notes]),
    )


def _add_bars(figure: go.Figure, kind: str, events: pd.DataFrame) -> None:
    for vague in (True, False):
        spans = events[events["date_first"] < events["date_last"]]
        spans = spans[spans["date_precision"].isin(["month", "year"]) == vague]
        if spans.empty:
            continue
        days = (spans["date_last"] - spans["date_first"]).dt.days + 1
        figure.add_bar(
            orientation="h", base=spans["date_first"].dt.strftime("%Y-%m-%d").tolist(),
            x=(days * _MILLISECONDS).tolist(), y=spans["y"].tolist(), width=0.62,
            marker={
                "color": KIND_COLOURS[kind], "line": {"width": 1, "color": KIND_COLOURS[kind]},
                "pattern": {"shape": "/" if vague else "", "size": 5, "solidity": 0.25, "bgcolor": _CLEAR,
                            "fillmode": "replace"},
            },
            opacity=0.75 if vague else 1.0,
            **_interactive(kind, spans),
        )


def _add_points(figure: go.Figure, kind: str, events: pd.DataFrame) -> None:
    middle = events["date_first"] + (events["date_last"] - events["date_first"]) / 2
    outlines = [BACKGROUND if status == "occurred" else KIND_COLOURS[kind] for status in events["status"]]
    symbols = {"planned": SYMBOLS[kind] + "-open", "cancelled": "x-thin-open"}
    figure.add_scatter(
        mode="markers", x=middle.dt.strftime("%Y-%m-%d").tolist(), y=events["y"].tolist(),
        marker={
            "color": KIND_COLOURS[kind], "opacity": 1, "line": {"width": 1.2, "color": outlines},
            "symbol": [symbols.get(status, SYMBOLS[kind]) for status in events["status"]],
            "size": [10 if salience == "main" else 7 for salience in events["salience"]],
        },
        **_interactive(kind, events),
    )


def _interactive(kind: str, events: pd.DataFrame) -> dict[str, Any]:
    return {
        "name": wording.KINDS[kind],
        "customdata": [
            [event, hover(title), wording.short_date(date), wording.STATUSES[status]]
            for event, title, date, status in events[["id", "title", "date", "status"]].itertuples(index=False)
        ],
        "hovertemplate": "%{customdata[1]}<br>%{customdata[2]}, %{customdata[3]}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }


def _lane_label(lane: lanes.Lane, events: int) -> dict[str, Any]:
    return {
        "text": f"<span style='color:{KIND_COLOURS[lane.kind]}'>{wording.GLYPHS[lane.kind]}</span> "
                f"{wording.KINDS_PLURAL[lane.kind]} ({events:,})", "showarrow": False,
        "xref": "paper", "x": 0, "xanchor": "left", "y": lane.base + lane.height, "yanchor": "bottom",
        "font": {"size": 12}, "yshift": -2,
    }


def _lane_rule(lane: lanes.Lane) -> dict[str, Any]:
    return {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": lane.base - 0.35, "y1": lane.base - 0.35,
        "line": {"color": _FAINT, "width": 1},
    }


def bars(
    counts: pd.DataFrame, unit: str, chosen: tuple[dt.date | None, dt.date | None] = (None, None), height: int = 200
) -> Chart:
    """Draw the number of events by unit of time and kind, the kinds stacked. `counts` has `bin`, `kind`, `events`."""
    figure = go.Figure()
    few = counts["bin"].nunique() <= 80
    for kind in KINDS:
        rows = counts[counts["kind"] == kind]
        figure.add_bar(
            name=f"{wording.GLYPHS[kind]} {wording.KINDS_PLURAL[kind]}",
            x=(rows["bin"] + (rows["bin"].map(lambda day: bin_end(day, unit)) - rows["bin"]) / 2).tolist(),
            width=[(bin_end(day, unit) - day).days * _MILLISECONDS * 0.92 for day in rows["bin"]],
            y=rows["events"].tolist(),
            marker={"color": KIND_COLOURS[kind], "line": {"width": 0.5 if few else 0, "color": BACKGROUND}},
            customdata=[[day.date().isoformat(), bin_name(day, unit)] for day in rows["bin"]],
            hovertemplate="%{customdata[1]}: %{y}<extra>" + wording.KINDS_PLURAL[kind] + "</extra>",
            unselected={"marker": {"opacity": 1}},
        )
    figure.update_layout(
        height=height, margin={"l": 8, "r": 8, "t": 8, "b": 8}, barmode="stack", hovermode="closest",
        clickmode="event+select",
        legend=_LEGEND | {"y": 1.04, "yanchor": "bottom"}, xaxis={"type": "date", "fixedrange": True},
        yaxis={"fixedrange": True, "rangemode": "tozero", "tickformat": ",d", "nticks": 4},
    )
    if chosen != (None, None) and not counts.empty:
        ends = (chosen[0] or counts["bin"].min().date(), chosen[1] or bin_end(counts["bin"].max(), unit).date())
        figure.add_vrect(x0=ends[0].isoformat(), x1=ends[1].isoformat(), fillcolor="gray", opacity=0.18, line_width=0)
    by_bin = counts.groupby("bin")["events"].sum()
    busiest = f" The most in {bin_name(by_bin.idxmax(), unit)}: {by_bin.max():,}." if len(by_bin) else ""
    return Chart(
        figure,
        f"Number of events by {unit} and kind: {wording.count(int(by_bin.sum()), 'event')} in all.{busiest}",
        f"Each event counts in the {unit} of its first day. Events of unknown year are left out.",
    )


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
    words = {"day": "%Y-%m-%d", "week": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y", "decade": "%Y"}
    text = wording.date(day.strftime(words[unit]))
    return {"week": f"week of {text}", "decade": f"{text}s"}.get(unit, text)


def partners(counts: pd.DataFrame, country: str, most: int = 15) -> Chart:
    """Draw the countries that share most events with `country`, by kind. `counts` is the archive's `partners`."""
    rows = counts.head(most).iloc[::-1]
    names = [hover(geography.name(code), 22, 1) for code in rows["country"]]
    figure = go.Figure()
    for kind in KINDS:
        figure.add_bar(
            orientation="h", name=f"{wording.GLYPHS[kind]} {wording.KINDS_PLURAL[kind]}",
            y=names, x=rows[kind].tolist(),
            marker={"color": KIND_COLOURS[kind], "line": {"width": 0.5, "color": BACKGROUND}},
            customdata=[[code] for code in rows["country"]],
            hovertemplate="%{y}: %{x}<extra>" + wording.KINDS_PLURAL[kind] + "</extra>",
            unselected={"marker": {"opacity": 1}},
        )
    figure.update_layout(
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
