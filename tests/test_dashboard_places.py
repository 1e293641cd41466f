"""Places: finding their coordinates, counting their events, and the layer of the map that shows them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import HOSTILE, ROOT, made_up_store
from streamlit.testing.v1 import AppTest

from dashboard import geography
from dashboard.filters import Filters
from dashboard.query import Archive, places
from extract import coordinates
from extract.gazetteer import read_table
from extract.store import write_store

APP = str(ROOT / "dashboard" / "app.py")
EVERYTHING = Filters()


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose events tell places of many sorts, with and without the state in which they lie."""
    told = {
        "ev1": ("Valletta", "MLT"), "ev2": ("Valletta", None), "ev3": ("Sweden", "SWE"), "ev4": ("Springfield", "USA"),
        "ev5": ("Lima", None), "ev6": ("Geneva", "CHE"), "ev7": (HOSTILE, None), "ev8": (None, None),
    }
    made = made_up_store()
    events = tuple(
        replace(event, place=told[event.id][0], place_country=told[event.id][1]) for event in made.events
    )
    folder = tmp_path_factory.mktemp("places") / "store"
    write_store(folder, replace(made, events=events))
    return folder


@pytest.mark.parametrize(
    ("name", "country", "takers", "found"),
    [
        ("Beijing", "CHN", (), "Beijing CHN"),
        ("Xi'an", "CHN", (), "Xi’an CHN"),
        ("Malé", "MDV", (), "Male MDV"),
        ("the Hague", "NLD", (), "The Hague NLD"),
        ("St. Petersburg", "RUS", (), "Saint Petersburg RUS"),
        ("Kiev", "UKR", (), "Kyiv UKR"),
        ("Washington, D.C.", "USA", (), "Washington USA"),
        ("Hong Kong", "CHN", (), "Hong Kong HKG"),
        ("Singapore", "SGP", (), "Singapore SGP"),
        ("Pristina", "XKX", (), "Pristina XKX"),
        ("White House", "USA", (), "White House USA"),
        ("Shannon", None, ("IRL", "UKR"), "Shannon IRL"),
        ("San José", None, ("CRI", "USA"), "San José CRI"),
        ("Moscow", None, ("CHN", "USA"), "Moscow RUS"),
        ("Tokyo", None, (), "Tokyo JPN"),
        ("Geneva", None, ("USA",), None),
        ("Odessa", None, ("UKR", "USA"), None),
        ("Springfield", "USA", (), None),
        ("Taizhou", "CHN", (), None),
        ("Davos", None, ("IND",), None),
        ("Norway", "NOR", (), None),
        ("Mexico", "MEX", (), None),
        ("Republic of South Africa", "ZAF", (), None),
        ("Georgia", "USA", (), None),
        ("Virginia", "USA", (), None),
        ("Jiangxi", "CHN", (), None),
        ("Nowhere", "NOR", (), None),
        (HOSTILE, None, ("MLT", "NOR"), None),
        (" ", "NOR", (), None),
    ],
)
def test_a_place_is_found_where_it_is_sure(name: str, country: str | None, takers: tuple[str, ...], found: str) -> None:
    place = coordinates.find(name, country, takers)
    assert (f"{place.name} {place.country}" if place else None) == found


def test_a_place_has_coordinates_and_a_key_that_finds_it() -> None:
    for name, country, lat, lon in (("Suva", "FJI", -18.1, 178.4), ("Camp David", "USA", 39.6, -77.5)):
        place = coordinates.find(name, country)
        assert place is not None and coordinates.place(place.key) == place
        assert (round(place.lat, 1), round(place.lon, 1)) == (lat, lon)
    assert coordinates.place("no such key") is None


def test_the_list_of_venues_is_whole() -> None:
    rows = read_table("venues.tsv", ("country", "names", "lat", "lon"))
    assert all(geography.is_code(row["country"]) for row in rows)
    assert all(row["lat"] == "-" or (abs(float(row["lat"])) < 90 and abs(float(row["lon"])) <= 180) for row in rows)
    spellings = [(row["country"], coordinates.fold(name)) for row in rows for name in row.values("names")]
    assert len(spellings) == len(set(spellings))


def test_events_are_counted_by_place_and_those_without_a_point_by_reason(placed: Path) -> None:
    archive = Archive(placed)
    counts = places.by_place(archive, EVERYTHING)
    assert [(row.name, row.country, row.events, row.visit) for row in counts.itertuples(index=False)] == [
        ("Valletta", "MLT", 2, 1), ("Geneva", "CHE", 1, 1), ("Lima", "PER", 1, 1)]
    assert places.without_point(archive, EVERYTHING) == {"not-stated": 1, "state": 1, "unknown": 2}
    assert places.without_point(archive, Filters(kinds=("visit",))) == {}
    spot = counts["spot"][0]
    assert list(places.page_at(archive, EVERYTHING, spot, 10)["id"]) == ["ev2", "ev1"]
    assert list(places.page_at(archive, EVERYTHING, spot, 1, 1)["id"]) == ["ev1"]
    assert set(places.page_at(archive, EVERYTHING, "unknown", 10)["id"]) == {"ev4", "ev7"}
    assert [places.count_at(archive, EVERYTHING, one) for one in (spot, "state", "not-stated", "no-country", "x")] == [2, 1, 1, 1, 0]
    found = places.place_of(archive, "ev1")
    assert found is not None and found["name"] == "Valletta" and round(found["lat"], 1) == 35.9
    assert places.place_of(archive, "ev7") is None


def test_a_store_without_the_states_of_places_is_read_too(store: Path, placed: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for file in placed.iterdir():
        (old / file.name).write_bytes(file.read_bytes())
    frame = pd.read_parquet(old / "events.parquet").drop(columns="place_country")
    frame.to_parquet(old / "events.parquet")
    manifest = json.loads((old / "store.json").read_text())
    del manifest["tables"]  # so old a store does not tell how its tables were written
    (old / "store.json").write_text(json.dumps(manifest))
    counts = places.by_place(Archive(old), EVERYTHING)
    assert [(row.name, row.events) for row in counts.itertuples(index=False)] == [
        ("Valletta", 2), ("Geneva", 1), ("Lima", 1)]
    assert places.by_place(Archive(store), EVERYTHING)["events"].sum() == 1


@pytest.fixture
def run(store: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def started(folder: Path = store, **params: str) -> AppTest:
        monkeypatch.setenv("READOUT_STORE", str(folder))
        app = AppTest.from_file(APP, default_timeout=30)
        app.query_params["view"] = "map"
        for key, value in params.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return started


def _said(app: AppTest) -> str:
    shown = [*app.title, *app.header, *app.caption, *app.info, *app.warning]
    trees = [json.dumps(json.loads(element.proto.json), ensure_ascii=False) for element in app.get("bidi_component")]
    return "\n".join([str(widget.value) for widget in shown] + trees).replace("\\", "")


def test_the_page_shows_places_and_the_events_of_one(run: Any, placed: Path) -> None:
    app = run(placed, layer="places")
    said = _said(app)
    assert "3 places, where some of " in said and '["8 events"]' in said and "Valletta" in said
    assert "whose place is not stated" in said and "whose place was not found or could be several" in said
    key = coordinates.find("Valletta", "MLT")
    assert key is not None
    listed = run(placed, layer="places", list=key.key)
    assert "Events in Valletta, Malta (2)" in _said(listed)
    assert "Jane Example meets Ola Nordmann in Valletta" in _said(listed)
    assert "(0)" in _said(run(placed, layer="places", list=key.key, kinds="statement"))
