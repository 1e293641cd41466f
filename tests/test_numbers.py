"""Every number on a page leads to just so many events: on all pages, with filters and without, the tables behind the
charts opened."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from conftest import made_up_store
from streamlit.testing.v1 import AppTest
from test_page_countries import MORE
from views import VIEWS

from dashboard import geography, panel, timespan, wording
from dashboard.filters import LATEST, Filters, beginning, decode, encode, told_in
from dashboard.markup import words
from dashboard.query import Archive, countries, events, lately, places
from dashboard.query import person as persons
from extract.record import Event, Part
from extract.store import write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
TABLES = ("when", "world", "overview", "timeline", "country_timeline", "pair_timeline", "person_timeline", "place_map",
          "visit_years", "compare_lines", "compare_panels")
MANY = ("overview", "timeline", "map", "country", "pair", "compare", "person", "network", "documents")
FILTERS: tuple[Params, ...] = (
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
    app.query_params["open"] = ",".join(TABLES)
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
    found, faults = decode(given, countries.codes(archive).union(geography.names()).__contains__)
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
            identifier = params["event"] if isinstance(params["event"], str) else params["event"][-1]
            assert events.event(archive, identifier), params
    return seen


@pytest.mark.parametrize("view", VIEWS)
def test_every_number_is_that_of_the_events_it_leads_to(
    folder: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    own = {key: values[-1] for key, values in parse_qs(VIEWS[view].removeprefix("?")).items()}
    assert _checked(_run(folder, monkeypatch, dict(own)), archive) > (2 if view in MANY else 0)


@pytest.mark.parametrize("given", FILTERS)
@pytest.mark.parametrize("view", MANY)
def test_filters_change_no_number_and_its_events_apart(
    folder: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch, view: str, given: Params
) -> None:
    own = {key: values[-1] for key, values in parse_qs(VIEWS[view].removeprefix("?")).items()}
    assert _checked(_run(folder, monkeypatch, own | given), archive)


@pytest.mark.parametrize("by", ["kind", "country", "pair"])
@pytest.mark.parametrize("given", [{}, {"from": "2021-01-02"}, {"from": "2019-01-01", "to": "2021-01-01"}, FILTERS[-2]])
def test_bars_of_time_count_the_events_that_they_lead_to(
    folder: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch, by: str, given: Params
) -> None:
    monkeypatch.setattr(timespan, "MARKS_AT_MOST", 0)
    monkeypatch.setattr(panel, "share", lambda make, *arguments: make(*arguments))
    app = _run(folder, monkeypatch, {"view": "timeline", "by": by} | given)
    assert [element for element in app.get("bidi_component") if element.proto.id.endswith("rows_timeline")]
    assert _checked(app, archive)


# The filters by which they lead there


def _found(archive: Archive, *parts: str, **more: Any) -> str:
    rows = events.page(archive, Filters(parts=parts, **more), 100)
    return " ".join(sorted(rows["id"].str.removeprefix("ev")))


def test_parts_of_no_country_of_some_and_of_one_alone(archive: Archive) -> None:
    assert _found(archive, "-.any") == "8", "no country takes part"
    assert _found(archive, "NOR.visitor", "-.host") == "more4"
    assert _found(archive, "*.host", "NOR.guest") == "1"
    assert _found(archive, "NOR.alone") == "7" and _found(archive, "*.alone") == "7"
    every = events.totals(archive, Filters(parts=("NOR.any",)))["events"]
    assert events.totals(archive, Filters(parts=("NOR.together",)))["events"] == every - 1


def test_the_days_on_which_an_event_may_begin(archive: Archive) -> None:
    new_year = dt.date(2021, 1, 1)
    assert "more3" in _found(archive, first=new_year), "it lasts into the year"
    assert "more3" not in _found(archive, begins=(new_year, None))
    assert _found(archive, begins=(dt.date(2020, 12, 31), dt.date(2020, 12, 31))) == "more3"
    assert _found(archive, begins=(None, dt.date(2018, 12, 30))) == "odd1"


@pytest.mark.parametrize(("begins", "code", "said"), [
    ((dt.date(2021, 1, 1), dt.date(2021, 1, 31)), "2021-01-01/2021-01-31", "that begin from 1 January 2021 to 31 January 2021"),
    ((None, dt.date(2021, 1, 31)), "../2021-01-31", "that begin by 31 January 2021"),
    ((dt.date(2021, 1, 1), None), "2021-01-01/..", "that begin on 1 January 2021 or later"),
    ((dt.date(2021, 1, 1), dt.date(2021, 1, 1)), "2021-01-01/2021-01-01", "that begin on 1 January 2021"),
])
def test_the_first_days_in_the_address_and_in_words(begins: Any, code: str, said: str) -> None:
    chosen = Filters(begins=begins)
    assert encode(chosen) == {"begins": code} and decode({"begins": [code]}) == (chosen, [])
    assert wording.phrases(chosen) == [("begins", said)] and "unknown year are left out" in wording.sentence(chosen)
    assert beginning(chosen, None, None) == chosen
    assert beginning(chosen, dt.date(2020, 1, 1), dt.date(2021, 1, 15)).begins[1] <= dt.date(2021, 1, 15)


@pytest.mark.parametrize("code", ["2021", "2021-01-01", "a/b", "2021-01-01/2021-01-02/2021-01-03", "/"])
def test_days_that_are_none_are_named(code: str) -> None:
    chosen, faults = decode({"begins": [code]})
    assert chosen == Filters() and code in faults[0]


def test_parts_in_words() -> None:
    said = wording.named(("NOR.visitor", "-.host", "*.alone", "SWE.alone", "MLT.together"))
    assert said == ("with Norway as visitor, with no country as host, with a country alone, with Sweden alone and with "
                    "Malta and others")
    assert decode({"part": ["-.alone,-.host,*.any,--.host"]})[0].parts == ("-.host", "*.any")


def test_another_document_that_must_tell_it_too(archive: Archive) -> None:
    one = told_in(Filters(), "letter.txt")
    assert one == Filters(documents=("letter.txt",)) and told_in(one, "letter.txt") == one
    both = told_in(one, "x.txt")
    assert both == Filters(documents=("letter.txt",), with_documents=("x.txt",))
    assert encode(both) == {"source": ["letter.txt"], "told": ["x.txt"]}
    assert events.totals(archive, both)["events"] == 0


# Codes that no standard knows


def test_a_code_that_only_the_store_has_is_known(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _run(folder, monkeypatch, {"view": "table", "part": "ZZZ.any", "countries": "ZZZ"})
    assert not app.warning and "1 of 17 events match" in _text(app)
    assert _run(folder, monkeypatch, {"view": "country", "country": "ZZZ"}).title[0].value == "ZZZ"
    assert _run(folder, monkeypatch, {"view": "pair", "a": "NOR", "b": "ZZZ"}).title[0].value == "Norway and ZZZ"
    odd = _run(folder, monkeypatch, {"view": "table", "part": "QQQ.any"})
    assert "QQQ" in odd.warning[0].value


def test_days_that_no_filter_knows_are_no_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = made_up_store()
    far = replace(made.events[0], id="far", date="9999-12-31")
    write_store(tmp_path / "store", replace(made, events=(*made.events, far)))
    archive = Archive(tmp_path / "store")
    found = lately.window(archive, Filters())
    assert found and found.lately.last == LATEST
    assert _checked(_run(tmp_path / "store", monkeypatch, {"view": "overview"}), archive) > 5
    write_store(tmp_path / "old", replace(made, events=(replace(far, date="0987-06-05"),)))
    assert lately.window(Archive(tmp_path / "old"), Filters()) is None


# What the tables hold


def _text(app: AppTest) -> str:
    return "\n".join(words(json.loads(element.proto.json)) for element in app.get("bidi_component")
                     if "children" in json.loads(element.proto.json))


def test_the_map_of_a_place_has_its_coordinates_and_where_they_come_from(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _text(_run(folder, monkeypatch, {"view": "event", "event": "ev1"}))
    assert re.search(r"Valletta +MLT +Malta +35\.9\d* +14\.5\d* +GeoNames, number 2562305", said)


def test_rows_that_are_events_have_their_identifier(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _run(folder, monkeypatch, {"view": "timeline"})
    table = next(json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.id.endswith("rows_timeline"))
    assert re.search(r"Date +Title +Row .* Identifier .*2021-03-03 .* ev1", words(table))
    assert ("Ola Nordmann speaks of fjords", "event", {"event": "ev7"}) in list(_links(table, table["base"]))


def test_the_table_offers_every_column_of_the_record(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.app_pages.table import FIELDS

    named = {"actors": "actors", "date_basis": "basis"}
    assert {named.get(field.name, field.name) for field in fields(Event)} <= set(FIELDS)
    app = _run(folder, monkeypatch, {"view": "table", "columns": "title,parts,place_country,actors,told_in", "lang": "de"})
    said = _text(app)
    for part in ("Malta +host", "Norwegen +guest", "Norwegen +visitor", "Kosovo +part not told", "Jane Example +President, Malta",
                 "letter.txt"):
        assert re.search(part, said), part
