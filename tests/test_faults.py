"""Whatever happens at whatever moment: the old store or the new one, a reason, and the next run mends what is left.

Each change of the file system that a command makes is one moment; see `faults`, which counts them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from conftest import made_up_store
from faults import ALL, FORBIDDEN, FULL, KILL, READ_ONLY, Outcome, server

from extract import replacing
from extract.corrections import Journal
from extract.manifest import read_manifest
from extract.store import Store, StoreWriter, read_store, write_store

TOLD = "LIMA, Oct. 8, 2015 (EFE) -- Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on {}.\n"
REASONS = {FULL: "No space left on device", READ_ONLY: "Read-only file system", FORBIDDEN: "Permission denied"}
Run = Callable[..., Outcome]
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with server() as started:
        yield started


def _files(folder: Path) -> Files:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


class Scene:
    """A folder `out` in which a command writes, as it is before and after the command; it can be laid out anew."""

    def __init__(self, place: Path, run: Run, command: list[str]) -> None:
        self.out, self.run, self.command = place / "out", run, command
        self._kept = shutil.copytree(self.out, place / "kept")
        self.before = _files(self.out)
        done = run(*command)
        assert done.code == 0, done
        self.after, self.changes = _files(self.out), done.changes
        self.mended = set[str]()
        assert self.after != self.before

    def suffer(self, deed: str, at: int) -> Outcome:
        """Run the command with a fault; what it leaves is of the old or the new, each part as a whole."""
        shutil.rmtree(self.out)
        shutil.copytree(self._kept, self.out)
        ended = self.run(*self.command, deed=deed, at=at)
        found = _files(self.out)
        for part in {Path(name).parts[0] for name in self.after}:
            assert _part(found, part) in (_part(self.before, part), _part(self.after, part)), (ended, "a mixture")
        return ended

    def mend(self) -> None:
        """Run the command plainly: it ends well, the bytes are the same, nothing is left over.

        What a run before has left alike, but for names by chance, needs no second proof.
        """
        state = re.sub(r"(\.new-|\.old-)\w{8}", r"\1", repr(_files(self.out)))
        if state in self.mended:
            return
        done = self.run(*self.command)
        assert done.code == 0, done
        assert _files(self.out) == self.after
        assert {one.name for one in self.out.iterdir()} == {Path(name).parts[0] for name in self.after}
        self.mended.add(state)


def _part(found: Files, part: str) -> Files:
    return {name: data for name, data in found.items() if Path(name).parts[0] == part}


def _moments(scene: Scene, every: int = 1) -> range:
    """Return the changes at which something happens: each `every`th of them, and all where that is asked for."""
    return range(1, scene.changes + 1, 1 if os.environ.get(ALL) else every)


@pytest.fixture(scope="module", params=["no store", "a store"])
def extraction(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, run: Run) -> Scene:
    place = tmp_path_factory.mktemp("extraction")
    docs, store = place / "docs", place / "out" / "store"
    docs.mkdir()
    store.parent.mkdir()
    command = ["readout", "extract", str(docs), "-o", str(store), "--jsonl", str(place / "out" / "e.jsonl"), "--by-rules", "--quiet"]
    (docs / "a.txt").write_text(TOLD.format("Wednesday"))
    if request.param != "no store":
        assert run(*command).code == 0
        # What a run has left that was killed before.
        (store.parent / ".store.unfinished").write_text('{"document": "cut o')
    (docs / "b.txt").write_text(TOLD.format("Thursday"))
    return Scene(place, run, command)


def test_killed_at_any_change_of_an_extraction(extraction: Scene) -> None:
    for at in _moments(extraction, 1 if extraction.before else 8):
        ended = extraction.suffer(KILL, at)
        assert ended.code == -9, ended
        extraction.mend()


@pytest.mark.parametrize(("deed", "every"), [(FULL, 2), (READ_ONLY, 8), (FORBIDDEN, 20)])
def test_a_disk_that_takes_no_more_of_an_extraction(extraction: Scene, deed: str, every: int) -> None:
    _told(extraction, deed, every if extraction.before else 4 * every)


def _told(scene: Scene, deed: str, every: int) -> None:
    """Have a disk refuse from each moment on: the command says so, and ends with a code of its own, or is done."""
    for at in _moments(scene, every):
        ended = scene.suffer(deed, at)
        whole = all(_part(_files(scene.out), part) == _part(scene.after, part) for part in ("store", "e.jsonl", "e.csv"))
        told = re.search(rf"^readout: /\S+: .*{REASONS[deed]}|No usable temporary directory found in", ended.said)
        assert (ended.code == 2 and told) or (ended.code == 0 and whole), (at, ended)
        assert "Traceback" not in ended.said and ended.said.count("\n") <= 1, (at, ended)
        scene.mend()


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Scene:
    place = tmp_path_factory.mktemp("export")
    write_store(place / "store", made_up_store())
    (place / "out").mkdir()
    (place / "out" / "e.csv").write_text("what was exported before")
    return Scene(place, run, ["readout", "export", str(place / "store"), "--format", "csv", "-o", str(place / "out" / "e.csv")])


def test_killed_at_any_change_of_an_export(export: Scene) -> None:
    for at in _moments(export):
        assert export.suffer(KILL, at).code == -9
        export.mend()


@pytest.mark.parametrize("deed", [FULL, READ_ONLY, FORBIDDEN])
def test_a_disk_that_takes_no_more_of_an_export(export: Scene, deed: str) -> None:
    _told(export, deed, 1)


def test_of_a_link_the_folder_that_it_leads_to_is_replaced(tmp_path: Path) -> None:
    write_store(tmp_path / "far" / "store", Store((), (), (), "old"))
    (tmp_path / "link").symlink_to(tmp_path / "far" / "store")
    write_store(tmp_path / "link", Store((), (), (), "new"))
    assert (tmp_path / "link").is_symlink() and read_store(tmp_path / "far" / "store").fingerprint == "new"
    assert {one.name for one in tmp_path.iterdir()} == {"far", "link"}, "nothing is left beside it"
    assert {one.name for one in (tmp_path / "far").iterdir()} == {"store"}


def test_where_folders_cannot_be_exchanged_an_old_one_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two renames: a process that was killed between them left nothing at the store's place, and both beside it."""
    monkeypatch.setattr(replacing, "_exchanged", lambda *_: False)
    store = tmp_path / "store"
    write_store(store, made_up_store())
    write_store(store, made_up_store())
    assert [one.name for one in tmp_path.iterdir()] == ["store"]
    before = _files(store)
    shutil.copytree(store, tmp_path / ".store.new-0123abcd")
    store.rename(tmp_path / ".store.old-0123abcd")
    assert read_manifest(store) is not None and _files(store) == before, "who only reads finds it"
    (tmp_path / ".store.old-4567efgh").mkdir()
    others = {".store.parts", ".store.unfinished", ".store.new", ".store2.new-0123abcd", "store.new-0123abcd"}
    for name in others:
        (tmp_path / name).mkdir()
    with StoreWriter(tmp_path / "store"):
        alive = {one.name for one in tmp_path.iterdir()} - others - {"store"}
        assert len(alive) == 1
        write_store(tmp_path / "other", made_up_store())
        write_store(store, made_up_store())
        assert alive < {one.name for one in tmp_path.iterdir()}, "what another process is at is left alone"
    assert {one.name for one in tmp_path.iterdir()} == {"store", "other", *others}


def _written(address: str) -> list[str]:
    return [one.action for one in Journal(address).entries()]


@pytest.fixture
def journal(tmp_path: Path) -> tuple[Path, str, str]:
    """A file of corrections with some in it, its address, and the event that the next is about as JSON."""
    file = tmp_path / "x.sqlite"
    journal = Journal(f"sqlite:///{file}")
    meeting, visit = made_up_store().events[:2]
    for number in range(6):
        journal.write("edit", [visit], [replace(visit, title=str(number))], author="Ada", seen=journal.head())
    return file, f"sqlite:///{file}", json.dumps(asdict(replace(meeting, place="x" * 9000)))


@pytest.mark.parametrize("deed", [KILL, FULL])
def test_a_correction_is_written_or_not_at_any_size_of_its_files(run: Run, journal: tuple[Path, str, str], deed: str) -> None:
    """The system itself stops what grows a file beyond a size: with a signal that kills, or with an error."""
    file, address, event = journal
    whole, most = file.read_bytes(), file.stat().st_size + 60_000
    codes = []
    for limit in range(4096, most, 4096 if os.environ.get(ALL) else 12_288):
        for left in file.parent.glob("x.sqlite*"):
            left.unlink()
        file.write_bytes(whole)
        ended = run("correct", address, event, deed=deed, limit=limit)
        codes.append(ended.code)
        if deed == FULL:
            assert ended.code == 0 or (ended.code == 2 and str(file) in ended.said and "cannot be written" in ended.said)
        assert _written(address) == ["edit"] * 6 + ["confirm"] * (ended.code == 0), ended
        assert run("correct", address, event).code == 0, "the next one is written"
        assert _written(address)[6:] == ["confirm"] * (1 + (ended.code == 0))
        assert [one.name for one in file.parent.iterdir()] == ["x.sqlite"], "and nothing is left beside it"
    assert codes[0] != 0 and codes[-1] == 0 and len(set(codes)) == 2


def test_a_correction_is_written_or_not_when_killed_at_any_step(run: Run, journal: tuple[Path, str, str]) -> None:
    """Between any two steps of SQLite's machine, of which a correction takes some hundreds."""
    file, address, event = journal
    whole = file.read_bytes()
    steps = run("correct", address, event, at=10**9).changes
    assert steps > 100
    for at in range(1, steps, 1 if os.environ.get(ALL) else steps // 8):
        for left in file.parent.glob("x.sqlite*"):
            left.unlink()
        file.write_bytes(whole)
        assert run("correct", address, event, deed=KILL, at=at).code == -9
        assert _written(address) in (["edit"] * 6, ["edit"] * 6 + ["confirm"])
    assert run("correct", address, event).code == 0 and _written(address)[-1] == "confirm"


@pytest.mark.parametrize("deed", [KILL, FULL])
def test_what_is_derived_is_whole_or_made_anew_at_any_size(run: Run, tmp_path: Path, deed: str) -> None:
    """The tables of DuckDB and the indexes of SQLite, which write by themselves; on a full disk they are in memory."""
    folder = tmp_path / "store"
    write_store(folder, made_up_store())
    codes = []
    for limit in (1 << 13, 1 << 18, 1 << 20, 1 << 23) if os.environ.get(ALL) else (1 << 13, 1 << 20, 1 << 23):
        shutil.rmtree(tmp_path / "store.derived", ignore_errors=True)
        ended = run("derive", str(folder), deed=deed, limit=limit)
        codes.append(ended.code)
        if deed == FULL:
            assert ended.code == 0 and "Traceback" not in ended.said, ended
            assert not list(tmp_path.glob("store.derived/*/.making-*"))
        assert run("derive", str(folder)).code == 0
        [base] = tmp_path.glob("store.derived/*/*.duckdb")
        assert len(list(base.parent.glob("*.sqlite"))) == 2 and not list(base.parent.glob(".making-*"))
    assert codes[-1] == 0 and (deed == FULL or codes[0] < 0)
