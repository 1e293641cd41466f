"""The dashboard in a real browser, started as the README does. Each page is also watched for errors and requests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from conftest import HOSTILE, ROOT, dashboard

pytestmark = pytest.mark.browser
POINTS = ".st-key-timeline .scatterlayer .point"
SHAPES = ".st-key-world .choroplethlayer path"


def _params(page: Any) -> dict[str, str]:
    return {key: values[-1] for key, values in parse_qs(urlparse(page.url).query).items()}


def _settled(page: Any) -> None:
    """Wait until the script has run and the charts stand still."""
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(500)


def _press(page: Any, element: Any) -> None:
    """Press the mouse on the middle of a drawn mark; Plotly listens to the mouse and not to elements."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    page.wait_for_timeout(150)
    page.mouse.click(x, y)


def test_from_a_point_of_the_timeline_to_the_quote_in_its_document(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.wait_for_selector(POINTS)
    _settled(page)
    assert page.locator(POINTS).count() == 6
    assert page.locator(".st-key-timeline .barlayer .point").count() == 4
    meeting = page.locator(".st-key-timeline .scatterlayer .trace").first.locator(".point")
    assert meeting.count() == 1
    _press(page, meeting)
    page.wait_for_selector("h1:has-text('Jane Example meets Ola Nordmann in Valletta')")
    assert _params(page) == {"view": "event", "event": "ev1"}
    page.locator(".source mark").nth(1).wait_for()
    assert page.locator(".source mark").all_inner_texts()[1] == "They spoke of harbours"
    page.get_by_text("Read in the document").nth(1).click()
    here = page.locator(".reader mark", has_text="They spoke of harbours")
    here.wait_for()
    assert _params(page) == {"view": "document", "document": "letter.txt", "event": "ev1", "passage": "1"}
    page.reload()
    here.wait_for()
    assert page.title() == "Documents · Readout"
    assert page.locator(".row.here").inner_text().endswith("Jane Example meets Ola Nordmann in Valletta")
    page.go_back()
    page.wait_for_selector("h1:has-text('Jane Example')")
    page.go_back()
    page.wait_for_selector(POINTS)


def test_from_the_map_to_a_country_and_an_event(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=map")
    page.wait_for_selector(SHAPES, state="attached")
    _settled(page)
    fills = page.eval_on_selector_all(SHAPES, "paths => paths.map(path => getComputedStyle(path).fill)")
    coloured = [number for number, fill in enumerate(fills) if "128, 128, 128" not in fill]
    assert len(fills) > 200 and len(coloured) == 7, "seven countries with a shape have events; the Holy See has a point"
    assert page.locator(".st-key-world .scattergeo .point").count() == 3
    sizes = [(page.locator(SHAPES).nth(number).bounding_box() or {}).get("width", 0) for number in coloured]
    assert max(sizes) > 10
    _press(page, page.locator(".st-key-world .scattergeo .point").first)
    page.wait_for_selector("h1:has-text('Malta')")
    assert _params(page) == {"view": "country", "country": "MLT"}
    page.wait_for_selector(".st-key-country_timeline .scatterlayer .point")
    _settled(page)
    bar = page.locator(".st-key-partners .barlayer .point path").first
    _press(page, bar)
    page.wait_for_selector("text=only events with Norway")
    assert _params(page)["with"] == "NOR"
    page.locator(".st-key-list_events .row").nth(1).click()
    page.wait_for_selector("h1:has-text('Jane Example')")


def test_a_link_holds_the_view_and_the_back_button_works(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?countries=NOR")
    summary = page.locator(".st-key-summary")
    summary.get_by_text("Only events with Norway.").wait_for()
    page.locator("[data-testid=stSidebar]").get_by_text("Visits").click()
    summary.get_by_text("Only visits with Norway.").wait_for()
    assert _params(page) == {"countries": "NOR", "kinds": "visit"}
    page.locator(".tab", has_text="Map").click()
    page.wait_for_selector("h1:has-text('Map')")
    assert _params(page) == {"view": "map", "countries": "NOR", "kinds": "visit"}
    other = open_page(page.url)
    other.wait_for_selector("h1:has-text('Map')")
    other.locator(".st-key-summary").get_by_text("Only visits with Norway.").wait_for()
    page.go_back()
    page.go_back()
    summary.get_by_text("Only events with Norway.").wait_for()
    assert _params(page) == {"countries": "NOR"}


def test_a_bar_of_the_overview_sets_the_dates(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    page.wait_for_selector(".st-key-overview .barlayer .point path", state="attached")
    _settled(page)
    paths = page.locator(".st-key-overview .barlayer .point path")
    boxes = [paths.nth(number).bounding_box() for number in range(paths.count())]
    _press(page, paths.nth(max(range(len(boxes)), key=lambda number: boxes[number]["height"] * boxes[number]["width"])))
    page.wait_for_selector(".st-key-summary")
    first, last = _params(page)["from"], _params(page)["to"]
    assert first[:4] == last[:4] and first.endswith("-01") and first < last


def test_hostile_text_stays_text(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    hostile = urlencode({"q": HOSTILE, "person": "<b>x", "kinds": HOSTILE})
    for params in ("", f"?{hostile}", "?view=document&document=letter.txt", "?view=event&event=ev2"):
        page.goto(address + params)
        page.wait_for_selector("h1")
        _settled(page)
        assert page.locator("img[src='x'], [onerror], [data-testid=stMain] img").count() == 0
        assert page.locator("a[href^='http'], a[href^='mailto']").count() == 0
    assert page.locator("h1").inner_text() == HOSTILE
    assert page.locator(".badge", has_text="Planned").count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_no_page_is_wider_than_the_screen(address: str, open_page: Callable[..., Any], width: int, scheme: str) -> None:
    page = open_page(address, width=width, color_scheme=scheme)
    for params in ("", "?view=map", "?view=country&country=NOR", "?view=event&event=ev1", "?view=document&document=letter.txt"):
        page.goto(address + params)
        page.wait_for_selector("h1")
        _settled(page)
        wide = "document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"
        assert page.evaluate(wide) <= 0, params
        colour = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        assert (colour == "rgb(255, 255, 255)") == (scheme == "light")


def test_the_first_start_extracts_the_seeds(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    root = tmp_path / "project"
    ignored = shutil.ignore_patterns("__pycache__", ".readout")
    for folder in ("dashboard", "extract"):
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    (root / "seeds").mkdir()
    for seed in sorted((ROOT / "seeds").iterdir())[2:]:
        shutil.copy(seed, root / "seeds")
    with dashboard(root) as found:
        page = open_page(found)
        page.get_by_text("Reading the documents").wait_for()
        page.get_by_text("of 3 documents").wait_for(timeout=60_000)
        page.wait_for_selector(POINTS, timeout=90_000)
        page.locator(".st-key-list_events .row").first.click()
        page.wait_for_selector(".source mark")
        assert (root / ".readout" / "store" / "store.json").is_file()
        page.close()
    with dashboard(root) as found:
        page = open_page(found)
        page.wait_for_selector(POINTS, timeout=30_000)
        page.close()
