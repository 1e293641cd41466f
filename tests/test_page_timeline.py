"""The timeline page without a browser: rows, ways back, steps, the tray, odd addresses, and many events."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import timespan
from dashboard.filters import Filters
from dashboard.query import Archive, timeline
from extract.model import KINDS, Document
from extract.record import Event, Source
from extract.store import ArticleRow, Store, write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
SUBTYPES = {"meeting": "talks", "visit": "visit", "statement": "remarks", "agreement": "signing"}


@pytest.fixture
def run(store: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def started(folder: Path = store, **params: str) -> AppTest:
        monkeypatch.setenv("READOUT_STORE", str(folder))
        app = AppTest.from_file(APP, default_timeout=60)
        for key, value in ({"view": "timeline"} | params).items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return started


def _figure(app: AppTest, number: int = -1) -> dict[str, Any]:
    figure: dict[str, Any] = json.loads(app.get("plotly_chart")[number].proto.spec)
    return figure


def _names(app: AppTest) -> list[str]:
    return [note["text"] for note in _figure(app)["layout"]["annotations"]]


def _trees(app: AppTest) -> str:
    return "\n".join(json.dumps(json.loads(element.proto.json), ensure_ascii=False)
                     for element in app.get("bidi_component"))


def _address(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[-1] for key, value in app.query_params.items()}


def _captions(app: AppTest) -> str:
    return "\n".join(str(caption.value).replace("\\", "") for caption in app.caption)


def test_rows_of_kinds_name_their_numbers_and_lead_to_the_events(run: Any) -> None:
    names = _names(run())
    assert len(names) == 5 and names[0].startswith("○ Planned")
    visits = next(name for name in names if "Visits" in name)
    assert ">2</a>" in visits and "kinds=visit" in visits and "status=occurred%2Ccancelled" in visits
    assert "precision=day%2Crange%2Cmonth%2Cyear" in visits, "the undated are not among those counted"


def test_rows_of_countries_and_pairs_lead_to_their_pages(run: Any) -> None:
    app = run(by="country", kinds="visit,agreement,meeting")
    names = _names(app)
    assert any("view=country&country=NOR" in name and ">Norway</a>" in name for name in names)
    assert "most active" not in _captions(app)
    pairs = _names(run(by="pair"))
    assert any("view=pair&a=MLT&b=NOR" in name and ">Malta – Norway</a>" in name for name in pairs)
    odd = run(by="moon")
    assert "“by” knows no moon" in odd.warning[0].value.replace("\\", "") and any("Visits" in name for name in _names(odd))


def test_the_rows_are_chosen_and_stand_in_the_address(run: Any) -> None:
    app = run()
    app.button_group(key="timeline_by").set_value("country").run()
    assert _address(app)["by"] == "country" and any("country=NOR" in name for name in _names(app))


def test_chosen_dates_are_the_axis_and_there_are_ways_back(run: Any) -> None:
    app = run(**{"from": "2020-06-01", "to": "2020-06-30"})
    assert _figure(app)["layout"]["xaxis"]["range"] == ["2020-06-01", "2020-07-01"]
    app.button(key="out_timeline").click().run()
    assert (_address(app)["from"], _address(app)["to"]) == ("2020-05-17", "2020-07-15")
    app.button(key="later_timeline").click().run()
    assert (_address(app)["from"], _address(app)["to"]) == ("2020-07-16", "2020-09-13")
    assert "No events" in str([info.value for info in app.info]) or "None of the 8 events" in app.info[0].value
    app = run(**{"from": "2020-06-01", "to": "2020-06-30"})
    app.button(key="all_timeline").click().run()
    assert "from" not in _address(app)
    assert not [button for button in app.button if button.key == "all_timeline"]


def test_steps_go_through_the_events_that_fit(run: Any) -> None:
    app = run(kinds="visit")
    assert app.button(key="at_Newer").disabled
    app.button(key="at_Older").click().run()
    assert _address(app)["at"] == "ev2" and "Event 1 of 3" in _captions(app)
    assert [trace["name"] for trace in _figure(app)["data"]][-1] == "at"
    assert "May 2021: known to the month (from: stated)" in _trees(app)
    app.button(key="at_Older").click().run()
    assert _address(app)["at"] == "ev6"
    app.button(key="at_none").click().run()
    assert "at" not in _address(app)
    assert "does not fit the filters" in _captions(run(at="ev1", kinds="visit"))
    assert "does not fit the filters" in _captions(run(at="no such event"))
    assert "it has no place on the axis" in _trees(run(at="ev4"))


def test_events_of_unknown_year_lie_in_a_tray(run: Any) -> None:
    trees = _trees(run())
    assert "30 December, year not known" in trees and '"precision": "unknown"' in trees
    dated = run(**{"from": "2021-01-01"})
    assert "30 December, year not known" in _trees(dated), "they may belong to any dates"
    only = run(precision="unknown")
    assert not only.get("plotly_chart") and "A speech without a state" in _trees(only)
    assert "Events of unknown year" not in _trees(run(kinds="visit"))


def _many(folder: Path, number: int) -> Path:
    """Write a store of made-up events: most of them late, a few of great age, some planned, some without a year."""
    chance, text = random.Random(7), "The ministers met. " * 9
    codes = ["CHN", "RUS", "USA", "FRA", "DEU", "GBR", "NOR", "SWE", "MLT", "SLE", "VNM", "JPN"]
    events = []
    for n in range(number):
        kind = KINDS[n % 4]
        year = 1866 if n == 5 else 2024 - int(abs(chance.gauss(0, 12)))
        day = dt.date(year, 1, 1) + dt.timedelta(days=chance.randrange(365))
        date = chance.choice([day.isoformat()] * 7 + [day.isoformat()[:7], str(year), "XXXX"])
        events.append(Event(
            id=f"e{n}", kind=kind, subtype=SUBTYPES[kind], status="planned" if n % 20 == 0 else "occurred",
            salience="main", date=date, date_basis="stated", countries=tuple(sorted(set(chance.sample(codes, 2)))),
            organizations=(), actors=(), place=None, title=f"A made-up event with the number {n}", confidence=0.9,
            sources=(Source("d.txt", 0, 18, text[:18], 0, "made up"),),
        ))
    document = Document("d.txt", text, hashlib.sha256(text.encode()).hexdigest(), "A title", publisher="The Example")
    write_store(folder, Store((document,), (ArticleRow("d.txt", 0, 0, len(text), "A", "2021-03-03", "header"),),
                              tuple(events), "made up"))
    return folder


@pytest.mark.parametrize("by", timeline.WAYS)
def test_many_events_become_bars_and_stay_small(tmp_path: Path, run: Any, by: str) -> None:
    app = run(_many(tmp_path / "many", 6000), by=by)
    figure = _figure(app)
    assert by == "pair" or {trace["type"] for trace in figure["data"] if trace["x"] != [None]} == {"bar"}
    assert sum(len(app.get("plotly_chart")[n].proto.spec) for n in (0, 1)) < 250_000
    begins = figure["layout"]["xaxis"]["range"][0]
    assert begins > "1970", "one event of 1866 does not squeeze the rest"
    assert any("earlier: 1866 to" in button.label for button in app.button)
    assert by == "kind" or "more have no row" in _captions(app)
    close = run(tmp_path / "many", by=by, **{"from": "2024-03-01", "to": "2024-03-10"})
    assert any(trace["type"] == "scatter" and trace["x"] != [None] for trace in _figure(close)["data"]), "marks again"
    assert "known only to a month, year or range that holds all these days" in _captions(close)
    old = run(tmp_path / "many", by=by, **{"from": "1860-01-01", "to": "1870-12-31"})
    assert _figure(old)["layout"]["xaxis"]["range"] == ["1860-01-01", "1871-01-01"]


def test_questions_stay_fast(tmp_path: Path) -> None:
    archive = Archive(_many(tmp_path / "many", 20_000))
    began = time.perf_counter()
    for by in timeline.WAYS:
        keys = tuple(timeline.lanes(archive, Filters(), by)["lane"].head(8))
        bins = timeline.bins(archive, Filters(), by, keys, "year", dt.date(1980, 1, 1))
        assert set(bins["lane"]) == {*keys, "planned"}
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    ("gesture", "days"),
    [
        ({"what": "range", "edges": ["2024-03-05 10:00:00.1", "2024-02-01"], "days": [], "bars": []},
         ("2024-02-01", "2024-03-05")),
        ({"what": "range", "edges": ["2024-02-01 05:00", "2024-03-05 00:00"], "days": ["2024-01-30", "2024-02-28"]},
         ("2024-01-30", "2024-03-04")),
        ({"what": "range", "edges": ["2024-02-01", "2024-03-05"], "bars": ["2024-01-01", "2024-03-31"]},
         ("2024-01-01", "2024-03-31")),
        ({"what": "range", "edges": ["somewhere", 3]}, None),
        ({"what": "range"}, None),
        ({"what": "mark", "mark": ["+", "2024-02-01", "2024-02-09", "3 more"]}, ("2024-02-01", "2024-02-09")),
        ({"what": "mark", "mark": ["2024-01-01", "2024", "2024-12-31"]}, ("2024-01-01", "2024-12-31")),
    ],
)
def test_gestures_choose_days(
    gesture: dict[str, Any], days: tuple[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[dt.date] = []
    monkeypatch.setattr(timespan, "choose", lambda *found: chosen.extend(found))
    timespan.done(gesture)
    assert chosen == [dt.date.fromisoformat(day) for day in days or ()]


def test_a_wider_range_that_holds_all_is_all_dates() -> None:
    whole = (dt.date(2019, 1, 1), dt.date(2021, 12, 31))
    assert timespan.moved((dt.date(2020, 1, 1), dt.date(2020, 1, 10)), whole, factor=2) == (
        dt.date(2019, 12, 27), dt.date(2020, 1, 15))
    assert timespan.moved((dt.date(2019, 6, 1), dt.date(2021, 6, 30)), whole, factor=2) is None
    assert timespan.moved((dt.date(1500, 1, 1), dt.date(1500, 1, 10)), whole, -1) == (
        dt.date(1500, 1, 1), dt.date(1500, 1, 10))
