"""The database that is made of a store: made once, anew when it is broken or another store is there, within its memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import made_up_store
from many_events import write
from streamlit.testing.v1 import AppTest

from dashboard.filters import Filters
from dashboard.query import Archive, countries, derived, events
from extract.model import InputError
from extract.store import Store, write_store

MANY = 12_000
APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_store(tmp_path / "store", made_up_store())
    return tmp_path / "store"


def _database(folder: Path) -> Path:
    [found] = derived.folder(folder).glob("*.duckdb")
    return found


def _events(folder: Path) -> int:
    return int(events.totals(Archive(folder), Filters())["events"])


def test_it_is_made_once(folder: Path) -> None:
    assert not Archive.is_prepared(folder)
    assert _events(folder) == 8 and Archive.is_prepared(folder)
    before = _database(folder).stat()
    assert _events(folder) == 8
    assert (_database(folder).stat().st_ino, _database(folder).stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("content", [b"", b"no database", b"half"])
def test_a_broken_one_is_made_anew(folder: Path, content: bytes) -> None:
    _events(folder)
    whole = _database(folder).read_bytes()
    _database(folder).write_bytes(whole[: len(whole) // 2] if content == b"half" else content)
    assert _events(folder) == 8


def test_another_store_has_another(folder: Path) -> None:
    opened = Archive(folder)
    old = _database(folder)
    write_store(folder, Store((), (), (), "empty"))
    assert _events(folder) == 0 and not old.exists()
    assert events.totals(opened, Filters())["events"] == 8, "who has it open reads on"


def test_a_store_that_is_broken_makes_none(folder: Path) -> None:
    (folder / "events.parquet").write_bytes(b"no table")
    with pytest.raises(InputError, match="cannot be read"):
        Archive(folder)
    assert not list(derived.folder(folder).glob("*.duckdb"))


def test_memory_has_a_limit(many: tuple[Path, list[str]]) -> None:
    archive = Archive(many[0], memory_mb=128)
    [limit] = archive.one("SELECT current_setting('memory_limit')")
    assert limit.startswith("122")  # MiB
    assert int(countries.by_country(archive, Filters())["events"].sum()) > MANY


@pytest.mark.parametrize("params", [
    {}, {"view": "timeline", "by": "pair"}, {"view": "timeline", "by": "country"}, {"view": "map"}, {"view": "network"},
    {"view": "compare", "compare": "{0},{1},{2}"}, {"view": "person", "name": "{3}"},
], ids=lambda params: "-".join(params.values()))
def test_what_goes_to_the_browser_is_bounded(many: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch, params: dict[str, str]) -> None:
    folder, names = many
    monkeypatch.setenv("READOUT_STORE", str(folder))
    app = AppTest.from_file(APP, default_timeout=120)
    for key, value in params.items():
        app.query_params[key] = value.format(*names)
    app.run()
    assert not app.exception
    charts = [len(one.proto.spec) for one in app.get("plotly_chart")]
    assert charts and max(charts) < 500_000
    assert sum(len(one.proto.json) for one in app.get("bidi_component")) < 500_000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("many") / "store"
    write(folder, MANY)
    archive = Archive(folder, memory_mb=128)
    busy = list(countries.by_country(archive, Filters())["country"].head(3))
    name = archive.one("SELECT name FROM actors GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")[0]
    return folder, [*busy, name]
