"""Reading one's own files in a real browser: give them, see their events, add them to the store, find them there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PATIENCE, dashboard
from steps import back, heading, settled

from extract import pipeline
from extract.store import write_store

pytestmark = pytest.mark.browser
# The language model and the encoder are loaded at the first reading.
LOADING = 4 * PATIENCE
FIRST = "LIMA, Oct. 8, 2015 (EFE) -- Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on Wednesday.\n"
SECOND = "NAIROBI, May 4, 2012 (KNA) -- Kenyan President Mwai Kibaki met Norwegian Prime Minister Jens Stoltenberg on Friday.\n"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("read")
    (folder / "a.txt").write_text(FIRST)
    write_store(folder / "store", pipeline.run([folder / "a.txt"], by_rules=True))
    (folder / "a.txt").unlink()
    with dashboard(store=folder / "store") as found:
        yield found


def test_read_a_file_and_add_it_to_the_store(
    own: str, open_page: Callable[..., Any], chromium: Any, tmp_path: Path
) -> None:
    page = open_page(f"{own}?view=document")
    settled(page)
    page.get_by_role("link", name="Read your own files or text").click()
    heading(page, "Read your own")
    settled(page)
    (tmp_path / "large.txt").write_bytes(b"x" * (20 * 2**20 + 1))
    (tmp_path / "nairobi.txt").write_text(SECOND)
    (tmp_path / "locked.pdf").write_bytes(b"none")
    page.set_input_files("input[type=file]", [tmp_path / name for name in ("nairobi.txt", "locked.pdf", "large.txt")])
    page.get_by_text("File must be 20.0MB or smaller").wait_for()
    page.locator("[data-testid=stFileChip]", has_text="nairobi.txt").wait_for()
    settled(page)
    page.get_by_role("button", name="Read these files").click()
    page.get_by_role("progressbar").first.wait_for()
    page.get_by_role("link", name="Overview", exact=True).click()
    heading(page, "Overview")
    settled(page)
    back(page)  # the reading went on meanwhile
    page.locator(".st-key-passages", has_text="Mwai Kibaki").wait_for(timeout=LOADING)
    settled(page)
    assert "met Norwegian Prime Minister Jens Stoltenberg" in page.locator(".st-key-reader .passage, .st-key-reader mark").first.inner_text()
    page.locator(".st-key-unread", has_text="locked.pdf").wait_for()
    page.locator(".st-key-own_events").get_by_role("link").first.click()
    page.locator(".st-key-reader mark").first.wait_for()
    # Another tab, and somebody else who was sent the very link.
    elsewhere = chromium.new_context()
    for other in (open_page(f"{own}?view=read"), elsewhere.new_page()):
        other.goto(page.url)
        heading(other, "Read your own")
        settled(other)
        assert not other.get_by_text("Kibaki").count(), "nobody else sees it"
    elsewhere.close()
    page.get_by_role("button", name="Add to the store").click()
    page.get_by_text("1 file added to the store").wait_for(timeout=LOADING)
    page.goto(f"{own}?view=document")
    settled(page)
    page.get_by_role("link", name="nairobi.txt").click()
    page.locator(".st-key-passages", has_text="Mwai Kibaki").wait_for()
    page.goto(f"{own}?view=read")
    settled(page)
    assert not page.locator(".st-key-reader").count(), "a reload begins anew"
