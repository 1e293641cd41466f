"""The pages of countries, of two countries and of a comparison: their questions, charts, links and odd addresses."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import HOSTILE, LETTER, made_up_store
from streamlit.testing.v1 import AppTest

from dashboard import comparison, geography
from dashboard.filters import Filters, also, decode
from dashboard.markup import words
from dashboard.query import Archive, countries, events, pairs
from extract.record import Actor, Event, Part, Source
from extract.store import write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
VISITS = Filters(kinds=("visit",), statuses=("occurred",))
QUOTE = "They spoke of harbours"


def _event(number: int, kind: str, subtype: str, date: str, parts: str, *actors: Actor, status: str = "occurred") -> Event:
    """Return an event whose countries take the parts given: "NOR.visitor MLT.host"."""
    given = tuple(sorted(Part(*pair.split(".")) for pair in parts.split()))
    start = LETTER.index(QUOTE)
    return Event(
        id=f"more{number}", kind=kind, subtype=subtype, status=status, salience="main", date=date, date_basis="stated",
        countries=tuple(part.country for part in given), organizations=(), actors=actors, place=None,
        title=f"Event {number}", sources=(Source("letter.txt", start, start + len(QUOTE), QUOTE, 0, "made up"),),
        parts=given,
    )


JANE, OLA = Actor("Jane Example", "MLT", "President"), Actor("Ola <i>Nordmann</i>", "NOR", "Prime Minister")
MORE = (
    _event(1, "visit", "state_visit", "2019-02-03/2019-02-05", "MLT.visitor NOR.host", JANE, OLA),
    _event(2, "visit", "visit", "2020-11", "MLT.host NOR.visitor", replace(OLA, role="minister"), JANE),
    _event(3, "visit", "visit", "2020-12-31/2021-01-02", "MLT.host NOR.visitor"),
    _event(4, "visit", "visit", "2020", "NOR.visitor SWE.participant"),
    _event(5, "statement", "letter", "2021-02-01", "MLT.addressee NOR.speaker", replace(OLA, country=None)),
    _event(6, "agreement", "pledge", "2021-01-15", "MLT.recipient NOR.donor"),
    _event(7, "meeting", "conference", "2021-02-20", "DNK.participant MLT.participant NOR.participant SWE.host"),
    _event(8, "meeting", "talks", "2022-01-10", "MLT.participant SWE.participant", status="planned"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = made_up_store()
    found = tmp_path_factory.mktemp("countries") / "store"
    write_store(found, replace(made, events=made.events + MORE))
    return found


@pytest.fixture(scope="module")
def archive(folder: Path) -> Archive:
    return Archive(folder)


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def started(store: Path = folder, **params: str) -> AppTest:
        monkeypatch.setenv("READOUT_STORE", str(store))
        app = AppTest.from_file(APP, default_timeout=30)
        for key, value in params.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return started


def _trees(app: AppTest) -> dict[str, Any]:
    """Return what the components show, by their key."""
    found = {}
    for element in app.get("bidi_component"):
        shown = json.loads(element.proto.json)
        tree = shown.get("tree", shown)
        if "children" in tree:  # other components draw no tree
            found[element.proto.id.split("-")[-1]] = tree
    return found


def _tree(app: AppTest, key: str) -> Any:
    return next((tree for name, tree in _trees(app).items() if name == key), None)


def _nodes(tree: Any) -> list[dict[str, Any]]:
    if not isinstance(tree, dict):
        return []
    return [tree, *(one for child in tree["children"] for one in _nodes(child))]


def _links(app: AppTest, key: str) -> list[tuple[str, dict[str, Any]]]:
    return [(words(one), {"view": one["open"]["view"]} | one["open"]["params"])
            for one in _nodes(_tree(app, key)) if "open" in one]


def _said(app: AppTest) -> str:
    widgets = [*app.title, *app.header, *app.caption, *app.info, *app.warning]
    return "\n".join([*(str(widget.value).replace("\\", "") for widget in widgets), *map(words, _trees(app).values())])


def _address(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[-1] for key, value in app.query_params.items()}


# Questions


def test_visits_are_told_by_direction_and_those_without_a_host_apart(archive: Archive) -> None:
    assert countries.parts(archive, VISITS, "NOR")["visit"] == {"visitor": 3, "host": 1}
    paid = countries.counterparts(archive, VISITS, "NOR", "visitor", "host")
    assert [tuple(row) for row in paid.itertuples(index=False)] == [("MLT", 2, "2020-12-31/2021-01-02")]
    assert countries.alone(archive, VISITS, "NOR", "visitor", "host") == 1, "Sweden's part in one is not told"
    by_year = countries.parts_by_year(archive, VISITS, "NOR")
    assert {(row.year, row.part): row.events for row in by_year.itertuples()} == {
        (2019, "host"): 1, (2020, "visitor"): 3}
    ways = pairs.visits_by_year(archive, VISITS, "MLT", "NOR")
    assert {(row.year, row.part): row.events for row in ways.itertuples()} == {(2019, "visitor"): 1, (2020, "host"): 2}


def test_the_people_of_a_country_with_what_they_did(archive: Archive) -> None:
    found = countries.people(archive, also(Filters(), "NOR"), "NOR").to_dict("records")
    assert [row["name"] for row in found] == [OLA.name]
    assert list(found[0]["roles"]) == ["Prime Minister", "minister"], "the commonest capacity first"
    assert (found[0]["events"], found[0]["visit"], found[0]["statement"]) == (6, 3, 2)
    named = replace(also(Filters(), "NOR"), people=(OLA.name,))
    assert events.totals(archive, named)["events"] == found[0]["events"], "the number is that of the events it leads to"
    assert found[0]["last"] == "2021-03-03", "what is only planned was not seen"


def test_all_people_of_a_country_can_be_reached(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = made_up_store()
    many = tuple(_event(100 + number, "statement", "remarks", "2021-02-01", "NOR.speaker",
                        Actor(f"Envoy {number:03}", "NOR", "Envoy")) for number in range(130))
    write_store(tmp_path / "store", replace(made, events=made.events + many))
    archive = Archive(tmp_path / "store")
    first = countries.people(archive, also(Filters(), "NOR"), "NOR", 15)
    last = countries.people(archive, also(Filters(), "NOR"), "NOR", 15, 120)
    assert len(first) == 15 and int(first["found"].iloc[0]) == 131
    assert list(last["name"]) == [f"Envoy {number:03}" for number in range(119, 130)]
    monkeypatch.setenv("READOUT_STORE", str(tmp_path / "store"))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["view"], app.query_params["country"], app.query_params["page_people"] = "country", "NOR", "9"
    app.run()
    assert not app.exception and any("121 to 131 of 131 people" in one.value for one in app.caption)


def test_the_busiest_year_counts_as_the_filter_on_dates_does(archive: Archive) -> None:
    year, number = countries.busiest(archive, Filters(), ("NOR",))["NOR"]
    own = replace(also(Filters(), "NOR"), first=dt.date(year, 1, 1), last=dt.date(year, 12, 31))
    assert (year, number) == (2021, 7) and events.totals(archive, own)["events"] == number
    early = Filters(last=dt.date(2020, 6, 30))
    assert countries.busiest(archive, early, ("NOR",)) == {"NOR": (2019, 2)}


def test_who_met_whom(archive: Archive) -> None:
    own = replace(pairs.both(Filters(), "NOR", "MLT"), kinds=("meeting", "visit"), statuses=("occurred",))
    found = pairs.met(archive, own, "MLT", "NOR")
    assert [tuple(row) for row in found.itertuples(index=False)] == [(JANE.name, OLA.name, 3, "2021-03-03")]
    assert events.totals(archive, replace(own, people=(JANE.name, OLA.name), people_match="all"))["events"] == 3


def test_the_last_event_and_the_next(archive: Archive) -> None:
    ends = pairs.ends(archive, pairs.both(Filters(), "MLT", "NOR"))
    assert ends["last"]["id"] == "ev1" and ends["next"]["id"] == "ev2"  # type: ignore[index]
    assert pairs.ends(archive, pairs.both(Filters(), "MLT", "SWE"))["next"]["id"] == "more8"  # type: ignore[index]
    assert pairs.ends(archive, pairs.both(Filters(), "NOR", "SWE"))["next"] is None
    assert pairs.ends(archive, pairs.both(Filters(), "FJI", "SWE")) == {"last": None, "next": None}


def test_an_empty_store_answers_every_question(empty_store: Path) -> None:
    archive = Archive(empty_store)
    own = Filters()
    for frame in (
        countries.listing(archive, own), countries.activity(archive, own, ("NOR",), "year"),
        countries.partnerships(archive, own, ("NOR",)), countries.people(archive, own, "NOR"),
        countries.telling(archive, own), pairs.combinations(archive, own, "NOR", "MLT"),
        pairs.met(archive, own, "NOR", "MLT"),
    ):
        assert frame.empty
    assert countries.busiest(archive, own, ("NOR",)) == {} and countries.parts(archive, own, "NOR") == {}
    with pytest.raises(ValueError, match="fortnight"):
        countries.activity(archive, own, ("NOR",), "fortnight")


# Names


def test_names_of_a_country() -> None:
    assert geography.official("NOR") == "Kingdom of Norway"
    assert geography.official("COD") == "Democratic Republic of the Congo", "ISO turns the name round for the alphabet"
    assert geography.official("XKX") == "", "ISO has no name for it"
    assert [name for _, _, name in geography.own_names("CHE")] == ["Schweiz", "Schwiiz", "Suisse", "Svizzera"]
    assert geography.own_names("XKX")[0] == ("sq", "shqip", "Kosovë")
    assert geography.own_names("ZZZ") == ()


# Charts


def test_bins_include_the_empty_ones() -> None:
    months = comparison.bins(dt.date(2020, 11, 30), dt.date(2021, 2, 1), "month")
    assert [f"{day:%Y-%m-%d}" for day in months] == ["2020-11-01", "2020-12-01", "2021-01-01", "2021-02-01"]
    for unit, first in {"week": "2020-11-30", "quarter": "2020-10-01", "decade": "2020-01-01", "day": "2020-12-03"}.items():
        assert f"{comparison.bins(dt.date(2020, 12, 3), dt.date(2020, 12, 5), unit)[0]:%Y-%m-%d}" == first


def test_lines_are_told_apart_without_colour_and_labelled(archive: Archive) -> None:
    counts = countries.activity(archive, Filters(), ("MLT", "NOR", "SWE"), "year")
    chart = comparison.lines(counts, ("MLT", "NOR", "SWE"), "year", (dt.date(2019, 1, 1), dt.date(2022, 12, 31)))
    traces = chart.figure.checked().data
    assert len({trace.line.dash for trace in traces}) == len({trace.marker.symbol for trace in traces}) == 3
    assert {note.text for note in chart.figure.checked().layout.annotations} == {"<b>MLT</b>", "<b>NOR</b>", "<b>SWE</b>"}
    assert list(traces[1].y) == [2, 3, 6, 0], "years without an event are drawn as none"
    heights = sorted(note.y for note in chart.figure.checked().layout.annotations)
    assert min(b - a for a, b in pairwise(heights)) > 0.3, "labels of equal ends stand apart"
    assert "Malta 9, Norway 11" in chart.alt


def test_small_multiples_share_their_axes(archive: Archive) -> None:
    counts = countries.activity(archive, Filters(), ("MLT", "CHL"), "year")
    figure = comparison.panels(counts, ("MLT", "CHL"), "year", (dt.date(2019, 1, 1), dt.date(2022, 12, 31))).figure.checked()
    assert figure.layout.yaxis.range == figure.layout.yaxis2.range
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range


def test_old_outliers_do_not_squeeze_a_comparison() -> None:
    import pandas as pd

    years = pd.DataFrame({"bin": pd.to_datetime(["1950-01-01", "2019-01-01", "2020-01-01"]), "events": [1, 30, 30]})
    assert comparison.busy(years, dt.date(1950, 5, 1)) == dt.date(2019, 1, 1)
    chart = comparison.lines(years.assign(country="NOR", kind="visit"), ("NOR",), "year",
                             (dt.date(2019, 1, 1), dt.date(2020, 12, 31)))
    assert "Not drawn, but in the table: earlier events." in chart.caption
    even = years.assign(events=[20, 30, 30])
    assert comparison.busy(even, dt.date(1950, 5, 1)) == dt.date(1950, 5, 1)


def test_visits_are_drawn_in_two_directions(archive: Archive) -> None:
    counts = pairs.visits_by_year(archive, VISITS, "MLT", "NOR")
    chart = comparison.directions(counts, ("visitor", "Malta visits Norway"), ("host", "Norway visits Malta"), "Visits")
    assert [list(trace.y) for trace in chart.figure.checked().data] == [[1], [-2]]
    assert "Norway visits Malta: 2." in chart.alt
    assert len({trace.marker.pattern.shape for trace in chart.figure.checked().data}) == 2, "not by colour"


# Pages


def test_the_list_of_countries_sorts_and_leads_on(run: Any) -> None:
    app = run(view="country")
    links = _links(app, "all_countries")
    names = [name for name, to in links if to["view"] == "country" and "country" in to]
    assert names[:3] == ["Norway", "Malta", "Sweden"]
    assert ("11", {"view": "table", "part": "NOR.any"}) in links
    assert ("Compare", {"view": "compare", "compare": "NOR"}) in links
    by_name = run(view="country", sort="country")
    names = [name for name, to in _links(by_name, "all_countries") if "country" in to and to["view"] == "country"]
    assert names == sorted(names) and names[0] == "Bolivia"
    by_visits = run(view="country", sort="visit")
    names = [name for name, to in _links(by_visits, "all_countries") if "country" in to and to["view"] == "country"]
    assert names[-1] == "Norway", "five visits"
    lines = [one for one in _nodes(_tree(app, "all_countries")) if one["tag"] == "line"]
    assert lines[0]["values"] == [2, 3, 6, 0] and "Norway by year. 2019: 2, 2020: 3, 2021: 6" in lines[0]["label"]


def test_the_page_of_a_country(run: Any) -> None:
    app = run(view="country", country="NOR")
    said = _said(app)
    for part in ("Kingdom of Norway", "Norge", "norsk bokmål", "In the 365 days up to 3 March 2021",
                 "Visits paid", "The text names no host for"):
        assert part in said, part
    assert _links(app, "untold_visitor") == [
        ("1 visit", {"view": "table", "kinds": "visit", "status": "occurred", "part": "NOR.visitor,-.host"})]
    partners = _links(app, "partners")
    assert partners[:2] == [("Malta", {"view": "pair", "a": "NOR", "b": "MLT"}),
                            ("8", {"view": "table", "part": "NOR.any,MLT.any"})]
    visits = dict(_links(app, "visits"))
    assert visits["3 Visits paid"]["part"] == "NOR.visitor" and visits["3 Visits paid"]["status"] == "occurred"
    assert visits["1 Planned"]["status"] == "planned"
    assert _links(app, "visits_visitor") == [
        ("Malta", {"view": "pair", "a": "NOR", "b": "MLT"}),
        ("2", {"view": "table", "kinds": "visit", "status": "occurred", "part": "NOR.visitor,MLT.host"})]
    people = _links(app, "people")
    assert people[:2] == [
        (OLA.name, {"view": "person", "name": OLA.name}), ("6", {"view": "table", "part": "NOR.any", "person": [OLA.name]})]
    assert "Prime Minister; minister" in said


def test_every_number_is_that_of_the_events_it_leads_to(run: Any, archive: Archive) -> None:
    seen = 0
    for params in ({"view": "country"}, {"view": "country", "country": "NOR"}, {"view": "pair", "a": "NOR", "b": "MLT"},
                   {"view": "compare", "compare": "NOR,MLT,SWE"}, {"view": "country", "country": "MLT", "list": "documents"},
                   {"view": "country", "country": "NOR", "from": "2020-06-01", "to": "2021-02-10", "kinds": "visit,meeting"},
                   {"view": "pair", "a": "NOR", "b": "MLT", "person": "Jane Example"}):
        app = run(**params)
        for key in _trees(app):
            for shown, to in _links(app, key):
                number = shown.split(" ")[0].replace(",", "")
                if to["view"] != "table" or not number.isdigit():
                    continue
                chosen, faults = decode({name: [value] if isinstance(value, str) else value for name, value in to.items()})
                assert not faults
                assert events.totals(archive, chosen)["events"] == int(number), (params, key, shown, to)
                seen += 1
    assert seen > 150


def test_the_lists_of_a_country_are_in_the_address(run: Any) -> None:
    app = run(view="country", country="NOR", list="statements")
    assert dict(_links(app, "statement_parts"))["1 Made by Norway"]["part"] == "NOR.speaker"
    assert ("Documents (2)", {"view": "country", "country": ["NOR"], "list": "documents"}) in _links(app, "lists")
    assert _tree(app, "events") is None and _tree(app, "statements") is not None
    documents = run(view="country", country="NOR", list="documents")
    assert _links(documents, "telling")[:2] == [
        ("letter.txt", {"view": "document", "document": "letter.txt"}),
        ("10", {"view": "table", "part": "NOR.any", "source": ["letter.txt"]})]
    assert _tree(run(view="country", country="NOR", list="nonsense"), "events") is not None


def test_a_pair_is_the_same_in_either_order(run: Any) -> None:
    one, other = (run(view="pair", a=a, b=b) for a, b in (("NOR", "MLT"), ("MLT", "NOR")))
    assert one.title[0].value == other.title[0].value == "Malta and Norway"
    for key in ("totals", "parts", "met", "change", "events"):
        assert _tree(one, key) == _tree(other, key)
    said = _said(one)
    for part in ("Norway visits Malta", "Malta visits Norway", "Norway addresses Malta", "Norway gives to Malta",
                 "Malta hosts Norway", "Their parts are not told", "Last event", "Next event planned"):
        assert part in said, part
    assert ("2", {"view": "table", "kinds": "visit", "part": "MLT.host,NOR.visitor"}) in _links(one, "parts")
    assert _links(one, "ways") == [
        ("Malta", {"view": "country", "country": "MLT"}), ("Norway", {"view": "country", "country": "NOR"}),
        ("Compare the two", {"view": "compare", "compare": "MLT,NOR"})]
    assert _links(one, "next_event")[0][1] == {"view": "event", "event": "ev2"}
    assert "Agreements (1)" in dict(_links(one, "lists"))


def test_odd_addresses_of_a_pair(run: Any) -> None:
    assert "“ZZZ”: not the code of a country" in _said(run(view="pair", a="NOR", b="ZZZ"))
    assert "A pair needs two different countries." in _said(run(view="pair", a="NOR", b="NOR"))
    hostile = run(view="pair", a=HOSTILE, b="x")
    assert "not the code of a country" in _said(hostile)
    assert all("<img" not in warning.value.replace("\\<", "") for warning in hostile.warning)
    assert ("Malta – Norway", {"view": "pair", "a": "MLT", "b": "NOR"}) in _links(run(view="pair"), "pairs")
    nothing = run(view="pair", a="NOR", b="FJI")
    assert "The store holds no events of Fiji and Norway." in _said(nothing)
    filtered = run(view="pair", a="NOR", b="MLT", kinds="meeting", **{"from": "1999-01-01", "to": "1999-02-01"})
    assert filtered.button(key="clear_nothing")


def test_choosing_the_second_country_opens_the_pair(run: Any) -> None:
    app = run(view="pair", a="NOR", kinds="visit")
    app.selectbox(key="b_picker").select("SWE").run()
    assert _address(app) == {"view": "pair", "a": "NOR", "b": "SWE", "kinds": "visit"}
    assert app.title[0].value == "Norway and Sweden"


def test_comparing_countries(run: Any) -> None:
    app = run(view="compare", compare="NOR,MLT,SWE")
    assert len(app.get("plotly_chart")) == 2
    side = _links(app, "side_by_side")
    assert [to["country"] for _, to in side[:3]] == ["NOR", "MLT", "SWE"], "in the order of the address"
    assert ("3", {"view": "table", "kinds": "visit", "status": "occurred", "part": "NOR.visitor"}) in side
    assert ("6", {"view": "table", "person": [OLA.name], "part": "NOR.any"}) in side
    assert any(to.get("from") == "2021-01-01" and to.get("to") == "2021-12-31" for _, to in side), "the busiest year"
    between = _links(app, "between")
    assert ("8", {"view": "table", "part": "NOR.any,MLT.any"}) in between
    common = _links(app, "common")
    assert common[0] == ("Denmark", {"view": "country", "country": "DNK"})
    assert common[1] == ("1", {"view": "table", "part": "NOR.any,DNK.any"})


def test_countries_are_added_and_removed(run: Any) -> None:
    app = run(view="compare", compare="NOR")
    assert ("Malta", {"view": "compare", "compare": "NOR,MLT"}) in _links(app, "suggest")
    app.multiselect(key="compare_picker").select("SWE").run()
    assert _address(app) == {"view": "compare", "compare": "NOR,SWE"}
    app.multiselect(key="compare_picker").unselect("NOR").run()
    assert _address(app) == {"view": "compare", "compare": "SWE"}
    app.multiselect(key="compare_picker").unselect("SWE").run()
    assert _address(app) == {"view": "compare"} and "Choose up to five countries" in _said(app)


def test_odd_addresses_of_a_comparison(run: Any) -> None:
    app = run(view="compare", compare=f"NOR,ZZZ,MLT,SWE,CHL,PER,BOL,{HOSTILE}")
    said = _said(app)
    assert "“compare” knows no ZZZ" in said and "BOL was left out" in said
    assert app.multiselect(key="compare_picker").value == ["NOR", "MLT", "SWE", "CHL", "PER"]
    assert all("<img" not in warning.value.replace("\\<", "") for warning in app.warning)
    nowhere = run(view="compare", compare="FJI,TON")
    assert "None of these countries has a dated event" in _said(nowhere)


@pytest.mark.parametrize("params", [{"view": "country"}, {"view": "country", "country": "NOR"}, {"view": "pair"},
                                    {"view": "pair", "a": "NOR", "b": "MLT"}, {"view": "compare"},
                                    {"view": "compare", "compare": "NOR,MLT"}])
def test_an_empty_store(run: Any, empty_store: Path, params: dict[str, str]) -> None:
    app = run(empty_store, **params)
    assert app.title and app.info


def test_countries_are_named_in_the_language_chosen(run: Any) -> None:
    app = run(view="country", country="NOR", lang="de")
    assert app.title[0].value == "Norwegen" and "Norway" in _said(app) and "Schweden" in _said(app)
    assert run(view="pair", a="NOR", b="SWE", lang="de").title[0].value == "Norwegen and Schweden"
