"""Maps: counts by country or place to Plotly figures that name the shapes by their address and need no other host."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import pandas as pd

from dashboard import borders, charts, geography, shapes, wording
from dashboard.drawing import Drawing
from dashboard.escaping import hover

# Placeholders, as in charts: Streamlit puts in the theme's sequential colours.
RAMP = [[step / 9, f"#0000{11 + step}"] for step in range(10)]
INK = "#000037"
HALO = charts.KIND_COLOURS["visit"]
LAND = "rgba(128,128,128,0.22)"
RIM = "rgb(128,128,128)"
# Plotly asks its own server for country borders when it draws by code, even where it was given shapes: give it nothing.
NO_BORDERS = (
    'data:application/json,{"type":"Topology","arcs":[],"objects":{"countries":{"type":"GeometryCollection",'
    '"geometries":[]},"coastlines":{"type":"GeometryCollection","geometries":[]},"land":{"type":"GeometryCollection",'
    '"geometries":[]},"ocean":{"type":"GeometryCollection","geometries":[]},"lakes":{"type":"GeometryCollection",'
    '"geometries":[]},"rivers":{"type":"GeometryCollection","geometries":[]},"subunits":{"type":"GeometryCollection",'
    '"geometries":[]}}}#'
)
CONFIG = charts.CONFIG | {"topojsonURL": NO_BORDERS}
STILL = CONFIG | {"displayModeBar": False, "staticPlot": True}
HEIGHT_OF_PLACE = 180
_TINT = RAMP[2][1]
_WIDTHS = 5
_LARGEST_MARK = 30
PLACES_AT_MOST = 1000
_SCALE = "Logarithmic colours. "
_COUNTED = "An event counts once in each country that takes part; organisations are not shown. "
_SMALL = f"Round marks: states under {shapes.SMALL_KM2:,} km². "


def world(
    counts: pd.DataFrame, chosen: Sequence[str] = (), joined: borders.Joined = borders.DEFAULT, compact: bool = False
) -> charts.Chart:
    """Draw the countries by number of events. `counts` has `country` and `events`; `chosen` get an outline.

    `joined` are the lands drawn as part of another state. A `compact` map has fewer words.
    """
    figure = _figure()
    top = _add_counts(figure, counts, chosen, joined, names=not compact)
    figure.update(coloraxis=_colour_axis(top, "" if compact else "events, logarithmic scale"))
    said = f"World map of {wording.count(len(counts), 'country', 'countries')} by number of events"
    short = f"{_SCALE}An event counts once in each country that takes part. "
    return charts.Chart(
        figure, said + _most(counts), short + "Borders imply no opinion." if compact else _SCALE + _COUNTED + _SMALL
    )


def partners(
    counts: pd.DataFrame, country: str, joined: borders.Joined = borders.DEFAULT
) -> charts.Chart:
    """Draw the partners of one country by number of common events, with a line to each. `counts` as in `world`."""
    figure = _figure()
    top = _add_counts(figure, counts, (country,), joined)
    _add_lines(figure, counts, country, top)
    figure.update(coloraxis=_colour_axis(top, "common events, logarithmic scale"))
    name = geography.name(country)
    return charts.Chart(
        figure,
        f"World map of the {wording.count(len(counts), 'partner')} of {name} by number of common events{_most(counts)}",
        f"{_SCALE}Lines lead from {name} (outlined) to each partner, the wider the more events they have in common "
        "(five widths, logarithmic); they follow the shortest way over the globe and are no routes. An event of "
        f"several countries counts once for each partner. {_SMALL}",
    )


def places(counts: pd.DataFrame, chosen: str = "") -> charts.Chart:
    """Draw the places by number of events. `counts` has `spot`, `name`, `country`, `lat`, `lon` and `events`."""
    figure = _figure()
    _add_land(figure, borders.drawn(borders.DEFAULT).values())
    top = max(int(counts["events"].max()), 2) if len(counts) else 2
    ordered = counts.sort_values("events", ascending=False).head(PLACES_AT_MOST)
    figure.add(
        "scattergeo", lat=ordered["lat"].tolist(), lon=ordered["lon"].tolist(), mode="markers", showlegend=False,
        customdata=[
            [row.spot, hover(f"{row.name}, {geography.name(row.country)}"), row.events]
            for row in ordered.itertuples(index=False)
        ],
        marker={
            "color": [math.log10(number) for number in ordered["events"]], "coloraxis": "coloraxis", "opacity": 0.9,
            "size": ordered["events"].tolist(), "sizemode": "area", "sizeref": 2 * top / _LARGEST_MARK**2, "sizemin": 4,
            "line": {
                "width": [3.0 if spot == chosen else 1.0 for spot in ordered["spot"]],
                "color": [HALO if spot == chosen else RIM for spot in ordered["spot"]],
            },
        },
        **_HOVER,
    )
    figure.update(coloraxis=_colour_axis(top, "events, logarithmic scale"))
    first = [f"{row.name} {row.events}" for row in ordered.head(3).itertuples(index=False)]
    return charts.Chart(
        figure,
        f"World map of {wording.count(len(counts), 'place')} by number of events"
        + (f"; most in {wording.listed(first, 'and')}." if first else "."),
        (f"Only the {PLACES_AT_MOST:,} places with most events are drawn. " if len(counts) > PLACES_AT_MOST else "")
        + f"{_SCALE}The area of a mark grows with the number of events. Only cities and venues have a mark; "
        "coordinates: GeoNames (CC BY 4.0).",
    )


def place_map(lat: float, lon: float, name: str, countries: Sequence[str] = ()) -> charts.Chart:
    """Draw one place within its surroundings; the `countries` that take part are tinted."""
    figure = _figure(HEIGHT_OF_PLACE)
    drawn = borders.drawn(borders.DEFAULT)
    tinted = [drawn[code] for code in countries if code in drawn]
    _add_land(figure, [shape for shape in drawn.values() if shape not in tinted])
    if tinted:
        figure.add(
            "choropleth", geojson=shapes.URL, locations=tinted, z=[0] * len(tinted),
            colorscale=[[0, _TINT], [1, _TINT]], showscale=False, hoverinfo="skip",
            marker={"line": {"color": charts.BACKGROUND, "width": 0.8}},
        )
    figure.add(
        "scattergeo", lat=[lat], lon=[lon], mode="markers+text", text=[hover(name, 40, 1)], textposition="top center",
        textfont={"color": INK, "size": 13},
        hoverinfo="skip", showlegend=False,
        marker={"size": 11, "color": HALO, "line": {"width": 1.5, "color": charts.BACKGROUND}},
    )
    reach = 14 * math.cos(math.radians(lat))
    figure.update(geo={
        "projection": {"type": "mercator", "rotation": {"lon": lon}},
        "lataxis": {"range": [lat - reach, lat + reach]}, "lonaxis": {"range": [lon - 32, lon + 32]},
    })
    shown = [geography.name(code) for code in countries]
    return charts.Chart(
        figure,
        f"Map of the surroundings of {name}" + (f", with {wording.listed(shown, 'and')} tinted." if shown else "."),
        "Coordinates: GeoNames (CC BY 4.0). Borders imply no opinion.",
    )


def _figure(height: int | None = None) -> Drawing:
    """Return an empty map; without a height of its own it takes that of its frame on the page."""
    figure = Drawing()
    figure.update(
        height=height, margin={"l": 0, "r": 0, "t": 0, "b": 0}, clickmode="event+select", dragmode="pan",
        geo={
            "fitbounds": False, "projection": {"type": "natural earth"}, "visible": False, "bgcolor": "rgba(0,0,0,0)",
            "lataxis": {"range": [-57, 84]}, "lonaxis": {"range": [-170, 190]},
        },
    )
    return figure


def _add_land(figure: Drawing, locations: Iterable[str], names: dict[str, str] | None = None) -> None:
    """Draw shapes in grey; those of which `names` knows the country say that it has no events and can be chosen."""
    ids = sorted(locations)
    said: dict[str, Any] = {"hoverinfo": "skip"}
    if names is not None:
        said = _HOVER | {
            "customdata": [[names.get(shape, ""), hover(borders.land(names.get(shape, shape)))] for shape in ids],
            "hovertemplate": "%{customdata[1]}: no events<extra></extra>",
        }
    figure.add(
        "choropleth", geojson=shapes.URL, locations=ids, z=[0] * len(ids), colorscale=[[0, LAND], [1, LAND]],
        showscale=False, marker={"line": {"color": charts.BACKGROUND, "width": 0.5}}, **said,
    )


def _add_counts(
    figure: Drawing, counts: pd.DataFrame, chosen: Collection[str], joined: borders.Joined, names: bool = True
) -> int:
    """Draw the countries in the colours of their numbers, the chosen outlined; returns the number of the top colour."""
    drawn, small = borders.drawn(joined), borders.small(joined)
    shown = counts[counts["country"].isin(drawn.keys() | small.keys())]
    top = max(int(shown["events"].max()), 2) if len(shown) else 2
    areas = shown[shown["country"].isin(drawn.keys())]
    coloured = set(areas["country"])
    bare = {shape: code if geography.is_code(code) else "" for code, shape in drawn.items() if code not in coloured}
    _add_land(figure, bare, bare if names else None)
    figure.add(
        "choropleth", geojson=shapes.URL, coloraxis="coloraxis", locations=[drawn[code] for code in areas["country"]],
        z=[math.log10(number) for number in areas["events"]],
        marker={"line": {"color": charts.BACKGROUND, "width": 0.5}}, **_countries(areas),
    )
    if outlined := [drawn[code] for code in chosen if code in drawn]:
        # On top of all others, so that no neighbour covers half of the line.
        figure.add(
            "choropleth", geojson=shapes.URL, locations=outlined, z=[0] * len(outlined), showscale=False,
            hoverinfo="skip", colorscale=[[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
            marker={"line": {"color": HALO, "width": 2}},
        )
    dots = shown[shown["country"].isin(small.keys())]
    figure.add(
        "scattergeo", lat=[small[code][0] for code in dots["country"]],
        lon=[small[code][1] for code in dots["country"]],
        mode="markers", showlegend=False, **_countries(dots),
        marker={
            "color": [math.log10(number) for number in dots["events"]], "coloraxis": "coloraxis",
            "size": [8 + 8 * math.log10(number) / math.log10(top) for number in dots["events"]],
            "line": {
                "width": [2.5 if code in chosen else 1.5 for code in dots["country"]],
                "color": [HALO if code in chosen else RIM for code in dots["country"]],
            },
        },
    )
    return top


def _add_lines(figure: Drawing, counts: pd.DataFrame, country: str, top: int) -> None:
    """Draw great circles from a country to its partners: one trace a width, since a trace has one width."""
    ends = shapes.anchors()
    if country not in ends:
        return
    reach = counts[counts["country"].isin(ends.keys())]
    step = [min(int(_WIDTHS * math.log10(number) / math.log10(top + 1)), _WIDTHS - 1) for number in reach["events"]]
    for width in sorted(set(step)):
        codes = [code for code, own in zip(reach["country"], step, strict=True) if own == width]
        figure.add(
            "scattergeo", lat=[lat for code in codes for lat in (ends[country][0], ends[code][0], None)],
            lon=[lon for code in codes for lon in (ends[country][1], ends[code][1], None)],
            mode="lines", hoverinfo="skip", showlegend=False, opacity=0.65,
            line={"width": 0.7 + 0.8 * width, "color": HALO},
        )


_HOVER: dict[str, Any] = {
    "hovertemplate": "%{customdata[1]}: %{customdata[2]:,}<extra></extra>",
    "unselected": {"marker": {"opacity": 1}},
}


def _countries(rows: pd.DataFrame) -> dict[str, Any]:
    return _HOVER | {
        "customdata": [[row.country, hover(geography.name(row.country)), row.events] for row in rows.itertuples()],
    }


def _most(counts: pd.DataFrame) -> str:
    first = [f"{geography.name(row.country)} {row.events:,}" for row in counts.head(3).itertuples()]
    return f"; most with {wording.listed(first, 'and')}." if first else "."


def _colour_axis(top: int, title: str) -> dict[str, Any]:
    steps = (1, 3) if top < 3000 else (1,)  # more and longer numbers would not stand beside each other
    ticks = [step * 10**power for power in range(9) for step in steps if step * 10**power < top * 0.4] + [top]
    return {
        "colorscale": RAMP, "cmin": 0, "cmax": math.log10(top),
        "colorbar": {
            "orientation": "h", "y": -0.02, "yanchor": "top", "thickness": 10, "len": 0.7, "outlinewidth": 0,
            "tickangle": 0,
            "tickvals": [math.log10(number) for number in ticks], "ticktext": [f"{number:,}" for number in ticks],
            "title": {"text": title, "side": "top", "font": {"size": 12}},
        },
    }
