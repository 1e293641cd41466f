"""The reader and the page of an event in a real browser: marks and list lead to each other, copying, folding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import dashboard
from steps import FOCUSED, back, params, settled, until
from stories import told_twice

from extract.store import write_store

pytestmark = pytest.mark.browser
BYTES_AT_MOST = 300_000


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("stories") / "store"
    write_store(folder, told_twice())
    with dashboard(store=folder) as found:
        yield found


def _inside(page: Any, found: Any, area: str) -> bool:
    """Tell whether an element can be seen within its scrolling area."""
    own, around = found.bounding_box(), page.locator(area).bounding_box()
    return bool(own["y"] >= around["y"] - 1 and own["y"] + own["height"] <= around["y"] + around["height"] + 1)


def test_a_mark_leads_to_its_entry_and_back(stories: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{stories}?view=document&document=digest.txt&piece=2")
    text, margin = ".st-key-reader .reader", ".st-key-passages .reader"
    page.wait_for_selector(f"{text} .passage")
    settled(page)
    page.locator(f"{text} .passage").nth(4).click()
    page.wait_for_selector(f"{margin} .row.here.found")
    settled(page)
    assert params(page) == {"view": "document", "document": "digest.txt", "event": "ev9", "passage": "4"}
    assert "speaks" in page.evaluate(FOCUSED)
    place = page.locator(text).evaluate("reader => reader.scrollTop")
    assert place > 1000 and _inside(page, page.locator(f"{text} mark").nth(4), text)
    page.locator(f"{margin} .under a", has_text="1").first.click()
    until(page, f"{FOCUSED} === 'Norway’s envoy spoke for the 1st time.'")
    until(page, "location.search.includes('passage=0')")
    settled(page)
    assert page.evaluate(FOCUSED) == "Norway’s envoy spoke for the 1st time."
    assert page.locator(text).evaluate("reader => reader.scrollTop") == pytest.approx(place, abs=200), "no jump"
    back(page)
    until(page, "location.search.includes('passage=4')")


def test_marks_and_list_by_keyboard_alone(stories: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{stories}?view=document&document=letter.txt")
    page.wait_for_selector(".st-key-passages .dateline")
    settled(page)
    page.locator(".st-key-reader .date", has_text="May 2021").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED).startswith("“May 2021”")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "May 2021"
    page.locator(".st-key-passages .row", has_text="Ola Nordmann in Valletta").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-reader mark.found")
    settled(page)
    assert params(page)["event"] == "ev1"
    assert page.evaluate(FOCUSED).startswith("President Jane Example")
    page.keyboard.press("Enter")
    assert "Jane Example meets Ola Nordmann" in page.evaluate(FOCUSED), "the mark leads back to its entry"


def test_on_a_phone_an_entry_leads_to_the_text_above_it(stories: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{stories}?view=document&document=letter.txt", width=390)
    page.wait_for_selector(".st-key-passages .row")
    settled(page)
    page.locator(".st-key-passages .dateline").first.click()
    box = page.locator(".st-key-reader .date.found").bounding_box()
    assert 0 <= box["y"] <= 900 - box["height"]


def test_copying_citation_and_permalink(stories: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{stories}?view=event&event=ev1&kinds=meeting", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Copy permalink").click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{stories}?view=event&event=ev1"
    assert page.locator(".address").inner_text() == f"{stories}?view=event&event=ev1"
    page.get_by_text("Copy citation").click()
    page.get_by_text("Copied", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Jane Example meets") and copied.endswith(f"event ev1. {stories}?view=event&event=ev1")


def test_two_documents_stand_side_by_side_and_stacked_on_a_phone(stories: str, open_page: Callable[..., Any]) -> None:
    for width, beside in ((1280, True), (390, False)):
        page = open_page(f"{stories}?view=event&event=ev1", width=width)
        page.wait_for_selector(".column")
        settled(page)
        left, right = (page.locator(".column").nth(number).bounding_box() for number in (0, 1))
        assert (abs(left["y"] - right["y"]) < 2) == beside


def test_more_passages_unfold(stories: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{stories}?view=event&event=ev9")
    page.wait_for_selector(".source")
    assert page.locator(".source:visible").count() == 4
    page.locator("summary", has_text="4 more passages").press("Enter")
    assert page.locator(".source:visible").count() == 8


@pytest.mark.parametrize("scheme", ["dark"])
def test_axe_finds_nothing_serious_where_there_is_most(stories: str, open_page: Callable[..., Any], scheme: str) -> None:
    page = open_page(stories, color_scheme=scheme)
    faults = []
    for query in ("?view=event&event=ev1", "?view=event&event=ev9", "?view=document&document=digest.txt&event=ev9",
                  "?view=document&document=gazette.txt&event=ev10", "?view=document&sort=-events"):
        page.goto(stories + query)
        settled(page)
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                faults += [f"{query}: {fault['id']}: {place['html'][:160]}" for place in fault["nodes"][:3]]
    assert not faults, "\n".join(faults)


def test_a_long_document_sends_little(stories: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{stories}?view=document")
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sent.append(len(frame))))
    page.reload()
    settled(page)
    sent.clear()
    page.locator("a", has_text="First of the day").click()
    page.wait_for_selector(".st-key-reader .reader")
    settled(page)
    assert 50_000 < sum(sent) < BYTES_AT_MOST
