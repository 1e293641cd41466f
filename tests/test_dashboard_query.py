"""The questions to the store."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from conftest import HOSTILE, LETTER

from dashboard.filters import Filters
from dashboard.query import Archive, countries, events, facets, search
from dashboard.query import documents as library
from dashboard.query import people as persons
from dashboard.query.conditions import words
from dashboard.query.events import grain
from extract.model import InputError


@pytest.fixture(scope="module")
def archive(store: Path) -> Archive:
    return Archive(store)


def _ids(archive: Archive, filters: Filters) -> set[str]:
    return set(events.page(archive, filters, 100)["id"].str.removeprefix("ev"))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), "12345678"),
        (Filters(kinds=("visit",)), "256"),
        (Filters(kinds=("visit", "agreement"), statuses=("occurred",)), "35"),
        (Filters(countries=("MLT", "CHL")), "1256"),
        (Filters(people=("Jane Example",)), "1"),
        (Filters(text="NORDMANN"), "127"),
        (Filters(text="fjords & harbours” 🚢"), "7"),
        (Filters(text="valletta harbours"), "1"),
        (Filters(text="“of harbours”"), "18"),
        (Filters(text="“harbours of”"), ""),
        (Filters(text="VÀLLETTA"), "1"),
        (Filters(subtypes=("talks", "speech")), "18"),
        (Filters(countries=("MLT", "NOR"), match="all"), "12"),
        (Filters(countries=("NOR",), parts=("SWE.any",)), "3"),
        (Filters(parts=("NOR.guest",)), "1"),
        (Filters(parts=("NOR.guest", "MLT.host")), "1"),
        (Filters(parts=("NOR.host",)), ""),
        (Filters(people=("Jane Example", "Ola <i>Nordmann</i>")), "127"),
        (Filters(people=("Jane Example", "Ola <i>Nordmann</i>"), people_match="all"), "1"),
        (Filters(organizations=("Harbour Union",)), "1"),
        (Filters(documents=("note <b>1</b>.txt",)), "3456"),
        (Filters(precisions=("unknown", "range")), "458"),
        (Filters(confidence=(90, 100)), "1"),
        (Filters(confidence=(0, 90)), ""),
        (Filters(text="harbour union"), "1"),
        (Filters(text="50%"), ""),
        (Filters(saliences=("background",)), "3"),
        (Filters(first=dt.date(2020, 6, 3), last=dt.date(2020, 6, 3)), "56"),
        (Filters(first=dt.date(2021, 1, 1)), "127"),
        (Filters(last=dt.date(2019, 1, 1)), "3"),
        (Filters(kinds=("meeting",), countries=("PER",)), ""),
    ],
)
def test_filters_choose_events(archive: Archive, filters: Filters, found: str) -> None:
    assert _ids(archive, filters) == set(found)
    assert events.totals(archive, filters)["events"] == len(found)


def test_the_newest_come_first_and_those_without_a_year_last(archive: Archive) -> None:
    assert list(events.page(archive, Filters(), 100)["id"]) == ["ev2", "ev1", "ev7", "ev6", "ev5", "ev3", "ev4", "ev8"]
    assert list(events.page(archive, Filters(), 2, 2)["id"]) == ["ev7", "ev6"]
    assert list(events.page(archive, Filters(), 2, 0, "title", False)["id"]) == ["ev2", "ev8"]
    assert list(events.page(archive, Filters(), 1, 0, "sources", True)["id"]) == ["ev1"]
    assert list(events.page(archive, Filters(), 1, 0, "1; DROP TABLE events", True)["id"]) == ["ev2"]


def test_totals_bins_and_marks(archive: Archive) -> None:
    totals = events.totals(archive, Filters())
    assert totals == {
        "events": 8, "dated": 6, "first": dt.date(2019, 1, 1), "last": dt.date(2021, 5, 31), "meeting": 1, "visit": 3,
        "statement": 3, "agreement": 1,
    }
    bins = events.bins(archive, Filters(), "year")
    assert [(row.bin.year, row.kind, row.events) for row in bins.itertuples()] == [
        (2019, "agreement", 1), (2020, "visit", 2), (2021, "meeting", 1), (2021, "statement", 1), (2021, "visit", 1),
    ]
    assert len(events.marks(archive, Filters())) == 6
    with pytest.raises(ValueError, match="fortnight"):
        events.bins(archive, Filters(), "fortnight")


def test_countries_partners_and_people(archive: Archive) -> None:
    counts = countries.by_country(archive, Filters())
    assert [(row.country, row.events) for row in counts.head(3).itertuples()] == [("NOR", 4), ("CHL", 2), ("MLT", 2)]
    partners = countries.partners(archive, Filters(), "NOR")
    assert [(row.country, row.events, row.meeting) for row in partners.itertuples()] == [("MLT", 2, 1), ("SWE", 1, 0)]
    pairs = countries.pairs(archive, Filters())
    assert next((row.a, row.b, row.events) for row in pairs.itertuples()) == ("MLT", "NOR", 2) and len(pairs) == 5
    trend = countries.trend(archive, Filters(kinds=("visit",)))
    assert [(row.country, row.bin.year, row.events) for row in trend.itertuples()] == [
        ("BOL", 2020, 1), ("CHL", 2020, 2), ("MLT", 2021, 1), ("NOR", 2021, 1), ("PER", 2020, 1),
    ]
    people = persons.people(archive, Filters(), "NOR")
    assert [(row.name, row.role, row.events) for row in people.itertuples()] == [("Ola <i>Nordmann</i>", "Prime Minister", 3)]
    assert persons.unknown_names(archive, "people", ("Jane Example", "Nobody")) == ["Nobody"]
    assert persons.unknown_names(archive, "documents", ("letter.txt", "x")) == ["x"]


def test_facets_count_what_each_value_would_leave(archive: Archive) -> None:
    counts = facets.facets(archive, Filters(kinds=("visit",), countries=("MLT",)))
    assert counts["kinds"] == {"meeting": 1, "visit": 1}
    assert counts["countries"] == {"CHL": 2, "BOL": 1, "MLT": 1, "NOR": 1, "PER": 1}
    together = facets.facets(archive, Filters(countries=("MLT", "NOR"), match="all"))
    assert together["countries"] == {"MLT": 2, "NOR": 2}
    everything = facets.facets(archive, Filters())
    assert everything["documents"] == {"letter.txt": 4, "note <b>1</b>.txt": 4}
    assert everything["precisions"]["unknown"] == 2 and everything["organizations"] == {"Harbour Union": 1}


def test_the_search_finds_people_organisations_and_documents(archive: Archive) -> None:
    found = search.search(archive, "NORDMÁNN ola")
    assert [(row["name"], row["country"], row["events"]) for row in found["people"]] == [("Ola <i>Nordmann</i>", "NOR", 3)]
    assert [(row["document"], row["in_title"]) for row in search.search(archive, "harbour")["documents"]] == [("letter.txt", True)]
    assert [row["in_title"] for row in search.search(archive, "Wakanda reindeer")["documents"]] == [False]
    assert search.search(archive, "harbour union")["organizations"] == [{"name": "Harbour Union", "events": 1}]
    assert not any(search.search(archive, "  ").values()) and not any(search.search(archive, HOSTILE + "x").values())


def test_words_of_a_search() -> None:
    assert words('trade “joint  statement” "x" “') == ["trade", "joint  statement", "x", "“"]
    assert words(" ") == []


def test_an_event_with_its_quotes_in_their_place(archive: Archive) -> None:
    event = events.event(archive, "ev1")
    assert event is not None
    assert (event["countries"], event["actors"][0]["role"], event["confidence"]) == (["MLT", "NOR"], "President", 0.91)
    first, second = events.evidence(archive, "ev1")
    assert (first["before"] + first["quote"] + first["after"]).startswith("The harbour letter")
    assert LETTER.startswith(first["before"]) and first["at_start"] and first["at_end"]
    assert second["quote"] == "They spoke of harbours" and second["document_title"] == "The harbour letter"
    after_the_ship = events.evidence(archive, "ev2")[0]
    assert LETTER.endswith(after_the_ship["quote"] + after_the_ship["after"]), "offsets count characters beyond U+FFFF"
    assert events.event(archive, "ev99") is None
    assert events.event(archive, "ev4")["confidence"] is None  # type: ignore[index]


def test_neighbours_stay_among_the_chosen(archive: Archive) -> None:
    assert events.neighbours(archive, Filters(kinds=("visit",)), "ev6") == {"before": "ev2", "after": "ev5", "place": 2, "all": 3}
    assert events.neighbours(archive, Filters(kinds=("visit",)), "ev1") is None


def test_documents_and_their_passages(archive: Archive) -> None:
    documents = library.documents(archive, Filters())
    assert list(documents["document"]) == ["letter.txt", "note <b>1</b>.txt"]
    assert list(documents["events"]) == [4, 4]
    document = library.document(archive, "letter.txt")
    assert document is not None and document["text"] == LETTER and HOSTILE in document["text"]
    passages = library.passages(archive, "letter.txt")
    assert [LETTER[row.start : row.end] for row in passages.itertuples()][1:3] == ["They spoke of harbours"] * 2
    assert library.document(archive, "none") is None


def test_an_empty_store_answers_every_question(empty_store: Path) -> None:
    archive = Archive(empty_store)
    assert events.totals(archive, Filters(text="x"))["events"] == 0
    assert countries.by_country(archive, Filters()).empty and library.documents(archive, Filters()).empty and events.marks(archive, Filters()).empty
    assert not any(facets.facets(archive, Filters()).values()) and countries.pairs(archive, Filters()).empty


def test_a_broken_store_is_named(store: Path, tmp_path: Path) -> None:
    broken = tmp_path / "store's"
    shutil.copytree(store, broken)
    assert events.totals(Archive(broken), Filters())["events"] == 8, "a quotation mark in a path is no end of a string"
    (broken / "events.parquet").write_bytes(b"no table")
    with pytest.raises(InputError, match="store's"):
        Archive(broken)


def test_the_grain_keeps_the_number_of_bins_small() -> None:
    day = dt.date(2020, 1, 1)
    spans = {"day": 190, "week": 1300, "month": 5000, "quarter": 15_000, "year": 60_000, "decade": 10**6}
    assert {unit: grain(day, day + dt.timedelta(days=days)) for unit, days in spans.items()} == {u: u for u in spans}
