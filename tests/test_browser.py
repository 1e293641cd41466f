"""The dashboard in a real browser, started as the README does, used as a person would.

Each page is also watched for errors and for requests to other hosts.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, dashboard
from steps import FOCUSED, TOO_WIDE, back, heading, params, press, settled, until

pytestmark = pytest.mark.browser
POINTS = ".st-key-timeline .scatterlayer .point"
MEETING = "Jane Example meets Ola Nordmann in Valletta"


def test_from_the_overview_to_a_quote_in_its_document_and_back(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    heading(page, "Overview")
    page.locator(".st-key-top_countries a", has_text="Norway").click()
    heading(page, "Norway")
    page.locator(".st-key-partners a", has_text="Malta").click()
    heading(page, "Malta and Norway")
    page.locator(".row", has_text=MEETING).first.click()
    heading(page, MEETING)
    assert params(page) == {"view": "event", "event": "ev1"}
    page.locator(".st-key-evidence mark").nth(1).wait_for()
    assert "They spoke of harbours" in page.locator(".st-key-evidence mark").all_inner_texts()
    page.get_by_text("Read in the document").nth(1).click()
    here = page.locator(".reader mark", has_text="They spoke of harbours")
    here.wait_for()
    assert params(page) == {"view": "document", "document": "letter.txt", "event": "ev1", "passage": "1"}
    page.reload()
    here.wait_for()
    assert page.title() == "Documents · Readout"
    for words in (MEETING, "Malta and Norway", "Norway", "Overview"):
        back(page, words)
    page.go_forward()
    heading(page, "Norway")


def test_a_link_opens_the_same_view_in_a_fresh_session(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?countries=NOR&view=timeline")
    chips = page.locator(".st-key-summary")
    chips.get_by_text("with Norway").wait_for()
    settled(page)
    page.locator("[data-testid=stSidebar]").get_by_text("Visits").click()
    chips.get_by_text("visits").wait_for()
    assert params(page) == {"view": "timeline", "countries": "NOR", "kinds": "visit"}
    settled(page)
    page.locator(".tab", has_text="Map").click()
    heading(page, "Map")
    assert params(page) == {"view": "map", "countries": "NOR", "kinds": "visit"}
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Copy link").click()
    page.get_by_text("Link copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    other = open_page(link)
    heading(other, "Map")
    other.locator(".st-key-summary").get_by_text("with Norway").wait_for()
    other.locator("[data-testid=stSidebar]").get_by_text("1 of 8 events match").wait_for()
    page.locator(".st-key-summary .cross").first.click()
    until(page, "!location.search.includes('kinds')")
    back(page)
    chips.get_by_text("visits").wait_for()
    assert params(page)["kinds"] == "visit"


def test_to_nothing_and_out_again(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=timeline&kinds=meeting")
    page.locator(POINTS).first.wait_for()
    settled(page)
    page.locator("[data-testid=stSidebar]").get_by_text("Cancelled").click()
    page.get_by_text("None of the 8 events").wait_for()
    page.locator(".st-key-clear_nothing button").click()
    page.locator(POINTS).first.wait_for()
    assert params(page) == {"view": "timeline"}


def test_on_a_phone(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, width=390, height=844)
    heading(page, "Overview")
    settled(page)
    button = page.locator("[data-testid=stExpandSidebarButton]")
    assert page.evaluate("getComputedStyle(document.querySelector('[data-testid=stExpandSidebarButton]'), '::after').content") == '"Filters"'
    button.click()
    page.locator("[data-testid=stSidebar]").get_by_text("Visits").click()
    page.wait_for_url("**kinds=visit*")
    page.locator("[data-testid=stSidebarCollapseButton] button").click()
    page.locator(".st-key-summary").get_by_text("visits").wait_for()
    settled(page)
    page.locator(".tab", has_text="Table").click()
    heading(page, "Table")
    page.locator(".st-key-events td a, .st-key-events th a", has_text="Chile's foreign minister visits Peru").click()
    heading(page, "Chile")
    assert page.evaluate(TOO_WIDE) <= 0


def test_by_keyboard_alone(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address)
    heading(page, "Overview")
    settled(page)
    page.keyboard.press("/")
    page.keyboard.type("norw")
    page.keyboard.press("Enter")
    heading(page, "Search: norw")
    settled(page)
    _tab_to(page, "Norway")
    page.keyboard.press("Enter")
    heading(page, "Norway")
    settled(page)
    _tab_to(page, MEETING)
    page.keyboard.press("Enter")
    heading(page, MEETING)
    settled(page)
    page.keyboard.press("ArrowRight")
    heading(page, "Ola Nordmann speaks of fjords")
    settled(page)
    page.keyboard.press("ArrowLeft")
    heading(page, MEETING)


def _tab_to(page: Any, words: str) -> None:
    """Press the tabulator until an element with these words has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            return
    pytest.fail(f"no element with {words!r} can be reached")


def test_from_the_map_to_a_country(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{address}?view=map")
    page.wait_for_selector(".st-key-world .scattergeo .point")
    settled(page)
    press(page, page.locator(".st-key-world .scattergeo .point").first)
    heading(page, "Malta")
    assert params(page) == {"view": "country", "country": "MLT"}


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
        heading(page, "Overview")
        page.locator(".st-key-newest .row").first.click(timeout=90_000)
        page.wait_for_selector(".source mark")
        assert (root / ".readout" / "store" / "store.json").is_file()
        page.close()
    with dashboard(root) as found:
        page = open_page(found)
        heading(page, "Overview")
        page.close()
