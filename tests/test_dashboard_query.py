"""The questions to the store."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from conftest import HOSTILE, LETTER

from dashboard.filters import Filters
from dashboard.query import Archive, grain
from extract.model import InputError


@pytest.fixture(scope="module")
def archive(store: Path) -> Archive:
    return Archive(store)


def _ids(archive: Archive, filters: Filters, present: tuple[str, ...] = ()) -> set[str]:
    return set(archive.page(filters, 100, 0, present)["id"].str.removeprefix("ev"))


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
    assert archive.totals(filters)["events"] == len(found)


def test_the_newest_come_first_and_those_without_a_year_last(archive: Archive) -> None:
    assert list(archive.page(Filters(), 100)["id"]) == ["ev2", "ev1", "ev7", "ev6", "ev5", "ev3", "ev4", "ev8"]
    assert list(archive.page(Filters(), 2, 2)["id"]) == ["ev7", "ev6"]
    assert list(archive.page(Filters(), 100, undated=True)["id"]) == ["ev4", "ev8"]


def test_totals_bins_and_marks(archive: Archive) -> None:
    totals = archive.totals(Filters())
    assert totals == {
        "events": 8, "dated": 6, "first": dt.date(2019, 1, 1), "last": dt.date(2021, 5, 31), "meeting": 1, "visit": 3,
        "statement": 3, "agreement": 1,
    }
    bins = archive.bins(Filters(), "year")
    assert [(row.bin.year, row.kind, row.events) for row in bins.itertuples()] == [
        (2019, "agreement", 1), (2020, "visit", 2), (2021, "meeting", 1), (2021, "statement", 1), (2021, "visit", 1),
    ]
    assert len(archive.marks(Filters())) == 6
    with pytest.raises(ValueError, match="fortnight"):
        archive.bins(Filters(), "fortnight")


def test_countries_partners_and_people(archive: Archive) -> None:
    counts = archive.by_country(Filters())
    assert [(row.country, row.events) for row in counts.head(3).itertuples()] == [("NOR", 4), ("CHL", 2), ("MLT", 2)]
    partners = archive.partners(Filters(), "NOR")
    assert [(row.country, row.events, row.meeting) for row in partners.itertuples()] == [("MLT", 2, 1), ("SWE", 1, 0)]
    assert _ids(archive, Filters(), ("NOR", "SWE")) == {"3"}
    people = archive.people(Filters(), "NOR")
    assert [tuple(row) for row in people.itertuples(index=False)] == [("Ola <i>Nordmann</i>", "Prime Minister", 3)]
    assert archive.choices()["countries"][0] == "NOR"
    assert archive.unknown_people(["Jane Example", "Nobody"]) == ["Nobody"]


def test_an_event_with_its_quotes_in_their_place(archive: Archive) -> None:
    event = archive.event("ev1")
    assert event is not None
    assert (event["countries"], event["actors"][0]["role"], event["confidence"]) == (["MLT", "NOR"], "President", 0.91)
    first, second = archive.evidence("ev1")
    assert (first["before"] + first["quote"] + first["after"]).startswith("The harbour letter")
    assert LETTER.startswith(first["before"]) and first["at_start"] and first["at_end"]
    assert second["quote"] == "They spoke of harbours" and second["document_title"] == "The harbour letter"
    after_the_ship = archive.evidence("ev2")[0]
    assert LETTER.endswith(after_the_ship["quote"] + after_the_ship["after"]), "offsets count characters beyond U+FFFF"
    assert archive.event("ev99") is None
    assert archive.event("ev4")["confidence"] is None  # type: ignore[index]


def test_neighbours_stay_among_the_chosen(archive: Archive) -> None:
    assert archive.neighbours(Filters(kinds=("visit",)), "ev6") == {"before": "ev2", "after": "ev5", "place": 2, "all": 3}
    assert archive.neighbours(Filters(kinds=("visit",)), "ev1") is None


def test_documents_and_their_passages(archive: Archive) -> None:
    documents = archive.documents()
    assert list(documents["document"]) == ["letter.txt", "note <b>1</b>.txt"]
    assert list(documents["events"]) == [4, 4]
    document = archive.document("letter.txt")
    assert document is not None and document["text"] == LETTER and HOSTILE in document["text"]
    passages = archive.passages("letter.txt")
    assert [LETTER[row.start : row.end] for row in passages.itertuples()][1:3] == ["They spoke of harbours"] * 2
    assert archive.document("none") is None


def test_an_empty_store_answers_every_question(empty_store: Path) -> None:
    archive = Archive(empty_store)
    assert archive.totals(Filters(text="x"))["events"] == 0
    assert archive.by_country(Filters()).empty and archive.documents().empty and archive.marks(Filters()).empty
    assert archive.choices() == {"countries": [], "people": []}


def test_a_broken_store_is_named(store: Path, tmp_path: Path) -> None:
    broken = tmp_path / "store's"
    shutil.copytree(store, broken)
    assert Archive(broken).totals(Filters())["events"] == 8, "a quotation mark in a path is no end of a string"
    (broken / "events.parquet").write_bytes(b"no table")
    with pytest.raises(InputError, match="store's"):
        Archive(broken)


def test_the_grain_keeps_the_number_of_bins_small() -> None:
    day = dt.date(2020, 1, 1)
    spans = {"day": 190, "week": 1300, "month": 5000, "quarter": 15_000, "year": 60_000, "decade": 10**6}
    assert {unit: grain(day, day + dt.timedelta(days=days)) for unit, days in spans.items()} == {u: u for u in spans}
