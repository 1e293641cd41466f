"""Every number on a page leads to just so many events: on all pages, with filters and without, the tables behind the
charts opened, on made-up events and on those of the seeds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from conftest import made_up_store
from streamlit.testing.v1 import AppTest
from test_page_countries import MORE
from views import VIEWS

from dashboard import timespan
from dashboard.filters import Filters, decode
from dashboard.markup import words
from dashboard.query import Archive, countries, events, places
from dashboard.query import person as persons
from extract.record import Part
from extract.store import write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
TABLES = ("when", "world", "overview", "timeline", "country_timeline", "pair_timeline", "person_timeline", "place_map",
          "visit_years", "compare_lines", "compare_panels")
FILTERS = (
    {"from": "2020-06-02", "to": "2021-02-20"}, {"kinds": "visit,statement", "status": "occurred,planned"},
    {"precision": "day,range,unknown", "begins": "../2021-02-20"}, {"source": "letter.txt", "part": "NOR.together"},
)
# Links of these words are dates, names or ways on, and no numbers of events.
_NUMBER = re.compile(r"^(?:All )?(\d[\d,]*)(?: (.*))?$")
_IN_FIGURE = re.compile(r"<a href='\?([^']*)'[^>]*>([\d,]+)</a>")
Params = dict[str, str | list[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with each kind of event, and with one of a state that no standard knows."""
    made = made_up_store()
    odd = replace(made.events[2], id="odd1", countries=("NOR", "ZZZ"), date="2018-12-30/2019-01-02",
                  parts=(Part("NOR", "signatory"), Part("ZZZ", "signatory")))
    found = tmp_path_factory.mktemp("numbers") / "store"
    write_store(found, replace(made, events=(*made.events, *MORE, odd)))
    return found


@pytest.fixture(scope="module")
def archive(folder: Path) -> Archive:
    return Archive(folder)


def _run(folder: Path, monkeypatch: pytest.MonkeyPatch, params: Params) -> AppTest:
    monkeypatch.setenv("READOUT_STORE", str(folder))
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in params.items():
        app.query_params[key] = value
    for key in TABLES:
        app.session_state[f"numbers_{key}"] = True
    app.run()
    assert not app.exception
    return app


def _links(tree: Any, base: Any) -> Iterator[tuple[str, str, Params]]:
    """Give the links of a tree: their words, the page that they lead to, and its parameters."""
    if not isinstance(tree, dict):
        return
    if "open" in tree:
        yield words(tree), tree["open"]["view"], tree["open"]["params"]
    elif "to" in tree:
        yield words(tree), base["view"], base["params"] | tree["to"]
    for child in tree.get("children", ()):
        yield from _links(child, base)


def _all_links(app: AppTest) -> Iterator[tuple[str, str, Params]]:
    for element in app.get("bidi_component"):
        tree = json.loads(element.proto.json)
        yield from _links(tree, tree.get("base"))
    for chart in app.get("plotly_chart"):
        for note in json.loads(chart.proto.spec)["layout"].get("annotations", ()):
            for address, number in _IN_FIGURE.findall(note["text"]):
                params = parse_qs(address.replace("&amp;", "&"))
                yield number, params.pop("view")[0], dict(params)


def _chosen(params: Params, archive: Archive) -> Filters:
    given = {key: [value] if isinstance(value, str) else value for key, value in params.items()}
    known = countries.codes(archive)
    found, faults = decode(given, lambda code: code in known or (len(code) == 3 and code != "QQQ"))
    assert not faults, faults
    return found


def _count(view: str, params: Params, archive: Archive) -> int | None:
    """Return how many events a link leads to; None where it leads to something else."""
    chosen = _chosen(params, archive)
    if view == "table":
        return int(events.totals(archive, chosen)["events"])
    if view == "map" and "list" in params:
        return places.count_at(archive, chosen, str(params["list"]))
    if view == "person" and {"for", "as"} & set(params):
        name, country, role = (str(params.get(key, "")) for key in ("name", "for", "as"))
        found = persons.acts(archive, chosen, name, country, role, 1)
        return int(found["found"].iloc[0]) if len(found) else 0
    return None


def _checked(app: AppTest, archive: Archive) -> int:
    """Check the numbers of a page against the events that they lead to; returns how many there are."""
    seen = 0
    for said, view, params in _all_links(app):
        number = _NUMBER.match(said)
        target = _count(view, params, archive)
        if number and target is not None:
            assert int(number[1].replace(",", "")) == target, (said, view, params)
            seen += 1
        if view == "event" and "event" in params:
            assert events.event(archive, str(params["event"])), params
    return seen


@pytest.mark.parametrize("view", VIEWS)
def test_every_number_is_that_of_the_events_it_leads_to(
    folder: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    own = {key: values[-1] for key, values in parse_qs(VIEWS[view].removeprefix("?")).items()}
    monkeypatch.setattr(timespan, "MARKS_AT_MOST", 1200)
    seen = sum(_checked(_run(folder, monkeypatch, own | given), archive) for given in FILTERS)
    assert seen or view in ("nobody", "method", "nothing", "event", "search"), view
