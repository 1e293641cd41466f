"""Steps of the tests that drive a browser: waiting, reading the address, pressing on drawn marks."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlparse

# The element that has the focus, in whatever shadow tree it lies, by its words.
FOCUSED = "(() => { let at = document.activeElement; while (at && at.shadowRoot && at.shadowRoot.activeElement)" \
          " at = at.shadowRoot.activeElement; return at ? at.innerText : ''; })()"
TOO_WIDE = "document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth"


def params(page: Any) -> dict[str, str]:
    """Return the parameters of the page's address."""
    return {key: values[-1] for key, values in parse_qs(urlparse(page.url).query).items()}


def settled(page: Any, pause: int = 700) -> None:
    """Wait until the script has run, the head of the page is drawn and the charts stand still for `pause` ms."""
    page.wait_for_selector(".tabs .tab")
    page.wait_for_selector("h1")
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(pause)


def heading(page: Any, words: str) -> None:
    """Wait until the page's heading has these words."""
    page.wait_for_selector(f"h1:has-text('{words}')")


def press(page: Any, element: Any) -> None:
    """Press the mouse on the middle of a drawn mark; Plotly listens to the mouse and not to elements."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    page.wait_for_timeout(200)
    page.mouse.click(x, y)
