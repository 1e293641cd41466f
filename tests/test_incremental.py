"""A second run into a store extracts only what is new or changed, and gives the same store as a run from nothing."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told import document

from extract import pipeline
from extract.cli import main
from extract.detection.model import Detector
from extract.kept import FILE, KeptReading, unfinished, write_kept
from extract.model import Document, InputError
from extract.pipeline import read_events, run
from extract.readings import dump, key_of, load
from extract.store import Store, read_store, write_store

ROOT = Path(__file__).parents[1]
LEAD = "LIMA, Oct. 8, 2015 (EFE) -- Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on {}.\n"
TEXTS = (
    LEAD.format("Wednesday"),
    LEAD.format("Thursday"),
    "SANTIAGO, Oct. 9, 2015 (EFE) -- Chilean President Michelle Bachelet held talks with Peruvian President Ollanta "
    "Humala in Lima on Wednesday. The two signed an agreement on fisheries.\n",
    "NAIROBI, May 4, 2012 (KNA) -- Kenyan President Mwai Kibaki will visit Norway from May 10 to 12.\n",
    "Nothing of note took place.\n",
)


def _write(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def _run(documents: Path, store: Path, **options: bool) -> Store:
    made = run([documents], folder=store, by_rules=True, **options)
    write_store(store, made)
    return made


def _bytes(store: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in store.iterdir()}


def _folders() -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(["a.txt", "b.txt", "c.txt"]), st.sampled_from(TEXTS), min_size=1)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(states=st.lists(_folders(), min_size=2, max_size=3))
def test_however_the_folder_came_about_the_store_is_the_same(
    states: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Documents that are new, gone, changed, renamed, swapped: each table has the bytes of a run from nothing."""
    place = tmp_path_factory.mktemp("grown")
    for texts in states:
        _run(_write(place / "docs", texts), place / "store")
    _run(place / "docs", place / "fresh")
    assert _bytes(place / "store") == _bytes(place / "fresh")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with three documents and their store."""
    _run(_write(tmp_path / "docs", {"a.txt": TEXTS[0], "b.txt": TEXTS[2], "c.txt": TEXTS[3]}), tmp_path / "store")
    return tmp_path


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that are extracted, filled as they are."""
    names: list[str] = []

    def noted(one: Document, detector: Detector | None) -> object:
        names.append(one.name)
        return read_events(one, detector)

    monkeypatch.setattr(pipeline, "read_events", noted)
    return names


def test_only_what_is_new_or_changed_is_extracted(place: Path, extracted: list[str]) -> None:
    (place / "docs" / "c.txt").rename(place / "docs" / "renamed.txt")
    (place / "docs" / "b.txt").write_text(TEXTS[1])
    (place / "docs" / "new.txt").write_text(TEXTS[4])
    calls: list[tuple[int, int, str]] = []
    made = run([place / "docs"], folder=place / "store", by_rules=True, progress=lambda *call: calls.append(call))
    assert extracted == ["b.txt", "new.txt"]
    assert (made.kept, len(made.documents)) == (2, 4)
    assert calls == [(0, 2, "b.txt"), (1, 2, "new.txt"), (2, 2, "new.txt")]
    sources = {source.document for event in made.events for source in event.sources}
    assert sources == {"a.txt", "b.txt", "renamed.txt"}


def test_what_is_known_from_outside_counts_as_a_change() -> None:
    plain = document(TEXTS[0], "a.txt")
    dated = Document("a.txt", plain.text, plain.sha256, published="2016-01-01")
    assert key_of(plain) == key_of(document(TEXTS[0], "b.txt"))
    assert len({key_of(plain), key_of(dated), key_of(document(TEXTS[1], "a.txt"))}) == 3


def test_afresh_extracts_all(place: Path, extracted: list[str]) -> None:
    before = _bytes(place / "store")
    assert _run(place / "docs", place / "store", afresh=True).kept == 0
    assert len(extracted) == 3
    assert _bytes(place / "store") == before


def test_other_code_and_the_encoder_read_for_themselves(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run([place / "docs"], folder=place / "store").kept == 0
    monkeypatch.setattr("extract.readings.code_version", lambda: "another")
    assert run([place / "docs"], folder=place / "store", by_rules=True).kept == 0


def test_a_killed_run_goes_on_where_it_was(place: Path, extracted: list[str]) -> None:
    class Killed(BaseException):
        pass

    def kill(done: int, total: int, name: str) -> None:
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        run([place / "docs"], folder=place / "other", by_rules=True, progress=kill)
    with unfinished(place / "other").open("ab") as file:
        file.write(b'{"document": "cut o')
    assert _run(place / "docs", place / "other").kept == 2
    assert extracted == ["a.txt", "b.txt", "c.txt"]
    assert not unfinished(place / "other").exists()
    assert _bytes(place / "other") == _bytes(place / "store")


Break = Callable[[dict[str, object]], object]


def _in_first_mention(name: str, value: object) -> Break:
    return lambda body: body["clusters"][0][0][1].update({name: value})  # type: ignore[index]


BROKEN: dict[str, Break] = {
    "an offset beyond the text": _in_first_mention("end", 10_000),
    "a kind of its own": _in_first_mention("kind", "duel"),
    "a subtype of another kind": _in_first_mention("subtype", "vote"),
    "no date": _in_first_mention("date", "yesterday"),
    "no code of a state": _in_first_mention("countries", ["Peru"]),
    "a number as text": _in_first_mention("start", "1"),
    "a field that is not ours": _in_first_mention("exec", "print()"),
    "a cluster of nothing": lambda body: body.update(clusters=[[]]),
    "no clusters": lambda body: body.pop("clusters"),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_a_reading_that_does_not_hold_is_refused(change: Break) -> None:
    one = document(TEXTS[0], "a.txt")
    body = json.loads(dump(read_events(one)))
    assert load(json.dumps(body), one).clusters
    change(body)
    with pytest.raises(InputError, match=r"a\.txt: a kept reading"):
        load(json.dumps(body), one)


def test_broken_readings_are_extracted_again(place: Path) -> None:
    before = _bytes(place / "store")
    rows = [KeptReading(**row) for row in pq.read_table(place / "store" / FILE).to_pylist()]
    write_kept([KeptReading(row.document, row.code, row.reading[:-5]) for row in rows], place / "store")
    assert _run(place / "docs", place / "store").kept == 0
    assert _bytes(place / "store") == before
    for rubbish in (b"", b"PAR1 rubbish"):
        (place / "store" / FILE).write_bytes(rubbish)
        assert _run(place / "docs", place / "store").kept == 0
    pq.write_table(pa.table({"document": [1], "code": [None], "reading": ["x"]}), place / "store" / FILE)
    assert _run(place / "docs", place / "store").kept == 0
    (place / "store" / FILE).unlink()
    assert len(read_store(place / "store").documents) == 3


def test_a_reading_comes_back_as_it_was_and_much_faster() -> None:
    one = document((ROOT / "seeds" / "004_c63963494716e25e.txt").read_text(), "seed.txt")
    read_events(one)
    start = time.process_time()
    reading = read_events(one)
    slow = time.process_time() - start
    body = dump(reading)
    load(body, one)
    start = time.process_time()
    kept = load(body, one)
    assert (time.process_time() - start) * 50 < slow
    assert (kept.articles, kept.clusters, kept.timexes) == (reading.articles, reading.clusters, reading.timexes)
    assert dump(kept) == body


def test_the_command_says_how_many_were_kept(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "docs" / "new.txt").write_text(TEXTS[4])
    command = ["extract", str(place / "docs"), "-o", str(place / "store"), "--by-rules"]
    assert main(command) == 0
    said = capsys.readouterr().err
    assert "[1/1] new.txt" in said and "a.txt" not in said
    assert f"from 4 documents, 3 of them as kept in {place / 'store'}" in said
    assert main([*command, "--afresh"]) == 0
    assert "[4/4]" in capsys.readouterr().err


def test_the_order_of_sets_leaves_no_trace(place: Path) -> None:
    command = [sys.executable, "-m", "extract", "extract", str(place / "docs"), "--by-rules", "--quiet", "-o"]
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([*command, str(place / seed)], cwd=ROOT, env=environment, check=True)
    assert _bytes(place / "1") == _bytes(place / "2") == _bytes(place / "store")


def test_an_event_is_known_by_the_id_that_it_had_in_a_smaller_store(tmp_path: Path) -> None:
    """Another document that tells the same act, and comes first by its name, gives the event another id."""
    later, earlier = tmp_path / "b.txt", tmp_path / "a.txt"
    told = "LIMA, 3 March 2021\n\nPresident Ana Ejemplo of Peru met Prime Minister Ola Nordmann of Norway in Lima on 3 March 2021.\n"
    later.write_text(told, encoding="utf-8")
    (before,) = [one for one in run([tmp_path]).events if one.kind == "meeting"]
    earlier.write_text(told.replace("met Prime", "held talks with Prime"), encoding="utf-8")
    grown = run([tmp_path])
    (after,) = [one for one in grown.events if one.kind == "meeting"]
    assert len({source.document for source in after.sources}) == 2
    assert after.id == before.id or dict(grown.aliases)[before.id] == after.id
    assert not {alias for alias, _ in grown.aliases} & {one.id for one in grown.events}
    assert {event for _, event in grown.aliases} <= {one.id for one in grown.events}
