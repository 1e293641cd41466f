"""Curated tables: rows as events with their remarks, joined with what texts tell; bad rows are named, nothing is guessed."""

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from extract.cli import main
from extract.curated.mapping import read_mapping
from extract.curated.persons import persons_in
from extract.curated.states import Named, state_of
from extract.model import InputError
from extract.pipeline import run
from extract.record import Event, Part
from extract.store import Store, read_store, write_store

MAPPING = """
table = "{table}"
title = "Travels of foreign ministers of Kenya"
kind = "visit"

[columns]
id = "no"
date = "from"
until = "to"
place = "town"
remark = "remarks"

[[states]]
value = "KEN"
part = "visitor"
people = "who"
role = {{ column = "office", values = {{ FM = "Foreign Minister" }} }}

[[states]]
column = "state"
part = "host"
"""
COLUMNS = ("no", "from", "to", "who", "office", "state", "town", "remarks")
ROWS = (
    ("7", "2003-01-12", "2003-01-14", "Kalonzo Musyoka", "FM", "Ghana", "Accra", "Met with President Kufuor."),
    ("8", "2003-02-03", "2003-02-03", "Kalonzo Musyoka", "FM", "Norway", "Oslo", "Attended the Nordic Energy Forum."),
    ("9", "1974-05-01", "1974-05-02", "Munyua Waiyaki", "FM", "Zaire", "Kinshasa", "Official visit; met May 2 with President Mobutu."),
)
Row = tuple[str, ...]


def _csv(path: Path, rows: list[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])


def _jsonl(path: Path, rows: list[Row]) -> None:
    path.write_text("".join(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in rows))


def _parquet(path: Path, rows: list[Row]) -> None:
    pq.write_table(pa.Table.from_pylist([dict(zip(COLUMNS, row, strict=True)) for row in rows]), path)


def _xlsx(path: Path, rows: list[Row]) -> None:
    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    for row in rows:
        book.active.append([int(row[0]), dt.date.fromisoformat(row[1]), dt.datetime.fromisoformat(row[2]), *row[3:]])
    book.save(path)


WRITERS: dict[str, Callable[[Path, list[Row]], None]] = {
    ".csv": _csv, ".jsonl": _jsonl, ".parquet": _parquet, ".xlsx": _xlsx,
}


def _table(folder: Path, rows: tuple[Row, ...] = ROWS, mapping: str = MAPPING, suffix: str = ".csv") -> Path:
    """Write a table and its mapping file; return the latter."""
    WRITERS[suffix](folder / f"travels{suffix}", list(rows))
    file = folder / "travels.toml"
    file.write_text(mapping.format(table=f"travels{suffix}"))
    return file


def _run(mapping: Path, *texts: Path, failures: list[InputError] | None = None) -> Store:
    return run(texts, tables=[mapping], by_rules=True, failures=failures)


def _visits(store: Store) -> list[Event]:
    return [event for event in store.events if event.kind == "visit"]


@pytest.mark.parametrize("suffix", WRITERS)
def test_each_row_is_an_event(tmp_path: Path, suffix: str) -> None:
    store = _run(_table(tmp_path, suffix=suffix))
    found = [(e.date, e.subtype, e.countries, e.place, [(a.name, a.role) for a in e.actors]) for e in _visits(store)]
    assert found == [
        ("1974-05-01/1974-05-02", "official_visit", ("COD", "KEN"), "Kinshasa", [("Munyua Waiyaki", "Foreign Minister")]),
        ("2003-01-12/2003-01-14", "visit", ("GHA", "KEN"), "Accra", [("Kalonzo Musyoka", "Foreign Minister")]),
        ("2003-02-03", "visit", ("KEN", "NOR"), "Oslo", [("Kalonzo Musyoka", "Foreign Minister")]),
    ]
    first = _visits(store)[0]
    assert first.parts == (Part("COD", "host", "Zaire"), Part("KEN", "visitor"))
    assert (first.date_basis, first.sources[0].rule) == (f"from the table travels{suffix}, row 9", "visit:row of a table")
    assert first.confidence is None


def test_the_page_of_an_event_tells_the_table_and_the_name_of_a_state_of_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_store(tmp_path / "store", _run(_table(tmp_path)))
    visit = next(event for event in read_store(tmp_path / "store").events if "COD" in event.countries)
    monkeypatch.setenv("READOUT_STORE", str(tmp_path / "store"))
    app = AppTest.from_file(str(Path(__file__).parents[1] / "dashboard" / "app.py"), default_timeout=30)
    app.query_params["view"], app.query_params["event"] = "event", visit.id
    app.run()
    shown = next(one for one in app.get("bidi_component") if "-facts" in one.proto.id).proto.json
    assert not app.exception
    assert "host, as Zaire" in shown and "From a table made by hand" in shown


def test_the_rows_of_a_year_are_a_document_and_every_quote_stands_in_it(tmp_path: Path) -> None:
    store = _run(_table(tmp_path))
    texts = {document.name: document.text for document in store.documents}
    assert list(texts) == ["travels.csv#1974", "travels.csv#2003"]
    assert texts["travels.csv#1974"] == (
        "no | from | to | who | office | state | town | remarks\n9 | 1974-05-01 | 1974-05-02 | Munyua Waiyaki | FM | "
        "Zaire | Kinshasa | Official visit; met May 2 with President Mobutu.\n"
    )
    assert store.documents[0].title == "Travels of foreign ministers of Kenya, 1974"
    sources = [source for event in store.events for source in event.sources]
    assert all(texts[s.document][s.start : s.end] == s.quote for s in sources)
    assert "Met with President Kufuor." in _visits(store)[1].sources[0].quote


def test_remarks_are_read_for_further_events_of_the_row_s_days_and_traveller(tmp_path: Path) -> None:
    meetings = [event for event in _run(_table(tmp_path)).events if event.kind == "meeting"]
    found = [(e.subtype, e.date, e.countries, [a.name for a in e.actors]) for e in meetings]
    assert found == [
        ("talks", "1974-05-02", ("COD", "KEN"), ["Munyua Waiyaki", "Mobutu"]),
        ("talks", "2003-01-12/2003-01-14", ("GHA", "KEN"), ["Kalonzo Musyoka", "Kufuor"]),
        ("conference", "2003-02-03", ("KEN", "NOR"), ["Kalonzo Musyoka"]),
    ]


def test_a_conference_that_remarks_tell_in_the_same_words_is_one(tmp_path: Path) -> None:
    guests = (
        ("1", "2003-02-03", "2003-02-04", "President Mwai Kibaki", "", "Kenya", "", "Attended the Nordic Energy Forum."),
        ("2", "2003-02-03", "2003-02-03", "President John Kufuor", "", "Ghana", "", "Met with Prime Minister Bondevik."),
        ("3", "2003-02-04", "2003-02-05", "President John Kufuor", "", "Ghana", "", "Attended the Nordic Energy Forum"),
        ("4", "2003-02-03", "2003-02-03", "President Idriss Deby", "", "Chad", "", "Met with Prime Minister Bondevik."),
        ("5", "2003-09-03", "2003-09-03", "President Idriss Deby", "", "Chad", "", "Attended the Nordic Energy Forum."),
    )
    mapping = """
table = "{table}"
kind = "visit"
columns = {{ id = "no", date = "from", until = "to", remark = "remarks" }}
states = [{{ column = "state", part = "visitor", people = "who" }}, {{ value = "NOR", part = "host" }}]
"""
    store = _run(_table(tmp_path, guests, mapping))
    found = [(e.subtype, e.countries, len(e.sources)) for e in store.events if e.kind == "meeting"]
    assert sorted(found) == [
        ("conference", ("GHA", "KEN", "NOR"), 2), ("conference", ("NOR", "TCD"), 1),
        ("talks", ("GHA", "NOR"), 1), ("talks", ("NOR", "TCD"), 1),
    ]
    assert {(a.name, a.role) for e in _visits(store) for a in e.actors} == {
        ("Mwai Kibaki", "President"), ("John Kufuor", "President"), ("Idriss Deby", "President"),
    }


def test_a_visit_of_a_table_and_of_a_text_is_one_event_with_both_sources(tmp_path: Path) -> None:
    """The table's facts win where they are more exact: the days of the whole visit, the town, the sort of visit."""
    note = tmp_path / "note.txt"
    note.write_text("KINSHASA, May 2, 1974 (AZAP) -- Kenyan Foreign Minister Munyua Waiyaki arrived in Zaire on Wednesday.\n")
    (visit,) = _visits(_run(_table(tmp_path, ROWS[2:]), note))
    assert [source.document for source in visit.sources] == ["note.txt", "travels.csv#1974"]
    assert (visit.date, visit.place, visit.subtype) == ("1974-05-01/1974-05-02", "Kinshasa", "official_visit")
    assert visit.date_basis == "from the table travels.csv, row 9"
    assert visit.parts == (Part("COD", "host", "Zaire"), Part("KEN", "visitor"))


def test_the_days_of_a_text_win_over_the_year_of_a_table(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("OSLO, Feb. 5, 2003 (NTB) -- Kenyan Foreign Minister Kalonzo Musyoka visited Norway on Monday.\n")
    row = ("8", "2003", "", *ROWS[1][3:-1], "")
    dates = {event.date for event in _visits(_run(_table(tmp_path, (row,)), note))}
    assert dates == {"2003", "2003-02-03"}, "a year is no day: the two stay apart rather than be guessed one"


def test_two_rows_are_two_events_however_alike(tmp_path: Path) -> None:
    again = ("10", "2003-01-15", "2003-01-16", *ROWS[0][3:-1], "")
    store = _run(_table(tmp_path, (ROWS[0], again, ROWS[0])))
    assert [e.date for e in _visits(store)] == ["2003-01-12/2003-01-14", "2003-01-12/2003-01-14", "2003-01-15/2003-01-16"]
    assert len({event.id for event in store.events}) == len(store.events)


def test_ids_hang_on_the_row_and_not_on_its_place(tmp_path: Path) -> None:
    before = {event.id: event.title for event in _run(_table(tmp_path)).events}
    new = ("6", "2003-01-02", "2003-01-03", *ROWS[0][3:5], "Chad", "Ndjamena", "Met with President Deby.")
    after = {event.id: event.title for event in _run(_table(tmp_path, (new, *ROWS))).events}
    assert before.items() < after.items()
    without = MAPPING.replace('id = "no"\n', "")
    ids = [{event.id for event in _run(_table(tmp_path, rows, without)).events} for rows in (ROWS, (new, *ROWS))]
    assert ids[0] < ids[1]


def test_a_grown_table_is_read_only_where_it_grew(tmp_path: Path) -> None:
    store, mapping = tmp_path / "store", _table(tmp_path)
    write_store(store, run([], tables=[mapping], by_rules=True, folder=store))
    _table(tmp_path, (*ROWS, ("11", "2003-03-03", "2003-03-03", *ROWS[0][3:])))
    grown = run([], tables=[mapping], by_rules=True, folder=store)
    assert grown.kept == 1
    assert grown == _run(mapping) and len(_visits(grown)) == 4


BAD = {
    "unknown state": (("1", "2003-01-12", "", "Kalonzo Musyoka", "FM", "Somoa", "", ""), r"state: 'Somoa' is not known as a state"),
    "two states": (("1", "2003-01-12", "", "Kalonzo Musyoka", "FM", "Congo", "", ""), r"state: 'Congo' .* or may be two"),
    "no state": (("1", "2003-01-12", "", "Kalonzo Musyoka", "FM", "", "", ""), r"state: no state"),
    "no date": (("1", "12 January", "", "Kalonzo Musyoka", "FM", "Ghana", "", ""), r"from: '12 January' is not a date"),
    "no day": (("1", "2003-02-30", "", "Kalonzo Musyoka", "FM", "Ghana", "", ""), r"from: '2003-02-30' is not a date"),
    "ends first": (("1", "2003-02-03", "2003-02-01", "Kalonzo Musyoka", "FM", "Ghana", "", ""), r"to: '2003-02-01' is before"),
    "too short": (("1", "2003-02-03"), r"2 cells where there are 8 columns"),
}


@pytest.mark.parametrize(("row", "reason"), BAD.values(), ids=BAD.keys())
def test_a_bad_row_costs_that_row_and_is_named(tmp_path: Path, row: Row, reason: str) -> None:
    failures: list[InputError] = []
    store = _run(_table(tmp_path, (ROWS[0], row, ROWS[1])), failures=failures)
    assert [event.date[:4] for event in _visits(store)] == ["2003", "2003"]
    (failure,) = failures
    assert str(failure).startswith("travels.csv: row 3 (1): ")
    assert [str(one) for one in store.failures] == [str(failure)]
    with pytest.raises(InputError, match=reason):
        raise failure


def test_names_of_the_mapping_resolve_what_no_table_knows(tmp_path: Path) -> None:
    row = ("1", "2003-01-12", "", "Kalonzo Musyoka", "FM", "Somoa", "", "")
    (visit,) = _visits(_run(_table(tmp_path, (row,), MAPPING + '\n[names]\nSomoa = "WSM"\n')))
    assert visit.countries == ("KEN", "WSM")


STATES = {
    ("Prussia", 1868): Named("DEU", "Prussia"),
    ("U.S.S.R.", 1974): Named("RUS", "U.S.S.R."),
    ("Democratic Republic of the Congo (Zaire)", 1983): Named("COD", "Zaire"),
    ("Hawaii", 1874): Named("USA", "Hawaii"),
    ("Muscat & Oman", 1938): Named("OMN", "Muscat & Oman"),
    ("Burma (Myanmar)", 2011): Named("MMR", "Burma"),
    ("China, Republic of", 1945): Named("CHN", "Republic of China"),
    ("Republic of China", 1960): Named("TWN", "Republic of China"),
    ("Republic of China", None): None,
    ("Korea, North", 2018): Named("PRK"),
    ("Congo, Republic of", 2003): Named("COG"),
    ("Congo", 2003): None,
    ("Denmark (Greenland)", 2021): Named("DNK"),
    ("Cote d’Ivoire", 2011): Named("CIV"),
    ("The Gambia", 1990): Named("GMB"),
    ("St. Lucia", 1998): Named("LCA"),
    ("Türkiye", 2023): Named("TUR"),
    ("KEN", 2000): Named("KEN"),
    ("Georgia", 1990): Named("GEO"),
    ("the moon", 1969): None,
    ("Atlantis (Greece)", 1900): None,
}


@pytest.mark.parametrize(("cell", "named"), STATES.items(), ids=map(str, STATES))
def test_names_of_states_of_their_time(cell: tuple[str, int | None], named: Named | None) -> None:
    assert state_of(*cell, {}) == named


PERSONS = {
    "President Sam Nujoma and Prime Minister Hage Geingob": [("Sam Nujoma", "President"), ("Hage Geingob", "Prime Minister")],
    "King Letsie III, Prime Minister Pakalitha Mosisili": [("Letsie III", "King"), ("Pakalitha Mosisili", "Prime Minister")],
    "Prime Minister Dr. Hubert A. Minnis": [("Hubert A. Minnis", "Prime Minister")],
    "President Tommy E. Remengesau, Jr.": [("Tommy E. Remengesau, Jr.", "President")],
    "Premier and Prince Sihanouk": [("Sihanouk", "Premier and Prince")],
    "President- elect Ernesto Zedillo": [("Ernesto Zedillo", "President-elect")],
    "Tom Mboya": [("Tom Mboya", None)],
    "President": [],
    "": [],
}


@pytest.mark.parametrize(("cell", "people"), PERSONS.items(), ids=PERSONS.keys())
def test_persons_of_a_cell(cell: str, people: list[tuple[str, str | None]]) -> None:
    assert persons_in(cell, None) == people


MEETINGS = """
table = "travels.csv"
kind = {{ column = "office", values = {{ talks = "meeting", deal = "agreement" }} }}
status = {{ column = "who", values = {{ soon = "planned" }}, otherwise = "occurred" }}
confidence = 0.9
date_format = "%d.%m.%Y"
[columns]
date = "from"
organizations = "town"
[[states]]
column = "state"
separator = ";"
"""


def test_other_kinds_of_events_formats_of_dates_and_lists_of_states(tmp_path: Path) -> None:
    rows = (("", "3.5.2010", "", "", "talks", "Peru; Chile", "Andean Community", ""), ("", "2011-06", "", "soon", "Deal", "Fiji;Tonga", "", ""))
    found = [
        (e.kind, e.subtype, e.status, e.date, e.countries, e.organizations, e.confidence)
        for e in _run(_table(tmp_path, rows, MEETINGS)).events
    ]
    assert found == [
        ("meeting", "talks", "occurred", "2010-05-03", ("CHL", "PER"), ("Andean Community",), 0.9),
        ("agreement", "signing", "planned", "2011-06", ("FJI", "TON"), (), 0.9),
    ]


FAULTS = {
    "no TOML": ("table = =", "is not TOML: .*line 1"),
    "too deep": (f"table = 'x'\nkind = {'[' * 5000}", r"travels\.toml: is not TOML: lists or tables lie too deep .*line 2"),
    "a long number": (f"table = 'x'\nconfidence = {'9' * 5000}", r"is not TOML: a number has more than 4,300 digits \(at line 2\)"),
    "two delimiters": ('delimiter = ";;"' + MAPPING, "delimiter: ';;' is not one character"),
    "a day twice": ('date_format = "%d%d"' + MAPPING, "date_format: '%d%d' is no format of dates"),
    "a wrong word": (MAPPING.replace("until", "untill"), r"columns\.untill: "),
    "no kind of ours": (MAPPING.replace('"visit"', '"duel"'), "kind: 'duel' is not one of"),
    "no part of ours": (MAPPING.replace('"host"', '"donor"'), r"states\.2\.part: 'donor' is no part in a visit"),
    "no code": (MAPPING.replace('"KEN"', '"Kenya"'), r"states\.1\.value: 'Kenya' is not an ISO"),
    "no such column": (MAPPING.replace('"town"', '"city"'), "there is no column 'city'; it has no, from, to"),
    "no such table": (MAPPING.replace("{table}", "gone.csv"), r"gone\.csv: cannot be read"),
    "no reader": (MAPPING.replace("{table}", "travels.toml"), r"no reader for tables of type \.toml"),
}


@pytest.mark.parametrize(("mapping", "reason"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_mapping_is_named(tmp_path: Path, mapping: str, reason: str) -> None:
    file = _table(tmp_path, mapping=mapping)
    with pytest.raises(InputError, match=reason):
        _run(file)


def test_a_day_of_parquet_that_python_cannot_hold_costs_its_row(tmp_path: Path) -> None:
    file, failures = _table(tmp_path, suffix=".parquet"), list[InputError]()
    days = pa.array([18_000, 2**31 - 1, 18_001], pa.int32()).view(pa.date32())
    table = pq.read_table(tmp_path / "travels.parquet").drop_columns(["from", "to"])
    pq.write_table(table.append_column("from", days).append_column("to", days), tmp_path / "travels.parquet")
    assert [event.date for event in _visits(_run(file, failures=failures))] == ["2019-04-14", "2019-04-15"]
    (failure,) = failures
    assert "row 2 (8): from: holds a value that cannot be read" in str(failure)


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet", ".csv"])
def test_a_table_that_is_none_is_named(tmp_path: Path, suffix: str) -> None:
    file = _table(tmp_path, suffix=suffix)
    (tmp_path / f"travels{suffix}").write_bytes(b"\xff\xfe rubbish")
    with pytest.raises(InputError, match=rf"travels\{suffix}: "):
        _run(file, failures=[])


def test_a_quote_that_nothing_closes_is_told_with_its_line(tmp_path: Path) -> None:
    file = _table(tmp_path)
    (tmp_path / "travels.csv").write_text((tmp_path / "travels.csv").read_text().replace("Ghana", '"Ghana'))
    with pytest.raises(InputError, match=r"travels\.csv: line 2: not a table of this type: unexpected end of data"):
        _run(file, failures=[])


def test_the_command_joins_tables_and_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = _table(tmp_path, (*ROWS, BAD["two states"][0]))
    command = ["extract", "--table", str(mapping), "-o", str(tmp_path / "store"), "--by-rules"]
    assert main(command) == 1
    said = capsys.readouterr().err
    assert "row 5 (1): state: 'Congo'" in said and "[2/2] travels.csv#2003" in said
    parts = [part for event in read_store(tmp_path / "store").events for part in event.parts]
    assert Part("COD", "host", "Zaire") in parts
    assert main(["extract", "-o", str(tmp_path / "store")]) == 2
    assert read_mapping(mapping).named()[0] == "no"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(remark=st.text(max_size=80), name=st.text(max_size=20))
def test_any_cell_is_survived(remark: str, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    row = ("1", "2003-01-12", "", name, "FM", "Ghana", "", remark)
    folder = tmp_path_factory.mktemp("any")
    WRITERS[".jsonl"](folder / "travels.jsonl", [row])
    (folder / "travels.toml").write_text(MAPPING.format(table="travels.jsonl"))
    store = _run(folder / "travels.toml")
    texts = {document.name: document.text for document in store.documents}
    assert len(_visits(store)) == 1
    assert all(texts[s.document][s.start : s.end] == s.quote for e in store.events for s in e.sources)
