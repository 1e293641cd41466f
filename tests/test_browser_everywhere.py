"""What holds on every page, in a real browser: no serious fault for those who use it otherwise, no flood of data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from views import VIEWS

pytestmark = pytest.mark.browser
BYTES_AT_MOST = 300_000


def _settled(page: Any) -> None:
    page.wait_for_selector("h1")
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(700)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(address: str, open_page: Callable[..., Any], scheme: str) -> None:
    page = open_page(address, color_scheme=scheme)
    faults = []
    for name, query in VIEWS.items():
        page.goto(address + query)
        _settled(page)
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                faults += [f"{name}: {fault['id']}: {place['html'][:160]}" for place in fault["nodes"][:3]]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light"), (2560, "light")])
def test_no_page_is_wider_than_the_screen(address: str, open_page: Callable[..., Any], width: int, scheme: str) -> None:
    page = open_page(address, width=width, color_scheme=scheme)
    for name, query in VIEWS.items():
        page.goto(address + query)
        _settled(page)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0, name
        colour = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        assert (colour == "rgb(255, 255, 255)") == (scheme == "light")


def test_a_rerun_sends_little(address: str, open_page: Callable[..., Any]) -> None:
    """After the first page, which brings what stays, each step from page to page sends less than the budget."""
    page = open_page(address)
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sent.append(len(frame))))
    page.reload()
    _settled(page)
    for name in ("Timeline", "Map", "Countries", "People", "Documents", "Network", "Table", "Method", "Overview"):
        sent.clear()
        page.locator(".tab", has_text=name).click()
        page.wait_for_selector(f".tab.here:has-text('{name}')")
        _settled(page)
        assert 0 < sum(sent) < BYTES_AT_MOST, f"{name}: {sum(sent):,} bytes"
