"""What one reader has given to be read: kept for their session alone, in a folder that goes with it.

Knows nothing of Streamlit, so that it can be tested alone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

from dashboard import uploads
from dashboard.corpus import Extraction, Job, pipeline
from dashboard.query import Archive
from dashboard.uploads import Upload
from extract.model import Failure, InputError
from extract.reading import read_all
from extract.reading.sidecar import NAMES
from extract.replacing import hold, sweep
from extract.store import Store, write_store

CHARACTERS_AT_MOST = 1_000_000
"""Of all texts of a session together: what is read in some minutes."""
_PREFIX, _HOUR = "readout-shelf-", 3600
# However many sessions there are, one reading at a time has the language model.
_TURN = threading.Lock()


class Shelf:
    """The documents of a session, their store, and the reading that is under way.

    The folder is removed when the shelf is forgotten, at the latest when the process ends.
    """

    def __init__(self, extraction: Callable[[], Extraction] | None = None) -> None:
        """Begin with nothing; `extraction` is called when there is something to read, and not before."""
        self.archive: Archive | None = None
        self.refused: list[Failure] = []
        self.job: Job | None = None
        self.error = ""
        self.waiting = False
        self._extraction = extraction or pipeline
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._held: weakref.finalize[[int], Shelf] | None = None
        self._batches: list[Path] = []
        self._store: Store | None = None
        self._stores = 0
        self._stopped = False
        self._gone = False

    def read(self, given: Sequence[Upload], limit: int) -> None:
        """Start to read files of at most `limit` megabytes each; those that are not taken are added to `refused`."""
        self.error = ""
        good, self.refused = uploads.checked(given, limit, self._names())
        if not good:
            return
        if self._folder is None:
            # What a process that was killed has left is nobody's any more.
            sweep(Path(tempfile.gettempdir()), _PREFIX, _HOUR)
            self._folder = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
            held = hold(Path(self._folder.name))
            self._held = weakref.finalize(self, os.close, held) if held is not None else None
        batch = Path(self._folder.name) / "files" / str(len(self._batches) + 1)
        try:
            uploads.write(good, batch)
        except OSError as error:
            shutil.rmtree(batch, ignore_errors=True)
            self.error = f"The files cannot be kept here: {error.strerror}"
            return
        self._batches.append(batch)
        self._stopped = False
        self.job = Job(lambda report: self._work(batch, report))

    def settle(self) -> bool:
        """Tell whether nothing is being read; what went wrong is then in `error`."""
        if self.job and self.job.wait(0):
            self.error, self.job = self.job.error, None
        return self.job is None

    def stop(self) -> None:
        """Stop reading after the document at hand; those of this reading are put away again."""
        self._stopped = True

    def forget(self) -> None:
        """Remove all that was given, and what was read of it; the shelf is not to be used again."""
        self._stopped = self._gone = True
        self.archive = self._store = None
        if self.settle():
            self._remove()

    def _remove(self) -> None:
        if self._folder:
            self._folder.cleanup()
        if self._held:
            self._held()

    def files(self) -> list[list[Path]]:
        """Return the files from which documents came, by the time at which they were given, with lists about them."""
        made = {uploads.root_of(one.name) for one in self._store.documents} if self._store else set()
        found = []
        for batch in self._batches:
            inside = sorted(batch.iterdir())
            listed = any(path.name in NAMES for path in inside)
            found.append([path for path in inside if listed or path.name in made])
        return [one for one in found if one]

    def _names(self) -> set[str]:
        return {path.name for batch in self._batches for path in batch.iterdir()}

    def _work(self, batch: Path, report: Callable[[int, int, str], None]) -> None:
        """Read all that was given, and open it; a reading that fails costs what was given last."""
        above = batch.parent
        try:
            self.waiting = True
            with _TURN:
                self.waiting = False
                self._open(above, report)
        except BaseException as error:
            shutil.rmtree(batch, ignore_errors=True)
            if batch in self._batches:
                self._batches.remove(batch)
            if isinstance(error, InputError):
                raise InputError(str(error).replace(f"{batch}/", "").replace(str(batch), "what was given")) from error
            raise
        finally:
            if self._gone:
                self._remove()

    def _open(self, above: Path, report: Callable[[int, int, str], None]) -> None:
        def told(done: int, total: int, document: str) -> None:
            if self._stopped:
                raise InputError("The reading was stopped.")
            if total:
                report(done, total, document)

        extraction = self._extraction()
        told(0, 0, "")
        size = sum(len(one.text) for one in read_all(self._batches).documents)
        if size > CHARACTERS_AT_MOST:
            raise InputError(f"The texts have {size:,} characters together; at most {CHARACTERS_AT_MOST:,} are read "
                             "here. The command `readout extract` reads any number.")
        before = above / f"store-{self._stores}" if self._store else None
        store = extraction.run(self._batches, progress=told, failures=[], folder=before)
        told(0, 0, "")
        target = above / f"store-{self._stores + 1}"
        write_store(target, store)
        self.archive, self._store, self._stores = Archive(target), store, self._stores + 1
