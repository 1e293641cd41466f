"""Where the store is, and its making on the first start. Knows nothing of Streamlit, so that it can be tested alone."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from dashboard.query.derived import locked
from extract.manifest import read_manifest, verify
from extract.model import InputError
from extract.store import Store, document_names, write_store

_DAY = 86_400
STORE_VARIABLE = "READOUT_STORE"
_LOG = logging.getLogger(__name__)


class Extraction(Protocol):
    """What the corpus needs of the extraction: `extract.pipeline` has it."""

    def run(
        self,
        paths: Sequence[Path],
        *,
        workers: int = 1,
        progress: Callable[[int, int, str], None] | None = None,
        failures: list[InputError] | None = None,
        folder: Path | None = None,
    ) -> Store:
        """Extract the events of the files; what the store in `folder` has kept need not be extracted again.

        What cannot be read is added to `failures` and kept in the store.
        """

    def grow(
        self,
        folder: Path,
        paths: Sequence[Path],
        *,
        progress: Callable[[int, int, str], None] | None = None,
        failures: list[InputError] | None = None,
    ) -> Store:
        """Return the store in `folder` with the documents of the files in it too."""

    def digest_of(self, paths: Sequence[Path]) -> str:
        """Return what identifies the files and the version of the extraction."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an extraction has come: documents done, documents in all, the name of the one at hand."""

    done: int = 0
    total: int = 0
    document: str = ""


class Job:
    """One extraction, running in a thread of its own so that no closed browser tab can stop it half-way."""

    def __init__(self, work: Callable[[Callable[[int, int, str], None]], None]) -> None:
        """Start `work`, which is given a function to report its progress with."""
        self.progress = Progress()
        self.error = ""
        self._thread = threading.Thread(target=self._run, args=(work,), name="extraction", daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[Callable[[int, int, str], None]], None]) -> None:
        try:
            work(self._report)
        except InputError as error:
            self.error = str(error)
        except Exception as error:
            _LOG.exception("the extraction failed")
            self.error = f"{type(error).__name__}: {error}"

    def _report(self, done: int, total: int, document: str) -> None:
        self.progress = Progress(done, total, document)

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; tell whether the extraction has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()


class Corpus:
    """The store that the dashboard shows, and the documents it is made from.

    `seeds` is None for a store that was given: that one is not made here. Documents that are added lie beside the
    store, in `added`, in a folder for each time that some were.
    """

    def __init__(self, folder: Path, seeds: Path | None, extraction: Callable[[], Extraction] | None = None) -> None:
        """Remember the places; `extraction` is called when an extraction is needed, and not before."""
        self.folder = folder
        self.seeds = seeds
        self.added = folder.with_name(f"{folder.name}.added")
        self._extraction = extraction or pipeline
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._current = False

    @classmethod
    def find(cls, environment: Mapping[str, str], root: Path) -> Corpus:
        """Return the corpus that the environment names, or else the one beside the package at `root`."""
        if given := environment.get(STORE_VARIABLE):
            return cls(Path(given).expanduser(), None)
        return cls(root / ".readout" / "store", root / "seeds")

    def prepare(self) -> Job | None:
        """Return None when the store can be opened, or the job that is making it (a failed one too, until `retry`).

        Whoever comes second gets the job of the first. Raises InputError when a given store is missing, or when there
        are no documents to make one from.
        """
        if self.seeds is None:
            if read_manifest(self.folder) is None:
                raise InputError(f"{self.folder}: there is no store here, though {STORE_VARIABLE} names this folder")
            return None
        with self._lock:
            if self._job and self._job.wait(0) and not self._job.error:
                self._job, self._current = None, True
            if self._current and self._manifest() is not None:
                return None
            if self._job is None:
                paths = [*documents(self.seeds), *batches(self.added)]
                self._job = Job(lambda report: self._make(paths, report))
            return self._job

    def retry(self) -> None:
        """Forget a failed extraction, so that the next `prepare` looks at the store and makes it where needed."""
        with self._lock:
            self._current = False
            if self._job and self._job.wait(0):
                self._job = None

    def version(self) -> str:
        """Return what changes whenever the store is replaced. Raises InputError when there is none at the moment."""
        manifest = read_manifest(self.folder) or {}
        try:
            stamp = (self.folder / "store.json").stat().st_mtime_ns
        except OSError as error:
            raise InputError(f"{self.folder}: the store is gone, or is being replaced: {error.strerror}") from error
        return f"{self.folder}|{manifest.get('fingerprint', '')}|{stamp}"

    def _make(self, paths: Sequence[Path], report: Callable[[int, int, str], None]) -> None:
        """Write the store unless it is there already; another process that is making it is waited for."""
        extraction = self._extraction()
        wanted = extraction.digest_of(paths)
        if self._has(wanted):
            return
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(self.folder.parent / "extraction.lock"):
            if not self._has(wanted):
                failures: list[InputError] = []
                store = extraction.run(paths, progress=report, failures=failures, folder=self.folder)
                if failures and not store.documents:
                    raise InputError(f"none of the documents could be read; the first reason: {failures[0]}")
                write_store(self.folder, replace(store, files=wanted))

    def may_grow(self) -> bool:
        """Tell whether documents can be added to the store, as far as rights to write go."""
        return all(os.access(place, os.W_OK) for place in (self.folder.parent, self.folder))

    def grow(self, given: Sequence[Sequence[Path]]) -> Job:
        """Start to add files to the store, those that belong together in one sequence.

        A file of which the store has the name already is left out. Where the job fails, nothing has changed. Raises
        InputError when the files cannot be kept, or when the store has all of their names.
        """
        incoming = self._copied(given)
        return Job(lambda report: self._grow(incoming, report))

    def names(self) -> set[str]:
        """Return the names of the files that the store was made of. Raises InputError when it is gone."""
        from dashboard.uploads import root_of

        return {root_of(name) for name in document_names(self.folder)}

    def _copied(self, given: Sequence[Sequence[Path]]) -> list[Path]:
        """Copy files into hidden folders beside the store, so that whoever gave them may go.

        A file that lies there already, since whoever added it was ended before the store was written, comes in now.
        """
        from extract.reading.sidecar import NAMES

        known, incoming = self.names(), list[Path]()
        beside = {file.name for one in batches(self.added) for file in one.iterdir()} - set(NAMES)
        try:
            self.added.mkdir(parents=True, exist_ok=True)
            for files in given:
                fresh = [file for file in files if file.name not in known | beside]
                if all(file.name in NAMES for file in fresh):
                    continue
                incoming.append(Path(tempfile.mkdtemp(prefix=".incoming-", dir=self.added)))
                for file in fresh:
                    shutil.copyfile(file, incoming[-1] / file.name)
        except OSError as error:
            _remove(incoming)
            raise InputError(f"{self.added}: the documents cannot be kept here: {error.strerror}") from error
        if not incoming and not (beside - known) & {file.name for files in given for file in files}:
            raise InputError("the store has documents of these names already")
        return incoming

    def _grow(self, incoming: Sequence[Path], report: Callable[[int, int, str], None]) -> None:
        from extract.reading.sidecar import NAMES

        taken: list[Path] = []
        try:
            extraction = self._extraction()
            with locked(self.folder.parent / "extraction.lock"):
                if twice := self.names() & {file.name for one in incoming for file in one.iterdir()} - set(NAMES):
                    raise InputError(f"the store has a document of this name by now: {min(twice)}")
                _remove([one for one in self.added.glob(".incoming-*") if time.time() - one.stat().st_mtime > _DAY])
                number = max((int(one.name) for one in batches(self.added)), default=0)
                for at, one in enumerate(incoming, number + 1):
                    taken.append(one.rename(self.added / f"{at:04}"))
                    taken[-1].chmod(0o755)
                self._write_grown(extraction, report)
        except BaseException:
            _remove([*incoming, *taken])
            raise

    def _write_grown(self, extraction: Extraction, report: Callable[[int, int, str], None]) -> None:
        lost: list[InputError] = []
        if self.seeds is None:
            store = extraction.grow(self.folder, batches(self.added), progress=report, failures=lost)
        else:
            paths = [*documents(self.seeds), *batches(self.added)]
            store = extraction.run(paths, progress=report, failures=lost, folder=self.folder)
            store = replace(store, files=extraction.digest_of(paths))
        write_store(self.folder, store)

    def _has(self, files: str) -> bool:
        """Tell whether the store is there, was made of these files, and is whole."""
        manifest = self._manifest()
        if manifest is None or manifest.get("files") != files:
            return False
        try:
            verify(self.folder)
        except InputError as error:
            _LOG.warning("the store is made anew: %s", error)
            return False
        return True

    def _manifest(self) -> dict[str, Any] | None:
        """Return the manifest of the store; None also where it is broken or of another format."""
        try:
            return read_manifest(self.folder)
        except InputError as error:
            _LOG.warning("%s", error)
            return None


def batches(added: Path) -> list[Path]:
    """Return the folders of documents that were added to a store, in order of time; none where nothing was."""
    if not added.is_dir():
        return []
    return sorted(one for one in added.iterdir() if one.is_dir() and one.name.isdecimal() and any(one.iterdir()))


def _remove(folders: Sequence[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def documents(seeds: Path) -> list[Path]:
    """Return the files of a folder in order of their names. Raises InputError when there are none."""
    if not seeds.is_dir():
        raise InputError(f"{seeds}: the folder of source documents is missing, and there is no store to show")
    found = sorted(path for path in seeds.iterdir() if path.is_file() and not path.name.startswith("."))
    if not found:
        raise InputError(f"{seeds}: holds no source documents, and there is no store to show")
    return found


def pipeline() -> Extraction:
    """Return the extraction itself."""
    from extract import pipeline as whole  # here, since it loads the language model: a given store needs none

    return whole
