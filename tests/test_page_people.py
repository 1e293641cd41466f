"""The pages of the people, of one person and of the network, without a browser, and the questions behind them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import pytest
from conftest import HOSTILE, NOTE, _source, made_up_store
from streamlit.testing.v1 import AppTest

from dashboard import encounters, geography, markup, widgets
from dashboard import filters as codec
from dashboard import network as figure
from dashboard.filters import Filters, acting, decode
from dashboard.query import Archive, events, people, person
from extract.model import KINDS
from extract.record import Actor, Event, Part
from extract.store import write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
JANE, OLA = "Jane Example", "Ola <i>Nordmann</i>"


def _event(number: int, kind: str, subtype: str, date: str, countries: str, actors: tuple[Actor, ...], **more: Any) -> Event:
    values: dict[str, Any] = {"status": "occurred", "salience": "main", "place": None} | more
    return Event(
        id=f"ev{number}", kind=kind, subtype=subtype, date=date, date_basis="stated", countries=tuple(countries.split()),
        organizations=(), actors=actors, title=f"Event {number}",
        sources=(_source("note <b>1</b>.txt", NOTE, "signed an agreement on reindeer"),), **values,
    )


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up events, with more of the same people: a call, a call cancelled, colleagues, one name for two states."""
    jane, ola = Actor(JANE, "MLT", "President"), Actor(OLA, "NOR", "Prime Minister")
    aide, former = Actor("Åse Lie", "NOR", "Foreign Minister"), Actor(JANE, "SWE", None)
    went = (Part("MLT", "host"), Part("NOR", "visitor"))
    made = made_up_store()
    known = [replace(one, parts=went) if one.id == "ev2" else one for one in made.events]
    more = [
        _event(11, "meeting", "call", "2021-04-01", "MLT NOR", (jane, replace(jane, role="Head of State"), ola)),
        _event(12, "meeting", "call", "2021-04-02", "MLT NOR", (jane, ola), status="cancelled"),
        _event(13, "visit", "visit", "2020", "MLT NOR", (ola, aide), parts=went, place="Valletta"),
        _event(14, "statement", "remarks", "2018-01-01", "SWE", (former,)),
        _event(15, "agreement", "signing", "XXXX", "MLT NOR", (jane, ola)),
        _event(16, "meeting", "talks", "2021-05-01", "MLT PER", (jane, Actor("Jane Exampel", "PER", HOSTILE))),
    ]
    folder = tmp_path_factory.mktemp("people") / "store"
    write_store(folder, replace(made, events=tuple(sorted([*known, *more], key=lambda one: one.id))))
    return folder


@pytest.fixture(scope="module")
def archive(peopled: Path) -> Archive:
    return Archive(peopled)


@pytest.fixture
def run(peopled: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def started(folder: Path = peopled, **params: str | list[str]) -> AppTest:
        monkeypatch.setenv("READOUT_STORE", str(folder))
        app = AppTest.from_file(APP, default_timeout=60)
        for key, value in params.items():
            app.query_params[key.removesuffix("_")] = value
        app.run()
        assert not app.exception
        return app

    return started


def _at(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[-1] for key, value in app.query_params.items()}


def _trees(app: AppTest) -> list[Any]:
    found = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    return [tree for tree in found if "tag" in tree]


def _words(node: Any) -> str:
    return node if isinstance(node, str) else "".join(map(_words, node["children"]))


def _nodes(node: Any, tag: str) -> list[Any]:
    if isinstance(node, str):
        return []
    return [*([node] if node["tag"] == tag else []), *(found for child in node["children"] for found in _nodes(child, tag))]


def _tables(app: AppTest) -> dict[str, Any]:
    """Return the tables of a page by the beginning of their label."""
    return {_words(_nodes(table, "caption")[0]): table for tree in _trees(app) for table in _nodes(tree, "table")}


def _table(app: AppTest, begins: str) -> Any:
    return next(table for label, table in _tables(app).items() if label.startswith(begins))


def _rows(table: Any) -> list[list[str]]:
    return [[_words(cell) for cell in row["children"]] for row in _nodes(_nodes(table, "tbody")[0], "tr")]


def _links(node: Any) -> dict[str, dict[str, Any]]:
    return {_words(link): link["open"] for link in _nodes(node, "a")}


def _said(app: AppTest) -> str:
    shown = [*app.title, *app.header, *app.caption, *app.info, *app.warning]
    return "\n".join([*(str(one.value) for one in shown), *map(_words, _trees(app))]).replace("\\", "")


def _counted(archive: Archive, target: dict[str, Any]) -> int:
    """Return how many events the page of the table shows for a link."""
    params = {key: [value] if isinstance(value, str) else value for key, value in target["params"].items()}
    chosen, faults = codec.decode(params)
    assert target["view"] == "table" and not faults
    return int(events.totals(archive, chosen)["events"])


def _numbers_lead_to_their_events(archive: Archive, app: AppTest) -> int:
    """Check every number of the tables that leads to the page of the table; return how many there are."""
    checked = 0
    for table in _tables(app).values():
        for link in _nodes(_nodes(table, "tbody")[0], "a"):
            if link["open"]["view"] == "table":
                assert _counted(archive, link["open"]) == int(_words(link).replace(",", "")), link["open"]
                checked += 1
    return checked


def test_people_with_their_numbers(run: Any, archive: Archive) -> None:
    app = run(view="people")
    rows = _rows(_table(app, "People 1 to 4 of 4"))
    assert [row[0] for row in rows] == [
        f"{OLA}Prime Minister", f"{JANE}President; Head of State", "Jane Exampel" + HOSTILE, "Åse LieForeign Minister"]
    assert rows[1][1:7] == ["MLT 5 SWE 1", "6", "4", "–", "1", "1"], "one name for two states is shown as such"
    assert rows[0][-2:] == ["2020", "May 2021"], "the one without a year is neither the first nor the last"
    assert _numbers_lead_to_their_events(archive, app) > 15
    assert "one person in two writings is listed twice" in _said(app)


def test_for_how_many_states_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widgets, "country_code", lambda code: markup.node("span", code))
    monkeypatch.setattr(encounters.panel, "link_params", lambda **params: params)
    said = encounters.states(["JPN", "PRK"], [3, 1], 2)
    assert " ".join(markup.words(said).split()) == "JPN 3 PRK 1 no country 2"
    assert markup.words(encounters.states(["JPN"], [3], 0)) == "JPN", "one state alone needs no number"


def test_people_are_sorted_by_links_and_found_without_accents(run: Any) -> None:
    app = run(view="people", sort="name")
    assert [row[0][:6] for row in _rows(_table(app, "People"))] == ["Åse Li", "Jane E", "Jane E", "Ola <i"]
    heading = _nodes(_table(app, "People"), "th")[0]
    assert heading["sort"] == "ascending"
    assert _nodes(heading, "a")[0]["open"] == {"view": "people", "params": {"sort": "-name"}}
    assert _rows(_table(run(view="people", sort="nonsense"), "People"))[0][0].startswith("Ola ")
    app.text_input(key="find_person").set_value("ase").run()
    assert _at(app) == {"view": "people", "who": "ase", "sort": "name"}
    assert [row[0] for row in _rows(_table(app, "People 1 to 1 of 1"))] == ["Åse LieForeign Minister"]
    assert "is called “nobody”" in _said(run(view="people", who="nobody"))


def test_who_met_whom(run: Any, archive: Archive) -> None:
    app = run(view="people")
    rows = _rows(_table(app, "2 pairs"))
    assert rows[0] == [f"{JANE}Head of State; President", "MLT", f"{OLA}Prime Minister", "NOR", "2", "2", "–", "1", "1 Apr 2021"], \
        "a call and a meeting; the cancelled call, the agreement and the second capacity are no meetings"
    assert "Show them too" in _said(app) and "Åse Lie" not in _words(_table(app, "2 pairs"))
    target = _links(_table(app, "2 pairs"))["2"]
    assert (target["params"]["person"], target["params"]["people_match"]) == ([JANE, OLA], "all")
    with_colleagues = run(view="people", same="1")
    assert any("Åse Lie" in row[2] + row[0] for row in _rows(_table(with_colleagues, "3 pairs")))
    assert _numbers_lead_to_their_events(archive, with_colleagues) > 15


@pytest.mark.parametrize("params", [
    {"person": JANE}, {"person": [JANE, OLA]}, {"person": [JANE, OLA], "people_match": "all"},
    {"person": [JANE, "Åse Lie"], "with": OLA}, {"kinds": "meeting,statement"},
    {"status": "cancelled"}, {"countries": "PER"}, {"from": "2021-01-01"},
])
def test_numbers_lead_to_their_events_whatever_is_filtered(run: Any, archive: Archive, params: dict[str, Any]) -> None:
    assert _numbers_lead_to_their_events(archive, run(view="people", same="1", **params)) > 0
    assert _numbers_lead_to_their_events(archive, run(view="person", name=JANE, same="1", **params)) > 0


def test_one_of_several_people_and_another_one_too(run: Any, archive: Archive) -> None:
    app = run(view="people", person=[JANE, "Åse Lie"])
    rows = {row[0][:4]: row for row in _rows(_table(app, "People"))}
    assert {"Jane", "Åse ", "Ola "} <= rows.keys(), "who acts beside one of them is listed too"
    target = next(link for words, link in _links(_table(app, "People")).items() if link["params"].get("with") == [OLA])
    assert target["params"]["person"] == [JANE, "Åse Lie"]
    assert events.totals(archive, decode(target["params"])[0])["events"] < events.totals(archive, Filters(people=(OLA,)))["events"]
    assert "and also by Ola" in _said(run(view="table", **target["params"]))


def test_filters_without_meetings_are_told(run: Any) -> None:
    assert "leave out all meetings and visits" in _said(run(view="people", kinds="statement"))
    assert "fits these filters" in _said(run(view="people", kinds="agreement", countries="PER"))


def test_a_person(run: Any, archive: Archive) -> None:
    app = run(view="person", name=JANE)
    assert app.title[0].value == JANE and "Acts for: Malta 5, Sweden 1" in _said(app)
    assert "several people" in _said(app) and "Jane Exampel" in _said(app)
    capacities = _rows(_table(app, "Capacities"))
    assert ["Head of State", "MaltaMLT", "1", "1 Apr 2021", "1 Apr 2021"] in capacities
    assert ["no capacity stated", "SwedenSWE", "1", "1 Jan 2018", "1 Jan 2018"] in capacities
    met = _rows(_table(app, "2 people whom"))
    assert met[0] == [f"{OLA}Prime Minister", "NOR", "2", "2", "–", "1", "1 Apr 2021"]
    assert "All (6)Statements (1)" in _said(app)
    stated = run(view="person", name=JANE, list="statements")
    assert "Event 14" in _said(stated) and "Event 11" not in _said(stated).partition("All (6)")[2], "the list is in the link"
    assert "Told in 2 documents" in _said(app)
    assert _numbers_lead_to_their_events(archive, app) >= 6


def test_a_capacity_leads_to_its_events(run: Any) -> None:
    app = run(view="person", name=JANE)
    row = next(row for row in _nodes(_table(app, "Capacities"), "tr") if "Head of State" in _words(row))
    target = _links(row)["1"]
    assert target == {"view": "person", "params": {"name": JANE, "as": "Head of State", "for": "MLT"}}
    app = run(view="person", name=JANE, as_="Head of State", for_="MLT")
    assert "1 event as “Head of State” for Malta" in _said(app) and "Event 11" in _said(app)
    app = run(view="person", name=JANE, for_="SWE")
    assert "1 event for Sweden" in _said(app) and "Event 14" in _said(app) and "Event 11" not in _said(app)
    assert "0 events" in _said(run(view="person", name=JANE, for_="<b>"))


def test_where_a_person_went(run: Any, archive: Archive) -> None:
    app = run(view="person", name=OLA)
    assert _rows(_table(app, "Countries that")) == [
        ["MaltaMLT", "● Meetings", "1", "Valletta", "3 Mar 2021"], ["MaltaMLT", "▲ Visits", "1", "Valletta", "2020"]], \
        "the visit that is only planned does not count"
    assert _numbers_lead_to_their_events(archive, app) > 3
    assert "tells which state was the host" in _said(run(view="person", name="Jane Exampel"))


def test_an_unknown_person_is_named_with_the_nearest(run: Any, archive: Archive) -> None:
    app = run(view="person", name="jane exmaple")
    assert "no person “jane exmaple”" in _said(app)
    links = [link["open"] for tree in _trees(app) for link in _nodes(tree, "a")]
    assert {"view": "person", "params": {"name": JANE}} in links
    assert [row["name"] for row in person.alike(archive, "NORDMANN", known=True)] == []
    assert "Person" in run(view="person").title[0].value
    assert "no person" in _said(run(view="person", name=HOSTILE))


def test_a_person_whom_the_filters_leave_out(run: Any) -> None:
    app = run(view="person", name="Åse Lie", kinds="statement")
    assert "None of the 1 event of Åse Lie" in _said(app)
    app.button(key="clear_nothing").click().run()
    assert _at(app) == {"view": "person", "name": "Åse Lie"}


def test_acting_narrows_and_never_widens(archive: Archive) -> None:
    assert acting(Filters(people=(JANE,)), OLA) == Filters(people=(JANE, OLA), people_match="all")
    either = Filters(people=(JANE, OLA))
    assert acting(acting(either, OLA), "Åse Lie") == replace(either, with_people=(OLA, "Åse Lie"))
    assert people.meeting(Filters(kinds=("statement",))) is None and people.unmet(Filters(statuses=("occurred",))) is None
    assert people.meeting(Filters(kinds=("visit",)), "meeting") is None
    with pytest.raises(ValueError, match="fortnight"):
        people.trend(archive, Filters(), (JANE,), "fortnight")


def test_the_network(run: Any, archive: Archive) -> None:
    app = run(view="network")
    assert len(app.get("plotly_chart")) == 1
    rows = _rows(_table(app, "6 pairs of countries"))
    assert rows[0] == ["Malta – NorwayMLT NOR", "6", "3", "2", "–", "1"]
    assert _links(_table(app, "6 pairs"))["Malta – Norway"] == {"view": "pair", "params": {"a": "MLT", "b": "NOR"}}
    assert _numbers_lead_to_their_events(archive, app) > 10
    assert "8 of 8 countries with common events and 6 of 6 pairs" in _said(app)
    assert "Organisations are not drawn" in _said(app)
    assert _rows(_table(app, "Countries by number of events alone")) == [["NorwayNOR", "1", "7"], ["SwedenSWE", "1", "1"]]


def test_the_least_number_and_the_country_in_the_middle(run: Any) -> None:
    app = run(view="network", least="2")
    assert "2 of 8 countries with common events and 1 of 6 pairs, those with at least 2" in _said(app)
    app.select_slider(key="least_choice").set_value(1).run()
    assert "least" not in app.query_params and "6 of 6 pairs" in _said(app)
    for wrong, shown in (("99", "1 of 6 pairs"), ("-3", "6 of 6 pairs"), ("x", "6 of 6 pairs"), ("0", "6 of 6 pairs")):
        assert shown in _said(run(view="network", least=wrong))
    app.selectbox(key="focus_picker").select("SWE").run()
    assert _at(app)["focus"] == "SWE"
    assert "Sweden and its partners: 2 of 8 countries" in _said(app)
    assert len(_rows(_table(app, "1 pairs"))) == 1
    for wrong in ("ZZZ", "FJI", "<b>"):
        assert "All countries are shown" in _said(run(view="network", focus=wrong))


def test_events_of_a_state_alone(run: Any) -> None:
    app = run(view="network")
    target = next(link["open"] for link in _nodes(_table(app, "Countries by number of events alone"), "a") if _words(link) == "1")
    assert target == {"view": "table", "params": {"part": "NOR.alone"}}
    app = run(view="network", alone="NOR")
    assert "1 event of Norway alone" in _said(app) and "speaks of fjords" in _said(app)
    assert "is not the code of a country" in _said(run(view="network", alone="Norway"))


@pytest.mark.parametrize("params", [
    {"view": "people"}, {"view": "person", "name": "x"}, {"view": "network"}, {"view": "network", "alone": "NOR"},
])
def test_an_empty_store(run: Any, empty_store: Path, params: dict[str, str]) -> None:
    assert _said(run(empty_store, **params))


def test_events_without_pairs(run: Any) -> None:
    said = _said(run(view="network", kinds="statement", countries="SWE"))
    assert "No two countries take part" in said and " in which one state alone takes part" in said and "1 event" in said


def _made(countries: int, seed: int = 5) -> tuple[pd.DataFrame, pd.DataFrame]:
    codes = ["NOR", *(code for code in sorted(geography.names()) if code != "NOR")][:countries]
    edges = [(min(a, b), max(a, b), 1 + (i * seed) % 9) for i, a in enumerate(codes) for b in (codes[0], codes[(i * 7 + seed) % countries])
             if a != b]
    pairs = pd.DataFrame(sorted(set(edges)), columns=["a", "b", "events"]).drop_duplicates(["a", "b"]).reset_index(drop=True)
    pairs = pairs.assign(**{kind: [n if kind == KINDS[n % 4] else 0 for n in pairs["events"]] for kind in KINDS})
    shared = {code: int(pairs.loc[(pairs["a"] == code) | (pairs["b"] == code), "events"].sum()) for code in codes}
    return pd.DataFrame({"country": codes, "shared": shared.values(), "partners": 2, "events": shared.values()}), pairs


@pytest.mark.parametrize("number", [2, 12, 60])
def test_the_layout_is_the_same_each_time_and_keeps_marks_apart(number: int) -> None:
    countries, pairs = _made(number)
    sizes = dict.fromkeys(countries["country"], 14.0)
    labels = {code: code for code in countries["country"]}
    places = figure.place(countries["country"].tolist(), pairs, sizes, labels)
    assert places == figure.place(countries["country"].tolist(), pairs, sizes, labels)
    spots = list(places.values())
    assert all(0 <= x <= figure.WIDTH and 0 <= y <= figure.HIGH for x, y in spots)
    near = [(a, b) for i, a in enumerate(spots) for b in spots[:i] if abs(a[0] - b[0]) < 18 and abs(a[1] - b[1]) < 26]
    assert not near
    if number == 12:  # where there is room, they keep more than their own size apart
        assert all(abs(a[0] - b[0]) > 30 or abs(a[1] - b[1]) > 40 for i, a in enumerate(spots) for b in spots[:i])


def test_no_mark_of_a_line_hides_a_label() -> None:
    countries, pairs = _made(12)
    drawn = figure.draw(countries, pairs).figure.checked()
    nodes = next(trace for trace in drawn.data if trace.mode == "markers+text")
    labels = [(x, y - size / 2 - 6, 3 * len(text)) for x, y, size, text in
              zip(nodes.x, nodes.y, nodes.marker.size, nodes.text, strict=True)]
    marks = [spot for trace in drawn.data if trace.mode == "markers" for spot in zip(trace.x, trace.y, strict=True)]
    hidden = [(x, y) for x, y in marks for at, below, half in labels if abs(x - at) < half and abs(y - below) < 5]
    assert len(marks) == len(pairs) and not hidden


def test_the_network_as_a_figure() -> None:
    countries, pairs = _made(12)
    drawn = figure.draw(countries, pairs, "NOR")
    marks = [point[0] for trace in drawn.figure.checked().data if trace.mode == "markers" for point in trace.customdata]
    assert sorted(marks) == sorted(f"{row.a}|{row.b}" for row in pairs.itertuples())
    dashes = {trace.line.color: trace.line.dash for trace in drawn.figure.checked().data if trace.mode == "lines"}
    assert len(set(dashes.values())) == len(dashes) == 4, "a kind is told by its dash as well as by its colour"
    assert "12 countries" in drawn.alt and "means nothing" in drawn.caption
    assert sum(len(trace.x) for trace in drawn.figure.checked().data) < 5000


def test_the_layout_needs_no_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [name for name in sys.modules if name.split(".")[0] == "scipy"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "scipy", None)
    countries, pairs = _made(12)
    assert figure.draw(countries, pairs)


def test_links_of_people_survive_a_copy(run: Any) -> None:
    app = run(view="people")
    way = next(link["open"] for link in _nodes(_table(app, "People"), "a") if _words(link) == OLA)
    href = markup.href(way["view"], way["params"])
    assert parse_qs(href.removeprefix("?")) == {"view": ["person"], "name": [OLA]}
