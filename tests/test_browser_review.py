"""Correcting the record in a real browser: add what was missed, correct, reload, share, undo."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import dashboard
from steps import heading, params, settled

pytestmark = pytest.mark.browser
# Selects words of the reader as a mouse does, whatever elements they lie in.
SELECT = """words => {
    const find = (root) => {
        for (const one of root.querySelectorAll('*')) {
            if (one.classList.contains('reader')) return one;
            const inside = one.shadowRoot && find(one.shadowRoot);
            if (inside) return inside;
        }
    };
    const reader = find(document);
    const walker = document.createTreeWalker(reader, NodeFilter.SHOW_TEXT);
    const points = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (let at = 0; at < node.length; at += 1) points.push([node, at]);
    const text = points.map(([node, at]) => node.data[at]).join('');
    const start = text.indexOf(words);
    const selection = getSelection();
    selection.setBaseAndExtent(...points[start], points[start + words.length - 1][0], points[start + words.length - 1][1] + 1);
    reader.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
}"""


@pytest.fixture(scope="module")
def own(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = Path(shutil.copytree(store, tmp_path_factory.mktemp("review") / "store"))
    with dashboard(store=folder) as found:
        yield found


def test_add_correct_reload_share_and_undo(own: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{own}?view=document&document=letter.txt")
    settled(page)
    page.evaluate(SELECT, "“Fjords & harbours” 🚢 was the motto")
    page.get_by_role("button", name="Add an event from this passage").click()
    heading(page, "Add an event")
    assert page.locator("blockquote").inner_text() == "“Fjords & harbours” 🚢 was the motto"
    settled(page)
    page.get_by_label("Your name, for the history").fill("Ada")
    page.get_by_label("Date", exact=True).fill("2021-03")
    page.get_by_label("Title", exact=True).fill("A motto is chosen")
    page.get_by_role("button", name="Add this event").click()
    heading(page, "A motto is chosen")
    page.get_by_text("The event is added").wait_for()
    settled(page)
    page.get_by_role("radio", name="Edit").or_(page.get_by_role("button", name="Edit", exact=True)).first.click()
    settled(page)
    page.get_by_label("Date", exact=True).fill("2021-03-03")
    page.get_by_label("Why").fill("the day of the letter")
    page.get_by_role("button", name="Save the edit").click()
    page.get_by_text("The event is corrected").wait_for()
    page.reload()
    settled(page)
    page.locator(".st-key-facts dd", has_text="3 March 2021").wait_for()
    shared = open_page(page.url)
    heading(shared, "A motto is chosen")
    settled(shared)
    shared.locator(".st-key-facts .badge", has_text="Corrected by Ada").wait_for()
    shared.get_by_role("link", name="History", exact=True).click()
    heading(shared, "History")
    settled(shared)
    assert params(shared)["of"] == params(page)["event"]
    shared.get_by_label("Your name, for the history").fill("Bob")
    for number in (2, 1):
        shared.get_by_role("button", name=f"Undo number {number}").click()
        shared.get_by_text(f"Number {number} was undone").wait_for()
        settled(shared)
    page.reload()
    page.get_by_text("The store has no event").wait_for()
    page.goto(f"{own}?view=document&document=letter.txt")
    settled(page)
    assert not page.locator(".st-key-passages", has_text="A motto is chosen").count()
