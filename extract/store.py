"""The store: a folder of Parquet files, one for each of SCHEMAS, and `store.json`, replaced as a whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract import edtf
from extract.kept import KeptReading, unfinished, write_kept
from extract.manifest import ANEW, FORMAT, MANIFEST, digest, refuse_strangers, verify
from extract.model import Document, Failure, InputError
from extract.record import Event, from_mapping
from extract.replacing import Replacement
from extract.store_tables import SCHEMAS
from extract.table_writer import TableWriter, row_of


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What the store keeps of an article: its place in the document, title, creation time (EDTF) and its basis."""

    document: str
    article: int
    start: int
    end: int
    title: str | None
    date: str
    date_basis: str


@dataclass(frozen=True, slots=True)
class TimexRow:
    """A time expression that the text names: its offsets in the document and the EDTF value that it resolves to."""

    document: str
    article: int
    start: int
    end: int
    value: str

    def __post_init__(self) -> None:
        """Raise InputError naming the place and the reason when a value is out of its domain."""
        where = f"{self.document}: time expression at {self.start}-{self.end}"
        if not 0 <= self.start < self.end:
            raise InputError(f"{where}: no span of text")
        if not edtf.is_valid(self.value):
            raise InputError(f"{where}: {self.value!r} is not an EDTF date of level 0 or 1")


@dataclass(frozen=True, slots=True)
class Store:
    """The contents of a store in memory. `fingerprint` identifies what was read, and the code that read it.

    `timexes` are the time expressions of which at least the year, or the month and the day, is known, in text order;
    `failures` are the files, rows and entries that could not be read; `aliases` are other ids by which an event may be
    known, each with its id.
    `readings` are for later runs, sorted, and not read back by `read_store`; `kept` of the documents were not extracted
    anew but taken from those of an earlier run; `files` is the state of the files that it was made of, where whoever
    has it made wants to know it again. None of these tells one store from another.
    """

    documents: tuple[Document, ...]
    articles: tuple[ArticleRow, ...]
    events: tuple[Event, ...]
    fingerprint: str = ""
    timexes: tuple[TimexRow, ...] = ()
    failures: tuple[Failure, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    readings: tuple[KeptReading, ...] = field(default=(), compare=False, repr=False)
    kept: int = field(default=0, compare=False)
    files: str = field(default="", compare=False)


class StoreWriter:
    """A store on its way to a folder: rows go to its tables one by one; what stood there stays until it is whole.

    To be used in a `with`; without `finish` nothing is left of it. Raises InputError when `directory` holds something
    other than a store, or cannot be written.
    """

    def __init__(self, directory: Path | str) -> None:
        """Begin beside `directory`, where the folder `beside` may take other temporary files too."""
        self.target = Path(directory)
        refuse_strangers(self.target)
        self._counts = Counter[str]()
        with self._told("the store cannot be written here"):
            self._fresh = Replacement(self.target)
        self.beside, folder = self._fresh.beside, self._fresh.folder
        self._tables = {name: TableWriter(folder / f"{name}.parquet", schema) for name, schema in SCHEMAS.items()}

    def __enter__(self) -> StoreWriter:
        """Return the writer."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what was not finished, and what stood there before."""
        self._fresh.close()

    def document(self, document: Document, articles: Iterable[ArticleRow], timexes: Iterable[TimexRow]) -> None:
        """Add a document with its articles and time expressions."""
        self.add("documents", [_document_row(document)])
        self.add("articles", map(row_of, articles))
        self.add("timexes", map(row_of, timexes))

    def event(self, event: Event) -> None:
        """Add an event with its sources."""
        self.add("events", [_event_row(event)])
        self.add("sources", _source_rows([event]))

    def add(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows of the table with this name."""
        with self._told("the store cannot be written"):
            for row in rows:
                self._tables[name].add(row)
                self._counts[name] += 1

    def finish(
        self,
        fingerprint: str,
        failures: Iterable[Failure] = (),
        aliases: Iterable[tuple[str, str]] = (),
        readings: Iterable[KeptReading] = (),
        files: str = "",
    ) -> None:
        """Add what is left, and put the store in its place; see `Store` for what it is."""
        self.add("failures", map(row_of, failures))
        self.add("aliases", ({"alias": alias, "event": event} for alias, event in aliases))
        with self._told("the store cannot be written"):
            for table in self._tables.values():
                table.close()
            folder = self._fresh.folder
            write_kept(readings, folder)
            manifest = {
                "format": FORMAT,
                "fingerprint": fingerprint,
                "documents": self._counts["documents"],
                "events": self._counts["events"],
                "tables": {name: digest(folder / f"{name}.parquet") for name in SCHEMAS},
            } | ({"files": files} if files else {})
            (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
            self._fresh.put()
        with suppress(OSError):  # the store is in its place: what is left of its making is no more than left
            unfinished(self.target).unlink(missing_ok=True)

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise InputError(f"{self.target}: {what}: {error.strerror}") from error


def write_store(directory: Path | str, store: Store) -> None:
    """Write a store into `directory`; what stood there is replaced only when the new one is whole.

    Raises InputError when `directory` holds something other than a store, or cannot be written.
    """
    with StoreWriter(directory) as writer:
        for document in store.documents:
            writer.document(document, (), ())
        writer.add("articles", map(row_of, store.articles))
        writer.add("timexes", map(row_of, store.timexes))
        for event in store.events:
            writer.event(event)
        writer.finish(store.fingerprint, store.failures, store.aliases, store.readings, store.files)


def _document_row(d: Document) -> dict[str, Any]:
    return {
        "document": d.name,
        "sha256": d.sha256,
        "title": d.title,
        "published": d.published,
        "publisher": d.publisher,
        "url": d.url,
        "language": d.language,
        "reader": d.reader,
        "encoding": d.encoding,
        "stated": list(d.stated),
        "notes": list(d.notes),
        "words": len(d.text.split()),
        "text": d.text,
    }


def _source_rows(events: Iterable[Event]) -> list[dict[str, Any]]:
    return [{"event": event.id, "rank": rank} | row_of(s) for event in events for rank, s in enumerate(event.sources)]


def _event_row(event: Event) -> dict[str, Any]:
    row = row_of(event)
    del row["sources"]
    first, last = edtf.bounds(event.date) or (None, None)
    return row | {"date_first": first, "date_last": last, "date_precision": edtf.precision(event.date)}


def document_names(directory: Path | str) -> list[str]:
    """Return the names of the documents of a store, and of those that could not be read.

    Raises InputError when it is missing or broken.
    """
    try:
        tables = [pq.read_table(Path(directory) / f"{name}.parquet", columns=["document"])
                  for name in ("documents", "failures")]
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{directory}: the store cannot be read: {error}; {ANEW}") from error
    return [str(name) for table in tables for name in table["document"].to_pylist()]


def read_store(directory: Path | str) -> Store:
    """Read a whole store into memory. Raises InputError when it is missing, broken or of another format."""
    folder = Path(directory)
    manifest = verify(folder)
    try:
        rows = {name: pq.read_table(folder / f"{name}.parquet", schema=SCHEMAS[name]).to_pylist() for name in SCHEMAS}
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{folder}: the store is broken: {error}; {ANEW}") from error
    return Store(
        documents=tuple(_document(row) for row in rows["documents"]),
        articles=tuple(ArticleRow(**row) for row in rows["articles"]),
        events=events_of(rows["events"], rows["sources"], str(folder)),
        fingerprint=str(manifest.get("fingerprint", "")),
        timexes=tuple(TimexRow(**row) for row in rows["timexes"]),
        failures=tuple(Failure(**row) for row in rows["failures"]),
        aliases=tuple((row["alias"], row["event"]) for row in rows["aliases"]),
    )


def events_of(rows: Iterable[dict[str, Any]], sources: Iterable[dict[str, Any]], place: str) -> tuple[Event, ...]:
    """Build events from rows of the tables `events` and `sources`. Raises InputError naming `place` and the event."""
    by_event: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(sources, key=lambda one: (one["event"], one["rank"])):
        by_event.setdefault(row["event"], []).append(row)
    return tuple(
        from_mapping(row | {"sources": by_event.get(row["id"], [])}, f"{place}: event {row['id']}") for row in rows
    )


def event_rows(events: Iterable[Event]) -> tuple[pa.Table, pa.Table]:
    """Return events as rows of the tables `events` and `sources`."""
    written = tuple(events)
    return (pa.Table.from_pylist([_event_row(one) for one in written], schema=SCHEMAS["events"]),
            pa.Table.from_pylist(_source_rows(written), schema=SCHEMAS["sources"]))


def _document(row: dict[str, Any]) -> Document:
    known = {name: value for name, value in row.items() if name not in ("document", "words", "stated", "notes")}
    return Document(row["document"], **known, stated=tuple(row["stated"]), notes=tuple(row["notes"]))
