"""Data frames to figures."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest
from streamlit.elements.lib import streamlit_plotly_theme as theme

from dashboard import charts, lanes
from dashboard.filters import Filters
from dashboard.query import Archive


@pytest.fixture(scope="module")
def archive(store: Path) -> Archive:
    return Archive(store)


def _marks(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["id", "kind", "date_first", "date_last"])
    for column in ("date_first", "date_last"):
        frame[column] = pd.to_datetime(frame[column])
    return frame.assign(status="occurred", salience="main", date="2020", date_precision="day", title="a title")


def test_the_placeholders_are_those_that_streamlit_colours() -> None:
    names = [theme.CATEGORY_0, theme.CATEGORY_1, theme.CATEGORY_2, theme.CATEGORY_3]
    assert list(charts.KIND_COLOURS.values()) == names
    assert theme.BG_COLOR == charts.BACKGROUND


def test_the_timeline_draws_each_date_as_what_it_is(archive: Archive) -> None:
    chart = charts.timeline(archive.marks(Filters()), undated=2)
    bars = {trace.customdata[0][0]: trace for trace in chart.figure.data if trace.type == "bar"}
    assert set(bars) == {"ev3", "ev5", "ev6"}
    day = 86_400_000
    assert (bars["ev5"].base[0], bars["ev5"].x[0], bars["ev5"].marker.pattern.shape) == ("2020-06-01", 4 * day, "")
    assert (bars["ev3"].base[0], bars["ev3"].x[0], bars["ev3"].marker.pattern.shape) == ("2019-01-01", 365 * day, "/")
    points = {row[0]: trace.marker.symbol[i] for trace in chart.figure.data if trace.type == "scatter"
              for i, row in enumerate(trace.customdata)}
    assert points == {"ev1": "circle", "ev2": "triangle-up-open", "ev3": "diamond", "ev5": "triangle-up",
                      "ev6": "x-thin-open", "ev7": "square"}
    assert "6 events" in chart.alt and "2 events of unknown year" in chart.caption


def test_hover_text_from_a_document_is_not_markup(archive: Archive) -> None:
    text = json.dumps(charts.timeline(archive.marks(Filters())).figure.to_plotly_json(), default=str)
    assert "<img" not in text and "&lt;img" in text


def test_marks_that_would_touch_get_rows_of_their_own() -> None:
    frame = _marks([(f"p{n}", "visit", "2020-03-03", "2020-03-03") for n in range(5)]
                   + [("year", "visit", "2020-01-01", "2020-12-31"), ("far", "visit", "2020-11-11", "2020-11-11")])
    placed, bands = lanes.place(frame, (dt.date(2020, 1, 1), dt.date(2020, 12, 31)))
    heights = dict(zip(placed["id"], placed["y"], strict=True))
    assert len({heights[f"p{n}"] for n in range(5)}) == 5
    assert heights["year"] < min(heights[f"p{n}"] for n in range(5)) == heights["far"]
    visits = next(lane for lane in bands if lane.kind == "visit")
    assert visits.rows == 6 and visits.base < min(heights.values()) and max(heights.values()) < visits.base + visits.height


def test_crowded_lanes_are_pressed_together() -> None:
    frame = _marks([(f"p{n:03}", "visit", "2020-03-03", "2020-03-03") for n in range(200)])
    placed, bands = lanes.place(frame, lanes.window(frame))
    assert placed["y"].nunique() == 200
    assert max(lane.height for lane in bands) <= lanes.ROWS_AT_MOST


def test_the_timeline_opens_on_the_busy_years_and_counts_what_lies_before() -> None:
    frame = _marks([("old", "visit", "1901-01-01", "1901-01-01")]
                   + [(f"p{n}", "visit", f"2020-01-{n:02}", f"2020-01-{n:02}") for n in range(1, 31)])
    first, last = lanes.window(frame)
    assert first.year >= 2019 and last.year == 2020
    assert "1 earlier event to the left" in charts.timeline(frame).caption
    assert lanes.window(frame.head(5))[0].year < 1901, "a handful is always shown whole"


def test_bars_stack_the_kinds_and_carry_their_days(archive: Archive) -> None:
    chart = charts.bars(archive.bins(Filters(), "year"), "year", (dt.date(2020, 1, 1), None))
    visits = next(trace for trace in chart.figure.data if "Visits" in trace.name)
    assert [tuple(row) for row in visits.customdata] == [("2020-01-01", "2020"), ("2021-01-01", "2021")]
    assert "The most in 2021: 3." in chart.alt
    assert len(chart.figure.layout.shapes) == 1


@pytest.mark.parametrize(
    ("unit", "day", "name", "after"),
    [
        ("day", "2024-02-28", "28 February 2024", "2024-02-29"),
        ("week", "2024-02-26", "week of 26 February 2024", "2024-03-04"),
        ("month", "2024-02-01", "February 2024", "2024-03-01"),
        ("quarter", "2024-04-01", "quarter 2 of 2024", "2024-07-01"),
        ("year", "2024-01-01", "2024", "2025-01-01"),
        ("decade", "2020-01-01", "2020s", "2030-01-01"),
    ],
)
def test_bins_have_names_and_ends(unit: str, day: str, name: str, after: str) -> None:
    start = charts.bin_start(day)
    assert (charts.bin_name(start, unit), charts.bin_end(start, unit)) == (name, pd.Timestamp(after))


def test_partners_are_ranked_and_what_is_left_out_is_counted(archive: Archive) -> None:
    chart = charts.partners(archive.partners(Filters(), "NOR"), "NOR", most=1)
    assert chart.figure.data[0].customdata[0][0] == "MLT"
    assert "Malta 2 and Sweden 1" in chart.alt and "1 more" in chart.caption


def test_a_full_timeline_stays_small() -> None:
    frame = _marks([(f"event-{n:012}", "visit", f"20{n % 20:02}-01-03", f"20{n % 20:02}-01-03") for n in range(1200)])
    chart = charts.timeline(frame.assign(title="A title of about sixty characters, which is the usual length."))
    assert len(chart.figure.to_json()) < 300_000
