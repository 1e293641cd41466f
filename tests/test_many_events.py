"""The store of made-up events in any number: it is a store, it is always the same, and what the pages count in it is
what plain Python counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from many_events import write

from dashboard.filters import Filters
from dashboard.query import Archive, countries, events, network, people, timeline
from dashboard.query.documents import documents
from dashboard.query.facets import facets
from extract import edtf
from extract.record import Event
from extract.store import Store, read_store

NUMBER = 2000
Test = Callable[[Event], bool]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "store"
    write(folder, NUMBER)
    return folder


@pytest.fixture(scope="module")
def made(folder: Path) -> Store:
    return read_store(folder)


@pytest.fixture(scope="module")
def archive(folder: Path) -> Archive:
    return Archive(folder)


def _bounds(event: Event) -> tuple[dt.date, dt.date]:
    found = edtf.bounds(event.date)
    assert found
    return found


FIRST, LAST = dt.date(2012, 3, 1), dt.date(2015, 6, 30)
CHOICES: list[tuple[Filters, Test]] = [
    (Filters(), lambda _: True),
    (Filters(kinds=("visit", "agreement"), statuses=("occurred",)),
     lambda one: one.kind in ("visit", "agreement") and one.status == "occurred"),
    (Filters(first=FIRST, last=LAST),
     lambda one: bool(edtf.bounds(one.date)) and _bounds(one)[1] >= FIRST and _bounds(one)[0] <= LAST),
    (Filters(confidence=(50, 80)), lambda one: one.confidence is not None and 50 <= round(100 * one.confidence) <= 80),
]


def test_the_texts_hold_the_quotes_and_the_numbers_are_skewed(made: Store) -> None:
    texts = {one.name: one.text for one in made.documents}
    assert len(made.events) == NUMBER == len({one.id for one in made.events})
    assert all(texts[s.document][s.start:s.end] == s.quote for one in made.events for s in one.sources)
    assert all(texts[one.document][one.start:one.end] for one in made.timexes)
    pairs = Counter(pair for one in made.events for pair in combinations(one.countries, 2))
    assert pairs.most_common(1)[0][1] > 20 * sorted(pairs.values())[len(pairs) // 2]
    assert {len(one.sources) for one in made.events} == {1, 2, 3, 4}
    assert {edtf.precision(one.date) for one in made.events} == {"day", "range", "month", "year", "unknown"}


def test_the_same_number_gives_the_same_store(made: Store, tmp_path: Path) -> None:
    write(tmp_path / "again", NUMBER)
    assert read_store(tmp_path / "again") == made
    write(tmp_path / "other", NUMBER, seed=2)
    assert read_store(tmp_path / "other").events != made.events


@pytest.mark.parametrize(("chosen", "fits"), CHOICES)
def test_the_pages_count_what_plain_python_counts(archive: Archive, made: Store, chosen: Filters, fits: Test) -> None:
    own = [one for one in made.events if fits(one)]
    dated = [one for one in own if edtf.bounds(one.date)]
    totals = events.totals(archive, chosen)
    assert (totals["events"], totals["dated"]) == (len(own), len(dated))
    assert {kind: totals[kind] for kind in ("meeting", "statement")} == {
        kind: sum(one.kind == kind for one in own) for kind in ("meeting", "statement")}
    assert (totals["first"], totals["last"]) == (
        min(_bounds(one)[0] for one in dated), max(_bounds(one)[1] for one in dated))
    by_country = Counter(code for one in own for code in one.countries)
    found = countries.by_country(archive, chosen)
    assert dict(zip(found["country"], found["events"], strict=True)) == by_country
    pairs = Counter(pair for one in own for pair in combinations(one.countries, 2))
    counted = countries.pairs(archive, chosen, 100_000)
    assert dict(zip(zip(counted["a"], counted["b"], strict=True), counted["events"], strict=True)) == pairs
    assert network.weights(archive, chosen) == Counter(pairs.values())
    years = Counter(_bounds(one)[0].year for one in dated)
    bins = events.bins(archive, chosen, "year").groupby("bin")["events"].sum()
    assert {day.year: number for day, number in bins.items()} == years
    told = Counter(name for one in own for name in {source.document for source in one.sources})
    listed = documents(archive, chosen)
    assert dict(zip(listed["document"], listed["events"], strict=True)) == {
        one.name: told[one.name] for one in made.documents if told[one.name] or not chosen.any}


@pytest.mark.parametrize(("chosen", "fits"), CHOICES)
def test_menus_count_what_plain_python_counts(archive: Archive, made: Store, chosen: Filters, fits: Test) -> None:
    own = [one for one in made.events if fits(one)]
    found = facets(archive, chosen, 100_000)
    assert found["people"] == Counter(name for one in own for name in {actor.name for actor in one.actors})
    assert found["organizations"] == Counter(name for one in own for name in one.organizations)
    assert found["documents"] == Counter(name for one in own for name in {source.document for source in one.sources})
    assert found["saliences"] == Counter(one.salience for one in own)
    if chosen.kinds:  # a field's own choice does not count against its values
        assert found["kinds"] == Counter(one.kind for one in made.events if one.status == "occurred")
    few = facets(archive, chosen, 5)
    assert few["people"] == dict(list(found["people"].items())[:5])


@pytest.mark.parametrize(("chosen", "fits"), CHOICES)
def test_lists_stand_in_order_on_all_pages(archive: Archive, made: Store, chosen: Filters, fits: Test) -> None:
    def key(one: Event) -> tuple[bool, int, int, str]:
        days = edtf.bounds(one.date)
        return days is None, -days[0].toordinal() if days else 0, -days[1].toordinal() if days else 0, one.id

    own = [one.id for one in sorted(filter(fits, made.events), key=key)]
    assert list(events.page(archive, chosen, 50)["id"]) == own[:50]
    assert list(events.page(archive, chosen, 50, 700)["id"]) == own[700:750]
    middle = len(own) // 2
    assert events.neighbours(archive, chosen, own[middle]) == {
        "before": own[middle - 1], "after": own[middle + 1], "place": middle + 1, "all": len(own)}
    assert events.neighbours(archive, chosen, own[0])["before"] is None  # type: ignore[index]
    around = events.around(archive, chosen, own[100])
    assert list(around["id"]) == own[97:104] and list(around["steps"]) == [3, 2, 1, 0, -1, -2, -3]


def test_people_and_rows_count_what_plain_python_counts(archive: Archive, made: Store) -> None:
    names = Counter(name for one in made.events for name in {actor.name for actor in one.actors})
    found = people.persons(archive, Filters(), "", 100_000)
    assert dict(zip(found["name"], found["events"], strict=True)) == names
    met = Counter(pair for one in made.events if one.kind in ("meeting", "visit") and one.status == "occurred"
                  for pair in combinations(sorted({actor.name for actor in one.actors}), 2))
    pairs = people.pairs(archive, Filters(), "", 100_000, compatriots=True)
    told = {(row.a, row.b): row.met for row in pairs.itertuples(index=False) if row.met}
    assert told == met
    lanes = timeline.lanes(archive, Filters(), "pair")
    dated = Counter("-".join(pair) for one in made.events if edtf.bounds(one.date) and one.status != "planned"
                    for pair in combinations(one.countries, 2))
    assert dict(zip(lanes["lane"], lanes["events"], strict=True)) == dated
