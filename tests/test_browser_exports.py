"""Files to take home, in a real browser: the page of exports, the report opened from a disk, charts as pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import HOSTILE, PATIENCE
from hostile import hostile_store
from steps import TOO_WIDE, heading, params, settled, until

from dashboard import report
from dashboard.filters import Filters
from dashboard.query import Archive, whole
from extract.exports import About
from extract.store import write_store

pytestmark = pytest.mark.browser
MARKS = "#chart-timeline .points path"
SHAPES = "#chart-map .choroplethlayer path"


@pytest.fixture
def open_file(chromium: Any) -> Any:
    """Open a file from the disk with the network off; nothing may complain, ask for anything or raise a dialog."""
    faults: list[str] = []
    contexts = []

    def opened(file: Path, **options: Any) -> Any:
        context = chromium.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: None if request.url.startswith(("file:", "data:", "blob:"))
                else faults.append(request.url))
        page.goto(file.as_uri())
        page.wait_for_selector(SHAPES, state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


def test_a_report_is_taken_from_the_screen_and_opens_without_a_server(
    address: str, open_page: Callable[..., Any], open_file: Callable[..., Any], tmp_path: Path
) -> None:
    page = open_page(f"{address}?view=pair&a=MLT&b=NOR")
    heading(page, "Malta and Norway")
    page.locator("a.copy", has_text="Export").click()
    heading(page, "Export")
    assert params(page) == {"view": "export", "part": "MLT.any,NOR.any"}
    with page.expect_download() as taken:
        page.locator(".st-key-export_report button").click()
    assert taken.value.suggested_filename == "readout-malta-norway.html"
    file = tmp_path / "report.html"
    taken.value.save_as(file)

    told = open_file(file, viewport={"width": 1280, "height": 900})
    assert told.locator("h1").inner_text() == "Malta and Norway"
    assert "with Malta and with Norway" in told.locator("header").inner_text()
    assert told.locator("header a[href*='view=table']").get_attribute("href") == (
        f"{address}?view=table&part=MLT.any%2CNOR.any")
    assert told.locator(MARKS).count() >= 2
    told.locator("#table tbody a", has_text="Jane Example meets").click()
    event = told.locator("article:target")
    assert "They spoke of harbours" in event.inner_text() and "letter.txt, characters" in event.inner_text()
    told.locator("#find").fill("jane harbours")
    assert told.locator("#table tbody tr:visible").count() == 1
    assert not [fault for fault in Axe().run(told).response["violations"] if fault["impact"] in ("serious", "critical")]


def test_a_mark_and_a_country_of_a_report_lead_to_their_events(
    store: Path, open_file: Callable[..., Any], tmp_path: Path
) -> None:
    told = open_file(_report(store, tmp_path), viewport={"width": 390, "height": 800}, color_scheme="dark")
    assert told.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert told.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 20, 23)"
    told.evaluate("""document.getElementById('chart-timeline').emit('plotly_click',
        {points: [{customdata: ['ev2', 'title', 'date', 'planned', '']}]})""")
    assert HOSTILE in told.locator("article:target h3").inner_text()
    told.evaluate("document.getElementById('chart-map').emit('plotly_click', {points: [{customdata: ['NOR', 'Norway', 4]}]})")
    assert told.locator("#only-said").inner_text() == "Only events with Norway."
    assert told.locator("#table tbody tr:visible").count() == 4
    told.locator("#all").click()
    assert told.locator("#table tbody tr:visible").count() == 8


def test_hostile_texts_stay_texts_in_a_report(open_file: Callable[..., Any], tmp_path: Path) -> None:
    write_store(tmp_path / "store", hostile_store())
    told = open_file(_report(tmp_path / "store", tmp_path))
    assert told.locator("article").count() == len(hostile_store().events)
    assert told.locator("main :is(img, iframe, script, form, b, [onerror])").count() == 0
    assert "<script>alert(1)</script>" in told.locator("main").inner_text()


def _report(store: Path, folder: Path) -> Path:
    archive = Archive(store)
    rows = list(whole.records(archive, Filters(), 100))
    about = About("Events", "All.", "v", len(rows), len(rows), dt.datetime(2026, 3, 4))
    file = folder / "report.html"
    file.write_bytes(report.to_html(rows, report.draw(archive, Filters()), about))
    return file


@pytest.mark.parametrize(("view", "chart"), [("map", "world"), ("timeline", "timeline")])
def test_a_chart_is_taken_home_as_a_picture(
    address: str, open_page: Callable[..., Any], tmp_path: Path, view: str, chart: str
) -> None:
    page = open_page(f"{address}?view={view}")
    settled(page)
    if chart != "world":
        page.locator(f".st-key-numbers_{chart} summary").click()
        until(page, f"new URLSearchParams(location.search).get('open') === '{chart}'")
        settled(page)
    for name, first in (("PNG", b"\x89PNG\r\n"), ("SVG", b"<svg")):
        with page.expect_download() as taken:
            page.get_by_role("button", name=f"Picture as {name}").click()
        assert taken.value.suggested_filename == f"readout-{chart}.{name.lower()}"
        taken.value.save_as(tmp_path / "picture")
        written = (tmp_path / "picture").read_bytes()
        assert written.startswith(first) and len(written) > 5000
        assert b"#00000" not in written, "the colours are those of the page"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_of_exports_fits_and_serves_everybody(address: str, open_page: Callable[..., Any], width: int) -> None:
    page = open_page(f"{address}?view=export", width=width)
    heading(page, "Export")
    settled(page)
    assert page.evaluate(TOO_WIDE) <= 0
    assert not [fault for fault in Axe().run(page).response["violations"] if fault["impact"] in ("serious", "critical")]
