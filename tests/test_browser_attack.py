"""Text that wants to be markup, in a real browser: nothing runs, nothing is fetched, nothing is wider than the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from conftest import dashboard
from hostile import IDS, TEXTS, hostile_store
from steps import TOO_WIDE, Visits, settled

from extract.store import write_store

pytestmark = pytest.mark.browser
VIEWS = [
    "", "?view=timeline", "?view=timeline&by=pair&from=1900-01-01&to=2100-01-01", "?view=map&layer=places",
    "?view=map&partners=NOR", "?view=country&country=NOR", "?view=pair&a=MLT&b=NOR",
    "?view=compare&compare=MLT,NOR,CHN", "?view=people", "?view=network", "?view=document", "?view=search&find=e",
    "?view=table&columns=date,title,kind,people,place,organizations,basis,quote,id",
    *(f"?{urlencode({'view': 'event', 'event': one})}" for one in IDS[:3]),
    *(f"?{urlencode({'view': 'person', 'name': one})}" for one in TEXTS[:4]),
    *(f"?{urlencode({'view': 'document', 'document': one})}" for one in TEXTS[:3:2]),
    f"?{urlencode({'view': 'table', 'person': TEXTS[0], 'source': TEXTS[2], 'organization': TEXTS[4]}, doseq=True)}",
    f"?{urlencode({'view': TEXTS[0], 'kinds': TEXTS[1], 'q': TEXTS[3], 'lang': TEXTS[8]})}",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile") / "store"
    write_store(folder, hostile_store())
    with dashboard(store=folder) as address:
        yield address


def test_hostile_text_does_nothing(hostile: str, open_page: Callable[..., Any]) -> None:
    page = open_page(hostile, width=390)
    visits, wide = Visits(page), []
    for view in VIEWS:
        visits.go(view, 300)
        assert not page.locator("[data-testid=stException]").count(), view
        assert not page.locator(".stApp script:not([src]), iframe[srcdoc], img[src*=evil], a[href^=http], a[href^=javascript]").count(), view
        if (over := page.evaluate(TOO_WIDE)) > 0:
            wide.append(f"{view}: {over} px too wide")
        if view == "?view=document":  # one long name does not push the rest of a table out of sight
            assert page.locator(".st-key-documents_table tbody th").first.bounding_box()["width"] < 260
    assert not wide, "\n".join(wide)


def test_a_store_that_comes_back_is_shown_by_itself(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    folder = tmp_path / "store"
    write_store(folder, hostile_store())
    with dashboard(store=folder) as address:
        page = open_page(address + "?view=document")
        settled(page)
        folder.rename(tmp_path / "away")
        page.reload()
        page.wait_for_selector("text=there is no store here")
        page.wait_for_function("getComputedStyle(document.querySelector('.block-container')).maxWidth === '1600px'")
        (tmp_path / "away").rename(folder)
        page.wait_for_selector(".tab.here")
        page.goto("about:blank")
