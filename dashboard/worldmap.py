"""The map of the world: counts by country to a Plotly figure that needs no network."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import charts, geography, wording
from dashboard.escaping import hover

# Placeholders, as in charts: Streamlit puts in the theme's sequential colours.
RAMP = [[step / 9, f"#0000{11 + step}"] for step in range(10)]
HALO = charts.KIND_COLOURS["visit"]
LAND = "rgba(128,128,128,0.22)"
# Plotly asks its own server for country borders when it draws by code, even where it was given shapes: give it nothing.
NO_BORDERS = (
    'data:application/json,{"type":"Topology","arcs":[],"objects":{"countries":{"type":"GeometryCollection",'
    '"geometries":[]},"coastlines":{"type":"GeometryCollection","geometries":[]},"land":{"type":"GeometryCollection",'
    '"geometries":[]},"ocean":{"type":"GeometryCollection","geometries":[]},"lakes":{"type":"GeometryCollection",'
    '"geometries":[]},"rivers":{"type":"GeometryCollection","geometries":[]},"subunits":{"type":"GeometryCollection",'
    '"geometries":[]}}}#'
)
CONFIG = charts.CONFIG | {"topojsonURL": NO_BORDERS}


def world(counts: pd.DataFrame, chosen: Sequence[str] = ()) -> charts.Chart:
    """Draw the countries by number of events. `counts` has `country` and `events`; `chosen` get an outline."""
    drawn = counts[counts["country"].isin(geography.drawn())]
    ids = [feature["id"] for feature in geography.shapes()["features"] if feature["id"] != "ATA"]
    top = max(int(drawn["events"].max()), 2) if len(drawn) else 2
    figure = go.Figure()
    empty = sorted(set(ids) - set(drawn["country"]))
    figure.add_choropleth(
        geojson=_only(empty), locations=empty, z=[0] * len(empty), colorscale=[[0, LAND], [1, LAND]], showscale=False,
        hoverinfo="skip", marker={"line": {"color": charts.BACKGROUND, "width": 0.5}},
    )
    areas = drawn[drawn["country"].isin(ids)]
    figure.add_choropleth(
        geojson=_only(areas["country"]), coloraxis="coloraxis",
        marker={"line": {
            "color": [HALO if code in chosen else charts.BACKGROUND for code in areas["country"]],
            "width": [2.0 if code in chosen else 0.5 for code in areas["country"]],
        }},
        locations=areas["country"].tolist(), z=[math.log10(number) for number in areas["events"]], **_countries(areas),
    )
    small = drawn[drawn["country"].isin(geography.points().keys())]
    figure.add_scattergeo(
        lat=[geography.points()[code][0] for code in small["country"]],
        lon=[geography.points()[code][1] for code in small["country"]],
        mode="markers", showlegend=False, **_countries(small),
        marker={
            "color": [math.log10(number) for number in small["events"]], "coloraxis": "coloraxis",
            "size": [9 + 9 * math.log10(number) / math.log10(top) for number in small["events"]],
            "line": {"width": 1.5, "color": "rgb(128,128,128)"},
        },
    )
    figure.update_layout(
        height=410, margin={"l": 0, "r": 0, "t": 0, "b": 0}, clickmode="event+select", dragmode="pan",
        coloraxis=_colour_axis(top),
        geo={
            "fitbounds": False, "projection": {"type": "natural earth"}, "visible": False, "bgcolor": "rgba(0,0,0,0)",
            "lataxis": {"range": [-57, 84]}, "lonaxis": {"range": [-170, 190]},
        },
    )
    missing = counts[~counts["country"].isin(geography.drawn())]
    first = [f"{geography.name(row.country)} {row.events}" for row in counts.head(3).itertuples()]
    return charts.Chart(
        figure,
        f"World map of {wording.count(len(counts), 'country', 'countries')} by number of events"
        + (f"; most in {wording.listed(first, 'and')}." if first else "."),
        "Logarithmic colours. An event counts once in each country that takes part; organisations are not shown. "
        f"Round marks: states under {geography.SMALL_KM2:,} km². "
        + (f"Not on the map: {', '.join(map(str, missing['country']))}. " if len(missing) else "")
        + "Borders are those of the data set (Natural Earth, Visionscarto) and imply no opinion.",
    )


def _only(codes: Iterable[str]) -> dict[str, Any]:
    """Return the shapes of these countries alone: what is sent to the browser is sent once."""
    wanted = set(codes)
    features = [feature for feature in geography.shapes()["features"] if feature["id"] in wanted]
    return {"type": "FeatureCollection", "features": features}


def _countries(rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "customdata": [[row.country, hover(geography.name(row.country)), row.events] for row in rows.itertuples()],
        "hovertemplate": "%{customdata[1]}: %{customdata[2]:,}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }


def _colour_axis(top: int) -> dict[str, Any]:
    ticks = [number for power in range(9) for number in (10**power, 3 * 10**power) if number < top * 0.45] + [top]
    return {
        "colorscale": RAMP, "cmin": 0, "cmax": math.log10(top),
        "colorbar": {
            "orientation": "h", "y": -0.02, "yanchor": "top", "thickness": 10, "len": 0.7, "outlinewidth": 0,
            "tickangle": 0,
            "tickvals": [math.log10(number) for number in ticks], "ticktext": [f"{number:,}" for number in ticks],
            "title": {"text": "events", "side": "top", "font": {"size": 12}},
        },
    }
