"""Widgets that stand in the address: what a browser still tells of an earlier page or run is no choice of the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import fields

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")


@pytest.fixture
def run(store: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Run the dashboard at an address."""
    monkeypatch.setenv("READOUT_STORE", str(store))

    def started(**params: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        return _go(app, **params)

    return started


def _go(app: AppTest, **params: str) -> AppTest:
    """Follow a link: the browser is at another address before it has drawn anything of it."""
    app.query_params.clear()
    for key, value in params.items():
        app.query_params[key] = value
    return app.run()


def _address(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[-1] for key, value in app.query_params.items()}


@pytest.mark.parametrize(
    ("here", "change"),
    [
        ({"view": "country", "country": "NOR"}, lambda app: app.selectbox(key="country_picker").set_value("MLT")),
        ({"view": "pair", "a": "NOR", "b": "MLT"}, lambda app: app.selectbox(key="b_picker").set_value("SWE")),
        ({"view": "compare", "compare": "NOR"}, lambda app: app.multiselect(key="compare_picker").set_value(["MLT"])),
        ({"view": "people"}, lambda app: app.text_input(key="find_person").set_value("jane")),
        ({"view": "table"}, lambda app: app.multiselect(key="table_columns").set_value(["date"])),
        ({"view": "document", "document": "letter.txt"}, lambda app: app.toggle(key="mark_dates").set_value(False)),
    ],
    ids=lambda value: value["view"] if isinstance(value, dict) else "",
)
def test_a_widget_of_the_page_before_leads_nowhere(
    run: Callable[..., AppTest], here: dict[str, str], change: Callable[[AppTest], Any]
) -> None:
    app = run(**here)
    change(app)
    _go(app, view="event", event="ev1")
    assert _address(app) == {"view": "event", "event": "ev1"}
    # The same change on the page itself is one.
    app = run(**here)
    change(app)
    app.run()
    assert _address(app) != here


def test_what_was_replaced_a_moment_ago_is_no_choice(
    run: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fields, "_LATE", 600.0)
    app = run(view="country", country="NOR")
    _go(app, view="country", country="MLT")
    assert app.selectbox(key="country_picker").value == "MLT"
    app.selectbox(key="country_picker").set_value("NOR").run()
    assert _address(app) == {"view": "country", "country": "MLT"}
    assert app.selectbox(key="country_picker").value == "MLT"
    app.selectbox(key="country_picker").set_value("SWE").run()
    assert _address(app) == {"view": "country", "country": "SWE"}, "another value is a choice"
    monkeypatch.setattr(fields, "_LATE", 0.0)
    app.selectbox(key="country_picker").set_value("MLT").run()
    assert _address(app) == {"view": "country", "country": "MLT"}, "and so is the same one later"


def test_words_that_were_searched_for_can_be_searched_for_again(
    run: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fields, "_LATE", 600.0)
    app = run()
    app.text_input(key="find").set_value("norw").run()
    assert _address(app) == {"view": "search", "find": "norw"}
    _go(app, view="country", country="NOR")
    app.text_input(key="find").set_value("norw").run()
    assert _address(app) == {"view": "country", "country": "NOR"}, "the browser has not yet emptied the box"
    monkeypatch.setattr(fields, "_LATE", 0.0)
    app.text_input(key="find").set_value("norw ").run()
    assert _address(app) == {"view": "search", "find": "norw"}
