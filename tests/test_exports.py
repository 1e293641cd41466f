"""Files to take home: what they hold is the record, they say whence it comes, and no text in them becomes anything else."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import operator
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from conftest import HOSTILE, LETTER, made_up_store
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from hostile import hostile_store, whole_hostile_store
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from dashboard import briefing, export, files, report
from dashboard.filters import Filters, also
from dashboard.query import Archive, places, whole
from extract import exports
from extract.cli import main
from extract.corrections import Journal
from extract.exports import About
from extract.record import from_mapping
from extract.store import read_store, write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
MOMENT = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
ABOUT = About("Malta and Norway", "All events of the store.", "abc123", 8, 8, MOMENT, "http://127.0.0.1/?view=table&part=MLT.any")


@pytest.fixture(scope="module")
def archive(store: Path) -> Archive:
    return Archive(store)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("data") / "hostile"
    whole_hostile_store(folder)
    return Archive(folder, Journal(f"sqlite:///{folder}.corrections.sqlite").entries())


def _rows(archive: Archive, chosen: Filters = Filters()) -> list[dict[str, Any]]:  # noqa: B008
    return list(whole.records(archive, chosen, 1000))


@pytest.mark.parametrize("make", [made_up_store, hostile_store])
def test_the_dashboard_and_the_command_line_write_the_same_records(make: Any, tmp_path: Path) -> None:
    store = make()
    write_store(tmp_path / "store", store)
    asked = {row["id"]: row for row in _rows(Archive(tmp_path / "store"))}
    assert asked == {row["id"]: row for row in json.loads(json.dumps(exports.rows_of(store)))}


@pytest.mark.parametrize("make", [made_up_store, hostile_store])
def test_json_and_parquet_give_back_the_events(make: Any) -> None:
    store = make()
    rows = exports.rows_of(store)
    wanted = set(store.events)
    array = json.loads(exports.to_array(rows, ABOUT))
    lines = [json.loads(line) for line in exports.to_lines(rows, ABOUT).decode().split("\n") if line]
    table = pq.read_table(io.BytesIO(exports.to_parquet(rows, ABOUT)))
    for found in (array["events"], lines, table.to_pylist()):
        assert {from_mapping(row, "here") for row in found} == wanted
        assert {row["review"] for row in found} == {"open"}
    told = json.loads(table.schema.metadata[b"readout"])
    assert told == array["about"]
    assert (told["data_version"], told["view"], told["taken"]) == ("abc123", ABOUT.view, 8)
    assert {(line["data_version"], line["view"]) for line in lines} == {("abc123", ABOUT.view)}


@pytest.mark.parametrize(("form", "first"), [("json", b"{"), ("jsonl", b"{"), ("parquet", b"PAR1"), ("ics", b"BEGIN:VCALENDAR"),
                                             ("csv", b"\xef\xbb\xbfid,title,"), ("passages", b"\xef\xbb\xbfevent,date,"), ("geojson", b"{")])
def test_the_command_line_writes_a_store_as_one_file(store: Path, tmp_path: Path, form: str, first: bytes) -> None:
    assert main(["export", str(store), "--format", form, "-o", str(tmp_path / "file")]) == 0
    assert (tmp_path / "file").read_bytes().startswith(first)


def test_the_command_line_and_the_dashboard_agree_on_decisions_and_the_version(store: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(store, tmp_path / "store"))
    journal = Journal(f"sqlite:///{tmp_path}/corrections.sqlite")
    [event] = [one for one in made_up_store().events if one.id == "ev6"]
    journal.write("edit", [event], [replace(event, date="2020-06-09")], author="Ana", seen=0)
    rows, about = exports.of_store(folder, journal.entries())
    archive = Archive(folder, journal.entries())
    asked = {row["id"]: row for row in _rows(archive)}
    assert asked == {row["id"]: row for row in json.loads(json.dumps(rows))}
    assert (asked["ev6"]["review"], asked["ev6"]["date"], asked["ev1"]["review"]) == ("corrected", "2020-06-09", "open")
    assert [row["id"] for row in rows][-2:] == ["ev4", "ev8"] and about.version == exports.data_version("made up#1")


@pytest.mark.parametrize("make", [made_up_store, hostile_store])
@pytest.mark.parametrize("form", ["csv", "passages"])
def test_the_tables_of_the_command_line_are_those_of_the_dashboard(make: Any, form: str, tmp_path: Path) -> None:
    """The same rows with their sources, in order of time where the dashboard has the newest first; none is a formula."""
    write_store(tmp_path / "store", make())
    assert main(["export", str(tmp_path / "store"), "--format", form, "-o", str(tmp_path / "file")]) == 0
    archive, make_file = Archive(tmp_path / "store"), {"csv": exports.to_table, "passages": exports.to_passages}[form]
    version = exports.data_version(read_store(tmp_path / "store").fingerprint)
    taken = make_file(whole.records(archive, Filters(), 1000, "date"), replace(ABOUT, version=version, view=""))
    mine, theirs = (list(csv.DictReader(io.StringIO(one.decode("utf-8-sig"), newline="")))
                    for one in ((tmp_path / "file").read_bytes(), taken))
    key = operator.itemgetter("id") if form == "csv" else operator.itemgetter("event", "rank")
    assert sorted(mine, key=key) == sorted(theirs, key=key) and {row["data_version"] for row in mine} == {version}
    events = {event.id: event for event in make().events}
    assert len(mine) == (len(events) if form == "csv" else sum(len(event.sources) for event in events.values()))
    for row in mine:
        event = events[row["id" if form == "csv" else "event"].removeprefix("'")]
        source = event.sources[int(row.get("rank", 0))]
        assert (row["document"].lstrip("'"), row["start"]) == (source.document.lstrip("'"), str(source.start))
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for value in row.values())


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_no_cell_begins_another_row(end: str) -> None:
    """A spreadsheet takes a lone carriage return for the end of a row, if it is not quoted: a formula could follow."""
    text = f"Calm.{end}=1+1,{end}@SUM(1)"
    for taken in (exports.to_csv(["quote"], [[text]]), export.csv(pd.DataFrame({"quote": [text]}))):
        assert taken.decode("utf-8-sig") == f'quote\r\n"{text}"\r\n'


def test_what_is_missing_in_a_table_of_numbers_is_an_empty_cell() -> None:
    frame = pd.DataFrame({"name": ["Norway", None], "events": [3, None], "day": pd.to_datetime(["2021-03-03", None]),
                          "codes": [["NOR", "MLT"], []]})
    assert export.csv(frame).decode("utf-8-sig").splitlines() == ["name,events,day,codes", "Norway,3.0,2021-03-03,NOR; MLT", ",,,"]


def test_the_same_events_have_a_point_on_the_map_and_in_the_file(hostile: Archive, archive: Archive) -> None:
    for one in (archive, hostile):
        rows = _rows(one)
        found = json.loads(exports.to_geojson(rows, ABOUT))
        assert found["readout"]["without_coordinates"] == sum(places.without_point(one, Filters()).values())
        assert {feature["id"]: feature["properties"]["point_name"] for feature in found["features"]} == {
            row["id"]: known["name"] for row in rows if (known := places.place_of(one, row["id"]))}


def test_records_carry_what_is_known_of_their_documents(archive: Archive) -> None:
    meeting = next(row for row in _rows(archive) if row["id"] == "ev1")
    source = meeting["sources"][0]
    assert LETTER[source["start"]:source["end"]] == source["quote"]
    assert (source["title"], source["publisher"], source["url"]) == ("The harbour letter", "The Example", None)


def test_records_stand_in_order_of_time_and_a_limit_keeps_the_newest(archive: Archive) -> None:
    assert [row["date"] for row in _rows(archive)] == [
        "2019", "2020-06-01/2020-06-04", "2020-06", "2021-03-03", "2021-03-03", "2021-05", "XXXX", "XXXX-12-30"]
    assert [row["date"] for row in whole.records(archive, Filters(), 2)] == ["2021-03-03", "2021-05"]


def test_the_calendar_is_read_back(archive: Archive) -> None:
    calendar = Calendar.from_ical(exports.to_calendar(_rows(archive), ABOUT))
    entries = {str(one["UID"]).removesuffix("@readout"): one for one in calendar.walk("VEVENT")}
    assert set(entries) == {"ev1", "ev2", "ev5", "ev6", "ev7"}
    assert "no month of theirs is known: 3" in calendar["X-WR-CALDESC"]
    days = {name: (one.decoded("DTSTART"), one.decoded("DTEND")) for name, one in entries.items()}
    assert days["ev1"] == (dt.date(2021, 3, 3), dt.date(2021, 3, 4))
    assert days["ev5"] == (dt.date(2020, 6, 1), dt.date(2020, 6, 5))
    assert days["ev2"] == (dt.date(2021, 5, 1), dt.date(2021, 6, 1))
    assert [str(entries[name]["STATUS"]) for name in ("ev1", "ev2", "ev6")] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert str(entries["ev2"]["SUMMARY"]) == f"Planned: {HOSTILE} (some day in this month)"
    assert all(text in entries["ev1"]["DESCRIPTION"] for text in ("They spoke of harbours", "letter.txt", "The Example", "abc123"))


@pytest.mark.parametrize(
    ("date", "known"),
    [("2021-03-03", True), ("2021-03", True), ("2021-03-03/2021-04-01", True), ("2021", False), ("2021-03/2021-05", False),
     ("2021-03-03/2021-05", False), ("XXXX", False), ("XXXX-12-30", False), ("9999-12-31", False)],
)
def test_what_stands_in_a_calendar(date: str, known: bool) -> None:
    assert exports.has_days(date) is known


def test_geojson_has_known_places_alone(archive: Archive) -> None:
    found = json.loads(exports.to_geojson(_rows(archive), ABOUT))
    assert found["type"] == "FeatureCollection"
    assert (found["readout"]["without_coordinates"], found["readout"]["data_version"]) == (7, "abc123")
    [feature] = found["features"]
    assert (feature["type"], feature["id"], feature["geometry"]["type"]) == ("Feature", "ev1", "Point")
    lon, lat = feature["geometry"]["coordinates"]
    assert (round(lon), round(lat)) == (15, 36), "Valletta, longitude first"
    assert feature["properties"]["point_name"] == "Valletta"
    assert [source["document"] for source in feature["properties"]["sources"]] == ["letter.txt", "letter.txt"]


def _notes(written: bytes) -> tuple[Any, dict[str, str]]:
    """Return a document of Word and the texts of its footnotes by their ids."""
    document = Document(io.BytesIO(written))
    part = next(one for one in document.part.package.iter_parts() if str(one.partname) == "/word/footnotes.xml")
    notes = parse_xml(part.blob).findall(qn("w:footnote"))
    return document, {note.get(qn("w:id")): "".join(one.text for one in note.iter(qn("w:t"))).strip() for note in notes if not note.get(qn("w:type"))}


def test_the_document_of_word_has_every_footnote(archive: Archive) -> None:
    rows = _rows(archive)
    document, notes = _notes(briefing.to_docx(briefing.write(rows, ABOUT)))
    referred = [one.get(qn("w:id")) for one in document.element.iter(qn("w:footnoteReference"))]
    assert referred == list(notes) and len(notes) == sum(len(row["sources"]) for row in rows) == 9
    start = LETTER.index("They spoke of harbours")
    assert f"The harbour letter, The Example, letter.txt, characters {start} to {start + 22}." in notes.values()
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "“They spoke of harbours”" in said and "3 March 2021. Jane Example meets Ola Nordmann in Valletta" in said
    assert ABOUT.view in "\n".join(said) and "abc123" in "\n".join(said)


def test_many_sources_are_quoted_thrice_and_named_all(archive: Archive) -> None:
    row = next(row for row in _rows(archive) if row["id"] == "ev1")
    many = row | {"sources": [row["sources"][0] | {"document": f"{number}.txt"} for number in range(7)]}
    written = briefing.write([many], ABOUT)
    [(_, [entry])] = written.sections
    assert (len(entry.quotes), entry.more) == (3, 4)
    assert all(f"{number}.txt" in "".join(written.notes) for number in range(7))


def test_a_state_is_named_as_it_was_called_then(archive: Archive) -> None:
    row = next(row for row in _rows(archive) if row["id"] == "ev1")
    then = row | {"parts": [{"country": "MLT", "part": "host", "name": "Malta <i>Colony</i>"}, row["parts"][1]]}
    assert "Malta (as Malta <i>Colony</i>, host), Norway (guest)" in briefing.facts(then)


def test_markdown_has_its_footnotes_and_no_markup_of_others(archive: Archive) -> None:
    written = briefing.to_markdown(briefing.write(_rows(archive), ABOUT)).decode()
    referred = re.findall(r"\[\^(\d+)\](?!:)", written)
    assert sorted(referred, key=int) == re.findall(r"^\[\^(\d+)\]:", written, re.M) == [str(one) for one in range(1, 10)]
    assert "## Year not known" in written and "**May 2021. \\<img src=x" in written
    assert not re.search(r"(?<!\\)\]\(", written) and f"<{ABOUT.view}>" in written


class _Page(HTMLParser):
    """What a page consists of: its elements with their attributes, its ids and the places that it links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name in ("href", "src") and value]


@pytest.mark.parametrize("name", ["archive", "hostile"])
def test_the_report_is_one_page_of_known_elements(name: str, request: pytest.FixtureRequest) -> None:
    archive = request.getfixturevalue(name)
    rows = _rows(archive)
    page = _Page(report.to_html(rows, report.draw(archive, Filters()), ABOUT).decode())
    assert page.tags.count("script") == 3 and not {"iframe", "img", "form", "object", "link", "base"} & set(page.tags)
    assert not [one for one in page.attributes if one.startswith("on") or one == "style"]
    assert len(page.ids) == len(set(page.ids))
    inside = [one for one in page.links if one.startswith("#")]
    assert set(page.links) - set(inside) == {ABOUT.view}
    assert {one.removeprefix("#") for one in inside} <= set(page.ids)
    assert {f"#e{number}" for number in range(1, len(rows) + 1)} <= set(inside)
    assert page.tags.count("blockquote") == sum(len(row["sources"]) for row in rows)


def test_a_report_without_dates_and_countries_has_no_charts(archive: Archive) -> None:
    chosen = Filters(precisions=("unknown",), kinds=("statement",), text="without")
    page = report.to_html(_rows(archive, chosen), report.draw(archive, chosen), ABOUT)
    assert len(page) < 30_000 and b"A speech without a state" in page


def test_an_address_that_is_none_of_a_page_is_no_link(archive: Archive) -> None:
    about = About("x", "y", "z", 1, 1, MOMENT, "javascript:alert(1)")
    assert b'href="javascript' not in report.to_html(_rows(archive)[:1], [], about)


def test_hostile_texts_stay_texts(hostile: Archive) -> None:
    rows = _rows(hostile)
    document, notes = _notes(briefing.to_docx(briefing.write(rows, ABOUT)))
    used = {element.tag for element in document.element.iter() if isinstance(element.tag, str)}
    assert not used & {qn("w:hyperlink"), qn("w:fldSimple"), qn("w:instrText"), qn("w:drawing")}
    assert len(notes) == len(list(document.element.iter(qn("w:footnoteReference"))))
    calendar = Calendar.from_ical(exports.to_calendar(rows, ABOUT))
    assert len(calendar.walk("VEVENT")) == sum(exports.has_days(row["date"]) for row in rows)
    assert {one.name for one in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    markdown = briefing.to_markdown(briefing.write(rows, ABOUT)).decode()
    parsed = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    inner = [token for one in parsed for token in one.children or ()]
    assert {token.type for token in parsed} <= {f"{name}_{end}" for name in ("paragraph", "heading", "blockquote")
                                                for end in ("open", "close")} | {"inline"}
    assert {token.type for token in inner} <= {"text", "strong_open", "strong_close", "em_open", "em_close", "link_open",
                                               "link_close", "softbreak"}
    assert [token.attrs["href"] for token in inner if token.type == "link_open"] == [ABOUT.view]
    assert not re.search(r"(?i)(https?:|www[.])", "".join(token.content for token in inner).replace(ABOUT.view, ""))


@pytest.mark.parametrize("make", [exports.to_passages, exports.to_table])
def test_no_cell_is_a_formula(hostile: Archive, make: Any) -> None:
    known = _rows(hostile)
    rows = list(csv.DictReader(io.StringIO(make(known, ABOUT).decode("utf-8-sig"), newline="")))
    assert len(rows) == (len(known) if make is exports.to_table else sum(len(row["sources"]) for row in known))
    assert {row["document"] for row in rows} >= {"'=HYPERLINK(\"http:∕∕evil.example\") 5.txt", "'\t=1+1 9.txt"}
    for row in rows:
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\n", "\r")) for name, value in row.items()
                       if name != "rank")


@given(some.text(max_size=80))
def test_what_is_flat_is_one_line_and_what_is_a_name_is_safe(text: str) -> None:
    flat = exports.flat(text)
    assert len(flat.splitlines()) <= 1 and exports.flat(flat) == flat and flat == flat.strip()
    name = exports.safe_name("readout", text, ending="csv")
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?\.csv", name)


def test_a_persian_word_keeps_its_joiner() -> None:
    assert exports.flat("می\u200cخواهم \u202ealso\u202c") == "می\u200cخواهم also"


@pytest.mark.parametrize(
    ("chosen", "title", "name"),
    [
        (Filters(), "Diplomatic events", "readout-events.json"),
        (also(Filters(), "MLT", "NOR"), "Malta and Norway", "readout-malta-norway.json"),
        (Filters(kinds=("visit",), first=dt.date(2021, 3, 3)), "Diplomatic events", "readout-visit-2021-03-03.json"),
        (also(Filters(), "CIV"), "Côte d’Ivoire", "readout-cote-d-ivoire.json"),
    ],
)
def test_a_file_is_named_after_what_it_holds(chosen: Filters, title: str, name: str) -> None:
    one = next(one for formats in files.FORMATS.values() for one in formats if one.key == "json")
    assert (files.title(chosen), files.file_name(chosen, one)) == (title, name)


@pytest.fixture
def shown(store: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("READOUT_STORE", str(store))

    def opened(**params: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        for key, value in params.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    return opened


def test_the_page_counts_what_files_leave_out(shown: Any) -> None:
    app = shown(view="export")
    said = " ".join(caption.value for caption in app.caption)
    assert app.title[0].value == "Export"
    assert "no month of theirs is known: 3 events" in said and "known coordinates is told: 7 events" in said


def test_the_page_of_nothing_offers_nothing(shown: Any) -> None:
    app = shown(view="export", kinds="meeting", countries="PER")
    assert app.info and not app.get("download_button")


def test_a_link_opens_the_numbers_behind_a_chart(shown: Any) -> None:
    assert not shown(view="timeline").get("download_button")
    app = shown(view="timeline", open="timeline,nothing")
    assert [one.proto.label for one in app.get("download_button")] == ["Download as CSV"]


@pytest.mark.parametrize(
    ("params", "narrowed"),
    [({"view": "country", "country": "NOR"}, "NOR.any"), ({"view": "pair", "a": "MLT", "b": "NOR"}, "MLT.any,NOR.any"),
     ({"view": "table"}, None), ({"view": "country", "country": "Q"}, None)],
)
def test_the_way_to_the_page_keeps_what_is_on_the_screen(shown: Any, params: dict[str, str], narrowed: str | None) -> None:
    trees = [json.loads(one.proto.json) for one in shown(kinds="visit", **params).get("bidi_component")]
    [link] = [tree["open"] for tree in trees if tree.get("children") == ["Export"]]
    assert (link["view"], link["params"]["kinds"], link["params"].get("part")) == ("export", "visit", narrowed)
