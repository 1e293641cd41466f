"""The score: matching, strictness, optional gold, and the figures of a worked example."""

import json
from pathlib import Path

import pytest

from extract.gold import read_records
from extract.model import InputError
from extract.score import compare, detail, measure

TEXT = "Kenya and Uganda held talks on 3 May 2004. On 9 June the Kenyan president visited Chad. Peru spoke."


def _gold(id_: str, kind: str, date: str, countries: list[str], mention: str, **more: object) -> dict[str, object]:
    return {
        "id": id_, "kind": kind, "status": "occurred", "salience": "main", "optional": False, "date": date, "date_alt": [],
        "countries": countries, "countries_optional": [], "title": id_, "mentions": [mention], **more,
    }


def _record(kind: str, date: str, countries: list[str], start: int, **more: object) -> dict[str, object]:
    return {"kind": kind, "date": date, "countries": countries, "sources": [{"document": "a_1.txt", "start": start, "end": start + 30}], **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a_1.txt").write_text(TEXT)
    golds = [
        _gold("talks", "meeting", "2004-05-03", ["KEN", "UGA"], "Kenya and Uganda held talks"),
        _gold("trip", "visit", "2004-06-09", ["KEN", "TCD"], "the Kenyan president visited Chad"),
        _gold("word", "statement", "2004", ["PER"], "Peru spoke", optional=True),
    ]
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.jsonl").write_text("\n".join(map(json.dumps, golds)))
    return tmp_path


def _figures(folder: Path, records: list[dict[str, object]]) -> dict[str, float | int]:
    return measure(compare(records, folder / "gold", folder))


def test_all_right(folder: Path) -> None:
    records = [_record("meeting", "2004-05-03", ["UGA", "KEN"], 0), _record("visit", "2004-06-09", ["TCD", "KEN"], 50)]
    figures = _figures(folder, records)
    assert (figures["f1"], figures["strict_f1"], figures["documents_right"]) == (1.0, 1.0, 1.0)


def test_a_wrong_date_costs_strictness_only(folder: Path) -> None:
    figures = _figures(folder, [_record("meeting", "2004-05", ["KEN", "UGA"], 0)])
    assert (figures["matched"], figures["recall"], figures["strict_recall"], figures["date_exact"]) == (1, 0.5, 0.0, 0.0)
    assert figures["date_compatible"] == 1.0


def test_a_second_telling_is_false(folder: Path) -> None:
    figures = _figures(folder, [_record("meeting", "2004-05-03", ["KEN", "UGA"], 0)] * 2)
    assert (figures["matched"], figures["predicted"]) == (1, 2)


def test_optional_gold_neither_helps_nor_harms(folder: Path) -> None:
    assert _figures(folder, [_record("statement", "2004", ["PER"], 88)])["predicted"] == 0


def test_evidence_elsewhere_with_other_states_does_not_match(folder: Path) -> None:
    figures = _figures(folder, [_record("meeting", "1999", ["FJI"], 60)])
    assert (figures["matched"], figures["predicted"]) == (0, 1)


def test_a_range_limits_what_counts(folder: Path) -> None:
    (folder / "gold" / "a.range").write_text("0 40")
    assert _figures(folder, [_record("visit", "1990", ["FJI"], 60)])["predicted"] == 0


def test_a_document_without_events_counts_as_right_until_something_is_invented(folder: Path) -> None:
    (folder / "b.txt").write_text("Peru played football.")
    (folder / "gold" / "b.jsonl").write_text("")
    right = [_record("meeting", "2004-05-03", ["UGA", "KEN"], 0), _record("visit", "2004-06-09", ["TCD", "KEN"], 50)]
    assert (_figures(folder, right)["documents"], _figures(folder, right)["documents_right"]) == (2, 1.0)
    invented = {**_record("visit", "2004", ["PER"], 0), "sources": [{"document": "b.txt", "start": 0, "end": 9}]}
    assert _figures(folder, [*right, invented])["documents_right"] == 0.5


def test_lines_of_detail_name_what_is_wrong(folder: Path) -> None:
    pairs = compare([_record("meeting", "2004-05", ["KEN"], 0), _record("visit", "1990", ["FJI"], 0)], folder / "gold", folder)
    lines = [detail(pair) for pair in pairs.pairs]
    assert lines[0].endswith("| got 2004-05 KEN occurred wrong: date,countries")
    assert {line[:6] for line in lines[1:]} == {"MISSED", "FALSE "}


def test_faulty_input_is_named(folder: Path) -> None:
    (folder / "records.jsonl").write_text('{"kind": "visit", "date": "2004", "countries": []}\n{"kind": 1}\n')
    with pytest.raises(InputError, match=r"records\.jsonl:2: not an event record"):
        read_records(folder / "records.jsonl")
    (folder / "records.jsonl").write_text("\n" + "[" * 99_999)
    with pytest.raises(InputError, match=r"records\.jsonl:2: not an event record \(RecursionError"):
        read_records(folder / "records.jsonl")
    for fault in ({"countries": 5}, {"sources": [{}]}, {"sources": 5}, {"sources": [{"document": "a.txt", "start": "x", "end": 9}]}):
        (folder / "records.jsonl").write_text(json.dumps({"kind": "visit", "date": "2004", "countries": [], **fault}))
        with pytest.raises(InputError, match=r"records\.jsonl:1: not an event record"):
            read_records(folder / "records.jsonl")
    (folder / "gold" / "a.range").write_text("all")
    with pytest.raises(InputError, match=r"a\.range: is not the first and last offset"):
        compare([], folder / "gold", folder)
    with pytest.raises(InputError, match="no document"):
        compare([], folder / "gold", folder / "gold")
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match="holds no gold"):
        compare([], folder / "empty", folder)
