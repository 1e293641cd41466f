"""What nobody should do: text that wants to be markup, addresses that make no sense, a store that goes away."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from conftest import made_up_store
from hostile import IDS, TEXTS, hostile_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard import export, filters, wording
from dashboard.query import Archive, documents, people
from extract.store import write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
PAGES = ("", "overview", "timeline", "map", "country", "pair", "compare", "people", "person", "network", "document",
         "event", "table", "search", "method", "export", "nowhere")
PARAMETERS = (
    "view", "from", "to", "kinds", "subtypes", "status", "salience", "precision", "countries", "match", "people_match",
    "part", "person", "with", "review", "organization", "source", "confidence", "q", "lang", "page", "list", "page_list", "borders", "layer",
    "partners", "compare", "event", "document", "title", "sort", "dates", "passage", "article", "piece", "find", "who",
    "sort_pairs", "page_pairs", "same", "columns", "window", "name", "for", "as", "alone", "focus", "least", "a", "b",
    "country", "by", "at", "page_met", "page_partners", "page_people", "page_statements", "embed", "open", "unknown",
)
ODD = (
    "", "1", "0", "-1", "9" * 5000, "²", "٣", "1e9", "nan", "null", "true", "' OR 1=1 --", "\"; DROP TABLE events", "%",
    "NOR", "nor", "ZZZ", "NOR,MLT", "NOR," * 400, "NOR.host,MLT.any", "NOR.host,NOR.guest", "meeting", "visit,meeting",
    "all", "any", "2021-03-03", "0001-01-01", "9999-12-31", "2021-02-30", "20210303", "80-100", "0-0", "100-0", "places",
    "not-stated", "no-country", "pair", "-events", "-date", "off", "ev1", "letter.txt", "Jane Example", "x" * 20_000,
    "\x00", "<b>", *TEXTS[:4], *IDS,
)


def _opened(address: dict[str, str | list[str]]) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


@pytest.fixture
def shown(store: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str | list[str]]], AppTest]:
    monkeypatch.setenv("READOUT_STORE", str(store))
    return _opened


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=st.dictionaries(st.sampled_from(PARAMETERS), st.lists(st.sampled_from(ODD), min_size=1, max_size=3),
                               max_size=8), view=st.sampled_from(PAGES))
def test_no_address_is_fatal(
    shown: Callable[[dict[str, str | list[str]]], AppTest], address: dict[str, list[str]], view: str
) -> None:
    app = shown({**address, "view": view})
    assert not app.exception, (address, app.exception[0].message)
    assert app.title


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "store"
    write_store(folder, hostile_store())
    return folder


HOSTILE_VIEWS = [
    *(f"view={page}" for page in PAGES),
    "view=timeline&by=country", "view=timeline&by=pair", "view=timeline&from=1500-01-01", "view=map&layer=places",
    "view=map&partners=NOR", "view=country&country=NOR", "view=country&country=NOR&list=documents",
    "view=pair&a=MLT&b=NOR", "view=compare&compare=MLT,NOR,CHN", "view=network&alone=NOR", "view=people&sort=-last",
    "view=table&columns=date,title,kind,people,place,organizations,basis,quote,id,precision", "view=search&find=e",
    *(urlencode({"view": "event", "event": one}) for one in IDS),
    *(urlencode({"view": "person", "name": one}) for one in TEXTS[:8]),
    *(urlencode({"view": "document", "document": one}) for one in TEXTS[::2]),
]


@pytest.mark.parametrize("address", HOSTILE_VIEWS)
def test_text_of_documents_is_only_text(hostile: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("READOUT_STORE", str(hostile))
    app = _opened(dict(parse_qs(address)))
    assert not app.exception, app.exception[0].message
    assert app.title or "event=" in address, "an event has its title in its facts"


def test_a_spreadsheet_runs_nothing(hostile: Path) -> None:
    archive = Archive(hostile)
    frame = people.persons(archive, filters.Filters(), "", 1000)
    written = export.csv(frame[["name", "roles"]]).decode("utf-8-sig")
    assert "'=HYPERLINK" in written and "'＝1+1" in written
    assert "'+1+1" in written and "'@SUM" in written and "'\n=1+1" in written


def test_long_quotes_are_cut_in_lists() -> None:
    assert wording.excerpt("word " * 1000).endswith("word …") and len(wording.excerpt("x" * 10_000)) < 800
    assert wording.excerpt("A short one.") == "A short one."


def test_a_link_with_too_much_is_cut() -> None:
    codes = ",".join(f"{code}.{part}" for code in ("NOR", "MLT", "CHN") for part in filters.PARTS)
    found, faults = filters.decode({"part": [codes]})
    assert len(found.parts) == filters.PARTS_AT_MOST and "the others were ignored" in faults[0]


def test_what_is_unknown_is_told_in_few_words(shown: Callable[[dict[str, str | list[str]]], AppTest]) -> None:
    app = shown({"kinds": "x" * 20_000})
    assert "knows no" in app.warning[0].value and len(app.warning[0].value) < 2000


@pytest.mark.parametrize("address", [
    {"window": "9" * 5000}, {"view": "document", "document": "letter.txt", "article": "9" * 5000},
    {"view": "document", "document": "letter.txt", "article": "²"}, {"view": "table", "page": "9" * 5000},
])
def test_numbers_beyond_reason_are_ignored(
    shown: Callable[[dict[str, str | list[str]]], AppTest], address: dict[str, str | list[str]]
) -> None:
    assert not shown(address).exception


def test_a_search_keeps_the_language(shown: Callable[[dict[str, str | list[str]]], AppTest]) -> None:
    app = shown({"view": "country", "lang": "de"})
    app.text_input(key="find").set_value("nor").run()
    assert dict(app.query_params) == {"view": "search", "find": "nor", "lang": "de"}


def test_a_store_that_goes_away_is_told_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, away = tmp_path / "store", tmp_path / "away"
    write_store(store, made_up_store())
    monkeypatch.setenv("READOUT_STORE", str(store))
    app, other = _opened({"view": "document"}), _opened({"view": "table"})
    store.rename(away)
    assert "there is no store here" in app.run().error[0].value.replace("\\", "")
    away.rename(store)
    assert not app.run().error and app.title[0].value == "Documents"
    (store / "store.json").write_text("{")
    assert "cannot be read" in other.run().error[0].value.replace("\\", "")
    shutil.rmtree(store)
    write_store(store, replace(made_up_store(), events=made_up_store().events[:3], fingerprint="less"))
    assert "3 of 3 events match" in "".join(one.proto.json for one in other.run().get("bidi_component"))
    (store / "documents.parquet").unlink()
    app.query_params["document"] = "note <b>1</b>.txt"
    assert not app.run().exception and not app.error and "A note on Wakanda" in app.title[0].value, "it was kept"
    write_store(store, made_up_store())
    assert not app.run().error and not app.exception


def test_numbers_of_documents_lead_to_their_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a filter on one document, what another one tells of its events has a filter of its own."""
    made = made_up_store()
    both = replace(made.events[0], sources=(*made.events[0].sources, made.events[2].sources[0]))
    write_store(tmp_path / "store", replace(made, events=(both, *made.events[1:])))
    monkeypatch.setenv("READOUT_STORE", str(tmp_path / "store"))
    app = _opened({"view": "document", "source": "letter.txt"})
    tree = next(one.proto.json for one in app.get("bidi_component") if one.proto.id.endswith("documents_table"))
    assert "note <b>1</b>.txt" in tree.replace("\\u003c", "<").replace("\\u003e", ">")
    assert '"source": ["letter.txt"]' in json.dumps(json.loads(tree)), "its own number is a link"
    assert '"told": ["note <b>1</b>.txt"]' in json.dumps(json.loads(tree)), "and so is that of the other one"


def test_odd_dates_stay_within_the_calendar(hostile: Path) -> None:
    archive = Archive(hostile)
    first, last = archive.one("SELECT min(date_first), max(date_last) FROM events")
    assert (first.year, last.year) == (100, 9900)
    assert len(documents.documents(archive, filters.Filters())) == len(TEXTS)
