"""What an analyst does: takes events home, reads the span of dates, errs in a name; without a browser."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import LETTER
from streamlit.testing.v1 import AppTest

from dashboard import geography, widgets, wording
from dashboard.filters import Filters
from dashboard.query import Archive, countries, events, whole
from dashboard.query.search import near
from extract.exports import to_table

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")


@pytest.fixture(scope="module")
def archive(store: Path) -> Archive:
    return Archive(store)


def _file(archive: Archive, filters: Filters) -> dict[str, dict[str, str]]:
    taken = to_table(whole.records(archive, filters, 100)).decode("utf-8-sig")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(taken))}


def test_the_file_of_events_tells_who_took_part_how_and_where_it_stands(archive: Archive) -> None:
    meeting = _file(archive, Filters())["ev1"]
    start = LETTER.index("President Jane Example of Malta met")
    wanted = {
        "kind": "meeting", "subtype": "talks", "status": "occurred", "salience": "main", "date": "2021-03-03",
        "date_basis": "stated", "countries": "MLT; NOR", "parts": "MLT host; NOR guest", "place": "Valletta",
        "actors": "Jane Example (President, MLT); Ola <i>Nordmann</i> (Prime Minister, NOR)", "place_country": "MLT",
        "organizations": "Harbour Union", "confidence": "0.91", "passages": "2", "documents": "letter.txt",
        "document": "letter.txt", "start": str(start),
    }
    assert {name: meeting[name] for name in wanted} == wanted
    assert LETTER[start : int(meeting["end"])] == meeting["quote"]


def test_the_file_of_events_bounds_dates_and_leaves_unknown_ones_empty(archive: Archive) -> None:
    found = _file(archive, Filters())
    assert [found["ev2"][name] for name in ("date", "first_day", "last_day", "date_precision")] == [
        "2021-05", "2021-05-01", "2021-05-31", "month"]
    assert [found["ev8"][name] for name in ("date", "first_day", "last_day", "parts", "actors")] == ["XXXX", "", "", "", ""]


@pytest.mark.parametrize("sort", events.SORTS)
def test_the_file_of_events_has_the_order_of_the_table(archive: Archive, sort: str) -> None:
    for descending in (True, False):
        rows = events.page(archive, Filters(), 100, 0, sort, descending)
        assert [row["id"] for row in whole.records(archive, Filters(), 100, sort, descending)] == list(rows["id"])


def test_numbers_by_country_are_taken_home_with_names(archive: Archive) -> None:
    taken = widgets.named(countries.by_country(archive, Filters()))
    assert list(taken.columns[:2]) == ["country", "country_name"]
    assert taken.set_index("country")["country_name"]["XKX"] == "Kosovo"


@pytest.mark.parametrize(
    ("filters", "first", "last"),
    [(Filters(), "2019", "2021-05"), (Filters(kinds=("visit",), statuses=("occurred",)), "2020-06-01", "2020-06-04")],
)
def test_the_span_of_dates_is_no_more_precise_than_the_dates(
    archive: Archive, filters: Filters, first: str, last: str
) -> None:
    assert events.ends(archive, filters) == (first, last)


def test_no_span_without_dates(archive: Archive) -> None:
    with pytest.raises(ValueError, match="no dated event"):
        events.ends(archive, Filters(precisions=("unknown",)))


def test_a_table_says_yes_and_no() -> None:
    assert [wording.cell(True), wording.cell(False), wording.cell(1)] == ["yes", "no", "1"]


@pytest.mark.parametrize(
    ("written", "code"),
    [("Chna", "CHN"), ("Rusia", "RUS"), ("Kazakstan", "KAZ"), ("Untied States", "USA"), ("Phillipines", "PHL")],
)
def test_a_country_misspelt_is_near_the_one_meant(written: str, code: str) -> None:
    assert geography.near(written)[0] == code


@pytest.mark.parametrize("written", ["Exampel", "jane exmple", "Jan Exámple"])
def test_a_person_misspelt_is_near_the_one_meant(archive: Archive, written: str) -> None:
    assert near(archive, written) == ["Jane Example"]


@pytest.mark.parametrize("written", ["zzzzzz", "", "%", "x" * 200])
def test_nothing_is_near_nonsense(archive: Archive, written: str) -> None:
    assert near(archive, written) == []
    assert geography.near(written) == []


def test_a_table_of_the_unsure_shows_how_unsure_they_are(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_STORE", str(store))
    app = AppTest.from_file(APP, default_timeout=60)
    for asked, shown in (("80-100", True), ("", False)):
        app.query_params.update({"view": "table", "confidence": asked})
        app.run()
        assert not app.exception
        assert ("confidence" in app.multiselect(key="table_columns").value) == shown


def test_a_misspelt_search_offers_what_may_be_meant(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_STORE", str(store))
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params.update({"view": "search", "find": "Malda"})
    app.run()
    assert not app.exception
    assert "Nothing was found" in app.info[0].value
    assert any('"Malta"' in one.proto.json for one in app.get("bidi_component"))


@pytest.mark.parametrize(
    ("written", "code"),
    [("UK", "GBR"), ("U.K.", "GBR"), ("US", "USA"), ("u.s.", "USA"), ("Britain", "GBR"), ("UAE", "ARE"), ("DPRK", "PRK"),
     ("Burma", "MMR"), ("Ivory Coast", "CIV"), ("Holland", "NLD"), ("Vatican", "VAT"), ("Norwegian", "NOR"),
     ("Czech Republic", "CZE"), ("Turkey", "TUR"), ("Niger", "NER")],
)
def test_a_country_is_found_by_the_names_that_people_use(written: str, code: str) -> None:
    assert geography.find(written)[0] == code
