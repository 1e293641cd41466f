"""Takes a picture of every page, light and dark, 390 and 1280 pixels wide: `python tests/screenshots.py [STORE]`.

Without a store the made-up events of the tests are shown; what each page is about is chosen from the store. The
pictures go to `.screenshots/`, which git ignores.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
from conftest import ARGUMENTS, BROWSERS, PATIENCE, ROOT, dashboard, made_up_store
from playwright.sync_api import sync_playwright

from extract.store import write_store

FOLDER = ROOT / ".screenshots"
TALLEST = 4000
FIRST = 900
SCHEMES = ("light", "dark")
WIDTHS = (390, 1280)
_PAIR = """SELECT a.c, b.c, count(*) AS n FROM (SELECT id, unnest(countries) AS c FROM events) a
    JOIN (SELECT id, unnest(countries) AS c FROM events) b ON a.id = b.id AND a.c < b.c
    GROUP BY ALL ORDER BY n DESC, 1, 2 LIMIT 1"""
_COUNTRIES = "SELECT unnest(countries) AS c, count(*) AS n FROM events GROUP BY 1 ORDER BY n DESC, c LIMIT 4"
_PERSON = "SELECT unnest(actors).name AS name, count(*) AS n FROM events GROUP BY 1 ORDER BY n DESC, name LIMIT 1"
# The event that the most documents tell, and where the first of them does.
_EVENT = """SELECT event, arg_min(document, rank), count(DISTINCT document) AS told FROM sources
    GROUP BY event ORDER BY told DESC, count(*) DESC, event LIMIT 1"""


def views_of(store: Path) -> dict[str, str]:
    """Return every page and state of the dashboard for what is in the store, each with the query of its address."""
    base = duckdb.connect()
    for name in ("events", "sources"):
        base.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{store / name}.parquet')")
    a, b, _ = base.execute(_PAIR).fetchall()[0]
    countries = [row[0] for row in base.execute(_COUNTRIES).fetchall()]
    person = base.execute(_PERSON).fetchall()[0][0]
    event, document, _ = base.execute(_EVENT).fetchall()[0]
    few = {"compare": ",".join(countries[:3])}
    many = {"kinds": "meeting,visit", "countries": ",".join(countries), "person": person, "from": "1990-01-01",
            "to": "2030-01-01", "status": "occurred", "q": "the"}
    pages: dict[str, tuple[str, dict[str, str]]] = {
        "overview": ("", {}), "timeline": ("timeline", {}), "timeline by country": ("timeline", {"by": "country"}),
        "timeline by pair": ("timeline", {"by": "pair"}), "timeline at": ("timeline", {"at": event}),
        "map": ("map", {}), "partners": ("map", {"partners": countries[0]}), "places": ("map", {"layer": "places"}),
        "countries": ("country", {}), "country": ("country", {"country": countries[0]}), "pair": ("pair", {"a": a, "b": b}),
        "compare": ("compare", few), "people": ("people", {}), "person": ("person", {"name": person}),
        "event": ("event", {"event": event}), "documents": ("document", {}),
        "document": ("document", {"document": document, "event": event, "passage": "1"}),
        "network": ("network", {}), "alone": ("network", {"alone": countries[0]}), "table": ("table", {}),
        "second page": ("table", {"page": "2"}), "search": ("search", {"find": person.split()[-1]}),
        "method": ("method", {}), "nobody": ("person", {"name": "<b>x"}), "many filters": ("overview", many),
        "nothing": ("timeline", {"q": "zzzz"}), "arabic": ("country", {"country": countries[0], "lang": "ar"}),
    }
    return {name: "?" + urlencode({"view": view} | more if view else more) for name, (view, more) in pages.items()}


def settled(page: Any) -> None:
    """Wait until the script has run and the charts stand still."""
    page.wait_for_selector("h1")
    page.wait_for_selector(".tabs .tab")
    page.wait_for_selector("[data-test-script-state=notRunning]")
    page.wait_for_timeout(1000)


def take(browser: Any, address: str, views: dict[str, str], width: int, scheme: str) -> None:
    """Take the pictures of all views at one width in one colour scheme."""
    context = browser.new_context(viewport={"width": width, "height": FIRST}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    for name, query in views.items():
        page.set_viewport_size({"width": width, "height": FIRST})
        page.goto(address + query)
        settled(page)
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, FIRST), TALLEST)})
        page.wait_for_timeout(600)
        page.screenshot(path=FOLDER / f"{name.replace(' ', '-')}-{width}-{scheme}.png")
    if width < 640:
        page.set_viewport_size({"width": width, "height": FIRST})
        page.goto(address)
        settled(page)
        page.get_by_test_id("stExpandSidebarButton").click()
        page.wait_for_timeout(600)
        page.screenshot(path=FOLDER / f"filters-open-{width}-{scheme}.png")
    context.close()


def asked() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?", type=Path, help="a store of events; the made-up ones without it")
    parser.add_argument("--views", default="", help="only these, with commas between")
    parser.add_argument("--widths", default=",".join(map(str, WIDTHS)), help="in pixels, with commas between")
    parser.add_argument("--schemes", default=",".join(SCHEMES), help="light, dark or both")
    return parser.parse_args()


def main() -> None:
    """Start the dashboard, take the pictures, and say where they are."""
    wanted = asked()
    FOLDER.mkdir(exist_ok=True)
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit(f"no browser found (looked for {', '.join(BROWSERS)})")
    with tempfile.TemporaryDirectory() as scratch:
        store = wanted.store or Path(scratch) / "store"
        if not wanted.store:
            write_store(store, made_up_store())
        only = set(filter(None, wanted.views.split(",")))
        views = {name: query for name, query in views_of(store).items() if not only or name in only}
        with dashboard(store=store) as address, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS.split())
            for width in map(int, wanted.widths.split(",")):
                for scheme in wanted.schemes.split(","):
                    take(browser, address, views, width, scheme)
            browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
