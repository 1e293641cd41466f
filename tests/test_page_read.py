"""What readers give to be read: names and limits, the session's own shelf, the store that grows, and the page."""

from __future__ import annotations

import io
import json
import os
import stat
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import HOSTILE
from hostile import IDS, TEXTS
from streamlit.testing.v1 import AppTest

from dashboard import shelf as shelves
from dashboard.corpus import Corpus
from dashboard.markup import words
from dashboard.shelf import Shelf
from dashboard.uploads import PASTED_AT_MOST, Upload, checked, pasted, safe_name, write
from extract import pipeline
from extract.corrections import Journal
from extract.manifest import read_manifest
from extract.model import InputError
from extract.reading import read_all
from extract.store import Store, read_store, write_store

APP = str(Path(__file__).parent.parent / "dashboard" / "app.py")
FIRST = "LIMA, Oct. 8, 2015 (EFE) -- Peruvian President Ollanta Humala met Chilean President Michelle Bachelet on Wednesday.\n"
SECOND = "NAIROBI, May 4, 2012 (KNA) -- Kenyan President Mwai Kibaki met Norwegian Prime Minister Jens Stoltenberg on Friday.\n"


class ByRules:
    """The extraction without the encoder, which is quick; it waits for a sign, and may fail."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.sign = error, threading.Event()
        self.sign.set()

    def run(self, paths: Sequence[Path], **options: Any) -> Store:
        assert self.sign.wait(20)
        if self.error:
            raise self.error
        return pipeline.run(paths, by_rules=True, **options)

    def grow(self, folder: Path, paths: Sequence[Path], **options: Any) -> Store:
        if self.error:
            raise self.error
        return pipeline.grow(folder, paths, **options)

    def digest_of(self, paths: Sequence[Path]) -> str:
        return pipeline.digest_of(paths)


def _wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not done():
        assert time.monotonic() < until
        time.sleep(0.02)


def _read(shelf: Shelf, *given: Upload, limit: int = 1) -> Shelf:
    shelf.read(given, limit)
    _wait(shelf.settle)
    return shelf


@pytest.mark.parametrize("name", [*TEXTS, *IDS, "../../etc/passwd", "..\\..\\boot.ini", "/abs.txt", ".hidden.txt", "a/../b.txt", "", "..", "a\u202etxt.exe"])
def test_a_name_leads_nowhere_and_hides_nothing(name: str, tmp_path: Path) -> None:
    safe = safe_name(f"{name}.txt")
    assert safe.endswith(".txt") and not safe.startswith(".") and safe.isprintable()
    assert not set(safe) & set('/\\<>:"|?*#') and len(safe.encode()) < 200
    write([Upload(safe, b"text")], tmp_path / "in")
    assert [path.name for path in tmp_path.rglob("*.txt")] == [safe] and (tmp_path / "in" / safe).is_file()
    assert safe_name(safe) == safe and safe_name(safe, {safe}) == f"{safe.removesuffix('.txt')} (2).txt"


def test_what_is_too_large_empty_or_of_no_known_type_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", bytes(6 * 2**20))
    given = [
        Upload("large.txt", b"x" * (2**20 + 1)), Upload("empty.txt", b""), Upload("run.exe", b"MZ"), Upload("old.doc", b"x"),
        Upload("bomb.zip", packed.getvalue()), Upload("C:\\texts\\good.txt", b"text"), Upload("good.txt", b"other"),
    ]
    good, refused = checked(given, 1, {"taken.txt"})
    assert [one.name for one in good] == ["good.txt", "good (2).txt"]
    assert {one.document: one.reason.split(";")[0] for one in refused} == {
        "large.txt": "has 1.0 MB", "empty.txt": "is empty", "run.exe": "is of a type that is not read (.exe)",
        "old.doc": "is of a type that is not read (.doc)", "bomb.zip": "holds 6 MB when unpacked",
    }
    many, over = checked([Upload("a.txt", b"x")] * 201, 1, ())
    assert (len(many), len(over)) == (200, 1)


def test_a_pasted_text_carries_what_is_stated_of_it(tmp_path: Path) -> None:
    given = pasted(FIRST, f"Talks, \"in\"\nLima {HOSTILE}", "9 October 2015", "The <b>Example</b>")
    write([given], tmp_path / "1")
    (found,) = read_all([tmp_path / "1"]).documents
    assert found.title == f"Talks, \"in\" Lima {HOSTILE}" and found.publisher == "The <b>Example</b>"
    assert found.published == "2015-10-09" and set(found.stated) == {"title", "published", "publisher"}
    assert pasted(FIRST, "", "", "").name == pasted(FIRST, "", "", "").name != pasted(SECOND, "", "", "").name


@pytest.mark.parametrize(("text", "date", "reason"), [
    (" \n", "", "Paste a text"), ("x" * (PASTED_AT_MOST + 1), "", "200,001 characters"), (FIRST, "03/04/2019", "two days"),
    (FIRST, "soon", "is no date"),
])
def test_a_pasted_text_may_be_refused(text: str, date: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        pasted(text, "", date, "")


def test_a_shelf_is_private_and_goes_with_what_was_on_it() -> None:
    one, other = Shelf(ByRules), Shelf(ByRules)
    _read(one, Upload("a.txt", FIRST.encode()), Upload("no.pdf", b"none"))
    _read(one, Upload("a.txt", SECOND.encode()))
    _read(other, Upload("b.txt", SECOND.encode()))
    names = [[row["document"] for row in shelf.archive.rows("SELECT document FROM documents ORDER BY 1")]  # type: ignore[union-attr]
             for shelf in (one, other)]
    assert names == [["a (2).txt", "a.txt"], ["b.txt"]]
    assert one.archive and [row["document"] for row in one.archive.rows("SELECT * FROM failures")] == ["no.pdf"]
    assert [[path.name for path in files] for files in one.files()] == [["a.txt"], ["a (2).txt"]], "only what could be read"
    folder = one.files()[0][0].parents[2]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    one.forget()
    assert not folder.exists()
    kept = other.files()[0][0].parents[2]
    del other
    assert not kept.exists(), "what a session had goes with it"


def test_what_a_killed_process_has_left_of_a_session_goes_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    shelf = _read(Shelf(ByRules), Upload("a.txt", FIRST.encode()))
    [alive] = [one.name for one in tmp_path.glob("readout-shelf-*")]
    for name in ("readout-shelf-dead", "readout-shelf-young", "readout-other"):
        (tmp_path / name).mkdir()
    for name in (alive, "readout-shelf-dead", "readout-other"):
        os.utime(tmp_path / name, (0, 0))
    _read(Shelf(ByRules), Upload("b.txt", SECOND.encode())).forget()
    assert shelf.archive and {alive, "readout-shelf-young", "readout-other"} <= {one.name for one in tmp_path.iterdir()}
    assert not (tmp_path / "readout-shelf-dead").exists()


def test_a_reading_that_fails_costs_what_was_given_last(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = _read(Shelf(ByRules), Upload("a.txt", FIRST.encode()))
    _read(shelf, Upload("b.txt", SECOND.encode()), Upload("documents.csv", b"file,date\nnone.txt,2019\n"))
    assert shelf.error.startswith("documents.csv, line 2: there is no file") and "/tmp" not in shelf.error.replace("none.txt", "")
    assert [path.name for files in shelf.files() for path in files] == ["a.txt"]
    _read(shelf, Upload("b.txt", SECOND.encode()), Upload("documents.csv", b"file,date\nb.txt,2012-05-04\n"))
    assert not shelf.error and len(shelf.files()) == 2
    monkeypatch.setattr(shelves, "CHARACTERS_AT_MOST", 300)
    _read(shelf, Upload("c.txt", FIRST.encode()))
    assert "at most 300 are read here" in shelf.error and len(shelf.files()) == 2


def test_a_reading_can_be_stopped_and_forgotten() -> None:
    slow = ByRules()
    slow.sign.clear()
    shelf = Shelf(lambda: slow)
    shelf.read([Upload("a.txt", FIRST.encode())], 1)
    _wait(lambda: not shelf.waiting and shelf.job is not None and shelf.job.progress.document == "")
    shelf.stop()
    slow.sign.set()
    _wait(shelf.settle)
    assert "stopped" in shelf.error and shelf.archive is None and not shelf.files()
    slow.sign.clear()
    shelf.read([Upload("a.txt", FIRST.encode())], 1)
    folder = Path(shelf._folder.name)  # type: ignore[union-attr]
    shelf.forget()
    slow.sign.set()
    _wait(lambda: not folder.exists())


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A store of one document, given without the files that it was made from."""
    (tmp_path / "a.txt").write_text(FIRST)
    write_store(tmp_path / "store", pipeline.run([tmp_path / "a.txt"], by_rules=True))
    (tmp_path / "a.txt").unlink()
    return tmp_path / "store"


def _names(store: Path) -> list[str]:
    return [one.name for one in read_store(store).documents]


def test_documents_are_added_to_a_store_that_was_given(given: Path) -> None:
    corpus = Corpus(given, None, ByRules)
    shelf = _read(Shelf(ByRules), Upload("b.txt", SECOND.encode()), Upload("a.txt", b"Another of this name.\n"))
    before, version = read_store(given), corpus.version()
    job = corpus.grow(shelf.files())
    assert job.wait(60) and not job.error
    assert _names(given) == ["a.txt", "b.txt"] and corpus.version() != version
    assert set(before.events) < set(read_store(given).events), "with the same identifiers"
    assert [path.relative_to(given.parent).as_posix() for path in sorted(corpus.added.rglob("*.txt"))] == ["store.added/0001/b.txt"]
    with pytest.raises(InputError, match="of these names already"):
        corpus.grow(shelf.files())
    third = _read(Shelf(ByRules), Upload("c.txt", SECOND.encode()))
    more = corpus.grow(third.files())
    third.forget()  # the files were copied by then
    assert more.wait(60) and not more.error and _names(given) == ["a.txt", "b.txt", "c.txt"]


def test_nothing_is_lost_when_adding_fails(given: Path) -> None:
    corpus = Corpus(given, None, lambda: ByRules(OSError("the disk is full")))
    before = {path.name: path.read_bytes() for path in given.iterdir()}
    shelf = _read(Shelf(ByRules), Upload("b.txt", SECOND.encode()))
    job = corpus.grow(shelf.files())
    assert job.wait(60) and "the disk is full" in job.error
    assert {path.name: path.read_bytes() for path in given.iterdir()} == before
    assert not list(corpus.added.iterdir())


def test_what_was_being_added_when_the_process_was_killed_comes_in_when_it_is_given_again(given: Path) -> None:
    """Killed after its files had their place, and before the store had them; older copies without an owner go."""
    corpus = Corpus(given, None, ByRules)
    (corpus.added / "0001").mkdir(parents=True)
    (corpus.added / "0001" / "b.txt").write_text(SECOND)
    (corpus.added / ".incoming-long-ago").mkdir()
    os.utime(corpus.added / ".incoming-long-ago", (0, 0))
    assert corpus.names() == {"a.txt"}
    shelf = _read(Shelf(ByRules), Upload("b.txt", SECOND.encode()))
    job = corpus.grow(shelf.files())
    assert job.wait(60) and not job.error and _names(given) == ["a.txt", "b.txt"]
    assert [one.name for one in corpus.added.iterdir()] == ["0001"]


def test_what_was_added_to_the_own_store_is_there_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(FIRST)
    corpus = Corpus(tmp_path / ".readout" / "store", tmp_path / "seeds", ByRules)
    made = corpus.prepare()
    assert made and made.wait(60) and corpus.prepare() is None
    shelf = _read(Shelf(ByRules), Upload("b.txt", SECOND.encode()))
    job = corpus.grow(shelf.files())
    assert job.wait(60) and not job.error and _names(corpus.folder) == ["a.txt", "b.txt"]
    manifest = read_manifest(corpus.folder)
    other = Corpus(corpus.folder, tmp_path / "seeds", lambda: ByRules(AssertionError("made anew")))
    started = other.prepare()
    assert started and started.wait(60) and not started.error and read_manifest(corpus.folder) == manifest


@pytest.fixture
def page(given: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setattr("dashboard.shelf.pipeline", ByRules)
    monkeypatch.setattr("dashboard.corpus.pipeline", ByRules)
    monkeypatch.setenv("READOUT_STORE", str(given))

    def opened(**params: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        for key, value in {"view": "read", **params}.items():
            app.query_params[key] = value
        return app.run()

    return opened


def _trees(app: AppTest) -> dict[str, Any]:
    found = {one.proto.id.rpartition("-")[2]: json.loads(one.proto.json) for one in app.get("bidi_component")}
    return {key: value for key, value in found.items() if value}


def _finished(app: AppTest) -> AppTest:
    for _ in range(200):
        assert not app.exception
        if not app.get("progress"):
            return app
        time.sleep(0.1)
        app.run()
    raise AssertionError("the reading did not end")


def _local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.access.at_this_machine", lambda *_: True)


def test_files_are_read_on_the_page_and_added_to_the_store(page: Any, given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _local(monkeypatch)
    app, other = page(), page()
    app.file_uploader[0].set_value([("b.txt", SECOND.encode(), "text/plain"), ("<b>.pdf", b"no", "application/pdf")]).run()
    app.button(key="read_files").click().run()
    _finished(app)
    trees = _trees(app)
    assert "Kenyan President Mwai Kibaki met" in words(trees["reader"]) and trees["reader"]["base"]["view"] == "read"
    assert "select" not in trees["reader"], "nothing is corrected here"
    assert "Mwai Kibaki" in words(trees["passages"]) and "Open this event" not in words(trees["passages"])
    assert "Jens Stoltenberg" in words(trees["own_events"])
    assert "_b_.pdf" in words(trees["unread"]) and trees["unread"]["opened"]
    assert "reader" not in _trees(other.run()), "nobody else sees it"
    app.button(key="add_to_store").click().run()
    _finished(app)
    assert "1 file added to the store" in app.success[0].value and "reader" not in _trees(app)
    assert _names(given) == ["a.txt", "b.txt"]
    assert Journal(f"sqlite:///{given}.corrections.sqlite").head() == 0
    app.query_params["view"] = "document"
    assert "b.txt" in words(_trees(app.run())["documents_table"])


def test_a_text_is_pasted_and_what_is_wrong_with_it_is_told(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_ADDING", "off")
    _local(monkeypatch)
    app = page()
    app.text_area(key="pasted_text").set_value(FIRST)
    app.text_input(key="pasted_title").set_value(HOSTILE)
    app.text_input(key="pasted_date").set_value("soon")
    next(one for one in app.button if one.label == "Read this text").click().run()
    assert "is no date" in app.error[0].value and app.text_area(key="pasted_text").value == FIRST
    app.text_input(key="pasted_date").set_value("2015-10-09")
    next(one for one in app.button if one.label == "Read this text").click().run()
    _finished(app)
    assert "Published 9 October 2015 (stated" in " ".join(words(_trees(app)["provenance"]).split())
    assert not any(HOSTILE in str(one.value) for one in [*app.markdown, *app.header]), "only as text"
    assert not [one for one in app.button if one.key == "add_to_store"]
    app.button(key="forget").click().run()
    assert "reader" not in _trees(app)


def test_the_page_may_be_switched_off_and_needs_no_store(page: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("READOUT_UPLOAD_MB", "0")
    app = page()
    assert not app.file_uploader and "switched off" in app.info[0].value
    monkeypatch.setenv("READOUT_UPLOAD_MB", "3")
    monkeypatch.setenv("READOUT_STORE", str(tmp_path / "none"))
    app = page()
    assert not app.exception and "at most 3 MB" in app.file_uploader[0].label
    app.file_uploader[0].set_value([("b.txt", SECOND.encode(), "text/plain")]).run()
    app.button(key="read_files").click().run()
    _finished(app)
    assert "Mwai Kibaki" in words(_trees(app)["passages"]) and not [one for one in app.button if one.key == "add_to_store"]
