"""Steps of the tests that drive a browser: waiting, reading the address, pressing on drawn marks."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from conftest import PATIENCE
from playwright.sync_api import Error as Failed
from playwright.sync_api import TimeoutError as TookTooLong

# The element that has the focus, in whatever shadow tree it lies, by its words.
FOCUSED = "(() => { let at = document.activeElement; while (at && at.shadowRoot && at.shadowRoot.activeElement)" \
          " at = at.shadowRoot.activeElement; return at && at.innerText || ''; })()"
# No run of the script goes on, and nothing of an earlier one is left standing.
AT_REST = "!document.querySelector('[data-test-script-state=running], [data-stale=true]')"
# The addresses of this page so far, and which of them it is at.
STEPS = "navigation.entries().map(one => one.url).join(' ') + ', at number ' + navigation.currentEntry.index"
# The tables that must be moved sideways to be read, each with the pixels that are out of sight.
SIDEWAYS = """(() => { const found = []; const look = (root) => { for (const one of root.querySelectorAll("*")) {
  if (one.classList.contains("scroll") && one.scrollWidth > one.clientWidth)
    found.push(`${one.getAttribute("aria-label")}: ${one.scrollWidth - one.clientWidth} px`);
  if (one.shadowRoot) look(one.shadowRoot); } }; look(document); return found; })()"""
TOO_WIDE = "document.querySelector('[data-testid=stMain]').scrollWidth - document.querySelector('[data-testid=stMain]').clientWidth"


def params(page: Any) -> dict[str, str]:
    """Return the parameters of the page's address."""
    return {key: values[-1] for key, values in parse_qs(urlparse(page.url).query).items()}


def until(page: Any, condition: str) -> None:
    """Wait until an expression is true in the page.

    The policy of the page forbids to make code of text, which is how Playwright itself would wait.
    """
    ends = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < ends:
        with suppress(Failed):  # between two pages there is none to ask
            if page.evaluate(condition):
                return
        page.wait_for_timeout(40)
    pytest.fail(f"never true: {condition}")


def answered(page: Any, sent: list[int], to: str) -> None:
    """Wait until something stands in `sent`, the sizes of what the server sends, as its answer `to` what was done."""
    for _ in range(PATIENCE // 50):
        if sent:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"no answer to {to!r}")


def rested(page: Any, pause: int = 450) -> None:
    """Wait until no run goes on, none follows on what was just done, and the charts stand still for `pause` ms.

    What was done has reached the server once it has answered a question that was asked later, however busy it is.
    """
    with suppress(Failed):
        page.evaluate("fetch('_stcore/health').then(answer => answer.text())")
    until(page, AT_REST)
    page.wait_for_timeout(pause)
    until(page, AT_REST)


def settled(page: Any, pause: int = 450) -> None:
    """Wait until the head of the page is drawn, and all has come to rest."""
    page.wait_for_selector(".tabs .tab")
    page.wait_for_selector(".st-key-find input")
    page.wait_for_selector("h1")
    rested(page, pause)


class Visits:
    """Goes from view to view as a link within the dashboard does, without loading the page anew, and counts what comes.

    `sent` holds the sizes in bytes of what the server has sent since the last step.
    """

    def __init__(self, page: Any) -> None:
        """Listen to what the server sends from here on; loads the page once more for it."""
        self.page = page
        self.sent: list[int] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: self.sent.append(len(frame))))
        page.reload()
        settled(page)

    def go(self, query: str, pause: int = 350) -> None:
        """Show the view that a query (with its question mark, or empty) asks for, and wait until it stands still."""
        self.sent.clear()
        self.page.evaluate(
            "query => { history.pushState({}, '', query || location.pathname);"
            " dispatchEvent(new PopStateEvent('popstate')); }", query)
        answered(self.page, self.sent, query)
        settled(self.page, pause)


def heading(page: Any, words: str) -> None:
    """Wait until the page's heading has these words."""
    with suppress(TookTooLong):
        page.wait_for_selector(f"h1:has-text('{words}')")
        return
    pytest.fail(f"no heading {words!r}: {page.url} shows {page.locator('h1').all_inner_texts()}, "
                f"{'at rest' if page.evaluate(AT_REST) else 'still running'}, after {page.evaluate(STEPS)}")


def back(page: Any, words: str = "") -> None:
    """Go a step back, to the page whose heading has these words where some are given.

    The page itself is asked for it: the driver counts steps outside of the page, where those just made may yet be
    unknown.
    """
    page.evaluate("history.back()")
    if words:
        heading(page, words)


def press(page: Any, element: Any) -> None:
    """Press the mouse on the middle of a drawn mark; Plotly listens to the mouse and not to elements."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    page.wait_for_timeout(200)
    page.mouse.click(x, y)
