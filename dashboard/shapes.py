"""The shapes of the countries: one file, which the browser fetches once and the figures name by its address."""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from dashboard import geography

FILE = Path(__file__).parent / "static" / "world.geojson"
# Relative, so that it holds wherever the dashboard is served; Streamlit serves the folder `static` under this name.
URL = f"app/static/{FILE.name}"
SMALL_KM2 = 25_000
UNDRAWN = "ATA"
_EARTH_KM = 6371.0
Ring = list[list[float]]


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Return the outer rings of each shape by its id: the country's code, or two joined by a plus sign drawn as one."""
    features: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    return {feature["id"]: _outer_rings(feature["geometry"]) for feature in features}


@cache
def points() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of the countries too small to be seen as a shape, or without one, by code."""
    return _without_shape() | {
        code: anchors()[code] for code, rings in outlines().items()
        if "+" not in code and sum(map(_area, rings)) < SMALL_KM2
    }


@cache
def anchors() -> dict[str, tuple[float, float]]:
    """Return a point that stands for each country, by code: well inside its largest piece of land."""
    return {code: _inside(max(rings, key=_area)) for code, rings in outlines().items()} | _without_shape()


@cache
def _without_shape() -> dict[str, tuple[float, float]]:
    return {code: (float(lat), float(lon)) for code, lat, lon in geography.rows("places.tsv")}


def _outer_rings(geometry: dict[str, Any]) -> tuple[Ring, ...]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(polygon[0] for polygon in polygons)


def _area(ring: Ring) -> float:
    """Return the area of a ring on the sphere in square kilometres (line integral of the sine of the latitude)."""
    total = 0.0
    for (lon, lat), (next_lon, next_lat) in pairwise(ring):
        total += math.radians(next_lon - lon) * (2 + math.sin(math.radians(lat)) + math.sin(math.radians(next_lat)))
    return abs(total) * _EARTH_KM**2 / 2


def _inside(ring: Ring) -> tuple[float, float]:
    """Return latitude and longitude of a ring's centre, or of the middle of its widest part if that lies outside."""
    ring = _whole(ring)
    lon, lat = _centre(ring)
    if any(west < lon < east for west, east in _stretches(ring, lat)):
        return round(lat, 2), round((lon + 180) % 360 - 180, 2)
    south, north = min(lat for _, lat in ring), max(lat for _, lat in ring)
    best = (-1.0, 0.0, 0.0)
    for step in range(5, 16):
        lat = south + (north - south) * step / 20
        for west, east in _stretches(ring, lat):
            # A line near the middle of the land is preferred to one that is hardly wider.
            worth = (east - west) * (1 - abs(step - 10) / 20)
            best = max(best, (worth, lat, (west + east) / 2))
    return round(best[1], 2), round((best[2] + 180) % 360 - 180, 2)


def _stretches(ring: Ring, lat: float) -> list[tuple[float, float]]:
    """Return where a line along a latitude runs inside a ring, from west to east."""
    crossings = sorted(
        lon + (lat - at) / (next_at - at) * (next_lon - lon)
        for (lon, at), (next_lon, next_at) in pairwise(ring) if (at > lat) != (next_at > lat)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


def _centre(ring: Ring) -> tuple[float, float]:
    """Return longitude and latitude of the centre of gravity of a ring in the plane."""
    crosses = [(a[0] * b[1] - b[0] * a[1], a[0] + b[0], a[1] + b[1]) for a, b in pairwise(ring)]
    total = 3 * sum(cross for cross, _, _ in crosses)
    return sum(cross * lon for cross, lon, _ in crosses) / total, sum(cross * lat for cross, _, lat in crosses) / total


def _whole(ring: Ring) -> Ring:
    """Return a ring that crosses the 180th meridian with longitudes that go on beyond it."""
    if max(lon for lon, _ in ring) - min(lon for lon, _ in ring) <= 180:
        return ring
    return [[lon % 360, lat] for lon, lat in ring]
