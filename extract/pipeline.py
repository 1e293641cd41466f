"""The straight line of calls: files -> documents -> articles -> mentions -> events -> a store."""

from __future__ import annotations

import hashlib
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from extract.acts import annotate, read_events, read_events_trained
from extract.curated.reading import read_rows
from extract.curated.tables import BY_HAND, TableDocument, read_tables
from extract.detection.model import Detector, load_detector
from extract.events.confidence import Calibration, load_calibration
from extract.gathering import Gathering, Progress, Work, parts_of
from extract.manifest import MANIFEST
from extract.merging import Merging
from extract.model import Document, Failure, InputError
from extract.places import is_address, local, publish, refuse_strangers
from extract.reading import digest, read_all, read_each
from extract.readings import DocumentReading, Readings, all_by_rules, code_version, dump
from extract.record import Event
from extract.scale import prepare
from extract.store import ArticleRow, Store, StoreWriter, TimexRow, read_store

__all__ = [
    "Written", "annotate", "combine", "digest_of", "extract_events", "grow", "merge", "read_documents", "read_events",
    "read_events_trained", "reader", "run", "write",
]


def read_documents(paths: Iterable[Path | str]) -> tuple[Document, ...]:
    """Read the documents that `paths` (files, folders, patterns) name, sorted by name.

    Raises InputError naming the document and the reason for the first one that cannot be read.
    """
    listing = read_all(paths)
    for failure in listing.failures:
        raise InputError(str(failure))
    return listing.documents


def extract_events(documents: Iterable[Document]) -> tuple[Event, ...]:
    """Derive the events of documents, merged across them and sorted by date; the order of documents is of no matter."""
    ordered = sorted(documents, key=lambda document: document.name)
    return combine([read_events_trained(document) for document in ordered], load_calibration()).events


def combine(readings: Sequence[DocumentReading], calibration: Calibration | None = None) -> Store:
    """Merge what documents gave into one store in memory; the order of `readings` is of no matter.

    Events carry a confidence where a `calibration` is given.
    """
    ordered = sorted(readings, key=lambda reading: reading.document.name)
    return _in_memory(ordered, Merging(calibration))


def _in_memory(readings: Iterable[DocumentReading], merging: Merging) -> Store:
    documents, articles, timexes = list[Document](), list[ArticleRow](), list[TimexRow]()
    for one in readings:
        merging.add(one)
        documents.append(one.document)
        articles += one.articles
        timexes += one.timexes
    events = tuple(merging.events())
    return Store(tuple(documents), tuple(articles), events, timexes=tuple(timexes), aliases=tuple(merging.aliases()))


def digest_of(paths: Iterable[Path | str]) -> str:
    """Return what tells, without reading them as documents, whether files or the version of the extraction changed."""
    return hashlib.sha256((code_version() + digest(paths)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Written:
    """How many documents and events a store has that was written, and how many documents were not extracted anew."""

    documents: int
    events: int
    kept: int


def run(
    paths: Iterable[Path | str],
    *,
    tables: Iterable[Path | str] = (),
    workers: int = 1,
    progress: Progress | None = None,
    failures: list[InputError] | None = None,
    by_rules: bool = False,
    folder: Path | None = None,
    afresh: bool = False,
) -> Store:
    """Read and extract everything that `paths` name, into a store in memory; with `by_rules` without the encoder.

    `tables` are mapping files of curated tables, whose rows join the events of the documents. What an earlier run into
    the store in `folder` made of the same documents is taken from there, unless `afresh` is set; the result is the
    same. `progress` is called with (documents done, documents in all, name of the document at hand), of those that are
    extracted. A file or row that cannot be read costs that file or row: its error is appended to `failures` and kept
    in the store; where that is None it is raised.
    """
    gathered = Gathering(Readings(folder, by_rules=by_rules, afresh=afresh))
    _read_into(gathered, paths, tables, workers, failures)
    return _made(gathered, workers, progress, failures, by_rules)


def write(
    target: Path | str,
    paths: Iterable[Path | str],
    *,
    tables: Iterable[Path | str] = (),
    workers: int = 1,
    progress: Progress | None = None,
    failures: list[InputError] | None = None,
    by_rules: bool = False,
    afresh: bool = False,
    each: Callable[[Event], object] | None = None,
) -> Written:
    """Read and extract as `run` does, into the store in the folder `target`, which is never in memory as a whole.

    It may be an address; nothing is then taken from what lies there.
    `each` is called with every event, in their order. Where no document could be read, nothing is written. Raises
    InputError too when the folder holds something else or cannot be written.
    """
    with store_at(target) as writer:
        gathered = Gathering(Readings(writer.target, by_rules=by_rules, afresh=afresh), writer.beside)
        _read_into(gathered, paths, tables, workers, failures)
        kept, events = gathered.kept, 0
        gathered.extract(reader(by_rules), workers, progress, failures)
        if gathered.documents:
            events = merge(gathered, writer, by_rules, each)
        return Written(gathered.documents, events, kept)


@contextmanager
def store_at(target: Path | str) -> Iterator[StoreWriter]:
    """Give a writer of the store at a place: a folder of this machine, or an address to which it is copied when whole.

    Raises InputError when there is something else, or nothing can be written.
    """
    if not is_address(target):
        with StoreWriter(local(target)) as writer:
            yield writer
        return
    refuse_strangers(str(target), MANIFEST)
    with tempfile.TemporaryDirectory(prefix="readout-") as folder:
        with StoreWriter(Path(folder) / "store") as writer:
            yield writer
        if writer.target.exists():
            publish(writer.target, str(target), MANIFEST)


def merge(
    gathered: Gathering,
    writer: StoreWriter,
    by_rules: bool,
    each: Callable[[Event], object] | None = None,
) -> int:
    """Merge what documents gave into a store, and finish it; return the number of its events.

    `each` is called with every event, in their order. Raises InputError when the store cannot be written.
    """
    merging = Merging(_calibration(by_rules), writer.beside)
    for one in gathered.readings():
        merging.add(one)
        writer.document(one.document, one.articles, one.timexes)
    events = 0
    for event in merging.events():
        events += 1
        writer.event(event)
        if each:
            each(event)
    writer.finish(gathered.fingerprint(), sorted(gathered.failures), merging.aliases(), gathered.kept_rows())
    return events


def grow(
    folder: Path,
    paths: Sequence[Path | str],
    *,
    progress: Progress | None = None,
    failures: list[InputError] | None = None,
) -> Store:
    """Return the store in `folder` with the documents that `paths` name in it too, as `run` over all of them makes it.

    The files from which the store was made are not needed: it holds their texts. Of the tables made by hand, whose
    rows it does not hold, it takes what it has kept of them. `progress` and `failures` are as in `run`. Raises
    InputError when there is no whole store, or when another version of the code has read its tables.
    """
    before = read_store(folder)
    listing = read_all(paths)
    if failures is not None:
        failures += [InputError(str(failure)) for failure in listing.failures]
    known = {one.name: one for one in (*before.documents, *listing.documents) if one.reader != BY_HAND}
    come = {one.name for one in listing.documents}
    lost = [failure for failure in before.failures if failure.document not in come]
    lost += [failure for failure in listing.failures if failure not in lost]
    by_rules = all_by_rules(folder)
    gathered = Gathering(Readings(folder, by_rules=by_rules))
    gathered.add((*known.values(), *lost))
    gathered.add_tables(one for one in before.documents if one.reader == BY_HAND)
    return _made(gathered, 1, progress, failures, by_rules)


def _read_into(
    gathered: Gathering,
    paths: Iterable[Path | str],
    tables: Iterable[Path | str],
    workers: int,
    failures: list[InputError] | None,
) -> None:
    """Read the documents and the tables; what cannot be read is added to `failures`, or raised where that is None."""
    prepare(workers)
    gathered.add(read_each(paths))
    rows, unread = read_tables(tables)
    gathered.failures.sort()
    gathered.add((*unread, *rows))
    gathered.tell_failures(failures)


def _made(
    gathered: Gathering,
    workers: int,
    progress: Progress | None,
    failures: list[InputError] | None,
    by_rules: bool,
) -> Store:
    """Extract what is not kept, and merge all into a store in memory."""
    kept = gathered.kept
    gathered.extract(reader(by_rules), workers, progress, failures)
    store = _in_memory(gathered.readings(), Merging(_calibration(by_rules)))
    return replace(store, fingerprint=gathered.fingerprint(), failures=tuple(sorted(gathered.failures)), kept=kept,
                   readings=tuple(gathered.kept_rows()))


def reader(by_rules: bool) -> Callable[[Work], str | Failure]:
    """Return the function that reads a document or a part of a table, with the encoder or by rules alone.

    It can be sent to another process.
    """
    return read_work_by_rules if by_rules else read_work


def _calibration(by_rules: bool) -> Calibration | None:
    """Return what is known of the confidence of what is read so: of what is read by rules alone nothing."""
    return None if by_rules else load_calibration()


def read_work(work: Work) -> str | Failure:
    """Return what a document or a part of a table gives, as JSON, read with the encoder; or why it gives nothing."""
    return _read(work, load_detector())


def read_work_by_rules(work: Work) -> str | Failure:
    """Return what a document or a part of a table gives, as JSON, read by rules alone; or why it gives nothing."""
    return _read(work, None)


def _read(work: Work, detector: Detector | None) -> str | Failure:
    try:
        return dump(read_rows(work, detector) if isinstance(work, TableDocument) else read_events(work, detector))
    except InputError:  # something else is wrong, and would be with all
        raise
    except Exception as error:  # a fault of the rules costs the document that shows it, as one of a reader does
        *_, last = traceback.extract_tb(error.__traceback__)
        where = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
        return Failure(parts_of(work)[0].name, f"cannot be extracted, by a fault of Readout ({where})")
