"""What does not fit the memory: nothing is lost or out of order on the disk, and a merge takes no more for more documents."""

from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import document

from extract import spill
from extract.pipeline import read_events, run, write
from extract.readings import dump
from extract.spill import Sorter, Spool
from extract.table_writer import TableWriter

ROOT = Path(__file__).parents[1]
STATES = ("Peru", "Chile", "Kenya", "Norway", "Ghana")


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(st.tuples(st.text(max_size=3), st.integers(0, 5)), st.text())), most=st.integers(1, 2_000))
def test_what_is_sorted_on_the_disk_is_what_is_sorted_in_memory(rows: list[tuple[tuple[str, int], str]], most: int) -> None:
    """Equal keys keep their order."""
    sorter: Sorter[str] = Sorter(None, most)
    for key, value in rows:
        sorter.add(key, value)
    assert list(sorter) == sorted(rows, key=lambda row: row[0])


def test_values_are_found_by_their_places_in_any_order(tmp_path: Path) -> None:
    spool: Spool[str] = Spool(tmp_path, most=100)
    places = {spool.add(word * 50): word for word in ("a", "b", "c")}
    assert [spool.at(place) for place in reversed(places)] == ["c" * 50, "b" * 50, "a" * 50]
    places[spool.add("d" * 50)] = "d"
    assert {spool.at(place)[0] for place in places} == set(places.values())
    assert not list(tmp_path.iterdir()), "the files have no names"


def test_a_table_is_written_in_groups_that_hang_on_its_rows_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.table_writer._LOOSE", 10)
    monkeypatch.setattr("extract.table_writer._ROWS", 50)
    schema = pa.schema([("number", pa.int64()), ("names", pa.list_(pa.string()))])
    rows = [{"number": number, "names": [str(number)] * (number % 3)} for number in range(120)]
    writer = TableWriter(tmp_path / "a.parquet", schema)
    for row in rows:
        writer.add(row)
    writer.close()
    table = pq.ParquetFile(tmp_path / "a.parquet")
    assert [table.metadata.row_group(at).num_rows for at in range(3)] == [50, 50, 20]
    assert table.read().to_pylist() == rows


def _documents(folder: Path, many: int) -> Path:
    folder.mkdir()
    for number in range(many):
        (folder / f"{number:04}.txt").write_text("\n\n".join(
            f"LIMA, Oct. {day}, 2015 (EFE) -- {first} President Ana Ejemplo met {second} Prime Minister Ola Nordmann on Oct. {day}, 2015."
            for day, (first, second) in enumerate(pairwise(STATES[number % 4 :] + STATES[: number % 4]), 1 + number % 5)))
    return folder


def test_a_store_is_the_same_however_little_is_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = _documents(tmp_path / "docs", 20)
    write(tmp_path / "store", [documents], by_rules=True)
    whole = run([documents], by_rules=True, folder=tmp_path / "store")
    assert whole.kept == 20
    assert any(len({source.document for source in event.sources}) > 1 for event in whole.events), "acts that several tell"
    shutil.copytree(tmp_path / "store", tmp_path / "little")
    monkeypatch.setattr(spill, "IN_MEMORY", 1_000)
    assert run([documents], by_rules=True, folder=tmp_path / "store") == whole
    assert write(tmp_path / "little", [documents], by_rules=True).kept == 20
    names = {file.name for file in (tmp_path / "store").iterdir()}
    assert {name: (tmp_path / "store" / name).read_bytes() for name in names} == {
        name: (tmp_path / "little" / name).read_bytes() for name in names}


# Merges documents, made of one reading under other names and with long texts, and prints the peak memory of each number.
MERGE = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from extract import spill, table_writer
from extract.gathering import Gathering
from extract.model import Document
from extract.pipeline import combine, merge
from extract.readings import Readings
from extract.store import StoreWriter
spill.IN_MEMORY, table_writer._BYTES, table_writer._LONG = 1 << 20, 4 << 20, 1 << 20
text, body = (Path(path).read_text() for path in sys.argv[1:3])
for many in map(int, sys.argv[4:]):
    with StoreWriter(sys.argv[3]) as writer:
        gathered = Gathering(Readings(None, by_rules=True), writer.beside)
        for number in range(many):
            gathered.take(Document(f"{number:06}.txt", text, str(number)), f"{number:064}", body)
        assert merge(gathered, writer, by_rules=True) > 0
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_ten_times_the_documents_take_no_more_memory_to_merge(tmp_path: Path) -> None:
    text = (_documents(tmp_path / "docs", 1) / "0000.txt").read_text()
    (tmp_path / "text").write_text(text + "x" * 100_000)
    (tmp_path / "body").write_text(dump(read_events(document(text))))
    command = [sys.executable, "-c", MERGE, *(str(tmp_path / name) for name in ("text", "body", "store")), "80", "800"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    few, many = map(int, done.stdout.split())
    assert many <= 1.1 * few, "80 MB of texts are never in memory at once"
