"""Files that an analyst takes home, in a real browser: they are made when they are asked for, after the page."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from steps import heading

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("view", "title", "button", "column", "value"),
    [
        ("table", "Table", "download_events", "parts", "MLT host; NOR guest"),
        ("people", "People", "download_people", "name", "Jane Example"),
        ("people", "People", "download_pairs", "a", "Jane Example"),
        ("network&lang=fr", "Network", "download_network", "b_name", "Norvège"),
    ],
)
def test_a_file_is_taken_home(
    address: str, open_page: Callable[..., Any], tmp_path: Path, view: str, title: str, button: str, column: str, value: str
) -> None:
    page = open_page(f"{address}?view={view}")
    heading(page, title)
    with page.expect_download() as taken:
        page.locator(f".st-key-{button} button").click()
    file = tmp_path / "taken.csv"
    taken.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert value in [row[column] for row in csv.DictReader(lines)]
