"""The maps: shapes, borders, coordinates, figures, the page, and what the browser fetches for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pandas as pd
import pytest
from conftest import HOSTILE, ROOT
from steps import answered, back, heading, rested
from streamlit.elements.lib import streamlit_plotly_theme as theme
from streamlit.testing.v1 import AppTest

from dashboard import borders, geography, shapes, worldmap
from dashboard.filters import Filters
from dashboard.query import Archive, countries, places

APP = str(ROOT / "dashboard" / "app.py")
EVERYTHING = Filters()


@pytest.fixture(scope="module")
def archive(store: Path) -> Archive:
    return Archive(store)


def test_every_country_can_be_shown_and_small_ones_have_a_point() -> None:
    shown = shapes.outlines().keys() | shapes.points().keys()
    assert set(geography.names()) <= shown
    assert {"MLT", "SGP", "VAT", "COM", "LUX"} <= shapes.points().keys()
    assert not {"NOR", "CHE", "CHN"} & shapes.points().keys()
    latitude, longitude = shapes.points()["MLT"]
    assert (round(latitude), round(longitude)) == (36, 14)


@pytest.mark.parametrize(
    ("code", "south", "north", "west", "east"),
    [("RUS", 55, 66, 80, 120), ("USA", 36, 44, -105, -90), ("FRA", 44, 49, 0, 5), ("CHL", -40, -25, -73, -69),
     ("CHN", 30, 40, 95, 110), ("FJI", -20, -15, 176, 181), ("VNM", 10, 23, 102, 110)],
)
def test_the_point_of_a_country_lies_inside(code: str, south: int, north: int, west: int, east: int) -> None:
    lat, lon = shapes.anchors()[code]
    assert south < lat < north and west < (lon % 360 if code == "FJI" else lon) < east


def test_there_is_one_file_of_shapes_and_its_address_is_relative() -> None:
    assert [path.name for path in (ROOT / "dashboard").rglob("*.geojson")] == ["world.geojson"]
    assert shapes.FILE.parent.name == "static" and shapes.URL == "app/static/world.geojson"
    assert "enableStaticServing = true" in (ROOT / "dashboard" / ".streamlit" / "config.toml").read_text("utf-8")
    assert shapes.FILE.stat().st_size < 300_000


def test_borders_are_read_from_a_link_and_written_to_it() -> None:
    assert borders.decode("") == (borders.DEFAULT, [])
    assert borders.decode("none") == (frozenset(), [])
    assert borders.decode("TWN,SOL,NOR") == ({"TWN", "SOL"}, ["NOR"])
    for joined in (borders.DEFAULT, frozenset[str](), frozenset(borders.WITHIN), frozenset({"XKX"})):
        assert borders.decode(borders.encode(joined)) == (joined, [])
    assert borders.encode(borders.DEFAULT) == ""


def test_borders_change_the_shapes_and_nothing_else() -> None:
    default = borders.drawn(borders.DEFAULT)
    assert (default["SOM"], default["CYP"], default["XKX"], default["TWN"]) == ("SOM+SOL", "CYP+CYN", "XKX", "TWN")
    assert not {"SOL", "CYN", "ATA"} & default.keys()
    whole = borders.drawn(frozenset(borders.WITHIN))
    assert (whole["CHN"], whole["MAR"]) == ("CHN+TWN", "MAR+ESH") and not borders.WITHIN.keys() & whole.keys()
    assert set(whole.values()) | set(default.values()) <= shapes.outlines().keys()
    assert "XKX" in borders.small(borders.DEFAULT) and "XKX" not in borders.small(frozenset({"XKX"}))
    said = borders.policy(frozenset({"XKX"}))
    assert "Drawn as one: Kosovo with Serbia." in said and "Northern Cyprus" in said and "Crimea" in said


def test_the_placeholders_of_the_map_are_those_that_streamlit_colours() -> None:
    assert [colour for _, colour in worldmap.RAMP] == [getattr(theme, f"SEQUENTIAL_{step}") for step in range(10)]
    assert theme.GRAY_90 == worldmap.INK


def test_the_map_needs_no_network_and_shows_small_states(archive: Archive) -> None:
    counts = countries.by_country(archive, EVERYTHING)
    extra = pd.DataFrame([{"country": "QQQ", "events": 1}])
    chart = worldmap.world(pd.concat([counts, extra], ignore_index=True), chosen=("NOR",))
    base, areas, outline, points = chart.figure.checked().data
    assert "NOR" in areas.locations and "NOR" not in base.locations and list(outline.locations) == ["NOR"]
    assert [row[0] for row in points.customdata] == ["MLT", "VAT", "XKX"]
    assert ["FJI", "Fiji"] in [list(row) for row in base.customdata], "a country without events can be chosen as well"
    assert {trace.geojson for trace in (base, areas, outline)} == {shapes.URL}
    assert chart.figure.checked().layout.geo.fitbounds is False
    assert chart.figure.checked().layout.coloraxis.colorbar.title.text == "events, logarithmic scale"
    assert worldmap.CONFIG["topojsonURL"].startswith("data:application/json,")
    assert "http" not in json.dumps(worldmap.CONFIG) and "http" not in chart.figure.checked().to_json()


def test_a_land_drawn_with_its_neighbour_leaves_the_map_and_the_numbers_stay() -> None:
    counts = pd.DataFrame([{"country": "SRB", "events": 3}, {"country": "XKX", "events": 2}])
    _, areas, points = worldmap.world(counts, joined=frozenset({"XKX"})).figure.checked().data
    assert list(areas.locations) == ["SRB+XKX"] and areas.customdata[0][2] == 3 and not points.customdata
    _, areas, points = worldmap.world(counts).figure.checked().data
    assert list(areas.locations) == ["SRB", "XKX"] and points.customdata[0][0] == "XKX"


def test_lines_lead_to_the_partners_and_are_wider_for_more_events(archive: Archive) -> None:
    counts = pd.DataFrame([{"country": "SWE", "events": 40}, {"country": "MLT", "events": 1}, {"country": "QQQ", "events": 9}])
    chart = worldmap.partners(counts, "NOR")
    lines = [trace for trace in chart.figure.checked().data if trace.type == "scattergeo" and trace.mode == "lines"]
    assert [trace.line.width for trace in lines] == sorted(trace.line.width for trace in lines)
    thin, wide = lines
    assert wide.line.width > 2 * thin.line.width
    assert (thin.lat[1], thin.lon[1]) == shapes.anchors()["MLT"] and (thin.lat[0], thin.lon[0]) == shapes.anchors()["NOR"]
    outlined = [trace for trace in chart.figure.checked().data if trace.type == "choropleth" and "NOR" in trace.locations][-1]
    assert outlined.marker.line.width == 2
    assert "3 partners of Norway" in chart.alt
    nowhere = worldmap.partners(counts, "QQQ")
    assert not [trace for trace in nowhere.figure.checked().data if trace.type == "scattergeo" and trace.mode == "lines"]


def test_no_map_sends_more_than_a_few_kilobytes() -> None:
    rows = [{"country": code, "events": 1000 + number} for number, code in enumerate(geography.names())]
    full = pd.DataFrame(rows)
    spots = pd.DataFrame([
        {"spot": str(10**6 + number), "name": f"Place number {number}", "country": "USA", "lat": number % 90,
         "lon": number % 180, "events": number + 1} for number in range(5000)
    ])
    charts = [worldmap.world(full), worldmap.world(full, compact=True), worldmap.partners(full, "NOR"),
              worldmap.places(spots), worldmap.place_map(35.9, 14.5, "Valletta", ("MLT", "NOR"))]
    sizes = [len(chart.figure.checked().to_json()) for chart in charts]
    assert max(sizes[:3]) < 40_000 and sizes[3] < 120_000 and sizes[4] < 10_000, sizes
    assert sizes[1] < sizes[0] and "Only the 1,000 places" in charts[3].caption


def test_the_map_of_one_event_shows_its_place_and_escapes_its_name() -> None:
    chart = worldmap.place_map(35.9, 14.5, HOSTILE, ("ITA", "QQQ"))
    base, tinted, point = chart.figure.checked().data
    assert list(tinted.locations) == ["ITA"] and "ITA" not in base.locations
    assert (point.lat[0], point.lon[0]) == (35.9, 14.5) and "<img" not in point.text[0]
    assert chart.figure.checked().layout.height == worldmap.HEIGHT_OF_PLACE
    assert "GeoNames" in chart.caption


def test_an_empty_map_is_still_a_map() -> None:
    nothing = pd.DataFrame({"country": pd.Series(dtype=str), "events": pd.Series(dtype=int)})
    assert worldmap.world(nothing).alt.startswith("World map of 0 countries")
    assert worldmap.partners(nothing, "NOR").figure.checked().data
    columns = ["spot", "name", "country", "lat", "lon", "events"]
    assert worldmap.places(pd.DataFrame({name: [] for name in columns})).alt.startswith("World map of 0 places")


def test_events_of_no_country_that_is_drawn_are_counted(archive: Archive) -> None:
    assert places.off_the_map(archive, EVERYTHING, ("NOR", "CHL", "VAT")) == {"events": 1, "stateless": 1}
    assert places.off_the_map(archive, EVERYTHING, ("NOR", "CHL")) == {"events": 2, "stateless": 1}
    assert places.off_the_map(archive, Filters(kinds=("visit",)), ("NOR", "CHL")) == {"events": 0, "stateless": 0}


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


def _address(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[-1] for key, value in app.query_params.items()}


def test_the_page_counts_what_is_not_on_the_map_and_lists_it(run: Any) -> None:
    app = run()
    said = _said(app)
    assert '["8 events"]' in said and " with 8 countries. Choose" in said and "Not on the map: " in said and "without any country" in said
    assert "Drawn as one: Northern Cyprus with Cyprus and Somaliland with Somalia" in said
    listed = run(list="no-country")
    assert "Events without any country (1)" in _said(listed) and "A speech without a state" in _said(listed)
    listed.button(key="close_list").click().run()
    assert _address(listed) == {"view": "map"}


def test_the_page_shows_the_partners_of_one_country(run: Any) -> None:
    app = run(partners="NOR")
    said = _said(app)
    assert all(part in said for part in ("Norway takes part in ", '["4 events"]', "; 2 partners")) and "Malta" in said
    assert app.selectbox(key="partners_picker").value == "NOR"
    app.selectbox(key="partners_picker").select("PER").run()
    assert _address(app) == {"view": "map", "partners": "PER"}
    assert all(part in _said(app) for part in ("Peru takes part in ", '["1 event"]', "; 1 partner"))
    assert "has another country in it" in _said(run(partners="FJI"))


def test_borders_are_chosen_on_the_page(run: Any) -> None:
    app = run(borders="XKX")
    said = _said(app)
    assert "Drawn as one: Kosovo with Serbia." in said and "which has no shape here" in said
    assert run(borders="none").get("button_group")


def test_unknown_codes_of_the_map_are_named_and_not_fatal(run: Any) -> None:
    app = run(layer="moon", partners="ZZZ", borders="NOR", list="77")
    said = _said(app)
    for part in ("“layer” knows no moon", "“partners” knows no ZZZ", "“borders” knows no NOR", "“list” knows no place 77"):
        assert part in said
    assert "The same numbers" in said


def test_the_map_of_an_empty_store_says_so(run: Any, empty_store: Path) -> None:
    for params in ({}, {"layer": "places"}, {"partners": "NOR"}):
        assert "holds no events" in _said(run(empty_store, **params))


SHAPES = ".st-key-world .choroplethlayer path"


def _params(page: Any) -> dict[str, str]:
    return {key: values[-1] for key, values in parse_qs(urlparse(page.url).query).items()}


def _press(page: Any, element: Any) -> None:
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    page.wait_for_timeout(150)
    page.mouse.click(x, y)


@pytest.mark.browser
def test_the_shapes_are_fetched_once_and_each_change_sends_little(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page("about:blank")
    fetched: list[str] = []
    received: list[int] = []
    page.on("request", lambda request: fetched.append(request.url) if "geojson" in request.url else None)
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    page.goto(f"{address}?view=map")
    page.wait_for_selector(SHAPES, state="attached", timeout=60_000)
    rested(page)
    assert fetched == [f"{address}app/static/world.geojson"]
    for change in ("text=Visits", "text=Meetings"):
        received.clear()
        page.locator("[data-testid=stSidebar]").locator(change).first.click()
        answered(page, received, change)
        rested(page)
        page.wait_for_selector(SHAPES, state="attached", timeout=60_000)
        assert 0 < sum(received) < 100_000, sum(received)
    assert len(fetched) == 1


@pytest.mark.browser
def test_a_small_state_and_one_without_events_lead_to_their_pages(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=map")
    page.wait_for_selector(SHAPES, state="attached", timeout=60_000)
    rested(page)
    fills = page.eval_on_selector_all(SHAPES, "paths => paths.map(path => getComputedStyle(path).fill)")
    assert len(fills) > 200 and sum("128, 128, 128" not in fill for fill in fills) == 7
    assert page.locator(".st-key-world .scattergeo .point").count() == 3
    _press(page, page.locator(".st-key-world .scattergeo .point").first)
    heading(page, "Malta")
    assert _params(page) == {"view": "country", "country": "MLT"}
    back(page)
    page.wait_for_selector(SHAPES, state="attached", timeout=60_000)
    rested(page)
    brazil = page.evaluate_handle(
        f"[...document.querySelectorAll('{SHAPES}')].find(path => path.__data__ && path.__data__.loc === 'BRA')")
    _press(page, brazil.as_element())
    page.wait_for_selector("text=no events of Brazil")
    assert _params(page) == {"view": "country", "country": "BRA"}


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_is_as_high_as_its_width_asks_for(address: str, open_page: Callable[..., Any], width: int) -> None:
    page = open_page(f"{address}?view=map", width=width)
    page.wait_for_selector(SHAPES, state="attached", timeout=60_000)
    rested(page)
    box = page.locator(".st-key-world .main-svg").first.bounding_box()
    assert box["width"] / 2.2 < box["height"] < box["width"] / 1.2 and box["height"] <= 640
