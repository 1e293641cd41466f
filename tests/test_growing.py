"""A store grows by documents without the files that it was made from."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from extract.kept import unfinished
from extract.model import Document, InputError
from extract.pipeline import grow, run
from extract.reading import Listing
from extract.store import read_store, write_store

FIRST = "LIMA, Oct. 8, 2015 (EFE) -- Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on Wednesday.\n"
SECOND = ("SANTIAGO, Oct. 9, 2015 (EFE) -- Chilean President Michelle Bachelet held talks with Peruvian President Ollanta "
          "Humala in Lima on Wednesday. The two signed an agreement on fisheries.\n")


def _made(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def test_a_grown_store_is_that_of_a_run_over_everything(tmp_path: Path) -> None:
    first, second = _made(tmp_path / "1", {"a.txt": FIRST}), _made(tmp_path / "2", {"b.txt": SECOND, "c.pdf": "no"})
    store = tmp_path / "store"
    write_store(store, run([first], by_rules=True, folder=store))
    (first / "a.txt").unlink()
    told, failures = [], []
    grown = grow(store, [second], progress=lambda *at: told.append(at), failures=failures)
    assert grown.kept == 1 and [name for *_, name in told] == ["b.txt", "b.txt"], "what is there is not read again"
    assert [str(one).split(":")[0] for one in failures] == ["c.pdf"]
    write_store(store, grown)
    (first / "a.txt").write_text(FIRST)
    whole = run([first, second], by_rules=True, failures=[])
    assert read_store(store) == whole
    assert grow(store, [second]).kept == 2, "and not twice"


def test_what_a_store_no_longer_keeps_is_read_from_its_texts(tmp_path: Path) -> None:
    first, second = _made(tmp_path / "1", {"a.txt": FIRST}), _made(tmp_path / "2", {"b.txt": SECOND})
    store = tmp_path / "store"
    made = run([first], by_rules=True)
    write_store(store, replace(made, readings=tuple(replace(row, code="old by rules") for row in made.readings)))
    grown = grow(store, [second])
    assert grown.kept == 0 and [one.name for one in grown.documents] == ["a.txt", "b.txt"]
    assert grown.events == run([first, second], by_rules=True).events


def _table(folder: Path, kind: str = "visit") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "travels.csv").write_text(
        "day,who,state,town,remarks\n"
        "2015-10-07,President Michelle Bachelet,Peru,Lima,Met with President Humala.\n"
        "2003-02-03,President Ricardo Lagos,Norway,Oslo,Attended the Nordic Energy Forum.\n"
        "2003-02-05,President Ricardo Lagos,the moon,,\n"
    )
    mapping = folder / "travels.toml"
    mapping.write_text(f"""
table = "travels.csv"
kind = "{kind}"
columns = {{ date = "day", place = "town", remark = "remarks" }}
states = [{{ value = "CHL"{', part = "visitor"' if kind == "visit" else ""}, people = "who" }}, {{ column = "state" }}]
""")
    return mapping


def _bytes(store: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in store.iterdir()}


def _whole(folder: Path, *paths: Path, tables: tuple[Path, ...] = ()) -> dict[str, bytes]:
    """Return the files of a store that is made of all at once."""
    write_store(folder, run(paths, tables=tables, by_rules=True, failures=[]))
    return _bytes(folder)


@pytest.mark.parametrize("tabled", [False, True])
def test_a_grown_store_has_the_bytes_of_one_that_was_made_at_once(tmp_path: Path, tabled: bool) -> None:
    """With its fingerprint; and what was made by hand is taken as it was read, for its rows are gone."""
    tables = (_table(tmp_path / "tables"),) if tabled else ()
    first, second = _made(tmp_path / "1", {"a.txt": FIRST}), _made(tmp_path / "2", {"b.txt": SECOND, "c.pdf": "no"})
    _whole(tmp_path / "store", first, tables=tables)
    wanted = _whole(tmp_path / "whole", first, second, tables=tables)
    shutil.rmtree(first)
    shutil.rmtree(tmp_path / "tables", ignore_errors=True)
    for kept in (1 + 2 * tabled, 2 + 2 * tabled):
        grown = grow(tmp_path / "store", [second])
        assert grown.kept == kept
        write_store(tmp_path / "store", grown)
        assert _bytes(tmp_path / "store") == wanted
    assert any(event.sources[0].rule == "visit:row of a table" for event in grown.events) is tabled


def test_a_store_of_a_table_grows_by_what_tells_the_same_act(tmp_path: Path) -> None:
    """The visit of the row and of the text is one event, with the day and the town of the row."""
    note = "LIMA, Oct. 7, 2015 (EFE) -- Chilean President Michelle Bachelet arrived in Peru on Wednesday.\n"
    mapping, second = _table(tmp_path / "tables"), _made(tmp_path / "2", {"b.txt": note})
    _whole(tmp_path / "store", tables=(mapping,))
    [visit] = [one for one in grow(tmp_path / "store", [second]).events if one.kind == "visit" and one.date[:4] == "2015"]
    assert {source.document for source in visit.sources} == {"b.txt", "travels.csv#2015"}
    assert visit.place == "Lima"


def test_rows_that_were_read_in_another_way_since_are_not_taken(tmp_path: Path) -> None:
    """A run with another mapping of the same table that did not end leaves its readings beside the store."""
    second = _made(tmp_path / "2", {"b.txt": SECOND})
    mapping = _table(tmp_path / "tables")
    _whole(tmp_path / "store", tables=(mapping,))
    wanted = _whole(tmp_path / "whole", second, tables=(mapping,))
    run([], tables=[_table(tmp_path / "tables", "meeting")], by_rules=True, failures=[], folder=tmp_path / "store")
    assert unfinished(tmp_path / "store").exists()
    write_store(tmp_path / "store", grow(tmp_path / "store", [second]))
    assert _bytes(tmp_path / "store") == wanted


def test_a_table_that_another_version_has_read_does_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    second, store = _made(tmp_path / "2", {"b.txt": SECOND}), tmp_path / "store"
    before = _whole(store, tables=(_table(tmp_path / "tables"),))
    with monkeypatch.context() as patch:
        patch.setattr("extract.readings.code_version", lambda: "another")
        with pytest.raises(InputError, match=r"travels\.csv#2003: the rows of a table made by hand.*`readout extract`"):
            grow(store, [second])
    (store / "readings.parquet").unlink()
    with pytest.raises(InputError, match="made by hand"):
        grow(store, [second])
    assert before.items() > _bytes(store).items()
    with pytest.raises(InputError, match="no store"):
        grow(tmp_path / "none", [second])


def test_a_text_does_not_take_the_name_of_a_table(tmp_path: Path) -> None:
    mapping = _table(tmp_path / "tables")
    _whole(tmp_path / "store", tables=(mapping,))
    read = Document("travels.csv#2003", SECOND, "0" * 64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extract.pipeline.read_all", lambda paths: Listing((read,), ()))
        patch.setattr("extract.pipeline.read_each", lambda paths: iter((read,)))
        for made in (lambda: grow(tmp_path / "store", []), lambda: run([], tables=[mapping], failures=[], by_rules=True)):
            with pytest.raises(InputError, match=r"travels\.csv#2003: a text and a part of a table"):
                made()
