"""Charts that set countries side by side: activity as lines, small multiples by kind, and visits in both directions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import geography, wording
from dashboard.charts import BACKGROUND, KIND_COLOURS, Chart, bin_end, bin_name
from dashboard.drawing import Drawing
from dashboard.escaping import hover
from extract.model import KINDS

AT_MOST = 5
# A country is told by its colour, its dashes and its sign, and by its code at the end of its line; no sign is a kind's.
SIGNS = ("○", "△", "□", "◇", "☆")
_COLOURS = ("#000001", "#000002", "#000003", "#000004", "#000005")
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
_SYMBOLS = ("circle-open", "triangle-up-open", "square-open", "diamond-open", "star-open")
_MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}
_HEIGHT = 340
_LABEL = 16
_OUTLIERS = 0.05
_PANEL = 120
_MILLISECONDS = 86_400_000


def bins(first: dt.date, last: dt.date, unit: str) -> list[pd.Timestamp]:
    """Return the first days of all units of time from that of `first` to that of `last`, empty ones included."""
    starts = {"decade": f"{first.year // 10 * 10:04}-01-01", "year": f"{first.year:04}-01-01",
              "quarter": f"{first.year:04}-{(first.month - 1) // 3 * 3 + 1:02}-01",
              "month": f"{first.isoformat()[:7]}-01",
              "week": (first - dt.timedelta(days=first.weekday())).isoformat()}
    days = [pd.Timestamp(starts.get(unit, first.isoformat()))]
    while bin_end(days[-1], unit).date() <= last:
        days.append(bin_end(days[-1], unit))
    return days


def busy(by_year: pd.DataFrame, first: dt.date) -> dt.date:
    """Return the day from which to draw: `first`, or the first of a later year where old outliers would squeeze it.

    The earliest twentieth of the events is left out when that at least halves the years.
    """
    told = by_year.groupby("bin")["events"].sum().sort_index()
    if told.empty:
        return first
    start = told.index[int((told.cumsum() <= told.sum() * _OUTLIERS).sum())]
    last = told.index[-1].year + 1
    return start.date() if (last - start.year) * 2 <= last - first.year else first


def _earlier(counts: pd.DataFrame, start: pd.Timestamp) -> str:
    """Say that events lie before the days drawn, where some do."""
    return " Not drawn, but in the table: earlier events." if (counts["bin"] < start).any() else ""


def lines(counts: pd.DataFrame, countries: Sequence[str], unit: str, span: tuple[dt.date, dt.date]) -> Chart:
    """Draw the number of events of each country by unit of time over `span` (two days), all on one axis.

    `counts` is what the archive's `activity` returns.
    """
    days = bins(*span, unit)
    figure = Drawing()
    ends: dict[str, int] = {}
    top = 1
    for number, code in enumerate(countries):
        told = counts[counts["country"] == code].groupby("bin")["events"].sum()
        values = [int(told.get(day, 0)) for day in days]
        ends[code], top = values[-1], max(top, *values)
        figure.add(
            "scatter", x=[day.isoformat() for day in days], y=values, mode="lines+markers",
            name=f"{hover(geography.name(code), 24, 1)} ({code})",
            line={"color": _COLOURS[number], "dash": _DASHES[number], "width": 2},
            marker={"symbol": _SYMBOLS[number], "size": [8 if value else 3 for value in values],
                    "line": {"width": 1.5, "color": _COLOURS[number]}, "color": _COLOURS[number]},
            customdata=[[bin_name(day, unit)] for day in days],
            hovertemplate="%{customdata[0]}: %{y}<extra>" + hover(geography.name(code), 24, 1) + "</extra>",
        )
    apart = top * _LABEL / (_HEIGHT - 90)
    figure.update(
        height=_HEIGHT, margin=_MARGIN | {"r": 44}, hovermode="closest", dragmode=False,
        legend={"orientation": "h", "x": 0, "y": 1.04, "yanchor": "bottom", "traceorder": "normal"},
        xaxis={"type": "date", "fixedrange": True, "showgrid": False,
               "range": [days[0].isoformat(), days[-1].isoformat()] if len(days) > 1 else None},
        yaxis={"fixedrange": True, "range": [-top * 0.04, top * 1.06], "tickformat": ",d", "nticks": 5,
               "zeroline": True},
        annotations=[
            {"text": f"<b>{code}</b>", "x": 1, "xref": "paper", "xanchor": "left", "xshift": 8, "y": height,
             "yanchor": "middle", "showarrow": False, "font": {"size": 12, "color": _COLOURS[countries.index(code)]}}
            for code, height in spread(ends, apart).items()
        ],
    )
    told = ", ".join(f"{geography.name(code)} {int(counts[counts['country'] == code]['events'].sum()):,}"
                     for code in countries)
    return Chart(
        figure, f"Number of dated events by {unit}, a line for each country: {told}.",
        f"Each event counts in the {unit} of its first day, and once for each country that takes part. Events of "
        f"unknown year are left out; the first and the last {unit} may be incomplete." + _earlier(counts, days[0]),
    )


def spread(heights: Mapping[str, float], apart: float) -> dict[str, float]:
    """Move labels up so that each stands at least `apart` above the one below it."""
    placed: dict[str, float] = {}
    floor = float("-inf")
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        placed[name] = max(float(height), floor)
        floor = placed[name] + apart
    return placed


def panels(counts: pd.DataFrame, countries: Sequence[str], unit: str, span: tuple[dt.date, dt.date]) -> Chart:
    """Draw the same numbers by kind: one small chart for each country, all with the same axes."""
    figure = Drawing.in_rows(len(countries), 0.3 / len(countries))
    days = bins(*span, unit)
    top = 1
    for row, code in enumerate(countries, start=1):
        own = counts[(counts["country"] == code) & (counts["bin"] >= days[0])]
        top = max(top, int(own.groupby("bin")["events"].sum().max()) if len(own) else 0)
        for kind in KINDS:
            rows = own[own["kind"] == kind]
            figure.add(
                "bar", row=row, name=f"{wording.GLYPHS[kind]} {wording.KINDS_PLURAL[kind]}", legendgroup=kind,
                showlegend=row == 1, marker={"color": KIND_COLOURS[kind], "line": {"width": 0.5, "color": BACKGROUND}},
                x=[(day + (bin_end(day, unit) - day) / 2).isoformat() for day in rows["bin"]],
                y=rows["events"].tolist(),
                width=[(bin_end(day, unit) - day).days * _MILLISECONDS * 0.9 for day in rows["bin"]],
                customdata=[[bin_name(day, unit)] for day in rows["bin"]],
                hovertemplate="%{customdata[0]}: %{y}<extra>" + wording.KINDS_PLURAL[kind] + "</extra>",
            )
    for row, code in enumerate(countries, start=1):
        across, up = figure.axis("x", row), figure.axis("y", row)
        across |= {"type": "date", "fixedrange": True, "showgrid": False,
                   "range": [days[0].isoformat(), bin_end(days[-1], unit).isoformat()]}
        up |= {"fixedrange": True, "range": [0, top * 1.06], "tickformat": ",d", "nticks": 3}
        figure.annotate(
            row, text=f"<b>{hover(geography.name(code), 28, 1)}</b> ({code})", showarrow=False, x=0,
            xanchor="left", y=1, yanchor="bottom", yshift=2, font={"size": 12})
    figure.update(
        height=70 + _PANEL * len(countries), margin=_MARGIN, barmode="stack", dragmode=False, hovermode="closest",
        legend={"orientation": "h", "x": 0, "y": 1 + 0.2 / len(countries), "yanchor": "bottom",
                "traceorder": "normal"},
    )
    return Chart(
        figure, f"Number of dated events by {unit} and kind, one small chart for each of "
        f"{wording.listed([geography.name(code) for code in countries], 'and')}, all with the same axes.",
        "The same scale in each, so that heights can be compared. An event with several of these countries counts in "
        "each of them." + _earlier(counts, days[0]),
    )


def directions(counts: pd.DataFrame, up: tuple[str, str], down: tuple[str, str], title: str) -> Chart:
    """Draw numbers of visits by year in two directions, one above the axis and the other below it.

    `counts` has `year`, `part` and `events`; `up` and `down` are a part and what its bars are called.
    """
    figure = Drawing()
    most = 1
    for (part, called), sign, shape in ((up, 1, ""), (down, -1, "/")):
        rows = counts[counts["part"] == part]
        most = max(most, int(rows["events"].max()) if len(rows) else 0)
        figure.add(
            "bar", name=hover(called, 60, 1), x=rows["year"].tolist(), y=(sign * rows["events"]).tolist(), width=0.7,
            marker={"color": KIND_COLOURS["visit"], "line": {"width": 1, "color": KIND_COLOURS["visit"]},
                    "pattern": {"shape": shape, "size": 5, "solidity": 0.3, "fillmode": "replace",
                                "bgcolor": "rgba(0,0,0,0)"}},
            customdata=[[number] for number in rows["events"]],
            hovertemplate="%{x}: %{customdata[0]}<extra>" + hover(called, 60, 1) + "</extra>",
        )
    years = counts["year"]
    figure.update(
        height=220, margin=_MARGIN, barmode="relative", dragmode=False, hovermode="closest", showlegend=False,
        xaxis={"fixedrange": True, "showgrid": False, "range": [int(years.min()) - 0.6, int(years.max()) + 0.6],
               "tickformat": "d", **({"dtick": 1} if years.max() - years.min() < 8 else {"nticks": 8})},
        yaxis={"fixedrange": True, "range": [-most * 1.45, most * 1.45], "zeroline": True, **_both_ways(most)},
        annotations=[
            {"text": f"{arrow} {hover(called, 60, 1)}", "x": 0, "xref": "paper", "xanchor": "left", "y": y,
             "yref": "paper", "yanchor": anchor, "showarrow": False, "font": {"size": 12}}
            for called, y, anchor, arrow in ((up[1], 1, "top", "↑"), (down[1], 0, "bottom", "↓"))
        ],
    )
    sums = counts.groupby("part")["events"].sum()
    told = " ".join(f"{called}: {int(sums.get(part, 0)):,}." for part, called in (up, down))
    return Chart(figure, f"{title} by year. {told}",
                 "Each visit counts in the year of its first day. Not drawn: visits of unknown year, and those of "
                 "which the text does not tell who visits whom.")


def _both_ways(most: int) -> dict[str, Any]:
    """Return ticks that count upwards in both directions."""
    step = max(-(-most // 2), 1)
    ticks = [*range(-(most // step) * step, 0, step), *range(0, most + 1, step)]
    return {"tickvals": ticks, "ticktext": [f"{abs(tick):,}" for tick in ticks]}
