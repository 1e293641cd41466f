"""Where the store is, and its making on the first start."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import made_up_store

from dashboard.corpus import Corpus, Job, documents
from extract.manifest import read_manifest
from extract.model import InputError
from extract.store import Store


class Pretended:
    """An extraction that counts its runs, waits for a sign and then gives the made-up store, or fails."""

    def __init__(self, version: str = "1", error: Exception | None = None) -> None:
        self.runs = 0
        self.version = version
        self.error = error
        self.sign = threading.Event()

    def digest_of(self, paths: Sequence[Path]) -> str:
        return f"{self.version}:{','.join(path.name for path in paths)}"

    def run(
        self, paths: Sequence[Path], *, workers: int = 1, progress: Callable[[int, int, str], None] | None = None,
        failures: list[InputError] | None = None,
        folder: Path | None = None,
    ) -> Store:
        self.runs += 1
        assert progress is not None
        for number, path in enumerate(paths):
            progress(number, len(paths), path.name)
        assert self.sign.wait(10)
        if self.error:
            raise self.error
        return made_up_store()


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name in ("b.txt", "a.txt", ".hidden"):
        (folder / name).write_text("text")
    return folder


def _corpus(seeds: Path, extraction: Pretended) -> Corpus:
    return Corpus(seeds.parent / ".readout" / "store", seeds, lambda: extraction)


def _job(corpus: Corpus) -> Job:
    job = corpus.prepare()
    assert job is not None
    return job


def test_the_first_start_extracts_once_for_all_sessions(seeds: Path) -> None:
    extraction = Pretended()
    corpus = _corpus(seeds, extraction)
    job = _job(corpus)
    assert corpus.prepare() is job, "the second session waits for the first one's job"
    while job.progress.document != "b.txt":
        assert not job.wait(0.01)
    assert (job.progress.done, job.progress.total) == (1, 2)
    extraction.sign.set()
    assert job.wait(10) and not job.error
    assert corpus.prepare() is None and corpus.prepare() is None
    assert extraction.runs == 1
    assert read_manifest(corpus.folder)["files"] == "1:a.txt,b.txt"  # type: ignore[index]


def test_a_later_start_finds_the_store_unless_input_or_code_changed(seeds: Path) -> None:
    for version, runs in (("1", 1), ("1", 0), ("2", 1)):
        extraction = Pretended(version)
        extraction.sign.set()
        corpus = _corpus(seeds, extraction)
        job = corpus.prepare()
        assert job is None or (job.wait(10) and not job.error)
        assert corpus.prepare() is None
        assert extraction.runs == runs
    before = corpus.version()
    (seeds / "c.txt").write_text("more")
    again = Pretended("2")
    again.sign.set()
    other = _corpus(seeds, again)
    assert _job(other).wait(10)
    assert again.runs == 1 and other.version() != before


def test_two_processes_do_not_extract_at_once(seeds: Path) -> None:
    one, two = Pretended(), Pretended()
    first, second = _corpus(seeds, one), _corpus(seeds, two)
    job = _job(first)
    while not one.runs:
        assert not job.wait(0.01)
    other = _job(second)
    assert not other.wait(0.3), "the second waits for the lock"
    one.sign.set()
    two.sign.set()
    assert job.wait(10) and other.wait(10)
    assert (one.runs, two.runs) == (1, 0)


@pytest.mark.parametrize(
    ("error", "told"), [(InputError("a.txt: line 3: no text"), "a.txt: line 3: no text"), (KeyError("x"), "KeyError: 'x'")]
)
def test_a_failed_extraction_is_told_and_can_be_tried_again(seeds: Path, error: Exception, told: str) -> None:
    extraction = Pretended(error=error)
    extraction.sign.set()
    corpus = _corpus(seeds, extraction)
    job = _job(corpus)
    assert job.wait(10) and job.error == told
    assert corpus.prepare() is job, "a failure is not repeated by itself"
    extraction.error = None
    corpus.retry()
    assert _job(corpus).wait(10)
    assert corpus.prepare() is None


def test_a_given_store_is_only_read(store: Path, tmp_path: Path) -> None:
    given = Corpus.find({"READOUT_STORE": str(store)}, tmp_path)
    assert (given.folder, given.seeds, given.prepare()) == (store, None, None)
    with pytest.raises(InputError, match="nowhere"):
        Corpus.find({"READOUT_STORE": str(tmp_path / "nowhere")}, tmp_path).prepare()
    own = Corpus.find({"READOUT_STORE": ""}, tmp_path)
    assert (own.folder, own.seeds) == (tmp_path / ".readout" / "store", tmp_path / "seeds")


def test_documents_in_order_and_their_absence(seeds: Path, tmp_path: Path) -> None:
    assert [path.name for path in documents(seeds)] == ["a.txt", "b.txt"]
    with pytest.raises(InputError, match="missing"):
        documents(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no source documents"):
        documents(tmp_path / "empty")
