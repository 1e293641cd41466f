"""The pages of countries in a real browser: from a country to its partner, to an event, to the quote, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from steps import back, heading, params

pytestmark = pytest.mark.browser


def test_from_a_country_to_its_partner_to_the_quote_and_back(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=country")
    page.locator(".st-key-all_countries a", has_text="Norway").first.click()
    heading(page, "Norway")
    page.locator(".st-key-partners a", has_text="Malta").click()
    heading(page, "Malta and Norway")
    assert params(page) == {"view": "pair", "a": "NOR", "b": "MLT"}
    assert page.locator("h1").bounding_box()["y"] < page.locator(".st-key-pair_pickers").bounding_box()["y"]
    page.locator(".st-key-last_event .row").click()
    heading(page, "Jane Example meets Ola Nordmann in Valletta")
    back(page, "Malta and Norway")
    page.locator(".st-key-parts td a").first.click()
    heading(page, "Table")
    assert params(page) == {"view": "table", "kinds": "meeting", "part": "MLT.host,NOR.guest"}
    back(page, "Malta and Norway")
    page.locator(".st-key-lists a", has_text="Documents").click()
    page.locator(".st-key-telling a", has_text="letter.txt").wait_for()
    assert params(page)["list"] == "documents"


def test_a_comparison_is_chosen_by_keyboard_and_shared(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=compare&compare=NOR")
    field = page.get_by_role("combobox", name="Countries to compare")
    field.focus()
    page.keyboard.type("Malta")
    page.keyboard.press("Enter")
    page.locator(".st-key-side_by_side th", has_text="Malta").wait_for()
    assert params(page) == {"view": "compare", "compare": "NOR,MLT"}
    page.locator(".st-key-compare_lines .scatterlayer .trace").nth(1).wait_for()
    labels = page.locator(".st-key-compare_lines .annotation-text").all_text_contents()
    assert sorted(labels) == ["MLT", "NOR"]
    other = open_page(page.url, width=390)
    other.locator(".st-key-side_by_side th", has_text="Malta").wait_for()
    assert other.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
