"""The timeline in a real browser: dragging, choosing, stepping by keyboard, and what a link holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from steps import back, heading, params, rested, until

pytestmark = pytest.mark.browser
CHART = ".st-key-timeline .js-plotly-plot"
POINTS = ".st-key-timeline .scatterlayer .point"


def _settled(page: Any) -> None:
    page.wait_for_selector(CHART)
    rested(page, 700)


def _ground(page: Any) -> dict[str, float]:
    """Return the box of the chart's plotting area, scrolled into view."""
    ground = page.locator(f"{CHART} .nsewdrag").first
    ground.scroll_into_view_if_needed()
    box: dict[str, float] = ground.bounding_box()
    return box


def _drag(page: Any, start: float, end: float) -> None:
    """Drag over the chart between two shares of its width."""
    box = _ground(page)
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + start * box["width"], y)
    page.mouse.down()
    for share in (0.25, 0.5, 0.75, 1.0):
        page.mouse.move(box["x"] + (start + share * (end - start)) * box["width"], y)
    page.mouse.up()


def test_a_drag_sets_the_dates_and_there_are_ways_back(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=timeline")
    page.wait_for_selector(POINTS)
    _settled(page)
    _drag(page, 0.7, 0.98)
    page.wait_for_url("**from=*")
    found = params(page)
    assert ("2020-06-30", "2021-04-15") < (found["from"], found["to"]) < ("2021-03-03", "2021-06-30")
    page.wait_for_selector(".st-key-range_timeline")
    _settled(page)
    assert page.locator(POINTS).count() == 3
    page.get_by_role("button", name="Zoom out").click()
    until(page, f"!location.search.includes('{found['from']}')")
    assert params(page)["from"] < found["from"]
    _settled(page)
    page.get_by_role("button", name="All dates").click()
    until(page, "!location.search.includes('from=')")
    back(page)
    page.wait_for_url("**from=*")


def test_a_double_click_shows_all_dates(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=timeline&from=2021-01-01&to=2021-12-31")
    page.wait_for_selector(POINTS)
    _settled(page)
    box = _ground(page)
    page.mouse.dblclick(box["x"] + 5, box["y"] + box["height"] - 3)
    until(page, "!location.search.includes('from=')")


def test_the_arrow_keys_step_through_the_events(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=timeline&kinds=visit,meeting")
    page.wait_for_selector(POINTS)
    _settled(page)
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".stepped:has-text('some day') , .stepped:has-text('May 2021')")
    assert params(page)["at"] == "ev2"
    _settled(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".stepped:has-text('Jane Example meets Ola Nordmann in Valletta')")
    assert params(page)["at"] == "ev1"
    strip = page.locator(".stepped").inner_text()
    assert "3 March 2021: known to the day (from: stated)" in strip and "President Jane Example of Malta met" in strip
    rings = "document.querySelector('.st-key-timeline .js-plotly-plot').data.filter(one => one.name === 'at').length"
    assert page.evaluate(rings) == 1
    _settled(page)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**at=ev2*")
    other = open_page(page.url)
    other.wait_for_selector(".stepped")
    assert other.get_by_role("button", name="Newer").is_disabled()
    other.locator(".stepped .link").click()
    other.wait_for_url("**view=event*")


def test_a_mark_opens_its_event_and_a_row_its_country(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=timeline&by=country")
    page.wait_for_selector(POINTS)
    _settled(page)
    link = page.locator(f"{CHART} .annotation a", has_text="Malta")
    assert "country=MLT" in (link.get_attribute("xlink:href") or link.get_attribute("href"))
    mark = page.locator(POINTS).first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 - 1, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(150)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**view=event*")
    back(page)
    page.wait_for_selector(f"{CHART} .annotation a")
    _settled(page)
    # Playwright looks for a link within a line of SVG text elsewhere than it is drawn.
    page.mouse.click(*page.locator(f"{CHART} .annotation a", has_text="Malta").evaluate(
        """link => { link.scrollIntoView({ block: "center" }); const box = link.getBoundingClientRect();
                     return [box.x + box.width / 2, box.y + box.height / 2]; }"""))
    heading(page, "Malta")


def test_a_bar_of_all_dates_sets_the_dates(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=timeline")
    page.wait_for_selector(".st-key-overview .barlayer .point path", state="attached")
    _settled(page)
    paths = page.locator(".st-key-overview .barlayer .point path")
    boxes = [paths.nth(number).bounding_box() for number in range(paths.count())]
    largest = max(boxes, key=lambda box: box["width"] * box["height"])
    x, y = largest["x"] + largest["width"] / 2, largest["y"] + largest["height"] / 2
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    page.wait_for_timeout(150)
    page.mouse.click(x, y)
    page.wait_for_url("**from=*")
    first, last = params(page)["from"], params(page)["to"]
    assert first[:4] == last[:4] and first.endswith("-01") and first < last
    _settled(page)
    assert page.locator(".st-key-timeline_tray").get_by_text("of unknown year").count() == 1
