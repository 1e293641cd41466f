"""How long the first page takes in the browser, against an empty Streamlit page on the same machine, taking turns:
`python tests/first_paint.py STORE [ROUNDS]`.

Each visit is one of a new reader: nothing is kept in the browser. Told is the time from the address to the first
heading in the page, for the empty page to its only line; then that until nothing moves any more.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from conftest import ARGUMENTS, BROWSERS, PATIENCE, ROOT, dashboard
from playwright.sync_api import sync_playwright

EMPTY = 'import streamlit as st\nst.title("Nothing")\n'
DONE = "[data-test-script-state=notRunning]"


@contextmanager
def empty() -> Iterator[str]:
    """Serve a page with one line, as the dashboard is served."""
    with tempfile.TemporaryDirectory() as above:
        root = Path(above) / "root"
        (root / "dashboard").mkdir(parents=True)
        (root / "dashboard" / "app.py").write_text(EMPTY)
        shutil.copytree(ROOT / ".streamlit", root / ".streamlit") if (ROOT / ".streamlit").exists() else None
        with dashboard(root=root) as address:
            yield address


def visit(browser: Any, address: str) -> tuple[float, float]:
    """Return the seconds to the first heading, and until the script has run and the charts are drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("h1")
    first = time.perf_counter() - began
    page.wait_for_selector(DONE)
    whole = time.perf_counter() - began
    context.close()
    return first, whole


def main() -> None:
    """Print the medians and their ratios."""
    store, rounds = Path(sys.argv[1]), int((sys.argv[2:] or ["7"])[0])
    path = next(filter(None, map(shutil.which, BROWSERS)))
    with dashboard(store=store) as ours, empty() as other, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS.split())
        begun = [visit(browser, one) for one in (other, ours)]
        times = [[visit(browser, one) for one in (other, ours)] for _ in range(rounds)]
        browser.close()
    print(f"first visit of all: {begun[1][0]:.2f} s, empty {begun[0][0]:.2f} s, ratio {begun[1][0] / begun[0][0]:.2f}")
    for at, name in enumerate(("first heading", "script ended")):
        nothing, page = ([one[which][at] for one in times] for which in (0, 1))
        ratio = statistics.median(b / a for a, b in zip(nothing, page, strict=True))
        print(f"{name}: {statistics.median(page):.2f} s, empty {statistics.median(nothing):.2f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
