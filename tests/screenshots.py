"""Takes a picture of every page, light and dark, 390 and 1280 pixels wide: `python tests/screenshots.py [STORE]`.

Without a store the made-up events of the tests are shown. The pictures go to `.screenshots/`, which git ignores.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from conftest import ARGUMENTS, BROWSERS, ROOT, dashboard, made_up_store
from playwright.sync_api import sync_playwright
from views import VIEWS

from extract.store import write_store

FOLDER = ROOT / ".screenshots"
TALLEST = 4000


def settled(page: Any) -> None:
    """Wait until the script has run and the charts stand still."""
    page.wait_for_selector("h1")
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(1200)


def take(browser: Any, address: str, width: int, scheme: str) -> None:
    """Take the pictures of all views at one width in one colour scheme."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for name, query in VIEWS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + query)
        settled(page)
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, 900), TALLEST)})
        page.wait_for_timeout(600)
        page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png")
    context.close()


def main() -> None:
    """Start the dashboard, take the pictures, and say where they are."""
    FOLDER.mkdir(exist_ok=True)
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit(f"no browser found (looked for {', '.join(BROWSERS)})")
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch) / "store"
        if len(sys.argv) == 1:
            write_store(store, made_up_store())
        with dashboard(store=store) as address, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS.split())
            for width in (390, 1280):
                for scheme in ("light", "dark"):
                    take(browser, address, width, scheme)
            browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
