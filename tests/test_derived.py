"""Files that are derived from a store: where they lie, that they are whole or not there, and that old ones go."""

from __future__ import annotations

import os
import stat
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import made_up_store

from dashboard.query import derived
from extract.model import InputError
from extract.store import write_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_store(tmp_path / "store", made_up_store())
    return tmp_path / "store"


def _writing(text: str, made: list[str] | None = None) -> Callable[[Path], None]:
    def build(path: Path) -> None:
        path.write_text(text)
        if made is not None:
            made.append(text)

    return build


def test_a_file_is_made_once_beside_the_store(folder: Path) -> None:
    made: list[str] = []
    first = derived.make(folder, "index.sqlite", _writing("one", made))
    again = derived.make(folder, "index.sqlite", _writing("two", made))
    assert (first, first.read_text(), made) == (again, "one", ["one"])
    assert first.is_relative_to(folder.with_name("store.derived")) and not any(folder.glob("*.sqlite"))


def test_another_store_has_other_files_and_the_old_ones_go(folder: Path) -> None:
    first = derived.make(folder, "index", _writing("one"))
    other = derived.make(folder, "other", _writing("beside it"))
    assert first.exists() and other.exists()
    write_store(folder, made_up_store())
    second = derived.make(folder, "index", _writing("two"))
    assert second != first and second.read_text() == "two"
    assert not first.exists() and not other.exists()


def test_a_making_that_fails_leaves_nothing(folder: Path) -> None:
    def broken(path: Path) -> None:
        path.write_text("half")
        raise InputError("no more")

    with pytest.raises(InputError, match="no more"):
        derived.make(folder, "index", broken)
    assert not (derived.folder(folder) / "index").exists() and not list(derived.folder(folder).glob(".making*"))
    assert derived.make(folder, "index", _writing("whole")).read_text() == "whole"

    def nothing(path: Path) -> None:
        """Write no file at all."""

    with pytest.raises(InputError, match="cannot be derived"):
        derived.make(folder, "none", nothing)


def test_a_broken_file_is_made_anew(folder: Path) -> None:
    path = derived.make(folder, "index", _writing("brok"))
    derived.discard(path)
    derived.discard(path)
    assert derived.make(folder, "index", _writing("whole")).read_text() == "whole"


def test_a_file_that_cannot_be_opened_is_made_anew_once(folder: Path) -> None:
    made: list[str] = []

    def connect(path: Path) -> str:
        if "whole" not in path.read_text():
            raise ValueError("broken")
        return path.read_text()

    derived.make(folder, "index", _writing("brok"))
    assert derived.opened(folder, "index", _writing("whole", made), connect, ValueError) == "whole"
    assert derived.opened(folder, "index", _writing("whole", made), connect, ValueError) == "whole"
    assert made == ["whole"]
    with pytest.raises(ValueError, match="broken"):
        derived.opened(folder, "other", _writing("brok", made), connect, ValueError)
    assert made == ["whole", "brok", "brok"]


def test_two_that_want_the_same_file_make_it_once(folder: Path) -> None:
    made: list[str] = []

    def slow(path: Path) -> None:
        made.append("begun")
        time.sleep(0.2)
        path.write_text("whole")

    threads = [threading.Thread(target=derived.make, args=(folder, "index", slow)) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert made == ["begun"]


def test_where_nothing_can_be_written_they_lie_among_the_temporary_files(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = derived.make(folder, "made before", _writing("one"))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(os, "access", lambda *_: False)
    path = derived.make(folder, "index", _writing("two"))
    assert path.is_relative_to(temporary) and path.read_text() == "two"
    assert stat.S_IMODE(next(temporary.iterdir()).stat().st_mode) == 0o700
    assert derived.make(folder, "made before", _writing("three")) == beside, "what is there can be read"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="rights are another matter on Windows")
def test_a_temporary_folder_that_others_can_write_in_is_not_trusted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)
    (tmp_path / f"readout-{os.getuid()}").mkdir()
    (tmp_path / f"readout-{os.getuid()}").chmod(0o777)
    with pytest.raises(InputError, match="this user alone"):
        derived.make(folder, "index", _writing("two"))
