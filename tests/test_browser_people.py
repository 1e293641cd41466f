"""From the people to a person to the events, and from the network to a pair and a country, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from steps import back, heading, params, press, settled, until

pytestmark = pytest.mark.browser
# The marks on the lines are drawn before the circles.
MARKS = ".st-key-network .scatterlayer .point"
NODES = ".st-key-network .scatterlayer .trace:last-child .point"


def test_from_the_people_to_a_person_and_to_the_events_of_two(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=people")
    page.locator(".st-key-people th", has_text="Ola <i>Nordmann</i>").get_by_role("link").click()
    heading(page, "Ola <i>Nordmann</i>")
    assert params(page) == {"view": "person", "name": "Ola <i>Nordmann</i>"}
    page.locator(".st-key-met td a", has_text="1").first.click()
    heading(page, "Table")
    page.get_by_text("Jane Example meets Ola Nordmann in Valletta").wait_for()
    assert params(page)["people_match"] == "all"
    back(page, "Ola")
    back(page, "People")
    last = page.locator(".st-key-people thead a", has_text="Last")
    last.focus()
    page.keyboard.press("Enter")
    page.locator(".st-key-people th[aria-sort=descending]", has_text="Last").wait_for()
    assert params(page) == {"view": "people", "sort": "-last"}


@pytest.mark.parametrize("width", [390, 1280])
def test_from_the_network_to_a_country_and_to_a_pair(address: str, open_page: Callable[..., Any], width: int) -> None:
    page = open_page(f"{address}?view=network", width=width)
    page.set_default_timeout(60_000)  # the first layout loads networkx
    page.wait_for_selector(NODES, state="attached")
    settled(page)
    assert page.locator(NODES).count() == 8
    boxes = [page.locator(NODES).nth(number).bounding_box() for number in range(8)]
    centres = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) > 15 for i, a in enumerate(centres) for b in centres[:i])
    assert all(0 < x < width for x, _ in centres)
    buttons, legend = (page.locator(f".st-key-network {part}").bounding_box() for part in (".modebar", ".legend"))
    assert buttons["y"] + buttons["height"] <= min(box["y"] for box in boxes), "the buttons stand above the circles"
    assert legend["y"] >= max(y for _, y in centres), "the legend stands below them"
    press(page, page.locator(NODES).first)
    until(page, "location.search.includes('view=country')")
    settled(page)
    back(page)
    until(page, "!location.search.includes('view=country')")
    page.wait_for_selector(NODES, state="attached")
    settled(page)
    assert params(page) == {"view": "network"}
    press(page, page.locator(MARKS).first)
    until(page, "location.search.includes('view=pair')")
    assert {"a", "b"} <= params(page).keys()
