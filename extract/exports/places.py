"""Events as GeoJSON: those whose place has known coordinates; the others are counted."""

from __future__ import annotations

import json
from collections.abc import Iterable

from extract.coordinates import Place, find
from extract.exports.about import About
from extract.exports.records import Row, joined

_CREDIT = "GeoNames (CC BY 4.0), and a table of venues"


def place_of(row: Row) -> Place | None:
    """Return where an event took place, or None where that is not told or not known.

    Where the record tells no state of the place, the states that take part say which city of that name is meant.
    """
    if not row["place"]:
        return None
    return find(row["place"], row["place_country"] or None, tuple(row["countries"]))


def to_geojson(rows: Iterable[Row], about: About) -> bytes:
    """Return a FeatureCollection with a point for each event whose place has known coordinates.

    Its member `readout` says what the file is, to whom the coordinates are owed, and how many events have no point,
    since their text tells no place or one that is not known. Each feature has the whole record.
    """
    located: list[str] = []
    without = 0
    for row in rows:
        point = place_of(row)
        if point:
            located.append(json.dumps(_feature(row, point), ensure_ascii=False))
        else:
            without += 1
    told = json.dumps(about.mapping() | {"without_coordinates": without, "coordinates": _CREDIT}, ensure_ascii=False)
    return joined(f'{{"type": "FeatureCollection", "readout": {told},\n"features": [\n', located, "\n]}\n")


def _feature(row: Row, point: Place) -> dict[str, object]:
    told = {"point_name": point.name, "point_country": point.country}
    return {
        "type": "Feature", "id": row["id"],
        "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
        "properties": {name: value for name, value in row.items() if name != "id"} | told,
    }
