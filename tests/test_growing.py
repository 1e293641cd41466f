"""A store grows by documents without the files that it was made from."""

from dataclasses import replace
from pathlib import Path

import pytest

from extract.curated.tables import BY_HAND
from extract.model import InputError
from extract.pipeline import grow, run
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
    assert replace(read_store(store), fingerprint="") == replace(whole, fingerprint="")
    assert grow(store, [second]).kept == 2, "and not twice"


def test_what_a_store_no_longer_keeps_is_read_from_its_texts(tmp_path: Path) -> None:
    first, second = _made(tmp_path / "1", {"a.txt": FIRST}), _made(tmp_path / "2", {"b.txt": SECOND})
    store = tmp_path / "store"
    made = run([first], by_rules=True)
    write_store(store, replace(made, readings=tuple(replace(row, code="old by rules") for row in made.readings)))
    grown = grow(store, [second])
    assert grown.kept == 0 and [one.name for one in grown.documents] == ["a.txt", "b.txt"]
    assert grown.events == run([first, second], by_rules=True).events


def test_a_store_with_tables_made_by_hand_does_not_grow(tmp_path: Path) -> None:
    first = _made(tmp_path / "1", {"a.txt": FIRST})
    made = run([first], by_rules=True)
    write_store(tmp_path / "store", replace(made, documents=(replace(made.documents[0], reader=BY_HAND),)))
    with pytest.raises(InputError, match="made by hand"):
        grow(tmp_path / "store", [first])
    with pytest.raises(InputError, match="no store"):
        grow(tmp_path / "none", [first])
