"""The record: what it refuses, and that nothing is lost between Event, JSONL and the store."""

import dataclasses
import json
from pathlib import Path

import pytest

from extract.manifest import read_manifest
from extract.model import Document, InputError
from extract.record import Actor, Event, Part, Source, from_mapping, printable, to_json
from extract.store import SCHEMAS, ArticleRow, Store, TimexRow, read_store, write_store

TEXT = "The king of Tonga met the president of Nauru on 3 May 2004."


def event(**changes: object) -> Event:
    fields: dict[str, object] = {
        "id": "e1", "kind": "meeting", "subtype": "talks", "status": "occurred", "salience": "main", "date": "2004-05-03",
        "date_basis": "stated", "countries": ("NRU", "TON"), "organizations": (), "actors": (Actor("Tupou IV", "TON", "King"),),
        "parts": (Part("NRU", "guest"), Part("TON", "host")), "place_country": "TON",
        "place": None, "title": "Tonga holds talks with Nauru", "sources": (Source("a.txt", 0, len(TEXT), TEXT),),
    }
    return Event(**{**fields, **changes})  # type: ignore[arg-type]


def store(*events: Event) -> Store:
    rows = (ArticleRow("a.txt", 0, 0, len(TEXT), None, "2004", "said"),)
    timexes = (TimexRow("a.txt", 0, TEXT.index("3 May"), len(TEXT) - 1, "2004-05-03"),)
    return Store((Document("a.txt", TEXT, "0" * 64),), rows, events, "f1", timexes)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "party"}, "kind: 'party'"),
        ({"subtype": "speech"}, "subtype: 'speech'"),
        ({"status": "maybe"}, "status: 'maybe'"),
        ({"date": "2004-02-31"}, "date: '2004-02-31'"),
        ({"date": "yesterday"}, "date: 'yesterday'"),
        ({"countries": ("Tonga",)}, "countries: 'Tonga'"),
        ({"parts": (Part("TON", "visitor"),)}, "parts: 'visitor' is not one of host, guest, participant"),
        ({"parts": (Part("FJI", "host"),)}, "parts: 'FJI' is not among the countries"),
        ({"parts": (Part("TON", "host"), Part("TON", "guest"))}, "parts: 'TON' has two"),
        ({"place_country": "Tonga"}, "place_country: 'Tonga'"),
        ({"sources": ()}, "sources: an event needs at least one"),
        ({"sources": (Source("a.txt", 0, 3, TEXT),)}, "sources: offsets 0-3"),
    ],
)
def test_a_wrong_value_is_named(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(InputError, match=f"event e1: {reason}"):
        event(**changes)


def test_json_and_back() -> None:
    assert from_mapping(json.loads(to_json(event())), "here") == event()


def test_a_record_from_before_there_were_parts() -> None:
    older = json.loads(to_json(event()))
    del older["parts"], older["place_country"]
    assert from_mapping(older, "here") == event(parts=(), place_country=None)


@pytest.mark.parametrize(
    ("start", "end", "value", "reason"),
    [(5, 5, "2004", "no span of text"), (-1, 5, "2004", "no span of text"), (0, 5, "in May", "'in May' is not an EDTF date")],
)
def test_a_wrong_time_expression_is_named(start: int, end: int, value: str, reason: str) -> None:
    with pytest.raises(InputError, match=f"a.txt: time expression at {start}-{end}: {reason}"):
        TimexRow("a.txt", 0, start, end, value)


def test_a_broken_mapping_names_its_place() -> None:
    with pytest.raises(InputError, match=r"f\.jsonl:3: not an event record: KeyError: 'kind'"):
        from_mapping({"id": "e1"}, "f.jsonl:3")


def test_printable_removes_what_moves_a_terminal() -> None:
    assert printable("a\x1b[2Jb\n\tc\u202e") == "a [2Jb c"


def test_store_and_back(tmp_path: Path) -> None:
    before = store(event(), event(id="e2", date="XXXX-05-03", confidence=0.5))
    write_store(tmp_path / "s", before)
    assert read_store(tmp_path / "s") == before
    manifest = read_manifest(tmp_path / "s")
    assert manifest is not None
    assert (manifest["fingerprint"], manifest["events"]) == ("f1", 2)


def test_the_same_store_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_store(tmp_path / name, store(event()))
    files = sorted(p.name for p in (tmp_path / "one").iterdir())
    assert files == sorted(["store.json", *(f"{name}.parquet" for name in SCHEMAS)])
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)


def test_a_store_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_store(tmp_path / "s", store(event()))
    write_store(tmp_path / "s", store(dataclasses.replace(event(), id="e9")))
    assert [e.id for e in read_store(tmp_path / "s").events] == ["e9"]
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(InputError, match="holds files that are not a store"):
        write_store(tmp_path, store(event()))
    assert (tmp_path / "thesis.doc").read_text() == "years of work"


def test_a_missing_and_a_broken_store_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no store here"):
        read_store(tmp_path)
    write_store(tmp_path / "s", store(event()))
    (tmp_path / "s" / "events.parquet").write_bytes(b"not parquet")
    with pytest.raises(InputError, match="the store is broken"):
        read_store(tmp_path / "s")
    (tmp_path / "s" / "store.json").write_text('{"format": 99}')
    with pytest.raises(InputError, match="not a store of format"):
        read_manifest(tmp_path / "s")
