"""Events as GeoJSON: those whose place has known coordinates; the others are counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extract.exports.about import About
from extract.exports.records import Row, joined


@dataclass(frozen=True, slots=True)
class Point:
    """Where a place lies: its name, its state (alpha-3), latitude and longitude."""

    name: str
    country: str
    lat: float
    lon: float


def to_geojson(rows: Iterable[Row], points: Mapping[str, Point], credit: str, about: About) -> bytes:
    """Return a FeatureCollection with a point for each event of which `points` knows one, by the event's id.

    Its member `readout` says what the file is, to whom the coordinates are owed (`credit`), and how many events have no
    point, since their text tells no place or one that is not known. Each feature has the whole record.
    """
    located: list[str] = []
    without = 0
    for row in rows:
        if row["id"] in points:
            located.append(json.dumps(_feature(row, points[row["id"]]), ensure_ascii=False))
        else:
            without += 1
    told = json.dumps(about.mapping() | {"without_coordinates": without, "coordinates": credit}, ensure_ascii=False)
    return joined(f'{{"type": "FeatureCollection", "readout": {told},\n"features": [\n', located, "\n]}\n")


def _feature(row: Row, point: Point) -> dict[str, object]:
    told = {"point_name": point.name, "point_country": point.country}
    return {
        "type": "Feature", "id": row["id"],
        "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
        "properties": {name: value for name, value in row.items() if name != "id"} | told,
    }
