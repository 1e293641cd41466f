"""Events over time in rows, as Plotly figures: a mark for each event, or bars of their numbers by unit of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import compress
from typing import Any

import pandas as pd

from dashboard import lanes, wording
from dashboard.charts import BACKGROUND, INK, KIND_COLOURS, SYMBOLS, Chart, across, bin_end, busiest, said_of
from dashboard.drawing import Drawing
from dashboard.escaping import hover
from extract.model import KINDS

PLANNED = "planned"
MORE = "+"
_FAINT = "rgba(128,128,128,0.09)"
_RULE = "rgba(128,128,128,0.55)"
_CLEAR = "rgba(0,0,0,0)"
_MILLISECONDS = 86_400_000
_LINE = 13
_AXIS = 34
_HOW = "Choose a mark to open its event; drag over days to see only those."
_LEGEND = "Solid bars: first to last day. Hatched bars: some day within that month or year. Small marks: background."


def marks(
    placed: lanes.Placed, names: Mapping[str, str], shown: tuple[dt.date, dt.date], at: str = "", kinds: bool = False
) -> Chart:
    """Draw each event at its date: a mark for a day, a bar for a range, a hatched one for a month or a year.

    `names` are the words above each lane by its key, as Plotly's HTML; `at` is the event to be marked; `kinds` tells to
    explain the signs of the kinds.
    """
    figure = Drawing()
    for kind in KINDS:
        events = placed.frame[placed.frame["kind"] == kind]
        if not events.empty:
            _add_bars(figure, kind, events, shown)
            _add_marks(figure, kind, events)
    if kinds:
        _add_legend(figure)
    if placed.more:
        _add_more(figure, placed.more)
    top = placed.lanes[-1].top + lanes.LABEL
    figure.update(
        height=int(_AXIS + _LINE * top + 26 * kinds), margin={"l": 8, "r": 8, "t": 26 * kinds, "b": _AXIS},
        barmode="overlay", dragmode="select", selectdirection="h", clickmode="event", hoverdistance=12,
        hoverlabel={"align": "left"}, xaxis=_dates(shown), showlegend=kinds,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False},
        yaxis={"range": [-0.3, top], "visible": False, "fixedrange": True},
        annotations=[
            _name(names[lane.key], {"y": lane.top + 0.1, "yanchor": "bottom"}) for lane in placed.lanes
        ],
        shapes=[_band(lane) for lane in placed.lanes],
    )
    here = placed.frame[placed.frame["id"] == at]
    if not here.empty:
        _add_ring(figure, here)
    frame = placed.frame.drop_duplicates("id")
    statuses = frame["status"].value_counts()
    notes = [_HOW, _LEGEND]
    notes += ["Hollow marks: planned, and nothing here tells that it took place."] if PLANNED in statuses else []
    notes += ["Crosses: cancelled."] if "cancelled" in statuses else []
    notes += [f"Numbers with a plus: {wording.count(placed.hidden, 'more mark')} of the same days; choose one to come "
              "closer."] if placed.more else []
    notes += [f"Not drawn: {wording.count(placed.covering, 'mark')} known only to a month, year or range that holds "
              "all these days."] if placed.covering else []
    told = ", ".join(f"{names_of(kind)} {int((frame['kind'] == kind).sum())}" for kind in KINDS)
    return Chart(figure, f"Timeline of {wording.count(len(frame), 'event')} from {wording.day(shown[0])} to "
                         f"{wording.day(shown[1])}: {told}.", " ".join(notes))


def names_of(kind: str) -> str:
    """Return the name of a kind in small letters, for the middle of a sentence."""
    return wording.KINDS_PLURAL[kind].lower()


def _dates(shown: tuple[dt.date, dt.date]) -> dict[str, Any]:
    ends = [shown[0].isoformat(), (shown[1] + dt.timedelta(days=1)).isoformat()]
    days = (shown[1] - shown[0]).days
    daily = {"dtick": _MILLISECONDS, "tickformat": "%-d %b\n%Y"} if days < 4 else {}
    return {"range": ends, "type": "date", "showgrid": True, "fixedrange": True, "ticks": "outside",
            "automargin": False, "nticks": 8} | daily


def _day(ordinal: float) -> str:
    """Write a place on the axis as Plotly reads it, to the minute."""
    moment = dt.datetime.fromordinal(int(ordinal)) + dt.timedelta(minutes=round(ordinal % 1 * 1440))
    return moment.isoformat(" ", "minutes")


def _name(text: str, place: dict[str, Any]) -> dict[str, Any]:
    return {"text": text, "showarrow": False, "xref": "paper", "x": 0, "xanchor": "left", "yshift": -2, "align": "left",
            "font": {"size": 13, "color": INK}} | place


def _band(lane: lanes.Lane) -> dict[str, Any]:
    return {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": lane.base - 0.15, "y1": lane.top + 0.1,
            "fillcolor": _FAINT, "line": {"width": 0}, "layer": "below"}


def _add_bars(figure: Drawing, kind: str, events: pd.DataFrame, shown: tuple[dt.date, dt.date]) -> None:
    # What lies outside the axis is cut by a day's width, so that an open end can be told from a first day.
    start, end = pd.Timestamp(shown[0]) - pd.Timedelta(days=1), pd.Timestamp(shown[1]) + pd.Timedelta(days=1)
    ends = [(max(first, start), min(last, end)) if first < last else None
            for first, last in zip(events["date_first"].tolist(), events["date_last"].tolist(), strict=True)]
    exact = [precision not in ("month", "year") for precision in events["date_precision"].tolist()]
    for vague in (True, False):
        which = [bool(one) and known != vague for one, known in zip(ends, exact, strict=True)]
        if not any(which):
            continue
        spans, days = events[which], list(filter(None, compress(ends, which)))
        figure.add(
            "bar", orientation="h", base=[first.date().isoformat() for first, _ in days],
            x=[((last - first).days + 1) * _MILLISECONDS for first, last in days],
            y=spans["y"].tolist(), width=0.62, showlegend=False,
            marker={
                "color": KIND_COLOURS[kind], "line": {"width": 1, "color": KIND_COLOURS[kind]},
                "pattern": {"shape": "/" if vague else "", "size": 5, "solidity": 0.25, "bgcolor": _CLEAR,
                            "fillmode": "replace"},
            },
            opacity=0.75 if vague else 1.0,
            **_interactive(kind, spans),
        )


def _add_legend(figure: Drawing) -> None:
    """Explain the signs and colours of the kinds, whether or not each occurs."""
    for kind in KINDS:
        figure.add("scatter", mode="markers", x=[None], y=[None], name=wording.KINDS_PLURAL[kind], hoverinfo="skip",
                           marker={"size": 11, "symbol": SYMBOLS[kind], "color": KIND_COLOURS[kind]})


def _add_marks(figure: Drawing, kind: str, events: pd.DataFrame) -> None:
    outlines = [BACKGROUND if status == "occurred" else KIND_COLOURS[kind] for status in events["status"]]
    symbols = {PLANNED: SYMBOLS[kind] + "-open", "cancelled": "x-thin-open"}
    figure.add(
        "scatter", mode="markers", x=[_day(x) for x in events["x"]], y=events["y"].tolist(), showlegend=False,
        marker={
            "color": KIND_COLOURS[kind], "opacity": 1, "line": {"width": 1.2, "color": outlines},
            "symbol": [symbols.get(status, SYMBOLS[kind]) for status in events["status"]],
            "size": [11 if salience == "main" else 8 for salience in events["salience"]],
        },
        **_interactive(kind, events),
    )


def _interactive(kind: str, events: pd.DataFrame) -> dict[str, Any]:
    """Return what a mark tells: its event, its words, and its day where it stands for one."""
    columns = ["id", "title", "date", "status", "date_precision"]
    return {
        "name": wording.KINDS_PLURAL[kind],
        "customdata": [
            [event, hover(title), wording.short_date(date), wording.STATUSES[status], date if exact == "day" else ""]
            for event, title, date, status, exact in zip(*(events[name].tolist() for name in columns), strict=True)
        ],
        "hovertemplate": "%{customdata[1]}<br>%{customdata[2]}, %{customdata[3]}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }


def _add_more(figure: Drawing, more: list[lanes.More]) -> None:
    figure.add(
        "scatter", mode="markers+text", x=[_day(one.x) for one in more], y=[one.y for one in more], showlegend=False,
        text=[f"<b>+{one.events:,}</b>" for one in more], textposition="middle center",
        textfont={"size": 12, "color": INK}, marker={"size": 18, "color": _CLEAR, "symbol": "square"}, cliponaxis=False,
        customdata=[[MORE, one.first.isoformat(), one.last.isoformat(), wording.count(one.events, "more event")]
                    for one in more],
        hovertemplate="%{customdata[3]}: choose to come closer<extra></extra>",
        unselected={"marker": {"opacity": 1}},
    )


def _add_ring(figure: Drawing, here: pd.DataFrame) -> None:
    """Mark an event by a ring in each of its lanes, and by a line through all of them."""
    figure.add(
        "scatter", mode="markers", x=[_day(x) for x in here["x"]], y=here["y"].tolist(), hoverinfo="skip",
        showlegend=False, marker={"size": 20, "symbol": "circle-open", "color": KIND_COLOURS[here["kind"].iloc[0]],
                "line": {"width": 2.5}},
        unselected={"marker": {"opacity": 1}}, name="at",
    )
    figure.upright(_day(here["x"].iloc[0]), line={"color": _RULE, "width": 1, "dash": "dot"}, layer="below")


def bars(
    counts: pd.DataFrame, unit: str, names: Mapping[str, str], shown: tuple[dt.date, dt.date], compact: bool = False,
    at: dt.date | None = None,
) -> Chart:
    """Draw the numbers of events by unit of time, one row of bars for each of `names`, the kinds stacked in it.

    `counts` has `lane`, `bin`, `kind` and `events`. The bars of planned events are hollow. `at` is a day to be marked.
    """
    first, last = pd.Timestamp(shown[0]), pd.Timestamp(shown[1])
    counts = counts[[day <= last and bin_end(day, unit) > first for day in counts["bin"].tolist()]]
    rows = len(names)
    kinds = not set(names) <= {*KINDS, PLANNED}
    row, label = (30, 22) if compact else (64 if rows <= 5 else 40, 26)
    inner = rows * row + (rows - 1) * label
    figure = Drawing.in_rows(rows, label / inner if rows > 1 else 0)
    for number, lane in enumerate(names, 1):
        own = counts[counts["lane"] == lane]
        for kind in KINDS:
            _add_row(figure, own[own["kind"] == kind], kind, unit, number)
        most = int(own.groupby("bin")["events"].sum().max()) if len(own) else 1
        axis = figure.axis("y", number)
        axis |= {"range": [0, most * 1.04], "tickvals": [0, most], "tickformat": ",d", "fixedrange": True,
                 "showgrid": False, "zeroline": True, "zerolinecolor": _RULE, "zerolinewidth": 1}
        across = figure.axis("x", number)
        across |= _dates(shown) | {"ticks": "outside" if number == rows else ""}
        figure.annotate(**_name(names[lane], {"yref": f"y{number if number > 1 else ''} domain", "y": 1,
                                              "yanchor": "bottom"}))
    if kinds:
        _add_legend(figure)
    above = label + 26 * kinds
    figure.update(
        height=inner + above + _AXIS, margin={"l": 8, "r": 8, "t": above, "b": _AXIS}, barmode="stack",
        dragmode="select", selectdirection="h", clickmode="event", hovermode="closest", showlegend=kinds,
        bargap=0, legend={"orientation": "h", "x": 0, "y": 1 + label / inner, "yanchor": "bottom",
                          "traceorder": "normal", "itemclick": False, "itemdoubleclick": False},
    )
    if at:
        figure.upright(f"{at} 12:00", line={"color": _RULE, "width": 1.5, "dash": "dot"})
    return Chart(figure, _told(counts, unit), " ".join([
        f"Each event counts in the {unit} of its first day. Each row has a scale of its own: the number at its side is "
        "that of its highest bar. Choose a bar, or drag over several, to come closer.",
        *(["Hollow bars: planned, and nothing here tells that they took place."] if PLANNED in names else []),
    ]))


def _add_row(figure: Drawing, rows: pd.DataFrame, kind: str, unit: str, number: int) -> None:
    if rows.empty:
        return
    hollow = rows["lane"].iloc[0] == PLANNED
    days = rows["bin"].tolist()
    middles, width = across(days, unit)
    figure.add(
        "bar", name=wording.KINDS_PLURAL[kind], showlegend=False, y=rows["events"].tolist(),
        x=middles, width=width,
        marker={"color": _CLEAR if hollow else KIND_COLOURS[kind],
                "line": {"width": 1.2 if hollow else 0, "color": KIND_COLOURS[kind]}},
        customdata=[said_of(day, unit) for day in days],
        hovertemplate="%{customdata[1]}: %{y:,}<extra>" + ("Planned: " if hollow else "")
                      + wording.KINDS_PLURAL[kind] + "</extra>",
        unselected={"marker": {"opacity": 1}}, row=number,
    )


def _told(counts: pd.DataFrame, unit: str) -> str:
    """Say in a sentence what the bars show."""
    by_bin = counts.groupby("bin")["events"].sum().to_dict()
    return f"Number of events by {unit}, in rows.{busiest(by_bin, unit)}"
