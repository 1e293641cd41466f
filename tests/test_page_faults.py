"""The dashboard with a store that breaks, is replaced or finds no place: it says so, shows no path, and recovers."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import streamlit as st
from conftest import made_up_store
from faults import ALL
from hostile import hostile_store
from streamlit.testing.v1 import AppTest

from dashboard import panel
from dashboard.corpus import Corpus
from dashboard.escaping import without_places
from dashboard.filters import Filters
from dashboard.query import Archive, derived, events, fulltext
from extract.cli import main
from extract.manifest import MANIFEST
from extract.model import InputError
from extract.store import read_store, write_store
from extract.store_tables import SCHEMAS

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
VIEWS = ("overview", "timeline", "map", "country", "pair", "compare", "people", "person", "network", "document", "event",
         "table", "search", "method", "history", "add", "export", "read")
FILES = (MANIFEST, *(f"{name}.parquet" for name in SCHEMAS))
Damage = Callable[[Path], object]


def _noise(file: Path) -> None:
    data, chance = bytearray(file.read_bytes()), random.Random(7)
    for at in range(len(data) // 3, len(data) // 2):
        data[at] = chance.randrange(256)
    file.write_bytes(data)


def _older(file: Path) -> None:
    manifest = json.loads((file.parent / MANIFEST).read_text())
    (file.parent / MANIFEST).write_text(json.dumps(manifest | {"format": 3}))


DAMAGES: dict[str, Damage] = {
    "cut": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "emptied": lambda file: file.write_bytes(b""),
    "noise": _noise,
    "missing": Path.unlink,
    "older": _older,
    "of another store": lambda file: file.write_bytes((file.parent.parent / "other" / file.name).read_bytes()),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_store(tmp_path / "store", made_up_store())
    write_store(tmp_path / "other", hostile_store())
    monkeypatch.setenv("READOUT_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def _page(view: str = "table", **params: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in {"view": view, **params}.items():
        app.query_params[key] = value
    return app.run()


def _same(one: Path, other: Path) -> bool:
    return {file.name: file.read_bytes() for file in one.iterdir()} == {file.name: file.read_bytes() for file in other.iterdir()}


def _said(app: AppTest) -> str:
    assert not app.exception
    shown = [*app.title, *app.error, *app.warning, *app.info, *app.caption, *app.markdown]
    return "\n".join(str(one.value) for one in shown).replace("\\", "")


def _shown(app: AppTest) -> str:
    assert not app.exception and not app.error, [one.value for one in app.error]
    return "".join(one.proto.json for one in app.get("bidi_component"))


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_the_commands_name_the_file_and_how_to_mend_it(
    folder: Path, damage: Damage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file of the store in turn; what was made by an older version, too; nothing is written of a broken store."""
    for name in FILES:
        whole = Path(shutil.copytree(folder, tmp_path / "whole", dirs_exist_ok=True))
        damage(folder / name)
        if _same(folder, whole):  # a table without rows is that of another store, too
            continue
        with pytest.raises(InputError):
            read_store(folder)
        assert main(["export", str(folder), "--format", "csv", "-o", str(tmp_path / "e.csv")]) == 2, name
        said = capsys.readouterr().err
        assert said.startswith(f"readout: {folder}") and said.count("\n") == 1 and not (tmp_path / "e.csv").exists()
        assert "readout extract" in said or "there is no store here" in said, said
        assert name in said or "is of format 3" in said or (name == MANIFEST and "as it was written" in said)
        write_store(folder, made_up_store())
        assert read_store(folder).events == read_store(whole).events, "what stood there is no hindrance"


def test_the_running_dashboard_says_it_and_recovers(folder: Path, tmp_path: Path) -> None:
    """What it has opened it goes on to show; once it opens the store anew, it says what is broken."""
    app = _page()
    assert "8 of 8 events match" in _shown(app)
    shutil.copytree(folder, tmp_path / "whole")
    for damage, name in (("emptied", MANIFEST), ("noise", "sources.parquet"), ("older", MANIFEST),
                         ("of another store", "events.parquet")):
        DAMAGES[damage](folder / name)
        if name != MANIFEST:
            assert "8 of 8 events match" in _shown(app.run())
            panel.forget_archives()
        said = _said(app.run())
        assert "No events to show yet" in said and name in said and "readout extract" in said, said
        assert str(tmp_path) not in said and ("of format 3" in said) is (damage == "older")
        for file in (tmp_path / "whole").iterdir():
            shutil.copy2(file, folder)
        assert "8 of 8 events match" in _shown(app.run()), "put right, without a restart"


def test_every_page_says_it(folder: Path) -> None:
    (folder / "sources.parquet").write_bytes(b"PAR1")
    for view in VIEWS[:: 1 if os.environ.get(ALL) else 6]:
        said = _said(_page(view, country="NOR", event="ev1", document="letter.txt", name="Jane Example", a="MLT", b="NOR"))
        if view == "read":
            assert "Read your own" in said
        else:
            assert "No events to show yet" in said and "sources.parquet: the store is broken" in said, view
        assert str(folder.parent) not in said


def test_a_store_of_the_seeds_that_breaks_is_made_anew(tmp_path: Path) -> None:
    """A broken table, a manifest that is lost: the next start mends it, and so does the button of a running one."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("Peru and Chile held talks on 3 May 2013.")
    folder, runs = tmp_path / "store", [0]

    class Pretended:
        def run(self, paths: object, **_: object) -> object:
            runs[0] += 1
            return made_up_store()

        def digest_of(self, paths: object) -> str:
            return "1"

    corpus = Corpus(folder, tmp_path / "seeds", Pretended)  # type: ignore[arg-type]

    def ready() -> None:
        for _ in range(2):
            job = corpus.prepare()
            assert job is None or (job.wait(20) and not job.error), job.error
        assert read_store(folder).events == made_up_store().events

    ready()
    for number, (name, damage) in enumerate((("events.parquet", "noise"), (MANIFEST, "cut"), (MANIFEST, "missing")), 2):
        DAMAGES[damage](folder / name)
        corpus.retry()
        ready()
        assert runs[0] == number
    corpus.retry()
    ready()
    assert runs[0] == 4, "a whole one is left as it is"


def test_a_store_that_is_replaced_is_shown_whole(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it is replaced while it is opened: what is derived from it is then of the new one alone."""
    app = _page()
    few = replace(made_up_store(), events=made_up_store().events[:3], fingerprint="few")
    build, calls = Archive._build, [0]

    def replaced(self: Archive, path: Path) -> None:
        calls[0] += 1
        build(self, path)
        if calls[0] == 1:
            write_store(folder, made_up_store())

    monkeypatch.setattr(Archive, "_build", replaced)
    write_store(folder, few)
    assert "8 of 8 events match" in _shown(app.run()), "the one that came last"
    assert calls[0] == 2 and len(list(derived.folder(folder).glob("*.duckdb"))) == 1
    old = Archive(folder)
    write_store(folder, few)
    found = old.words.events(("speech",)).num_rows
    assert found and not list(derived.folder(folder).glob("*.sqlite")), "the words of the old are no file of the new"
    new = Archive(folder)
    assert new.words.events(("speech",)).num_rows == 0 and found == old.words.events(("speech",)).num_rows


def test_one_that_breaks_in_use_is_made_anew(folder: Path) -> None:
    app = _page()
    [base] = derived.folder(folder).glob("*.duckdb")
    app.query_params["q"] = "harbours"
    assert "events match" in _shown(app.run())
    for file in derived.folder(folder).glob("*.sqlite"):
        data = file.read_bytes()
        file.write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    data = base.read_bytes()
    with base.open("r+b") as opened:  # in place: the running archive has this very file open
        opened.seek(12288)
        opened.write(b"\xff" * (len(data) - 12288))
    app.query_params["q"] = "reindeer"
    assert "1 of 8 events match" in _shown(app.run())
    fresh = Archive(folder)
    assert events.totals(fresh, Filters())["events"] == 8 and fresh.words.events(("reindeer",)).num_rows == 1


@pytest.mark.parametrize("fault", ["no place", "full"])
def test_without_a_place_on_the_disk_it_is_in_memory(folder: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    st.cache_resource.clear()
    if fault == "no place":
        def refused(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")
        monkeypatch.setattr(Path, "mkdir", refused)
    else:
        def full(*_: object) -> None:
            raise duckdb.IOException("Could not write to file: No space left on device")
        monkeypatch.setattr("dashboard.query.building.build", full)
        monkeypatch.setattr(fulltext, "_write", lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError("disk is full")))
    app = _page(q="reindeer")
    assert "1 of 8 events match" in _shown(app) and "kept in memory" in app.warning[0].value
    monkeypatch.undo()
    assert not list(folder.parent.rglob("*.duckdb"))


def test_no_place_is_told() -> None:
    for text, shown in (
        ("/srv/my data/store: there is no store here", "store: there is no store here"),
        ("sqlite:////tmp/x y/store.sqlite: cannot be read: disk I/O error", "the database: cannot be read: disk I/O error"),
        ("postgresql+pg8000://ada:***@db.example:5432/x: cannot be read", "the database: cannot be read"),
        ("IO Error: No files found: \"/tmp/s/store/events.parquet\"", "IO Error: No files found: \"events.parquet\""),
        ("C:\\Users\\ada b\\store: gone", "store: gone"),
        ("letters/a.txt: line 3: 1/2 of the text and/or more", "letters/a.txt: line 3: 1/2 of the text and/or more"),
    ):
        assert without_places(text) == shown
