"""What holds on every page, in a real browser: no serious fault for those who use it otherwise, no flood of data."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from steps import SIDEWAYS, TOO_WIDE, Visits, settled
from views import VIEWS

pytestmark = pytest.mark.browser
BYTES_AT_MOST = 300_000


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light"), (2560, "dark")])
def test_every_page_fits_and_serves_everybody(
    address: str, open_page: Callable[..., Any], width: int, scheme: str
) -> None:
    """No page is wider than the screen, each follows the reader's colour scheme, and axe finds no serious fault."""
    page = open_page(address, width=width, color_scheme=scheme)
    visits, faults = Visits(page), []
    # A wide screen stretches every page alike: a third of them tells.
    for name, query in list(VIEWS.items())[:: 3 if width > 2000 else 1]:
        visits.go(query)
        if page.evaluate(TOO_WIDE) > 0:
            faults.append(f"{name}: wider than {width} px")
        if name != "table":  # that one has as many columns as the reader wants
            faults += [f"{name}: a table goes on out of sight: {table}" for table in page.evaluate(SIDEWAYS)]
        colour = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        assert (colour == "rgb(255, 255, 255)") == (scheme == "light")
        for fault in Axe().run(page).response["violations"] if width < 2000 else ():
            if fault["impact"] in ("serious", "critical"):
                faults += [f"{name}: {fault['id']}: {place['html'][:160]}" for place in fault["nodes"][:3]]
    assert not faults, "\n".join(faults)


def test_a_rerun_sends_little_and_is_quick(address: str, open_page: Callable[..., Any]) -> None:
    """Each step from page to page sends less than the budget; nearly all come within a second or two on busy cores."""
    page = open_page(address)
    visits = Visits(page)
    waits = []
    for name in ("Timeline", "Map", "Countries", "People", "Documents", "Network", "Table", "Method", "Overview"):
        visits.sent.clear()
        began = time.monotonic()
        page.locator(".tab", has_text=name).click()
        page.wait_for_selector(f".tab.here:has-text('{name}')")
        settled(page, 0)
        waits.append(time.monotonic() - began)
        page.wait_for_timeout(700)
        assert 0 < sum(visits.sent) < BYTES_AT_MOST, f"{name}: {sum(visits.sent):,} bytes"
    assert sorted(waits)[len(waits) // 2] < 3, [round(wait, 2) for wait in waits]
