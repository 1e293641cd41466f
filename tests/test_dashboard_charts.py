"""Data frames to figures."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.elements.lib import streamlit_plotly_theme as theme

from dashboard import charts, lanes, timelines
from dashboard.filters import Filters
from dashboard.query import Archive, countries, events, timeline
from extract.model import KINDS

YEAR = (dt.date(2020, 1, 1), dt.date(2020, 12, 31))
ALL = (dt.date(2019, 1, 1), dt.date(2021, 12, 31))
NAMES = {"meeting": "Meetings", "visit": "Visits", "statement": "Statements", "agreement": "Agreements",
         "planned": "Planned"}


@pytest.fixture(scope="module")
def archive(store: Path) -> Archive:
    return Archive(store)


def _marks(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["id", "kind", "date_first", "date_last"])
    frame["lane"] = frame["kind"]
    for column in ("date_first", "date_last"):
        frame[column] = pd.to_datetime(frame[column])
    return frame.assign(status="occurred", salience="main", date="2020", date_precision="day", title="a title")


def test_the_placeholders_are_those_that_streamlit_colours() -> None:
    names = [theme.CATEGORY_0, theme.CATEGORY_1, theme.CATEGORY_2, theme.CATEGORY_3]
    assert list(charts.KIND_COLOURS.values()) == names
    assert (theme.BG_COLOR, theme.GRAY_90) == (charts.BACKGROUND, charts.INK)


def _chart(archive: Archive, at: str = "") -> charts.Chart:
    marks = timeline.marks(archive, Filters(), "kind", KINDS)
    return timelines.marks(lanes.place(marks, ALL, list(NAMES), 9, at), NAMES, ALL, at)


def _spans(chart: charts.Chart) -> dict[str, Any]:
    return {row[0]: (trace.base[i], trace.x[i], trace.marker.pattern.shape) for trace in chart.figure.checked().data
            if trace.type == "bar" for i, row in enumerate(trace.customdata)}


def test_the_timeline_draws_each_date_as_what_it_is(archive: Archive) -> None:
    chart = _chart(archive)
    bars = _spans(chart)
    assert set(bars) == {"ev2", "ev3", "ev5", "ev6"}
    day = 86_400_000
    assert bars["ev5"] == ("2020-06-01", 4 * day, "") and bars["ev6"] == ("2020-06-01", 30 * day, "/")
    assert bars["ev3"] == ("2019-01-01", 365 * day, "/")
    points = {row[0]: trace.marker.symbol[i] for trace in chart.figure.checked().data if trace.type == "scatter"
              for i, row in enumerate(trace.customdata)}
    assert points == {"ev1": "circle", "ev2": "triangle-up-open", "ev3": "diamond", "ev5": "triangle-up",
                      "ev6": "x-thin-open", "ev7": "square"}
    assert "6 events" in chart.alt and "Hatched bars: some day within that month or year" in chart.caption
    assert "Hollow marks: planned" in chart.caption and "Crosses: cancelled" in chart.caption


def test_planned_events_have_a_lane_of_their_own_below_the_others(archive: Archive) -> None:
    placed = lanes.place(timeline.marks(archive, Filters(), "kind", KINDS), ALL, list(NAMES), 9)
    assert [lane.key for lane in placed.lanes] == ["planned", "agreement", "statement", "visit", "meeting"]
    heights = placed.frame.set_index("id")["y"]
    assert heights["ev2"] < placed.lanes[0].top and heights.drop("ev2").min() > placed.lanes[1].base
    assert heights["ev6"] > placed.lanes[3].base, "a cancelled visit stays among the visits"


def test_an_event_that_is_stepped_to_is_marked(archive: Archive) -> None:
    ring = _chart(archive, "ev1").figure.checked().data[-1]
    assert (ring.name, ring.marker.symbol, len(ring.x)) == ("at", "circle-open", 1)
    assert ring.x[0] == "2021-03-03 12:00" and not any(trace.name == "at" for trace in _chart(archive).figure.checked().data)


def test_hover_text_from_a_document_is_not_markup(archive: Archive) -> None:
    text = json.dumps(_chart(archive).figure.checked().to_plotly_json(), default=str)
    assert "<img" not in text and "&lt;img" in text


def test_marks_that_would_touch_get_lines_of_their_own() -> None:
    frame = _marks([(f"p{n}", "visit", "2020-03-03", "2020-03-03") for n in range(5)]
                   + [("year", "visit", "2020-01-01", "2020-12-31"), ("far", "visit", "2020-11-11", "2020-11-11")])
    placed = lanes.place(frame, YEAR, ["visit"], 9)
    heights = dict(zip(placed.frame["id"], placed.frame["y"], strict=True))
    assert len({heights[f"p{n}"] for n in range(5)}) == 5
    assert heights["year"] < min(heights[f"p{n}"] for n in range(5)) == heights["far"]
    assert placed.lanes[0].lines == 6 and max(heights.values()) < placed.lanes[0].top and not placed.hidden


def test_a_crowded_day_becomes_a_number_and_opens_when_one_comes_closer() -> None:
    frame = _marks([(f"p{n:03}", "visit", "2020-03-03", "2020-03-03") for n in range(60)])
    placed = lanes.place(frame, YEAR, ["visit"], 9, keep="p059")
    assert (len(placed.frame), placed.hidden, placed.lanes[0].lines) == (9, 51, 10)
    assert "p059" in set(placed.frame["id"]), "the event stepped to is always drawn"
    (more,) = placed.more
    assert (more.events, more.first, more.last) == (51, dt.date(2020, 3, 3), dt.date(2020, 3, 3))
    chart = timelines.marks(placed, {"visit": "Visits"}, YEAR)
    number = chart.figure.checked().data[-1]
    assert number.text[0] == "<b>+51</b>" and list(number.customdata[0][:3]) == ["+", "2020-03-03", "2020-03-03"]
    assert "51 more marks" in chart.caption
    day = lanes.place(frame, (dt.date(2020, 3, 3), dt.date(2020, 3, 3)), ["visit"], 9)
    assert not day.hidden and day.frame["x"].nunique() > 5, "side by side within their day"
    start = dt.date(2020, 3, 3).toordinal()
    assert start < day.frame["x"].min() and day.frame["x"].max() < start + 1


def test_a_single_event_too_many_is_drawn_all_the_same() -> None:
    frame = _marks([(f"p{n:03}", "visit", "2020-03-03", "2020-03-03") for n in range(10)])
    placed = lanes.place(frame, YEAR, ["visit"], 9)
    assert placed.frame["y"].nunique() == 10 and not placed.hidden and placed.lanes[0].lines == 10


def test_what_covers_all_days_leaves_room_for_the_days() -> None:
    frame = _marks([(f"y{n}", "visit", "2020-01-01", "2020-12-31") for n in range(30)]
                   + [("day", "visit", "2020-03-03", "2020-03-03")])
    placed = lanes.place(frame, (dt.date(2020, 3, 1), dt.date(2020, 3, 10)), ["visit"], 9)
    assert (len(placed.frame), placed.covering, placed.hidden) == (3, 28, 0) and "day" in set(placed.frame["id"])
    chart = timelines.marks(placed, {"visit": "Visits"}, YEAR)
    assert "Not drawn: 28 marks known only to a month, year or range that holds all these days." in chart.caption


def test_the_marks_of_one_moment_stand_in_one_tower() -> None:
    frame = _marks([(f"p{n}", "visit", f"2020-03-{n:02}", f"2020-03-{n:02}") for n in range(1, 7)])
    placed = lanes.place(frame, (dt.date(2010, 1, 1), dt.date(2020, 12, 31)), ["visit"], 9)
    assert placed.frame["x"].nunique() == 1 and placed.frame["y"].nunique() == 6


def test_what_reaches_beyond_the_axis_is_drawn_at_its_edge() -> None:
    frame = _marks([("year", "visit", "2020-01-01", "2020-12-31"), ("out", "visit", "2020-01-05", "2020-01-05")])
    shown = (dt.date(2020, 3, 1), dt.date(2020, 3, 31))
    placed = lanes.place(frame.assign(date_precision="year"), shown, ["visit"], 9)
    assert list(placed.frame["id"]) == ["year"]
    assert shown[0].toordinal() < placed.frame["x"].iloc[0] < shown[1].toordinal(), "its sign is to be seen"
    (bar,) = _spans(timelines.marks(placed, {"visit": "Visits"}, shown)).values()
    assert bar[:2] == ("2020-02-29", 33 * 86_400_000)


def test_the_timeline_opens_on_the_busy_years() -> None:
    day = dt.date
    busy = {"first": day(1866, 1, 1), "last": day(2024, 2, 28), "early": day(2019, 2, 1), "late": day(2024, 2, 28)}
    assert [end.year for end in lanes.window(busy | {"dated": 100})] == [2018, 2024]
    assert lanes.window(busy | {"dated": 5})[0].year == 1862, "a handful is always shown whole"
    even = {"first": day(2000, 1, 1), "last": day(2024, 1, 1), "early": day(2003, 1, 1), "late": day(2023, 1, 1)}
    assert [end.year for end in lanes.window(even | {"dated": 100})] == [1999, 2024]
    later = busy | {"first": day(2019, 1, 1), "last": day(2150, 1, 1)}
    assert [end.year for end in lanes.window(later | {"dated": 100})] == [2018, 2024]


def test_rows_of_bars_have_the_planned_ones_hollow_in_their_own(archive: Archive) -> None:
    counts = timeline.bins(archive, Filters(), "kind", KINDS, "year", ALL[0])
    chart = timelines.bars(counts, "year", NAMES, ALL, at=dt.date(2020, 6, 1))
    assert len(chart.figure.checked().layout.annotations) == 5 and len({trace.yaxis for trace in chart.figure.checked().data}) == 5
    planned = next(trace for trace in chart.figure.checked().data if trace.yaxis == "y5")
    assert planned.marker.color == "rgba(0,0,0,0)" and list(planned.customdata[0]) == ["2021-01-01", "2021", "2021-12-31"]
    visits = next(trace for trace in chart.figure.checked().data if trace.yaxis == "y2")
    assert list(visits.y) == [2] and visits.marker.color == charts.KIND_COLOURS["visit"]
    assert "The most in 2021: 3." in chart.alt and "Hollow bars: planned" in chart.caption
    assert timelines.bars(counts, "year", NAMES, ALL, compact=True).figure.checked().layout.height <= 310
    narrow = timelines.bars(counts, "year", NAMES, (dt.date(2020, 1, 1), dt.date(2020, 12, 31)))
    assert {day[0] for trace in narrow.figure.checked().data for day in trace.customdata} == {"2020-01-01"}


def test_bars_of_countries_explain_the_signs_of_the_kinds(archive: Archive) -> None:
    counts = timeline.bins(archive, Filters(), "country", ("NOR",), "year", ALL[0])
    chart = timelines.bars(counts, "year", {"NOR": "Norway"}, ALL)
    assert [trace.name for trace in chart.figure.checked().data if trace.type == "scatter"] == list(timelines.wording.KINDS_PLURAL.values())


def test_bars_stack_the_kinds_and_carry_their_days(archive: Archive) -> None:
    chart = charts.bars(events.bins(archive, Filters(), "year"), "year", (dt.date(2020, 1, 1), None))
    visits, planned = (trace for trace in chart.figure.checked().data if "Visits" in trace.name)
    assert [tuple(row) for row in visits.customdata] == [("2020-01-01", "2020", "2020-12-31")]
    assert [tuple(row) for row in planned.customdata] == [("2021-01-01", "2021", "2021-12-31")]
    assert planned.marker.color == "rgba(0,0,0,0)" and not planned.showlegend
    assert "The most in 2021: 3." in chart.alt and "Hollow bars: planned" in chart.caption
    assert len(chart.figure.checked().layout.shapes) == 2


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
    chart = charts.partners(countries.partners(archive, Filters(), "NOR"), "NOR", most=1)
    assert chart.figure.checked().data[0].customdata[0][0] == "MLT"
    assert "Malta 2 and Sweden 1" in chart.alt and "1 more" in chart.caption


def test_a_full_timeline_stays_small() -> None:
    days = pd.date_range("2001-01-01", periods=1200, freq="6D").strftime("%Y-%m-%d")
    frame = _marks([(f"event-{n:012}", KINDS[n % 4], day, day) for n, day in enumerate(days)])
    frame = frame.assign(title="A title of about sixty characters, which is the usual length.", date=days)
    shown = (dt.date(2001, 1, 1), dt.date(2020, 12, 31))
    placed = lanes.place(frame, shown, list(KINDS), 9)
    assert len(placed.frame) + placed.hidden == 1200
    assert len(timelines.marks(placed, NAMES, shown).figure.checked().to_json()) < 250_000
