"""Tables: CSV, JSON Lines and Parquet with a column of texts; each row is a document."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.model import Failure, InputError
from extract.reading.columnar import refuse_time_zones, rows_of_batches
from extract.reading.columns import facts_of, own_name, recognised, text_of
from extract.reading.delimited import rows_of
from extract.reading.encoding import decode
from extract.reading.file import LARGEST_TABLE, LONGEST_TEXT, File
from extract.reading.fragments import is_markup, text_of_fragment
from extract.reading.made import Made, under_title
from extract.reading.text import mend

_SEPARATORS = ",;\t|"
_LONGEST_CELL = 4 * LONGEST_TEXT
"""Above what a document may hold, so that a cell that is too long costs its row and not the table."""
_LARGEST_GROUP = 1_000_000_000
_BATCH = 8
"""Rows that are unpacked at once: what is packed as one value for many rows takes its place for each of them."""

_NUMBER = re.compile(r"[1-9][0-9]{0,11}")

Row = tuple[int, Mapping[str, Any] | InputError]
"""The number of a row, from 1, and its fields or what is wrong with it."""


def read_csv(file: File) -> Iterator[Made | Failure]:
    """Yield the texts of a table whose fields are separated by commas, semicolons, tabs or bars.

    Raises InputError with the reason when it is no such table or has no column of texts.
    """
    text, encoding = decode(file.data(LARGEST_TABLE))
    _, names = next(rows_of(text, _SEPARATORS, _LONGEST_CELL), (1, []))
    if isinstance(names, InputError):
        raise names
    yield from _documents(file, names, lambda _: _under(names, text), "CSV", encoding)


def _under(names: list[str], text: str) -> Iterator[Row]:
    """Yield the rows by the names of their columns; what stands beyond the last column is left out."""
    for number, (_, row) in enumerate(islice(rows_of(text, _SEPARATORS, _LONGEST_CELL), 1, None), 1):
        yield number, row if isinstance(row, InputError) else dict(zip(names, row, strict=False))


def read_json_lines(file: File) -> Iterator[Made | Failure]:
    """Yield the texts of a file with one JSON object a line.

    Raises InputError with the reason when no line is an object, or none has a field for the text.
    """
    text, encoding = decode(file.data(LARGEST_TABLE))
    # Twice, for the rows as Python holds them take many times the memory of the file.
    objects = (row for _, row in _objects(text) if not isinstance(row, InputError))
    names = list(dict.fromkeys(name for row in objects for name in row))
    yield from _documents(file, names, lambda _: _objects(text), "JSON Lines", encoding)


def _objects(text: str) -> Iterator[Row]:
    for number, line in enumerate(re.finditer(r"[^\n]*\n|[^\n]+", text), 1):
        if line[0].strip():
            yield number, _object(line[0], number)


def _object(line: str, number: int) -> Mapping[str, Any] | InputError:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return InputError(f"line {number}: is not JSON ({error})"[:200])
    return value if isinstance(value, dict) else InputError(f"line {number}: is not a JSON object")


def read_parquet(file: File) -> Iterator[Made | Failure]:
    """Yield the texts of a Parquet file.

    Raises InputError with the reason when it is none or has no column of texts.
    """
    try:
        table = pq.ParquetFile(io.BytesIO(file.data(LARGEST_TABLE)))
        names = list(table.schema_arrow.names)
        groups = range(table.metadata.num_row_groups)
        if any(table.metadata.row_group(at).total_byte_size > _LARGEST_GROUP for at in groups):
            raise InputError("is too large when unpacked")
        yield from _documents(file, names, partial(_of_parquet, table), "Parquet", None)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"cannot be read as Parquet ({error})"[:300]) from error


def _of_parquet(table: pq.ParquetFile, columns: Iterable[str]) -> Iterator[Row]:
    wanted = list(dict.fromkeys(columns))
    refuse_time_zones(table.schema_arrow, wanted)
    return enumerate(rows_of_batches(table.iter_batches(_BATCH, columns=wanted)), 1)


def _documents(
    file: File, names: list[str], rows: Callable[[Iterable[str]], Iterator[Row]], kind: str, encoding: str | None
) -> Iterator[Made | Failure]:
    """Yield the documents of a table, whose `rows` come with some columns; a row that is faulty costs that row."""
    found = recognised(names)
    given = _numbers_given(rows, found)
    seen: set[str] = set()
    for number, row in rows(found.values()):
        if isinstance(row, InputError):
            yield Failure(f"{file.name}#{number}", str(row))
            continue
        own = own_name(row, found) or (f"row {number}" if number in given else str(number))
        name = f"{file.name}#{own}"
        if own in seen:
            yield Failure(f"{name} (row {number})", "an earlier row has the same id")
            continue
        seen.add(own)
        try:
            yield _made(name, row, found, kind, encoding)
        except InputError as error:
            yield Failure(name, str(error))


def _numbers_given(rows: Callable[[Iterable[str]], Iterator[Row]], found: Mapping[str, str]) -> frozenset[int]:
    """Return the ids that are numbers such as those by which rows without an id are known: these must not take them."""
    if "id" not in found:
        return frozenset()
    own, without = set[int](), set[int]()
    with suppress(InputError):  # a table that cannot be read on is told where its documents are made
        for number, row in rows([found["id"]]):
            if isinstance(row, InputError):
                continue
            name = own_name(row, found)
            if not name:
                without.add(number)
            elif _NUMBER.fullmatch(name):
                own.add(int(name))
    return frozenset(own & without)


def _made(name: str, row: Mapping[str, Any], found: Mapping[str, str], kind: str, encoding: str | None) -> Made:
    facts, text = facts_of(row, found), text_of(row, found)
    notes: tuple[str, ...]
    if len(text) > LONGEST_TEXT:
        raise InputError(f"its text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read of one document")
    if is_markup(text):
        text, notes = text_of_fragment(text), ("The HTML in the text was taken away.",)
    else:
        text, notes = mend(text)
    reader = f"{kind}, column {found['text']}"
    return Made(name, under_title(facts.title, text), reader, encoding, facts, notes)


TABLES: dict[str, Callable[[File], Iterator[Made | Failure]]] = {
    ".csv": read_csv, ".tsv": read_csv, ".jsonl": read_json_lines, ".ndjson": read_json_lines, ".parquet": read_parquet,
}
