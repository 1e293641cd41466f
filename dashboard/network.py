"""The network of countries: pairs with common events to a Plotly figure, laid out so that its marks stay apart."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import charts, geography, wording
from dashboard.drawing import Drawing
from dashboard.escaping import hover
from extract.model import KINDS

JOINT = "|"
DASHES = {"meeting": "solid", "visit": "dash", "statement": "dot", "agreement": "dashdot"}
# Marks are kept apart on a phone's width; wider screens draw the same picture wider.
WIDTH, LOW, HIGH = 340.0, 230.0, 640.0
NAMED = 9
_NAME_AT_MOST = 14
_NODE = "#000017"  # a placeholder, as in charts: a middle one of the theme's sequential colours
_INK = "#000037"
_WIDTHS = (1.5, 2.2, 3.6, 5.2, 7.5)
_LETTER, _LINE = 6.4, 13.0
# Circles with their labels keep this far apart, less where they would fill more than a share of the sheet.
_GAPS = (30.0, 24.0, 18.0, 13.0, 8.0, 4.0)
_FILLED = 0.55
_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)
_MARK = 9.0
_EVEN = 0.65
_BUTTONS = ["zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]
CONFIG = charts.CONFIG | {"displayModeBar": True, "modeBarButtons": [_BUTTONS]}

Places = dict[str, tuple[float, float]]
Array = npt.NDArray[np.float64]


def draw(countries: pd.DataFrame, pairs: pd.DataFrame, focus: str = "") -> charts.Chart:
    """Draw the countries and what they have in common. Needs at least one pair.

    `countries` has `country`, `events`, `shared` and `partners`; `pairs` has `a`, `b`, `events` and a column a kind.
    """
    drawn = countries[countries["country"].isin({*pairs["a"], *pairs["b"]})]
    sizes = _sizes(drawn)
    labels = _labels(drawn, focus)
    places = place(drawn["country"].tolist(), pairs, sizes, labels, focus)
    height = _height(len(drawn))
    figure = Drawing()
    main = pairs[list(KINDS)].idxmax(axis=1)
    middles = _middles(pairs, places, sizes, labels)
    for kind in KINDS:
        _add_lines(figure, kind, pairs[main == kind], places, int(pairs["events"].max()))
    for kind in KINDS:
        _add_marks(figure, kind, pairs[main == kind], [middles[number] for number in np.flatnonzero(main == kind)])
    _add_nodes(figure, drawn, places, sizes, labels, focus)
    hidden = {"visible": False, "showgrid": False, "zeroline": False}
    figure.update(
        # The buttons stand above the sheet and the legend below it: on a phone both are as wide as the sheet.
        height=int(height) + 100, margin={"l": 4, "r": 4, "t": 34, "b": 4}, dragmode=False, clickmode="event+select",
        hoverdistance=10, hoverlabel={"align": "left"}, hovermode="closest",
        legend={"orientation": "h", "x": 0, "y": 0, "yanchor": "top", "itemclick": False,
                "itemdoubleclick": False},
        xaxis=hidden | {"range": [0, WIDTH]}, yaxis=hidden | {"range": [0, height]},
    )
    first = [f"{geography.name(row.a)} and {geography.name(row.b)} {row.events:,}"
             for row in pairs.head(3).itertuples()]
    return charts.Chart(
        figure,
        f"Network of {wording.count(len(drawn), 'country', 'countries')} with "
        f"{wording.count(len(pairs), 'pair')}; most common events: {wording.listed(first, 'and')}.",
        "Circles: countries, the larger the more events. Lines: common events, the wider the more, in the colour, dash "
        "and mark of their commonest kind. Where a country lies on the sheet means nothing but that it lies near its "
        "partners. Choose a circle to open the country, the mark on a line to open the pair.",
    )


def _height(countries: int) -> float:
    """Return the height of the sheet: a few countries need less of it."""
    return LOW + (HIGH - LOW) * min(countries / 36, 1)


def _sizes(countries: pd.DataFrame) -> dict[str, float]:
    """Return the diameter of each country's circle: its area grows with the number of events."""
    top = max(int(countries["events"].max()), 1)
    return {row.country: 9 + 23 * math.sqrt(row.events / top) for row in countries.itertuples()}


def _labels(countries: pd.DataFrame, focus: str) -> dict[str, str]:
    """Return the label of each country: the name for the most connected where it is short, the code for the rest."""
    ranked = countries.sort_values(["shared", "country"], ascending=[False, True])["country"].tolist()
    named = {*([focus] if focus in ranked else []), *ranked[: NAMED if len(ranked) > 2 * NAMED else 2 * NAMED]}
    short = {code: hover(geography.name(code)) for code in named if len(geography.name(code)) <= _NAME_AT_MOST}
    return {code: short.get(code, code) for code in ranked}


def place(
    countries: Sequence[str], pairs: pd.DataFrame, sizes: Mapping[str, float], labels: Mapping[str, str],
    focus: str = "",
) -> Places:
    """Return where each country lies: partners near one another, no circle or label over another where room allows.

    The same countries and pairs always lie in the same places.
    """
    graph = nx.Graph()
    graph.add_nodes_from(countries)
    graph.add_weighted_edges_from((row.a, row.b, math.sqrt(row.events)) for row in pairs.itertuples())
    # Groups that have nothing to do with the rest would fly off: a weak tie, not drawn, keeps them near.
    groups = sorted((sorted(group) for group in nx.connected_components(graph)), key=len, reverse=True)
    hub = max(groups[0], key=lambda code: (graph.degree(code), code))
    graph.add_weighted_edges_from((hub, group[0], 0.4) for group in groups[1:])
    fixed: dict[str, Any] = {"pos": {focus: (0.0, 0.0)}, "fixed": [focus]} if focus in graph else {}
    if fixed:  # all others begin on a circle, since a layout with fixed places begins where it is told
        others = [code for code in countries if code != focus]
        fixed["pos"] |= {code: (math.cos(turn), math.sin(turn)) for code, turn in zip(
            others, np.linspace(0, 2 * math.pi, len(others), endpoint=False), strict=True)}
    sheet = np.array([WIDTH, _height(len(countries))])
    found = nx.spring_layout(graph, k=2.2 / math.sqrt(max(len(countries), 1)), iterations=250, seed=7, **fixed)
    spots = np.array([found[code] for code in countries], dtype=float)
    spots = np.column_stack([_spread(spots[:, axis]) for axis in (0, 1)]) * sheet
    half = np.array([[max(sizes[code], _LETTER * len(labels[code])) / 2, (sizes[code] + _LINE) / 2]
                     for code in countries])
    room = _FILLED * np.prod(sheet)
    gap = next((wide for wide in _GAPS if np.prod(2 * half + wide, axis=1).sum() <= room), _GAPS[-1])
    spots = _apart(spots, half + gap / 2, sheet)
    spots[:, 1] += _LINE / 2  # the label hangs below its circle
    return {code: (round(float(x), 1), round(float(y), 1)) for code, (x, y) in zip(countries, spots, strict=True)}


def _spread(values: Array) -> Array:
    """Return values between 0 and 1, partly as they lie and partly evenly, so that no crowd and no gap is too great."""
    span = float(np.ptp(values)) or 1.0
    ranks = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    spread: Array = (values - values.min()) / span * (1 - _EVEN) + (ranks + 0.5) / len(values) * _EVEN
    return spread


def _apart(spots: Array, half: Array, sheet: Array) -> Array:
    """Push boxes of these half sizes apart on a sheet until none overlaps another, or no room is left."""
    low, high = half, sheet - half
    for _ in range(400):
        spots = np.clip(spots, low, high)
        gaps = spots[:, None, :] - spots[None, :, :]
        over = half[:, None, :] + half[None, :, :] - np.abs(gaps)
        hit = np.asarray((over > 0.1).all(axis=2))
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        sideways = over[..., 0] < over[..., 1]
        # Two boxes on one spot go apart by their order.
        order = np.sign(np.arange(len(spots))[:, None] - np.arange(len(spots))[None, :])
        push = np.zeros_like(gaps)
        for axis, along in ((0, sideways), (1, ~sideways)):
            way = np.where(gaps[..., axis] == 0, order, np.sign(gaps[..., axis]))
            push[..., axis] = np.where(hit & along, way * over[..., axis] / 2, 0)
        spots = spots + push.sum(axis=1) * 0.6
    kept: Array = np.clip(spots, low, high)
    return kept


def _middles(
    pairs: pd.DataFrame, places: Places, sizes: Mapping[str, float], labels: Mapping[str, str]
) -> list[tuple[float, float]]:
    """Return a place near the middle of each line, off circles, labels and marks of other lines where it can be."""
    taken = [(x, y, sizes[code] / 2 + _MARK / 2 + 1) for code, (x, y) in places.items()]
    words = [(x, y - (sizes[code] + _LINE) / 2, (_LETTER * len(labels[code]) + _MARK) / 2, (_LINE + _MARK) / 2)
             for code, (x, y) in places.items()]
    found = []
    for row in pairs.itertuples():
        (x0, y0), (x1, y1) = places[row.a], places[row.b]
        spots = [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in _PLACES]
        room = [min(*(math.hypot(x - ox, y - oy) - reach for ox, oy, reach in taken),
                    *(max(abs(x - ox) - wide, abs(y - oy) - high) for ox, oy, wide, high in words)) for x, y in spots]
        best = next((number for number, free in enumerate(room) if free > 0), int(np.argmax(room)))
        found.append(spots[best])
        taken.append((*spots[best], _MARK + 1))
    return found


def _add_lines(figure: Drawing, kind: str, pairs: pd.DataFrame, places: Places, top: int) -> None:
    step = [min(int(len(_WIDTHS) * math.log(n + 0.01) / math.log(top + 1)), len(_WIDTHS) - 1) for n in pairs["events"]]
    for level, width in enumerate(_WIDTHS):
        rows = pairs[[one == level for one in step]]
        if rows.empty:
            continue
        xs: list[float | None] = []
        ys: list[float | None] = []
        for row in rows.itertuples():
            (x0, y0), (x1, y1) = places[row.a], places[row.b]
            xs += [x0, x1, None]
            ys += [y0, y1, None]
        figure.add(
            "scatter", x=xs, y=ys, mode="lines", hoverinfo="skip", showlegend=False, opacity=0.72,
            line={"color": charts.KIND_COLOURS[kind], "width": width, "dash": DASHES[kind]},
        )


def _add_marks(figure: Drawing, kind: str, pairs: pd.DataFrame, middles: Sequence[tuple[float, float]]) -> None:
    if pairs.empty:
        return
    marker = {"color": charts.KIND_COLOURS[kind], "symbol": charts.SYMBOLS[kind], "size": _MARK, "opacity": 1,
              "line": {"width": 1, "color": charts.BACKGROUND}}
    figure.add(
        "scatter", x=[x for x, _ in middles], y=[y for _, y in middles], mode="markers", marker=marker,
        showlegend=False, customdata=[[f"{row['a']}{JOINT}{row['b']}", _told(row)] for row in pairs.to_dict("records")],
        hovertemplate="%{customdata[1]}<extra></extra>", unselected={"marker": {"opacity": 1}},
    )
    figure.add(
        "scatter", x=[None], y=[None], mode="lines+markers", name=f"mostly {wording.KINDS_PLURAL[kind].lower()}",
        marker=marker, line={"color": charts.KIND_COLOURS[kind], "width": 2, "dash": DASHES[kind]}, hoverinfo="skip",
    )


def _told(row: Mapping[str, Any]) -> str:
    kinds = " ".join(f"{wording.GLYPHS[kind]} {row[kind]:,}" for kind in KINDS if row[kind])
    return (f"{hover(geography.name(row['a']))} – {hover(geography.name(row['b']))}<br>"
            f"{wording.count(int(row['events']), 'common event')}: {kinds}")


def _add_nodes(
    figure: Drawing, countries: pd.DataFrame, places: Places, sizes: Mapping[str, float], labels: Mapping[str, str],
    focus: str,
) -> None:
    codes = countries["country"].tolist()
    figure.add(
        "scatter", x=[places[code][0] for code in codes], y=[places[code][1] for code in codes],
        mode="markers+text", showlegend=False, text=[labels[code] for code in codes], textposition="bottom center",
        textfont={"size": 11, "color": _INK, "shadow": ", ".join([f"0 0 3px {charts.BACKGROUND}"] * 6)},
        marker={
            "size": [sizes[code] for code in codes], "color": _NODE, "opacity": 1,
            "line": {"width": [3.5 if code == focus else 1.5 for code in codes],
                     "color": [_INK if code == focus else charts.BACKGROUND for code in codes]},
        },
        customdata=[
            [row.country, hover(geography.name(row.country)), wording.count(int(row.events), "event"),
             wording.count(int(row.partners), "partner")] for row in countries.itertuples()
        ],
        hovertemplate="%{customdata[1]}: %{customdata[2]}, %{customdata[3]} here<extra></extra>",
        unselected={"marker": {"opacity": 1}, "textfont": {"color": _INK}},
    )
