"""The charts of a report, with what they need from outside a figure: the shapes of the countries and the colours."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from dashboard import lanes, shapes, timelines, timespan, wording, worldmap
from dashboard.charts import BACKGROUND, Chart
from dashboard.filters import Filters
from dashboard.query import Archive, countries, events, timeline
from extract.model import KINDS

_THEME = Path(__file__).parents[1] / ".streamlit" / "config.toml"
_LINES = 12
_MAP = 480
# What Streamlit does not tell in its theme: ground, ink and lines of the page, as report.css has them too.
_GROUNDS = {"light": ("#ffffff", "#1d1d20", "#d9d9de"), "dark": ("#131417", "#ececf0", "#3a3b42")}
_INK = worldmap.INK
_IN_TABLE = "to see its events in the table"
_GESTURES = {
    "to open its event; drag over days to see only those": "to go to its quotes",
    "choose one to come closer": f"choose one {_IN_TABLE}",
    "Choose a bar, or drag over several, to come closer": f"Choose a bar {_IN_TABLE}",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart of the report: the name of its place on the page, its heading, and the chart."""

    name: str
    heading: str
    chart: Chart


def draw(archive: Archive, chosen: Filters) -> list[Drawn]:
    """Draw the timeline of the events that fit, where any is dated, and their countries on a map, where any is told."""
    found = []
    totals = events.totals(archive, chosen)
    if totals["dated"]:
        found.append(Drawn("timeline", "Timeline", _timeline(archive, chosen, totals)))
    counts = countries.by_country(archive, chosen)
    if len(counts):
        found.append(Drawn("map", "Map", _high(worldmap.world(counts))))
    return found


def _high(drawn: Chart) -> Chart:
    """Give the map a height, which on a page of the dashboard its frame has."""
    caption = f"Choose a country {_IN_TABLE}. {drawn.caption}"
    return replace(drawn, figure=drawn.figure.having(height=_MAP), caption=caption)


def _timeline(archive: Archive, chosen: Filters, totals: dict[str, Any]) -> Chart:
    """Draw a mark for each event by kind, or bars of their numbers where there are too many to tell apart."""
    days = timespan.shown(chosen, timeline.span(archive, chosen))
    counted = timeline.lanes(archive, chosen, "kind")
    names = {kind: f"{wording.GLYPHS[kind]} {wording.KINDS_PLURAL[kind]} {number:,}"
             for kind, number in counted.itertuples(index=False)}
    planned = totals["dated"] - int(counted["events"].sum())
    if planned:
        names[timeline.PLANNED] = f"○ Planned {planned:,}"
    drawn = None
    if totals["dated"] <= timespan.MARKS_AT_MOST:
        placed = lanes.place(timeline.marks(archive, chosen, "kind", KINDS), days, list(names), _LINES)
        if placed.hidden * 2 <= len(placed.frame):
            drawn = timelines.marks(placed, names, days)
    if drawn is None:
        unit = events.grain(*days, at_most=timespan.BARS_ACROSS)
        counts = timeline.bins(archive, chosen, "kind", KINDS, unit, days[0])
        drawn = timelines.bars(counts, unit, names, days, False, None)
    undated = totals["events"] - totals["dated"]
    left = f" Not drawn: {wording.count(undated, 'event')} of unknown year." if undated else ""
    outside = f" Shown: {wording.day(days[0])} to {wording.day(days[1])}."
    return replace(drawn, caption=_as_here(drawn.caption) + outside + left)


def _as_here(caption: str) -> str:
    """Say what choosing a mark does on this page, where the dashboard's charts do other things."""
    for there, here in _GESTURES.items():
        caption = caption.replace(there, here)
    return caption


@cache
def palettes() -> dict[str, dict[str, str]]:
    """Return the colours that stand in the place of the figures' placeholders, for the schemes `light` and `dark`."""
    theme = tomllib.loads(_THEME.read_text(encoding="utf-8"))["theme"]
    found = {}
    for scheme, (ground, ink, line) in _GROUNDS.items():
        kinds, ramp = theme[scheme]["chartCategoricalColors"], theme[scheme]["chartSequentialColors"]
        found[scheme] = {BACKGROUND: ground, _INK: ink, "line": line}
        found[scheme] |= {f"#{number:06d}": colour for number, colour in enumerate(kinds, 1)}
        found[scheme] |= {f"#{number:06d}": colour for number, colour in enumerate(ramp, 11)}
    return found


def assets() -> dict[str, Any]:
    """Return what the figures would fetch: the shapes by the address that they name, and the empty borders."""
    nothing = worldmap.NO_BORDERS.partition(",")[2].removesuffix("#")
    return {"shapes": {shapes.URL: json.loads(shapes.FILE.read_text(encoding="utf-8"))}, "borders": json.loads(nothing)}
