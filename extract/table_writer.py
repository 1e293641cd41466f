"""Writing a Parquet file row by row: what is held in memory is a row group, whatever the number of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_ROWS = 100_000
_BYTES = 32 << 20
_LOOSE = 1_000
_LONG = 4 << 20
"""Rows as Python holds them, and characters in them, before they become columns."""


def row_of(one: DataclassInstance) -> dict[str, Any]:
    """Return the values of a dataclass by their names, those of dataclasses in its tuples too.

    `dataclasses.asdict` copies every value, and looks for the names every time: five times the work.
    """
    return {name: _value(getattr(one, name)) for name in _names(type(one))}


@cache
def _names(of: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(of))


def _value(value: Any) -> Any:
    return tuple(map(row_of, value)) if isinstance(value, tuple) and value and is_dataclass(value[0]) else value


class TableWriter:
    """A table on its way to a file. How its rows are grouped hangs on the rows alone, and so do the file's bytes."""

    def __init__(self, file: Path, schema: pa.Schema, compression: str = "snappy") -> None:
        """Begin; the file is made with the first rows. Here and later OSError is raised where it cannot be written."""
        self._file, self._schema, self._compression = file, schema, compression
        self._writer: pq.ParquetWriter | None = None
        self._out: IO[bytes] | None = None
        self._loose: list[Mapping[str, Any]] = []
        self._batches: list[pa.RecordBatch] = []
        self._rows = self._bytes = self._characters = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row: a value for each column."""
        self._loose.append(row)
        self._characters += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(self._loose) >= _LOOSE or self._characters >= _LONG:
            self._as_columns()
        if self._rows >= _ROWS or self._bytes >= _BYTES:
            self._flush()

    def close(self, *, even_empty: bool = True) -> None:
        """Write what is left, and the file's end; without rows there is a file only with `even_empty`."""
        self._as_columns()
        if self._batches or (even_empty and self._writer is None):
            self._flush()
        if self._writer is not None and self._out is not None:
            self._writer.close()
            self._out.close()

    def _as_columns(self) -> None:
        if self._loose:
            batch = pa.RecordBatch.from_pylist(self._loose, schema=self._schema)
            self._batches.append(batch)
            self._rows += batch.num_rows
            self._bytes += batch.nbytes
            self._loose, self._characters = [], 0

    def _flush(self) -> None:
        if self._writer is None:
            # Opened here, so that a fault of the disk is told as Python tells it.
            self._out = self._file.open("wb")
            self._writer = pq.ParquetWriter(self._out, self._schema, compression=self._compression)
        # In one piece: how rows came together leaves no trace in the file.
        table = pa.Table.from_batches(self._batches, self._schema).combine_chunks()
        self._writer.write_table(table, row_group_size=max(table.num_rows, 1))
        self._batches, self._rows, self._bytes = [], 0, 0
