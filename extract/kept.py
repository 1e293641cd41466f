"""The files in which a store keeps what single documents gave: a table in it, and one beside it of a run under way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract.model import InputError
from extract.table_writer import TableWriter, row_of

FILE = "readings.parquet"
_BATCH = 256


@dataclass(frozen=True, slots=True)
class KeptReading:
    """What one document gave: the digest of the document, the version of the code, and the reading as JSON."""

    document: str
    code: str
    reading: str


SCHEMA = pa.schema([(one.name, pa.string()) for one in fields(KeptReading)])


def write_kept(rows: Iterable[KeptReading], folder: Path) -> None:
    """Write the table of kept readings into the folder of a store; none where there are no rows.

    Raises OSError when it cannot be written.
    """
    table = TableWriter(folder / FILE, SCHEMA, compression="zstd")
    for row in rows:
        table.add(row_of(row))
    table.close(even_empty=False)


def read_kept(target: Path, *, noted: bool = True) -> Iterator[KeptReading]:
    """Yield what the store `target` keeps, then, unless `noted` is off, what a run into it noted that did not end.

    What is missing, broken or cut off is left out without an error: it is only extracted again.
    """
    for row in chain(_rows(target / FILE), _lines(unfinished(target)) if noted else ()):
        if isinstance(row, dict) and row.keys() == set(SCHEMA.names) and all(map(_is_text, row.values())):
            yield KeptReading(**row)


def _rows(file: Path) -> Iterator[object]:
    try:
        with pq.ParquetFile(file) as table:
            for batch in table.iter_batches(_BATCH, columns=SCHEMA.names):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException):
        return


def _lines(file: Path) -> Iterator[object]:
    try:
        with file.open("rb") as lines:
            yield from map(_parsed, lines)
    except OSError:
        return


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def unfinished(target: Path) -> Path:
    """Return the file beside the store `target` in which a run notes what it has read, until the store is written."""
    return target.parent / f".{target.name}.unfinished"


def begin(target: Path, *, afresh: bool) -> None:
    """Make the folder of that file; with `afresh` do away with what stands in it.

    Raises InputError when that cannot be done.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if afresh:
            unfinished(target).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{target}: the store cannot be written here: {error.strerror}") from error


def note(row: KeptReading, target: Path) -> None:
    """Add a row to that file, in one write, so that two runs at once do not mix. Raises InputError when it cannot."""
    file = unfinished(target)
    try:
        with file.open("ab", buffering=0) as out:
            out.write(json.dumps(asdict(row)).encode() + b"\n")
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from error
