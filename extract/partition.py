"""Partitions: so many documents as one task of a cluster takes, and the one Parquet file that it makes of them.

Which documents a partition holds hangs on the sorted files alone. Its file is named after the contents of its documents
and the version of the code, and is put in its place as a whole: a task that is done twice changes nothing, and one that
finds its file there has nothing to do.
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.curated.tables import TableDocument
from extract.gathering import Work, parts_of
from extract.model import Document, Failure, InputError
from extract.pipeline import reader
from extract.places import exists, opened, told, write_whole
from extract.reading import DIVISIBLE, ListedFiles, read_file
from extract.reading.file import File
from extract.reading.sidecar import Statements
from extract.readings import code_version, key_of
from extract.table_writer import row_of

MOST = 1_000_000
"""Bytes of the files of a partition: half a minute's to a minute's work."""
_MOST_FILES = 500
_MOST_SHARES = 32
"""Tasks among which the documents of one file are shared out. Each reads the whole file, which takes a three-hundredth
of what extracting it does: so many take a tenth more, and a file that is twice as large takes twice as long."""
_TEXTS = pa.list_(pa.string())
_SCHEMA = pa.schema([
    *((one.name, _TEXTS if one.name in ("stated", "notes") else pa.string()) for one in fields(Document)),
    ("key", pa.string()), ("reading", pa.string()),
])
_ONE_AT_A_TIME = threading.Lock()
"""A worker of a cluster may have several threads; the models and the readers of tables are for one."""


@dataclass(frozen=True, slots=True)
class Partition:
    """Documents: those of `files`, of a large table or feed every one whose number is `share` of `shares`; `tables`.

    `statements` are what sidecars state of them.
    """

    number: int
    files: tuple[File, ...]
    statements: Statements
    share: int = 0
    shares: int = 1
    tables: tuple[TableDocument, ...] = ()

    @property
    def name(self) -> str:
        """The name of its first file or table."""
        return self.files[0].name if self.files else self.tables[0].document.name


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a partition: where its file is, what could not be read, and the places that were come by."""

    number: int
    file: str
    failures: tuple[Failure, ...]
    used: frozenset[str]


def partitions(listed: ListedFiles, tables: Sequence[TableDocument], most: int = MOST) -> Iterator[Partition]:
    """Part files and tables, in their order, into partitions of at most so many bytes; a file above that is alone."""
    number, taken, size = 0, list[File](), 0
    for file in listed.files:
        shares = min(-(-file.size // most), _MOST_SHARES) if file.suffix in DIVISIBLE and file.size > most else 1
        if taken and (size + file.size > most or len(taken) >= _MOST_FILES):
            yield Partition(number, tuple(taken), listed.statements.about(taken))
            number, taken, size = number + 1, [], 0
        if shares == 1:
            taken.append(file)
            size += file.size
            continue
        for share in range(shares):
            yield Partition(number, (file,), listed.statements.about([file]), share, shares)
            number += 1
    if taken:
        yield Partition(number, tuple(taken), listed.statements.about(taken))
        number += 1
    for one in tables:
        yield Partition(number, (), Statements(()), tables=(one,))
        number += 1


def extract(partition: Partition, folder: str, version: str, by_rules: bool) -> Done:
    """Extract the documents of a partition into a file in `folder`, unless it is there already.

    Raises InputError when the file cannot be written, or when this is not the `version` of the code that is wanted.
    """
    if version != code_version():
        raise InputError("a worker of the cluster has another version of Readout, or of a library that it reads with")
    with _ONE_AT_A_TIME:
        works, failures = list[Work](partition.tables), list[Failure]()
        for one in _read(partition):
            if isinstance(one, Failure):
                failures.append(one)
            else:
                works.append(one)
        keys = [key_of(*parts_of(work)) for work in works]
        names = [parts_of(work)[0].name for work in works]
        known = hashlib.sha256(repr([version, by_rules, names, keys]).encode()).hexdigest()
        file = f"{folder}/{known[:32]}.parquet"
        if not exists(file):
            read, rows, lost = reader(by_rules), list[tuple[Document, str, str]](), list[Failure]()
            for work, key in zip(works, keys, strict=True):
                found = read(work)
                if isinstance(found, Failure):
                    lost.append(found)
                else:
                    rows.append((parts_of(work)[0], key, found))
            if lost:  # under another name: a task that runs again has to come to know of them too
                file = f"{folder}/{hashlib.sha256(repr([known, lost]).encode()).hexdigest()[:32]}.parquet"
                failures += lost
            _write(file, rows)
    return Done(partition.number, file, tuple(failures), partition.statements.used)


def _read(partition: Partition) -> Iterator[Document | Failure]:
    for file in partition.files:
        for number, one in enumerate(read_file(file, partition.statements)):
            if number % partition.shares == partition.share:
                yield one


def _write(file: str, rows: Sequence[tuple[Document, str, str]]) -> None:
    made = [row_of(document) | {"key": key, "reading": reading} for document, key, reading in rows]
    data = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(made, schema=_SCHEMA), data, compression="zstd")
    write_whole(file, data.getvalue())


def read_part(file: str) -> Iterator[tuple[Document, str, str]]:
    """Yield the documents of a partition's file, each with its key and the JSON of its reading.

    Raises InputError when it cannot be read here.
    """
    with told(file, "what a worker wrote cannot be read here; all machines must reach the place"), opened(file) as data:
        rows: list[dict[str, Any]] = pq.read_table(data, schema=_SCHEMA).to_pylist()
    for row in rows:
        key, reading = row.pop("key"), row.pop("reading")
        yield Document(**row | {"stated": tuple(row["stated"]), "notes": tuple(row["notes"])}), key, reading
