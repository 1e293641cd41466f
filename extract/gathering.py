"""The documents of a run and what each gave, gathered outside of the memory, which holds their names alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from extract.curated.tables import BY_HAND, TableDocument, TableRow
from extract.kept import KeptReading
from extract.model import Document, Failure, InputError
from extract.reading import TWICE
from extract.readings import DocumentReading, Readings
from extract.scale import map_ready
from extract.spill import Spool

Work = Document | TableDocument
"""What is extracted: a document, or the rows of a table as one."""
Progress = Callable[[int, int, str], None]


class Gathering:
    """Documents with their readings: those that `kept` has, and those that `extract` makes of the others."""

    def __init__(self, kept: Readings, folder: Path | None = None) -> None:
        """Begin with nothing; temporary files go to `folder` (None: where the system has them)."""
        self._readings = kept
        self._works: Spool[Work] = Spool(folder)
        self._places: dict[str, int] = {}
        self._fresh: list[tuple[str, int]] = []
        self.failures: list[Failure] = []

    @property
    def documents(self) -> int:
        """The number of documents."""
        return len(self._places)

    @property
    def kept(self) -> int:
        """The number of documents that need not be extracted, as long as none was."""
        return len(self._places) - len(self._fresh)

    def add(self, works: Iterable[Work | Failure]) -> None:
        """Take documents, and what could not be read.

        Raises InputError where two documents have one name: one of a text and one of a table.
        """
        for work in works:
            if isinstance(work, Failure):
                self.failures.append(work)
                continue
            document, facts = parts_of(work)
            self._place(document.name, work)
            if not self._readings.find(document, facts):
                self._fresh.append((document.name, len(document.text)))

    def tell_failures(self, failures: list[InputError] | None) -> None:
        """Append what could not be read to `failures`; where that is None the first is raised."""
        tell(self.failures, failures)

    def add_tables(self, documents: Iterable[Document]) -> None:
        """Take documents that tables gave, whose rows are not known any more: their readings must be kept.

        Raises InputError as `Readings.of_tables` does.
        """
        known = list(documents)
        self._readings.of_tables(known)
        for document in known:
            self._place(document.name, document)

    def take(self, document: Document, key: str, body: str) -> None:
        """Take a document that was read and extracted elsewhere, with the key and the JSON of its reading.

        Raises InputError where it is the part of a table, and a text has its name.
        """
        if document.name in self._places and document.reader != BY_HAND:
            self.failures.append(Failure(document.name, TWICE))
            return
        self._place(document.name, document)
        self._readings.take(document.name, key, body)

    def _place(self, name: str, work: Work) -> None:
        if name in self._places:
            raise InputError(f"{name}: a text and a part of a table made by hand have this name")
        self._places[name] = self._works.add(work)

    def extract(
        self,
        read: Callable[[Work], str | Failure],
        workers: int,
        progress: Progress | None,
        failures: list[InputError] | None = None,
    ) -> None:
        """Read what is not kept, with so many workers; `read` gives a reading as JSON, or why there is none.

        A document without one is left out, and told as by `tell_failures`.
        """
        # In the order of the names; of several workers the longest first, so that none begins when all else is done.
        fresh = sorted(self._fresh, key=lambda one: (-one[1] if workers > 1 else 0, one[0]))
        names = [name for name, _ in fresh]
        if progress and names:
            progress(0, len(names), names[0])
        works = (self._works.at(self._places[name]) for name in names)
        for done, (number, body) in enumerate(map_ready(read, works, min(workers, max(len(names), 1))), 1):
            if isinstance(body, Failure):
                del self._places[names[number]]
                self.failures.append(body)
                tell([body], failures)
            else:
                self._readings.add(names[number], body)
            if progress:
                progress(done, len(names), names[min(done, len(names) - 1)])

    def readings(self) -> Iterator[DocumentReading]:
        """Yield the reading of every document, in the order of their names."""
        for name in sorted(self._places):
            yield self._readings.of(parts_of(self._works.at(self._places[name]))[0])

    def kept_rows(self) -> Iterator[KeptReading]:
        """Yield the readings as they are kept for later runs, sorted."""
        return self._readings.rows()

    def fingerprint(self) -> str:
        """Return what identifies all that was read, what could not be read, and the code that read it."""
        known = [self._readings.digest(), *map(str, sorted(self.failures))]
        return hashlib.sha256("\n".join(known).encode()).hexdigest()


def tell(found: Iterable[Failure], failures: list[InputError] | None) -> None:
    """Append what was found to `failures`; where that is None the first is raised."""
    for failure in found:
        if failures is None:
            raise InputError(str(failure))
        failures.append(InputError(str(failure)))


def parts_of(work: Work) -> tuple[Document, tuple[TableRow, ...]]:
    """Return the document and the facts that the extraction is given beside it."""
    return (work.document, work.rows) if isinstance(work, TableDocument) else (work, ())
